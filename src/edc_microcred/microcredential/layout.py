"""Where in a list each thing about a learner stands: the row of titles is looked for, and its columns matched.

Titles are compared without case, accents, punctuation and Serbian script. Rows above the titles (a heading, a date) are
passed over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from edc_microcred.findings import Finding
from edc_microcred.microcredential import learner_rules as rules
from edc_microcred.microcredential.cells import MOST_COLUMNS, Cell, as_shown, column_letter, is_empty
from edc_microcred.microcredential.columns import KNOWN_TITLES, OVERALL, Columns
from edc_microcred.microcredential.course import Course
from edc_microcred.microcredential.recipients import Sheet, recipient_sheet
from edc_microcred.microcredential.refusal import did_you_mean
from edc_microcred.vocabularies.folding import fold

LOOKED_AT: Final = 25
"""How many rows from the top the titles are looked for in."""
_OVERALL_TITLES: Final = (
    OVERALL, "final grade", "total grade", "grade", "konačna ocena", "ukupna ocena", "ocena", "gesamtnote", "endnote",
    "note", "calificación final", "nota final",
)  # fmt: skip
_KEYS: Final = ("student_number", "identifier", "email")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What was found: the titles, where the learners begin, and the column (from 0) of each field and of the key."""

    titles: tuple[str, ...]
    header_row: int
    first_row: int
    columns: Mapping[str, int]
    key: int
    key_title: str
    includes: tuple[int, ...] = ()
    """Columns of a recipient sheet that must say `y` for the learner to get the achievement."""
    findings: tuple[Finding, ...] = ()

    def title(self, index: int) -> str:
        """The title of a column, or its letter where it has none."""
        named = self.titles[index] if index < len(self.titles) else ""
        return named or column_letter(index)


@dataclass(slots=True)
class _Wanted:
    """Folded titles that each field may have, and the fields that must be there."""

    titles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    needed: dict[str, str] = field(default_factory=dict)


def wanted_titles(course: Course) -> dict[str, tuple[str, ...]]:
    """The titles of each field, folded: those that the course maps, else those in common use."""
    return _wanted(course).titles


def score(course: Course) -> "Scorer":
    """What tells how many of the titles looked for a row has."""
    return Scorer(wanted_titles(course), course.key_column)


class Scorer:
    """Counts the titles looked for in a row; the Commission's own sheet counts most."""

    def __init__(self, titles: Mapping[str, tuple[str, ...]], key: str | None) -> None:
        known = {title for several in titles.values() for title in several}
        self._known = known | ({fold(key)} if key is not None else set())

    def __call__(self, cells: Sequence[Cell]) -> int:
        """How many different titles that are looked for the cells have."""
        return len({fold(cell) for cell in cells if isinstance(cell, str) and len(cell) < 300} & self._known)


def _wanted(course: Course) -> _Wanted:
    wanted = _Wanted()
    if course.columns is not None:
        for name, title in course.columns.titles().items():
            wanted.titles[name] = (fold(title),)
            wanted.needed[name] = title
        return wanted
    for name, titles in KNOWN_TITLES.items():
        wanted.titles[name] = tuple(fold(title) for title in titles)
    for name, assessment in zip(course.assessment_ids, course.assessment, strict=True):
        said = [name, *(text for _, text in assessment.title.items())] if assessment.title is not None else [name]
        wanted.titles[f"grades.{name}"] = tuple(fold(title) for title in said)
    wanted.titles[f"grades.{OVERALL}"] = tuple(fold(title) for title in _OVERALL_TITLES)
    return wanted


def find_layout(
    rows: Sequence[tuple[int, list[Cell]]], course: Course, *, titles: Sequence[str] | None = None
) -> tuple[Layout | None, list[Finding]]:
    """The layout of a list that begins with `rows`, or all reasons why there is none.

    `titles` are those of a source that has names and no row of titles.
    """
    wanted = _wanted(course)
    if titles is not None:
        return _matched(list(titles), 0, 1, course, wanted)
    if (sheet := recipient_sheet(rows)) is not None:
        return _of_recipients(sheet, course)
    scorer = score(course)
    best, points = None, 0
    for number, cells in rows:
        this = scorer(cells)
        if this > points:
            best, points = (number, cells), this
    if best is None:
        shown = list(wanted.needed.values()) or [titles[0] for titles in KNOWN_TITLES.values()]
        return None, [rules.HEADER_MISSING.found(wanted=", ".join(shown[:8]))]
    number, cells = best
    return _matched([as_shown(cell).strip() for cell in cells], number, number + 1, course, wanted)


def _matched(
    titles: list[str], header_row: int, first_row: int, course: Course, wanted: _Wanted
) -> tuple[Layout | None, list[Finding]]:
    while titles and not titles[-1]:
        titles.pop()
    if len(titles) > MOST_COLUMNS:
        return None, [rules.TOO_MANY_COLUMNS.found(columns=f"{len(titles):,}", most=MOST_COLUMNS)]
    findings: list[Finding] = []
    folded = [fold(title) for title in titles]
    columns: dict[str, int] = {}
    for name, said in wanted.titles.items():
        at = next((folded.index(title) for title in said if title and title in folded), None)
        if at is not None and (name in wanted.needed or at not in columns.values()):
            columns[name] = at
        elif name in wanted.needed:
            near = did_you_mean(wanted.needed[name], titles, cutoff=0.6) or f"There are: {', '.join(titles[:12])}."
            findings.append(rules.COLUMN_MISSING.found(column=wanted.needed[name], field=name, near=near))
    if course.columns is None and "full_name" not in columns and not {"given_name", "family_name"} <= columns.keys():
        near = f"There are: {', '.join(titles[:12])}."
        findings.append(rules.COLUMN_MISSING.found(column="Given name, Family name", field="name", near=near))
    key = _key_column(folded, columns, course, findings)
    used = {*columns.values(), *(() if key is None else (key,))}
    for index, title in enumerate(folded):
        if title and title in folded[:index] and (index in used or folded.index(title) in used):
            first, second = column_letter(folded.index(title)), column_letter(index)
            findings.append(rules.COLUMN_REPEATED.found(first=first, second=second, column=titles[index]))
    if findings or key is None:
        return None, findings
    layout = Layout(
        titles=tuple(titles), header_row=header_row, first_row=first_row, columns=columns, key=key,
        key_title=titles[key], findings=_ignored(titles, used),
    )  # fmt: skip
    return layout, []


def _ignored(titles: Sequence[str], used: set[int]) -> tuple[Finding, ...]:
    others = [f"“{title}”" for index, title in enumerate(titles) if title and index not in used]
    return (rules.COLUMNS_IGNORED.found(columns=", ".join(others)),) if others else ()


def _key_column(
    folded: Sequence[str], columns: Mapping[str, int], course: Course, findings: list[Finding]
) -> int | None:
    if course.key_column is not None:
        wanted = fold(course.key_column)
        if wanted in folded:
            return folded.index(wanted)
        near = did_you_mean(wanted, folded, cutoff=0.6)
        findings.append(rules.COLUMN_MISSING.found(column=course.key_column, field="key_column", near=near))
        return None
    for name in _KEYS:
        if name in columns:
            return columns[name]
    if not findings:
        findings.append(rules.KEY_COLUMN_MISSING.found(wanted="a student number or an e-mail address"))
    return None


def _of_recipients(sheet: Sheet, course: Course) -> tuple[Layout | None, list[Finding]]:
    """The layout of the recipient sheet of the Commission's issuer, whose columns say what they are."""
    columns = dict(sheet.columns)
    folded = [fold(title) for title in sheet.titles]
    mapped = (course.columns or Columns()).grades
    for name, assessment in zip(course.assessment_ids, course.assessment, strict=True):
        said = {
            name,
            mapped.get(name, name),
            *(text for _, text in (assessment.title.items() if assessment.title else ())),
        }
        for index, identifier in sheet.grades.items():
            if identifier in said or folded[index] in {fold(text) for text in said}:
                columns[f"grades.{name}"] = index
    if len(sheet.grades) == 1 == len(course.assessment):
        columns[f"grades.{course.assessment_ids[0]}"] = next(iter(sheet.grades))
    findings: list[Finding] = []
    for name, title in mapped.items():
        if f"grades.{name}" not in columns and name in course.assessment_ids:
            near = f"Grade columns: {', '.join(sheet.titles[index] for index in sheet.grades)}." if sheet.grades else ""
            findings.append(rules.COLUMN_MISSING.found(column=title, field=f"grades.{name}", near=near))
    key = _key_column(folded, columns, course, findings)
    if findings or key is None:
        return None, findings
    includes = _included(sheet, course)
    used = {*columns.values(), key, *includes}
    others = [f"“{sheet.titles[index]}” ({name})" for index, name in sheet.content.items() if index not in used]
    ignored = _ignored(sheet.titles, {*used, *sheet.content})
    layout = Layout(
        titles=sheet.titles, header_row=sheet.header_row, first_row=sheet.first_row, columns=columns, key=key,
        key_title=sheet.titles[key], includes=includes,
        findings=(rules.CONTENT_NOT_CARRIED.found(columns=", ".join(others)), *ignored) if others else ignored,
    )  # fmt: skip
    return layout, []


def _included(sheet: Sheet, course: Course) -> tuple[int, ...]:
    """The columns that say whether a learner has the achievement: of several, those that are called as the course."""
    claims = [index for index, name in sheet.claims.items() if name in sheet.achievements] or list(sheet.claims)
    called = [fold(text) for _, text in course.title.items()]
    return tuple(index for index in claims if any(one in fold(sheet.titles[index]) for one in called)) or tuple(claims)


def untitled(layout: Layout, cells: Sequence[Cell]) -> int | None:
    """The first column without a title in which a row has a value."""
    for index, cell in enumerate(cells):
        if not is_empty(cell) and (index >= len(layout.titles) or not layout.titles[index]):
            return index
    return None
