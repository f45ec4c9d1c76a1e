"""The model against the published facts, and every published sample read and written back."""

import json
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from edc_microcred.elm import CLASSES, check_credential, read_credential, write_credential
from tests.conformance.mutants import mutants, seeds
from tests.samples import collapsed, credential_texts

EXACT = {
    "eu-2023/Sample-CertOfPart-signed.jsonld",
    "eu-2023/Sample-MC-Annex1-signed.jsonld",
    "eu-2024/AA-Annex1-MC-signed.jsonld",
    "eu-2024/Sample-CertOfPart-signed.jsonld",
    "eu-2024/Sample-MastersDegree-signed.jsonld",
}
"""Written by the Commission's own issuer: our writer gives the very same text."""


@pytest.fixture(scope="module")
def published(reference: Path) -> dict[str, Any]:
    path = reference.parent / "data" / "elm" / "classes-3.2.json"
    return json.loads(path.read_text(encoding="utf-8"))


def _slots(published: dict[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    return {
        c["curie"]: {p["curie"].replace("https://w3id.org/security#", "sec:"): p for p in c["properties"]}
        for c in published["classes"]
        if c["targetClass"] and not c["deactivated"]
    }


def test_every_class_and_slot_of_the_profile_is_there_with_its_facts(published: dict[str, Any]) -> None:
    ours = {
        cls.IRI: {
            term.path: term
            for name, term in cls.terms().items()
            if term.since == "3.1" and name not in cls.NOT_IN_SHAPE
        }
        for cls in CLASSES.values()
        if cls.SINCE == "3.1" and cls.TYPE != "VerifiableCredential"
    }
    theirs = _slots(published)
    assert {name: set(slots) for name, slots in ours.items()} == {name: set(slots) for name, slots in theirs.items()}
    for name, slots in theirs.items():
        for path, slot in slots.items():
            term = ours[name][path]
            assert (term.at_least, term.at_most) == (slot["min"], slot["max"]), (name, path)
            assert term.name == slot["term"] or slot["term"] is None, (name, path)
            expected = [c for option in slot.get("or", [{"class": slot.get("class", [])}]) for c in option["class"]]
            if expected:
                assert set(term.ranges) == set(expected), (name, path)
            for datatype in slot.get("datatype", []):
                assert term.datatype == datatype, (name, path)
                if datatype == "rdf:langString":
                    assert term.unique_lang == bool(slot.get("uniqueLang")), (name, path)
            assert (term.scheme is not None) == ("cv" in slot), (name, path)
    slots = sum(map(len, ours.values()))
    print(f"\n{len(ours)} classes, {slots} slots")
    assert (len(ours), slots) == (
        published["meta"]["nodeShapes_active_with_target"],
        published["meta"]["propertySlots_active_target_classes"],
    )


def test_every_readable_sample_is_read_and_written_back_as_the_same_data(reference: Path) -> None:
    rules: Counter[str] = Counter()
    names = []
    for name, text in credential_texts(reference):
        credential, findings = read_credential(json.loads(text))
        written = write_credential(credential)
        assert collapsed(json.loads(written)) == collapsed(json.loads(text)), name
        if name in EXACT:
            assert written == text, name
        rules.update(finding.rule for finding in findings)
        names.append(name)
    print(
        f"\n{len(names)} credentials read and written back, {len(EXACT)} of them to the letter; findings: {dict(rules)}"
    )
    assert set(names) >= EXACT
    assert len(names) >= 38


def test_the_commissions_own_sealed_samples_give_no_finding(reference: Path) -> None:
    texts = dict(credential_texts(reference))
    for name in EXACT:
        assert read_credential(json.loads(texts[name]))[1] == [], name


def test_checking_finds_what_reading_finds_in_every_sample_and_in_faulty_ones_made_of_them(reference: Path) -> None:
    samples = [json.loads(text) for _, text in credential_texts(reference)]
    faulty = [members for members, _ in islice(mutants(seeds(reference), seed=3), 1000)]
    found = 0
    for members in (*samples, *faulty):
        findings = read_credential(members)[1]
        assert check_credential(members) == findings
        found += len(findings)
    assert found > len(faulty)
