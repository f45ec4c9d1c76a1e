"""The base of all classes of the European Learning Model.

Building is strict: a constructor refuses a wrong type, an unknown name and an id that is no absolute IRI, at once.
Cardinality is not its business (profiles demand that), so everything is optional here. Objects that were read from a
file also remember what they were read from: members that are no property of the class (`unknown_members`), members
that could not be read (`unread_members`), and how each untouched value was spelt.

    >>> from edc_microcred.elm import Person
    >>> Person(given_name={"en": "Ana"})
    Person(given_name=LanguageMap({'en': 'Ana'}))
"""

import inspect
import re
import sys
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto
from functools import cache, lru_cache
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, PrivateAttr, field_validator, model_validator

from edc_microcred.elm.terms import Term, expand, term
from edc_microcred.elm.values import Duration, LanguageMap
from edc_microcred.errors import ModelError
from edc_microcred.findings import Finding

_ABSOLUTE_IRI: Final = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`]+')
_BLANK_NODE: Final = re.compile(r"_:[A-Za-z0-9_][A-Za-z0-9_.-]*")
ID_FORM: Final = re.compile(f"{_ABSOLUTE_IRI.pattern}|{_BLANK_NODE.pattern}")
"""What `is_absolute` asks, as one regular expression that JavaScript reads, too."""

DATATYPES: Final[Mapping[type, str]] = {
    str: "xsd:string",
    bool: "xsd:boolean",
    int: "xsd:integer",
    Decimal: "xsd:decimal",
    datetime: "xsd:dateTime",
    date: "xsd:dateTime",
    Duration: "xsd:duration",
    bytes: "xsd:string",
    LanguageMap: "rdf:langString",
}
"""The range that a field's Python type stands for, where its `Term` names no other."""


def is_absolute(identifier: str) -> bool:
    """Whether an id is an absolute IRI or a blank node, as the Commission's issuer demands."""
    return _is_absolute(identifier) if len(identifier) < 256 else bool(_ABSOLUTE_IRI.fullmatch(identifier))


@lru_cache(maxsize=4096)
def _is_absolute(identifier: str) -> bool:
    """Remembered, because the concepts of the controlled lists come again in every credential."""
    return bool(_ABSOLUTE_IRI.fullmatch(identifier) or _BLANK_NODE.fullmatch(identifier))


def _absolute(identifier: str) -> str:
    if not is_absolute(identifier):
        raise ValueError("an id is an absolute IRI, such as urn:epass:person:1 or https://example.org/courses/7")
    return identifier


class _Mark(Enum):  # its members stay themselves when a model is copied or pickled
    ABSENT = auto()
    OWN = auto()


ABSENT: Final = _Mark.ABSENT
OWN: Final = _Mark.OWN


class Source:
    """What an object was read from, as far as its fields do not say it.

    `found`: field name -> (the value that was read, its spelling in the file). `unknown`: members of nobody's model.
    `unread`: JSON-LD term -> the raw member that could not be read; `unread_items`: the items of its list that could
    not, with their places. `type`: the raw `type`, `OWN` where it is simply the class's, `ABSENT` where there was
    none. `reference`: the file held a bare IRI where the object belongs. `context`: the `@context`, or `ABSENT`.
    """

    # Most objects have nothing to remember: their tables are these empty ones, which nobody writes into.
    found: dict[str, tuple[Any, Any]] = {}
    unknown: dict[str, Any] = {}
    unread: dict[str, Any] = {}
    unread_items: dict[str, list[tuple[int, Any]]] = {}
    type: Any = OWN
    context: Any = ABSENT
    reference: bool = False

    def own(self, table: Literal["found", "unknown", "unread", "unread_items"]) -> dict[str, Any]:
        """The object's own table of that name, to write into."""
        own: dict[str, Any] = self.__dict__.setdefault(table, {})
        return own


NOTHING_MORE: Final[Mapping[str, Source]] = types.MappingProxyType({"_source": Source()})
"""The private part of all objects that have nothing to remember of what they were read from."""


class ElmObject(BaseModel):
    """An object of the European Learning Model: a node with an id, a type and properties."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        populate_by_name=True,
        validate_assignment=True,
        validate_default=False,
        defer_build=True,
        arbitrary_types_allowed=False,
        protected_namespaces=(),
        hide_input_in_errors=True,  # it may be the learner's name, and the error may reach a log
    )

    TYPE: ClassVar[str] = ""
    """The JSON-LD type term."""
    ALSO: ClassVar[tuple[str, ...]] = ()
    """Type terms that are written before `TYPE`."""
    IRI: ClassVar[str] = ""
    """The class in the SHACL shapes, as a prefixed name."""
    ID_NAME: ClassVar[str] = "default"
    """The name in the ids that are made: `urn:epass:<name>:<n>`."""
    MEANS: ClassVar[str] = ""
    SINCE: ClassVar[str] = "3.1"
    NOT_IN_SHAPE: ClassVar[frozenset[str]] = frozenset()
    """Inherited fields that no shape of this class speaks of; they are kept, written, and not counted as slots."""

    id: Annotated[str, AfterValidator(_absolute)] | None = None

    _source: Source | None = PrivateAttr(default=None)

    @classmethod
    def terms(cls) -> Mapping[str, Term]:
        """The facts of all fields of this class but `id`: field name -> `Term`."""
        return _terms(cls)

    @classmethod
    def type_members(cls) -> str | list[str]:
        """The value of the JSON-LD `type` member of this class."""
        return [*cls.ALSO, cls.TYPE] if cls.ALSO else cls.TYPE

    @property
    def source(self) -> Source | None:
        """What this object was read from; `None` for one that was built."""
        private = self.__pydantic_private__  # not self._source: pydantic looks that up the slow way
        return private["_source"] if private else None

    @property
    def unknown_members(self) -> Mapping[str, Any]:
        """Members of the file that are no property of this class, as found; they are written back."""
        return dict(self.source.unknown) if self.source else {}

    @property
    def unread_members(self) -> Mapping[str, Any]:
        """Members of the file that could not be read into their field, as found; they are written back."""
        source = self.source
        if source is None:
            return {}
        return {**source.unread, **{name: [raw for _, raw in found] for name, found in source.unread_items.items()}}

    @property
    def is_reference(self) -> bool:
        """Whether this object is nothing but the id of a node that is described elsewhere."""
        return self.id is not None and not any(True for _ in self._set_fields()) and not self.unknown_members

    def faults(self) -> Iterator[tuple[Callable[..., Finding], str, dict[str, object]]]:
        """What is wrong between this object's own fields: the rule's `found`, the JSON-LD term, the rule's values.

        Reading turns each into a finding; building refuses it.
        """
        return iter(())

    @field_validator("*", mode="after")
    @classmethod
    def _refuse_zoneless(cls, value: Any) -> Any:
        for moment in value if isinstance(value, list) else (value,):
            if isinstance(moment, datetime) and moment.utcoffset() is None:
                raise ValueError("a time needs its zone: datetime(..., tzinfo=UTC)")
        return value

    @model_validator(mode="after")
    def _refuse_faults(self) -> Self:
        if self.source is not None:  # what was read with its faults may be edited with them
            return self
        for found, _, values in self.faults():
            raise ValueError(found("", **values).message)
        return self

    def children(self) -> Iterator[tuple[str, int | None, "ElmObject"]]:
        """The objects that this one holds: (field name, place in its list or `None`, object)."""
        for name, value in self._set_fields():
            if isinstance(value, ElmObject):
                yield name, None, value
            elif type(value) is list:
                for index, item in enumerate(value):
                    if isinstance(item, ElmObject):
                        yield name, index, item

    def refuse_shared_ids(self) -> None:
        """Raises `ModelError` when two different objects at or below this one have one id; a mere reference is none."""
        seen: dict[str, ElmObject] = {}
        for thing in self.walk():
            if thing.id is None or thing.is_reference:
                continue
            first = seen.setdefault(thing.id, thing)
            if first is not thing and first != thing:
                raise ModelError(
                    f"The id {thing.id} stands for two different objects ({type(first).__name__} and "
                    f"{type(thing).__name__}); as data they would become one.",
                    remedy="Give each its own id, or leave the ids out: they are made when the credential is written.",
                )

    def walk(self) -> Iterator["ElmObject"]:
        """This object and all below it, in depth-first order; one that stands in two places comes twice."""
        yield self
        for _, _, child in self.children():
            yield from child.walk()

    def _set_fields(self) -> Iterator[tuple[str, Any]]:
        for name, value in self.__dict__.items():
            if name != "id" and value is not None and (value or type(value) is not list):
                yield name, value

    def __eq__(self, other: object) -> bool:
        """Equal are objects of one class whose id, fields, unknown and unread members are equal."""
        if not isinstance(other, ElmObject):
            return NotImplemented
        return (
            type(self) is type(other)
            and self.__dict__ == other.__dict__
            and self.unknown_members == other.unknown_members
            and self.unread_members == other.unread_members
        )

    def __repr_args__(self) -> Iterator[tuple[str, Any]]:
        if self.id is not None:
            yield "id", self.id
        for name, value in self._set_fields():
            yield name, f"<{len(value)} bytes>" if isinstance(value, bytes) else value


class Ordered(ElmObject):
    """What ELM 3.3 gives a place among its siblings. The live context drops it, so it is not written for 3.2."""

    order: Annotated[
        int | None,
        term(
            "order",
            "elm:order",
            datatype="xsd:positiveInteger",
            since="3.3",
            in_context=None,
            means="The place among its siblings, from 1.",
        ),
    ] = None


@cache
def _terms(cls: type[ElmObject]) -> Mapping[str, Term]:
    read: dict[str, Term] = {}
    for name, annotation in _annotations(cls).items():
        facts, many, leaves = annotation
        objects = [below for leaf in leaves if _is_object(leaf) for below in subclasses(leaf)]
        ranges = facts.ranges or tuple(below.IRI for below in objects)
        read[name] = replace(
            facts,
            field=name,
            many=many,
            ranges=ranges,
            datatype=facts.datatype if ranges or facts.datatype else DATATYPES[leaves[0]],
            at_most=facts.at_most if facts.at_most is not None or many or leaves == (LanguageMap,) else 1,
        )
    return types.MappingProxyType(read)


@cache
def _annotations(cls: type[ElmObject]) -> Mapping[str, tuple[Term, bool, tuple[Any, ...]]]:
    """Field name -> (facts as written, whether a list, the types at its bottom), read off the annotations.

    Not off pydantic's own tables: those cost a compilation of all classes, which a mere reader does not need.
    """
    read = {}
    for base in reversed(cls.__mro__):
        if not issubclass(base, ElmObject):
            continue
        names = vars(sys.modules[base.__module__])
        for name, hint in inspect.get_annotations(base).items():
            if hasattr(hint, "__metadata__") and name != "id":  # Annotated[...]
                inner, info = typing.get_args(hint)
                facts = next(item for item in info.metadata if isinstance(item, Term))
                many, leaves = _leaves(inner, names)
                read[name] = (facts, many, tuple(leaves))
    return types.MappingProxyType(read)


def _is_object(leaf: Any) -> bool:
    return isinstance(leaf, type) and issubclass(leaf, ElmObject)


def _leaves(annotation: Any, names: Mapping[str, Any]) -> tuple[bool, list[Any]]:
    """Whether an annotation is a list, and the types at its bottom: `list["Note"]` is `(True, [Note])`.

    Classes are written as text, because the areas refer to each other; `names` are those of the area.
    """
    if isinstance(annotation, typing.ForwardRef):
        annotation = annotation.__forward_arg__
    if isinstance(annotation, str):
        return False, [names[name] for name in annotation.removesuffix(" | None").split(" | ")]
    origin = typing.get_origin(annotation)
    if origin is list:
        return True, _leaves(typing.get_args(annotation)[0], names)[1]
    if origin == types.UnionType:
        parts = [_leaves(part, names) for part in typing.get_args(annotation) if part is not type(None)]
        return any(many for many, _ in parts), [leaf for _, leaves in parts for leaf in leaves]
    return False, [annotation]


def leaf_types(cls: type[ElmObject], field_name: str) -> tuple[Any, ...]:
    """The Python types that a field's values may have, lists and `None` taken off."""
    return _annotations(cls)[field_name][2]


def subclasses(cls: type[ElmObject]) -> Iterator[type[ElmObject]]:
    """A class and everything below it: what a property whose range is the class may hold."""
    yield cls
    for child in cls.__subclasses__():
        yield from subclasses(child)


def object_iri(cls: type[ElmObject]) -> str:
    """The full IRI of a class."""
    return expand(cls.IRI)
