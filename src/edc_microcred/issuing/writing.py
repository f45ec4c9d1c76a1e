"""Writing a credential and looking whether it keeps its profile, fast for the many learners of one course.

The credentials of a course differ in little: an id, moments, names, numbers, grades. And no rule of a profile looks at
what such a text says or which day it is: only at which members are there, of what kind, in which language, and at ids
and coded values. So

- the text of a credential is kept with gaps where the learner's own words stand, and filled for the next learner;
- that nothing is wrong is remembered for all learners who are the same in everything but those words. Whatever is
  wrong is found anew for each of them, and so is everything about a learner with a text that is not plain.

Gaps are found, not known: the learner is built a second time with marks for words, and where a mark comes out, there is
a gap. Before a text is kept, it is filled with the words of the learner it was made for, and must be the same to the
octet as what was written in full.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta, timezone
from operator import attrgetter
from typing import Any, Final

from edc_microcred import json_text
from edc_microcred.elm import EuropeanDigitalCredential, LanguageMap
from edc_microcred.elm.model import is_absolute
from edc_microcred.elm.reading import read_credential
from edc_microcred.elm.values import write_birth_date, write_date_time
from edc_microcred.elm.writing import write_members
from edc_microcred.findings import Finding
from edc_microcred.microcredential import Learner
from edc_microcred.seals import JsonPiece, JsonText
from edc_microcred.shapes import findings_of_members

_WORDS: Final = (
    "key", "given_name", "family_name", "full_name", "email", "student_number", "identifier", "national_id",
    "address", "group", "certificate_number",
)  # fmt: skip
"""What a credential says of a learner as the row says it, if at all."""
_OTHERWISE: Final = frozenset({"row", "findings", "grades", "date_of_birth", *_WORDS})
_CODED: Final = tuple(field.name for field in fields(Learner) if field.name not in _OTHERWISE)
_words_of: Final = attrgetter(*_WORDS)
_codes_of: Final = attrgetter(*_CODED)
_CREDENTIAL: Final = "urn:credential:"
_MOST_KEPT: Final = 500
_MOST_GRADES: Final = 5_000
_MARKED_DAY: Final = date(9998, 11, 29)
_MARKED_MOMENT: Final = datetime(9998, 11, 28, 23, 58, 57)  # noqa: DTZ001  # it gets the zone of the real one


def checked(credential: EuropeanDigitalCredential) -> tuple[JsonText, list[Finding]]:
    """The JSON text of a credential in UTF-8, and what is wrong with it as reading and its profile have it.

    Raises `ModelError` as `write_credential` does.
    """
    members = write_members(credential)
    return JsonText(_written(members).encode("utf-8")), [
        *read_credential(members)[1],
        *findings_of_members(members),
    ]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The text of one kind of credential: piece, gap, piece, ..., and the ids of what stands in it."""

    pieces: tuple[JsonPiece, ...]
    gaps: tuple[str, ...]
    ids: frozenset[str]

    def filled(self, word_of: Callable[[str], JsonPiece]) -> JsonText:
        words = {gap: word_of(gap) for gap in set(self.gaps)}
        parts = [self.pieces[0]]
        for gap, piece in zip(self.gaps, self.pieces[1:], strict=True):
            parts += (words[gap], piece)
        return JsonText.joined(parts)


class CourseWriter:
    """Writes and checks the credentials of one course. Safe to share between threads.

    `build` makes a credential of a learner, an id and a moment, always the same from the same; `grade_text` are the
    words for a grade of an assessment. Learners are not altered afterwards.
    """

    def __init__(
        self,
        build: Callable[[Learner, str, datetime], EuropeanDigitalCredential],
        grade_text: Callable[[str, str], LanguageMap],
    ) -> None:
        self._build = build
        self._grade_text = grade_text
        self._kept: dict[tuple[Any, ...], _Kept] = {}
        self._pieces: dict[bytes, JsonPiece] = {}
        self._grades: dict[tuple[str, str], _Grade] = {}
        self._token: Final = secrets.token_hex(8)

    def write(self, learner: Learner, credential_id: str, at: datetime) -> tuple[JsonText, list[Finding]]:
        """The JSON text of a learner's credential in UTF-8, and what is wrong with it.

        Raises what `build` raises, and `ModelError` as `write_credential` does.
        """
        kind = self._kind(learner, credential_id, at)
        kept = self._kept.get(kind) if kind is not None else None
        if kept is not None and kept.ids.isdisjoint((credential_id, _mailbox(learner))):
            return kept.filled(self._words(learner, credential_id, at)), []
        credential = self._build(learner, credential_id, at)
        text, findings = checked(credential)
        if kind is not None and kept is None and not findings:
            self._keep(kind, learner, credential, text, at)
        return text, findings

    def _kind(self, learner: Learner, credential_id: str, at: datetime) -> tuple[Any, ...] | None:
        """All that a rule may look at, and all that is written in another way than as words; None when not plain."""
        if not (credential_id.startswith(_CREDENTIAL) and credential_id.isprintable() and is_absolute(credential_id)):
            return None
        said: list[Any] = [at.utcoffset(), learner.date_of_birth is None]
        for word in _words_of(learner):
            if word is not None and not (type(word) is str and _is_plain(word)):
                return None
            said.append(word is None)
        if learner.email is not None and not is_absolute(_mailbox(learner)):
            return None
        for name, grade in learner.grades.items():
            known = self._grade(name, grade)
            if known.kind is None:
                return None
            said += (name, known.kind)
        codes = _codes_of(learner)
        return (*said, *codes) if type(learner.citizenships) is tuple else None

    def _words(self, learner: Learner, credential_id: str, at: datetime) -> Callable[[str], JsonPiece]:
        """What goes into a gap."""
        own: dict[str, Callable[[], str]] = {
            "id": lambda: credential_id,
            "moment": lambda: write_date_time(at),
            "day": lambda: write_birth_date(learner.date_of_birth or _MARKED_DAY),
        }
        grades = list(learner.grades.items())

        def word_of(gap: str) -> JsonPiece:
            if gap.startswith("grade"):
                return self._grade(*grades[int(gap[5:])]).text
            said = own[gap]() if gap in own else getattr(learner, gap)
            return JsonPiece(json_text.write(said)[1:-1].encode("utf-8"))

        return word_of

    def _grade(self, name: str, grade: str) -> "_Grade":
        known = self._grades.get((name, grade))
        if known is None:
            known = _Grade.of(self._grade_text(name, grade))
            if len(self._grades) < _MOST_GRADES:
                self._grades[name, grade] = known
        return known

    def _keep(
        self,
        kind: tuple[Any, ...],
        learner: Learner,
        credential: EuropeanDigitalCredential,
        text: JsonText,
        at: datetime,
    ) -> None:
        """Keeps the text of a credential that nothing is wrong with, if that is the same text with its gaps filled."""
        marks: dict[str, Any] = {name: self._mark(name) for name in _WORDS if getattr(learner, name) is not None}
        marks["grades"] = {name: self._mark(f"grade{place}") for place, name in enumerate(learner.grades)}
        marks["date_of_birth"] = _MARKED_DAY if learner.date_of_birth is not None else None
        marked = replace(learner, row=0, **marks)
        moment = _MARKED_MOMENT.replace(tzinfo=timezone(at.utcoffset() or timedelta()))
        with_marks = _written(write_members(self._build(marked, _CREDENTIAL + self._mark("id"), moment)))
        for said, mark in (
            (_CREDENTIAL + self._mark("id"), self._mark("id")),
            (write_date_time(moment), self._mark("moment")),
            (write_birth_date(_MARKED_DAY), self._mark("day")),
            *((_written(self._grade_text(name, mark).as_json()), mark) for name, mark in marked.grades.items()),
        ):
            with_marks = with_marks.replace(said, mark)
        parts = re.split(f"{self._token}\\.([a-z_0-9]+);", with_marks)
        if len(self._kept) >= _MOST_KEPT:  # new ones instead of emptied ones: another thread may be reading
            self._kept, self._pieces = {}, {}
        kept = _Kept(
            pieces=tuple(self._piece(part.encode("utf-8")) for part in parts[::2]),
            gaps=tuple(parts[1::2]),
            ids=frozenset(thing.id for thing in credential.walk() if thing.id) - {credential.id, _mailbox(learner)},
        )
        if kept.filled(self._words(learner, credential.id or "", at)) == text:
            self._kept[kind] = kept

    def _piece(self, octets: bytes) -> JsonPiece:
        """The piece, the same object for the same octets: most texts share most of theirs."""
        return self._pieces.setdefault(octets, JsonPiece(octets))

    def _mark(self, name: str) -> str:
        return f"{self._token}.{name};"


@dataclass(frozen=True, slots=True)
class _Grade:
    """The words for a grade: their JSON, and what of them a rule may look at (None when they are not plain)."""

    text: JsonPiece
    kind: tuple[Any, ...] | None

    @classmethod
    def of(cls, words: LanguageMap) -> "_Grade":
        plain = all(_is_plain(text) for tag in words for text in words.texts(tag))
        kind = tuple((tag, len(words.texts(tag))) for tag in words) if plain else None
        return cls(JsonPiece(_written(words.as_json()).encode("utf-8")), kind)


def _written(value: Any) -> str:
    return json_text.write(value)


def _mailbox(learner: Learner) -> str:
    return f"mailto:{learner.email}"


def _is_plain(text: str) -> bool:
    return text.isprintable() and bool(text) and not text.isspace()
