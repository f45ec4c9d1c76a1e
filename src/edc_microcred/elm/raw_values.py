"""Single values as JSON has them, read into the types of Python: dates, durations, media, numbers.

Each reader gives the value or raises `Fault`, which carries the finding to be made; `reading` turns it into one.
"""

import binascii
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from pydantic_core import SchemaValidator, ValidationError, core_schema

from edc_microcred.elm import rules
from edc_microcred.elm.values import Duration, is_zoneless_date_time, parse_date_time
from edc_microcred.findings import Finding


class Fault(Exception):  # never leaves this package
    """A value that cannot be read into its field: the rule's `found`, and the rule's values."""

    def __init__(self, finding: Callable[..., Finding], **values: object) -> None:
        super().__init__()
        self.finding = finding
        self.values = values


def kind_of(value: Any) -> str:
    """What a JSON value is, in words, without its content (it may be personal)."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    for kind, words in ((str, "text"), (dict, "an object"), (list, "a list")):
        if isinstance(value, kind):
            return words
    return "a number"


def read_text(raw: Any) -> str:
    """Text, as it stands."""
    if isinstance(raw, str):
        return raw
    raise Fault(rules.WRONG_KIND.found, wanted="text", seen=kind_of(raw))


def read_literal(raw: Any) -> str:
    """A value of which the profile asks only that it is a literal: a number stands for its own digits."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return repr(raw)
    raise Fault(rules.WRONG_KIND.found, wanted="text", seen=kind_of(raw))


def _date_time(raw: Any) -> datetime:
    text = read_text(raw)
    moment = parse_date_time(text)
    if moment is None:
        rule = rules.DATE_WITHOUT_ZONE if is_zoneless_date_time(text) else rules.NOT_A_DATE
        raise Fault(rule.found, value=text)
    return moment


def _birth_date(raw: Any) -> date:
    return _date_time(raw).date()


def _duration(raw: Any) -> Duration:
    text = read_text(raw)
    try:
        return Duration.parse(text)
    except ValueError:
        raise Fault(rules.NOT_A_DURATION.found, value=text) from None


def read_media(raw: Any) -> bytes:
    """The bytes of standard base64 without line breaks."""
    text = read_text(raw)
    if len(text) % 4 == 0 and "-" not in text and "_" not in text:
        try:
            return _FAST_BASE64.validate_python(text)  # type: ignore[no-any-return]  # bytes, as its schema says
        except ValidationError:
            pass  # perhaps for bits behind the last octet, which the standard leaves to the reader
    try:
        return binascii.a2b_base64(text, strict_mode=True)
    except ValueError:  # binascii.Error, or text that is not ASCII
        raise Fault(rules.NOT_BASE64.found) from None


# Pydantic's decoder is four times as fast as Python's; it takes base64url and text without padding, too.
_FAST_BASE64: Final = SchemaValidator(core_schema.bytes_schema(), core_schema.CoreConfig(val_json_bytes="base64"))
_BASE64: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def is_plain_base64(text: str) -> bool:
    """Whether `read_media` would decode the text, seen without doing it; it may decode what this says no to."""
    if len(text) % 4 or not text.isascii():
        return False
    octets = text.encode("ascii")
    padding = 2 if octets.endswith(b"==") else octets.endswith(b"=")
    return len(octets.translate(None, _BASE64)) == padding


def _integer(raw: Any) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and len(raw) < 30 and raw.lstrip("+-").isascii() and raw.lstrip("+-").isdigit():
        return int(raw)
    raise Fault(rules.WRONG_KIND.found, wanted="a whole number", seen=kind_of(raw))


def _decimal(raw: Any) -> Decimal:
    if isinstance(raw, (int, str)) and not isinstance(raw, bool):
        try:
            number = Decimal(raw)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite():
            return number
    elif isinstance(raw, float):
        return Decimal(repr(raw))
    raise Fault(rules.WRONG_KIND.found, wanted="a decimal number", seen=kind_of(raw))


def _boolean(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    if raw in ("true", "false"):
        return bool(raw == "true")
    raise Fault(rules.WRONG_KIND.found, wanted="true or false", seen=kind_of(raw))


BY_TYPE: Final[Mapping[Any, Callable[[Any], Any]]] = {
    datetime: _date_time,
    date: _birth_date,
    Duration: _duration,
    bytes: read_media,
    int: _integer,
    Decimal: _decimal,
    bool: _boolean,
}
READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "xsd:string": read_text,
    "xsd:anyURI": read_text,
    "rdf:HTML": read_text,
    "sh:IRI": read_text,
    "sh:Literal": read_literal,
    "rdf:langString": read_text,
}
