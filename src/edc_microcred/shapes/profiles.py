"""The profiles of a European Digital Credential as data, and which of them a credential declares.

    >>> profile("accredited").iri, [base.name for base in profile("accredited").lineage]
    ('http://data.europa.eu/snb/model/ap/edc-accredited', ['generic-no-cv', 'generic-full', 'accredited'])
    >>> found, findings = profile_of({"credentialSchema": {"id": profile("converted").iri}})
    >>> found.name, findings
    ('converted', [])

What the Commission's wallet checks is what `credentialSchema` names, so that decides. Only where it names no profile,
`credentialProfiles` (the kind of credential) does; a kind whose profile the schema does not name is reported. Where
several are named, all apply.

Source: EDC application profiles 1.2.0, European Commission, CC BY 4.0.
"""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from edc_microcred.elm import CLASSES, Term
from edc_microcred.elm.model import object_iri
from edc_microcred.errors import VocabularyError
from edc_microcred.findings import Finding, shorten
from edc_microcred.json_text import pointer
from edc_microcred.shapes import rules
from edc_microcred.shapes.graph import Graph, Node
from edc_microcred.shapes.iris import shown
from edc_microcred.shapes.places import Places
from edc_microcred.vocabularies import vocabulary

_AP: Final = "http://data.europa.eu/snb/model/ap/"
_AP_3_3: Final = "http://data.europa.eu/snb/model/application-profile/"
"""ELM 3.3 has other addresses for the same profiles; its credentials are written with the 3.2 context."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a profile asks beyond the general model of one property of one class, named as in `edc_microcred.elm`."""

    cls: str
    field: str
    at_least: int = 1
    at_most: int | None = None
    only: str | None = None
    """The one class that values may be of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A set of demands on a credential. `builds_on` are the profiles whose demands it takes over.

    `concepts` are the codes of the kinds of credential (in `credentialProfiles`) that it is for.
    """

    name: str
    title: str
    iri: str
    builds_on: tuple["Profile", ...] = ()
    concepts: tuple[str, ...] = ()
    vocabularies: bool = False
    """Whether coded values must be from the EU lists."""
    demands: tuple[Demand, ...] = field(default=(), repr=False)

    @property
    def lineage(self) -> tuple["Profile", ...]:
        """All profiles whose demands hold, the most general first, this one last."""
        found = {below.name: below for base in self.builds_on for below in base.lineage}
        return (*found.values(), self)

    @property
    def checks_vocabularies(self) -> bool:
        """Whether this profile or one it builds on wants coded values from the EU lists."""
        return any(one.vocabularies for one in self.lineage)

    def __or__(self, other: "Profile") -> "Profile":
        """The profile that demands what both do; one that the other builds on adds nothing."""
        if other in self.lineage:
            return self
        if self in other.lineage:
            return other
        return Profile(
            name=f"{self.name}+{other.name}",
            title=f"{self.title} and {other.title}",
            iri="",
            builds_on=(self, other),
        )


GENERIC_NO_CV: Final = Profile(
    name="generic-no-cv", title="Generic, without controlled vocabularies", iri=_AP + "edc-generic-no-cv"
)
GENERIC_FULL: Final = Profile(
    name="generic-full", title="Generic", iri=_AP + "edc-generic-full",
    builds_on=(GENERIC_NO_CV,), concepts=("e34929035b",), vocabularies=True,
)  # fmt: skip
ACCREDITED: Final = Profile(
    name="accredited", title="Accredited", iri=_AP + "edc-accredited",
    builds_on=(GENERIC_FULL,), concepts=("6cf8e68c43", "c_ae121a00"),
    demands=(
        Demand(cls="EuropeanDigitalCredential", field="evidence"),
        Demand(cls="Person", field="has_claim", at_most=1, only="LearningAchievement"),
        Demand(cls="Evidence", field="accreditation", at_most=1),
    ),
)  # fmt: skip
CONVERTED: Final = Profile(
    name="converted", title="Converted from paper", iri=_AP + "edc-converted",
    builds_on=(GENERIC_FULL,), concepts=("c_7e400154",),
    demands=(
        Demand(cls="EuropeanDigitalCredential", field="evidence"),
        Demand(cls="Evidence", field="embedded_evidence"),
    ),
)  # fmt: skip
ISSUED_BY_MANDATE: Final = Profile(
    name="issued-by-mandate", title="Issued by mandate", iri=_AP + "edc-issued-by-mandate",
    builds_on=(GENERIC_FULL,), concepts=("c_9a31f32a",),
    demands=(
        Demand(cls="EuropeanDigitalCredential", field="evidence"),
        Demand(cls="Evidence", field="evidence_statement", at_most=1),
    ),
)  # fmt: skip
DIPLOMA_SUPPLEMENT: Final = Profile(
    name="diploma-supplement", title="Diploma Supplement", iri=_AP + "edc-diploma-supplement",
    builds_on=(ACCREDITED,), concepts=("6dff8a0f87",),
    demands=(
        Demand(cls="Person", field="full_name", at_most=1),
        Demand(cls="Person", field="date_of_birth", at_most=1),
        Demand(cls="LearningAchievement", field="credit_received", at_most=1),
        Demand(cls="LearningAchievement", field="proven_by", at_most=1),
        Demand(cls="Qualification", field="language"),
        Demand(cls="Qualification", field="mode"),
        Demand(cls="Qualification", field="thematic_area"),
        Demand(cls="Qualification", field="maximum_duration", at_most=1),
        Demand(cls="Qualification", field="learning_outcome"),
        Demand(cls="Qualification", field="awarding_opportunity"),
        Demand(cls="Qualification", field="has_part"),
        Demand(cls="Qualification", field="nqf_level"),
    ),
)  # fmt: skip

PROFILES: Final[Mapping[str, Profile]] = MappingProxyType(
    {
        one.name: one
        for one in (GENERIC_NO_CV, GENERIC_FULL, ACCREDITED, CONVERTED, ISSUED_BY_MANDATE, DIPLOMA_SUPPLEMENT)
    }
)
"""The six published profiles by name."""
DEFAULT: Final = GENERIC_FULL
"""What a credential is held to that declares nothing known."""

_BY_IRI: Final = {
    **{one.iri: one for one in PROFILES.values()},
    **{_AP_3_3 + one.iri.removeprefix(_AP): one for one in PROFILES.values()},
}
_BY_CONCEPT: Final = {vocabulary("credential").base + code: one for one in PROFILES.values() for code in one.concepts}


def profile(name: str) -> Profile:
    """The published profile called `name`, or with that IRI. Raises `VocabularyError` for any other."""
    found = PROFILES.get(name) or _BY_IRI.get(name)
    if found is None:
        nearest = tuple(difflib.get_close_matches(name, PROFILES, n=3, cutoff=0.4))
        raise VocabularyError(
            f"There is no profile {shorten(name, 80)!r}.", nearest=nearest, remedy=f"There are: {', '.join(PROFILES)}."
        )
    return found


def profile_of(source: Mapping[str, Any] | Graph) -> tuple[Profile, list[Finding]]:
    """The profile that a credential declares, several as one, and what is wrong with the declaration.

    `source` is its graph, or its members in compact form, which are then read by their names alone.
    """
    findings: list[Finding] = []
    found: dict[str, Profile] = {}
    for iri, where in _named(source, _SCHEMA):
        one = _BY_IRI.get(iri)
        if one is None:
            findings.append(rules.PROFILE_UNKNOWN.found(where(), schema=shown(iri)))
        else:
            found[one.name] = one
    kinds = {_BY_CONCEPT[iri].name: (iri, where) for iri, where in _named(source, _KIND) if iri in _BY_CONCEPT}
    if not found:
        found = {name: PROFILES[name] for name in kinds}
    if not found:
        if not isinstance(source, Graph) or any(_CLASS_IRI in node.types for node in source.nodes):
            findings.append(rules.PROFILE_UNDECLARED.found(profile=DEFAULT.name))
        return DEFAULT, findings
    chosen, *others = found.values()
    for other in others:
        chosen = chosen | other
    for name, (_, where) in kinds.items():
        if PROFILES[name] not in chosen.lineage:
            findings.append(rules.PROFILE_NOT_IN_SCHEMA.found(where(), kind=PROFILES[name].title))
    return chosen, findings


_CLASS: Final = CLASSES["EuropeanDigitalCredential"]
_CLASS_IRI: Final = object_iri(_CLASS)
_SCHEMA: Final = _CLASS.terms()["credential_schema"]
_KIND: Final = _CLASS.terms()["credential_profiles"]
Named = Iterator[tuple[str, Callable[[], str]]]
"""IRIs, each with a way to find out where it stands."""


def _named(source: Mapping[str, Any] | Graph, fact: Term) -> Named:
    if isinstance(source, Graph):
        places = Places(source)
        for node in source.nodes:
            if _CLASS_IRI in node.types:
                for value in node.values.get(fact.iri, ()):
                    iri = value.iri if isinstance(value, Node) else value[0]
                    yield iri, partial(places.of, node, fact.iri, value)
        return
    given = source.get(fact.name)
    seen: set[str] = set()
    for index, item in enumerate(given) if isinstance(given, list) else ((None, given),):
        iri = item.get("id") if isinstance(item, dict) else item
        if isinstance(iri, str) and iri not in seen:
            seen.add(iri)
            yield iri, partial(pointer, fact.name, *(() if index is None else (index,)))


def schema_iris(concepts: Iterable[str]) -> tuple[str, ...]:
    """The `credentialSchema` that goes with kinds of credential, given by their URIs; generic for unknown ones.

    A Diploma Supplement gets the schema “accredited”, as the Commission's issuer does it: none can meet its own.
    """
    found = [_BY_CONCEPT.get(iri, DEFAULT) for iri in concepts] or [DEFAULT]
    return tuple(dict.fromkeys((ACCREDITED if one is DIPLOMA_SUPPLEMENT else one).iri for one in found))
