"""Documents that need a JSON-LD processor take work in proportion to their size, and less of them is taken.

Work is counted, not timed: how often pyld defines a term, and how long the texts are that are made on the way.
"""

import json
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from pyld.jsonld import JsonLdProcessor

from edc_microcred.elm import NAMESPACES
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.errors import LimitError
from edc_microcred.json_text import escape_pointer
from edc_microcred.jsonld import expand, to_compact
from edc_microcred.jsonld.dropped import dropped_terms, relative_iris
from edc_microcred.jsonld.watching import expand_watching
from edc_microcred.limits import Limits
from edc_microcred.verification import validate

ELM = NAMESPACES["elm"]
OTHER_ORDER = [CONTEXTS[1], CONTEXTS[0]]
VC = "VerifiableCredential"


def credential(*claims: Any) -> dict[str, Any]:
    """A credential with the contexts in the order that needs a processor."""
    return {
        "@context": OTHER_ORDER,
        "id": "urn:credential:1",
        "type": [VC, "EuropeanDigitalCredential"],
        "credentialSubject": {"id": "urn:epass:person:1", "type": "Person", "hasClaim": list(claims)},
    }


def nested(depth: int, *links: dict[str, Any]) -> dict[str, Any]:
    """A chain of objects; each of `links` in turn holds the next one in its member with the value `None`."""
    inner: dict[str, Any] = {"id": "urn:epass:person:2"}
    for number in range(depth):
        inner = {name: inner if value is None else value for name, value in links[number % len(links)].items()}
    return inner


SIDE_BY_SIDE = [{"type": VC}]
DEEP = [nested(100, {"type": VC, "issuer": None})]
IN_TURNS = [nested(100, {"type": VC, "issuer": None}, {"type": "VerifiablePresentation", "holder": None})]
PROOFS = [nested(60, {"type": VC, "proof": None}, {"type": "Ed25519Signature2018", "hasPart": None},
                 {"type": "Ed25519Signature2018", "proofPurpose": None})]  # fmt: skip


@pytest.fixture
def definitions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The terms that pyld defines while the test runs, one for each time."""
    made: list[str] = []
    define = JsonLdProcessor._create_term_definition

    def counting(self: Any, active: Any, local: Any, term: str, *args: Any, **named: Any) -> Any:
        made.append(term)
        return define(self, active, local, term, *args, **named)

    monkeypatch.setattr(JsonLdProcessor, "_create_term_definition", counting)
    return made


@pytest.mark.parametrize("claims", [SIDE_BY_SIDE, DEEP, IN_TURNS, PROOFS], ids=["side", "deep", "in turns", "proofs"])
def test_ten_times_as_many_typed_objects_define_no_more_terms(claims: list[Any], definitions: list[str]) -> None:
    expand(credential())
    counts = []
    for times in (3, 30):
        definitions.clear()
        expand(credential(*(json.loads(json.dumps(claims)) * times)))
        counts.append(len(definitions))
    assert counts[0] == counts[1]


def test_types_at_every_level_define_terms_for_each_kind_of_place_only(definitions: list[str]) -> None:
    counts = []
    for depth in (20, 100):
        definitions.clear()
        expand(credential(nested(depth, {"type": "Ed25519Signature2018", "proofPurpose": None})))
        counts.append(len(definitions))
    assert counts[0] == counts[1]


def test_what_is_kept_of_contexts_does_not_change_what_a_document_means() -> None:
    own = [{"name": "urn:one"}, {"name": "urn:two"}]
    document = credential(*({"@context": own[n % 2], "type": VC, "id": f"urn:c:{n}", "name": "x"} for n in range(6)))
    claims = expand(document)[0][NAMESPACES["cred"] + "credentialSubject"][0][ELM + "hasClaim"]
    assert [next(name for name in claim if name.startswith("urn:")) for claim in claims] == ["urn:one", "urn:two"] * 3


def test_contexts_that_have_to_be_worked_through_too_often_are_refused() -> None:
    claims = [
        {"@context": {f"own{number}": "urn:own"}, "type": [VC, "VerifiablePresentation", "Ed25519Signature2018"]}
        for number in range(250)
    ]
    with pytest.raises(LimitError, match="worked through more than 600 times"):
        expand(credential(*claims))
    assert [f.rule for f in validate(credential(*claims))] == ["edc/unreadable"]


def test_a_document_with_more_members_than_a_processor_may_get_is_refused_by_name() -> None:
    document = credential(*({"id": f"urn:c:{number}"} for number in range(100)))
    limits = Limits(processed=150)
    for read in (expand, to_compact, expand_watching):
        with pytest.raises(LimitError, match=r"needs a JSON-LD processor and has 2\d\d members .* is 150"):
            read(document, limits=limits)
    findings = validate(json.dumps(document).encode(), limits=limits)
    assert [f.rule for f in findings] == ["edc/unreadable"]
    assert "JSON-LD processor" in findings[0].message


def test_the_usual_form_is_not_held_to_the_limit_of_the_processor() -> None:
    usual = {**credential(*({"id": f"urn:c:{number}"} for number in range(100))), "@context": list(CONTEXTS)}
    members, findings = to_compact(usual, limits=Limits(processed=150))
    assert (members, findings) == (usual, [])
    assert "edc/unreadable" not in {f.rule for f in validate(json.dumps(usual).encode(), limits=Limits(processed=150))}


def test_as_many_members_as_allowed_are_read() -> None:
    document = credential({"id": "urn:c:1", "type": "LearningAchievement", "titl": {"en": "x"}})
    assert expand(document, limits=Limits(processed=16))
    with pytest.raises(LimitError):
        expand(document, limits=Limits(processed=15))


def wide_below_deep(link: str, number: int) -> dict[str, Any]:
    """A chain of 90 objects whose last one holds `number` empty objects, and a name that the contexts drop."""
    inner: dict[str, Any] = {"hasPart": [{} for _ in range(number)], "titl": "x"}
    for _ in range(90):
        inner = {link: inner}
    return inner


@pytest.mark.parametrize(
    ("look", "link", "contexts"),
    [
        (lambda value: expand_watching(value)[1], ELM + "hasPart", OTHER_ORDER),
        (lambda value: to_compact(value)[1], ELM + "hasPart", list(CONTEXTS)),
        (dropped_terms, "hasPart", list(CONTEXTS)),
        (relative_iris, "hasPart", list(CONTEXTS)),
    ],
    ids=["expand_watching", "to_compact", "dropped_terms", "relative_iris"],
)
def test_places_are_written_out_only_for_what_is_found(
    look: Callable[[Any], list[Any]], link: str, contexts: list[str]
) -> None:
    look({**credential(wide_below_deep(link, 1)), "@context": contexts})
    most: list[int] = []
    for number in (10, 5_010):
        document = {**credential(wide_below_deep(link, number)), "@context": contexts}
        tracemalloc.start()
        found = look(document)
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    pointer = "/credentialSubject/hasClaim/0" + "".join("/" + escape_pointer(link) for _ in range(90))
    assert [one.pointer for one in found] == ([] if look is relative_iris else [f"{pointer}/titl"])
    assert (most[1] - most[0]) / 5_000 < 500  # bytes for each of the objects; its place alone has 749 or 4,529


def test_more_dropped_members_than_findings_allowed_are_refused_before_places_are_made() -> None:
    with pytest.raises(LimitError, match="more than 10 faults"):
        expand_watching(credential({f"name{number}": 1 for number in range(11)}), limits=Limits(findings=10))


def test_likenesses_are_looked_for_a_limited_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def close_matches(name: str, *_: Any, **__: Any) -> list[str]:
        asked.append(name)
        return []

    monkeypatch.setattr("difflib.get_close_matches", close_matches)
    findings = dropped_terms(credential({f"own-name-{number}": 1 for number in range(1_000)}))
    assert len(findings) == 1_000
    assert len(asked) <= 400
