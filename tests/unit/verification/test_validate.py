"""`validate`: the content alone, from whatever holds it."""

import json
from typing import Any

import pytest

from edc_microcred import load, validate
from edc_microcred.reports import Settings, validate_file
from edc_microcred.verification.content import conforms
from tests.conftest import ROOT

EXAMPLE: dict[str, Any] = json.loads((ROOT / "examples" / "credential.jsonld").read_text())


def rules(source: Any) -> list[str]:
    return [finding.rule for finding in validate(source)]


@pytest.mark.parametrize(
    "nothing",
    [
        [],
        {"@context": EXAMPLE["@context"], "@graph": []},
        {**EXAMPLE, "type": ["VerifiableCredential", "EuropeanDigitalCredentia1"]},
        {**EXAMPLE, "@context": ["https://www.w3.org/ns/credentials/v2"]},
        {name: value for name, value in EXAMPLE.items() if name != "@context"},
        [{"@id": "urn:epass:person:1", "@type": ["http://data.europa.eu/snb/model/elm/Person"]}],
    ],
    ids=["empty list", "empty graph", "misspelt type", "foreign context", "no context", "a person alone"],
)
def test_where_there_is_no_credential_nothing_conforms(nothing: Any) -> None:
    assert not conforms(validate(json.dumps(nothing).encode()))
    assert validate_file(load(json.dumps(nothing).encode()), Settings()).conforms in (False, None)


def test_a_credential_in_which_the_shapes_find_nothing_conforms(sealed: bytes) -> None:
    assert conforms(validate(sealed))
