"""Workload: hours and credits of the whole, and what the hours are spent on."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Final

from pydantic import Field, model_validator

from edc_microcred.microcredential.codes import ActivityType, Mode, activity_type
from edc_microcred.microcredential.kinds import Also, Number
from edc_microcred.microcredential.part import Part, Several
from edc_microcred.microcredential.text import Text

Hours = Annotated[Decimal, Number("0.25", "9000", "h")]
Credits = Annotated[Decimal, Number("0.1", "300", "ECTS")]


class Activity(Part):
    """Something that learners do: lectures, laboratory, independent study. A bare text is its type or its name."""

    SHORT: ClassVar[str] = "title"
    CALLED: ClassVar[str] = "an activity"

    title: Text | None = Field(default=None, description="What it is called, by language; the type's label if absent.")
    type: ActivityType | None = Field(default=None, description="What sort of activity it is: lectures, laboratory, …")
    hours: Hours | None = Field(default=None, description="The hours of work in it.")
    contact_hours: Hours | None = Field(default=None, description="The hours of these that staff are present.")
    mode: Several[Mode] = Field(default=(), description="How one takes part: online, blended, on site.")

    @model_validator(mode="before")
    @classmethod
    def _type_from_title(cls, value: Any) -> Any:
        """A title that names a type of the list, in whatever language, says the type too."""
        if isinstance(value, str):
            value = {"title": value}
        if isinstance(value, Mapping) and isinstance(value.get("title"), str) and value.get("type") is None:
            found = activity_type(value["title"])
            if found is not None:
                return {**value, "type": found}
        return value


def _by_name(value: object) -> object:
    """`{lectures: 15, project: 30}` as a list of activities."""
    if isinstance(value, Mapping) and not set(value) & set(Activity.model_fields):
        return [{"title": name, "hours": hours} for name, hours in value.items()]
    return value


_AMOUNT: Final = re.compile(r"([0-9.,]+)\s*([A-Za-z]+)")
_UNITS: Final = {"ects": "ects", "espb": "ects", "credits": "ects", "h": "hours", "hours": "hours"}
_HOURS_BY_NAME: Final = {"type": "object", "additionalProperties": {"type": ["number", "string"]}}


class Workload(Part):
    """How much work the course is for a learner. A bare number is ECTS credits; with units: `3 ECTS, 75 h`."""

    SHORT: ClassVar[str] = "ects"
    CALLED: ClassVar[str] = "`workload`"

    ects: Credits | None = Field(default=None, description="ECTS credits of the whole course.")
    hours: Hours | None = Field(
        default=None, description="Hours of work of the whole course, independent study included."
    )
    activities: Annotated[Several[Activity], Also(_by_name, _HOURS_BY_NAME)] = Field(
        default=(), description="What the hours are spent on: a list, or shortly {lectures: 15, project: 30}."
    )

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        """`3 ECTS, 75 h` as its two keys; what is not such a text is left for others to read."""
        if not isinstance(value, str):
            return value
        said: dict[str, str] = {}
        for part in re.split(r"\s*[,;]\s+|\s*;\s*", value.strip()):
            match = _AMOUNT.fullmatch(part)
            key = _UNITS.get(match[2].lower()) if match is not None else None
            if match is None or key is None or key in said:
                return value
            said[key] = match[1]
        return said

    @property
    def activity_hours(self) -> Decimal | None:
        """The hours of all activities together; None when none of them states any."""
        stated = [activity.hours for activity in self.activities if activity.hours is not None]
        return sum(stated, Decimal(0)) if stated else None

    @property
    def all_hours(self) -> Decimal | None:
        """The hours of the course as stated, else those of its activities."""
        return self.hours if self.hours is not None else self.activity_hours
