"""The JSON Schema of a credential beside our reader: on every published sample, and on faulty ones made of them."""

import json
import re
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from edc_microcred.elm import read_credential
from edc_microcred.findings import Severity
from tests.conformance.mutants import mutants, seeds
from tests.conftest import ROOT
from tests.samples import credential_texts

MUTANTS = 400
OF_EBSI = {"credentialSchema.type"}
OF_DC4EU = {
    "$.credentialProfiles", "credentialSchema.type", "credentialSubject.dateOfBirth", "displayParameter.language",
    "location.type", "provenBy.specifiedBy",
}  # fmt: skip
REFUSED = {
    # A W3C credential that is none of ELM.
    "edc-test/credNoType.jsonld": {"$.type", "$.issuer", "proof.type"},
    # Labels under the tag "en ", which is none because of its blank; in the last also two texts of one language.
    "edc-test/cred_noLegalName_shouldFail.jsonld": {"groupMemberOf.prefLabel"},
    "edc-test/credential_shouldValidate.jsonld": {"groupMemberOf.prefLabel"},
    "edc-test/regularCred.jsonld": {
        "groupMemberOf.prefLabel", "groupMemberOf.prefLabel['en ']", "prefLabel.en", "prefLabel.es", "title.en",
        "title.es",
    },
    # A second schema, of the type JsonSchema; no JSON-LD processor reads these files, for their contexts clash.
    "ebsi-elm-3.2/examples/Bengales_highSchoolDiploma.json": OF_EBSI,
    "ebsi-elm-3.2/examples/DigiComp Generic.json": OF_EBSI,
    "ebsi-elm-3.2/examples/Diploma rntuo credential.json": OF_EBSI,
    "ebsi-elm-3.2/examples/Francisco Cruz Argudo_Certificate of Completion.json": OF_EBSI,
    "ebsi-elm-3.2/examples/Microcredential - Data and software business.json": OF_EBSI,
    "ebsi-elm-3.2/examples/Transcript of records - generic.json": OF_EBSI,
    # Contexts that do not exist, days for times, words for objects, classes of nobody's.
    "dc4eu/euhe-microcredential-example-john-doe.json": OF_DC4EU,
    "dc4eu/euhe-microcredential-signed-john-doe.json": OF_DC4EU | {"credentialStatus.type", "proof.type"},
}  # fmt: skip
"""Samples that the schema refuses -> the members that are to blame, with their owners'."""


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads((ROOT / "schemas" / "credential.schema.json").read_text("utf-8")))


def blamed(validator: Draft202012Validator, members: Any) -> set[str]:
    places = [re.sub(r"\[\d+\]", "", error.json_path) for error in validator.iter_errors(members)]
    return {".".join(place.split(".")[-2:]) for place in places}


def kept_from_reading(members: dict[str, Any]) -> list[str]:
    """The rules of what reading could not read. XML Schema takes a time without its zone, and so does the schema."""
    findings = read_credential(members)[1]
    errors = [finding.rule for finding in findings if finding.severity is Severity.ERROR]
    return [rule for rule in errors if rule != "elm/date-without-zone"]


def test_every_sample_that_can_be_read_whole_is_accepted_and_the_others_are_refused_for_what_cannot(
    reference: Path, validator: Draft202012Validator
) -> None:
    names = set()
    for name, text in credential_texts(reference):
        members = json.loads(text)
        assert blamed(validator, members) == REFUSED.get(name, set()), name
        assert bool(kept_from_reading(members)) == (name in REFUSED), name
        names.add(name)
    print(f"\n{len(names - REFUSED.keys())} of {len(names)} samples accepted")
    assert names >= REFUSED.keys()
    assert len(names - REFUSED.keys()) >= 29


def test_what_cannot_be_read_is_refused_and_what_can_is_accepted_but_for_what_the_schema_is_stricter_in(
    reference: Path, validator: Draft202012Validator
) -> None:
    counts: Counter[str] = Counter()
    for members, _ in islice(mutants(seeds(reference), seed=5), MUTANTS):
        error = next(validator.iter_errors(members), None)
        unread = kept_from_reading(members)
        counts[f"{'read' if not unread else 'not read'}, {'accepted' if error is None else 'refused'}"] += 1
        if unread and error is None:
            counts[f"accepted though {unread[0]}"] += 1
        if error is not None and not unread:
            # Our reader takes an address for its object, a list of one for its item, an object without its type.
            counts[f"refused for its {error.validator}"] += 1
    print(f"\n{dict(counts)}")
    stricter = {"type", "required", "maxItems", "maxProperties", "minimum", "pattern", "contains", "const", "enum"}
    assert {name.rpartition(" ")[2] for name in counts if name.startswith("refused for")} <= stricter
    # Left over: base64 of a wrong length, midnight as 24:00, and what a reader guesses of an object without a type.
    assert counts["not read, accepted"] <= counts["not read, refused"] / 100
    assert counts["not read, refused"] >= MUTANTS / 4
    assert counts["read, accepted"] >= MUTANTS / 4
