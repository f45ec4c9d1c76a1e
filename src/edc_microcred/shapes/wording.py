"""From a broken constraint to a finding: which rule it is, where it stands, and what a registrar is told."""

import difflib
import re
from typing import Any, Final

from edc_microcred.elm import CLASSES
from edc_microcred.elm.model import object_iri
from edc_microcred.findings import Finding, Rule
from edc_microcred.shapes import rules
from edc_microcred.shapes.constraints import SCHEME_SHAPE, NodeShape, Slot, Violation, shared_languages
from edc_microcred.shapes.datatypes import BOOLEAN, DATE_TIME, DECIMAL, DURATION, INTEGER, POSITIVE
from edc_microcred.shapes.graph import LANG_STRING, STRING, XSD, Graph, Literal, Node
from edc_microcred.shapes.iris import shown
from edc_microcred.shapes.places import Places
from edc_microcred.shapes.profiles import DIPLOMA_SUPPLEMENT, Profile

_CLASS_NAMES: Final = {object_iri(cls): name for name, cls in CLASSES.items()}
_END: Final = re.compile(r"[/#:]")
_NEAR: Final = 0.7
_DATATYPES: Final = {
    BOOLEAN: "true or false",
    DATE_TIME: "a date with time and zone, such as 2026-03-01T09:00:00+01:00",
    DECIMAL: "a decimal number",
    DURATION: "a duration, such as PT75H",
    INTEGER: "a whole number",
    POSITIVE: "a whole number from 1",
    LANG_STRING: 'a text with its language, such as {"en": "…"}',
    STRING: "a text",
    XSD + "anyURI": "a web address as text",
}
_KINDS: Final = {"IRI": "an object with an id that is an absolute IRI", "Literal": "a text or a number"}
_RULES: Final = {
    "MinCount": rules.MISSING,
    "MaxCount": rules.TOO_MANY,
    "Class": rules.CLASS,
    "Or": rules.CLASS,
    "Datatype": rules.DATATYPE,
    "NodeKind": rules.NODE_KIND,
    "UniqueLang": rules.LANGUAGE_TWICE,
    "MaxInclusive": rules.MAXIMUM,
}
_OF_PROFILES: Final = {
    "MinCount": rules.PROFILE_MISSING,
    "MaxCount": rules.PROFILE_TOO_MANY,
    "Node": rules.PROFILE_CLASS,
}
_OF_SHAPES: Final = {"IssuerNodeShape": rules.ISSUER_IDENTIFIER, "ClaimNodeShape": rules.CLAIM}


class Wording:
    """Words the findings about one graph."""

    def __init__(self, places: Places, profile: Profile) -> None:
        self._places = places
        self._profile = profile

    def of(self, node: Node, slot: Slot, violation: Violation) -> Finding:
        """The finding that a violation is."""
        component, value, by = violation
        rule = _rule(component, by)
        found = node.values.get(slot.path, ())
        most = [one for one in (slot.at_most, *(demand.at_most for _, demand in slot.demands)) if one is not None]
        return rule.found(
            self._places.of(node, slot.path, value),
            focus=node.iri,
            path=slot.path,
            constraint=f"{component}ConstraintComponent",
            cls=slot.cls,
            member=slot.term.name,
            means=slot.term.means,
            profile=by.name if isinstance(by, Profile) else self._profile.name,
            count=len(found),
            at_most=min(most, default=0),
            maximum=slot.maximum,
            scheme=slot.scheme,
            tags=", ".join(shared_languages(found)) if component == "UniqueLang" else "",
            wanted=_wanted(slot, component, by),
            seen=_identifiers(value) if rule is rules.ISSUER_IDENTIFIER else seen(value) + _meant(value, slot),
            because=_ignored(node, slot) if component == "MinCount" else _shared(node),
            value=plain(value),
        )

    def lexical(self, node: Node, slot: Slot, value: Literal) -> Finding:
        """The finding that a literal is in a form that its datatype does not have."""
        return rules.LEXICAL_FORM.found(
            self._places.of(node, slot.path, value),
            focus=node.iri,
            path=slot.path,
            cls=slot.cls,
            member=slot.term.name,
            wanted=_DATATYPES[slot.datatype],
            value=value[0],
        )

    def has_no_end(self, slot: Slot, violation: Violation) -> bool:
        """Whether what is missing is the part that each part of a Diploma Supplement's qualification needs again."""
        return slot.cls == "Qualification" and slot.term.name == "hasPart" and violation.by is DIPLOMA_SUPPLEMENT

    def cycle(self, node: Node) -> Finding:
        """The finding that explains why a qualification without parts cannot be helped."""
        return rules.CYCLE.found(self._places.of(node), focus=node.iri, profile=DIPLOMA_SUPPLEMENT.name)


def _shared(node: Node) -> str:
    count = len(node.described)
    return f" {count} objects in the file share the id {shown(node.iri)}: as data they are one." if count > 1 else ""


def _ignored(node: Node, slot: Slot) -> str:
    if any(slot.term.name in members for members in node.described):
        return " What stands there counts for nothing as data: it is empty, or a text that is no IRI."
    return ""


def _rule(component: str, by: Profile | NodeShape | None) -> Rule:
    if by is None:
        return _RULES[component]
    if by is SCHEME_SHAPE:
        return rules.NO_URI if component == "NodeKind" else rules.SCHEME
    return _OF_PROFILES[component] if isinstance(by, Profile) else _OF_SHAPES[by.name]


def _wanted(slot: Slot, component: str, by: Profile | NodeShape | None) -> str:
    if isinstance(by, Profile):
        return " or ".join(demand.only for one, demand in slot.demands if one is by and demand.only)
    if component in ("Class", "Or"):
        return " or ".join(_CLASS_NAMES[iri] for iri in sorted(slot.classes))
    if component == "NodeKind":
        return _KINDS.get(slot.kind, "")
    return _DATATYPES.get(slot.datatype, slot.datatype)


def seen(value: Node | Literal | None) -> str:
    """What a value is, in words."""
    if value is None:
        return "none"
    if isinstance(value, Node):
        if value.types:
            return "an object of the type " + ", ".join(
                sorted(_CLASS_NAMES.get(iri, shown(iri)) for iri in value.types)
            )
        if value.described:
            return "an object that does not say its type"
        return f"only the id {shown(value.iri)}, and no object is described with it"
    text, datatype, tag = value
    if datatype == STRING:
        return "a text without a language"
    if tag is not None:
        return f"a text in the language {tag}"
    return f"“{text[:80]}”"


def _meant(value: Node | Literal | None, slot: Slot) -> str:
    """The class that a type of no class is probably meant for: one that the property takes, else any."""
    unknown = [iri for iri in sorted(value.types) if iri not in _CLASS_NAMES] if isinstance(value, Node) else []
    wanted = [_CLASS_NAMES[iri] for iri in (*slot.classes, *(iri for shape in slot.shapes for iri in shape.classes))]
    for iri in unknown:
        name = _END.split(shown(iri))[-1]
        for names in (wanted, _CLASS_NAMES.values()):
            if near := difflib.get_close_matches(name, names, n=1, cutoff=_NEAR):
                return f" (did you mean {near[0]}?)"
    return ""


def plain(value: Node | Literal | None) -> str | None:
    """A value as a SHACL report gives it: an IRI, a blank node's label, or a literal's text."""
    if value is None:
        return None
    return value.iri if isinstance(value, Node) else value[0]


def _identifiers(value: Node | Literal | None) -> str:
    if not isinstance(value, Node):
        return "none: it is only a text"
    path = CLASSES["Organisation"].terms()["eidas_identifier"].iri
    found = value.values.get(path, [])
    return {0: "none", 1: "one that is no LegalIdentifier"}.get(len(found), str(len(found)))


def why_no_credential(graph: Graph) -> str:
    """Why there is no credential in a graph, as far as its document shows it."""
    source: Any = graph.source
    if not isinstance(source, dict):
        return "no object in the document has the type EuropeanDigitalCredential."
    if "payload" in source and ("signatures" in source or "signature" in source):
        return "this is a sealed file as a whole; the credential is in its payload."
    if "@context" not in source and not any(name.startswith("@") for name in source):
        return "it has no @context, so that none of its members means anything."
    kinds = source.get("type", source.get("@type"))
    named = kinds if isinstance(kinds, list) else [kinds]
    if "EuropeanDigitalCredential" in named:
        return "its @context does not define the type EuropeanDigitalCredential."
    return "its type does not name EuropeanDigitalCredential."
