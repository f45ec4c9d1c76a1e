"""The ways in which a spreadsheet lies, one small file each, with the finding that it must give.

Each file has two good learners besides the lie, in the first and the last row; they must be read whatever else is
found, unless the list as a whole cannot be read (`whole`).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from tests.unit.microcredential import workshop

TITLES = ["Student number", "Given name", "Family name", "E-mail", "Date of birth", "Exam"]
FIRST = ["00000001", "Ana", "Primer", "ana@example.org", "1999-10-02", "9"]
LAST = ["00000009", "Petar", "Uzorak", "petar@example.org", "1998-03-04", "8"]
COLUMNS = {
    **workshop.COURSE["columns"], "email": "E-mail", "date_of_birth": "Date of birth",
}  # fmt: skip


@dataclass(frozen=True)
class Lie:
    """One file: what it is, how it is written, and what must be found (rule and row) beside the good learners."""

    name: str
    write: Callable[[Path], Path]
    finds: frozenset[tuple[str, int | None]]
    whole: bool = False
    course: dict[str, Any] = field(default_factory=dict)
    learners: int = 2


def row(**values: Any) -> list[Any]:
    """The learner in the middle, with some cells changed."""
    good = dict(zip(TITLES, ["00000005", "Mila", "Probić", "mila@example.org", "2000-01-31", "10"], strict=True))
    names = {"number": "Student number", "given": "Given name", "family": "Family name", "mail": "E-mail",
             "born": "Date of birth", "exam": "Exam"}  # fmt: skip
    good.update({names[name]: value for name, value in values.items()})
    return list(good.values())


def in_csv(*middle: list[Any], delimiter: str = ",", encoding: str = "utf-8") -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        rows = [TITLES, FIRST, *middle, LAST]
        return workshop.write_csv(folder / "list.csv", rows, delimiter=delimiter, encoding=encoding)

    return write


def in_xlsx(*middle: list[Any], sheets: tuple[str, ...] = ()) -> Callable[[Path], Path]:
    return lambda folder: workshop.write_xlsx(folder / "list.xlsx", [TITLES, FIRST, *middle, LAST], *sheets)


def in_ods(*middle: list[Any]) -> Callable[[Path], Path]:
    return lambda folder: workshop.write_ods(folder / "list.ods", [TITLES, FIRST, *middle, LAST])


def in_xls(*middle: list[Any]) -> Callable[[Path], Path]:
    return lambda folder: workshop.write_xls(folder / "list.xls", [TITLES, FIRST, *middle, LAST])


def text(content: str, name: str = "list.csv", encoding: str = "utf-8") -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode(encoding))
        return path

    return write


def lines(*rows: list[str]) -> str:
    return "".join(",".join(cells) + "\r\n" for cells in rows)


def russian() -> str:
    return lines(TITLES, [FIRST[0], "Иван", "Петров", *FIRST[3:]], [LAST[0], "Ольга", "Кузнецова", *LAST[3:]])


def greek() -> str:
    return lines(TITLES, [FIRST[0], "Γιώργος", "Παπαδόπουλος", *FIRST[3:]], [LAST[0], "Μαρία", "Νικολάου", *LAST[3:]])


def merged_titles(folder: Path) -> Path:
    import openpyxl

    path = workshop.write_xlsx(folder / "list.xlsx", [TITLES, FIRST, LAST])
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["B1"], sheet["C1"] = "Given name", None
    sheet.merge_cells("B1:C1")
    sheet["G1"], sheet["G2"], sheet["G3"] = "Family name", "x", "y"
    book.save(path)
    return path


def of(rule: str, at: int | None = 3) -> frozenset[tuple[str, int | None]]:
    return frozenset({(f"learners/{rule}", at)})


GRAZ = {"awarding_bodies": [{"name": "Example University", "country": "AT"}], "workload": {"ects": 3}}
NOTHING: frozenset[tuple[str, int | None]] = frozenset()

LIES: tuple[Lie, ...] = (
    # Numbers for identifiers.
    Lie("an id that became a number has lost its zeros", in_xlsx(row(number=5)), of("id-was-number")),
    Lie("an id that became a number in XLS", in_xls(row(number=5)), of("id-was-number")),
    Lie("an id that became a number in ODS", in_ods(row(number=5.0)), of("id-was-number")),
    Lie("an id that was exported as a float", in_csv(row(number="5.0")), of("id-was-number")),
    Lie("a long id in scientific notation", in_csv(row(number="1.23457E+12")), of("digits-lost")),
    Lie("a long id in scientific notation with a comma", in_csv(row(number="1,23E+12"), delimiter=";"),
        of("digits-lost")),
    Lie("a long id that became a number has lost digits", in_xlsx(row(number=20260000000000000001)), of("digits-lost")),
    Lie("ids that are numbers by the course's word", in_xlsx(row(number=5)), NOTHING, course={"numeric_ids": True},
        learners=3),
    Lie("an id that is a truth value", in_xlsx(row(number=True)), of("value-kind")),
    # Dates.
    Lie("a date as a serial number in CSV", in_csv(row(born="36556")), of("date-is-number")),
    Lie("a date as a serial number in XLSX", in_xlsx(row(born=36556)), of("date-is-number")),
    Lie("a date with full stops and one at the end", in_csv(row(born="31.1.2000.")), NOTHING, learners=3),
    Lie("a date with slashes that can be read in two ways", in_csv(row(born="3/4/2000")), of("date-ambiguous")),
    Lie("a date with slashes, and the course says the order", in_csv(row(born="3/4/2000")), NOTHING, learners=3,
        course={"date_order": "dmy"}),
    Lie("a date with slashes in which one number is no month", in_csv(row(born="1/31/2000")), NOTHING, learners=3),
    Lie("a month that is none in the order that the course says", in_csv(row(born="1/31/2000")), of("date-unreadable"),
        course={"date_order": "dmy"}),
    Lie("a year of two digits", in_csv(row(born="31.1.00")), of("date-short-year")),
    Lie("a day that does not exist", in_csv(row(born="30.2.2000")), of("date-unreadable")),
    Lie("a date in words", in_csv(row(born="31. januar 2000")), of("date-unreadable")),
    Lie("a date with a time and a zone", in_csv(row(born="2000-01-30T23:00:00Z")), of("date-zoned")),
    Lie("a date cell with a time of day", in_xlsx(row(born=datetime.fromisoformat("2000-01-31T12:30"))),
        of("date-unreadable")),
    Lie("a time where a date belongs", in_xlsx(row(born=time(12, 30))), of("date-unreadable")),
    Lie("an empty date that became 1900-01-01", in_csv(row(born="1900-01-01")), of("date-implausible")),
    Lie("a date of birth in the future", in_csv(row(born="2062-01-31")), of("date-implausible")),
    Lie("a real date cell", in_xlsx(row(born=date(2000, 1, 31))), NOTHING, learners=3),
    # Spaces and hidden characters.
    Lie("spaces at the ends", in_csv(row(given=" Mila ", family="Probić  ")), of("value-repaired"), learners=3),
    Lie("a fixed space inside a name", in_csv(row(given="Mila\u00a0Ana")), of("value-repaired"), learners=3),
    Lie("a space of no width", in_csv(row(given="Mi\u200bla")), of("hidden-character")),
    Lie("a right-to-left override", in_csv(row(given="\u202ealiM")), of("hidden-character")),
    Lie("a line break inside a name", in_csv(row(given="Mila\nAna")), of("hidden-character")),
    Lie("a soft hyphen in an e-mail address", in_csv(row(mail="mila@exam\u00adple.org")), of("hidden-character")),
    # Letters.
    Lie("a Cyrillic letter in a Latin name", in_csv(row(given="M\u0456la")), of("look-alikes")),
    Lie("a Latin letter in a Cyrillic name", in_csv(row(given="Мil\u0430", family="Пробић")), of("look-alikes")),
    Lie("a Greek letter in a Latin name", in_csv(row(family="\u03a1robić")), of("look-alikes")),
    Lie("a Cyrillic letter in an identifier", in_csv(row(number="\u0410B5"[0] + "B5")), of("look-alikes")),
    Lie("given name and family name in two scripts", in_csv(row(given="Мила")), of("scripts-differ")),
    Lie("a Cyrillic letter in an e-mail address", in_csv(row(mail="mil\u0430@example.org")), of("email-form")),
    Lie("letters that are put together of two characters", in_csv(row(family="Probic\u0301")), NOTHING, learners=3),
    Lie("an emoji in a name", in_csv(row(given="Mila 😀")), of("name-character")),
    Lie("a template in a name", in_csv(row(given="{{ 7*7 }}")), of("name-character")),
    Lie("markup in a name", in_csv(row(given="<script>alert(1)</script>")), of("name-character")),
    Lie("a path for a name", in_csv(row(given="../../etc/passwd")), of("name-character")),
    # Formulas and errors.
    Lie("a formula in CSV", in_csv(row(given='=HYPERLINK("http://example.org";"Mila")')), of("formula")),
    Lie("a formula without a value in XLSX", in_xlsx(row(given='=A1&"x"')), of("formula")),
    Lie("a formula without a value in ODS", in_ods(row(given='=[.A1]&"x"')), of("formula")),
    Lie("a link to another file", in_xlsx(row(given="='[http://example.org/x.xlsx]S'!A1")), of("formula")),
    Lie("an error in CSV", in_csv(row(given="#REF!")), of("cell-error")),
    Lie("an error in XLSX", in_xlsx(row(exam="#N/A")), of("cell-error")),
    # Grades.
    Lie("a grade that became a date", in_xlsx(row(exam=date(2026, 5, 9))), of("grade-became-date")),
    Lie("a grade that the scheme does not have", in_csv(row(exam="11")), of("grade-unknown")),
    Lie("a grade in words", in_csv(row(exam="odličan")), of("grade-unknown")),
    Lie("a failing grade", in_csv(row(exam="5")), of("grade-fails")),
    Lie("a grade as a float", in_xlsx(row(exam=9.0)), NOTHING, learners=3),
    Lie("a grade with a decimal comma", in_csv(row(exam="9,0"), delimiter=";"), NOTHING, learners=3),
    # Rows.
    Lie("two rows for one learner that differ", in_csv(row(), row(exam="9")),
        frozenset({("learners/key-repeated", 3), ("learners/key-repeated", 4)})),
    Lie("two rows for one learner that are equal", in_csv(row(), row()), of("row-repeated", 4), learners=3),
    Lie("keys that differ in letter case only", in_csv(row(number="ab-1"), row(number="AB-1")),
        frozenset({("learners/key-repeated", 3), ("learners/key-repeated", 4)})),
    Lie("a row without a key", in_csv(row(number="")), of("value-missing")),
    Lie("a row without a name", in_csv(row(family="")), of("value-missing")),
    Lie("an empty row", in_csv([""] * 6), of("rows-empty", None)),
    Lie("a separator inside a name without quotation marks",
        text(lines(TITLES, FIRST, [*row()[:3], " PhD", *row()[3:]], LAST)), of("row-too-long")),
    Lie("a name as long as a page", in_csv(row(given="M" * 300)), of("value-too-long")),
    Lie("a number where a name belongs", in_xlsx(row(given=17)), of("value-kind")),
    Lie("a national number as the key", in_csv(row(number="0101006500006")), of("national-number"), learners=3),
    # Titles.
    Lie("titles merged over two columns", merged_titles, of("column-untitled", None), whole=True),
    Lie("a title that is misspelt", text(lines([*TITLES[:2], "Familly name", *TITLES[3:]], FIRST, LAST)),
        of("column-missing", None), whole=True),
    Lie("a title that stands twice", text(lines([*TITLES, "Exam"], [*FIRST, "7"], [*LAST, "7"])),
        of("column-repeated", None), whole=True),
    Lie("no titles at all", text(lines(FIRST, LAST)), of("header-missing", None), whole=True),
    Lie("titles in other letters and case", text(lines(["STUDENT NUMBER", "given_name", *TITLES[2:]], FIRST, LAST)),
        NOTHING),
    Lie("a heading above the titles", text(lines(["Who passed"], [""], TITLES, FIRST, LAST)), NOTHING),
    Lie("a column that nobody asked for", text(lines([*TITLES, "Remark"], [*FIRST, "x"], [*LAST, ""])),
        of("columns-ignored", None)),
    Lie("six hundred columns", text(lines([*TITLES, *(f"x{n}" for n in range(600))], FIRST, LAST)),
        of("too-many-columns", None), whole=True),
    Lie("only titles", text(lines(TITLES)), of("none", None), learners=0),
    Lie("a second sheet with learners", in_xlsx(row(), sheets=("More",)), of("other-sheets", None), learners=3),
    # Text files.
    Lie("a separator that is said in the first line", text("sep=;\r\n" + lines(TITLES, FIRST, LAST).replace(",", ";")),
        NOTHING),
    Lie("tabs between the cells", in_csv(row(), delimiter="\t"), NOTHING, learners=3),
    Lie("an old Central European encoding", in_csv(row(), encoding="windows-1250"), of("encoding-guessed", None),
        learners=3),
    Lie("letters that two old encodings share", in_csv(row(family="Müßig"), encoding="windows-1252"), NOTHING,
        learners=3),
    Lie("an old encoding that could be either", in_csv(row(family="Petrič"), encoding="windows-1250"),
        of("encoding-unclear", None), whole=True),
    Lie("Serbian names in windows-1250 for a course of Graz", in_csv(row(given="Žarko", family="Đorđević"),
        encoding="windows-1250"), of("encoding-guessed", None), learners=3, course=GRAZ),
    Lie("Spanish names in windows-1252 for a course in Serbia", in_csv(row(given="José", family="Muñoz"),
        encoding="windows-1252"), of("encoding-guessed", None), learners=3),
    Lie("Russian names in KOI8-R", text(russian(), encoding="koi8_r"), of("encoding-unclear", None), whole=True),
    Lie("Greek names in windows-1253", text(greek(), encoding="windows-1253"), of("encoding-unclear", None),
        whole=True),
    Lie("Serbian names in ISO 8859-2", in_csv(row(given="Miloš", family="Kovačević"), encoding="iso8859_2"),
        of("encoding-unclear", None), whole=True),
    Lie("a byte order mark", text("\ufeff" + lines(TITLES, FIRST, LAST)), NOTHING),
    Lie("UTF-16 without a mark", text(lines(TITLES, FIRST, LAST), encoding="utf-16-le"), NOTHING),
    Lie("a quotation mark that is not closed", text(lines(TITLES, FIRST) + '00000005,"Mila,Probić\r\n'),
        of("line-broken", None), whole=True),
    Lie("a JSON line that is broken", text(
        "".join(json.dumps(dict(zip(TITLES, cells, strict=True))) + "\n" for cells in (FIRST, LAST))
        + '{"Exam": NaN}\n',
        "list.jsonl"), of("row-no-object")),
)  # fmt: skip

assert len({lie.name for lie in LIES}) == len(LIES)
