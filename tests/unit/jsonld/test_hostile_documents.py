"""Whatever JSON comes in: a result, findings, or an error of ours; and a tree that means what the document means."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred.elm import NAMESPACES, ElmObject, read_credential
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Finding
from edc_microcred.jsonld import (
    RETIRED,
    dropped_terms,
    expand,
    from_graph,
    is_canonical,
    relative_iris,
    terms,
    to_compact,
    to_graph,
    to_quads,
)
from edc_microcred.jsonld.watching import expand_watching

ELM = NAMESPACES["elm"]
EXAMPLES = 150

KEYWORDS = [
    "@id",
    "@type",
    "@value",
    "@language",
    "@list",
    "@set",
    "@graph",
    "@reverse",
    "@included",
    "@index",
    "@nest",
    "@json",
    "@none",
    "@direction",
    "@vocab",
    "@base",
    "@import",
    "@version",
    "@container",
    "@foo",
]
NAMES = [
    *sorted(terms())[::4],
    "id",
    "type",
    "issuer",
    "validFrom",
    "own",
    "titl",
    "elm:title",
    "_:b",
    "urn:x",
    "",
    ":",
]
ADDRESSES = [*CONTEXTS, RETIRED[0], "https://www.w3.org/ns/credentials/v2"]
TEXTS = [*NAMES, *KEYWORDS, "en", "sr_Latn", "person-7", "2026-03-01T09:00:00Z", "x y", "<", "\ud7ff", "\x00"]

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(TEXTS)
    | st.text(max_size=8)
)
names = st.sampled_from([*NAMES, *KEYWORDS]) | st.text(max_size=6)
arbitrary = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=5), max_leaves=30
)
contexts = st.lists(
    st.sampled_from(ADDRESSES[:3]) | st.none() | st.dictionaries(names, arbitrary, max_size=3), max_size=3
) | st.just(list(CONTEXTS))
documents = st.builds(
    lambda context, members: {**members, "@context": context}, contexts, st.dictionaries(names, arbitrary, max_size=6)
)


def outcome(function: Callable[[Any], Any], value: Any) -> Any:
    """What a function gives, or the error of ours that it raises; anything else is a fault of the function."""
    try:
        return function(value)
    except UnreadableError as error:
        return error


def check(value: Any) -> None:
    is_canonical(value)
    outcome(dropped_terms, value)
    outcome(expand, value)
    for quad in found if isinstance(found := outcome(to_quads, value), list) else []:
        assert all(part == "" or isinstance(part, tuple) or ":" in part for part in quad)
    outcome(to_graph, value)
    compact = outcome(to_compact, value)
    if isinstance(compact, UnreadableError):
        assert compact.message
        return
    members, findings = compact
    assert isinstance(members, dict)
    assert all(isinstance(finding, Finding) for finding in findings)
    relative_iris(members)
    model, _ = read_credential(members)
    assert isinstance(model, ElmObject)


@settings(max_examples=EXAMPLES, deadline=None)
@given(arbitrary)
def test_any_json_gives_a_result_or_an_error_of_ours(value: Any) -> None:
    check(value)


@settings(max_examples=EXAMPLES, deadline=None)
@given(documents)
def test_any_document_with_contexts_gives_a_result_or_an_error_of_ours(value: Any) -> None:
    check(value)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.dictionaries(names.filter(lambda name: name != "@context"), arbitrary, max_size=8))
def test_what_the_tables_call_dropped_is_what_pyld_drops(members: dict[str, Any]) -> None:
    document = {**members, "@context": list(CONTEXTS)}
    theirs = outcome(expand_watching, document)
    if is_canonical(document) and not isinstance(theirs, UnreadableError):
        ours = sorted(finding.pointer for finding in dropped_terms(document))
        assert ours == [dropped.pointer for dropped in theirs[1]]


IDS = [f"urn:n:{number}" for number in range(6)]
PATHS = [ELM + "hasPart", ELM + "hasClaim", NAMESPACES["cred"] + "issuer", NAMESPACES["dc"] + "title",
         NAMESPACES["skos"] + "notation", ELM + "page", ELM + "content", "urn:example:p"]  # fmt: skip
literals = st.builds(
    lambda value, more: {"@value": value, **more},
    st.sampled_from(["x", "7", "2026-03-01T09:00:00Z"]),
    st.sampled_from(
        [{}, {"@language": "en"}, {"@language": "sr-latn"}, {"@type": NAMESPACES["xsd"] + "positiveInteger"},
         {"@type": NAMESPACES["xsd"] + "string"}, {"@type": "urn:example:type"}]
    ),
)  # fmt: skip
references = st.sampled_from(IDS).map(lambda identifier: {"@id": identifier})
kinds = st.lists(st.sampled_from([ELM + "Person", NAMESPACES["cred"] + "VerifiableCredential", "urn:example:C"]),
                 max_size=2, unique=True)  # fmt: skip


def nodes(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    properties = st.dictionaries(
        st.sampled_from(PATHS), st.lists(literals | references | inner, max_size=3), max_size=4
    )
    return st.builds(
        lambda identifier, types, found: {"@id": identifier, **({"@type": types} if types else {}), **found},
        st.sampled_from(IDS), kinds, properties,
    )  # fmt: skip


expanded_nodes = st.recursive(references, nodes, max_leaves=12)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(expanded_nodes, max_size=6), st.dictionaries(st.sampled_from(PATHS), st.lists(expanded_nodes, max_size=2))
)
def test_the_tree_says_what_the_graph_says(others: list[Any], properties: dict[str, Any]) -> None:
    types = [NAMESPACES["cred"] + "VerifiableCredential", ELM + "EuropeanDigitalCredential"]
    document = [{"@id": "urn:credential:1", "@type": types, **properties}, *others]
    wanted = set(to_quads(document))
    for members, findings in (to_compact(document), from_graph(to_graph(document))):
        said = set(to_quads(members))
        assert said <= wanted
        lost = [finding.rule for finding in findings]
        assert lost in ([], ["ld/node-not-reached"])
        if not lost:
            assert said == wanted


@pytest.mark.parametrize("depth", [5, 100, 126])
def test_deep_documents_within_the_limits_are_read(depth: int) -> None:
    value: Any = "urn:x"
    for _ in range(depth):
        value = {"hasPart": value}
    document = {"@context": list(reversed(CONTEXTS)), "id": "urn:c", "type": ["EuropeanDigitalCredential"], **value}
    members, findings = to_compact(document)
    assert findings == []
    assert len(to_quads(members)) == depth + 1
