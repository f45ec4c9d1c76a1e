"""From the model to the JSON text of a credential, as the Commission's issuer writes it.

Lists of one are written as their item, absent values not at all, members in the order of their IRIs behind `id` and
`type`, `@context` last. What was read and not touched is written as it was spelt; what could not be read, and members
that nobody knows, go back where they were. The same model always gives the same text.

    >>> write_members(Person(id="urn:epass:person:1", given_name={"en": "Ana"}))
    {'id': 'urn:epass:person:1', 'type': 'Person', 'givenName': {'en': 'Ana'}}
"""

import binascii
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple

from edc_microcred import json_text
from edc_microcred.elm.credential import EuropeanDigitalCredential
from edc_microcred.elm.model import ABSENT, NOTHING_MORE, OWN, ElmObject, Source, leaf_types
from edc_microcred.elm.values import Duration, LanguageMap, write_birth_date, write_date_time
from edc_microcred.errors import ModelError

CONTEXTS: Final = (
    "https://www.w3.org/2018/credentials/v1",
    "http://data.europa.eu/snb/model/context/edc-ap",
)
"""The contexts of every European Digital Credential, in their order."""


@dataclass(slots=True)
class _Names:
    """The ids that are made while one credential is written: numbered per kind, equal objects share one."""

    root: ElmObject
    new_id: Callable[[], uuid.UUID]
    taken: set[str] | None = None
    counts: dict[str, int] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    written_before: dict[int, dict[str, Any]] | None = None
    """The members of objects by their place in memory, if those that stand in several places may share them."""

    def of(self, kind: str, content: str) -> str:
        identifier = self.made.get(content)
        if identifier is None:
            if self.taken is None:
                self.taken = {item.id for item in self.root.walk() if item.id is not None}
            number = self.counts.get(kind, 0) + 1
            while f"urn:epass:{kind}:{number}" in self.taken:
                number += 1
            self.counts[kind] = number
            identifier = self.made[content] = f"urn:epass:{kind}:{number}"
        return identifier


def write_credential(
    credential: EuropeanDigitalCredential,
    *,
    new_id: Callable[[], uuid.UUID] = uuid.uuid4,
    add_context: bool = False,
) -> str:
    """The JSON text of a credential.

    Objects that were built without an id get one (`urn:epass:<name>:<n>`), the credential itself
    `urn:credential:<uuid>`; the model given is not altered. Objects that were read keep lacking what they lacked;
    `add_context` gives one that was read without `@context` the two contexts. Raises `ModelError` when something was
    built that no credential can say: a value of the wrong type that was appended to a list, a property of ELM 3.3 only.
    """
    members = _root_members(credential, _Names(credential, new_id, written_before={}))
    if add_context:
        members.setdefault("@context", list(CONTEXTS))
    return json_text.write(members)


def write_members(thing: ElmObject, *, new_id: Callable[[], uuid.UUID] = uuid.uuid4) -> dict[str, Any]:
    """The members of `write_credential`, for any object of the model, as JSON values."""
    return _root_members(thing, _Names(thing, new_id))


def _root_members(thing: ElmObject, names: _Names) -> dict[str, Any]:
    members: dict[str, Any] = _members(thing, names)
    if thing.source is None and isinstance(thing, EuropeanDigitalCredential):
        members["@context"] = list(CONTEXTS)
    return members


def _members(thing: ElmObject, names: _Names) -> Any:
    """The members of one object. This is the hot path: most objects have nothing but ids, texts and other objects."""
    written_before = names.written_before
    if written_before is not None and (known := written_before.get(id(thing))) is not None:
        return known
    private = thing.__pydantic_private__  # what `thing.source` looks up
    source: Source | None = private["_source"] if private else None
    if source is not None and source.reference and thing.is_reference:
        return thing.id
    plan = _plan(type(thing))
    values = thing.__dict__
    if private is NOTHING_MORE and values["id"] is not None and type(plan.type) is str:
        members: dict[str, Any] = {"id": values["id"], "type": plan.type}
    else:
        members = _head(thing, source, plan)
    found = source.found if source is not None else {}
    for name, slot in plan.slots.items():
        value = values[name]
        if value is None or (not value and type(value) is list):
            continue
        term, many, write, is_newer = slot
        try:
            if name in found and _untouched(value, found[name][0]):
                written = found[name][1]
            elif not many:
                written = _members(value, names) if write is None else write(value)
            elif len(value) == 1 and (source is None or not source.unread_items):
                written = _members(value[0], names) if write is None else write(value[0])
            else:
                written = [_members(item, names) if write is None else write(item) for item in value]
        except (AttributeError, TypeError, ValueError):
            _refuse_wrong(thing, name, slot)
            raise
        members[term] = _with_unread(written, source, term) if many and type(written) is list else written
        if is_newer and source is None:
            raise ModelError(
                f"{type(thing).__name__}.{name} came with ELM 3.3; the context in use would drop it.",
                remedy="Leave it out.",
            )
    if private is NOTHING_MORE:
        if written_before is not None:
            written_before[id(thing)] = members
        return members
    if source is None:
        if thing.id is None:
            members["id"] = _made_id(thing, members, names)
        return members
    if source.unread or source.unread_items:
        members = _with_faulty(members, source, plan)
    if source.unknown:
        members.update(source.unknown)
    if source.context is not ABSENT:
        members["@context"] = source.context
    return members


def _head(thing: ElmObject, source: Source | None, plan: "_Plan") -> dict[str, Any]:
    """The first members: `id` (`None` where one will be made) and `type`."""
    kind = plan.type if type(plan.type) is str else list(plan.type)
    if source is None or (thing.id is not None and source.type is OWN):
        return {"id": thing.id, "type": kind}
    head: dict[str, Any] = {}
    if thing.id is not None:
        head["id"] = thing.id
    elif "id" in source.unread:
        head["id"] = source.unread["id"]
    if source.type is not ABSENT:
        head["type"] = kind if source.type is OWN else source.type
    return head


def _made_id(thing: ElmObject, members: Mapping[str, Any], names: _Names) -> str:
    if isinstance(thing, EuropeanDigitalCredential):
        return f"urn:credential:{names.new_id()}"
    content = {term: _mention(value) for term, value in members.items()}
    return names.of(type(thing).ID_NAME, json_text.write([type(thing).__name__, content]))


def _mention(value: Any) -> Any:
    """What stands for a value in its owner's content: an object's id, by which it is known already."""
    if type(value) is dict:
        return value.get("id", value)
    return [_mention(item) for item in value] if type(value) is list else value


def _with_faulty(members: Mapping[str, Any], source: Source, plan: "_Plan") -> dict[str, Any]:
    """The members in their order, together with those that could not be read and were not set since."""
    merged = {name: members[name] for name in ("id", "type") if name in members}
    for term in (slot.term for slot in plan.slots.values()):
        if term in members:
            merged[term] = members[term]
        elif term in source.unread:
            merged[term] = source.unread[term]
        elif term in source.unread_items:
            merged[term] = _with_unread([], source, term)
    return merged


def _untouched(value: Any, read: Any) -> bool:
    return value is read or (type(value) is list and type(read) is tuple and tuple(value) == read)


def _with_unread(items: list[Any], source: Source | None, name: str) -> Any:
    """The list with the items that could not be read back in their places; one item stands without a list."""
    if source is not None and name in source.unread_items:
        items = list(items)
        for index, raw in source.unread_items[name]:
            items.insert(index, raw)
    return items[0] if len(items) == 1 else items


def _refuse_wrong(thing: ElmObject, name: str, slot: "_Slot") -> None:
    """Raises `ModelError` when a value of a field is none that it can hold."""
    value, write = getattr(thing, name), slot.write
    for item in value if slot.many else [value]:
        try:
            right = isinstance(item, ElmObject) if write is None else write(item) is not None
        except (AttributeError, TypeError, ValueError):
            right = False
        if not right:
            raise ModelError(
                f"{type(thing).__name__}.{name} holds a {type(item).__name__}, which it cannot.",
                remedy="Lists are not checked when they are appended to: put in what the property takes.",
            ) from None


def _base64(value: bytes) -> str:
    return binascii.b2a_base64(value, newline=False).decode("ascii")


def _text(value: str) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: int) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value


def _decimal(value: Decimal) -> str:
    return f"{value:f}"


_WRITERS: Final[Mapping[Any, Callable[[Any], Any]]] = {
    datetime: write_date_time,
    date: write_birth_date,
    Duration: str,
    bytes: _base64,
    Decimal: _decimal,
    LanguageMap: LanguageMap.as_json,
    int: _number,
    bool: _number,
    str: _text,
}


class _Slot(NamedTuple):
    """How one field is written."""

    term: str
    many: bool
    write: Callable[[Any], Any] | None
    """What writes a value; `None` where the values are objects."""
    is_newer: bool
    """Whether it came with ELM 3.3."""


class _Plan(NamedTuple):
    """How the objects of one class are written."""

    type: str | list[str]
    slots: Mapping[str, _Slot]
    """By field, in the order of their IRIs."""


@cache
def _plan(cls: type[ElmObject]) -> _Plan:
    facts = sorted(cls.terms().items(), key=lambda item: (item[1].context_iri or item[1].iri, item[1].name))
    slots: dict[str, _Slot] = {}
    for name, fact in facts:
        write = None if fact.ranges else _WRITERS[leaf_types(cls, name)[0]]
        slots[name] = _Slot(fact.name, fact.many, write, fact.since == "3.3")
    return _Plan(type=cls.type_members(), slots=slots)
