"""Where in the document a node of its graph, or one of its values, stands: made only when something was found.

    >>> graph = Graph.from_canonical({"type": "Note", "noteLiteral": {"en": ["one", "two"]}})
    >>> node, path = graph.nodes[0], "http://data.europa.eu/snb/model/elm/noteLiteral"
    >>> Places(graph).of(node, path, node.values[path][1])
    '/noteLiteral/en/1'

Clause: RFC 6901 (JSON Pointer).
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from edc_microcred.json_text import pointer
from edc_microcred.shapes.graph import LANG_STRING, STRING, Graph, Literal, Node, native
from edc_microcred.shapes.iris import KeywordError, complete
from edc_microcred.shapes.scopes import CREDENTIAL, LANGUAGE, PLAIN, TO_IRI, Meaning, Scope

Way = tuple[Any, str | int] | tuple[()]
"""The way to an object or a value, last step outermost: it is made for many and written out for few."""


class Places:
    """The JSON Pointers of one graph's nodes and values into the document that it was read from.

    In a document that a JSON-LD processor had to read, only objects are found, by their ids.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._values: dict[tuple[Node, str], dict[Any, Way]] = {}
        self._ways: dict[int, Way] = {id(graph.source): ()}

    @cached_property
    def _by_id(self) -> Mapping[str, Way]:
        found: dict[str, Way] = {}
        for way, item in _objects(self._graph.source):
            for name in (item.get("id"), item.get("@id")):
                if isinstance(name, str):
                    found.setdefault(_completed(name, {}) or name, way)
        return found

    def of(self, node: Node, path: str | None = None, value: Node | Literal | None = None) -> str:
        """The pointer to a node, to its property `path`, or to one value of it: the nearest of these that is found."""
        if path is not None and self._graph.scope is not None:
            places = self._places(node, path, self._graph.scope)
            if (value if value is not None else None) in places:
                return _written_out(places[value])
        return _written_out(self._of_node(node))

    def of_language(self, node: Node, path: str, spelt: str) -> str:
        """The pointer to the texts that a property has under a language tag as it is spelt, or as `of` gives it."""
        if self._graph.scope is not None:
            place = self._places(node, path, self._graph.scope).get((spelt,))
            if place is not None:
                return _written_out(place)
        return self.of(node, path)

    def _of_node(self, node: Node) -> Way:
        if self._graph.scope is None:
            return self._by_id.get(node.iri, ())
        return self._of_object(node.described[0]) if node.described else ()

    def _of_object(self, wanted: Mapping[str, Any]) -> Way:
        """The way to an object of the document: from the objects around it, each looked through once."""
        around, ways = self._graph.around, self._ways
        members = wanted
        unknown: list[Mapping[str, Any]] = []
        while id(members) not in ways:
            members = around[id(members)]
            unknown.append(members)
        for outer in reversed(unknown):
            way = ways[id(outer)]
            for name, item in outer.items():
                if item.__class__ is dict:
                    ways.setdefault(id(item), (way, name))
                elif item.__class__ is list:
                    for below, inner in _inside(item, (way, name)):
                        ways.setdefault(id(inner), below)
        return ways[id(wanted)]

    def _places(self, node: Node, path: str, scope: Scope) -> Mapping[Any, Way]:
        """Value -> its place, a tuple of a language tag -> that of its texts, and `None` -> that of the property."""
        found = self._values.get((node, path))
        if found is None:
            found = self._values[node, path] = {}
            for members in node.described:
                here = self._of_object(members)
                kind = members.get("type")
                own = scope.credential if CREDENTIAL in (kind if isinstance(kind, list) else [kind]) else scope
                for term, raw in members.items():
                    meaning = own.terms.get(term)
                    if meaning is None and ":" in term and _completed(term, own.prefixes) == path:
                        meaning = (path, PLAIN, "", None)
                    if meaning is not None and meaning[0] == path:
                        found.setdefault(None, (here, term))
                        for key, way in _values(raw, meaning, own, (here, term)):
                            found.setdefault(key, way)
            for value in node.values.get(path, ()):
                for key in _keys(value):
                    if key in found:
                        found[value] = found[key]
                        break
        return found


def _keys(value: Node | Literal) -> Iterator[Any]:
    """What a value goes by in `_values`: the objects that it was read from, its IRI, or itself."""
    if isinstance(value, Node):
        yield from (id(members) for members in value.described)
        yield value.iri
    else:
        yield value


def _values(raw: Any, meaning: Meaning, own: Scope, way: Way) -> Iterator[tuple[Any, Way]]:
    iri, coercion, datatype, within = meaning
    if isinstance(raw, list):
        inner = (iri, min(coercion, PLAIN), datatype, within)
        for index, item in enumerate(raw):
            yield from _values(item, inner, own, (way, index))
    elif isinstance(raw, dict) and coercion == LANGUAGE:
        for tag, given in raw.items():
            yield (tag,), (way, tag)
            known = (STRING, None) if tag == "@none" else (LANG_STRING, tag.rstrip(" \t").lower())
            if isinstance(given, list):
                yield from (((text, *known), ((way, tag), index)) for index, text in enumerate(given))
            else:
                yield (given, *known), (way, tag)
    elif isinstance(raw, dict):
        yield id(raw), way
        if isinstance(raw.get("id"), str):
            yield _completed(raw["id"], own.prefixes), way
    elif isinstance(raw, str):
        if coercion == TO_IRI:
            yield _completed(raw, own.prefixes), way
        else:
            yield (raw, datatype or STRING, None), way
    elif raw is not None:
        yield native(raw, datatype), way


def _completed(name: str, prefixes: Mapping[str, str]) -> str | None:
    try:
        return complete(name, prefixes)
    except KeywordError:
        return None


def _objects(document: Any) -> Iterator[tuple[Way, Mapping[str, Any]]]:
    """Every object of a document with the way to it, outer ones first, in the order of the text."""
    stack: list[tuple[Way, Any]] = [((), document)]
    while stack:
        way, item = stack.pop()
        if isinstance(item, dict):
            yield way, item
        if isinstance(item, (dict, list)):
            stack += reversed(list(_inside(item, way)))


def _inside(container: Any, way: Way) -> Iterator[tuple[Way, Mapping[str, Any]]]:
    """The objects that are values of an object or items of its lists, with the ways to them."""
    for name, item in container.items() if isinstance(container, dict) else enumerate(container):
        if item.__class__ is str:
            continue
        if isinstance(item, dict):
            yield (way, name), item
        elif isinstance(item, list):
            yield from _inside(item, (way, name))


def _written_out(way: Way) -> str:
    tokens: list[str | int] = []
    while way:
        way, token = way
        tokens.append(token)
    return pointer(*reversed(tokens))
