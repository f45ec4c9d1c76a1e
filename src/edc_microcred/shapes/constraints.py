"""What a profile asks of each property of each class, read off the models and made ready for checking.

    >>> from edc_microcred.shapes import profile
    >>> plan = plans_of(profile("generic-full"))["http://data.europa.eu/snb/model/elm/Address"]
    >>> slot = plan.slots["http://data.europa.eu/snb/model/elm/countryCode"]
    >>> slot.at_least, slot.at_most, slot.scheme
    (1, 1, 'http://publications.europa.eu/resource/authority/country')

A slot answers in two steps. `accepts` is a quick test that is true only for values that are surely right; where it is
not, `violations` says exactly which constraints are broken, in the words of SHACL.

Clauses: SHACL, 4.1 (value type), 4.2 (cardinality), 4.3 (range), 4.4.5 (uniqueLang), 4.6.3 (or), 4.7.1 (node),
4.8.2 (hasValue).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from edc_microcred.elm import CLASSES, NAMESPACES, Term
from edc_microcred.elm.model import ElmObject, object_iri
from edc_microcred.elm.terms import expand
from edc_microcred.shapes.datatypes import UNDISPUTED, is_lexical, is_well_typed, whole_number
from edc_microcred.shapes.graph import LANG_STRING, Literal, Node
from edc_microcred.shapes.profiles import Demand, Profile
from edc_microcred.vocabularies import vocabulary

IN_SCHEME: Final = NAMESPACES["skos"] + "inScheme"
CONCEPT_SCHEME: Final = NAMESPACES["skos"] + "ConceptScheme"
UNBOUNDED: Final = 1 << 62

_DIFFERENT_IN_3_1: Final[Mapping[tuple[str, str], Mapping[str, Any]]] = {
    ("EuropeanDigitalCredential", "credentialSchema"): {"iri_only": False},
    ("EuropeanDigitalCredential", "credentialStatus"): {"iri_only": False, "ranges": (), "datatype": "xsd:anyURI"},
    ("EuropeanDigitalCredential", "termsOfUse"): {"ranges": (), "datatype": "xsd:anyURI"},
    **{
        (cls, "proof"): {"path": "cred:proof", "ranges": (), "datatype": "xsd:anyURI"}
        for cls in ("EuropeanDigitalCredential", "VerifiablePresentation", "EuropeanDigitalPresentation")
    },
}
"""Where the shapes of ELM 3.1 (profiles 1.1.0) differ: they forbid, in effect, every status and every terms of use."""


class Violation(NamedTuple):
    """A broken constraint: the SHACL component without its ending, and the value that breaks it if it is one value."""

    component: str
    value: Node | Literal | None = None
    by: "Profile | NodeShape | None" = None
    """The profile or the shape that asks, where it is not the general model."""


Known = dict[tuple[str, Node], bool]
"""What was found out in one run: a node that many others point to is looked at once."""


@dataclass(frozen=True, slots=True, eq=False)
class NodeShape:
    """What each value of a property has to be: of one of `classes`, or else, where there are `slots`, as they ask."""

    name: str
    classes: frozenset[str] = frozenset()
    slots: Mapping[str, "Slot"] = field(default_factory=dict, repr=False)

    def holds(self, value: Node | Literal, known: "Known") -> bool:
        """Whether a value meets the shape."""
        if not isinstance(value, Node):
            return False
        if not self.classes.isdisjoint(value.types):
            return True
        found = known.get((self.name, value))
        if found is None:
            found = known[self.name, value] = bool(self.slots) and all(
                not any(slot.violations(value.values.get(path, ()), known)) for path, slot in self.slots.items()
            )
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One property of one class, and what is asked of its values. IRIs are full; `classes` are the ranges."""

    cls: str
    term: Term
    path: str
    at_least: int = 0
    at_most: int | None = None
    classes: frozenset[str] = frozenset()
    datatype: str = ""
    kind: str = ""
    """`IRI` or `Literal` where the node kind is fixed."""
    unique_lang: bool = False
    maximum: int | None = None
    shapes: tuple[NodeShape, ...] = ()
    scheme: str = ""
    scheme_typed: bool = True
    demands: tuple[tuple[Profile, Demand], ...] = ()
    demanded: tuple[NodeShape, ...] = ()
    """For each of `demands` that narrows the class, the shape that does so."""
    accepts: Callable[[list[Any]], bool] = field(repr=False, compare=False, default=lambda _: False)

    @property
    def most(self) -> int:
        """How many values there may be."""
        asked = (self.at_most, *(demand.at_most for _, demand in self.demands))
        return min((one for one in asked if one is not None), default=UNBOUNDED)

    @property
    def takes_objects(self) -> bool:
        """Whether no literal can be a value."""
        return bool(self.classes or self.shapes or self.demanded or self.scheme or self.kind == "IRI")

    @property
    def asked_by(self) -> Profile | None:
        """The profile that makes the property mandatory, where the general model does not."""
        if self.at_least:
            return None
        return next((by for by, demand in self.demands if demand.at_least), None)

    @property
    def is_mandatory(self) -> bool:
        """Whether at least one value must be there."""
        return self.at_least > 0 or self.asked_by is not None

    def violations(self, values: Sequence[Node | Literal], known: Known) -> Iterator[Violation]:
        """The constraints that `values`, each given once, break."""
        yield from self._counts(len(values))
        for value in values:
            yield from self._of(value, known)
        if self.unique_lang and shared_languages(values):
            yield Violation("UniqueLang")

    def _counts(self, count: int) -> Iterator[Violation]:
        if count < self.at_least:
            yield Violation("MinCount")
        elif count == 0 and (by := self.asked_by) is not None:
            yield Violation("MinCount", by=by)
        if self.at_most is not None and count > self.at_most:
            yield Violation("MaxCount")
        else:
            for by, demand in self.demands:
                if demand.at_most is not None and count > demand.at_most:
                    yield Violation("MaxCount", by=by)
                    break

    def _of(self, value: Node | Literal, known: Known) -> Iterator[Violation]:
        is_node = isinstance(value, Node)
        if self.classes and not (isinstance(value, Node) and not self.classes.isdisjoint(value.types)):
            yield Violation("Class" if len(self.classes) == 1 else "Or", value)
        if self.datatype and not is_of_datatype(value, self.datatype):
            yield Violation("Datatype", value)
        if self.kind and not (is_node is (self.kind == "IRI") and not _is_blank(value)):
            yield Violation("NodeKind", value)
        if self.maximum is not None and not _is_at_most(value, self.maximum):
            yield Violation("MaxInclusive", value)
        for shape in self.shapes:
            if not shape.holds(value, known):
                yield Violation("Node", value, by=shape)
        for shape in self.demanded:
            if not shape.holds(value, known):
                by = next(one for one, demand in self.demands if demand.only == shape.name)
                yield Violation("Node", value, by=by)
        if self.scheme:
            if not is_node or _is_blank(value):
                yield Violation("NodeKind", value, by=SCHEME_SHAPE)
            if not self.is_in_scheme(value, known):
                yield Violation("Node", value, by=SCHEME_SHAPE)

    def is_in_scheme(self, value: Node | Literal, known: Known) -> bool:
        """Whether a value names the list that the property takes, and no list that is not said to be one."""
        if not isinstance(value, Node):
            return False
        key = (f"{self.scheme} {self.scheme_typed}", value)
        if key not in known:
            named = value.values.get(IN_SCHEME, ())
            known[key] = any(isinstance(one, Node) and one.iri == self.scheme for one in named) and all(
                isinstance(one, Node) and not _is_blank(one) and (not self.scheme_typed or CONCEPT_SCHEME in one.types)
                for one in named
            )
        return known[key]


SCHEME_SHAPE: Final = NodeShape("scheme")
"""Stands for the demand that a value is from its controlled list."""


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """What is asked of each object of a class: its slots by path, and the paths of those that must be there."""

    cls: type[ElmObject]
    slots: Mapping[str, Slot]
    mandatory: frozenset[str]


def is_of_datatype(value: Node | Literal, datatype: str) -> bool:
    """Whether a value is a literal of a datatype, as the published shapes take it."""
    return not isinstance(value, Node) and value[1] == datatype and is_well_typed(value[0], datatype)


def is_in_lexical_form(value: Node | Literal) -> bool:
    """Whether a value is none of the literals that XML Schema would refuse although the shapes take them."""
    return isinstance(value, Node) or is_lexical(value[0], value[1])


def _is_blank(value: Node | Literal) -> bool:
    return isinstance(value, Node) and value.iri.startswith("_:")


def _is_at_most(value: Node | Literal, maximum: int) -> bool:
    if isinstance(value, Node) or value[1] not in _NUMERIC or not is_well_typed(value[0], value[1]):
        return False
    number = whole_number(value[0])
    return number is not None and number <= maximum


_NUMERIC: Final = frozenset(
    NAMESPACES["xsd"] + name
    for name in ("integer", "positiveInteger", "nonNegativeInteger", "decimal", "double", "float", "int", "long")
)


def shared_languages(values: Iterable[Node | Literal]) -> list[str]:
    """The language tags that more than one of `values` has."""
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for value in values:
        tag = None if isinstance(value, Node) else value[2]
        if tag in seen and tag is not None:
            twice[tag] = None
        elif tag is not None:
            seen.add(tag)
    return list(twice)


@cache
def plans_of(profile: Profile, elm: str = "3.2") -> Mapping[str, ClassPlan]:
    """Class IRI -> what the profile asks of its objects; made once and never altered."""
    demands: dict[tuple[str, str], list[tuple[Profile, Demand]]] = {}
    for one in profile.lineage:
        for demand in one.demands:
            demands.setdefault((demand.cls, demand.field), []).append((one, demand))
    plans = {}
    for name, cls in CLASSES.items():
        slots = {
            slot.path: slot
            for field_name in cls.terms()
            if (
                slot := _slot(
                    cls, field_name, profile.checks_vocabularies, tuple(demands.get((name, field_name), ())), elm
                )
            )
        }
        plans[object_iri(cls)] = ClassPlan(
            cls, MappingProxyType(slots), frozenset(path for path, slot in slots.items() if slot.is_mandatory)
        )
    return MappingProxyType(plans)


def _slot(
    cls: type[ElmObject], field_name: str, vocabularies: bool, demands: tuple[tuple[Profile, Demand], ...], elm: str
) -> Slot | None:
    fact = cls.terms()[field_name]
    if field_name in cls.NOT_IN_SHAPE or fact.since == "3.3" or cls.IRI == "cred:VerifiableCredential":
        return None
    if elm == "3.1":
        fact = replace(fact, **_DIFFERENT_IN_3_1.get((cls.TYPE, fact.name), {}))
    datatype = fact.datatype or ""
    kind = datatype.removeprefix("sh:") if datatype.startswith("sh:") else "IRI" if fact.iri_only else ""
    shapes = (_node_shape(fact.node),) if fact.node else ()
    list_ = vocabulary(fact.scheme).scheme if vocabularies and fact.scheme else ""
    slot = Slot(
        cls=cls.TYPE,
        term=fact,
        path=fact.iri,
        at_least=fact.at_least,
        at_most=fact.at_most,
        classes=frozenset() if fact.node == "ClaimNodeShape" else frozenset(expand(iri) for iri in fact.ranges),
        datatype="" if not datatype or datatype.startswith("sh:") else expand(datatype),
        kind=kind,
        unique_lang=datatype == "rdf:langString" and fact.unique_lang,
        maximum=fact.maximum,
        shapes=shapes,
        scheme=list_,
        scheme_typed=fact.scheme_typed,
        demands=demands,
        demanded=tuple(
            NodeShape(demand.only, frozenset((object_iri(CLASSES[demand.only]),)))
            for _, demand in demands
            if demand.only
        ),
    )
    return replace(slot, accepts=_quick_test(slot))


_CLAIMS: Final = ("LearningAchievement", "LearningActivity", "LearningAssessment", "LearningEntitlement")


@cache
def _node_shape(name: str) -> NodeShape:
    if name == "IssuerNodeShape":
        identifier = _slot(CLASSES["Organisation"], "eidas_identifier", False, (), "3.2")
        assert identifier is not None  # noqa: S101  # the field is in the shape of an organisation
        only = replace(identifier, at_least=1)
        return NodeShape(name, slots={only.path: replace(only, accepts=_quick_test(only))})
    claim = CLASSES["Claim"]
    slots = {slot.path: slot for field_name in claim.terms() if (slot := _slot(claim, field_name, False, (), "3.2"))}
    path = claim.terms()["dc_type"].iri
    slots[path] = replace(slots[path], at_least=1)
    return NodeShape(name, frozenset(object_iri(CLASSES[one]) for one in _CLAIMS), slots)


def _quick_test(slot: Slot) -> Callable[[list[Any]], bool]:
    """A test that is true only for values, one or more, that break nothing and are in their lexical form."""
    most = slot.most
    if slot.datatype == LANG_STRING:
        return _quick_texts(most, slot.unique_lang)
    if slot.datatype and slot.maximum is None:
        return _quick_literals(most, slot.datatype)
    if slot.kind == "Literal":
        return lambda values: len(values) <= most and all(value.__class__ is tuple for value in values)
    if slot.maximum is not None or not (slot.classes or slot.shapes):
        return lambda _: False  # so rare that it is not worth a quick test
    if slot.scheme:
        return _quick_concepts(most, slot.scheme)
    classes = slot.classes
    within: tuple[Slot, ...] = ()
    for shape in (*slot.shapes, *slot.demanded):
        if shape.classes:
            classes = shape.classes
        else:
            within += tuple(shape.slots.values())
    return _quick_nodes(most, classes, within, named=slot.kind == "IRI")


def _quick_texts(most: int, unique: bool) -> Callable[[list[Any]], bool]:
    def accepts(values: list[Any]) -> bool:
        if len(values) > most:
            return False
        for value in values:
            if value.__class__ is not tuple or value[2] is None:
                return False
        return not unique or len(values) == 1 or len({value[2] for value in values}) == len(values)

    return accepts


def _quick_literals(most: int, datatype: str) -> Callable[[list[Any]], bool]:
    undisputed = UNDISPUTED.get(datatype)

    def accepts(values: list[Any]) -> bool:
        if len(values) > most:
            return False
        for value in values:
            if value.__class__ is not tuple or value[1] != datatype:
                return False
            if undisputed is not None and not undisputed(value[0]):
                return False
        return True

    return accepts


def _quick_nodes(
    most: int, classes: frozenset[str], within: tuple[Slot, ...], *, named: bool
) -> Callable[[list[Any]], bool]:
    def accepts(values: list[Any]) -> bool:
        if len(values) > most:
            return False
        for value in values:
            if value.__class__ is not Node or classes.isdisjoint(value.types) or (named and value.iri[0] == "_"):
                return False
            for slot in within:  # of the issuer: each must be there
                if slot.path not in value.values or not slot.accepts(value.values[slot.path]):
                    return False
        return True

    return accepts


def _quick_concepts(most: int, scheme: str) -> Callable[[list[Any]], bool]:
    concept = NAMESPACES["skos"] + "Concept"

    def accepts(values: list[Any]) -> bool:
        if len(values) > most:
            return False
        for value in values:
            if value.__class__ is not Node or concept not in value.types or value.iri[0] == "_":
                return False
            lists = value.values.get(IN_SCHEME)
            if lists is None or len(lists) != 1 or lists[0].__class__ is not Node or lists[0].iri != scheme:
                return False
            if CONCEPT_SCHEME not in lists[0].types:
                return False
        return True

    return accepts
