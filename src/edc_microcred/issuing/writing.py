"""The text of a credential and whether it keeps its profile, fast for the many credentials of one course.

The credentials of a course share most of their objects: specification, awarding bodies, issuer, page pictures. And they
differ in texts and days only, while no rule of a profile looks at what a text says or which day it is: only at which
members are there, of what kind, in which language, and at ids and coded values. So

- an object that was met before is written once, and its text is put in wherever it stands again;
- that nothing is wrong is remembered for all credentials that are the same in what rules look at. Whatever is wrong is
  found anew for each learner.

Before a kind of credential is remembered, its text is put together both ways and must be the same to the octet.
"""

import itertools
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from edc_microcred import json_text
from edc_microcred.elm import ElmObject, EuropeanDigitalCredential
from edc_microcred.elm.reading import read_credential
from edc_microcred.elm.values import LanguageMap
from edc_microcred.elm.writing import write_members
from edc_microcred.findings import Finding
from edc_microcred.seals import JsonText
from edc_microcred.shapes import findings_of_members

_MOST_OBJECTS: Final = 5_000
_STAND_IN: Final = "urn:stand-in:"
# No text can look like this inside JSON, because its quotation marks would be escaped.
_STAND_INS: Final = re.compile(rb'\{"id":"urn:stand-in:([0-9]+)","type":(?:"[A-Za-z0-9]+"|\[[A-Za-z0-9",]+\])\}')
_TEXTS: Final = ("xsd:string", "sh:Literal")
_CREDENTIAL: Final = "urn:credential:"
_MAILBOX: Final = "mailto:"


@dataclass(frozen=True, slots=True)
class _Part:
    """An object that was met before (held, so that its address stays its own), and what stands for it."""

    thing: ElmObject
    stand_in: ElmObject


class CourseWriter:
    """Writes and checks credentials that share most of their objects. Safe to share between threads.

    The objects must not be altered after they were written.
    """

    def __init__(self) -> None:
        self._met: dict[int, ElmObject] = {}
        self._parts: dict[int, _Part] = {}
        self._texts: dict[bytes, bytes] = {}
        self._ids: set[str] = set()
        self._passed: set[tuple[Any, ...]] = set()
        self._numbers = itertools.count()

    def write(self, credential: EuropeanDigitalCredential) -> tuple[JsonText, list[Finding]]:
        """The JSON text of a credential in UTF-8, and what is wrong with it as reading and its profile have it.

        Raises `ModelError` as `write_credential` does.
        """
        kind: list[Any] = []
        cut = self._cut(credential, kind)
        if tuple(kind) in self._passed:
            return self._joined(cut), []
        members = write_members(credential)
        text = _written(members)
        findings = [*read_credential(members)[1], *findings_of_members(members)]
        if not findings and self._joined(cut) == text:
            self._remember(credential, tuple(kind))
        return text, findings

    def _remember(self, credential: EuropeanDigitalCredential, kind: tuple[Any, ...]) -> None:
        if len(self._met) > _MOST_OBJECTS:  # new ones instead of emptied ones: another thread may be reading
            self._met, self._parts, self._ids, self._passed = {}, {}, set(), set()
            return
        for thing in credential.walk():
            self._met[id(thing)] = thing
            if thing.id is not None:
                self._ids.add(thing.id)
        self._passed.add(kind)

    def _joined(self, cut: ElmObject) -> JsonText:
        pieces = _STAND_INS.split(_written(write_members(cut)))
        pieces[1::2] = [self._texts[number] for number in pieces[1::2]]
        return JsonText(b"".join(pieces))

    def _part(self, thing: ElmObject) -> _Part | None:
        """What stands for an object that was met before; None for a new one, or one below which ids are to be made."""
        part = self._parts.get(id(thing))
        if part is not None and part.thing is thing:
            return part
        if self._met.get(id(thing)) is not thing or any(below.id is None for below in thing.walk()):
            return None
        number = next(self._numbers)
        self._texts[b"%d" % number] = _written(write_members(thing))
        part = self._parts[id(thing)] = _Part(thing, type(thing).model_construct(id=f"{_STAND_IN}{number}"))
        return part

    def _cut(self, thing: ElmObject, kind: list[Any]) -> ElmObject:
        """The object with stand-ins for what was met before; `kind` gets all of it that a rule may look at."""
        kind += (type(thing), self._kind_of_id(thing.id))
        changed: dict[str, Any] = {}
        facts = type(thing).terms()
        for name, value in thing.__dict__.items():
            if name == "id" or value is None or (type(value) is list and not value):
                continue
            kind.append(name)
            if isinstance(value, ElmObject):
                changed[name] = self._cut_item(value, kind)
            elif type(value) is list and isinstance(value[0], ElmObject):
                changed[name] = [self._cut_item(item, kind) for item in value]
            else:
                term = facts[name]
                is_text = term.datatype in _TEXTS and not term.coerced_to_iri and not term.iri_only
                for item in value if type(value) is list else (value,):
                    _look_at(item, is_text, kind)
        return thing.model_copy(update=changed) if changed else thing

    def _cut_item(self, thing: ElmObject, kind: list[Any]) -> ElmObject:
        part = self._part(thing)
        if part is not None:
            kind.append(part.stand_in.id)
            return part.stand_in
        kind.append("(")
        cut = self._cut(thing, kind)
        kind.append(")")
        return cut

    def _kind_of_id(self, identifier: str | None) -> str | None:
        """The id itself, unless it is one of a credential or mailbox that nothing else is called."""
        if identifier is None or identifier in self._ids:
            return identifier
        return next((start for start in (_CREDENTIAL, _MAILBOX) if identifier.startswith(start)), identifier)


def _written(members: dict[str, Any]) -> JsonText:
    return JsonText(json_text.write(members).encode("utf-8"))


def _look_at(value: Any, is_text: bool, kind: list[Any]) -> None:
    """Adds to `kind` what a rule may look at in a value that is no object."""
    if type(value) is LanguageMap:
        for tag in value:
            texts = value.texts(tag)
            kind += (tag, len(texts), *(text for text in texts if not _is_plain(text)))
    elif isinstance(value, date | datetime):
        kind.append(type(value))
    elif is_text and type(value) is str and _is_plain(value):
        kind.append(str)
    else:
        kind.append(value)


def _is_plain(text: str) -> bool:
    return bool(text.strip()) and text.isprintable()
