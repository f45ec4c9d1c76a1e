"""Which column of the spreadsheet is what, and the titles under which columns are known when the course says nothing.

Only what is mapped is read; every other column stays in the spreadsheet.
"""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final

from pydantic import Field

from edc_microcred.microcredential import course_rules as rules
from edc_microcred.microcredential.kinds import Line, Read
from edc_microcred.microcredential.part import Part
from edc_microcred.microcredential.refusal import refusal
from edc_microcred.microcredential.text import fit, kind_of

OVERALL: Final = "overall"
"""The name of the grade for the course as a whole, among the assessments' ids."""


def _name_column(value: object) -> str:
    if isinstance(value, Mapping):
        raise refusal(
            rules.SCRIPT_NO_PLACE,
            what="a person's name",
            instead="Name the column of one script; the other can stand in the spreadsheet unmapped.",
        )
    if not isinstance(value, str):
        raise refusal(rules.KIND_WRONG, wanted="The title of a column", seen=kind_of(value))
    return fit(value)


def _grade_columns(value: object) -> dict[str, str]:
    if isinstance(value, str):
        return {OVERALL: fit(value)}
    if not isinstance(value, Mapping) or not all(isinstance(title, str) for title in value.values()):
        raise refusal(
            rules.KIND_WRONG, wanted="Column titles by assessment id ({A1: Exam, overall: Grade})", seen=kind_of(value)
        )
    return {str(name): fit(title) for name, title in value.items()}


NameColumn = Annotated[str, Read(_name_column, {"type": "string", "minLength": 1}, "the title of a column")]
GradeColumns = Annotated[
    dict[str, str],
    Read(_grade_columns, {
        "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}}]
    }, "the title of a column, or keys: ids of assessments with titles, `{A1: Exam, overall: Grade}`"),
]  # fmt: skip


class Columns(Part):
    """The title of the column for each thing about a learner. Letter case, accents and script do not count."""

    CALLED: ClassVar[str] = "`columns`"

    given_name: NameColumn | None = Field(default=None, description="Given name or names, in one script.")
    family_name: NameColumn | None = Field(default=None, description="Family name, in one script.")
    full_name: NameColumn | None = Field(default=None, description="The whole name, where it stands in one column.")
    date_of_birth: Line | None = Field(default=None, description="Date of birth.")
    place_of_birth: Line | None = Field(default=None, description="The country of birth.")
    citizenship: Line | None = Field(
        default=None, description="The country of citizenship; several with a comma or a semicolon."
    )
    gender: Line | None = Field(default=None, description="Gender (seldom needed).")
    email: Line | None = Field(
        default=None, description="E-mail address; in the credential only with `delivery: {email_in_credential: true}`."
    )
    address: Line | None = Field(default=None, description="Postal address in one cell.")
    address_country: Line | None = Field(default=None, description="The country of the postal address.")
    student_number: Line | None = Field(default=None, description="Student number.")
    identifier: Line | None = Field(default=None, description="Another number of the learner.")
    identifier_scheme: Line | None = Field(default=None, description="What that number is called.")
    national_id: Line | None = Field(default=None, description="National number; mind data protection.")
    national_id_country: Line | None = Field(default=None, description="The country of the national number.")
    group: Line | None = Field(default=None, description="The group or year that the learner was in.")
    awarded_on: Line | None = Field(default=None, description="The day of the award, where it differs by learner.")
    certificate_number: Line | None = Field(default=None, description="The number of the certificate in your register.")
    grades: GradeColumns = Field(
        default={}, description="The columns of the grades: {A1: Written exam, A2: Project, overall: Grade}."
    )

    def titles(self) -> dict[str, str]:
        """Field of a learner -> title of its column; grades as `grades.A1`."""
        mapped: dict[str, Any] = {name: getattr(self, name) for name in Columns.model_fields if name != "grades"}
        titles = {name: title for name, title in mapped.items() if title is not None}
        return {**titles, **{f"grades.{name}": title for name, title in self.grades.items()}}


KNOWN_TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    "given_name": ("given name", "given names", "first name", "firstname", "forename", "ime", "vorname", "nombre"),
    "family_name": ("family name", "last name", "lastname", "surname", "prezime", "nachname", "familienname",
                    "apellido", "apellidos"),
    "full_name": ("full name", "name", "ime i prezime", "prezime i ime", "nombre y apellidos", "nombre completo"),
    "date_of_birth": ("date of birth", "birth date", "birthdate", "datum rođenja", "geburtsdatum",
                      "fecha de nacimiento"),
    "email": ("e-mail", "email", "e-mail address", "mail", "e-pošta", "elektronska pošta", "correo electrónico"),
    "student_number": ("student number", "student id", "index number", "broj indeksa", "indeks", "matrikelnummer",
                       "número de estudiante", "matriculation number"),
    "awarded_on": ("awarded on", "date of award", "award date", "datum dodele", "datum sticanja", "verleihungsdatum",
                   "fecha de expedición"),
    "certificate_number": ("certificate number", "broj uverenja", "broj sertifikata", "zeugnisnummer"),
}  # fmt: skip
"""Titles that are understood when a course maps no columns; compared without case, accents and Serbian script."""
