"""Credentials as rdflib graphs: out of JSON-LD, and back into the tree that the model is read from.

    >>> graph = to_graph({"@id": "urn:epass:person:1", "@type": "http://data.europa.eu/snb/model/elm/Person"})
    >>> len(graph)
    1

rdflib is imported when a graph is made, not before. It would log each literal that is not of its datatype, with the
text; that is personal data, so its log is silent while graphs are made here.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from edc_microcred.elm import NAMESPACES
from edc_microcred.errors import LimitError
from edc_microcred.findings import Finding
from edc_microcred.jsonld.embedding import to_tree
from edc_microcred.jsonld.loading import depth_of_python
from edc_microcred.jsonld.rdf import Literal, to_quads
from edc_microcred.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from rdflib import Graph

_XSD: Final = NAMESPACES["xsd"]
_TYPE: Final = NAMESPACES["rdf"] + "type"
_STRING: Final = _XSD + "string"
_WHOLE: Final = frozenset(_XSD + name for name in ("integer", "positiveInteger", "nonNegativeInteger"))
_TRUTH: Final = {"true": True, "false": False}


def to_graph(value: Any, *, limits: Limits = DEFAULT_LIMITS, base: str | None = None) -> "Graph":
    """The default graph of a JSON-LD document, literals spelt as they are found; raises as `to_quads` does."""
    from rdflib import Graph, URIRef

    graph = Graph()
    with _quiet():
        for quad in to_quads(value, limits=limits, base=base):
            if not quad.graph:
                graph.add((_term(quad.subject), URIRef(quad.predicate), _term(quad.object)))
    return graph


def _term(part: str | Literal) -> Any:
    import rdflib

    if isinstance(part, str):
        return rdflib.BNode(part[2:]) if part.startswith("_:") else rdflib.URIRef(part)
    if part.language:
        return rdflib.Literal(part.text, lang=part.language)
    datatype = None if part.datatype == _STRING else rdflib.URIRef(part.datatype)
    return rdflib.Literal(part.text, datatype=datatype, normalize=False)


def from_graph(graph: "Graph", *, limits: Limits = DEFAULT_LIMITS) -> tuple[dict[str, Any], list[Finding]]:
    """The compact tree of the one credential in an rdflib graph, and what is wrong; see `to_compact`.

    A graph has no order, so lists come in alphabetical order. Raises `LimitError` for more triples than
    `limits.members`.
    """
    if len(graph) > limits.members:
        raise LimitError(
            f"The graph has more than {limits.members:,} triples.",
            remedy="No credential has. If it is meant, raise the limit: Limits(members=...).",
        )
    nodes: dict[str, dict[str, Any]] = {}
    for triple in sorted(graph.triples((None, None, None)), key=lambda triple: tuple(map(str, triple))):
        subject, predicate, thing = (_value(part) for part in triple)
        node = nodes.setdefault(subject["@id"], {"@id": subject["@id"]})
        if predicate["@id"] == _TYPE and "@id" in thing:
            node.setdefault("@type", []).append(thing["@id"])
        else:
            node.setdefault(predicate["@id"], []).append(thing)
    with depth_of_python():
        return to_tree(list(nodes.values()), limits=limits)


def _value(term: Any) -> dict[str, Any]:
    import rdflib

    text = str(term)
    if not isinstance(term, rdflib.Literal):
        return {"@id": f"_:{text}" if isinstance(term, rdflib.BNode) else text}
    if term.language:
        return {"@value": text, "@language": term.language}
    datatype = str(term.datatype or _STRING)
    if datatype in _WHOLE and len(text) < 20 and text.isascii() and text.isdigit() and str(int(text)) == text:
        return {"@value": int(text), "@type": datatype}
    if datatype == _XSD + "boolean" and text in _TRUTH:
        return {"@value": _TRUTH[text], "@type": datatype}
    return {"@value": text, "@type": datatype}


_here: Final = threading.local()


def _is_let_through(record: logging.LogRecord) -> bool:  # noqa: ARG001  # logging hands it over
    return not getattr(_here, "quiet", False)


@contextmanager
def _quiet() -> Iterator[None]:
    """Silences rdflib's log of literals in this thread."""
    log = logging.getLogger("rdflib.term")
    log.addFilter(_is_let_through)
    _here.quiet = True
    try:
        yield
    finally:
        _here.quiet = False
