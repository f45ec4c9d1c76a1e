"""Whether a literal's text is one that its datatype has: as the published shapes' verdicts take it, and as XSD has it.

The two are not the same. pySHACL takes a bare day for a date with time and `P1W` for a duration; XML Schema does not.
`is_well_typed` says what the verdict rests on, `is_lexical` what other software can rely on.

    >>> is_well_typed("1999-10-01", XSD + "dateTime"), is_lexical("1999-10-01", XSD + "dateTime")
    (True, False)

Clauses: SHACL, 4.1.2 (ill-typed literals); XML Schema 1.1 part 2, 3.3 (lexical forms).
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from edc_microcred.elm.values import Duration
from edc_microcred.shapes.graph import XSD

BOOLEAN: Final = XSD + "boolean"
DATE_TIME: Final = XSD + "dateTime"
DECIMAL: Final = XSD + "decimal"
DURATION: Final = XSD + "duration"
INTEGER: Final = XSD + "integer"
POSITIVE: Final = XSD + "positiveInteger"

_ZONE: Final = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
DATE_TIME_FORM: Final = re.compile(
    r"(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    rf"T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?){_ZONE}"
)
_LEAP_YEAR: Final = r"(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_USUAL_DATE_TIME: Final = re.compile(
    r"(?!0000)(?:[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)"
    rf"|(?:0[13578]|1[02])-31)|{_LEAP_YEAR}-02-29)"
    rf"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{{1,6}})?{_ZONE}"
)
"""Dates that nobody disputes: years of four digits, days that there are."""
_USUAL_DURATION: Final = re.compile(
    r"P(?=[0-9T])(?:[0-9]{1,4}Y)?(?:[0-9]{1,4}M)?(?:[0-9]{1,4}D)?"
    r"(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,6}M)?(?:[0-9]{1,6}S)?)?"
)
_USUAL_INTEGER: Final = re.compile(r"-?[0-9]{1,18}")
_USUAL_POSITIVE: Final = re.compile(r"[1-9][0-9]{0,17}")
INTEGER_FORM: Final = re.compile(r"[+-]?[0-9]+")
POSITIVE_FORM: Final = re.compile(r"\+?0*[1-9][0-9]*")
DECIMAL_FORM: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _is_date_time(text: str) -> bool:
    match = DATE_TIME_FORM.fullmatch(text)
    if match is None:
        return False
    year, month, day = int(match[1][-4:]), int(match[2]), int(match[3])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day <= (28 if month == 2 and not leap else _DAYS[month - 1])


def _is_duration(text: str) -> bool:
    try:
        Duration.parse(text)
    except ValueError:
        return False
    return True


def _is_boolean(text: str) -> bool:
    return text in ("true", "false", "1", "0")


def _taken_for_date_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _taken_for_duration(text: str) -> bool:
    from rdflib.xsd_datetime import parse_xsd_duration

    try:
        parse_xsd_duration(text)
    except (ValueError, ArithmeticError, TypeError):
        return False
    return True


def _whole(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def _taken_for_decimal(text: str) -> bool:
    try:
        Decimal(text)
    except InvalidOperation:
        return False
    return True


_LEXICAL: Final[Mapping[str, Callable[[str], bool]]] = {
    BOOLEAN: _is_boolean,
    DATE_TIME: _is_date_time,
    DECIMAL: lambda text: DECIMAL_FORM.fullmatch(text) is not None,
    DURATION: _is_duration,
    INTEGER: lambda text: INTEGER_FORM.fullmatch(text) is not None,
    POSITIVE: lambda text: POSITIVE_FORM.fullmatch(text) is not None,
}
_WELL_TYPED: Final[Mapping[str, Callable[[str], bool]]] = {
    BOOLEAN: _is_boolean,
    DATE_TIME: _taken_for_date_time,
    DECIMAL: _taken_for_decimal,
    DURATION: _taken_for_duration,
    INTEGER: lambda text: _whole(text) is not None,
    POSITIVE: lambda text: (_whole(text) or 0) > 0,
}
UNDISPUTED: Final[Mapping[str, Callable[[str], object]]] = {
    BOOLEAN: frozenset(("true", "false")).__contains__,
    DATE_TIME: _USUAL_DATE_TIME.fullmatch,
    DECIMAL: DECIMAL_FORM.fullmatch,
    DURATION: _USUAL_DURATION.fullmatch,
    INTEGER: _USUAL_INTEGER.fullmatch,
    POSITIVE: _USUAL_POSITIVE.fullmatch,
}
"""Datatype -> a quick test that is true only for what both questions answer with yes; no entry: every text is right."""


def is_well_typed(text: str, datatype: str) -> bool:
    """Whether the published shapes, run by pySHACL, take the literal for one of its datatype."""
    check = _WELL_TYPED.get(datatype)
    return check is None or check(text)


def is_lexical(text: str, datatype: str) -> bool:
    """Whether XML Schema has such a text for the datatype; true for datatypes that no shape asks for."""
    check = _LEXICAL.get(datatype)
    return check is None or check(text)


def whole_number(text: str) -> Decimal | None:
    """The number that a well-typed literal of a numeric datatype is, `None` for another text."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
