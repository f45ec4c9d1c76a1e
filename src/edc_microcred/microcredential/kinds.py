"""The kinds of single values in a course: how each is read from text as it was typed, and what editors are told.

>>> from pydantic import TypeAdapter
>>> TypeAdapter(Day).validate_python("2026-06-30")
datetime.date(2026, 6, 30)
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import PurePosixPath
from typing import Annotated, Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from edc_microcred.microcredential import course_rules as rules
from edc_microcred.microcredential.refusal import refusal
from edc_microcred.microcredential.text import fit, kind_of

_NUMBER: Final = re.compile(r"(0|[1-9][0-9]{0,6})(\.[0-9]{1,4})?")
_URL: Final = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:[/?#][^\s<>\"{}|\\^`]*)?"
)
EMAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_IDENTIFIER: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}")
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, eq=False)
class Read:
    """The annotation of a value that a function reads; `schema` tells editors what it is, `shown` tells people."""

    function: Callable[[object], object]
    schema: Any
    shown: str = "text"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.function)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.schema)


@dataclass(frozen=True, eq=False)
class Also:
    """The annotation of a value that may also be written in another form, which a function turns into the usual one."""

    function: Callable[[object], object]
    schema: Any

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.function, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [dict(self.schema), handler(schema)]}


@dataclass(frozen=True)
class Number:
    """The annotation of a decimal number between two bounds; `unit` may stand behind it (`5 ECTS`)."""

    least: str
    most: str
    unit: str = ""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        bounded = {"type": "number", "minimum": float(self.least), "maximum": float(self.most)}
        return {"anyOf": [bounded, {"type": "string"}]}

    def _read(self, value: object) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            raise refusal(rules.KIND_WRONG, wanted="A number", seen=kind_of(value))
        text = str(value).strip()
        if self.unit and text.lower().endswith(self.unit.lower()):
            text = text[: -len(self.unit)].rstrip()
        if not _NUMBER.fullmatch(text):
            raise refusal(rules.NUMBER_UNREADABLE, value=text, near=_number_meant(text, self.unit))
        found = Decimal(text)
        if not Decimal(self.least) <= found <= Decimal(self.most):
            raise refusal(rules.NUMBER_RANGE, value=text, least=self.least, most=self.most)
        return found


def _number_meant(text: str, unit: str) -> str:
    amount = re.fullmatch(r"([0-9.,]+)\s*([A-Za-z]+)", text)
    if amount is not None and unit:
        return f"“{amount[2]}” is no unit that is known here: write {amount[1]} {unit}."
    guess = text.replace(",", ".").lstrip("0") if "," in text else text.lstrip("0")
    guess = "0" + guess if guess.startswith(".") else guess
    try:
        Decimal(guess)
    except InvalidOperation:
        return ""
    return f"Did you mean {guess}?" if _NUMBER.fullmatch(guess) else ""


def _day(value: object) -> date:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    text = value.strip() if isinstance(value, str) else str(value)
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise refusal(rules.DATE_UNREADABLE, value=text, near=_day_meant(text))
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise refusal(rules.DATE_UNREADABLE, value=text, near="There is no such day.") from error


def _day_meant(text: str) -> str:
    """The day with the month's number in the middle, as it is written with full stops."""
    match = re.fullmatch(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{4})\.?", text)
    if match is None:
        return ""
    try:
        return f"Did you mean {date(int(match[3]), int(match[2]), int(match[1])).isoformat()}?"
    except ValueError:
        return ""


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value)
    if text not in ("true", "false"):
        raise refusal(rules.TRUTH_UNREADABLE, value=text)
    return text == "true"


@dataclass(frozen=True)
class Formed:
    """The annotation of a text that has a form; `wanted` says in words which."""

    pattern: re.Pattern[str]
    wanted: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{self.pattern.pattern}$"}

    def _read(self, value: object) -> str:
        if not isinstance(value, str):
            raise refusal(rules.KIND_WRONG, wanted=f"A text ({self.wanted})", seen=kind_of(value))
        text = value.strip()
        if not self.pattern.fullmatch(text):
            raise refusal(rules.FORM_WRONG, value=text, wanted=self.wanted)
        return text


def _line(value: object) -> str:
    if not isinstance(value, str):
        raise refusal(
            rules.KIND_WRONG, wanted="A text (in quotation marks where it is digits only)", seen=kind_of(value)
        )
    return fit(value)


def _relative(value: object) -> str:
    text = _line(value)
    path = PurePosixPath(text)
    if path.is_absolute() or "\\" in text or ":" in text or ".." in path.parts:
        raise refusal(
            rules.FORM_WRONG, value=text, wanted="file beside or below the course file (logo.png, design/logo.png)"
        )
    return text


Day = Annotated[date, Read(_day, {"type": "string", "format": "date"}, "a date (2026-06-30)")]
Truth = Annotated[bool, Read(_truth, {"type": "boolean"}, "true or false")]
Line = Annotated[str, Read(_line, {"type": "string", "minLength": 1})]
Url = Annotated[str, Formed(_URL, "web address (https://…)")]
Email = Annotated[str, Formed(EMAIL, "e-mail address")]
Identity = Annotated[str, Formed(_IDENTIFIER, "id (a letter, then letters, digits, - _ .; 40 at most)")]
Colour = Annotated[str, Formed(_COLOUR, "colour (#003366)")]
RelativePath = Annotated[str, Read(_relative, {"type": "string", "minLength": 1}, "a file beside the course file")]
