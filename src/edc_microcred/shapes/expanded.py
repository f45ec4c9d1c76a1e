"""The graph of a document in expanded form: the way for every document that is not in the usual compact form.

    >>> graph = Graph.from_expanded([{"@id": "urn:epass:note:1", "http://purl.org/dc/terms/title": [{"@value": "x"}]}])
    >>> list(graph.triples())[0][2]
    ('x', 'http://www.w3.org/2001/XMLSchema#string', None)

Only the default graph is read: what stands in a graph of its own (a proof, a credential in a presentation) is not
validated. Classes that the document itself makes subclasses of others count as these too (SHACL, 1.5). Classes and
properties under the names of ELM 3.3 count as those of 3.2, as they do for the reader.

Clauses: JSON-LD 1.1 API, 7.1.2 and 7.2.2 (to RDF); SHACL, 2.1.3.2 and 4.1.1 (SHACL instances).
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from edc_microcred.elm import CLASSES, NAMESPACES
from edc_microcred.elm.model import object_iri
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.jsonld.definitions import from_3_3
from edc_microcred.limits import DEFAULT_LIMITS, Limits
from edc_microcred.shapes.graph import (
    LANG_STRING,
    RDF_TYPE,
    STRING,
    SUBCLASS,
    XSD,
    Graph,
    Literal,
    Node,
    native,
    settle_types,
)
from edc_microcred.shapes.iris import BASE, KeywordError, complete

_RDF: Final = NAMESPACES["rdf"]
_DOUBLE: Final = XSD + "double"
_OVERLAY_3_1: Final[Mapping[str, Any]] = {
    "nationalID": {"@id": "elm:nationalID", "@type": "@id"},
    "resultDestribution": {"@id": "elm:resultDestribution", "@type": "@id"},
    "resultDistribution": None,
    **{name: BASE + name for name in ("CredentialStatus", "Proof", "TermsOfUse")},
}
"""What turns the 3.2 context into that of 3.1. A type that is no term is a relative IRI, and is given that meaning."""


def graph_of_document(document: Any, *, elm: str, limits: Limits = DEFAULT_LIMITS) -> Graph:
    """The graph of any JSON-LD document; see `Graph.of`."""
    from edc_microcred.jsonld.loading import expand_by_pyld

    expanded = expand_by_pyld(_in_3_1(document) if elm == "3.1" else document, limits=limits, base=BASE)
    return graph_of_expanded(expanded, source=document)


def _in_3_1(value: Any) -> Any:
    """The document with contexts that say what those of 3.1 say."""
    if isinstance(value, list):
        return [_in_3_1(item) for item in value]
    if not isinstance(value, dict):
        return value
    read = {name: _in_3_1(item) for name, item in value.items() if name != "@context"}
    if "@context" in value:
        given = value["@context"]
        contexts = given if isinstance(given, list) else [given]
        read["@context"] = [
            part for one in contexts for part in ((one, dict(_OVERLAY_3_1)) if one == CONTEXTS[1] else (one,))
        ]
    return read


def graph_of_expanded(expanded: Iterable[Any], *, source: Any = None) -> Graph:
    """The graph of expanded JSON-LD; see `Graph.from_expanded`."""
    reader = _Reader(Graph(source))
    for node in expanded:
        if isinstance(node, dict) and "@value" not in node:
            reader.node(node)
    return reader.finished()


class _Reader:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.by_id: dict[str, Node] = {}
        self.types: dict[Node, dict[str, None]] = {}

    def named(self, name: str | None) -> Node:
        iri = f"_:b{len(self.graph.nodes)}.{len(self.by_id)}" if name is None else _iri(name)
        if iri is None:
            self.graph.nameless.append(Node(""))
            return self.graph.nameless[-1]
        node = self.by_id.get(iri)
        if node is None:
            node = self.by_id[iri] = Node(iri)
            self.graph.nodes.append(node)
        return node

    def node(self, item: Mapping[str, Any]) -> Node:
        node = self.named(item.get("@id"))
        if len(item) > 1 or "@id" not in item:
            node.described.append(item)
        for name, values in item.items():
            if name == "@type":
                self.types.setdefault(node, {}).update((_of_3_2(iri), None) for kind in values if (iri := _iri(kind)))
            elif name == "@included":
                for below in values:
                    self.node(below)
            elif name == "@reverse":
                for path, sources in values.items():
                    for one in sources:
                        self.add(self.node(one), _of_3_2(path), node)
            elif not name.startswith("@"):
                path = _of_3_2(name)
                for value in values:
                    self.add(node, path, self.value(value, node, path))
        return node

    def add(self, node: Node, path: str, value: Node | Literal | None) -> None:
        if value is None or path.startswith("_:") or (isinstance(value, Node) and not value.iri):
            return
        if path == RDF_TYPE and isinstance(value, Node):
            self.types.setdefault(node, {})[_of_3_2(value.iri)] = None
        elif _iri(path) is not None:
            said: Any = node.values  # a dict, as long as the graph is being read
            said.setdefault(path, []).append(value)

    def value(self, item: Mapping[str, Any], node: Node, path: str) -> Node | Literal | None:
        if "@list" in item:
            return self.list(item["@list"], node, path)
        if "@value" not in item:
            return self.node(item)
        text, datatype, tag = item["@value"], item.get("@type") or "", item.get("@language")
        if datatype == "@json":
            from pyld.jsonld import canonicalize

            return (canonicalize(text).decode("utf-8"), _RDF + "JSON", None)
        if not isinstance(text, str):
            return native(text, datatype)
        if tag is not None:
            known = self.graph.language(tag, node, path)
            return None if known is None else (text, LANG_STRING, known)
        if datatype == _DOUBLE:
            try:
                return native(float(text), _DOUBLE)
            except ValueError:
                pass
        return (text, datatype or STRING, None)

    def list(self, items: Iterable[Mapping[str, Any]], node: Node, path: str) -> Node:
        head = self.named(_RDF + "nil")
        for value in reversed([self.value(item, node, path) for item in items]):
            cell = self.named(None)
            self.add(cell, _RDF + "first", value)
            self.add(cell, _RDF + "rest", head)
            head = cell
        return head

    def finished(self) -> Graph:
        for node in self.graph.nodes:
            said: Any = node.values
            for path, values in said.items():
                if len(values) > 1:
                    said[path] = list(dict.fromkeys(values))
        above = _superclasses(self.graph)
        for node, types in self.types.items():
            node.types = tuple({iri: None for kind in types for iri in above.get(kind, (kind,))})
        settle_types(self.graph)
        return self.graph


def _iri(name: Any) -> str | None:
    try:
        return complete(name, {}) if isinstance(name, str) else None
    except KeywordError:
        return None


def _of_3_2(iri: str) -> str:
    return from_3_3(iri) or iri


def _superclasses(graph: Graph) -> Mapping[str, tuple[str, ...]]:
    """Class -> itself and the classes of ELM above it, for the classes that the document says something of."""
    below: dict[str, list[str]] = {}
    for node in graph.nodes:
        for above in node.values.get(SUBCLASS, ()):
            if isinstance(above, Node) and above.iri and node.iri:
                below.setdefault(above.iri, []).append(node.iri)
    found: dict[str, tuple[str, ...]] = {}
    for target in map(object_iri, CLASSES.values()) if below else ():
        seen = {target}
        todo = [target]
        while todo:
            for kind in below.get(todo.pop(), ()):
                if kind not in seen:
                    seen.add(kind)
                    todo.append(kind)
                    found[kind] = (*found.get(kind, (kind,)), target)
    return found
