"""The conventions on published credentials: no errors in the Commission's, the known faults of each named."""

import json
from pathlib import Path

import pytest

from edc_microcred import load
from edc_microcred.conventions import check_conventions
from edc_microcred.findings import Severity
from edc_microcred.shapes import Graph
from tests.conftest import ROOT

OF_THE_COMMISSION = {
    "eu-2023/Sample-CertOfPart-signed.jsonld": {"edc/date-shifted"},
    "eu-2023/Sample-MC-Annex1-signed.jsonld": {"edc/date-shifted", "edc/months-for-minutes"},
    "eu-2024/AA-Annex1-MC-signed.jsonld": set(),
    "eu-2024/Sample-CertOfPart-signed.jsonld": set(),
    "eu-2024/Sample-MastersDegree-signed.jsonld": set(),
}


@pytest.mark.parametrize("name", OF_THE_COMMISSION)
def test_the_commissions_sealed_samples_have_no_errors_and_just_the_known_warnings(reference: Path, name: str) -> None:
    findings = check_conventions(Graph.of(load(reference / "credentials" / name).members))
    assert {finding.rule for finding in findings} == OF_THE_COMMISSION[name]
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]


def test_an_invented_country_that_the_published_shapes_pass_is_found(reference: Path) -> None:
    findings = check_conventions(Graph.of(load(reference / "credentials/mynextid/edc-dc-signed.jsonld").members))
    [finding] = [finding for finding in findings if finding.rule == "cv/not-in-list"]
    assert finding.pointer == "/credentialSubject/placeOfBirth/address/countryCode/id"


def test_our_own_example_has_nothing_to_remark() -> None:
    members = json.loads((ROOT / "examples" / "credential.jsonld").read_text(encoding="utf-8"))
    assert check_conventions(Graph.of(members)) == []
