"""The two JSON-LD contexts of a European Digital Credential, in our own form.

`edc-ap` is written from the facts on the models' fields, and from one small table for what no class uses. It says what
the published context says, its slips included, because a term that meant something else here would change what is
sealed: `clv` lacks its last slash, `dateModified` takes a date for an IRI. Properties that only ELM 3.3 has are not in
it, nor those that the published context forgot. The W3C context is not ELM's: its terms are a table of their own.

    >>> edc_ap_context()["@context"]["eqfLevel"]
    {'@id': 'elm:EQFLevel', '@type': '@id'}
    >>> credentials_v1_context()["@context"]["VerifiableCredential"]["@context"]["issuer"]
    {'@id': 'cred:issuer', '@type': '@id'}

Clauses: JSON-LD 1.1, 9.15 (context definitions); W3C VC Data Model 1.1, B.1 (base context).
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from edc_microcred.elm import CLASSES, NAMESPACES, Term
from edc_microcred.elm.writing import CONTEXTS

CREDENTIALS_V1: Final = CONTEXTS[0]
"""The address of the W3C context for credentials of the VC Data Model 1.1."""
EDC_AP: Final = CONTEXTS[1]
"""The address of the Commission's context for the EDC application profile. It carries no version."""

_PREFIXES: Final[Mapping[str, str]] = {
    **{prefix: namespace for prefix, namespace in NAMESPACES.items() if prefix != "sec"},
    "clv": NAMESPACES["clv"].removesuffix("/"),
    "vc": "http://data.europa.eu/snb/model/w3c/vc/",
}
_IN_NO_CLASS: Final[Mapping[str, Mapping[str, str]]] = {
    "areaDialingCode": {"@id": "elm:areaDialingCode", "@type": "xsd:string"},
    "dateCreated": {"@id": "dc:created", "@type": "xsd:dateTime"},
    "publisher": {"@id": "dc:publisher", "@type": "@id"},
}
"""Terms of the published context that no shape of the profile uses."""


def edc_ap_context() -> dict[str, Any]:
    """The document of the edc-ap context: prefixes, classes, then properties, each in alphabetical order."""
    types = {cls.TYPE: cls.IRI for cls in CLASSES.values() if cls.SINCE != "3.3" and not cls.IRI.startswith("cred:")}
    properties = {name: dict(definition) for name, definition in _IN_NO_CLASS.items()}
    for cls in CLASSES.values():
        for fact in cls.terms().values():
            if not fact.w3c and fact.since != "3.3" and cls.SINCE != "3.3" and fact.context_iri is not None:
                properties[fact.name] = _definition(fact)
    return {"@context": {**_PREFIXES, **_sorted(types), **_sorted(properties)}}


def _sorted(members: Mapping[str, Any]) -> dict[str, Any]:
    return dict(sorted(members.items()))


def _definition(fact: Term) -> dict[str, str]:
    definition = {"@id": fact.path if fact.in_context == "" else _compact(fact.context_iri or "")}
    if fact.datatype == "rdf:langString":
        definition["@container"] = "@language"
    elif fact.coerced_to_iri or fact.ranges or fact.datatype == "sh:IRI":
        definition["@type"] = "@id"
    elif fact.datatype and fact.datatype != "sh:Literal":
        definition["@type"] = fact.datatype
    return definition


def _compact(iri: str) -> str:
    """The IRI with the longest prefix that it starts with: so `clv:latitude` is spelt as the published context has it.

    Processors of JSON-LD 1.0 make `http://data.europa.eu/m8glatitude` of it; those of 1.1 leave `clv:latitude`, since
    a namespace without a final slash is no prefix there.
    """
    prefix, namespace = max(
        ((prefix, namespace) for prefix, namespace in _PREFIXES.items() if iri.startswith(namespace)),
        key=lambda found: len(found[1]),
    )
    return f"{prefix}:{iri.removeprefix(namespace)}"


# The W3C context: for each type, the terms that mean something only inside an object of that type.
_BARE: Final = {"@version": 1.1, "@protected": True}
"""What the terms of RsaSignature2018 start from: no aliases and no prefixes, so that `sec:jws` stays `sec:jws`."""
_ALIASES: Final = {**_BARE, "id": "@id", "type": "@type"}
_CRED: Final = {"cred": NAMESPACES["cred"]}
_SEC: Final = {"sec": NAMESPACES["sec"]}
_XSD: Final = {"xsd": NAMESPACES["xsd"]}
_CREDENTIAL_NODES: Final = ("credentialStatus", "credentialSubject", "evidence", "holder", "issuer", "termsOfUse")
_CREDENTIAL_DATES: Final = ("expirationDate", "issuanceDate", "issued", "validFrom", "validUntil")
_CREDENTIAL_CHOICES: Final = {
    "credentialSchema": "JsonSchemaValidator2018",
    "refreshService": "ManualRefreshService2018",
}
"""Properties inside which one more type is defined."""
_PROOF_SUITES: Final = (
    "EcdsaSecp256k1Signature2019",
    "EcdsaSecp256r1Signature2019",
    "Ed25519Signature2018",
    "RsaSignature2018",
)
_PROOF_TEXTS: Final = ("challenge", "domain", "jws", "nonce", "proofValue")
_PROOF_PURPOSES: Final = {"assertionMethod": "assertionMethod", "authentication": "authenticationMethod"}


def credentials_v1_context() -> dict[str, Any]:
    """The document of the W3C context credentials/v1, as far as its meaning goes (its text is the W3C's)."""
    context: dict[str, Any] = {
        **_ALIASES,
        "VerifiableCredential": {"@id": NAMESPACES["cred"] + "VerifiableCredential", "@context": _credential()},
        "VerifiablePresentation": {"@id": NAMESPACES["cred"] + "VerifiablePresentation", "@context": _presentation()},
    }
    for suite in _PROOF_SUITES:
        own = _BARE if suite == "RsaSignature2018" else {**_ALIASES, **_SEC, **_XSD}
        context[suite] = {"@id": NAMESPACES["sec"] + suite, "@context": {**own, **_proof()}}
    context["proof"] = _node(NAMESPACES["sec"] + "proof", "@graph")
    return {"@context": context}


def _node(iri: str, container: str = "") -> dict[str, str]:
    return {"@id": iri, "@type": "@id", **({"@container": container} if container else {})}


def _nodes(prefix: str, names: Iterable[str]) -> dict[str, dict[str, str]]:
    return {name: _node(f"{prefix}:{name}") for name in names}


def _credential() -> dict[str, Any]:
    dates = {name: {"@id": f"cred:{name}", "@type": "xsd:dateTime"} for name in _CREDENTIAL_DATES}
    choices = {
        name: {**_node(f"cred:{name}"), "@context": {**_ALIASES, **_CRED, choice: f"cred:{choice}"}}
        for name, choice in _CREDENTIAL_CHOICES.items()
    }
    terms = {**_nodes("cred", _CREDENTIAL_NODES), **dates, **choices, "proof": _node("sec:proof", "@graph")}
    return {**_ALIASES, **_CRED, **_SEC, **_XSD, **_sorted(terms)}


def _presentation() -> dict[str, Any]:
    return {
        **_ALIASES,
        **_CRED,
        **_SEC,
        **_nodes("cred", ["holder"]),
        "proof": _node("sec:proof", "@graph"),
        "verifiableCredential": _node("cred:verifiableCredential", "@graph"),
    }


def _proof() -> dict[str, Any]:
    purposes = {name: _node(f"sec:{local}", "@set") for name, local in _PROOF_PURPOSES.items()}
    return {
        **{name: f"sec:{name}" for name in _PROOF_TEXTS},
        "created": {"@id": NAMESPACES["dc"] + "created", "@type": "xsd:dateTime"},
        "expires": {"@id": "sec:expiration", "@type": "xsd:dateTime"},
        "proofPurpose": {
            "@id": "sec:proofPurpose",
            "@type": "@vocab",
            "@context": {**_ALIASES, **_SEC, **purposes},
        },
        "verificationMethod": _node("sec:verificationMethod"),
    }
