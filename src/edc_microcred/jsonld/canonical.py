"""Whether a credential is in the form of the Commission's issuer, so that reading it as plain JSON is right.

    >>> is_canonical({"@context": ["http://data.europa.eu/snb/model/context/edc-ap"], "id": "urn:credential:1"})
    False

Clauses: JSON-LD 1.1, 9 (grammar), 4.1.5 (compact IRIs).
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from edc_microcred.elm.model import is_absolute
from edc_microcred.elm.values import SHORT_TAGS
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.jsonld.definitions import iri_terms, prefixes, terms, type_scoped


def is_canonical(members: Any) -> bool:
    """Whether a parsed credential is in the form of the Commission's issuer, so that plain JSON reading is right.

    That is: the two contexts in their order at the top, and below nothing but a tree with plain terms: no keyword
    (`@id`), no name with a colon, no list in a list, no id that a prefix of the contexts would change (`org:1`).
    Whether the terms are known does not matter.
    """
    if not isinstance(members, dict) or members.get("@context") != list(CONTEXTS):
        return False
    return is_plain({name: value for name, value in members.items() if name != "@context"})


def is_plain(members: Mapping[str, Any]) -> bool:
    """Whether members, `@context` taken off, are a tree with plain terms; see `is_canonical`."""
    usual, iris, taken, texts = _names()
    stack: list[Mapping[str, Any]] = [members]
    while stack:
        node = stack.pop()
        if not node.keys() <= usual and any(":" in name or name[:1] == "@" for name in node):
            return False
        for name, value in node.items():
            kind = value.__class__
            if kind is str:
                if name in iris and value.partition(":")[0] in taken and changes(name, value):
                    return False
            elif kind is dict:
                if name not in texts:
                    stack.append(value)
                elif any(tag[:1] == "@" or ":" in tag for tag in value):
                    return False
            elif kind is list:
                for item in value:
                    if item.__class__ is dict:
                        stack.append(item)
                    elif item.__class__ is list or (
                        name in iris and item.__class__ is str and ":" in item and changes(name, item)
                    ):
                        return False
            if name == "type" and kind is str and ":" in value:
                return False
    return True


@cache
def _names() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """The names that credentials are made of, those whose text is an IRI, the prefixes, those with language maps."""
    texts = frozenset(name for name, term in terms().items() if term.language)
    return frozenset((*terms(), "id", "type")), iri_terms(), prefixes(), texts


def is_usual(members: Any) -> bool:
    """Whether a parsed credential is canonical, loses no member as data, and has no IRI that is not absolute.

    Almost every credential is like that, and this is one short way through it: where the answer is no, `is_canonical`,
    `dropped_terms` and `relative_iris` tell what is unusual. It says no, too, where only they can be sure.
    """
    if not isinstance(members, dict) or members.get("@context") != list(CONTEXTS):
        return False
    known, iris, _, texts = _names()
    defined = terms()
    stack: list[dict[str, Any]] = [{name: value for name, value in members.items() if name != "@context"}]
    seen: dict[str, dict[str, Any]] = {}
    while stack:
        node = stack.pop()
        identifier = node.get("id")
        if identifier.__class__ is str:
            first = seen.setdefault(identifier, node)
            if first is not node and first == node:  # it was looked at, or it is on the stack
                continue
        if not node.keys() <= known:
            kinds = node.get("type")
            kinds = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
            if not node.keys() <= known.union(*(type_scoped().get(kind, ()) for kind in kinds)):
                return False
        for name, value in node.items():
            kind = value.__class__
            if kind is str:
                if name in iris and not (value in defined if name == "type" else stands_as_it_is(value)):
                    return False
            elif kind is dict:
                if name not in texts:
                    stack.append(value)
                elif not value.keys() <= SHORT_TAGS and any(tag[:1] == "@" or ":" in tag for tag in value):
                    return False
            elif kind is list:
                for item in value:
                    if item.__class__ is dict:
                        stack.append(item)
                    elif item.__class__ is list:
                        return False
                    elif item.__class__ is not str or name not in iris:
                        continue
                    elif not (item in defined if name == "type" else stands_as_it_is(item)):
                        return False
    return True


def stands_as_it_is(iri: str) -> bool:
    """Whether an IRI is absolute to everybody, without the white space that RFC 3987 allows and JSON-LD processors do
    not, and no prefix of the contexts changes it; no for longer ones than are remembered.
    """
    return len(iri) < 256 and _is_absolute_and_no_prefix(iri)


@lru_cache(maxsize=4096)
def _is_absolute_and_no_prefix(iri: str) -> bool:
    """Remembered, because the concepts of the controlled lists come again in every credential."""
    return is_absolute(iri) and not changes("id", iri) and (iri.isascii() or iri.split() == [iri])


def changes(name: str, iri: str) -> bool:
    """Whether the contexts make another IRI of the text in the member `name`."""
    prefix, colon, rest = iri.partition(":")
    return bool(colon) and (name == "type" or (prefix in prefixes() and not rest.startswith("//")))
