"""What the terms of a credential mean at each place, made ready for reading JSON straight into a graph.

The W3C context is scoped: `issuer` means something in an object whose type names VerifiableCredential, and nothing in
the objects below it; inside `credentialSchema` one more type is known. A `Scope` is what holds at one place.

    >>> scope().terms["title"][1] == LANGUAGE, "issuer" in scope().terms, "issuer" in scope().credential.terms
    (True, False, True)

Clauses: JSON-LD 1.1, 4.1.8 (scoped contexts), 4.1.9 (their propagation).
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from edc_microcred.elm import NAMESPACES
from edc_microcred.jsonld.definitions import Definition, prefixes, terms, type_scoped

CREDENTIAL: Final = "VerifiableCredential"
"""The type that brings the W3C's terms."""

ELM_VERSIONS: Final = ("3.2", "3.1")
"""The versions whose shapes can be asked for, the usual one first."""

_ELM: Final = NAMESPACES["elm"]
_ONLY_IN_3_2: Final = frozenset(("CredentialStatus", "Proof", "TermsOfUse", "resultDistribution"))
_AS_IN_3_1: Final[Mapping[str, Definition]] = {
    "nationalID": Definition("nationalID", _ELM + "nationalID", "@id"),
    "resultDestribution": Definition("resultDestribution", _ELM + "resultDestribution", "@id"),
}
"""The 3.1 context, where it differs from that of 3.2; both have the same address."""


# What becomes of a value that is no object. Plain numbers: they are compared for each value of a credential.
TO_IRI: Final = 0
TYPED: Final = 1
PLAIN: Final = 2
LANGUAGE: Final = 3
OTHER: Final = 4
"""Needs a JSON-LD processor: values in a graph of their own, or chosen from a vocabulary."""


Meaning = tuple[str, int, str, "Scope | None"]
"""A term as a property: its IRI, what its values are (`TO_IRI` … `OTHER`), their datatype, and the scope of the objects
in it where that is special. A plain tuple: one is taken apart for each member of a credential.
"""


class Scope:
    """The terms and types that hold in an object, and the prefixes of its IRIs.

    `credential` is what holds in an object of the type VerifiableCredential at the same place. The objects below have
    this scope again, unless their property's `Meaning` brings one.
    """

    __slots__ = ("credential", "needs_processor", "plain_types", "prefixes", "terms", "types")

    def __init__(self, definitions: Mapping[str, Definition], prefixes_: Mapping[str, str]) -> None:
        self.terms: dict[str, Meaning] = {}
        self.types: dict[str, tuple[str, ...]] = {name: (one.iri,) for name, one in definitions.items()}
        self.prefixes = prefixes_
        self.needs_processor = frozenset(type_scoped()) - {CREDENTIAL}
        self.plain_types = {name: iris for name, iris in self.types.items() if name not in type_scoped()}
        self.credential: Scope = self


@cache
def scope(elm: str = ELM_VERSIONS[0]) -> Scope:
    """The scope of a credential with the two usual contexts, for a version of ELM; made once and never altered."""
    definitions = {name: one for name, one in terms().items() if elm == "3.2" or name not in _ONLY_IN_3_2}
    if elm == "3.1":
        definitions.update(_AS_IN_3_1)
    made: dict[frozenset[str], Scope] = {}
    return _made(frozenset(), definitions, made)


def _made(names: frozenset[str], base: Mapping[str, Definition], made: dict[frozenset[str], Scope]) -> Scope:
    """The scope inside the properties `names`, each of which adds its own terms to those of `base`."""
    if names in made:
        return made[names]
    own = type_scoped()[CREDENTIAL]
    here = {**base, **{name: one for outer in names for name, one in own[outer].scoped.items()}}
    known = {name: terms()[name].iri for name in prefixes()}
    new = made[names] = Scope(here, known)
    sections = {name: one.iri for name, one in own.items() if one.iri.endswith(("#", "/"))}
    new.credential = Scope({**here, **own}, {**known, **sections})
    new.credential.types = new.types  # types are looked up before the terms that they bring hold
    for target, definitions in ((new, here), (new.credential, {**here, **own})):
        for name, one in definitions.items():
            within = _made(names | {name}, base, made) if one.scoped and name in own else None
            target.terms[name] = _meaning(one, within)
    return new


def _meaning(one: Definition, within: Scope | None) -> Meaning:
    if one.graph or one.coerced == "@vocab":
        return (one.iri, OTHER, "", within)
    if one.language:
        return (one.iri, LANGUAGE, "", within)
    if one.coerced == "@id":
        return (one.iri, TO_IRI, "", within)
    return (one.iri, TYPED if one.coerced else PLAIN, one.coerced, within)
