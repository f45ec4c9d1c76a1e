"""Whether there is nothing to say of a credential but by convention: the way of almost every credential, in one pass.

What reading finds (`elm.check_credential`), what is lost as data (`jsonld.dropped_terms`, `relative_iris`) and what the
shapes of a profile demand (`shapes.ProfileValidator`) are looked for by ways of their own, through the whole tree or
its graph. Here each object is looked at once, by itself: its id, its names, its values, and the classes of the objects
that it holds. Whatever is unusual gets a no, and the long ways say what it is, if anything.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from edc_microcred.elm import EuropeanDigitalCredential
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.jsonld.canonical import stands_as_it_is
from edc_microcred.limits import DEFAULT_LIMITS, Limits
from edc_microcred.shapes import Graph, Node, ProfileValidator
from edc_microcred.shapes.later import LaterGraph
from edc_microcred.verification.looks import ClassLooks, Looks, is_anything, longest_name, looks_of


class Spotless(NamedTuple):
    """The graph of a credential, and those of its nodes of which a convention may have something to say.

    `marks` are the quotation marks that its JSON has around names and texts, as many as were met in it.
    """

    graph: Graph
    remarkable: list[Node]
    marks: int


def spotless(members: Any, validator: ProfileValidator, *, limits: Limits = DEFAULT_LIMITS) -> Spotless | None:
    """The graph of a credential in which reading, the contexts and the profile's shapes surely find nothing, and which
    is well within the limits of depth; else `None`, which says nothing.
    """
    if members.__class__ is not dict or members.get("@context") != list(CONTEXTS):
        return None
    if (
        members.get("type") != EuropeanDigitalCredential.type_members()
        or limits.pointer < limits.depth * longest_name()
    ):
        return None
    looks, root = looks_of(validator)
    if root is None:
        return None
    graph = LaterGraph(members, validator.elm)
    if str(members.get("id")).partition(":")[0] in graph.scope.credential.prefixes:  # it has one more than the others
        return None
    walk = _Walk(graph)
    marks = walk.object(members, root, looks, members, limits.depth // _LEVELS)
    if not marks:
        return None
    return Spotless(graph, [graph.node_of(iri) for iri in walk.remarkable], marks + _MARKS_OF_LISTS)


_LEVELS: Final = 3
"""What an object can add to the depth of the one around it: itself, the list that it is in, and a map of texts."""
_MARKS_OF_LISTS: Final = 2 * (len(CONTEXTS) - 1 + len(EuropeanDigitalCredential.type_members()) - 1)
"""The contexts and the types of the credential are lists, and were counted for one text each."""
_FEWEST_MARKS: Final = 8
"""Of an object that says nothing but `id` and `type`, as the list that a coded value names."""


class _Walk:
    """One way through one credential."""

    __slots__ = ("around", "differing", "marks", "numbers", "objects", "remarkable")

    def __init__(self, graph: LaterGraph) -> None:
        self.objects = graph.objects
        self.around = graph.around
        self.marks: dict[str, int] = {}
        """Of each object, the quotation marks that its JSON has around names and texts."""
        self.remarkable: list[str] = []
        self.numbers = 0
        """How many numbers and truth values were met: two that are equal in Python can differ as data."""
        self.differing: set[str] = set()
        """The ids of objects with such a one in them: that another one is equal to them does not make it the same."""

    def object(
        self, members: dict[str, Any], own: ClassLooks, looks: Looks, around: Mapping[str, Any], deeper: int
    ) -> int:
        """Looks at an object and all below it: the marks of all that, or 0 where it is not surely right, or more than
        `deeper` objects are in each other. This is the hot path.
        """
        name = members.get("id")
        if name.__class__ is not str or deeper < 1:
            return 0
        first = self.objects.get(name)
        if first is not None:  # one id must not be two objects
            same = first == members and looks.is_base
            if same and name in self.differing:
                same = repr(first) == repr(members)
            marks = self.marks.get(name, 0) if same else 0
            return marks if marks <= deeper * _FEWEST_MARKS or _are_within(members, deeper) else 0
        if own.remembered is not None:
            known = own.remembered.get(name)
            if known is not None and known[0] == members:
                return self.concept(name, members, around, known[1])
        form = own.form(tuple(members))
        if form is None or not stands_as_it_is(name) or name[0] == "_":
            return 0
        self.objects[name] = members
        self.around[id(members)] = around
        marks = form.marks
        for term in form.texts:
            if members[term].__class__ is not str:
                return 0
        for term, map_look in form.maps:
            more = map_look(members[term])
            if not more:
                return 0
            marks += more
        for term, look in form.single:
            if not look(members[term]):
                return 0
        place = len(self.remarkable)
        numbers = self.numbers
        for term in form.numbers:
            if members[term].__class__ is not str:
                self.numbers += 1
                marks -= 2
        for term, one in form.objects:
            value = members[term]
            if value.__class__ is dict:
                values = [value]
            elif value.__class__ is list and 0 < len(value) <= one.most:
                values = value
            else:
                return 0
            below, look = one.below or looks, one.look
            for item in values:
                kind = item.get("type") if item.__class__ is dict else None
                if kind.__class__ is not str or kind not in one.classes:
                    return 0
                its = below[kind]
                more = 0 if its is None else self.object(item, its, below, members, deeper - 1)
                if not more or (look is not is_anything and not look(item)):
                    return 0
                marks += more
        if own.whole is not None and not own.whole(members):
            return 0
        self.marks[name] = marks
        if self.numbers != numbers or not looks.is_base:
            self.differing.add(name)
        if own.is_quiet is not None:
            if not own.is_quiet(members):
                self.remarkable.insert(place, name)
            elif own.remembered is not None:
                own.remember(members, marks)
        return marks

    def concept(self, name: str, members: dict[str, Any], around: Mapping[str, Any], marks: int) -> int:
        """Takes a coded value that is as one that was right; the list in it may be another one than elsewhere."""
        self.objects[name] = members
        self.around[id(members)] = around
        self.marks[name] = marks
        scheme = members.get("inScheme")
        if scheme is None:
            return marks
        first = self.objects.setdefault(scheme["id"], scheme)
        if first is scheme:
            self.around[id(scheme)] = members
            self.marks[scheme["id"]] = _FEWEST_MARKS
        return marks if first == scheme else 0


def _are_within(members: Mapping[str, Any], most: int) -> bool:
    """Whether an object, and all that are below it, are no more than `most` in each other."""
    level = [members]
    for _ in range(most):
        lists = [value if value.__class__ is list else (value,) for one in level for value in one.values()]
        level = [item for values in lists for item in values if item.__class__ is dict]
        if not level:
            return True
    return False
