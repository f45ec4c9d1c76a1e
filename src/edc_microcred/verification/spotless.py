"""Whether there is nothing to say of a credential but by convention: the way of almost every credential, in one pass.

What reading finds (`elm.check_credential`), what is lost as data (`jsonld.dropped_terms`, `relative_iris`) and what the
shapes of a profile demand (`shapes.ProfileValidator`) are looked for by ways of their own, through the whole tree or
its graph. Here each object is looked at once, by itself: its id, its names, its values, and the classes of the objects
that it holds. Whatever is unusual gets a no, and the long ways say what it is, if anything.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from edc_microcred.elm import EuropeanDigitalCredential
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.jsonld.canonical import stands_as_it_is
from edc_microcred.shapes import Graph, Node, ProfileValidator
from edc_microcred.shapes.later import LaterGraph
from edc_microcred.verification.looks import ClassLooks, Looks, is_anything, looks_of


class Spotless(NamedTuple):
    """The graph of a credential, and those of its nodes of which a convention may have something to say."""

    graph: Graph
    remarkable: list[Node]


def spotless(members: Any, validator: ProfileValidator) -> Spotless | None:
    """The graph of a credential in which reading, the contexts and the profile's shapes surely find nothing; else
    `None`, which says nothing.
    """
    if members.__class__ is not dict or members.get("@context") != list(CONTEXTS):
        return None
    if members.get("type") != EuropeanDigitalCredential.type_members():
        return None
    looks, root = looks_of(validator)
    if root is None:
        return None
    graph = LaterGraph(members, validator.elm)
    walk = _Walk(graph)
    try:
        if not walk.object(members, root, looks, members):
            return None
    except RecursionError:
        return None
    return Spotless(graph, [graph.node_of(iri) for iri in walk.remarkable])


class _Walk:
    """One way through one credential."""

    __slots__ = ("around", "differing", "numbers", "objects", "remarkable")

    def __init__(self, graph: LaterGraph) -> None:
        self.objects = graph.objects
        self.around = graph.around
        self.remarkable: list[str] = []
        self.numbers = 0
        """How many numbers and truth values were met: two that are equal in Python can differ as data."""
        self.differing: set[str] = set()
        """The ids of objects with such a one in them: nobody can tell by comparing whether another one is equal."""

    def object(self, members: dict[str, Any], own: ClassLooks, looks: Looks, around: Mapping[str, Any]) -> bool:
        """Looks at an object and all below it. This is the hot path."""
        name = members.get("id")
        if name.__class__ is not str:
            return False
        first = self.objects.get(name)
        if first is not None:  # one id must not be two objects
            return first == members and name not in self.differing and looks.is_base
        if own.remembered is not None and own.remembered.get(name) == members:
            return self.concept(name, members, around)
        form = own.form(tuple(members))
        if form is None or not stands_as_it_is(name) or name[0] == "_":
            return False
        self.objects[name] = members
        self.around[id(members)] = around
        for term in form.texts:
            if members[term].__class__ is not str:
                return False
        for term, look in form.single:
            if not look(members[term]):
                return False
        place = len(self.remarkable)
        numbers = self.numbers
        for term in form.numbers:
            if members[term].__class__ is not str:
                self.numbers += 1
        for term, one in form.objects:
            value = members[term]
            if value.__class__ is dict:
                values = [value]
            elif value.__class__ is list and 0 < len(value) <= one.most:
                values = value
            else:
                return False
            below, look = one.below or looks, one.look
            for item in values:
                kind = item.get("type") if item.__class__ is dict else None
                if kind.__class__ is not str or kind not in one.classes:
                    return False
                its = below[kind]
                if its is None or not self.object(item, its, below, members):
                    return False
                if look is not is_anything and not look(item):
                    return False
        if own.whole is not None and not own.whole(members):
            return False
        if self.numbers != numbers or not looks.is_base:
            self.differing.add(name)
        if own.is_quiet is not None:
            if not own.is_quiet(members):
                self.remarkable.insert(place, name)
            elif own.remembered is not None:
                own.remember(members)
        return True

    def concept(self, name: str, members: dict[str, Any], around: Mapping[str, Any]) -> bool:
        """Takes a coded value that is as one that was right; the list in it may be another one than elsewhere."""
        self.objects[name] = members
        self.around[id(members)] = around
        scheme = members.get("inScheme")
        if scheme is None:
            return True
        first = self.objects.setdefault(scheme["id"], scheme)
        self.around.setdefault(id(first), members)
        return first is scheme or first == scheme
