"""Dates and durations that are well formed and say something else than was meant."""

import re
from typing import Any, Final

from edc_microcred.conventions.survey import Survey, iri
from edc_microcred.findings import Rule, Severity
from edc_microcred.shapes import Node

DATE_OF_BIRTH: Final = iri("elm:dateOfBirth")
WORKLOAD: Final = iri("elm:workload")
VOLUME_OF_LEARNING: Final = iri("elm:volumeOfLearning")
MAXIMUM_DURATION: Final = iri("elm:maximumDuration")

_PERSON: Final = {"id": "urn:epass:person:1", "type": "Person"}
_ACTIVITY: Final = {"id": "urn:epass:activity:1", "type": "LearningActivity"}
_SPECIFICATION: Final = {"id": "urn:epass:qualification:1", "type": "Qualification"}
_TIME: Final = re.compile(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T([0-9]{2}:[0-9]{2})(:[0-9.]+)(.*)", re.DOTALL)
_MONTHS: Final = re.compile(r"P([0-9]{1,9})M(?:[0-9]+D)?(?:T.*)?", re.DOTALL)
_MOST_MONTHS: Final = 24
_MINUTES: Final = re.compile(r"PT([0-9]{1,2})M")
_MOST_MINUTES: Final = 24

DATE_SHIFTED: Final = Rule(
    id="edc/date-shifted", severity=Severity.WARNING, since="0.1", source="XML Schema 1.1 part 2, 3.3.7 dateTime",
    title="A date of birth moved by a time zone",
    message="The date of birth has the time {time}{zone}, and not midnight: its day is probably one too early or "
            "too late.",
    why="A day that software turned into another time zone falls on the day before; the person is then shown with a "
        "wrong date of birth.",
    fix="Write midnight in the zone that the day is meant in: 1999-10-01T00:00:00+02:00, or …T00:00:00Z.",
    wrong={**_PERSON, "dateOfBirth": "1999-09-30T22:00:00Z"},
    right={**_PERSON, "dateOfBirth": "1999-10-01T00:00:00+02:00"},
)  # fmt: skip
MONTHS_FOR_MINUTES: Final = Rule(
    id="edc/months-for-minutes", severity=Severity.WARNING, since="0.1",
    source="XML Schema 1.1 part 2, 3.3.6 duration",
    title="Months where minutes were probably meant",
    message="“{value}” is {months} months. Did you mean PT{months}M, {months} minutes?",
    why="Before the T an M is months, behind it minutes: five years of work look like an hour to a person in a hurry.",
    fix="Put a T before hours and minutes (PT60M, PT1H); write long times in years (P2Y).",
    wrong={**_ACTIVITY, "workload": "P60M"}, right={**_ACTIVITY, "workload": "PT60M"},
)  # fmt: skip

MINUTES_FOR_MONTHS: Final = Rule(
    id="edc/minutes-for-months", severity=Severity.WARNING, since="0.1",
    source="XML Schema 1.1 part 2, 3.3.6 duration",
    title="Minutes where months were probably meant",
    message="“{value}” is {minutes} minutes. Did you mean P{minutes}M, {minutes} months?",
    why="No learner has to be done within a few minutes; behind the T an M is minutes, before it months.",
    fix="Write months without a T (P6M), hours and minutes with one (PT90M).",
    wrong={**_SPECIFICATION, "maximumDuration": "PT6M"}, right={**_SPECIFICATION, "maximumDuration": "P6M"},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (DATE_SHIFTED, MONTHS_FOR_MINUTES, MINUTES_FOR_MONTHS)


def check_date_of_birth(node: Node, path: str, values: list[Any], survey: Survey) -> None:
    """A day has no time; one that is not midnight tells of a zone that was turned. The day itself is not repeated."""
    for value in values:
        if isinstance(value, tuple) and (match := _moved(value[0])) is not None:
            survey.report(DATE_SHIFTED, node, path, value, time=match[1], zone=match[3])


def is_day(text: str) -> bool:
    """Whether a date is that of a day: midnight, or without a time."""
    return _moved(text) is None


def _moved(text: str) -> re.Match[str] | None:
    match = _TIME.fullmatch(text)
    return match if match is not None and (match[1] != "00:00" or match[2].strip(":0.")) else None


def check_duration(node: Node, path: str, values: list[Any], survey: Survey) -> None:
    """Durations of work of two years and more that are given in months, and longest times of a few minutes."""
    for value in values:
        match = _MONTHS.fullmatch(value[0]) if isinstance(value, tuple) else None
        if match is not None and int(match[1]) >= _MOST_MONTHS:
            survey.report(MONTHS_FOR_MINUTES, node, path, value, value=value[0], months=int(match[1]))
        short = _MINUTES.fullmatch(value[0]) if path == MAXIMUM_DURATION and isinstance(value, tuple) else None
        if short is not None and int(short[1]) <= _MOST_MINUTES:
            survey.report(MINUTES_FOR_MONTHS, node, path, value, value=value[0], minutes=int(short[1]))


def is_usual_duration(text: str) -> bool:
    """Whether a duration is in neither months nor minutes alone."""
    return _MONTHS.fullmatch(text) is None and _MINUTES.fullmatch(text) is None
