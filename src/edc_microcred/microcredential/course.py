"""The course: one description of a micro-credential, made once, before anybody is taught.

It is written as a YAML file with comments (docs/course.md has every key) and read with all its errors at once, each
with line and column. What it says is resolved: codes and labels have become entries of the controlled lists.

    >>> course, findings = read_course('''
    ... languages: en
    ... title: Data basics
    ... awarding_bodies: {name: Example University, country: RS}
    ... learning_outcomes: Explain the dimensions of data quality
    ... workload: 3 ECTS
    ... eqf: 6
    ... mode: online
    ... assessment: written examination
    ... quality_assurance: Internal, under the European standards and guidelines.
    ... ''')
    >>> findings, course.slug, course.eqf.uri, course.assessment[0].type.labels["en"]
    ([], 'data-basics', 'http://data.europa.eu/snb/eqf/6', 'written examination')

A person's name has one language in the European Learning Model, and one script; so a course maps one column for it.
Texts may come in both scripts of Serbian: `text.py` says what becomes of them.

Sources: 2022/C 243/02, Annex I (what a micro-credential states); ELM 3.2 (where it is stated).
"""

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import Field, PrivateAttr

from edc_microcred.errors import EdcMicrocredError
from edc_microcred.findings import Finding, Severity
from edc_microcred.microcredential.assessment import Assessment
from edc_microcred.microcredential.bodies import AwardingBody, OrganisationalUnit
from edc_microcred.microcredential.codes import Eqf, IscedF, Language, LearningSetting, Mode, NationalLevel, TargetGroup
from edc_microcred.microcredential.columns import Columns
from edc_microcred.microcredential.grading import Grading
from edc_microcred.microcredential.kinds import Also, Day, Identity, Line, Read, Truth, Url
from edc_microcred.microcredential.outcomes import LearningOutcome
from edc_microcred.microcredential.part import Part, Several
from edc_microcred.microcredential.quality import QualityAssurance
from edc_microcred.microcredential.stacking import Delivery, Display, Mandate, Recognition, Stacking
from edc_microcred.microcredential.text import Text, base_of, check_tag
from edc_microcred.microcredential.workload import Workload
from edc_microcred.vocabularies.folding import fold

if TYPE_CHECKING:
    from edc_microcred.microcredential.template import Template

_SHOWN: Final = 25
_ORDERS: Final = {
    "day-month-year": "day-month-year", "dmy": "day-month-year", "d.m.y": "day-month-year", "d/m/y": "day-month-year",
    "month-day-year": "month-day-year", "mdy": "month-day-year", "m/d/y": "month-day-year",
    "year-month-day": "year-month-day", "ymd": "year-month-day", "y-m-d": "year-month-day", "iso": "year-month-day",
}  # fmt: skip


class CourseError(EdcMicrocredError):
    """A course file has errors. `findings` holds all of them, warnings too, with line and column."""

    def __init__(self, path: Path | None, findings: tuple[Finding, ...]) -> None:
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        where = str(path) if path is not None else "The course"
        lines = [f"{where}:{one.line}:{one.column}: {one.message}" for one in errors[:_SHOWN]]
        more = f"… and {len(errors) - _SHOWN} more" if len(errors) > _SHOWN else ""
        super().__init__(
            f"{where} has {len(errors)} error{'s' if len(errors) != 1 else ''}.",
            remedy="\n  ".join([*lines, *([more] if more else [])]),
            state="Nothing was issued.",
        )
        self.path = path
        self.findings = findings


def _tag(value: object) -> str:
    tag = value.strip() if isinstance(value, str) else str(value)
    check_tag(tag)
    return tag


def _by_country(value: object) -> object:
    """`{RS: 6, AT: 6}` as a list of levels."""
    if isinstance(value, Mapping) and not {"country", "level"} & set(value):
        return [f"{country} {level}" for country, level in value.items()]
    return value


def _order(value: object) -> object:
    return _ORDERS.get(value.strip().lower(), value) if isinstance(value, str) else value


_TAG_SCHEMA: Final = {"type": "string", "pattern": "^[a-z]{2}(-[A-Z][a-z]{3})?$"}
LanguageTag = Annotated[str, Read(_tag, _TAG_SCHEMA, "a language tag (en, sr-Latn)")]


class Course(Part):
    """A micro-credential before anybody is taught. Frozen; can be shared between threads and sent to processes."""

    CALLED: ClassVar[str] = "the course"

    id: Identity | None = Field(
        default=None, description="A short name for files and folders; made of the title if absent."
    )
    kind: Literal["micro-credential", "short-programme"] = Field(
        default="micro-credential", description="`micro-credential`, or `short-programme` (30 to 60 ECTS in Serbia)."
    )
    languages: Several[LanguageTag] = Field(
        min_length=1,
        description="The languages of the texts, the main one first: [en, sr]. `sr-Latn` first means that the Latin "
        "text is the main one.",
    )
    title: Text = Field(description="The title, by language.")
    description: Text | None = Field(default=None, description="What the course is about, by language.")
    code: Line | None = Field(default=None, description="The course's own code at the awarding body.")
    homepage: Url | None = Field(default=None, description="The public page of the course.")
    awarding_bodies: Several[AwardingBody] = Field(min_length=1, description="Who awards it; several award it jointly.")
    organisational_unit: OrganisationalUnit | None = Field(
        default=None, description="The faculty or department of the first awarding body that teaches it."
    )
    learning_outcomes: Several[LearningOutcome] = Field(
        min_length=1, description="What a successful learner can do; each a text, or keys."
    )
    workload: Workload = Field(description="Credits and hours: `5 ECTS`, or keys.")
    eqf: Eqf | None = Field(default=None, description="The level in the European Qualifications Framework, 1 to 8.")
    nqf: Annotated[
        Several[NationalLevel],
        Also(_by_country, {"type": "object", "additionalProperties": {"type": ["string", "number"]}}),
    ] = Field(default=(), description="The levels in national frameworks: `RS 6`, `[RS 6, AT 6]`, or `{RS: 6, AT: 6}`.")
    cycle: Literal["short", "first", "second", "third"] | None = Field(
        default=None, description="The cycle of the European Higher Education Area: short, first, second, third."
    )
    isced_f: Several[IscedF] = Field(default=(), description='The fields of study, ISCED-F 2013: "0511", or the name.')
    mode: Several[Mode] = Field(min_length=1, description="How one takes part: online, blended, on site, …")
    taught_in: Several[Language] = Field(default=(), description="The languages of teaching: en, sr, …")
    setting: LearningSetting | None = Field(default=None, description="`formal` or `non-formal` learning.")
    target_groups: Several[TargetGroup] = Field(default=(), description="For whom the course is meant.")
    prerequisites: Text | None = Field(default=None, description="What one must have or know before, by language.")
    assessment: Several[Assessment] = Field(
        min_length=1, description="How the outcomes are assessed: `written examination`, or a list."
    )
    grading: Grading | None = Field(
        default=None, description="The grading scheme: RS, AT, DE, ES, percent, pass-fail, or keys."
    )
    quality_assurance: QualityAssurance | None = Field(
        default=None, description="What underpins its quality: a statement, accreditations, the ESG."
    )
    stacking: Stacking | None = Field(default=None, description="`stand-alone`, or what it is part of.")
    recognition: Recognition | None = Field(
        default=None, description="Recognition of the credits and of prior learning."
    )
    further_information: Text | None = Field(default=None, description="Anything more for the reader, by language.")
    starts_on: Day | None = Field(default=None, description="The first day of teaching: 2026-03-02.")
    ends_on: Day | None = Field(default=None, description="The last day of teaching.")
    awarded_on: Day | None = Field(default=None, description="The day of the award, where no column says it.")
    valid_until: Day | None = Field(default=None, description="The last day on which the credential is valid; seldom.")
    display: Display = Field(default=Display(), description="How the certificate page looks.")
    delivery: Delivery = Field(default=Delivery(), description="What is written for delivery.")
    mandate: Mandate | None = Field(
        default=None, description="The mandate, where the sealing organisation is no awarding body."
    )
    columns: Columns | None = Field(
        default=None, description="Which column of the spreadsheet is what; usual titles are known if absent."
    )
    key_column: Line | None = Field(
        default=None,
        description="The title of the column that tells learners apart, for ever; the student number, else the e-mail "
        "address, if absent.",
    )
    date_order: Annotated[
        Literal["day-month-year", "month-day-year", "year-month-day"] | None, Also(_order, {"enum": list(_ORDERS)})
    ] = Field(
        default=None,
        description="How dates such as 3/4/2026 are to be read: day-month-year, month-day-year, year-month-day. "
        "Without it a date that can be read in two ways is refused.",
    )
    numeric_ids: Truth = Field(
        default=False,
        description="Whether numbers of learners are whole numbers without zeros in front, so that a spreadsheet may "
        "hold them as numbers.",
    )

    _path: Path | None = PrivateAttr(default=None)

    def __getstate__(self) -> dict[Any, Any]:
        """What goes to a worker process: all but what `build` made of the course, which it makes anew there."""
        state = super().__getstate__()
        return {**state, "__dict__": {name: state["__dict__"][name] for name in type(self).model_fields}}

    @classmethod
    def load(cls, path: Path | str) -> Self:
        """The course in the YAML file at `path`.

        Raises `CourseError` with all findings when it has errors, `UnreadableError` or `LimitError` when it cannot be
        read at all. Warnings raise nothing: `read_course` gives them.
        """
        from edc_microcred.microcredential.course_reading import load_course

        return load_course(cls, Path(path))

    @property
    def path(self) -> Path | None:
        """The file that the course was read from; the folder of it holds logo, templates and mandate."""
        return self._path

    @cached_property
    def template(self) -> "Template":
        """What `build` shares between all learners: made when first asked for, then kept with the course."""
        from edc_microcred.microcredential.template import Template

        return Template(self)

    @property
    def slug(self) -> str:
        """The course's name for files and folders: small letters, digits and hyphens, 60 at most."""
        if self.id is not None:
            text = self.id
        else:
            main, _ = self.title.in_languages(self.languages)
            text = next(iter(main.values()))
        return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:60].strip("-") or "course"

    @property
    def main_language(self) -> str:
        """The two letters of the main language."""
        return base_of(self.languages[0])

    @property
    def language_codes(self) -> tuple[str, ...]:
        """The languages by two letters, the main one first, each once."""
        return tuple(dict.fromkeys(base_of(tag) for tag in self.languages))

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries of the awarding bodies, as codes of the EU list (SRB), each once."""
        return tuple(dict.fromkeys(body.country.code for body in self.awarding_bodies))

    @property
    def assessment_ids(self) -> tuple[str, ...]:
        """The ids of the assessments: as given, else A1, A2, … by place."""
        return tuple(one.id or f"A{place}" for place, one in enumerate(self.assessment, 1))

    @property
    def outcome_ids(self) -> tuple[str, ...]:
        """The ids of the learning outcomes: as given, else LO1, LO2, … by place."""
        return tuple(one.id or f"LO{place}" for place, one in enumerate(self.learning_outcomes, 1))

    def grading_of(self, grade: str) -> Grading | None:
        """The scheme of an assessment's grade (by its id), or of the whole (`overall`); None where there is none."""
        for name, one in zip(self.assessment_ids, self.assessment, strict=True):
            if name == grade and one.grading is not None:
                return one.grading
        return self.grading


def read_course(source: Path | str) -> tuple[Course | None, list[Finding]]:
    """The course in a file (a `Path`) or in YAML text, and everything that is wrong with it, by line.

    The course is None when there are errors. Raises `UnreadableError` or `LimitError` for a file that cannot be read.
    """
    from edc_microcred.microcredential.course_reading import read

    return read(Course, source)
