"""From the nodes of an expanded JSON-LD document to the compact tree that the model is read from.

JSON-LD may list the objects of a credential side by side and let them point at each other; the model is a tree. Here
each object is put where it is pointed at: whole at its first mention, as its bare id at every further one, so that a
cycle ends and nothing is written twice. Objects that already stand in a tree stay as they stand.

Clauses: JSON-LD 1.1 API, 6.1.2 (compaction), 4.1.9 (reverse properties), 4.1.11 (included nodes).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from edc_microcred.elm import CLASSES, NAMESPACES
from edc_microcred.elm.terms import expand as full_iri
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.errors import LimitError
from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.jsonld.definitions import (
    OTHER_VERSIONS,
    Definition,
    class_terms,
    from_3_3,
    property_terms,
    type_scoped,
)
from edc_microcred.limits import DEFAULT_LIMITS, Limits

_CREDENTIAL: Final = full_iri("elm:EuropeanDigitalCredential")
_STRING: Final = NAMESPACES["xsd"] + "string"
_MODEL: Final = NAMESPACES["elm"].removesuffix("elm/")
_OF_A_VALUE: Final = ("@value", "@type", "@language", "@direction")
_EXAMPLE: Final = {
    "@id": "urn:credential:1",
    "@type": [NAMESPACES["cred"] + "VerifiableCredential", _CREDENTIAL],
}
_ELM_3_2: Final = "ELM 3.2, EDC application profile 1.2.0"

NO_CREDENTIAL: Final = Rule(
    id="ld/no-credential", severity=Severity.ERROR, since="0.1", source=f"{_ELM_3_2}; JSON-LD 1.1, 4.1.3",
    title="There is no European Digital Credential in it",
    message="No object of the class EuropeanDigitalCredential is in the document.",
    why="Read as data, the document says nothing that the profiles look at: they would let it pass without a look.",
    fix="Give `type` the values VerifiableCredential and EuropeanDigitalCredential, and `@context` both contexts.",
    wrong=[{"@id": "urn:epass:person:1", "@type": [NAMESPACES["elm"] + "Person"]}], right=[_EXAMPLE],
)  # fmt: skip
SEVERAL_CREDENTIALS: Final = Rule(
    id="ld/several-credentials", severity=Severity.ERROR, since="0.1", source=_ELM_3_2,
    title="There is more than one credential in it",
    message="{count} credentials stand side by side in the document; only the first was read.",
    why="Two readers could take two different credentials for the one that was sealed.",
    fix="Put each credential in a file of its own.",
    wrong=[_EXAMPLE, {**_EXAMPLE, "@id": "urn:credential:2"}], right=[_EXAMPLE, _EXAMPLE],
)  # fmt: skip
OTHER_VERSION: Final = Rule(
    id="ld/other-version", severity=Severity.WARNING, since="0.1", source="ELM 3.1, 3.2 and 3.3, namespaces",
    title="Names of another version of ELM",
    message="{count} names are those of ELM {version}; they were read as those of 3.2.",
    why="The same property has another address in each version; software of one version does not see the other's.",
    fix="Write the names of ELM 3.2, as the Commission's issuer does.",
    wrong=[{**_EXAMPLE, _MODEL + "ontology/credentialProfiles": [{"@id": "urn:example:profile"}]}],
    right=[{**_EXAMPLE, _MODEL + "elm/credentialProfiles": [{"@id": "urn:example:profile"}]}],
)  # fmt: skip
NODE_NOT_REACHED: Final = Rule(
    id="ld/node-not-reached", severity=Severity.WARNING, since="0.1", source="JSON-LD 1.1, 4.1.12",
    title="Data that is not connected with the credential",
    message="{count} objects in the document are not connected with the credential; they were not read.",
    why="No property of the credential leads to them: nobody can tell whether they are meant to be part of it.",
    fix="Put each object into the property that it belongs to, or take it out.",
    wrong=[_EXAMPLE, {"@id": "urn:epass:person:1", "@type": [NAMESPACES["elm"] + "Person"]}],
    right=[{**_EXAMPLE, NAMESPACES["cred"] + "credentialSubject": [{"@id": "urn:epass:person:1"}]},
           {"@id": "urn:epass:person:1", "@type": [NAMESPACES["elm"] + "Person"]}],
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (NO_CREDENTIAL, SEVERAL_CREDENTIALS, OTHER_VERSION, NODE_NOT_REACHED)


def to_tree(nodes: list[Any], *, limits: Limits = DEFAULT_LIMITS) -> tuple[dict[str, Any], list[Finding]]:
    """The compact tree of the one credential among expanded `nodes`, with EDC's terms, and what is wrong.

    Names of ELM 3.1 and 3.3 become those of 3.2. Without a credential the tree is that of the first
    VerifiableCredential, or empty but for its context. `nodes` are used up. Raises `LimitError` when the tree would be
    deeper than `limits.depth`.
    """
    findings: list[Finding] = []
    seen = _Versions()
    loose = [seen.of(node) for node in nodes if isinstance(node, dict)]
    for version, count in sorted(seen.counts.items()):
        findings.append(OTHER_VERSION.found(count=count, version=version))
    hoisted = _Hoisted()
    for node in loose:
        hoisted.top_level(node)
    root = _root(hoisted, findings)
    tree: dict[str, Any] = {}
    if root is not None:
        writer = _Tree(limits)
        writer.describe(hoisted.nodes)
        tree = writer.node(root, 1)
        writer.take_out_needless_labels()
        several = any(finding.rule == SEVERAL_CREDENTIALS.id for finding in findings)
        if (left := writer.left_over()) and not several:
            findings.append(NODE_NOT_REACHED.found(count=left))
    tree["@context"] = list(CONTEXTS)
    return tree, findings


class _Versions:
    """Turns the names of other versions of ELM into those of 3.2, and counts them."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def of(self, item: Any) -> Any:
        if isinstance(item, list):
            return [self.of(below) for below in item]
        if not isinstance(item, dict) or "@value" in item:
            return item
        read: dict[str, Any] = {}
        for name, value in item.items():
            if name == "@id":
                read[name] = self.iri(value)
            elif name == "@type":
                read[name] = [self.iri(kind) for kind in value]
            else:
                new = name if name.startswith("@") else self.iri(name)
                below = self.of(value)
                read[new] = read[new] + below if new in read else below
        return read

    def iri(self, iri: str) -> str:
        known = OTHER_VERSIONS.get(iri)
        if known is None:
            newer = from_3_3(iri)
            if newer is None:
                return iri
            known = (newer, "3.3")
        self.counts[known[1]] = self.counts.get(known[1], 0) + 1
        return known[0]


class _Hoisted:
    """The top-level nodes, with those of `@included` and `@reverse` brought beside them."""

    def __init__(self) -> None:
        self.nodes: list[dict[str, Any]] = []
        self.credentials: list[dict[str, Any]] = []
        self.mentioned: set[str] = set()
        self.nested: set[int] = set()

    def top_level(self, node: dict[str, Any]) -> None:
        self.nodes.append(node)
        stack: list[Any] = [node]
        while stack:
            item = stack.pop()
            if isinstance(item, list):
                stack += reversed(item)
            elif isinstance(item, dict) and "@value" not in item:
                for source in self.sources(item):
                    self.nodes.append(source)
                    stack.append(source)
                if _CREDENTIAL in item.get("@type", ()):
                    self.credentials.append(item)
                for name, value in item.items():
                    if name != "@graph" and not isinstance(value, str):
                        self.mention(value)
                        stack.append(value)

    def sources(self, item: dict[str, Any]) -> Iterable[dict[str, Any]]:
        yield from (node for node in item.pop("@included", ()) if isinstance(node, dict))
        reverse = item.pop("@reverse", None)
        if reverse:
            own = item.setdefault("@id", f"_:edc-microcred-reversed-{len(self.nodes)}")
            for name, nodes in reverse.items():
                for node in nodes:
                    yield {**node, name: [*node.get(name, ()), {"@id": own}]}

    def mention(self, values: Any) -> None:
        for value in values if isinstance(values, list) else ():
            if isinstance(value, dict) and "@value" not in value:
                self.nested.add(id(value))
                if isinstance(value.get("@id"), str):
                    self.mentioned.add(value["@id"])


def _root(hoisted: _Hoisted, findings: list[Finding]) -> dict[str, Any] | None:
    distinct: dict[Any, dict[str, Any]] = {}
    for node in hoisted.credentials:
        distinct.setdefault(node.get("@id", id(node)), node)
    outer = [
        node
        for node in distinct.values()
        if node.get("@id") not in hoisted.mentioned and (id(node) not in hoisted.nested or "@id" in node)
    ]
    candidates = outer or list(distinct.values())
    if not candidates:
        findings.append(NO_CREDENTIAL.found())
        other = full_iri("cred:VerifiableCredential")
        return next((node for node in hoisted.nodes if other in node.get("@type", ())), None)
    if len(candidates) > 1:
        findings.append(SEVERAL_CREDENTIALS.found(count=len(candidates)))
    return candidates[0]


@dataclass(slots=True)
class _Tree:
    """Writes one tree. `loose` are the descriptions that have found no place yet, by id."""

    limits: Limits
    loose: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    nameless: set[int] = field(default_factory=set)
    label_uses: dict[str, int] = field(default_factory=dict)
    labelled: list[dict[str, Any]] = field(default_factory=list)

    def describe(self, nodes: Iterable[dict[str, Any]]) -> None:
        for node in nodes:
            if isinstance(node.get("@id"), str):
                self.loose.setdefault(node["@id"], []).append(node)
            else:
                self.nameless.add(id(node))

    def left_over(self) -> int:
        return len(self.loose) + len(self.nameless)

    def take_out_needless_labels(self) -> None:
        """A blank node's label that is used once says nothing."""
        for members in self.labelled:
            if self.label_uses[members["id"]] == 1:
                del members["id"]

    def node(self, node: dict[str, Any], depth: int) -> dict[str, Any]:
        if depth > self.limits.depth:
            raise LimitError(
                f"The objects of the document lead more than {self.limits.depth} levels deep.",
                remedy="No credential does.",
            )
        identifier = node.get("@id")
        parts = [node]
        if isinstance(identifier, str):
            parts += [part for part in self.loose.pop(identifier, ()) if part is not node]
        else:
            self.nameless.discard(id(node))
        members: dict[str, Any] = {}
        if isinstance(identifier, str):
            members["id"] = identifier
            self.count(identifier)
            if identifier.startswith("_:"):
                self.labelled.append(members)
        kinds = _type_names(kind for part in parts for kind in part.get("@type", ()))
        if kinds:
            members["type"] = kinds[0] if len(kinds) == 1 else kinds
        scoped = {name: term for kind in kinds for name, term in type_scoped().get(kind, {}).items()}
        for iri, values in sorted(_merged(parts).items()):
            key, term = _term(iri, scoped)
            written = self.values(values, term, depth)
            if key in members:
                before = members[key]
                written = [*(before if isinstance(before, list) else [before]), *written]
            members[key] = _compact(written, term)
        return members

    def count(self, identifier: str) -> None:
        if identifier.startswith("_:"):
            self.label_uses[identifier] = self.label_uses.get(identifier, 0) + 1

    def values(self, values: list[Any], term: Definition | None, depth: int) -> list[Any]:
        return [self.value(value, term, depth) for value in values]

    def value(self, value: Any, term: Definition | None, depth: int) -> Any:
        if "@value" in value:
            return _literal(value, term)
        if "@list" in value:
            return {"@list": self.values(value["@list"], term, depth)}
        if "@graph" in value:
            return self.graph(value, term, depth)
        identifier = value.get("@id")
        bare = isinstance(identifier, str) and not any(name not in ("@id", "@index") for name in value)
        if not bare:
            return self.node(value, depth + 1)
        described = self.loose.get(identifier, ())
        if any("@graph" in part for part in described):
            return self.graph({"@graph": [node for part in self.loose.pop(identifier) for node in part["@graph"]]},
                              term, depth)  # fmt: skip
        if described:
            return self.node(value, depth + 1)
        self.count(identifier)
        return identifier if term is not None and term.coerced == "@id" else {"id": identifier}

    def graph(self, value: Mapping[str, Any], term: Definition | None, depth: int) -> Any:
        """What stands in a graph of its own, such as a proof: its nodes do not mix with ours."""
        inner = _Tree(self.limits)
        nodes = [node for node in value["@graph"] if isinstance(node, dict)]
        inner.describe(nodes)
        mentioned = {one["@id"] for node in nodes for name, values in node.items() if isinstance(values, list)
                     for one in values if isinstance(one, dict) and isinstance(one.get("@id"), str)}  # fmt: skip
        outer = [node for node in nodes if node.get("@id") not in mentioned] or nodes[:1]
        written = [inner.node(node, depth + 1) for node in outer]
        inner.take_out_needless_labels()
        if term is not None and term.graph and len(written) == 1:
            return written[0]
        return {"@graph": written}


def _type_names(kinds: Iterable[str]) -> list[str]:
    names = list(dict.fromkeys(class_terms().get(kind, kind) for kind in kinds))
    for name in names:
        cls = CLASSES.get(name)
        if cls is not None and cls.ALSO and set(names) == {*cls.ALSO, name}:
            return [*cls.ALSO, name]
    return names


def _merged(parts: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """The properties of a node that is described in several places, each value once."""
    merged: dict[str, list[Any]] = {}
    for part in parts:
        for name, values in part.items():
            if not name.startswith(("@", "_:")):
                merged.setdefault(name, []).extend(values)
    if len(parts) > 1:
        return {name: list({json.dumps(one, sort_keys=True): one for one in values}.values())
                for name, values in merged.items()}  # fmt: skip
    return merged


def _term(iri: str, scoped: Mapping[str, Definition]) -> tuple[str, Definition | None]:
    """The key for a property: its term where that means this property in this object, its IRI otherwise."""
    for name, term in scoped.items():
        if term.iri == iri:
            return name, term
    found = property_terms().get(iri)
    if found is None or found.name in scoped:
        return iri, None
    return found.name, found


def _literal(value: Mapping[str, Any], term: Definition | None) -> Any:
    """A literal as its bare value where the term says the rest, as a value object otherwise."""
    bare = value["@value"]
    is_text = isinstance(bare, str)
    kind = value.get("@type") or (_STRING if is_text else "")
    coerced = "" if term is None else term.coerced
    if "@language" in value or "@direction" in value or (term is not None and term.language):
        said = False
    elif coerced.startswith("@"):
        said = not is_text and not kind
    elif coerced:
        said = kind == coerced
    else:
        said = kind == (_STRING if is_text else "")
    return bare if said else {name: value[name] for name in _OF_A_VALUE if name in value}


def _compact(values: list[Any], term: Definition | None) -> Any:
    """One value without its list; texts with their languages as a language map where the term takes one."""
    if term is not None and term.language:
        if all(isinstance(one, dict) and one.keys() == {"@value", "@language"} for one in values) and values:
            texts: dict[str, list[str]] = {}
            for one in values:
                texts.setdefault(one["@language"], []).append(one["@value"])
            return {tag: found[0] if len(found) == 1 else found for tag, found in texts.items()}
        if len(values) == 1 and isinstance(values[0], dict) and values[0].keys() == {"@value"}:
            return values[0]["@value"]
        return values
    return values[0] if len(values) == 1 else values
