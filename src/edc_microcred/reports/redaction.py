"""Findings without anything that comes from the file: for reports that are kept where no learner's data may lie.

A JSON Pointer names members, and a member may be called anything. What no standard has named is replaced.

    >>> redacted_pointer("/credentialSubject/hasClaim/0/title/sr-Latn")
    '/credentialSubject/hasClaim/0/title/sr-Latn'
    >>> redacted_pointer("/credentialSubject/Ana Primer/0")
    '/credentialSubject/…/0'

Trap: a member may be called by a date of birth or a national number, so that only short numbers pass for places in a
list; and `Ana` has the form of a language tag, so that tags are two letters, with a script or a country.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from edc_microcred.catalogue import rules
from edc_microcred.elm import CLASSES
from edc_microcred.findings import Finding, Rule, shorten
from edc_microcred.jsonld.definitions import Definition, class_terms, prefixes, property_terms, terms

HIDDEN: Final = "…"
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,3}")
_LANGUAGE_TAG: Final = re.compile(r"[a-z]{2}(-(Latn|Cyrl|Grek|Arab|Hebr))?(-[A-Z]{2})?")
_KEYWORDS: Final = frozenset({
    "@context", "@graph", "@id", "@included", "@index", "@language", "@list", "@none", "@reverse", "@set", "@type",
    "@value", "id", "type",
})  # fmt: skip
_OF_FILES: Final = frozenset({"credential", "deliveryDetails", "deliveryAddress", "payload", "signatures", "proof"})
"""Names that stand around a credential: of an upload to the Commission's issuer, of a seal, of a proof."""


def rule_of(finding: Finding) -> Rule:
    """The rule that a finding met; of one that nobody defined, no more than the finding says."""
    known = finding.definition or rules().get(finding.rule)
    name = finding.rule
    return known or Rule(id=name, severity=finding.severity, title=name, message=name, why="", fix="")


def redacted(finding: Finding) -> Finding:
    """The finding with what its rule says in general, and with a pointer of which only the standards' names are left.

    Rule, severity, line and column stay; `focus` and values go.
    """
    path = finding.path if finding.path in _names() else None
    pointer = redacted_pointer(finding.pointer)
    return replace(finding, pointer=pointer, message=rule_of(finding).title, focus=None, path=path, values={})


def redacted_pointer(pointer: str) -> str:
    """The JSON Pointer with `…` for each step that is no place in a list, no term of the contexts, no language tag."""
    before = ""
    steps = []
    for token in pointer.split("/")[1:]:
        steps.append(token if _is_standard(_unescaped(token), before) else HIDDEN)
        before = token
    return "".join(f"/{step}" for step in steps)


def without_strange_names(finding: Finding) -> Finding:
    """The finding with `…` for what is no standard's name in its pointer, and for the same in its message.

    Findings about the seal and the certificate stay: their pointers lead into the envelope, not to the learner.
    """
    if finding.rule.startswith(("seal/", "trust/")):
        return finding
    pointer = redacted_pointer(finding.pointer)
    message = finding.message
    for old, new in zip(finding.pointer.split("/")[1:], pointer.split("/")[1:], strict=True):
        if old != new:
            message = _hidden_in(message, _unescaped(old))
    return replace(finding, pointer=pointer, message=message)


def _hidden_in(message: str, name: str) -> str:
    """The message without a name; where it was shortened, without the beginning of it up to the quotation mark."""
    for shown in dict.fromkeys((name, shorten(name), shorten(name, 60), shorten(name, 80))):
        message = message.replace(f"“{shown}”", f"“{HIDDEN}”").replace(repr(shown), repr(HIDDEN))
        if len(shown) > 2:
            message = message.replace(shown, HIDDEN)
    return message


def _unescaped(token: str) -> str:
    return token.replace("~1", "/").replace("~0", "~")


def _is_standard(name: str, before: str) -> bool:
    if _INDEX.fullmatch(name) or name in _names():
        return True
    prefix, colon, local = name.partition(":")
    if colon and prefix in prefixes() and f"{terms()[prefix].iri}{local}" in _names():
        return True
    return bool(_LANGUAGE_TAG.fullmatch(name)) and before in _language_maps()


@cache
def _names() -> frozenset[str]:
    """The terms of both contexts in whatever scope, those of the model, their IRIs, and the keywords of JSON-LD."""
    return frozenset(
        (*_KEYWORDS, *_OF_FILES, *_in_scopes(terms()), *_of_the_model(), *property_terms(), *class_terms())
    )


@cache
def _language_maps() -> frozenset[str]:
    texts = (term.name for term in _definitions(terms()) if term.language)
    own = (fact.name for cls in CLASSES.values() for fact in cls.terms().values() if fact.datatype == "rdf:langString")
    return frozenset((*texts, *own))


def _of_the_model() -> Iterable[str]:
    return (name for cls in CLASSES.values() for fact in cls.terms().values() for name in (fact.name, fact.iri))


def _in_scopes(definitions: Mapping[str, Definition]) -> Iterable[str]:
    return (name for term in _definitions(definitions) for name in (term.name, term.iri))


def _definitions(definitions: Mapping[str, Definition]) -> Iterable[Definition]:
    for definition in definitions.values():
        yield definition
        yield from _definitions(definition.scoped)
