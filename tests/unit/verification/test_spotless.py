"""The short way to “nothing to say” never says so where the long ways have something to say."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred.elm import CLASSES, check_credential
from edc_microcred.errors import UnreadableError
from edc_microcred.jsonld import dropped_terms, is_usual, relative_iris
from edc_microcred.shapes import Graph
from edc_microcred.verification.spotless import is_spotless
from tests.conftest import ROOT

EXAMPLE: dict[str, Any] = json.loads((ROOT / "examples" / "credential.jsonld").read_text("utf-8"))
TERMS = sorted({term.name for cls in CLASSES.values() for term in cls.terms().values()} | {"id", "type", "@id", "x:y"})
CONCEPT = {"id": "http://publications.europa.eu/resource/authority/country/SRB", "type": "Concept"}
VALUES = st.sampled_from([
    "urn:epass:person:1", "person-1", "org:1", "http://example.org/a b", "http://example.org/{a}", "urn:", "", "_:b0",
    "2026-03-01T09:00:00Z", "2026-03-01", "2026-02-30T09:00:00Z", "PT75H", "P1W", "iVBORw0KGgo=", "iVBORw0KGgo", "7",
    None, 0, 1, -1, 1.5, True, False, [], {}, [[]], {"en": "x"}, {"en": ["x", "y"]}, {"en": 1}, {"id": "teks"},
    {"sr-Latn": "x"}, {"@none": "x"}, {"x_y": "x"}, CONCEPT, [CONCEPT], [CONCEPT, CONCEPT], [CONCEPT, "x"],
    {**CONCEPT, "type": ["Concept"]}, {**CONCEPT, "type": "Person"}, {**CONCEPT, "notation": "country"},
    {"id": "country", "type": "Concept"}, {"type": "Concept"}, {"type": "Note", "noteLiteral": {"en": "x"}},
])  # fmt: skip
TYPES = st.sampled_from([*CLASSES, ["VerifiableCredential", "EuropeanDigitalCredential"], "@root", 1])


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(item)


def is_spotless_or_unreadable(members: dict[str, Any]) -> bool:
    try:
        return is_spotless(Graph.of(members))
    except UnreadableError:
        return False


def test_our_example_is_spotless() -> None:
    assert is_spotless(Graph.of(EXAMPLE))


def test_an_object_that_has_no_name_as_data_is_not_passed_over() -> None:
    assert not is_spotless_or_unreadable({**EXAMPLE, "id": "2026-03-01T09:00:00Z"})
    person = {**EXAMPLE["credentialSubject"], "id": "person-7", "studentNumber": "7"}
    assert not is_spotless_or_unreadable({**EXAMPLE, "credentialSubject": person})


@settings(max_examples=800, deadline=None)
@given(st.data())
def test_whatever_is_changed_nothing_is_passed_over(data: st.DataObject) -> None:
    members = copy.deepcopy(EXAMPLE)
    everything = list(objects(members))
    for _ in range(data.draw(st.integers(1, 2))):
        target = data.draw(st.sampled_from(everything))
        name = data.draw(st.sampled_from(list(target) or ["id"]) | st.sampled_from(TERMS))
        target[name] = data.draw(TYPES if name == "type" else VALUES)
    if is_spotless_or_unreadable(members):
        assert is_usual(members)
        assert [*check_credential(members), *dropped_terms(members), *relative_iris(members)] == []


@given(st.sampled_from(TERMS), VALUES)
def test_any_property_of_a_claim_is_looked_at(name: str, value: Any) -> None:
    members = copy.deepcopy(EXAMPLE)
    claim = members["credentialSubject"]["hasClaim"]
    (claim[0] if isinstance(claim, list) else claim)[name] = value
    if is_spotless_or_unreadable(members):
        assert is_usual(members) and not check_credential(members) and not dropped_terms(members)
