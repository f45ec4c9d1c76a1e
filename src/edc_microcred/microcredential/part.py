"""The parts that a course is made of: strict models with short forms.

A part is written as keys, or shortly as the one value that it cannot do without: `agency: NAT` for
`agency: {name: NAT}`. A list of one may be written as its item. Unknown keys are errors.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

from edc_microcred.microcredential import course_rules as rules
from edc_microcred.microcredential.refusal import refusal
from edc_microcred.microcredential.text import TAG, kind_of

Item = TypeVar("Item")


class Part(BaseModel):
    """A part of a course: frozen, no unknown keys. `SHORT` is the key that a single value stands for."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, validate_default=False, hide_input_in_errors=True
    )

    SHORT: ClassVar[str | None] = None
    CALLED: ClassVar[str] = "the course"
    """What the part is called in messages."""
    ONE_SCRIPT: ClassVar[Mapping[str, str]] = {}
    """Texts for whose second script ELM has no place: key -> what it is called."""

    ALSO: ClassVar[tuple[Mapping[str, Any], ...]] = ()
    """What else the part may be written as, for editors."""

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and cls.SHORT is not None and _is_by_language(cls, value):
            return {cls.SHORT: value}
        if isinstance(value, cls | Mapping):
            return value
        if cls.SHORT is not None and isinstance(value, str | int | float | Decimal):
            return {cls.SHORT: value}
        raise refusal(
            rules.KIND_WRONG,
            wanted=f"Keys with values ({', '.join(list(cls.model_fields)[:4])}, …)",
            seen=kind_of(value),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        written = handler(schema)
        whole = handler.resolve_ref_schema(written)
        if (cls.SHORT is None and not cls.ALSO) or "properties" not in whole:  # or met before
            return written
        forms = [dict(form) for form in cls.ALSO]
        if cls.SHORT is not None:
            short = whole["properties"][cls.SHORT]
            forms.insert(
                0, {key: value for key, value in short.items() if key not in ("title", "default", "description")}
            )
        keys = ("type", "properties", "required", "additionalProperties")
        whole["anyOf"] = [*forms, {key: whole.pop(key) for key in keys if key in whole}]
        return written


def _is_by_language(cls: type[Part], value: Mapping[Any, Any]) -> bool:
    """Whether a mapping is a text by language, where keys of the part were possible too."""
    if cls.SHORT is None or "Text" not in str(cls.model_fields[cls.SHORT].annotation) or not value:
        return False
    return all(isinstance(key, str) and TAG.fullmatch(key) and key not in cls.model_fields for key in value)


def _listed(value: object) -> object:
    if value is None or isinstance(value, list | tuple):
        return value
    return [value]


class _OneOrMore:
    """Reads a single item as a list of it, and tells editors so."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_listed, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        items = handler(schema)
        return {"anyOf": [items.get("items", {}), items]}


Several = Annotated[tuple[Item, ...], _OneOrMore()]
"""Items in a list; a single one may stand without it."""
