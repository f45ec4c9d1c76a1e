"""What Europass needs of a file, item by item, as far as it can be looked at without its servers.

The items are those that the Commission's issuer, wallet and viewer check or rely upon. What only its servers can say
(a seal certificate from an EU trusted list, level LTA, a new id in the wallet) is not claimed.
"""

import base64
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from edc_microcred import load
from edc_microcred.trust import describe
from tests.conftest import ROOT

KEYS = {"payload", "signatures"}


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One sealed file of the joint course of Belgrade and Graz, made by the demonstration."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    subprocess.run([sys.executable, str(ROOT / "examples" / "demo.py"), str(folder)], check=True, capture_output=True)
    return sorted((folder / "data-ml" / "credentials").glob("*.jsonld"))[0]


@pytest.fixture(scope="module")
def file(issued: Path) -> dict[str, Any]:
    return json.loads(issued.read_bytes())


@pytest.fixture(scope="module")
def header(file: dict[str, Any]) -> dict[str, Any]:
    text = file["signatures"][0]["protected"]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


@pytest.fixture(scope="module")
def credential(file: dict[str, Any]) -> dict[str, Any]:
    return json.loads(file["payload"])


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def nodes(value: Any) -> list[dict[str, Any]]:
    """All objects of a JSON value that have a type."""
    if isinstance(value, list):
        return [node for item in value for node in nodes(item)]
    if not isinstance(value, dict):
        return []
    below = [node for item in value.values() for node in nodes(item)]
    return [value, *below] if "type" in value else below


def test_1_the_file_is_general_json_with_the_credential_as_text(issued: Path, file: dict[str, Any]) -> None:
    assert issued.suffix == ".jsonld"
    assert re.match(rb'^\s*\{\s*"payload"', issued.read_bytes())
    assert set(file) == KEYS
    assert isinstance(file["payload"], str)
    assert file["payload"].startswith("{")


def test_2_the_seal_is_jades_with_the_headers_that_its_software_reads(header: dict[str, Any]) -> None:
    assert header["alg"] == "RS256"
    assert header["b64"] is False
    assert {"b64", "sigT"} <= set(header["crit"])
    assert {"x5c", "x5t#S256", "kid", "sigT"} <= set(header)


def test_3_contexts_and_types_are_exactly_these(credential: dict[str, Any]) -> None:
    assert credential["@context"] == [
        "https://www.w3.org/2018/credentials/v1",
        "http://data.europa.eu/snb/model/context/edc-ap",
    ]
    assert credential["type"] == ["VerifiableCredential", "EuropeanDigitalCredential"]


def test_4_ids_are_absolute_and_the_credentials_own_is_a_uuid(credential: dict[str, Any]) -> None:
    assert re.fullmatch(
        r"urn:credential:[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", credential["id"]
    )
    for node in nodes(credential):
        assert re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", node["id"]), node["type"]


def test_5_profiles_and_their_shapes_are_named(credential: dict[str, Any]) -> None:
    assert all(
        p["id"].startswith("http://data.europa.eu/snb/credential/") for p in listed(credential["credentialProfiles"])
    )
    for schema in listed(credential["credentialSchema"]):
        assert schema["id"].startswith("http://data.europa.eu/snb/model/ap/edc-")
        assert schema["type"] == "ShaclValidator2017"


def test_6_it_is_issued_when_it_is_sealed_and_says_from_when_it_holds(
    credential: dict[str, Any], header: dict[str, Any]
) -> None:
    assert credential["issued"] == credential["issuanceDate"]
    issued = datetime.fromisoformat(credential["issued"])
    sealed = datetime.fromisoformat(header["sigT"])
    assert abs(issued - sealed) < timedelta(minutes=5)
    assert datetime.fromisoformat(credential["validFrom"]).utcoffset() is not None
    assert issued <= datetime.now(UTC) + timedelta(seconds=1)


def test_7_the_issuer_is_written_from_the_seal_certificate(issued: Path, credential: dict[str, Any]) -> None:
    envelope = load(issued).envelope
    assert envelope is not None
    facts = describe(envelope.signatures[0].header.certificates[0])
    issuer = credential["issuer"]
    assert facts.organisation in issuer["legalName"].values()
    assert issuer["eIDASIdentifier"]["notation"] == facts.organisation_identifier
    assert issuer["eIDASIdentifier"]["spatial"]["id"].endswith("/SRB")
    assert facts.common_name in str(issuer["altLabel"])
    countries = [place["address"]["countryCode"]["id"] for place in listed(issuer["location"])]
    assert any(country.endswith("/SRB") for country in countries)


def test_8_the_viewer_finds_a_page_for_each_language_with_the_labels_it_builds_its_address_from(
    credential: dict[str, Any],
) -> None:
    display = credential["displayParameter"]
    languages = {language["id"] for language in listed(display["language"])}
    assert display["primaryLanguage"]["id"] in languages
    assert display["title"]
    shown = {each["language"]["id"]: listed(each["displayDetail"]) for each in listed(display["individualDisplay"])}
    assert set(shown) == languages
    for pages in shown.values():
        assert [page["page"] for page in pages] == list(range(1, len(pages) + 1))
        for page in pages:
            image = page["image"]
            assert base64.b64decode(image["content"], validate=True)
            assert image["contentType"]["prefLabel"]["en"]
            assert image["contentEncoding"]["id"].endswith("/6146cde7dd")
            assert image["contentEncoding"]["prefLabel"]["en"]


def test_9_the_learner_has_claims_with_title_and_awarding_body(credential: dict[str, Any]) -> None:
    claims = listed(credential["credentialSubject"]["hasClaim"])
    assert claims
    kinds = {"LearningAchievement", "LearningActivity", "LearningAssessment", "LearningEntitlement"}
    for node in nodes(claims):
        if node["type"] in kinds:
            assert node["title"]
            assert node["awardedBy"]["awardingBody"]
        if node["type"] == "LearningAssessment":
            assert node["grade"]["noteLiteral"]
    for node in nodes(credential):
        if node["type"] == "Organisation" and len(node) > 2:
            assert all(place["address"]["countryCode"]["id"] for place in listed(node["location"]))
        if node["type"] == "Mailbox":
            assert node["id"].startswith("mailto:")


def test_10_concepts_carry_their_scheme_and_an_english_label(credential: dict[str, Any]) -> None:
    for node in nodes(credential):
        if node["type"] == "Concept" and len(node) > 2:
            assert node["prefLabel"], node["id"]
            if not node["id"].startswith("urn:edc-microcred:about:"):  # subjects of notes, for which there is no list
                assert node["inScheme"], node["id"]


def test_13_nothing_is_null_or_empty_and_dates_have_seconds_and_offset(file: dict[str, Any]) -> None:
    assert "null" not in re.sub(r'"(?:[^"\\]|\\.)*"', '""', file["payload"])
    text = json.dumps(json.loads(file["payload"]))
    assert '""' not in text
    assert "[]" not in text
    for date in re.findall(r'"(\d{4}-\d\d-\d\dT[^"]*)"', file["payload"]):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", date), date


def test_14_the_file_is_far_below_the_limit_of_the_front_end(issued: Path) -> None:
    assert issued.stat().st_size < 250_000
