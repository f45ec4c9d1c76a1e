"""The content of a credential: does it keep the profile that it declares, and does all of it arrive as data?"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from edc_microcred.document import CONTEXT_WRONG, Document, load, with_remedy
from edc_microcred.elm import EuropeanDigitalCredential, write_credential
from edc_microcred.elm.learner_data import hide_learner_data
from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Check, Finding, Rule, Severity
from edc_microcred.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from edc_microcred.shapes import Graph

UNREADABLE: Final = Rule(
    id="edc/unreadable", severity=Severity.ERROR, since="0.1", source="RFC 8259; RFC 7493",
    title="The file cannot be read",
    message="{reason}",
    why="What cannot be read in one way only cannot be checked.",
    fix="Get the file again from its issuer, as it was issued.",
    wrong='{"id": "urn:credential:1", "id": "urn:credential:2"}',
    right='{"type": ["VerifiableCredential", "EuropeanDigitalCredential"]}',
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (UNREADABLE,)

Content = Document | EuropeanDigitalCredential | Mapping[str, Any] | Path | str | bytes | BinaryIO


def validate(source: Content, *, profile: str | None = None, limits: Limits = DEFAULT_LIMITS) -> list[Finding]:
    """What is wrong with the content of a credential; its seal is not looked at.

    `source` is a file (path), bytes, an open stream, JSON members, a model, or a `Document`. `profile` is checked
    instead of the one that the credential declares. A file that cannot be read gives one finding that says why.
    """
    try:
        return findings_of(_document(source, limits), profile)
    except UnreadableError as error:
        return [unreadable(error)]


def check_content_of(document: Document, profile: str | None) -> Check:
    """The check called *content*; what its findings quote of the learner is hidden, because reports are kept."""
    try:
        findings = findings_of(document, profile)
    except UnreadableError as error:
        findings = [unreadable(error)]
    forms = (document.credential_value, document.members)
    hidden = hide_learner_data(findings, *forms, everywhere=not document.is_canonical)
    return Check.of("content", hidden, message="The content keeps its profile.")


def findings_of(document: Document, profile: str | None = None, *, elm: str = "3.2") -> list[Finding]:
    """Reading faults, members that the contexts drop, what the profile of ELM `elm` demands, and what goes wrong
    though no profile forbids it, in this order.

    A credential whose contexts cannot be used is held to the profile as though it had the right ones, beside the
    finding that says so. Raises `UnreadableError` for a document that holds no credential.
    """
    from edc_microcred.elm.writing import CONTEXTS
    from edc_microcred.jsonld import dropped_terms, relative_iris
    from edc_microcred.shapes import Graph
    from edc_microcred.verification.spotless import is_spotless

    graph = _graph_of_usual(document, elm)
    if graph is not None and is_spotless(graph):
        return _said_once(_demanded(graph, profile, elm, document.limits))
    value = document.credential_value

    members, read = document.members, list(document.findings)
    rules = {finding.rule for finding in read}
    if CONTEXT_WRONG.id in rules:
        value, graph = {**members, "@context": list(CONTEXTS)}, None
    lost: list[Finding] = []
    demanded: list[Finding] = []
    try:
        if not document.is_usual and (document.is_canonical or CONTEXT_WRONG.id in rules):
            lost = [*dropped_terms(value, limits=document.limits), *relative_iris(value, limits=document.limits)]
        graph = graph or Graph.of(value, elm=elm, limits=document.limits)
        demanded = _demanded(graph, profile, elm, document.limits)
    except UnreadableError:
        if CONTEXT_WRONG.id not in rules:  # it was found already that this is no JSON-LD
            raise
    if "ld/no-credential" in rules:
        demanded = [f for f in demanded if f.rule != "edc/no-credential"]
    return _said_once([*read, *lost, *demanded])


def _graph_of_usual(document: Document, elm: str) -> "Graph | None":
    """The graph of a credential that stands by itself and has the usual contexts; `None` for any other."""
    from edc_microcred.elm.writing import CONTEXTS
    from edc_microcred.shapes import Graph

    value = document.value
    if not isinstance(value, dict) or value.get("@context") != list(CONTEXTS):
        return None
    try:
        return Graph.of(value, elm=elm, limits=document.limits)
    except UnreadableError:  # the long way finds out what it is
        return None


def _demanded(graph: "Graph", profile: str | None, elm: str, limits: Limits) -> list[Finding]:
    """What the profile demands, the declared one where none is named, and what goes wrong though it forbids it not."""
    from edc_microcred.conventions import check_conventions
    from edc_microcred.shapes import profile_of, validator_for

    chosen, declared = profile_of(graph) if profile is None else (profile, [])
    found = validator_for(chosen, elm).validate(graph, limits=limits)
    return [*declared, *found, *check_conventions(graph, limits=limits)]


_SAID_BETTER: Final[Mapping[str, frozenset[str]]] = {
    "elm/unknown-member": frozenset({"ld/dropped-term", "ld/look-alike-term", "ld/term-out-of-scope"}),
    "elm/dropped-term": frozenset({"ld/dropped-term"}),
    "elm/newer-term": frozenset({"ld/dropped-term"}),
    "elm/id-not-absolute": frozenset({"ld/relative-iri"}),
    "elm/lexical-form": frozenset({"elm/not-a-date", "elm/date-without-zone", "elm/not-a-duration", "elm/not-base64"}),
}
"""A rule -> those that say the same of the same place in better words."""


def _said_once(findings: list[Finding]) -> list[Finding]:
    """The findings without those that another one says better of the same place."""
    places: dict[str, set[str]] = {}
    for finding in findings:
        places.setdefault(finding.pointer, set()).add(finding.rule)
    return [f for f in findings if not _SAID_BETTER.get(f.rule, frozenset()) & places[f.pointer]]


_NOTHING_TO_CONFORM: Final = frozenset({UNREADABLE.id, CONTEXT_WRONG.id, "edc/no-credential", "ld/no-credential"})
"""The rules that say: as data there is no credential here. The shapes look at nothing then, and find nothing."""


def conforms(findings: Iterable[Finding]) -> bool:
    """Whether there is a credential and the published shapes find nothing against it; no other finding counts."""
    return not any(f.constraint is not None or f.rule in _NOTHING_TO_CONFORM for f in findings)


def unreadable(error: UnreadableError) -> Finding:
    """The finding for a file that cannot be read at all: what was seen, and what to do."""
    return with_remedy(UNREADABLE.found(reason=error.message), error.remedy)


def _document(source: Content, limits: Limits) -> Document:
    if isinstance(source, Document):
        return source
    if isinstance(source, EuropeanDigitalCredential):
        return Document(write_credential(source).encode("utf-8"), name="The credential", limits=limits)
    if isinstance(source, Mapping):
        import json

        return Document(json.dumps(source, ensure_ascii=False).encode("utf-8"), name="The credential", limits=limits)
    return load(source, limits=limits)
