"""The forms that one credential can have in JSON-LD, and the way from any of them to the one that the model reads.

Almost every credential is in the form of the Commission's issuer: the two contexts in their order, EDC's terms, a
tree. Such a one is *canonical* and is read as plain JSON, without a JSON-LD processor. Any other document that means
the same (expanded, flattened, with `@graph`, prefixes, full IRIs, further contexts) is expanded by pyld and written as
that tree.

    >>> expanded = [{"@id": "urn:credential:1", "@type": [
    ...     "https://www.w3.org/2018/credentials#VerifiableCredential",
    ...     "http://data.europa.eu/snb/model/elm/EuropeanDigitalCredential"]}]
    >>> members, findings = to_compact(expanded)
    >>> members["type"], findings
    (['VerifiableCredential', 'EuropeanDigitalCredential'], [])

Clauses: JSON-LD 1.1, 9 (grammar); W3C VC Data Model 1.1, 4.1 (contexts).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.jsonld.canonical import changes, is_plain
from edc_microcred.jsonld.canonical import is_canonical as is_canonical  # it belongs to the forms for those who ask
from edc_microcred.jsonld.definitions import iri_terms, terms
from edc_microcred.jsonld.dropped import report
from edc_microcred.jsonld.embedding import NO_CREDENTIAL, to_tree
from edc_microcred.jsonld.loading import RETIRED, depth_of_python, survey
from edc_microcred.jsonld.watching import Way, expand_watching, written_out
from edc_microcred.limits import DEFAULT_LIMITS, Limits

_TYPE: Final = "EuropeanDigitalCredential"

NO_CONTEXT: Final = Rule(
    id="ld/no-context", severity=Severity.ERROR, since="0.1", source="W3C VC Data Model 1.1, 4.1; JSON-LD 1.1, 3.1",
    title="The credential has no @context",
    message="The credential has no @context; it was read as though the two contexts of an EDC stood there.",
    why="Without its contexts no name in the file means anything: read as data it is empty, and an empty file passes "
        "the published profiles.",
    fix=f'Add "@context": ["{CONTEXTS[0]}", "{CONTEXTS[1]}"].',
    wrong={"id": "urn:credential:1", "type": ["VerifiableCredential", _TYPE]},
    right={"@context": list(CONTEXTS), "id": "urn:credential:1", "type": ["VerifiableCredential", _TYPE]},
)  # fmt: skip
RETIRED_CONTEXT: Final = Rule(
    id="ld/retired-context", severity=Severity.WARNING, since="0.1", source="Commission's test data of 2022 and 2023",
    title="A context whose address is gone from the web",
    message="The context {address} no longer exists; it was read as {meant}.",
    why="Nobody else can read the credential as data: software that asks for the address gets no answer.",
    fix=f"Name {CONTEXTS[1]} instead.",
    wrong={"@context": [CONTEXTS[0], RETIRED[0]], "id": "urn:credential:1", "type": ["VerifiableCredential", _TYPE]},
    right={"@context": list(CONTEXTS), "id": "urn:credential:1", "type": ["VerifiableCredential", _TYPE]},
)  # fmt: skip

ID_TAKEN_FOR_PREFIX: Final = Rule(
    id="ld/id-taken-for-prefix", severity=Severity.WARNING, since="0.1", source="JSON-LD 1.1, 4.1.2 and 4.1.5",
    title="An IRI whose first part is a prefix of the contexts",
    message="The IRI in “{member}” starts with “{prefix}:”, which the contexts replace by {iri}.",
    why="As data it is another IRI than the one that is written; two readers see two different ids.",
    fix="Write the whole IRI, or choose an id that starts otherwise, such as urn:….",
    wrong={"@context": list(CONTEXTS), "id": "vc:1", "type": ["VerifiableCredential", _TYPE]},
    right={"@context": list(CONTEXTS), "id": "urn:credential:1", "type": ["VerifiableCredential", _TYPE]},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (NO_CONTEXT, RETIRED_CONTEXT, ID_TAKEN_FOR_PREFIX)


def to_compact(value: Any, *, limits: Limits = DEFAULT_LIMITS) -> tuple[dict[str, Any], list[Finding]]:
    """The compact tree of the one credential in any JSON-LD document, and what is wrong with the document's form.

    The tree has the two contexts and EDC's terms, as `elm.read_credential` wants it. A canonical document comes back
    as it is; ask `dropped_terms` what its contexts drop. In any other each object is put where it is pointed at, whole
    at its first mention and as its bare id at further ones. That tree means the same quads, with three exceptions that
    findings name: names of ELM 3.1 and 3.3, properties of the model that the contexts do not define (they are read, and
    the model reports them), and objects that are not connected with the credential. What the document's own contexts
    drop is not in it and is reported here (`ld/dropped-term` and its kin, with pointers into `value`).

    Raises `ContextError` for a context that we do not carry, `LimitError`, or `UnreadableError` for what is no JSON-LD.
    """
    if is_canonical(value):
        survey(value, limits=limits)
        return value, _kind_of(value)
    if isinstance(value, dict) and "@context" not in value and _is_of_type(value) and is_plain(value):
        survey(value, limits=limits)
        return {**value, "@context": list(CONTEXTS)}, [NO_CONTEXT.found()]
    retired = dict.fromkeys(address for address in _addresses(survey(value, limits=limits)) if address in RETIRED)
    findings = [RETIRED_CONTEXT.found(address=address, meant=CONTEXTS[1]) for address in retired]
    if isinstance(value, dict) and value.get("@context") == list(CONTEXTS):
        for changed in _changed_ids(value):
            findings.append(changed)
            limits.check_findings(len(findings))
    with depth_of_python():
        expanded, dropped = expand_watching(value, limits=limits)
        tree, more = to_tree(expanded, limits=limits)
    findings += [*more, *report(dropped, limits=limits)]
    limits.check_findings(len(findings))
    return tree, findings


def _changed_ids(members: Mapping[str, Any]) -> Iterator[Finding]:
    """The ids that a writer of EDC's terms meant as they stand, and that the contexts read as prefixed names."""
    names = iri_terms() - {"type"}
    stack: list[tuple[Way, Any]] = [((), members)]
    while stack:
        way, item = stack.pop()
        pairs = item.items() if isinstance(item, dict) else enumerate(item)
        for name, value in pairs:
            if isinstance(value, (dict, list)):
                stack.append(((way, name), value))
            elif isinstance(value, str) and name in names and ":" in value and changes(str(name), value):
                prefix = value.partition(":")[0]
                where = written_out((way, name))
                yield ID_TAKEN_FOR_PREFIX.found(where, member=name, prefix=prefix, iri=terms()[prefix].iri)


def _addresses(contexts: list[Any]) -> list[str]:
    return [one for context in contexts for one in (context if isinstance(context, list) else [context])
            if isinstance(one, str)]  # fmt: skip


def _is_of_type(members: Mapping[str, Any]) -> bool:
    kinds = members.get("type")
    return _TYPE in kinds if isinstance(kinds, list) else kinds == _TYPE


def _kind_of(members: Mapping[str, Any]) -> list[Finding]:
    return [] if _is_of_type(members) else [NO_CREDENTIAL.found("/type")]
