"""Dates as people and spreadsheets write them, read only where they can be read in one way.

Year first is year, month, day. With full stops it is the day first, with or without one at the end (`3.4.2026.`): no
country writes it otherwise. With slashes or hyphens countries differ; such a date is read when one of the two numbers
is no month, or when the course says the order.

    >>> read_date("3.4.2026.", None), read_date("2026-04-03", None), read_date("13/4/2026", None)
    (datetime.date(2026, 4, 3), datetime.date(2026, 4, 3), datetime.date(2026, 4, 13))
    >>> read_date("3/4/2026", None).rule.id, read_date("3/4/2026", "month-day-year")
    ('learners/date-ambiguous', datetime.date(2026, 3, 4))
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from edc_microcred.findings import Rule
from edc_microcred.microcredential import learner_rules as rules
from edc_microcred.microcredential.cells import Cell

_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})\.?")
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})(\s?[-./]\s?)([0-9]{1,2})(?:\2|\s?[-./]\s?)([0-9]{4}|[0-9]{2})\.?")
_NO_TIME: Final = re.compile(r"(.*?)[T ]00:00(?::00(?:\.0+)?)?")
_ZONED: Final = re.compile(r".*[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?\s?(Z|[+-][0-9]{2}:?[0-9]{2})")
_SERIAL: Final = re.compile(r"[0-9]{5}(\.[0-9]+)?")
_FIRST_SERIAL_DAY: Final = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class NoDate:
    """Why a cell is no date: the rule, and the values of its message."""

    rule: Rule
    values: dict[str, object] = field(default_factory=dict)


def read_date(cell: Cell, order: str | None) -> date | NoDate:
    """The day that a cell names, or why it names none. `order` is the course's `date_order`."""
    if isinstance(cell, datetime):
        return NoDate(rules.DATE_ZONED) if cell.tzinfo is not None else _day_of(cell)
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool | time | timedelta) or cell is None:
        return NoDate(rules.DATE_UNREADABLE)
    text = " ".join(str(cell).split())
    if not isinstance(cell, str) or _SERIAL.fullmatch(text):
        return NoDate(rules.DATE_IS_NUMBER, {"meant": _meant(text)})
    if _ZONED.fullmatch(text):
        return NoDate(rules.DATE_ZONED)
    if (match := _NO_TIME.fullmatch(text)) is not None:
        text = match[1]
    if (match := _YEAR_FIRST.fullmatch(text)) is not None:
        return _day(match[1], match[3], match[4])
    if (match := _YEAR_LAST.fullmatch(text)) is not None:
        return _year_last(match, order)
    return NoDate(rules.DATE_UNREADABLE)


def _day_of(moment: datetime) -> date | NoDate:
    """The day of a date cell; one with a time of day names a moment and no day."""
    return moment.date() if moment.time() == time() else NoDate(rules.DATE_UNREADABLE)


def _year_last(match: re.Match[str], order: str | None) -> date | NoDate:
    first, mark, second, year = match[1], match[2].strip(), match[3], match[4]
    if len(year) == 2:
        return NoDate(rules.DATE_SHORT_YEAR)
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if mark == ".":  # no locale of the Unicode CLDR writes the month before the day with full stops
        return month_first if order == "month-day-year" else day_first
    if order == "day-month-year":
        return day_first
    if order == "month-day-year":
        return month_first
    if isinstance(day_first, NoDate):
        return month_first
    if isinstance(month_first, NoDate) or day_first == month_first:
        return day_first
    return NoDate(rules.DATE_AMBIGUOUS, {"first": day_first.isoformat(), "second": month_first.isoformat()})


def _day(year: str, month: str, day: str) -> date | NoDate:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return NoDate(rules.DATE_UNREADABLE)


def _meant(text: str) -> str:
    """What day a serial number stands for in either way of counting."""
    try:
        days = int(float(text.replace(",", ".")))
    except (ValueError, OverflowError):
        return ""
    if not 3_000 <= days <= 80_000:
        return ""
    first = _FIRST_SERIAL_DAY + timedelta(days=days)
    return f"; as the number of a day it is {first.isoformat()} or {(first + timedelta(days=1462)).isoformat()}"
