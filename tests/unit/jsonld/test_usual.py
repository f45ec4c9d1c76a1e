"""A credential that is called usual is one of which the long ways have nothing to say, whatever is done to it."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred.jsonld import dropped_terms, is_canonical, is_usual, relative_iris
from tests.conftest import ROOT

EXAMPLE: dict[str, Any] = json.loads((ROOT / "examples" / "credential.jsonld").read_text("utf-8"))
NAMES = ["id", "type", "@id", "@type", "@context", "title", "prefLabel", "issuer", "validFrom", "inScheme", "hasClaim",
         "givenNam", "eIDASΙdentifier", "elm:title", "http://example.org/x", "org", "en",
         "contentType", "proof"]  # fmt: skip
VALUES = ["urn:epass:person:1", "person-1", "org:1", "elm:Person", "http://example.org/a b", "mailto:a@example.org", "",
          "Person", "NoType", "id", "skos:Concept", "_:b0", None, 1, True, {}, [], [[]], ["org:1"], ["Person", "elm:X"],
          {"id": "org:1"}, {"en": "x", "sr-Latn": "y"}, {"id": "teks"}, {"@none": "x"}, {"@value": "x"}, {"xx": ["a"]},
          [{"id": "x", "type": "Note"}], {"type": "Note", "noteLiteral": {"en": "x"}}]  # fmt: skip


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(item)


def is_spotless(members: dict[str, Any]) -> bool:
    return is_canonical(members) and not dropped_terms(members) and not relative_iris(members)


def test_our_example_is_usual() -> None:
    assert is_usual(EXAMPLE) and is_spotless(EXAMPLE)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_whatever_is_changed_the_short_way_says_no_more_than_the_long_ones(data: st.DataObject) -> None:
    members = copy.deepcopy(EXAMPLE)
    target = data.draw(st.sampled_from(list(objects(members))), label="object")
    target[data.draw(st.sampled_from(NAMES + list(target)))] = data.draw(st.sampled_from(VALUES))
    assert not is_usual(members) or is_spotless(members)


@pytest.mark.parametrize("value", [None, [], "text", {}, {"@context": "https://www.w3.org/2018/credentials/v1"}])
def test_what_is_no_credential_of_the_commissions_form_is_not_usual(value: Any) -> None:
    assert not is_usual(value)


def test_every_published_credential_is_called_usual_only_where_the_long_ways_agree(reference: Any) -> None:
    from tests.samples import credential_texts

    usual = 0
    for _, text in credential_texts(reference):
        members = json.loads(text)
        if is_usual(members):
            usual += 1
            assert is_spotless(members)
    assert usual > 5
