"""What a credential says as RDF: expanded JSON-LD, quads, and N-Quads text.

Expansion is pyld's, offline; the step from there to quads is our own, because it must stay linear for any input and
must not complete relative IRIs with an address of somebody else's. An IRI that is not absolute names nothing: it is no
part of the graph (`relative_iris` reports it), unless the caller gives a `base`.

    >>> quads = to_quads({"@id": "urn:epass:person:1", "http://purl.org/dc/terms/title": {"@value": "x"}})
    >>> print(nquads(quads), end="")
    <urn:epass:person:1> <http://purl.org/dc/terms/title> "x" .

Clauses: JSON-LD 1.1 API, 5.1.2 (expansion), 7.1.2 (to RDF), 7.2.2 (object to RDF); RDF 1.1 N-Quads, 3.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from edc_microcred.elm import NAMESPACES
from edc_microcred.elm.model import is_absolute
from edc_microcred.elm.values import LANGUAGE_TAG
from edc_microcred.jsonld.loading import depth_of_python, expand_by_pyld
from edc_microcred.limits import DEFAULT_LIMITS, Limits

_RDF: Final = NAMESPACES["rdf"]
_XSD: Final = NAMESPACES["xsd"]
_TYPE: Final = _RDF + "type"
_STRING: Final = _XSD + "string"
_DOUBLE: Final = _XSD + "double"
_LANG_STRING: Final = _RDF + "langString"
_MUST_ESCAPE: Final = re.compile(r'[\\"\n\r]')
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}


class Literal(NamedTuple):
    """A literal by its text, the IRI of its datatype, and its language tag (`rdf:langString` only)."""

    text: str
    datatype: str
    language: str = ""


class Quad(NamedTuple):
    """One statement. IRIs and blank nodes (`_:b0`) are plain text; `graph` is empty for the default graph."""

    subject: str
    predicate: str
    object: str | Literal
    graph: str = ""


def expand(value: Any, *, limits: Limits = DEFAULT_LIMITS) -> list[Any]:
    """The expanded form of any JSON-LD document: full IRIs, values as objects. Relative IRIs stay as they are written.

    Raises `ContextError`, `LimitError`, or `UnreadableError` for a document that is not JSON-LD.
    """
    return expand_by_pyld(value, limits=limits)


def to_quads(value: Any, *, limits: Limits = DEFAULT_LIMITS, base: str | None = None) -> list[Quad]:
    """The quads that a JSON-LD document means, without duplicates; blank nodes are named anew (`_:b0`, `_:b1`, ...).

    What RDF has no form for is not in them: relative IRIs (unless `base`, an absolute IRI, completes them), ill-formed
    language tags, blank nodes as properties. Raises as `expand` does.
    """
    return expanded_to_quads(expand_by_pyld(value, limits=limits, base=base))


def expanded_to_quads(expanded: list[Any]) -> list[Quad]:
    """The quads of a document in expanded form, as `expand` gives it; see `to_quads`."""
    writer = _Quads()
    with depth_of_python():
        for node in expanded:
            if isinstance(node, dict):
                writer.node(node, "")
    return list(writer.quads)


@dataclass(slots=True)
class _Quads:
    quads: dict[Quad, None] = field(default_factory=dict)
    blanks: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def name(self, identifier: str | None) -> str:
        """The node's IRI or its new blank label; relative IRIs come back as they are and are refused later."""
        if identifier is not None and not identifier.startswith("_:"):
            return identifier
        if identifier is None:
            self.count += 1
            return f"_:b{self.count - 1}"
        if identifier not in self.blanks:
            self.blanks[identifier] = f"_:b{self.count}"
            self.count += 1
        return self.blanks[identifier]

    def add(self, subject: str, predicate: str, thing: str | Literal | None, graph: str) -> None:
        if thing is None or predicate.startswith("_:") or not is_absolute(predicate) or not is_absolute(subject):
            return
        if (isinstance(thing, str) and not is_absolute(thing)) or (graph and not is_absolute(graph)):
            return
        self.quads.setdefault(Quad(subject, predicate, thing, graph))

    def node(self, node: Mapping[str, Any], graph: str) -> str:
        subject = self.name(node.get("@id"))
        for name, values in node.items():
            if name == "@type":
                for kind in values:
                    self.add(subject, _TYPE, self.name(kind), graph)
            elif name == "@graph":
                for below in values:
                    self.node(below, subject)
            elif name == "@included":
                for below in values:
                    self.node(below, graph)
            elif name == "@reverse":
                for predicate, sources in values.items():
                    for source in sources:
                        self.add(self.node(source, graph), predicate, subject, graph)
            elif not name.startswith("@"):
                for value in values:
                    self.add(subject, name, self.thing(value, graph), graph)
        return subject

    def thing(self, value: Mapping[str, Any], graph: str) -> str | Literal | None:
        if "@value" in value:
            return _literal(value)
        if "@list" in value:
            return self.list(value["@list"], graph)
        return self.node(value, graph)

    def list(self, items: Iterable[Mapping[str, Any]], graph: str) -> str:
        head = _RDF + "nil"
        for item in reversed([self.thing(item, graph) for item in items]):
            cell = self.name(None)
            self.add(cell, _RDF + "first", item, graph)
            self.add(cell, _RDF + "rest", head, graph)
            head = cell
        return head


def _literal(item: Mapping[str, Any]) -> Literal | None:
    value, datatype, language = item["@value"], item.get("@type"), item.get("@language")
    if datatype == "@json":
        from pyld.jsonld import canonicalize

        return Literal(canonicalize(value).decode("utf-8"), _RDF + "JSON")
    if datatype is not None and not is_absolute(datatype):
        return None
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype or _XSD + "boolean")
    if isinstance(value, (int, float)):
        return _number(value, datatype)
    if language is not None:
        return Literal(value, _LANG_STRING, language) if LANGUAGE_TAG.fullmatch(language) else None
    if datatype == _DOUBLE:
        try:
            return Literal(_double(float(value)), _DOUBLE)
        except ValueError:
            pass
    return Literal(value, datatype or _STRING)


def _number(value: float, datatype: str | None) -> Literal:
    whole = isinstance(value, int) or value.is_integer()
    if whole and abs(value) < 1e21 and datatype != _DOUBLE:
        return Literal(str(int(value)), datatype or _XSD + "integer")
    try:
        return Literal(_double(float(value)), datatype or _DOUBLE)
    except OverflowError:
        return Literal("INF" if value > 0 else "-INF", datatype or _DOUBLE)


def _double(value: float) -> str:
    """The canonical lexical form of an xsd:double: 1.25E1."""
    mantissa, _, exponent = f"{value:.15E}".partition("E")
    if not exponent:
        return {"NAN": "NaN"}.get(mantissa, mantissa)
    mantissa = mantissa.rstrip("0")
    return f"{mantissa}{'0' if mantissa.endswith('.') else ''}E{int(exponent)}"


def nquads(quads: Iterable[Quad]) -> str:
    """The quads as N-Quads text, one a line, in alphabetical order."""
    return "".join(sorted(f"{' '.join(_written(part) for part in quad if part != '')} .\n" for quad in quads))


def _written(part: str | Literal) -> str:
    if isinstance(part, str):
        return part if part.startswith("_:") else f"<{part}>"
    text = f'"{_MUST_ESCAPE.sub(lambda found: _ESCAPES[found[0]], part.text)}"'
    if part.language:
        return f"{text}@{part.language}"
    return text if part.datatype == _STRING else f"{text}^^<{part.datatype}>"
