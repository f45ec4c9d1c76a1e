"""From the model to the JSON text of a credential, as the Commission's issuer writes it.

Lists of one are written as their item, absent values not at all, members in the order of their IRIs behind `id` and
`type`, `@context` last. What was read and not touched is written as it was spelt; what could not be read, and members
that nobody knows, go back where they were. The same model always gives the same text.

    >>> write_members(Person(id="urn:epass:person:1", given_name={"en": "Ana"}))
    {'id': 'urn:epass:person:1', 'type': 'Person', 'givenName': {'en': 'Ana'}}
"""

import binascii
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final

from edc_microcred import json_text
from edc_microcred.elm.credential import EuropeanDigitalCredential
from edc_microcred.elm.model import ABSENT, OWN, ElmObject, Source, leaf_types
from edc_microcred.elm.terms import Term
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
    members = write_members(credential, new_id=new_id)
    if add_context:
        members.setdefault("@context", list(CONTEXTS))
    return json_text.write(members)


def write_members(thing: ElmObject, *, new_id: Callable[[], uuid.UUID] = uuid.uuid4) -> dict[str, Any]:
    """The members of `write_credential`, for any object of the model, as JSON values."""
    members: dict[str, Any] = _members(thing, _Names(thing, new_id))
    if thing.source is None and isinstance(thing, EuropeanDigitalCredential):
        members["@context"] = list(CONTEXTS)
    return members


def _members(thing: ElmObject, names: _Names) -> Any:
    source = thing.source
    if source is not None and source.reference and thing.is_reference:
        return thing.id
    values = thing.__dict__
    body: dict[str, Any] = {}
    for name, fact, many, write in _plan(type(thing)):
        value = values[name]
        if not value and (value is None or type(value) is list):
            continue
        term = fact.name
        if source is not None and name in source.found and _untouched(value, source.found[name][0]):
            spelt = source.found[name][1]
            body[term] = _with_unread(spelt, source, term) if many else spelt
        elif many:
            if write is None and len(value) == 1 and isinstance(value[0], ElmObject):
                items = [_members(value[0], names)]
            else:
                items = [_item(item, write, names, thing, name) for item in value]
            body[term] = _with_unread(items, source, term)
        elif write is None and isinstance(value, ElmObject):
            body[term] = _members(value, names)
        else:
            body[term] = _item(value, write, names, thing, name)
        if fact.since == "3.3" and source is None:
            raise ModelError(
                f"{type(thing).__name__}.{name} came with ELM 3.3; the context in use would drop it.",
                remedy="Leave it out.",
            )
    if source is None:
        return {"id": thing.id or _made_id(thing, body, names), "type": thing.type_members(), **body}
    if source.unread or source.unread_items:
        body = _with_faulty(thing, body, source)
    members: dict[str, Any] = {}
    if thing.id is not None:
        members["id"] = thing.id
    elif "id" in source.unread:
        members["id"] = source.unread["id"]
    kind = thing.type_members() if source.type is OWN else source.type
    if kind is not ABSENT:
        members["type"] = kind
    members.update(body)
    members.update(source.unknown)
    if source.context is not ABSENT:
        members["@context"] = source.context
    return members


def _made_id(thing: ElmObject, body: Mapping[str, Any], names: _Names) -> str:
    if isinstance(thing, EuropeanDigitalCredential):
        return f"urn:credential:{names.new_id()}"
    content = json.dumps([type(thing).__name__, body], ensure_ascii=False, sort_keys=True)
    return names.of(type(thing).ID_NAME, content)


def _with_faulty(thing: ElmObject, body: Mapping[str, Any], source: Source) -> dict[str, Any]:
    """The members in their order, together with those that could not be read and were not set since."""
    merged: dict[str, Any] = {}
    for _, fact, _, _ in _plan(type(thing)):
        term = fact.name
        if term in body:
            merged[term] = body[term]
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


def _item(value: Any, write: Callable[[Any], Any] | None, names: _Names, thing: ElmObject, name: str) -> Any:
    if write is None:
        if isinstance(value, ElmObject):
            return _members(value, names)
    else:
        try:
            return write(value)
        except (AttributeError, TypeError, ValueError):
            pass
    raise ModelError(
        f"{type(thing).__name__}.{name} holds a {type(value).__name__}, which it cannot.",
        remedy="Lists are not checked when they are appended to: put in what the property takes.",
    )


def _texts(value: LanguageMap) -> dict[str, Any]:
    return value.as_json()


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
    LanguageMap: _texts,
    int: _number,
    bool: _number,
    str: _text,
}


@cache
def _plan(cls: type[ElmObject]) -> tuple[tuple[str, Term, bool, Callable[[Any], Any] | None], ...]:
    """The fields of a class in the order of their IRIs: name, facts, whether a list, how a value is written."""
    terms = sorted(cls.terms().items(), key=lambda item: (item[1].context_iri or item[1].iri, item[1].name))
    return tuple(
        (name, fact, fact.many, None if fact.ranges else _WRITERS[leaf_types(cls, name)[0]]) for name, fact in terms
    )
