"""The graph that a credential means: what profiles are validated against, instead of the tree that its JSON is.

Objects with one id are one node, whose values are those of all of them; a value that is said twice is one. What the
contexts do not define is not in the graph. A credential with the usual contexts is read straight from its members,
which takes a small part of a millisecond; whatever else JSON-LD allows goes through a JSON-LD processor first. Both
ways give the same graph.

    >>> graph = Graph.of({"@context": list(CONTEXTS), "id": "urn:epass:person:1", "type": "Person",
    ...                   "givenName": {"en": "Ana"}, "studentNumber": "7"})
    >>> [(subject, predicate.rpartition("/")[2], thing) for subject, predicate, thing in graph.triples()][1]
    ('urn:epass:person:1', 'givenName', ('Ana', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', 'en'))

Clauses: RDF 1.1 Concepts, 3; JSON-LD 1.1 API, 5.1.2, 7.1.2; JSON-LD 1.1, 4.6.2 (language maps).
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from edc_microcred.elm import NAMESPACES
from edc_microcred.elm.values import SHORT_TAGS
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.errors import LimitError
from edc_microcred.jsonld.definitions import from_3_3
from edc_microcred.limits import DEFAULT_LIMITS, Limits
from edc_microcred.shapes.iris import KeywordError, complete
from edc_microcred.shapes.scopes import (
    CREDENTIAL,
    ELM_VERSIONS,
    LANGUAGE,
    OTHER,
    PLAIN,
    TO_IRI,
    TYPED,
    Meaning,
    Scope,
    scope,
)

RDF_TYPE: Final = NAMESPACES["rdf"] + "type"
LANG_STRING: Final = NAMESPACES["rdf"] + "langString"
SUBCLASS: Final = NAMESPACES["rdfs"] + "subClassOf"
XSD: Final = NAMESPACES["xsd"]
STRING: Final = XSD + "string"

Literal = tuple[str, str, str | None]
"""Text as written, the IRI of the datatype, and the language tag in small letters (`rdf:langString` only)."""

_LANGUAGE_TAG: Final = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")
_LARGEST_WHOLE: Final = 10**21
"""Whole numbers from here on are written as doubles (JSON-LD 1.1 API, 7.2.2)."""
_USUAL: Final = ("http://", "https://", "urn:", "mailto:")
"""IRIs that start so are no prefixed names; white space and the like in them is looked for in all of them at once."""


class NotCanonicalError(ValueError):
    """The document says something in a way that only a JSON-LD processor can read; see `Graph.of`."""


class Node:
    """An object of the graph. `iri` is its IRI or blank node label, empty where RDF has no name for it.

    `types` are the IRIs of its classes; `values` its properties by IRI, each with one or more nodes and literals.
    `described` are the JSON objects that it was read from, without those that repeat the first to the letter.
    `repeatable` says that another object like the first adds nothing: no number, truth value or nameless object in it.
    """

    __slots__ = ("described", "iri", "repeatable", "types", "values")

    def __init__(self, iri: str, types: Collection[str] = ()) -> None:
        self.iri = iri
        self.types = types
        self.values: Mapping[str, list[Any]] = {}
        self.described: list[Mapping[str, Any]] = []
        self.repeatable = False

    def __repr__(self) -> str:
        return f"Node({self.iri!r})"


class Graph:
    """A graph of nodes; never altered once it is made, and safe to share between threads.

    `source` is the document that it was read from, and `scope` what its terms were read with (`None` where a JSON-LD
    processor read it); `dropped` are the members that no context defines, each with its object, and
    `bad_language` the language tags that RDF has no form for; their texts are not in the graph. `nameless` are
    objects that are not in it either, because RDF has no name for them. `around` leads from each object that a node
    was read from (its `id()`) to the object that it stands in.
    """

    def __init__(self, source: Any) -> None:
        self.source = source
        self.scope: Scope | None = None
        self.nodes: list[Node] = []
        self.dropped: list[tuple[Mapping[str, Any], str]] = []
        self.bad_language: list[tuple[Node, str, str]] = []
        self.nameless: list[Node] = []
        self.around: dict[int, Mapping[str, Any]] = {}

    @classmethod
    def of(cls, document: Any, *, elm: str = ELM_VERSIONS[0], limits: Limits = DEFAULT_LIMITS) -> "Graph":
        """The graph of any JSON-LD document: straight from its members where they allow it.

        `elm` is the version whose context is meant; 3.1 and 3.2 have one address. Raises `ContextError`,
        `LimitError`, or `UnreadableError` for what is no JSON-LD.
        """
        if is_canonical(document):
            try:
                return cls.from_canonical(document, elm=elm)
            except NotCanonicalError:
                pass
        from edc_microcred.shapes.expanded import graph_of_document

        return graph_of_document(document, elm=elm, limits=limits)

    @classmethod
    def from_canonical(cls, members: Mapping[str, Any], *, elm: str = ELM_VERSIONS[0]) -> "Graph":
        """The graph of a credential's members in compact form, under the two usual contexts, whatever they name.

        Raises `NotCanonicalError` for what needs a JSON-LD processor, `LimitError` for members nested too deep.
        """
        try:
            reader = _Reader(cls(members), scope(elm))
            reader.node(members, reader.base, members)
            if reader.has_ill_formed_ids():
                reader = _Reader(cls(members), scope(elm), careful=True)
                reader.node(members, reader.base, members)
        except RecursionError:
            raise LimitError("The document is nested too deep to be read.", remedy="No credential is.") from None
        except KeywordError as error:
            raise NotCanonicalError(str(error)) from None
        return reader.finished()

    @classmethod
    def from_expanded(cls, expanded: list[Any], *, source: Any = None) -> "Graph":
        """The default graph of a document in expanded form, as a JSON-LD processor gives it.

        `source` is the document that was expanded: pointers are looked up in it. `expanded` is not altered.
        """
        from edc_microcred.shapes.expanded import graph_of_expanded

        return graph_of_expanded(expanded, source=source)

    def language(self, spelt: str, node: Node, path: str) -> str | None:
        """The tag as it is compared, `None` for one that RDF has no form for; takes note of the faulty ones.

        White space behind a tag is forgiven (on the way through N-Triples it gets lost), and noted all the same.
        """
        tag = spelt.rstrip(" \t").lower()
        right = _LANGUAGE_TAG.fullmatch(tag) is not None
        if not right or len(tag) != len(spelt):
            self.bad_language.append((node, path, spelt))
        return tag if right else None

    def iris(self, *, but_of: str) -> list[str]:
        """The IRIs and blank node labels of all nodes that are not of a class."""
        return [node.iri for node in self.nodes if but_of not in node.types]

    def node_of(self, iri: str) -> Node:
        """The node with this IRI or blank node label. Raises `KeyError` when there is none."""
        return self._by_iri[iri]

    @cached_property
    def _by_iri(self) -> Mapping[str, Node]:
        return {node.iri: node for node in self.nodes}

    def triples(self) -> Iterator[tuple[str, str, str | Literal]]:
        """Every triple once: subject, predicate, and an IRI, a blank node label or a `Literal`."""
        for node in self.nodes:
            for kind in node.types:
                yield node.iri, RDF_TYPE, kind
            for path, values in node.values.items():
                for value in () if path.startswith("_:") else values:  # RDF has no blank nodes as properties
                    yield node.iri, path, value.iri if isinstance(value, Node) else value


def is_canonical(document: Any) -> bool:
    """Whether a document has exactly the two usual contexts, in their order, at its top."""
    return document.__class__ is dict and document.get("@context") in _CANONICAL


def _canonical() -> tuple[list[str], ...]:
    from edc_microcred.jsonld.loading import RETIRED

    return tuple([CONTEXTS[0], address] for address in (CONTEXTS[1], *RETIRED))


_CANONICAL: Final = _canonical()


class _Reader:
    """Reads one document. In a hurry it takes most ids as they are; `careful`, it completes and checks each."""

    __slots__ = ("around", "base", "by_id", "careful", "graph", "more_types", "several", "unlike")

    def __init__(self, graph: Graph, base: Scope, *, careful: bool = False) -> None:
        self.graph = graph
        self.around = graph.around
        self.base = base
        self.careful = careful
        self.by_id: dict[str, Node] = {}
        self.several: dict[tuple[int, str], dict[str, list[Any]]] = {}
        self.more_types: dict[Node, dict[str, None]] = {}
        self.unlike = 0
        """How many things were met of which two that are equal as JSON are not the same in the graph."""

    def node(self, members: Mapping[str, Any], here: Scope, around: Mapping[str, Any]) -> Node:
        """The node that an object stands for, read with all below it. This is the hot path."""
        own = here
        kind = members.get("type")
        types = here.plain_types.get(kind) if kind.__class__ is str else None
        if types is None:
            types, own = self.typed(kind, here) if "type" in members else ((), here)
        name = members.get("id")
        if name.__class__ is str:
            node = self.by_id.get(name)
            if node is None:
                node = self.named(name, own)
            if not node.described:
                node.types = types
            elif node.repeatable and here is self.base and node.described[0] == members:
                return node
            elif types != node.types:
                self.add_types(node, types)
        elif name is None and "id" not in members:
            node = Node(f"_:b{len(self.graph.nodes)}", types)
            self.graph.nodes.append(node)
            self.unlike += 1
        else:
            raise NotCanonicalError("id")
        node.described.append(members)
        self.around[id(members)] = around
        unlike = self.unlike
        meanings = own.terms
        values: Any = node.values  # a dict, as long as the graph is being read
        for term, raw in members.items():
            meaning = meanings.get(term)
            if meaning is None:
                if term != "id" and term != "type":
                    meaning = self.other_term(members, term, own)
                if meaning is None:
                    continue
            path, coercion, datatype, within = meaning
            if raw.__class__ is str and coercion == TYPED:
                found: list[Any] = [(raw, datatype, None)]
            elif raw.__class__ is not dict:
                found = self.values(raw, meaning, own, here, members)
            elif coercion < LANGUAGE:
                child = self.node(raw, within or here, members)
                found = [child] if child.iri else []
            elif coercion == LANGUAGE:
                found = []
                for tag, text in raw.items():
                    if tag not in SHORT_TAGS or text.__class__ is not str:
                        found = self.texts(raw, node, path)
                        break
                    found.append((text, LANG_STRING, tag))
            else:
                raise NotCanonicalError(term)
            if path not in values and len(found) == 1:
                values[path] = found
            elif found:
                values.setdefault(path, []).extend(found)
                self.several[id(values), path] = values
        node.repeatable = self.unlike == unlike and len(node.described) == 1 and here is self.base
        return node

    def named(self, name: str, own: Scope) -> Node:
        """The node with an id that was not met before in this spelling."""
        iri = name
        if self.careful or not name.startswith(_USUAL):
            iri = complete(name, own.prefixes) or ""
        node = self.by_id.get(iri or name)
        if node is None:
            node = self.by_id[iri or name] = Node(iri)
            if iri:
                self.graph.nodes.append(node)
            else:
                self.graph.nameless.append(node)
        return node

    def typed(self, kind: Any, here: Scope) -> tuple[tuple[str, ...], Scope]:
        """The IRIs of the types that an object names, and the scope of its own members."""
        names = kind if kind.__class__ is list else [kind]
        found: dict[str, None] = {}
        for name in names:
            if name.__class__ is not str or name in here.needs_processor or name in ("id", "type"):
                raise NotCanonicalError("type")
            iri = here.types[name][0] if name in here.types else complete(name, here.prefixes)
            if iri is not None:
                found[from_3_3(iri) or iri] = None
        return tuple(found), here.credential if CREDENTIAL in names else here

    def add_types(self, node: Node, types: tuple[str, ...]) -> None:
        """Takes note that a node has more types than its first description says."""
        if node not in self.more_types:
            self.more_types[node] = dict.fromkeys(node.types)
        self.more_types[node].update(dict.fromkeys(types))

    def other_term(self, members: Mapping[str, Any], term: str, own: Scope) -> Meaning | None:
        """What a member means that is no term: a property by its IRI, or nothing."""
        if term == "@context" and members is self.graph.source:
            return None
        if term.startswith("@"):
            raise NotCanonicalError(term)
        iri = complete(term, own.prefixes) if ":" in term else None
        if iri is None:
            self.graph.dropped.append((members, term))
            return None
        if iri in (RDF_TYPE, SUBCLASS):
            raise NotCanonicalError(term)
        return (from_3_3(iri) or iri, PLAIN, "", None)

    def values(self, raw: Any, meaning: Meaning, own: Scope, here: Scope, around: Mapping[str, Any]) -> list[Any]:
        """What a member's value stands for that is no object; nodes that RDF has no name for are left out."""
        _, coercion, datatype, within = meaning
        if coercion == OTHER:
            raise NotCanonicalError("@container")
        found: list[Any] = []
        for item in raw if raw.__class__ is list else (raw,):
            if item.__class__ is str:
                if coercion == TO_IRI:
                    node = self.by_id.get(item) or self.named(item, own)
                    if node.iri:
                        found.append(node)
                else:
                    found.append((item, datatype or STRING, None))
            elif item.__class__ is dict:
                node = self.node(item, within or here, around)
                if node.iri:
                    found.append(node)
            elif item.__class__ is list:
                found += self.values(item, meaning, own, here, around)
            elif item is not None:
                self.unlike += 1
                found.append(native(item, datatype))
        return found

    def texts(self, raw: Mapping[str, Any], node: Node, path: str) -> list[Literal]:
        """The texts of a language map."""
        found: list[Literal] = []
        for spelt, given in raw.items():
            texts = [text for text in (given if given.__class__ is list else (given,)) if text is not None]
            if not all(text.__class__ is str for text in texts):
                raise NotCanonicalError(spelt)
            if spelt == "@none":
                found += [(text, STRING, None) for text in texts]
            elif texts:
                tag = spelt if spelt in SHORT_TAGS else self.graph.language(spelt, node, path)
                if tag is not None:
                    found += [(text, LANG_STRING, tag) for text in texts]
        return found

    def has_ill_formed_ids(self) -> bool:
        """Whether an id that was taken as it is holds what no IRI can."""
        ids = "|".join(self.by_id)
        return any(mark in ids for mark in '<>"') or (ids != "" and ids.split(None, 1) != [ids])

    def finished(self) -> Graph:
        """The graph, each value and each type of a node once."""
        for (_, path), values in self.several.items():
            values[path] = list(dict.fromkeys(values[path]))
        for node, types in self.more_types.items():
            node.types = tuple(types)
        settle_types(self.graph)
        self.graph.scope = self.base
        return self.graph


def native(value: float, datatype: str) -> Literal:
    """The literal that a JSON number or truth value is, as its canonical text; its own datatype where none is given."""
    if value.__class__ is bool:
        return ("true" if value else "false", datatype or XSD + "boolean", None)
    if (value.__class__ is int or value.is_integer()) and abs(value) < _LARGEST_WHOLE:
        return (str(int(value)), datatype or XSD + "integer", None)
    try:
        mantissa, _, exponent = f"{value:.15E}".partition("E")
    except OverflowError:
        return ("INF" if value > 0 else "-INF", datatype or XSD + "double", None)
    mantissa = mantissa.rstrip("0")
    return (f"{mantissa}{'0' if mantissa.endswith('.') else ''}E{int(exponent)}", datatype or XSD + "double", None)


_FEW: Final = 8


def settle_types(graph: Graph) -> None:
    """Makes long lists of types quick to search: a class is looked for in them once for each reference."""
    for node in graph.nodes:
        if len(node.types) > _FEW:
            node.types = frozenset(node.types)
