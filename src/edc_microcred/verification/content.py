"""The content of a credential: does it keep the profile that it declares, and does all of it arrive as data?"""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from edc_microcred.document import CONTEXT_WRONG, Document, with_remedy
from edc_microcred.elm.learner_data import hide_learner_data
from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Check, Finding, Rule, Severity
from edc_microcred.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from edc_microcred.shapes import Graph, Profile, ProfileValidator

ContentCheck = Callable[["Graph"], Iterable[Finding]]
"""A check of one's own: what it finds in the graph that a credential means."""

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


def check_content_of(document: Document, profile: str | None) -> Check:
    """The check called *content*; what its findings quote of the learner is hidden, because reports are kept."""
    try:
        findings = findings_of(document, profile)
    except UnreadableError as error:
        findings = [unreadable(error)]
    forms = (document.credential_value, document.members)
    hidden = hide_learner_data(findings, *forms, everywhere=not document.is_canonical)
    return Check.of("content", hidden, message="The content keeps its profile.")


def findings_of(
    document: Document,
    profile: "ProfileValidator | Profile | str | None" = None,
    *,
    elm: str = "3.2",
    checks: Iterable[ContentCheck] = (),
) -> list[Finding]:
    """Reading faults, members that the contexts drop, what the profile of ELM `elm` demands, what goes wrong though no
    profile forbids it, and what `checks` of one's own find, in this order.

    A credential whose contexts cannot be used is held to the profile as though it had the right ones, beside the
    finding that says so. Raises `UnreadableError` for a document that holds no credential, and `LimitError` for more
    than `limits.findings` of all these together.
    """
    from edc_microcred.elm.writing import CONTEXTS
    from edc_microcred.jsonld import dropped_terms, relative_iris
    from edc_microcred.shapes import Graph

    checks = tuple(checks)
    short = _short_way(document, profile, elm) if not checks else None
    if short is not None:
        return _said_once(short, document.limits)
    value = document.credential_value

    members, read = document.members, list(document.findings)
    rules = {finding.rule for finding in read}
    if CONTEXT_WRONG.id in rules:
        value = {**members, "@context": list(CONTEXTS)}
    lost: list[Finding] = []
    demanded: list[Finding] = []
    try:
        if not document.is_usual and (document.is_canonical or CONTEXT_WRONG.id in rules):
            lost = [*dropped_terms(value, limits=document.limits), *relative_iris(value, limits=document.limits)]
        graph = Graph.of(value, elm=elm, limits=document.limits)
        demanded = _demanded(graph, profile, elm, checks, document.limits)
    except UnreadableError:
        if CONTEXT_WRONG.id not in rules:  # it was found already that this is no JSON-LD
            raise
    if "ld/no-credential" in rules:
        demanded = [f for f in demanded if f.rule != "edc/no-credential"]
    return _said_once([*read, *lost, *demanded], document.limits)


def _short_way(
    document: Document, profile: "ProfileValidator | Profile | str | None", elm: str
) -> list[Finding] | None:
    """The findings where they can be told in one pass, which is for almost every credential; else `None`."""
    from edc_microcred.conventions import check_conventions
    from edc_microcred.verification.spotless import spotless

    unproven = document.unproven
    value = unproven.value if unproven is not None else document.value
    if value.__class__ is not dict or document.limits.media_size < DEFAULT_LIMITS.media_size:
        return None
    validator, declared = _validator(value, profile, elm)
    found = spotless(value, validator, limits=document.limits)
    if found is None or (unproven is not None and found.marks != unproven.marks):
        return None
    return [*declared, *check_conventions(found.graph, limits=document.limits, remarkable=found.remarkable)]


def _validator(
    source: "Graph | dict[str, Any]", profile: "ProfileValidator | Profile | str | None", elm: str
) -> tuple["ProfileValidator", list[Finding]]:
    """The validator for a profile, the one that a credential declares where none is named, and what is wrong with how
    it does that."""
    from edc_microcred.shapes import ProfileValidator, profile_of, validator_for

    chosen, declared = profile_of(source) if profile is None else (profile, [])
    return chosen if isinstance(chosen, ProfileValidator) else validator_for(chosen, elm), declared


def _demanded(
    graph: "Graph",
    profile: "ProfileValidator | Profile | str | None",
    elm: str,
    checks: Iterable[ContentCheck],
    limits: Limits,
) -> list[Finding]:
    """What the profile demands, the declared one where none is named, what goes wrong though it forbids it not, and
    what `checks` find."""
    from edc_microcred.conventions import check_conventions

    validator, declared = _validator(graph, profile, elm)
    found = [*declared, *validator.validate(graph, limits=limits), *check_conventions(graph, limits=limits)]
    for check in checks:
        found += islice(check(graph), limits.findings + 1)
    return found


_SAID_BETTER: Final[Mapping[str, frozenset[str]]] = {
    "elm/unknown-member": frozenset({"ld/dropped-term", "ld/look-alike-term", "ld/term-out-of-scope"}),
    "elm/dropped-term": frozenset({"ld/dropped-term"}),
    "elm/newer-term": frozenset({"ld/dropped-term"}),
    "ld/relative-iri": frozenset({"elm/id-not-absolute"}),
    "elm/lexical-form": frozenset({"elm/not-a-date", "elm/date-without-zone", "elm/not-a-duration", "elm/not-base64"}),
    # What the shapes find stays, because the verdict of the profile is made of it.
    "elm/not-a-date": frozenset({"elm/datatype"}),
    "elm/not-a-duration": frozenset({"elm/datatype"}),
    "elm/wrong-class": frozenset({"elm/class", "elm/claim", "edc/profile-class"}),
    "elm/wrong-kind": frozenset({"elm/datatype", "elm/class", "elm/claim", "elm/node-kind", "elm/too-many"}),
    "elm/language-tag-wrong": frozenset({"ld/language-tag"}),
}
"""A rule -> those that say the same of the same place in better words."""


def _said_once(findings: list[Finding], limits: Limits) -> list[Finding]:
    """The findings without those that another one says better of the same place. Each room keeps the limit for itself;
    raises `LimitError` when all that is left together is beyond it."""
    places: dict[str, set[str]] = {}
    for finding in findings:
        places.setdefault(finding.pointer, set()).add(finding.rule)
    said = [f for f in findings if not _SAID_BETTER.get(f.rule, frozenset()) & places[f.pointer]]
    limits.check_findings(len(said))
    return said


NO_CREDENTIAL: Final = frozenset({"edc/no-credential", "ld/no-credential"})
_NOTHING_TO_CONFORM: Final = NO_CREDENTIAL | {UNREADABLE.id, CONTEXT_WRONG.id}
"""The rules that say: as data there is no credential here. The shapes look at nothing then, and find nothing."""


def conforms(findings: Iterable[Finding]) -> bool:
    """Whether there is a credential and the published shapes find nothing against it; no other finding counts."""
    return not any(f.constraint is not None or f.rule in _NOTHING_TO_CONFORM for f in findings)


def unreadable(error: UnreadableError) -> Finding:
    """The finding for a file that cannot be read at all: what was seen, and what to do."""
    return with_remedy(UNREADABLE.found(reason=error.message), error.remedy)
