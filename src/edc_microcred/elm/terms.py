"""What the European Learning Model says of one property, kept on the model's field and nowhere else.

JSON-LD context, SHACL, JSON Schema, the validator, the reader and the writer are all read off these facts.

    >>> from edc_microcred.elm import Qualification
    >>> fact = Qualification.terms()["eqf_level"]
    >>> fact.name, fact.path, fact.scheme, fact.many
    ('eqfLevel', 'elm:EQFLevel', 'eqf', False)

Source: ELM 3.2, application profiles 1.2.0, European Commission, CC BY 4.0.
"""

from dataclasses import dataclass
from typing import Any, Final

from pydantic import Field

NAMESPACES: Final = {
    "elm": "http://data.europa.eu/snb/model/elm/",
    "cred": "https://www.w3.org/2018/credentials#",
    "sec": "https://w3id.org/security#",
    "dc": "http://purl.org/dc/terms/",
    "adms": "http://www.w3.org/ns/adms#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "org": "http://www.w3.org/ns/org#",
    "rov": "http://www.w3.org/ns/regorg#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "person": "http://www.w3.org/ns/person#",
    "locn": "http://www.w3.org/ns/locn#",
    "clv": "http://data.europa.eu/m8g/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def expand(curie: str) -> str:
    """The IRI that a prefixed name stands for: `expand("dc:title")`. Raises `KeyError` for an unknown prefix."""
    prefix, _, local = curie.partition(":")
    return NAMESPACES[prefix] + local


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The facts of one property of one class.

    `name` is the JSON-LD term, `path` the property in the SHACL shapes (a prefixed name). `in_context` says what the
    published edc-ap context makes of the term where that is not simply `path` with the coercion of its range: `None`
    means that the context has no such term, so that its values are lost on the way to RDF. `w3c` marks terms that
    come from the W3C credentials context instead; `coerced_to_iri` those whose text the context takes for an IRI, by
    mistake. `node` names a shape of the profiles that each value must meet, `iri_only` forbids blank nodes. A `scheme`
    is the short name of the vocabulary that generic-full demands. The last members come from the annotation.
    """

    name: str
    path: str
    means: str
    at_least: int = 0
    at_most: int | None = None
    unique_lang: bool = True
    scheme: str | None = None
    scheme_typed: bool = True
    maximum: int | None = None
    in_context: str | None = ""
    coerced_to_iri: bool = False
    w3c: bool = False
    iri_only: bool = False
    node: str | None = None
    since: str = "3.1"
    datatype: str | None = None
    ranges: tuple[str, ...] = ()
    many: bool = False
    field: str = ""

    @property
    def iri(self) -> str:
        """The property's IRI as the SHACL shapes have it."""
        return expand(self.path)

    @property
    def context_iri(self) -> str | None:
        """The property's IRI as the published contexts have it; `None` when they drop the term."""
        return self.in_context if self.in_context != "" else self.iri


def term(name: str, path: str, *, means: str, **facts: Any) -> Any:
    """The annotation that makes a field a property of ELM; see `Term` for the facts.

    It is a pydantic field with the JSON-LD term as alias, and carries its `Term` in the field's metadata.
    """
    info = Field(alias=name, description=means)
    info.metadata.append(Term(name=name, path=path, means=means, **facts))
    return info
