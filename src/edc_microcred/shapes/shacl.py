"""A profile as a SHACL file, for Jena, pySHACL and others: written from the same facts that the validator checks.

Each file stands alone: it holds what the profile demands and what all profiles below it do. Shapes and words are ours;
targets, paths and constraint components are such that the verdict is that of the published files.

    >>> from edc_microcred.shapes import profile
    >>> print(write_shacl(profile("converted")).count("sh:targetClass"), "classes")
    48 classes

Clauses: SHACL, 2.1 (targets), 4 (constraint components); RDF 1.1 Turtle.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from edc_microcred.elm import NAMESPACES
from edc_microcred.shapes.constraints import IN_SCHEME, ClassPlan, NodeShape, Slot, plans_of
from edc_microcred.shapes.profiles import Profile
from edc_microcred.shapes.scopes import ELM_VERSIONS
from edc_microcred.vocabularies import vocabulary

_SHAPES: Final = "urn:edc-microcred:shapes"
_PREFIXES: Final = {**NAMESPACES, "owl": "http://www.w3.org/2002/07/owl#", "sh": "http://www.w3.org/ns/shacl#"}
_ONTOLOGY: Final = """\
<{name}> a owl:Ontology ;
    rdfs:label "{title}"@en ;
    rdfs:comment "{comment}"@en ;
    dc:source {sources} .
"""
_COMMENT: Final = (
    "What the profile demands, in shapes of edc-microcred's own. The verdict is that of the published shapes. "
    "Facts: European Learning Model {elm}, European Commission, CC BY 4.0."
)
Lines = list[tuple[str, str]]
"""Predicate and object, each as Turtle."""


def write_shacl(profile_: Profile, *, elm: str = ELM_VERSIONS[0]) -> str:
    """The Turtle text of a profile's shapes, everything that it builds on included; always the same."""
    name = f"{_SHAPES}:{profile_.name}" + ("" if elm == ELM_VERSIONS[0] else f":elm-{elm}")
    writer = _Writer()
    blocks = [
        "\n".join(f"@prefix {prefix}: <{iri}> ." for prefix, iri in {**_PREFIXES, "shape": f"{name}:"}.items()),
        _ONTOLOGY.format(
            name=name,
            title=_escaped(f"{profile_.title} profile of a European Digital Credential"),
            comment=_escaped(_COMMENT.format(elm=elm)),
            sources=", ".join(f"<{one.iri}>" for one in profile_.lineage if one.iri),
        ),
        *(block for plan in plans_of(profile_, elm).values() if plan.slots for block in writer.of_class(plan)),
        *(block for _, block in sorted(writer.others.items())),
    ]
    return "\n".join(block if block.endswith("\n") else f"{block}\n" for block in blocks)


class _Writer:
    def __init__(self) -> None:
        self.others: dict[str, str] = {}
        """The shapes that property shapes point to, by name."""

    def of_class(self, plan: ClassPlan) -> Iterator[str]:
        """The shape of a class, and the shapes of its properties."""
        name = plan.cls.TYPE
        own = [f"shape:{name}-{slot.term.name}" for slot in plan.slots.values()]
        yield _block(
            f"shape:{name}",
            [("a", "sh:NodeShape"), ("sh:targetClass", plan.cls.IRI), *(("sh:property", one) for one in own)],
        )
        for subject, slot in zip(own, plan.slots.values(), strict=True):
            yield _block(subject, [("a", "sh:PropertyShape"), *self.of_property(slot)])

    def of_property(self, slot: Slot) -> Lines:
        """What is said of one property."""
        lines = [
            ("sh:path", slot.term.path),
            ("sh:name", f'"{slot.term.name}"'),
            ("sh:description", f'"{_escaped(slot.term.means)}"@en'),
        ]
        least = max((slot.at_least, *(demand.at_least for _, demand in slot.demands)))
        most = [one for one in (slot.at_most, *(demand.at_most for _, demand in slot.demands)) if one is not None]
        if least:
            lines.append(("sh:minCount", str(least)))
        if most:
            lines.append(("sh:maxCount", str(min(most))))
        if len(slot.classes) == 1:
            lines.append(("sh:class", _compact(min(slot.classes))))
        elif slot.classes:
            lines.append(("sh:or", _alternatives(slot.classes)))
        if slot.datatype:
            lines.append(("sh:datatype", _compact(slot.datatype)))
        if slot.unique_lang:
            lines.append(("sh:uniqueLang", "true"))
        if slot.maximum is not None:
            lines.append(("sh:maxInclusive", str(slot.maximum)))
        if slot.kind or slot.scheme:
            lines.append(("sh:nodeKind", f"sh:{slot.kind or 'IRI'}"))
        lines += [("sh:node", self.of_values(shape)) for shape in (*slot.shapes, *slot.demanded)]
        if slot.scheme:
            lines.append(("sh:node", self.of_list(slot)))
        return lines

    def of_values(self, shape: NodeShape) -> str:
        """The name of the shape that a property's values have to meet."""
        name = f"shape:{shape.name}" if shape.slots else f"shape:only-{shape.name}"
        if name not in self.others:
            properties = [("sh:property", _nested(self.of_property(slot))) for slot in shape.slots.values()]
            if not shape.slots:
                (only,) = shape.classes
                lines = [("sh:class", _compact(only))]
            elif shape.classes:
                general = f"{name}-general"
                self.others[general] = _block(general, [("a", "sh:NodeShape"), *properties])
                lines = [("sh:or", _alternatives(shape.classes, f"[ sh:node {general} ]"))]
            else:
                lines = properties
            self.others[name] = _block(name, [("a", "sh:NodeShape"), *lines])
        return name

    def of_list(self, slot: Slot) -> str:
        """The name of the shape that a value from a controlled list has to meet."""
        name = f"shape:list-{vocabulary(slot.term.scheme or '').name}"
        demand = [("sh:path", _compact(IN_SCHEME)), ("sh:hasValue", f"<{slot.scheme}>"), ("sh:nodeKind", "sh:IRI")]
        if slot.scheme_typed:
            demand.append(("sh:class", "skos:ConceptScheme"))
        self.others[name] = _block(name, [("a", "sh:NodeShape"), ("sh:property", _nested(demand))])
        return name


def _alternatives(classes: Iterable[str], *more: str) -> str:
    return " ".join(("(", *(f"[ sh:class {_compact(iri)} ]" for iri in sorted(classes)), *more, ")"))


def _nested(lines: Lines) -> str:
    return f"[ {' ; '.join(f'{predicate} {thing}' for predicate, thing in lines)} ]"


def _block(subject: str, lines: Lines) -> str:
    return f"{subject} " + " ;\n    ".join(f"{predicate} {thing}" for predicate, thing in lines) + " .\n"


def _compact(iri: str) -> str:
    prefix, namespace = max(
        ((prefix, namespace) for prefix, namespace in _PREFIXES.items() if iri.startswith(namespace)),
        key=lambda found: len(found[1]),
    )
    return f"{prefix}:{iri.removeprefix(namespace)}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
