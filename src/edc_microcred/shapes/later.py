"""The graph of a credential whose objects are known while what they say as data is not read yet.

Whoever goes through a credential's members anyway knows its objects; their values as data are often asked of a few
only. Nodes are made, and values read, when they are first asked for.
"""

import weakref
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from edc_microcred.shapes.graph import LANG_STRING, STRING, Graph, Literal, Node, native
from edc_microcred.shapes.scopes import CREDENTIAL, ELM_VERSIONS, LANGUAGE, Meaning, Scope, scope


class LaterGraph(Graph):
    """A graph of `objects` by their ids, which whoever makes it puts in, with what is `around` each.

    They must be plain: canonical, each with an absolute id that no other one has and with one type (or those of the
    credential), no member without a meaning, texts in maps by language tags as they are compared, lists of objects
    only. Then this is a graph like any other as long as it is held; its nodes do not keep it.
    """

    def __init__(self, source: Mapping[str, Any], elm: str = ELM_VERSIONS[0]) -> None:
        super().__init__(source)
        del self.nodes
        self.objects: dict[str, Mapping[str, Any]] = {}
        self.scope: Scope = scope(elm)
        self._made: dict[str, Node] = {}
        self._proxy = weakref.proxy(self)  # nodes that kept the graph would be garbage in a circle with it

    def __getattr__(self, name: str) -> Any:
        """Called for what was not set yet: all nodes, the first time that they are asked for."""
        if name != "nodes":
            raise AttributeError(name)
        self.nodes = [self.node_of(iri) for iri in self.objects]
        return self.nodes

    def node_of(self, iri: str) -> Node:
        """The node of the object with this id."""
        node = self._made.get(iri)
        if node is None:
            members = self.objects[iri]
            kind, own, types = members["type"], self.scope, self.scope.types
            if kind.__class__ is str:
                node = Node(iri, types[kind])
            else:
                node = Node(iri, tuple(types[name][0] for name in kind))
                own = own.credential if CREDENTIAL in kind else own
            node.described.append(members)
            node.values = LaterValues(self._proxy, members, own)
            self._made[iri] = node
        return node

    def iris(self, *, but_of: str) -> list[str]:
        """The IRIs of all nodes that are not of a class."""
        names = _types_of(but_of, self.scope)
        return [iri for iri, members in self.objects.items() if members["type"] not in names]


class LaterValues(Mapping[str, list[Any]]):
    """What one object says as data: the values of its properties by their IRIs, each read when it is asked for."""

    __slots__ = ("_graph", "_members", "_names", "_own", "_read")

    def __init__(self, graph: LaterGraph, members: Mapping[str, Any], own: Scope) -> None:
        self._graph = graph
        self._members = members
        self._own = own
        self._names = _names_of(own)
        self._read: dict[str, list[Any]] = {}

    def get(self, path: str, default: Any = None) -> Any:
        """The values of a property, or `default` where there are none."""
        found = self._read.get(path)
        if found is not None:
            return found
        for name in self._names.get(path, ()):
            if name in self._members:
                found = self._read[path] = self._values(self._members[name], self._own.terms[name])
                return found
        return default

    def __getitem__(self, path: str) -> list[Any]:
        found: list[Any] | None = self.get(path)
        if found is None:
            raise KeyError(path)
        return found

    def __contains__(self, path: object) -> bool:
        return any(name in self._members for name in self._names.get(path, ()))

    def __iter__(self) -> Iterator[str]:
        terms = self._own.terms
        return (terms[name][0] for name in self._members if name in terms)

    def __len__(self) -> int:
        return sum(name in self._own.terms for name in self._members)

    def _values(self, raw: Any, meaning: Meaning) -> list[Any]:
        _, coercion, datatype, _ = meaning
        if raw.__class__ is str:
            return [(raw, datatype or STRING, None)]
        if raw.__class__ is dict:
            if coercion == LANGUAGE:
                return _texts(raw)
            return [self._graph.node_of(raw["id"])]
        if raw.__class__ is list:
            return list(dict.fromkeys(self._graph.node_of(item["id"]) for item in raw))
        return [native(raw, datatype)]


def _texts(raw: Mapping[str, Any]) -> list[Literal]:
    found: list[Literal] = []
    for tag, text in raw.items():
        if text.__class__ is str:
            found.append((text, LANG_STRING, tag))
        else:
            found += dict.fromkeys((one, LANG_STRING, tag) for one in text)
    return found


@lru_cache(maxsize=32)
def _types_of(cls: str, here: Scope) -> list[str]:
    """The names of the types that are a class."""
    return [name for name, iris in here.types.items() if cls in iris]


@lru_cache(maxsize=32)
def _names_of(here: Scope) -> Mapping[Any, tuple[str, ...]]:
    """Property -> its names in a scope."""
    names: dict[str, tuple[str, ...]] = {}
    for name, (path, *_) in here.terms.items():
        names[path] = (*names.get(path, ()), name)
    return names
