"""From a cell to a value of a learner, or to the reasons why there is none. One reader for each kind of value."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from edc_microcred.errors import VocabularyError
from edc_microcred.findings import Finding, Rule
from edc_microcred.microcredential import learner_rules as rules
from edc_microcred.microcredential.cells import Cell, as_shown
from edc_microcred.microcredential.course import Course
from edc_microcred.microcredential.dates import NoDate, read_date
from edc_microcred.microcredential.grading import Grading
from edc_microcred.microcredential.kinds import EMAIL
from edc_microcred.microcredential.names import hidden_character, mixed_word, odd_character
from edc_microcred.microcredential.refusal import nearest
from edc_microcred.vocabularies import entry
from edc_microcred.vocabularies.folding import fold

MOST_CHARACTERS: Final = 255
_ERROR: Final = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|NV|WERT!|BEZUG!|ZAHL!)|Err:[0-9]{3}")
_SCIENTIFIC: Final = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+[0-9]{1,3}")
_AS_FLOAT: Final = re.compile(r"[0-9]+[.,]0+")
_FIXED_SPACES: Final = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_DOUBLED: Final = re.compile(r" {2,}")
_TO_LOOK_AT: Final = re.compile(r"^[ =#]|^Err:|  | $")
_BECAME_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?")
_JMBG: Final = re.compile(r"[0-9]{13}")
_TED: Final = {"uk": "GBR", "el": "GRC"}
_GENDERS: Final = {
    "m": "MALE", "male": "MALE", "man": "MALE", "muski": "MALE", "muskarac": "MALE", "mannlich": "MALE",
    "hombre": "MALE", "masculino": "MALE", "f": "FEMALE", "female": "FEMALE", "woman": "FEMALE", "z": "FEMALE",
    "zenski": "FEMALE", "zena": "FEMALE", "weiblich": "FEMALE", "w": "FEMALE", "mujer": "FEMALE",
    "femenino": "FEMALE", "nap": "NAP", "not applicable": "NAP",
}  # fmt: skip

Tell = Callable[..., None]
"""Takes a rule and the values of its message; the row, column and cell are known to it."""


def text_of(cell: Cell, tell: Tell) -> str | None:
    """A cell as text: in Unicode form C, spaces at the ends and doubled ones taken away. None when it is refused.

    Refused are errors, formulas, hidden characters, values that are too long, and anything that is no text.
    """
    if isinstance(cell, bool | date | datetime | time | timedelta):
        tell(rules.VALUE_KIND, seen=_kind(cell), wanted="text")
        return None
    if isinstance(cell, int | float | Decimal):
        tell(rules.VALUE_KIND, seen="a number", wanted="text")
        return None
    text = unicodedata.normalize("NFC", cell or "")
    if text.isprintable() and len(text) <= MOST_CHARACTERS and not _TO_LOOK_AT.search(text):
        return text  # as nearly all are; spaces that are not U+0020 are not printable
    plain = _DOUBLED.sub(" ", _FIXED_SPACES.sub(" ", text)).strip(" \t\r\n")
    if _ERROR.fullmatch(plain):
        tell(rules.CELL_ERROR)
        return None
    if plain.startswith("="):
        tell(rules.FORMULA, shown=f" ({plain[:40]})")
        return None
    if (hidden := hidden_character(plain)) is not None:
        tell(rules.HIDDEN_CHARACTER, character=hidden)
        return None
    if len(plain) > MOST_CHARACTERS:
        tell(rules.VALUE_TOO_LONG, length=f"{len(plain):,}", most=MOST_CHARACTERS)
        return None
    if plain != text:
        tell(rules.VALUE_REPAIRED)
    return plain


def _kind(cell: object) -> str:
    if isinstance(cell, bool):
        return "a truth value"
    return "a time" if isinstance(cell, time | timedelta) else "a date"


def read_name(cell: Cell, tell: Tell) -> str | None:
    """A name, each word of it in the letters of one script."""
    text = text_of(cell, tell)
    if text is None:
        return None
    if (odd := odd_character(text)) is not None:
        tell(rules.NAME_CHARACTER, character=odd)
        return None
    return None if _has_look_alikes(text, tell) else text


def _has_look_alikes(text: str, tell: Tell) -> bool:
    mixed = mixed_word(text)
    if mixed is None:
        return False
    shown = ", ".join(dict.fromkeys(mixed.letters))
    are = "is" if len(set(mixed.letters)) == 1 else "are"
    tell(rules.LOOK_ALIKES, letters=f"“{shown}”", are=are, odd=mixed.odd, other=mixed.other)
    return True


def read_identifier(cell: Cell, tell: Tell, *, numeric: bool, exact: bool) -> str | None:
    """An identifier as text.

    A number is taken only where the course says that its ids are numbers (`numeric`), or where a whole one comes from a
    program that means it (`exact`).
    """
    if isinstance(cell, bool):
        tell(rules.VALUE_KIND, seen=_kind(cell), wanted="an identifier")
        return None
    if isinstance(cell, int | float | Decimal):
        if exact and isinstance(cell, int):
            return str(cell)
        number = float(cell)
        short = abs(number) < 1e15
        if numeric and short and number.is_integer():
            return str(int(number))
        tell(rules.ID_WAS_NUMBER if short else rules.DIGITS_LOST)
        return None
    text = text_of(cell, tell)
    if not text:
        return text
    if _SCIENTIFIC.fullmatch(text):
        tell(rules.DIGITS_LOST)
        return None
    if _AS_FLOAT.fullmatch(text):
        if numeric:
            return re.split("[.,]", text)[0]
        tell(rules.ID_WAS_NUMBER)
        return None
    if _has_look_alikes(text, tell):
        return None
    if _JMBG.fullmatch(text) and _is_jmbg(text):
        tell(rules.NATIONAL_ID)
    return text


def _is_jmbg(text: str) -> bool:
    """Whether thirteen digits are a Serbian citizen's number: a day of birth in front, a check digit behind."""
    digits = [int(digit) for digit in text]
    if not (1 <= digits[0] * 10 + digits[1] <= 31 and 1 <= digits[2] * 10 + digits[3] <= 12):
        return False
    total = sum((7 - place) * (digits[place] + digits[place + 6]) for place in range(6))
    check = 11 - total % 11
    return digits[12] == (0 if check > 9 else check)


def read_text(cell: Cell, tell: Tell) -> str | None:
    """Any text; a number is written as the spreadsheet shows it."""
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return as_shown(float(cell) if isinstance(cell, Decimal) else cell)
    return text_of(cell, tell)


def read_email(cell: Cell, tell: Tell) -> str | None:
    """An e-mail address, without `mailto:`."""
    text = text_of(cell, tell)
    if not text:
        return text
    text = text.removeprefix("mailto:")
    if not EMAIL.fullmatch(text) or ".." in text or text.startswith(".") or ".@" in text or len(text) > 254:
        tell(rules.EMAIL_FORM)
        return None
    return text


def read_day(cell: Cell, tell: Tell, *, order: str | None, first: date, last: date) -> date | None:
    """A day between `first` and `last`."""
    if isinstance(cell, str):
        cell = text_of(cell, tell)
        if not cell:
            return None
    found = read_date(cell, order)
    if isinstance(found, NoDate):
        tell(found.rule, **found.values)
        return None
    if not first <= found <= last:
        why = f"before {first.isoformat()}" if found < first else f"after {last.isoformat()}"
        tell(rules.DATE_IMPLAUSIBLE, why_not=why)
        return None
    return found


def read_country(cell: Cell, tell: Tell) -> str | None:
    """The URI of a country, named by code (as the EU writes it too: UK, EL), URI or name."""
    text = text_of(cell, tell)
    if not text:
        return text
    found = _entry_uri("country", _TED.get(text.casefold(), text))
    if found.startswith("http"):
        return found
    tell(rules.CODE_UNKNOWN, said=text, list="countries", near=found)
    return None


def read_countries(cell: Cell, tell: Tell) -> tuple[str, ...] | None:
    """The URIs of the countries in one cell, several of them with a comma or a semicolon; each once."""
    text = text_of(cell, tell)
    if not text:
        return None
    if _entry_uri("country", text).startswith("http"):  # a name may have a comma
        return (_entry_uri("country", text),)
    parts = [part for part in re.split(r"\s*[,;]\s*", text) if part]
    found = [read_country(part, tell) for part in parts]
    return tuple(dict.fromkeys(one for one in found if one)) if all(found) else None


def read_gender(cell: Cell, tell: Tell) -> str | None:
    """The URI of a gender."""
    text = text_of(cell, tell)
    if not text:
        return text
    found = _entry_uri("human-sex", _GENDERS.get(fold(text), text))
    if found.startswith("http"):
        return found
    tell(rules.CODE_UNKNOWN, said=text, list="genders", near="Write M, F or NAP.")
    return None


@lru_cache(maxsize=4096)
def _entry_uri(list_name: str, text: str) -> str:
    """The URI of an entry, or the sentence that names the nearest."""
    try:
        return entry(list_name, text).uri
    except VocabularyError as error:
        return nearest(error, list_name)


def read_grade(cell: Cell, tell: Tell, *, grading: Grading | None, must_pass: bool) -> str | None:
    """A grade as its scheme writes it; any text where there is no scheme."""
    if isinstance(cell, date | datetime | time):
        tell(rules.GRADE_BECAME_DATE)
        return None
    if isinstance(cell, bool):
        cell = as_shown(cell)
    text = as_shown(cell) if isinstance(cell, int | float | Decimal) else text_of(cell, tell)
    if not text:
        return text
    if _BECAME_DATE.fullmatch(text):
        tell(rules.GRADE_BECAME_DATE)
        return None
    if grading is None:
        return text
    grade = grading.read(text)
    if grade is None:
        tell(rules.GRADE_UNKNOWN, scheme=grading.shown)
        return None
    if must_pass and not grading.passes(grade):
        tell(rules.GRADE_FAILS, mark=grading.pass_mark)
        return None
    return grade


def teller(row: int, column: str, cell: Cell, findings: list[Finding]) -> Tell:
    """What adds findings about one cell to `findings`."""

    def tell(rule: Rule, **values: Any) -> None:
        findings.append(rules.found(rule, row, column, as_shown(cell), **values))

    return tell


def must_pass(course: Course, name: str) -> bool:
    """Whether a failing grade of an assessment (or of the whole) refuses the learner."""
    for known, one in zip(course.assessment_ids, course.assessment, strict=True):
        if known == name:
            return one.must_pass
    return True
