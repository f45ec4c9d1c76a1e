"""What the contexts drop: members that are in the file but not in what the file means as data.

A name that no context defines is dropped without a word on the way to RDF, with all that is below it; an IRI that is
not absolute names nothing. A canonical document is looked through straight from the tables, any other by watching pyld
expand it.

    >>> from edc_microcred.elm.writing import CONTEXTS
    >>> members = {"@context": list(CONTEXTS), "id": "urn:credential:1",
    ...     "type": ["VerifiableCredential", "EuropeanDigitalCredential"], "displayParametr": {}}
    >>> [(finding.pointer, finding.values["meant"]) for finding in dropped_terms(members)]
    [('/displayParametr', 'displayParameter')]

Clauses: JSON-LD 1.1 API, 5.1.2, step 13.3 (names that are no IRIs are dropped); RFC 3987, 2.2 (absolute IRIs).
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from edc_microcred.elm import CLASSES
from edc_microcred.elm.model import is_absolute
from edc_microcred.elm.raw_values import kind_of
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.errors import LimitError, UnreadableError
from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.jsonld.canonical import is_canonical, is_plain
from edc_microcred.jsonld.definitions import Definition, prefixes, property_terms, terms, type_scoped
from edc_microcred.jsonld.look_alikes import plain, strange_letters
from edc_microcred.jsonld.watching import Dropped, Way, expand_watching, written_out
from edc_microcred.limits import DEFAULT_LIMITS, Limits

_CONTEXTS: Final = "W3C credentials/v1 and edc-ap of 2023-09-28; JSON-LD 1.1, 4.1.2"
_PERSON: Final = {"id": "urn:epass:person:1", "type": "Person"}

DROPPED_TERM: Final = Rule(
    id="ld/dropped-term", severity=Severity.WARNING, since="0.1", source=_CONTEXTS,
    title="A member that the contexts drop",
    message="“{member}” is no term of the contexts; its value ({kind}) is lost as data.{hint}",
    why="It looks as if it were part of the credential, but whoever reads the credential as data does not see it, and "
        "no profile checks it.",
    fix="Correct the spelling, use a property of the model, or leave the member out.",
    wrong={"credentialSubject": {**_PERSON, "givenNam": {"en": "Ana"}}},
    right={"credentialSubject": {**_PERSON, "givenName": {"en": "Ana"}}},
)  # fmt: skip
LOOK_ALIKE_TERM: Final = Rule(
    id="ld/look-alike-term", severity=Severity.ERROR, since="0.1", source=f"{_CONTEXTS}; Unicode UTS 39, 4",
    title="A name with a letter that only looks right",
    message="“{member}” looks like “{meant}” and is not: {letters} is in it. Its value ({kind}) is lost as data.",
    why="To a person the property is there, to a computer it is another name: the property counts as missing.",
    fix="Type the name anew in Latin letters.",
    wrong={"issuer": {"id": "urn:epass:org:1", "type": "Organisation", "eIDAS\u0399dentifier": {
        "id": "urn:epass:legalIdentifier:1", "type": "LegalIdentifier", "notation": "VATRS-1"}}},
    right={"issuer": {"id": "urn:epass:org:1", "type": "Organisation", "eIDASIdentifier": {
        "id": "urn:epass:legalIdentifier:1", "type": "LegalIdentifier", "notation": "VATRS-1"}}},
)  # fmt: skip
TERM_OUT_OF_SCOPE: Final = Rule(
    id="ld/term-out-of-scope", severity=Severity.WARNING, since="0.1", source="W3C credentials/v1; JSON-LD 1.1, 4.1.8",
    title="A member that means nothing at this place",
    message="“{member}” means something only in an object of type {types}; here its value ({kind}) is lost as data.",
    why="The W3C context defines the name for objects of that type alone; elsewhere it is dropped without a word.",
    fix="Add the type to the object if it is one, or move the member to where it belongs.",
    wrong={"credentialSubject": {**_PERSON, "validFrom": "2026-03-01T09:00:00Z"}},
    right={"validFrom": "2026-03-01T09:00:00Z", "credentialSubject": _PERSON},
)  # fmt: skip
RELATIVE_IRI: Final = Rule(
    id="ld/relative-iri", severity=Severity.WARNING, since="0.1", source="JSON-LD 1.1 API, 7.1.2; RFC 3987, 2.2",
    title="An IRI that names nothing outside the file",
    message="The contexts take the text in “{member}” for an IRI, and it is not an absolute one; {lost}.",
    why="Some software drops it, some completes it with an address of its own (pyld: example.org), so that two readers "
        "see two different credentials.",
    fix="Write an absolute IRI, such as urn:epass:org:1, or a term of the contexts as `type`.",
    wrong={"credentialSubject": {**_PERSON, "id": "person-7"}}, right={"credentialSubject": _PERSON},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (DROPPED_TERM, LOOK_ALIKE_TERM, TERM_OUT_OF_SCOPE, RELATIVE_IRI)


def dropped_terms(members: Any, *, limits: Limits = DEFAULT_LIMITS) -> list[Finding]:
    """A finding for each member of a JSON-LD document that its contexts drop; pointers are into `members`.

    What is below a dropped member is not looked at. An object that has no contexts, or such as cannot be used, or that
    is no JSON-LD, is taken as though it were in EDC's terms with the right ones. `values` of a finding hold `member`,
    `kind` (what the value is, not the value) and `meant`, the term that the name resembles most (empty if none does).
    Raises `LimitError` beyond `limits`, and `UnreadableError` for a list, or a scalar, that is no JSON-LD.
    """
    if isinstance(members, dict) and members.get("@context") == list(CONTEXTS) and _all_known(members):
        return []
    if not is_canonical(members) and not (
        isinstance(members, dict) and "@context" not in members and is_plain(members)
    ):
        try:
            return report(expand_watching(members, limits=limits)[1], limits=limits)
        except UnreadableError as error:
            if isinstance(error, LimitError) or not isinstance(members, dict):
                raise
    return report(
        (Dropped(written_out(place.way), place.name, place.value, place.types)
         for place in _places(members) if place.term is None), limits=limits,
    )  # fmt: skip


def _all_known(members: Mapping[str, Any]) -> bool:
    """Whether the tables define every name at its place: the way of almost every credential, and therefore short."""
    known, of_types, texts = _names()
    stack: list[Mapping[str, Any]] = [members]
    while stack:
        node = stack.pop()
        if not node.keys() <= known:
            kinds = node.get("type")
            scopes = [of_types[kind] for kind in (kinds if isinstance(kinds, list) else [kinds])
                      if isinstance(kind, str) and kind in of_types]  # fmt: skip
            if not node.keys() <= known.union(*scopes):
                return False
        for name, value in node.items():
            if value.__class__ is dict:
                if name not in texts:
                    stack.append(value)
            elif value.__class__ is list:
                for item in value:
                    if item.__class__ is dict:
                        stack.append(item)
                    elif item.__class__ is list:
                        return False
    return True


@cache
def _names() -> tuple[frozenset[str], Mapping[str, frozenset[str]], frozenset[str]]:
    """The names that mean something everywhere, those that do in objects of a type, and those with language maps."""
    return (
        frozenset((*terms(), "id", "type", "@context")),
        {kind: frozenset(scope) for kind, scope in type_scoped().items()},
        frozenset(name for name, term in terms().items() if term.language),
    )


def report(dropped: Iterable[Dropped], *, limits: Limits = DEFAULT_LIMITS) -> list[Finding]:
    """The findings for members that were dropped. Raises `LimitError` beyond `limits.findings`."""
    writer = _Report(limits)
    for one in dropped:
        writer.dropped(*one)
    return writer.findings


def relative_iris(members: Mapping[str, Any], *, limits: Limits = DEFAULT_LIMITS) -> list[Finding]:
    """A finding for each IRI in a compact tree that is not absolute.

    `members` are in EDC's terms, as `to_compact` gives them. Raises `LimitError` beyond `limits.findings`.
    """
    writer = _Report(limits)
    for place in _places(members):
        if place.name == "id" or (place.term is not None and place.term.coerced == "@id"):
            for way, text in _texts(place):
                writer.iri(way, place.name, text)
        elif place.name == "type":
            for way, text in _texts(place):
                if text not in terms() and text not in place.inside:
                    writer.iri(way, place.name, text)
    return writer.findings


@dataclass(frozen=True, slots=True)
class _Place:
    """One member of one object: where, its value, what its name means there (`None`: nothing), the object's types."""

    way: Way
    name: str
    value: Any
    term: Definition | None
    types: tuple[str, ...]
    inside: Mapping[str, Definition]


_KEYWORD: Final = Definition("", "")
"""Stands for what is no term and yet not dropped: `id`, `type`, keywords, names that are IRIs."""


def _places(members: Mapping[str, Any]) -> Iterator[_Place]:
    """Every member of a compact tree, in the order of the text, with what its name means where it stands."""
    known = terms()
    nothing: Mapping[str, Definition] = {}
    stack: list[tuple[Way, Mapping[str, Any], Mapping[str, Definition]]] = [((), members, nothing)]
    while stack:
        way, node, inside = stack.pop()
        kinds = node.get("type")
        types = tuple(kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str))
        scoped = {name: term for kind in types for name, term in type_scoped().get(kind, nothing).items()}
        below: list[tuple[Way, Mapping[str, Any], Mapping[str, Definition]]] = []
        for name, value in node.items():
            if name == "@context":
                continue
            here = (way, name)
            is_keyword = name in ("id", "type") or name[:1] == "@" or ":" in name
            term = _KEYWORD if is_keyword else scoped.get(name) or inside.get(name) or known.get(name)
            yield _Place(here, name, value, term, types, inside)
            if term is None or (term.language and isinstance(value, dict)):
                continue
            within = {**inside, **term.scoped} if term.scoped and term.coerced else inside
            if isinstance(value, dict):
                below.append((here, value, within))
            elif isinstance(value, list):
                below += [((here, index), item, within) for index, item in enumerate(value)
                          if isinstance(item, dict)]  # fmt: skip
        stack += reversed(below)


def _texts(place: _Place) -> Iterator[tuple[Way, str]]:
    if isinstance(place.value, str):
        yield place.way, place.value
    elif isinstance(place.value, list):
        for index, item in enumerate(place.value):
            if isinstance(item, str):
                yield (place.way, index), item


@dataclass(slots=True)
class _Report:
    limits: Limits
    findings: list[Finding] = field(default_factory=list)
    guesses: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        self.limits.check_findings(len(self.findings) + 1)
        self.findings.append(finding)

    def dropped(self, pointer: str, name: str, value: Any, types: tuple[str, ...]) -> None:
        kind = kind_of(value)
        if scopes := _scopes(name):
            self.add(TERM_OUT_OF_SCOPE.found(pointer, member=name, kind=kind, types=" or ".join(scopes)))
            return
        looks_like = plain(name[:_LONGEST_NAME])
        if looks_like != name and (looks_like in terms() or _scopes(looks_like)):
            letters = ", ".join(strange_letters(name))
            self.add(LOOK_ALIKE_TERM.found(pointer, member=name, meant=looks_like, letters=letters, kind=kind))
            return
        if (looks_like, types) not in self.guesses and len(self.guesses) < _MOST_GUESSES:
            self.guesses[looks_like, types] = _meant(looks_like, types)
        meant = self.guesses.get((looks_like, types), "")
        hint = f" Did you mean “{meant}”?" if meant else ""
        if meant == name:
            hint = " The two contexts of a credential have it; this file's own contexts do not."
        self.add(DROPPED_TERM.found(pointer, member=name, kind=kind, meant=meant, hint=hint))

    def iri(self, way: Way, name: str, text: str) -> None:
        if not is_absolute(text):
            lost = "nothing that is said of the object is part of the data" if name == "id" else "it is lost as data"
            self.add(RELATIVE_IRI.found(written_out(way), member=name, lost=lost))


_MOST_GUESSES: Final = 200
"""Names that one report looks for a likeness of: each is compared with all terms, which takes most of a millisecond."""
_LONGEST_NAME: Final = 64
_SHORT_NAME: Final = 6
_MOST_LETTERS_APART: Final = 2
"""`qualification` is not a slip of the pen for `qualificationCode`."""
_W3C: Final = ("VerifiableCredential", "VerifiablePresentation")


def _scopes(name: str) -> list[str]:
    """The W3C types whose objects a name belongs to."""
    return [kind for kind in _W3C if name in type_scoped()[kind] and name not in ("cred", "sec", "xsd")]


@cache
def _forgotten() -> frozenset[str]:
    """Properties of the model that the context has no term for; the model itself reports them."""
    return frozenset(term.name for term in property_terms().values()) - terms().keys()


@cache
def _candidates(types: tuple[str, ...]) -> Mapping[str, str]:
    """Names that can be meant in an object, folded -> as written: those of its own class, or all."""
    own = [fact.name for kind in types if kind in CLASSES for fact in CLASSES[kind].terms().values()]
    every = [name for name in terms() if name[0].islower() and name not in prefixes()] if not types else []
    return {name.casefold(): name for name in (*own, *every) if name not in _forgotten()}


def _meant(name: str, types: tuple[str, ...]) -> str:
    """The term that a name resembles most: one of the object's own class if any does, else any."""
    if name in _forgotten():
        return ""
    for candidates in (_candidates(types), _candidates(())):
        likeness = 0.8 if len(name) <= _SHORT_NAME else 0.84
        found = difflib.get_close_matches(name.casefold(), candidates, n=1, cutoff=likeness)
        if found and abs(len(found[0]) - len(name)) <= _MOST_LETTERS_APART:
            return candidates[found[0]]
    return ""
