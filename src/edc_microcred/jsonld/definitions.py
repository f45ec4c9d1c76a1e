"""What each term of the two contexts means, for reading without a JSON-LD processor.

    >>> terms()["eqfLevel"].iri, terms()["eqfLevel"].coerced
    ('http://data.europa.eu/snb/model/elm/EQFLevel', '@id')
    >>> "issuer" in terms(), "issuer" in terms()["VerifiableCredential"].scoped
    (False, True)

Trap: the W3C's `issuer`, `validFrom` and the like mean something only inside an object whose `type` names
VerifiableCredential; anywhere else they are dropped.

Clauses: JSON-LD 1.1, 4.1.2 (prefixes), 4.1.8 (scoped contexts).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from edc_microcred.elm import CLASSES, NAMESPACES
from edc_microcred.elm.terms import expand
from edc_microcred.jsonld.contexts import credentials_v1_context, edc_ap_context

_MAY_END_A_PREFIX: Final = tuple(":/?#[]@")


@dataclass(frozen=True, slots=True)
class Definition:
    """One term. `coerced` is `@id`, `@vocab`, a datatype's IRI, or empty; `language` and `graph` are containers.

    `scoped` are the terms that hold inside an object of this type, or inside a value of this property.
    """

    name: str
    iri: str
    coerced: str = ""
    language: bool = False
    graph: bool = False
    scoped: Mapping[str, "Definition"] = field(default_factory=dict, repr=False)


def _read(context: Mapping[str, Any], prefixes: Mapping[str, str]) -> dict[str, Definition]:
    own = {name: value for name, value in context.items() if isinstance(value, str) and "://" in value}
    prefixes = {**prefixes, **{name: iri for name, iri in own.items() if iri.endswith(_MAY_END_A_PREFIX)}}

    def iri(text: str) -> str:
        prefix, colon, local = text.partition(":")
        return prefixes[prefix] + local if colon and not local.startswith("//") and prefix in prefixes else text

    read = {}
    for name, value in context.items():
        if name.startswith("@") or value in ("@id", "@type"):
            continue
        facts: Mapping[str, Any] = {"@id": value} if isinstance(value, str) else value
        read[name] = Definition(
            name=name,
            iri=iri(facts["@id"]),
            coerced=iri(facts.get("@type", "")),
            language=facts.get("@container") == "@language",
            graph=facts.get("@container") == "@graph",
            scoped=MappingProxyType(_read(facts.get("@context", {}), prefixes)),
        )
    return read


@cache
def terms() -> Mapping[str, Definition]:
    """The terms that hold everywhere by name: properties, types, and prefixes."""
    return MappingProxyType(_read({**credentials_v1_context()["@context"], **edc_ap_context()["@context"]}, {}))


@cache
def prefixes() -> frozenset[str]:
    """The terms that a name with a colon may start with. `clv` is none: its namespace lacks the last slash."""
    return frozenset(name for name, definition in terms().items() if definition.iri.endswith(_MAY_END_A_PREFIX))


@cache
def type_scoped() -> Mapping[str, Mapping[str, Definition]]:
    """For each type that brings terms of its own, those terms."""
    return MappingProxyType({name: definition.scoped for name, definition in terms().items() if definition.scoped})


@cache
def iri_terms() -> frozenset[str]:
    """The names whose text is an IRI, `id` and `type` among them, in whatever scope."""
    every = [*terms().values(), *(term for scope in type_scoped().values() for term in scope.values())]
    return frozenset(("id", "type", *(term.name for term in every if term.coerced.startswith("@"))))


OTHER_VERSIONS: Final[Mapping[str, tuple[str, str]]] = {
    NAMESPACES["elm"] + "nationalID": (NAMESPACES["elm"] + "nationalId", "3.1"),
    NAMESPACES["elm"] + "resultDestribution": (NAMESPACES["elm"] + "resultDistribution", "3.1"),
    NAMESPACES["clv"] + "latitude": ("clv:latitude", "3.3"),
    NAMESPACES["clv"] + "longitude": ("clv:longitude", "3.3"),
    NAMESPACES["clv"][:-1] + "latitude": ("clv:latitude", "3.2 by JSON-LD 1.0"),
    NAMESPACES["clv"][:-1] + "longitude": ("clv:longitude", "3.2 by JSON-LD 1.0"),
}
"""Property IRIs of other versions -> (what the 3.2 context makes of the same term, the version)."""
_MODEL: Final = NAMESPACES["elm"].removesuffix("elm/")
_NAMESPACES_OF_3_3: Final = {_MODEL + "ontology/": NAMESPACES["elm"], _MODEL + "application-profile/": _MODEL + "ap/"}


def from_3_3(iri: str) -> str | None:
    """The IRI that ELM 3.2 has for what has this one in 3.3; `None` for an IRI that is not of 3.3's namespaces."""
    if iri.startswith(_MODEL):
        for newer, usual in _NAMESPACES_OF_3_3.items():
            if iri.startswith(newer):
                return usual + iri.removeprefix(newer)
    return None


@cache
def property_terms() -> Mapping[str, Definition]:
    """Property IRI -> the term to write it with.

    Includes the properties of the model that the published context has no term for, under their names in the model,
    so that they can be read; and leaves out what only a scope defines.
    """
    read = {}
    for cls in CLASSES.values():
        for fact in cls.terms().values():
            if fact.w3c or fact.name in terms():
                continue
            coerced = "@id" if fact.ranges else expand(fact.datatype or "xsd:string")
            language = fact.datatype == "rdf:langString"
            read[fact.iri] = Definition(fact.name, fact.iri, "" if language else coerced, language)
    for name, definition in terms().items():
        if not name[0].isupper() and name not in prefixes():
            read[definition.iri] = definition
    return MappingProxyType(read)


@cache
def class_terms() -> Mapping[str, str]:
    """Class IRI -> the type term to write it with; the classes of ELM 3.3 are among them."""
    read = {expand(cls.IRI): cls.TYPE for cls in CLASSES.values()}
    read.update((d.iri, name) for name, d in terms().items() if name[0].isupper())
    return MappingProxyType(read)
