"""One row read: a learner, or everything that speaks against one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from edc_microcred.findings import Finding, Severity
from edc_microcred.microcredential import learner_rules as rules
from edc_microcred.microcredential import values
from edc_microcred.microcredential.cells import Cell, Found, as_shown, is_empty
from edc_microcred.microcredential.course import Course
from edc_microcred.microcredential.layout import Layout
from edc_microcred.microcredential.learner import Learner, RowError
from edc_microcred.microcredential.names import script_of

_FIRST_BIRTH: Final = date(1900, 1, 2)
"""The day before is what an empty date of a spreadsheet becomes."""
_FIRST_AWARD: Final = date(1970, 1, 1)
_NAMES: Final = ("given_name", "family_name", "full_name")
_IDENTIFIERS: Final = ("student_number", "identifier", "national_id", "certificate_number")
_COUNTRIES: Final = ("place_of_birth", "address_country", "national_id_country")
_TEXTS: Final = ("address", "identifier_scheme", "group")
_NEED_A_COUNTRY: Final = {"national_id": "a national number", "address": "an address"}
_MOST_SHOWN: Final = 2_000
_MOST_SPOTLESS: Final = 1_000

Reader = Callable[[Cell, values.Tell], Any]


class RowReader:
    """Reads the rows of one list for one course. Safe to share between threads."""

    def __init__(self, course: Course, layout: Layout, found: Found, *, exact: bool, today: date) -> None:
        self._course = course
        self._layout = layout
        self._found = found
        self._exact = exact
        self._readers: Final[list[tuple[str, int, Reader]]] = [
            (name, index, self._reader(name, today)) for name, index in layout.columns.items()
        ]
        self._spotless: Final[dict[str, dict[str, Any]]] = {name: {} for name in ("key", *layout.columns)}
        """The values of texts that were read without a finding, by column: grades and names come again and again."""
        self._is_text = not (found.errors or found.formulas)
        self._needed: Final = {
            name
            for name in layout.columns
            if name in _NAMES or (name.startswith("grades.") and not name.endswith(".overall"))
        }
        self._read_key: Final = self._identifier

    def _identifier(self, cell: Cell, tell: values.Tell) -> str | None:
        return values.read_identifier(cell, tell, numeric=self._course.numeric_ids, exact=self._exact)

    def _reader(self, name: str, today: date) -> Reader:
        course = self._course
        if name in _NAMES:
            return values.read_name
        if name in _IDENTIFIERS:
            return self._identifier
        if name in _TEXTS:
            return values.read_text
        if name in _COUNTRIES:
            return values.read_country
        if name.startswith("citizenship"):
            return values.read_countries
        if name == "gender":
            return values.read_gender
        if name == "email":
            return values.read_email
        if name == "date_of_birth":
            return self._day_reader(_FIRST_BIRTH, today)
        if name == "awarded_on":
            return self._day_reader(_FIRST_AWARD, today + timedelta(days=366))
        grade = name.removeprefix("grades.")
        grading, needed = course.grading_of(grade), values.must_pass(course, grade)
        return lambda cell, tell: values.read_grade(cell, tell, grading=grading, must_pass=needed)

    def _day_reader(self, first: date, last: date) -> Reader:
        order = self._course.date_order
        return lambda cell, tell: values.read_day(cell, tell, order=order, first=first, last=last)

    def key(self, cells: Sequence[Cell]) -> str | None:
        """The key of a row for comparison, without a word about what is wrong with it."""
        cell = _at(cells, self._layout.key)
        if is_empty(cell):
            return None
        return " ".join(as_shown(cell).split()).casefold()

    def refused(self, row: int, cells: Sequence[Cell], findings: Sequence[Finding]) -> RowError:
        """The row as refused, with its cells as they stood."""
        titles = [self._layout.title(index) for index in range(max(len(cells), len(self._layout.titles)))]
        shown = [as_shown(cell)[:_MOST_SHOWN] for cell in cells]
        cell = _at(cells, self._layout.key)
        key = None if is_empty(cell) else as_shown(cell).strip()[:255]
        return RowError(row=row, key=key, findings=tuple(findings), cells=dict(zip(titles, shown, strict=False)))

    def read(self, row: int, cells: Sequence[Cell]) -> Learner | RowError:
        """The learner of a row, or the row with all findings."""
        findings: list[Finding] = []
        extra = [cell for cell in cells[len(self._layout.titles) :] if not is_empty(cell)]
        if extra:
            title = self._layout.title(len(self._layout.titles) - 1)
            count, titles = len(cells), len(self._layout.titles)
            findings.append(
                rules.found(rules.ROW_TOO_LONG, row, title, as_shown(extra[-1]), cells=count, titles=titles)
            )
            return self.refused(row, cells, findings)
        for index in self._layout.includes:
            if as_shown(cell := _at(cells, index)).strip().lower() != "y":
                told = rules.found(rules.NOT_INCLUDED, row, self._layout.title(index), as_shown(cell))
                return self.refused(row, cells, [told])
        said: dict[str, Any] = {
            "row": row,
            "key": self._value(row, cells, "key", self._layout.key, self._read_key, findings),
        }
        grades: dict[str, str] = {}
        for name, index, reader in self._readers:
            cell = cells[index] if index < len(cells) else None
            value = self._spotless[name].get(cell) if self._is_text and type(cell) is str else None
            if value is None:
                value = self._value(row, cells, name, index, reader, findings)
            if value is None:
                continue
            if name.startswith("grades."):
                grades[name.removeprefix("grades.")] = value
            elif name.startswith("citizenship"):
                said["citizenships"] = tuple(dict.fromkeys((*said.get("citizenships", ()), *value)))
            else:
                said[name] = value
        self._check_scripts(row, said, findings)
        self._check_countries(row, said, findings)
        if any(finding.severity is Severity.ERROR for finding in findings):
            return self.refused(row, cells, _without_repeats(findings))
        return Learner(**said, grades=grades, findings=tuple(_without_repeats(findings)))

    def _value(
        self, row: int, cells: Sequence[Cell], name: str, index: int, reader: Reader, findings: list[Finding]
    ) -> Any:
        cell = _at(cells, index)
        place = (row, index)
        title = self._layout.title(index)
        tell = values.teller(row, title, cell, findings)
        if place in self._found.errors:
            values.teller(row, title, self._found.errors[place], findings)(rules.CELL_ERROR)
            return None
        if is_empty(cell):
            if place in self._found.formulas:
                tell(rules.FORMULA, shown=" without a value")
            elif name in self._needed or name == "key":
                tell(rules.VALUE_MISSING)
            return None
        if place in self._found.formulas:
            tell(rules.FORMULA_VALUE)
        before = len(findings)
        value = reader(cell, tell)
        if value == "" and len(findings) == before and (name in self._needed or name == "key"):
            tell(rules.VALUE_MISSING)
        spotless = self._spotless[name]
        if type(cell) is str and value and len(findings) == before and len(spotless) < _MOST_SPOTLESS:
            spotless[cell] = value
        return value or None

    def _check_scripts(self, row: int, said: Mapping[str, Any], findings: list[Finding]) -> None:
        """Names in one script each: the parts of it must agree, and the words of the whole name."""
        scripts = {name: script for name in _NAMES if name in said and (script := script_of(said[name])) is not None}
        title = {name: self._layout.title(self._layout.columns[name]) for name in scripts}
        for name, script in scripts.items():
            first = next(iter(scripts))
            if script == "mixed" or script != scripts[first]:
                other = f"is in {script} letters, “{said[first]}” ({title[first]}) in {scripts[first]}"
                clash = "has words in two scripts" if script == "mixed" else other
                findings.append(rules.found(rules.SCRIPTS_DIFFER, row, title[name], said[name], clash=clash))
                return

    def _check_countries(self, row: int, said: Mapping[str, Any], findings: list[Finding]) -> None:
        for name, what in _NEED_A_COUNTRY.items():
            if name in said and f"{name}_country" not in said:
                title = self._layout.title(self._layout.columns[name])
                findings.append(rules.found(rules.COUNTRY_MISSING, row, title, said[name], what=what))


def _at(cells: Sequence[Cell], index: int) -> Cell:
    return cells[index] if index < len(cells) else None


def _without_repeats(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, each once: the key's column is often also a field of the learner."""
    return list({(one.rule, one.pointer, one.message): one for one in findings}.values())
