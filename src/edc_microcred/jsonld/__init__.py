"""JSON-LD: the contexts of a credential, its other forms, and what it says as RDF. Nothing is ever fetched.

    >>> from edc_microcred.jsonld import is_canonical, to_compact
    >>> is_canonical([{"@id": "urn:credential:1"}])
    False

Everything here is safe to share between threads. pyld and rdflib are imported when they are first needed, not before.
"""

from typing import Final

from edc_microcred.findings import Rule
from edc_microcred.jsonld import dropped, embedding, forms
from edc_microcred.jsonld.canonical import is_canonical, is_usual
from edc_microcred.jsonld.contexts import CREDENTIALS_V1, EDC_AP, credentials_v1_context, edc_ap_context
from edc_microcred.jsonld.definitions import Definition, prefixes, terms, type_scoped
from edc_microcred.jsonld.dropped import dropped_terms, relative_iris
from edc_microcred.jsonld.forms import to_compact
from edc_microcred.jsonld.graphs import from_graph, to_graph
from edc_microcred.jsonld.loading import RETIRED, load
from edc_microcred.jsonld.rdf import Literal, Quad, expand, expanded_to_quads, nquads, to_quads

RULES: Final[tuple[Rule, ...]] = (*embedding.RULES, *forms.RULES, *dropped.RULES)
"""All rules of this room."""

__all__ = [
    "CREDENTIALS_V1",
    "EDC_AP",
    "RETIRED",
    "RULES",
    "Definition",
    "Literal",
    "Quad",
    "credentials_v1_context",
    "dropped_terms",
    "edc_ap_context",
    "expand",
    "expanded_to_quads",
    "from_graph",
    "is_canonical",
    "is_usual",
    "load",
    "nquads",
    "prefixes",
    "relative_iris",
    "terms",
    "to_compact",
    "to_graph",
    "to_quads",
    "type_scoped",
]
