"""What can be wrong in a list of learners. Every finding names row, column, value and remedy.

An example is `csv` (a whole file), or `cells` that are put into a row that is otherwise good, or `rows` of such; with
`course` keys of the course are changed.
"""

from dataclasses import replace
from typing import Final

from edc_microcred.findings import Finding, Rule, Severity, shorten
from edc_microcred.json_text import pointer

_OURS: Final = "edc-microcred, learners"
_HEAD: Final = "Student number,Given name,Family name,E-mail,Date of birth,Exam,Grade\n"
_ANA: Final = "20260001,Ana,Primer,ana@example.org,1999-10-02,9,9\n"
_RECIPIENTS: Final = (
    "{{#c}}.REC.givenName,{{#c}}.REC.familyName,{{#c}}.REC.identifier[0].notation,{{#c}}.REC.hasClaim{{3}},"
    "{{#c}}.ASM{{7}}.grade.noteLiteral{further}\nfield,field,field,relation,field\n"
    "Given name,Family name,Student number,Include,Exam\nd,d,d,d,d\nAna,Primer,20260001,{said},9\n"
)

# Rules about the whole list.

ENCODING_UNCLEAR: Final = Rule(
    id="learners/encoding-unclear", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="It is not clear how the letters of the file are encoded",
    message="The file is not UTF-8, and can be read as {first} or as {second}: {shown}.",
    why="Read in the wrong way a name has wrong letters, and would be sealed with them.",
    fix="Say which reading is right, `--encoding windows-1250` for example, or save the file as “CSV UTF-8”.",
    wrong={"csv": _HEAD + _ANA.replace("Primer", "Petrič"), "encoding": "windows-1250"},
    right={"csv": _HEAD + _ANA},
)  # fmt: skip
ENCODING_WRONG: Final = Rule(
    id="learners/encoding-wrong", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="The file is not in the encoding that was named",
    message="The file cannot be read as {encoding}: byte {byte} stands for nothing in it.",
    why="Letters would be lost or changed.",
    fix="Leave the encoding out, so that it is found, or save the file as “CSV UTF-8”.",
    wrong={"csv": _HEAD + _ANA.replace("Primer", "Müller"), "encoding": "windows-1252", "said": "utf-8"},
    right={"csv": _HEAD + _ANA, "said": "utf-8"},
)  # fmt: skip
ENCODING_GUESSED: Final = Rule(
    id="learners/encoding-guessed", severity=Severity.WARNING, since="0.1", source=_OURS,
    title="The encoding of the file was guessed",
    message="The file is not UTF-8; it was read as {encoding}. Letters to look at: {shown}.",
    why="A file in an old encoding does not say which one it is.",
    fix="Look at a name with these letters. If it is wrong, say the encoding, or save the file as “CSV UTF-8”.",
    wrong={"csv": _HEAD + _ANA.replace("Primer", "Đorđević"), "encoding": "windows-1250"},
    right={"csv": _HEAD + _ANA.replace("Primer", "Đorđević")},
)  # fmt: skip
LINE_BROKEN: Final = Rule(
    id="learners/line-broken", severity=Severity.ERROR, since="0.1", source="RFC 4180",
    title="The file cannot be taken apart into cells",
    message="From row {row} on the file is no CSV: {problem}.",
    why="What follows could be put into wrong columns, and wrong names would be sealed.",
    fix="Look for a quotation mark that is not closed in the row before; save the file again from the spreadsheet.",
    wrong={"csv": _HEAD + _ANA + '20260002,"Bo,Primer,bo@example.org,1999-10-02,9,9\n'}, right={"csv": _HEAD + _ANA},
)  # fmt: skip
HEADER_MISSING: Final = Rule(
    id="learners/header-missing", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="There is no row of column titles",
    message="None of the first rows has the titles that the course names ({wanted}).",
    why="Without titles nobody can tell which column is what.",
    fix="Put the titles into one row above the learners, or correct `columns` in the course.",
    wrong={"csv": "1,2,3\n4,5,6\n"}, right={"csv": _HEAD + _ANA},
)  # fmt: skip
COLUMN_MISSING: Final = Rule(
    id="learners/column-missing", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="A column is missing",
    message="There is no column “{column}” ({field}). {near}",
    why="The course says that this column holds something that the credentials need.",
    fix="Correct the title in the spreadsheet, or `columns` in the course.",
    wrong={"csv": (_HEAD + _ANA).replace("Family name", "Familly name")}, right={"csv": _HEAD + _ANA},
)  # fmt: skip
COLUMN_REPEATED: Final = Rule(
    id="learners/column-repeated", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="Two columns have one title",
    message="The columns {first} and {second} are both called “{column}”.",
    why="The one that is meant cannot be told from the other.",
    fix="Give each its own title.",
    wrong={"csv": "Student number,Given name,Family name,Exam,Exam\n1,Ana,Primer,9,8\n"}, right={"csv": _HEAD + _ANA},
)  # fmt: skip
COLUMN_UNTITLED: Final = Rule(
    id="learners/column-untitled", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="A column with values has no title",
    message="Column {letter} has values and no title; its neighbour is “{neighbour}”.",
    why="Titles that were merged over two columns stand in the first only; what is in the second would be lost.",
    fix="Take the merging back and give each column its title, or empty the column.",
    wrong={"csv": "Student number,Given name,,Family name,Exam\n1,Ana,Marija,Primer,9\n"}, right={"csv": _HEAD + _ANA},
)  # fmt: skip
TOO_MANY_COLUMNS: Final = Rule(
    id="learners/too-many-columns", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="There are too many columns",
    message="The list has {columns} columns; {most} is the most.",
    why="No list of learners has; something else was opened, or a cell far to the right has a forgotten value.",
    fix="Delete the columns that are not needed.",
    wrong={"csv": _HEAD.strip() + ",x" * 600 + "\n" + _ANA}, right={"csv": _HEAD + _ANA},
)  # fmt: skip
KEY_COLUMN_MISSING: Final = Rule(
    id="learners/key-column-missing", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="No column tells learners apart",
    message="The list has no column that tells learners apart: {wanted}.",
    why="When the list comes again, it must be plain who has a credential already.",
    fix="Add `key_column` to the course: the title of the column with the student number.",
    wrong={"csv": "Given name,Family name\nAna,Primer\n", "course": {"columns": None, "key_column": None}},
    right={"csv": _HEAD + _ANA},
)  # fmt: skip
COLUMNS_IGNORED: Final = Rule(
    id="learners/columns-ignored", severity=Severity.INFO, since="0.1", source=_OURS,
    title="Some columns are not used",
    message="Not used: {columns}.",
    why="Only what the course maps is read; the rest stays in the spreadsheet.",
    fix="Nothing, if that is as you meant it.",
    wrong={"csv": _HEAD.strip() + ",Remark\n" + _ANA.strip() + ",good\n"}, right={"csv": _HEAD + _ANA},
)  # fmt: skip
OTHER_SHEETS: Final = Rule(
    id="learners/other-sheets", severity=Severity.WARNING, since="0.1", source=_OURS,
    title="The file has further sheets",
    message="Only the sheet “{sheet}” was read; the file has also {others}.",
    why="Learners on another sheet get no credential.",
    fix="Say which sheet: `--sheet NAME`.",
    wrong={"sheets": ["Learners", "More"]}, right={"sheets": ["Learners"]},
)  # fmt: skip
NO_LEARNERS: Final = Rule(
    id="learners/none", severity=Severity.WARNING, since="0.1", source=_OURS,
    title="The list has no learners",
    message="Below the titles there is no row with values.",
    why="Nothing can be issued; perhaps the wrong sheet or file was given.",
    fix="Check the file.",
    wrong={"csv": _HEAD}, right={"csv": _HEAD + _ANA},
)  # fmt: skip

# Rules about one row.

ROWS_EMPTY: Final = Rule(
    id="learners/rows-empty", severity=Severity.INFO, since="0.1", source=_OURS,
    title="There are empty rows between the learners",
    message="Row {row} comes after {count} empty row{s}.",
    why="They were passed over; perhaps something was deleted there.",
    fix="Nothing, if that is as you meant it.",
    wrong={"csv": _HEAD + _ANA + ",,,,,,\n" + _ANA.replace("0001", "0002")}, right={"csv": _HEAD + _ANA},
)  # fmt: skip
ROW_TOO_LONG: Final = Rule(
    id="learners/row-too-long", severity=Severity.ERROR, since="0.1", source="RFC 4180, 2.4",
    title="A row has more cells than there are titles",
    message="Row {row} has {cells} cells; there are {titles} titles.",
    why="A separator inside a name, without quotation marks, moves everything behind it into the next column.",
    fix="Put the value that has the separator in it into quotation marks.",
    wrong={"csv": _HEAD + "20260001,Ana,Primer, PhD,ana@example.org,1999-10-02,9,9\n"}, right={"csv": _HEAD + _ANA},
)  # fmt: skip
ROW_NO_OBJECT: Final = Rule(
    id="learners/row-no-object", severity=Severity.ERROR, since="0.1", source="JSON lines",
    title="A row is no set of named values",
    message="Row {row} is no JSON object with values by name: {problem}.",
    why="Nothing can be read from it.",
    fix='Write one object a line: {"Student number": "…"}.',
    wrong={"json": '{"Student number":"1","Given name":"A","Family name":"B","Exam":"9"}\n[1]\n'},
    right={"json": '{"Student number":"1","Given name":"A","Family name":"B","Exam":"9"}\n'},
)  # fmt: skip
VALUE_MISSING: Final = Rule(
    id="learners/value-missing", severity=Severity.ERROR, since="0.1", source="2022/C 243/02, Annex I",
    title="A value is missing",
    message="Row {row}, column “{column}”: the cell is empty.",
    why="The credential cannot be made without it.",
    fix="Fill the cell.",
    wrong={"cells": {"Family name": " "}}, right={"cells": {}},
)  # fmt: skip
VALUE_REPAIRED: Final = Rule(
    id="learners/value-repaired", severity=Severity.INFO, since="0.1", source=_OURS,
    title="Spaces were taken away",
    message="Row {row}, column “{column}”: spaces at the ends, doubled or fixed ones were taken away.",
    why="They are not seen and make two values differ that are the same.",
    fix="Nothing.",
    wrong={"cells": {"Given name": "Ana  Marija "}}, right={"cells": {"Given name": "Ana Marija"}},
)  # fmt: skip
VALUE_TOO_LONG: Final = Rule(
    id="learners/value-too-long", severity=Severity.ERROR, since="0.1", source="EDC issuer: 255 characters a field",
    title="A value is too long",
    message="Row {row}, column “{column}”: {length} characters; {most} is the most.",
    why="The Commission's tools take no more, and no name or number has so many; something else was pasted.",
    fix="Shorten the value.",
    wrong={"cells": {"Given name": "A" + "na" * 200}}, right={"cells": {"Given name": "A" + "na" * 100}},
)  # fmt: skip
VALUE_KIND: Final = Rule(
    id="learners/value-kind", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="A cell holds a value of the wrong kind",
    message="Row {row}, column “{column}”: {seen} stands where {wanted} belongs (“{value}”).",
    why="The spreadsheet has turned it into something else, or a column has slipped.",
    fix="Format the column as text and type the value again.",
    wrong={"cells": {"Given name": 17.0}}, right={"cells": {"Given name": "Ana"}},
)  # fmt: skip
HIDDEN_CHARACTER: Final = Rule(
    id="learners/hidden-character", severity=Severity.ERROR, since="0.1", source="Unicode 16, 23; UTS 39, 3",
    title="A value holds characters that nobody sees",
    message="Row {row}, column “{column}”: the value holds {character}.",
    why="Such characters turn text around, hide a part of it, or make two values look the same.",
    fix="Type the value anew; do not paste it.",
    wrong={"json": '{"Student number":"1","Given name":"A\\u202ena","Family name":"B","Exam":"9"}\n'},
    right={"json": '{"Student number":"1","Given name":"Ana","Family name":"B","Exam":"9"}\n'},
)  # fmt: skip
NAME_CHARACTER: Final = Rule(
    id="learners/name-character", severity=Severity.ERROR, since="0.1", source="UTS 39, 3.1",
    title="A name holds a character that names do not have",
    message="Row {row}, column “{column}”: “{character}” does not belong into a name (“{value}”).",
    why="It is a slip, a leftover of a form, or an attempt to have something else than a name sealed.",
    fix="Write the name in letters; apostrophes, hyphens, full stops and spaces are fine.",
    wrong={"cells": {"Given name": "<script>"}}, right={"cells": {"Given name": "Jean-Pierre O’Brien St."}},
)  # fmt: skip
LOOK_ALIKES: Final = Rule(
    id="learners/look-alikes", severity=Severity.ERROR, since="0.1", source="UTS 39, 5.1: single script",
    title="A word mixes letters of two scripts",
    message="Row {row}, column “{column}”: {letters} in “{value}” {are} {odd}, the other letters are {other}.",
    why="Cyrillic and Latin letters that look the same are different letters; such a name is found by no search.",
    fix="Type the word anew in one script.",
    wrong={"cells": {"Given name": "\u0410na"}}, right={"cells": {"Given name": "Ана", "Family name": "Пример"}},
)  # fmt: skip
SCRIPTS_DIFFER: Final = Rule(
    id="learners/scripts-differ", severity=Severity.ERROR, since="0.1",
    source="ELM 3.2: a person's name has one language",
    title="The parts of a name are in two scripts",
    message="Row {row}, column “{column}”: “{value}” {clash}.",
    why="A person's name has one language in a credential, and so one script.",
    fix="Write the whole name in one script.",
    wrong={"cells": {"Given name": "Ана"}}, right={"cells": {"Given name": "Ана", "Family name": "Пример"}},
)  # fmt: skip
ID_WAS_NUMBER: Final = Rule(
    id="learners/id-was-number", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="A spreadsheet has made a number of an identifier",
    message="Row {row}, column “{column}”: the identifier is a number in the spreadsheet ({value}).",
    why="Zeros in front are lost, and digits beyond the fifteenth; it could be another learner's.",
    fix="Format the column as text and enter the identifiers again. If they have no zeros in front, write "
        "`numeric_ids: true` into the course.",
    wrong={"cells": {"Student number": 20260001.0}}, right={"cells": {"Student number": "020260001"}},
)  # fmt: skip
DIGITS_LOST: Final = Rule(
    id="learners/digits-lost", severity=Severity.ERROR, since="0.1", source="IEEE 754: 15 digits",
    title="A long identifier has lost digits",
    message="Row {row}, column “{column}”: “{value}” has lost its last digits in a spreadsheet.",
    why="Spreadsheets keep fifteen digits of a number and write long ones as 1.23E+12.",
    fix="Format the column as text and enter the identifiers again from the source.",
    wrong={"cells": {"Student number": "2,0260001E+12"}}, right={"cells": {"Student number": "2026000100001"}},
)  # fmt: skip
FORMULA: Final = Rule(
    id="learners/formula", severity=Severity.ERROR, since="0.1", source="OWASP, CSV injection",
    title="A cell holds a formula and no value",
    message="Row {row}, column “{column}”: the cell holds a formula{shown}.",
    why="Formulas are not calculated here: what they would give is not known.",
    fix="Copy the column and paste it as values.",
    wrong={"cells": {"Given name": '=HYPERLINK("https://example.org")'}}, right={"cells": {"Given name": "Ana"}},
)  # fmt: skip
FORMULA_VALUE: Final = Rule(
    id="learners/formula-value", severity=Severity.WARNING, since="0.1", source=_OURS,
    title="A value was calculated by a formula",
    message="Row {row}, column “{column}”: a formula gave the value, when the file was last saved.",
    why="It may be out of date, or depend on another file.",
    fix="Copy the column and paste it as values.",
    wrong={"formula": "Anna"}, right={"cells": {}},
)  # fmt: skip
CELL_ERROR: Final = Rule(
    id="learners/cell-error", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="A cell holds an error of the spreadsheet",
    message="Row {row}, column “{column}”: the cell shows the error {value}.",
    why="A formula failed; the value is not known.",
    fix="Correct the formula, or enter the value.",
    wrong={"cells": {"Given name": "#N/A"}}, right={"cells": {"Given name": "Ana"}},
)  # fmt: skip
DATE_AMBIGUOUS: Final = Rule(
    id="learners/date-ambiguous", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="A date can be read in two ways",
    message="Row {row}, column “{column}”: “{value}” is {first} or {second}.",
    why="A wrong date of birth makes the credential somebody else's.",
    fix="Say in the course which it is (`date_order: day-month-year`), or write 2026-04-03.",
    wrong={"cells": {"Date of birth": "3/4/1999"}}, right={"cells": {"Date of birth": "13/4/1999"}},
)  # fmt: skip
DATE_IS_NUMBER: Final = Rule(
    id="learners/date-is-number", severity=Severity.ERROR, since="0.1", source="ISO/IEC 29500-1, 18.17.4",
    title="A date is a bare number",
    message="Row {row}, column “{column}”: {value} stands where a date belongs{meant}.",
    why="Spreadsheets count days from 1900 or from 1904, and a bare number does not say which: four years differ.",
    fix="Format the column as a date, or write 2026-04-03.",
    wrong={"cells": {"Date of birth": "36435"}}, right={"cells": {"Date of birth": "1999-10-02"}},
)  # fmt: skip
DATE_SHORT_YEAR: Final = Rule(
    id="learners/date-short-year", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="A year has two digits",
    message="Row {row}, column “{column}”: the year of “{value}” has two digits.",
    why="It could be of either century.",
    fix="Write the year with four digits.",
    wrong={"cells": {"Date of birth": "2.10.99"}}, right={"cells": {"Date of birth": "2.10.1999"}},
)  # fmt: skip
DATE_UNREADABLE: Final = Rule(
    id="learners/date-unreadable", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="A date cannot be read",
    message="Row {row}, column “{column}”: “{value}” is no date.",
    why="No such day exists, or it is written in words.",
    fix="Write 2026-04-03 or 3.4.2026.",
    wrong={"cells": {"Date of birth": "31.2.1999"}}, right={"cells": {"Date of birth": "28.2.1999."}},
)  # fmt: skip
DATE_ZONED: Final = Rule(
    id="learners/date-zoned", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="A date has a time with a zone",
    message="Row {row}, column “{column}”: “{value}” is a moment, and its day depends on the zone.",
    why="A birthday at midnight in Belgrade is the day before in UTC: the Commission's own first sample lost a day so.",
    fix="Give the day alone: 1999-10-02.",
    wrong={"cells": {"Date of birth": "1999-10-01T22:00:00Z"}},
    right={"cells": {"Date of birth": "1999-10-02T00:00:00"}},
)  # fmt: skip
DATE_IMPLAUSIBLE: Final = Rule(
    id="learners/date-implausible", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="A date cannot be right",
    message="Row {row}, column “{column}”: {value} is {why_not}.",
    why="It is a slip in the year, or a default value of the spreadsheet (1900-01-01).",
    fix="Correct the date.",
    wrong={"cells": {"Date of birth": "1899-12-31"}}, right={"cells": {"Date of birth": "1999-12-31"}},
)  # fmt: skip
EMAIL_FORM: Final = Rule(
    id="learners/email-form", severity=Severity.ERROR, since="0.1", source="RFC 5321, 4.1.2; RFC 5322, 3.4.1",
    title="An e-mail address does not have the form of one",
    message="Row {row}, column “{column}”: “{value}” is no e-mail address.",
    why="Nothing could be delivered to it, or it would go to somebody else.",
    fix="Correct it: one address, in Latin letters, name@example.org.",
    wrong={"cells": {"E-mail": "ana.primer(at)example.org"}}, right={"cells": {"E-mail": "ana.primer@example.org"}},
)  # fmt: skip
CODE_UNKNOWN: Final = Rule(
    id="learners/code-unknown", severity=Severity.ERROR, since="0.1", source="EU Vocabularies",
    title="A value is not in its controlled list",
    message="Row {row}, column “{column}”: “{said}” is not in the list of {list}. {near}",
    why="Readers know the value by its place in the list.",
    fix="Write the code (RS, SRB) or the name as the list has it.",
    wrong={"cells": {"Citizenship": "Freedonia"}}, right={"cells": {"Citizenship": "Serbia"}},
)  # fmt: skip
COUNTRY_MISSING: Final = Rule(
    id="learners/country-missing", severity=Severity.ERROR, since="0.1", source="ELM 3.2: LegalIdentifier, Address",
    title="A country is missing",
    message="Row {row}, column “{column}”: {what} needs its country, and there is none.",
    why="A national number or an address means nothing without the country.",
    fix="Add the country's column, or take the value out.",
    wrong={"cells": {"National number": "AB-12"}},
    right={"cells": {"National number": "AB-12", "Country of number": "RS"}},
)  # fmt: skip
NATIONAL_ID: Final = Rule(
    id="learners/national-number", severity=Severity.WARNING, since="0.1", source="(EU) 2016/679, 5(1)(c), 87",
    title="A national number would be written into the credential",
    message="Row {row}, column “{column}”: this looks like a national number of a person.",
    why="Everybody who is shown the credential learns it, and as a key it also stands in the journal.",
    fix="Use the student number instead, if no law asks for the national one.",
    wrong={"cells": {"Student number": "0101006500006"}}, right={"cells": {"Student number": "20260001"}},
)  # fmt: skip
GRADE_UNKNOWN: Final = Rule(
    id="learners/grade-unknown", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="A grade is not in the grading scheme",
    message="Row {row}, column “{column}”: the scheme has no grade “{value}” (it has {scheme}).",
    why="The credential says by which scheme the grade is to be read.",
    fix="Correct the grade, or `grading` in the course.",
    wrong={"cells": {"Exam": "11"}}, right={"cells": {"Exam": "10"}},
)  # fmt: skip
GRADE_BECAME_DATE: Final = Rule(
    id="learners/grade-became-date", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="A spreadsheet has made a date of a grade",
    message="Row {row}, column “{column}”: the cell holds the date {value}.",
    why="Spreadsheets turn 9.5 or 9/10 into a day.",
    fix="Format the column as text and enter the grade again.",
    wrong={"cells": {"Exam": "2026-05-09T00:00:00"}}, right={"cells": {"Exam": "9"}},
)  # fmt: skip
GRADE_FAILS: Final = Rule(
    id="learners/grade-fails", severity=Severity.ERROR, since="0.1", source="2022/C 243/02, point 5(a)",
    title="A grade is below the pass mark",
    message="Row {row}, column “{column}”: “{value}” is not a pass (the pass mark is {mark}).",
    why="A micro-credential says that the outcomes were reached.",
    fix="Take the learner out of the list, or correct the grade. Where others make up for it: `must_pass: false`.",
    wrong={"cells": {"Exam": "5"}}, right={"cells": {"Exam": "6"}},
)  # fmt: skip
NOT_INCLUDED: Final = Rule(
    id="learners/not-included", severity=Severity.WARNING, since="0.1",
    source="EDC issuer 2.0.6, recipient template: a relation is included by y",
    title="The sheet does not include the achievement for this learner",
    message="Row {row}, column “{column}”: there is no “y” (it has “{value}”), so that nothing was awarded.",
    why="In the recipient sheet of the Commission's issuer a learner gets only what has a y in the row.",
    fix="Write y if the learner has achieved it; otherwise nothing.",
    wrong={"csv": _RECIPIENTS.format(further="", said="n")}, right={"csv": _RECIPIENTS.format(further="", said="y")},
)  # fmt: skip
CONTENT_NOT_CARRIED: Final = Rule(
    id="learners/content-not-carried", severity=Severity.WARNING, since="0.1",
    source="EDC issuer 2.0.6, recipient template",
    title="Content of the recipient sheet is not carried over",
    message="Not carried over into the credentials: {columns}.",
    why="The content comes from the course file, alike for all learners; these columns say something else of each.",
    fix="Write into the course file what holds for all. What differs between learners has no place here yet.",
    wrong={"csv": _RECIPIENTS.format(further=",{#c}.validFrom", said="y")},
    right={"csv": _RECIPIENTS.format(further="", said="y")},
)  # fmt: skip
KEY_REPEATED: Final = Rule(
    id="learners/key-repeated", severity=Severity.ERROR, since="0.1", source=_OURS,
    title="Two rows have one key and differ",
    message="Row {row}, column “{column}”: “{value}” stands in other rows too, and these rows differ ({rows}).",
    why="Which of them is right cannot be told, so none is issued.",
    fix="Delete the wrong ones, or correct the key.",
    wrong={"csv": _HEAD + _ANA + _ANA.replace(",9,9", ",9,8")}, right={"csv": _HEAD + _ANA},
)  # fmt: skip
ROW_REPEATED: Final = Rule(
    id="learners/row-repeated", severity=Severity.WARNING, since="0.1", source=_OURS,
    title="A row stands there twice",
    message="Row {row}, column “{column}”: “{value}” stands in row {first} already, with the same values.",
    why="The learner gets one credential; this row was passed over.",
    fix="Delete the row.",
    wrong={"csv": _HEAD + _ANA + _ANA}, right={"csv": _HEAD + _ANA},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = tuple(rule for rule in list(vars().values()) if isinstance(rule, Rule))


def found(rule: Rule, row: int, column: str, value: object = "", **values: object) -> Finding:
    """The finding of `rule` at one cell, with everything that a registrar needs to correct it."""
    one = rule.found(
        pointer(row, column), row=row, column=column, value=shorten(value, 80), remedy=rule.fix, **values  # type: ignore[arg-type]  # values of messages
    )  # fmt: skip
    return replace(one, line=row)
