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
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from cryptography.x509 import load_pem_x509_certificate

from edc_microcred import load
from edc_microcred.trust import describe
from edc_microcred.vocabularies import vocabularies
from tests.conftest import ROOT
from tests.e2e.command_line import KEY, run
from tests.unit.issuing.conftest import PICTURE

KEYS = {"payload", "signatures"}
TAGS = {"ENG": "en", "SRP": "sr"}
"""The tags of the languages in which the courses of the demonstration are shown."""


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demonstration, with three courses issued."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    subprocess.run([sys.executable, str(ROOT / "examples" / "demo.py"), str(folder)], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def issued(demonstration: Path) -> Path:
    """One sealed file of the joint course of Belgrade and Graz."""
    return sorted((demonstration / "data-ml" / "credentials").glob("*.jsonld"))[0]


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


def test_2_the_seal_holds_the_whole_chain_up_to_an_anchor_signer_first(issued: Path, demonstration: Path) -> None:
    envelope = load(issued).envelope
    assert envelope is not None
    chain = envelope.signatures[0].header.certificates
    anchors = [load_pem_x509_certificate(path.read_bytes()) for path in (demonstration / "pki" / "trust").glob("*.pem")]
    assert len(chain) >= 2
    for certificate, above in pairwise(chain):
        certificate.verify_directly_issued_by(above)
    assert any(anchor == chain[-1] or anchor.subject == chain[-1].issuer for anchor in anchors)


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


def test_4_no_two_credentials_have_one_id_and_in_each_an_id_means_one_thing(demonstration: Path) -> None:
    ids = []
    for path in demonstration.glob("*/credentials/*.jsonld"):
        members = json.loads(load(path).text)
        ids.append(members["id"])
        described: dict[str, dict[str, Any]] = {}
        for node in nodes(members):
            if set(node) > {"id", "type"}:
                assert described.setdefault(node["id"], node) == node, node["id"]
    assert len(set(ids)) == len(ids) == 16


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


def test_10_concepts_have_a_label_in_english_and_in_each_language_shown_that_their_list_has(
    demonstration: Path,
) -> None:
    by_scheme = {one.scheme: one for one in vocabularies()}
    missing = set()
    for course in ("data-ml", "edna", "gis"):
        members = json.loads(load(next((demonstration / course / "credentials").iterdir())).text)
        shown = {TAGS[language["id"][-3:]] for language in listed(members["displayParameter"]["language"])}
        assert shown == {"en", "sr"}
        for node in nodes(members):
            if node["type"] != "Concept" or "inScheme" not in node:
                continue
            known = (
                by_scheme[node["inScheme"]["id"]].by_uri(node["id"]) if node["inScheme"]["id"] in by_scheme else None
            )
            wanted = {"en"} | (shown & known.labels.keys() if known is not None else set())
            missing |= {(node["id"], tag) for tag in wanted - node["prefLabel"].keys()}
    assert missing == set()


COURSE = {
    "languages": ["en"], "title": "Data basics", "learning_outcomes": ["Explain the dimensions of data quality"],
    "awarding_bodies": {"name": "Example University", "country": "RS", "eidas_identifier": "VATRS-100000000"},
    "workload": "3 ECTS", "eqf": 6, "isced_f": "0612", "mode": "online", "assessment": "written examination",
    "grading": "RS", "awarded_on": "2026-06-30",
    "quality_assurance": "Internal, under the European standards and guidelines.",
}  # fmt: skip
ACCREDITED = {**COURSE, "quality_assurance": {"accreditations": {
    "type": "bb4618238e", "agency": {"name": "Agency (example)", "country": "RS"}, "number": "61/2026",
    "issued": "2024-03-01", "expires": "2031-03-01", "as_evidence": True,
}}}  # fmt: skip
SEALER = ("--organisation", "Sealing Service (TEST)", "--organisation-identifier", "VATRS-200000000")


def issued_from(folder: Path, course: dict[str, Any], *pki: str) -> Path:
    """The file of the one learner of a course, sealed with the key of such a demonstration PKI."""
    (folder / "course.yaml").write_text(json.dumps(course), encoding="utf-8")
    (folder / "mandate.png").write_bytes(PICTURE)
    (folder / "learners.csv").write_text("Student number,Given name,Family name,Grade\n001,Ana,Primer,9\n", "utf-8")
    run(folder, "demo-pki", "pki", *pki)
    run(folder, "issue", "course.yaml", "learners.csv", *KEY, "-o", "out")
    (path,) = (folder / "out" / "credentials").iterdir()
    return path


def concepts_of(value: Any) -> set[str]:
    return {one["id"].rpartition("/")[2] for one in listed(value)}


@pytest.mark.parametrize("course", [COURSE, ACCREDITED], ids=["alone", "beside an accreditation"])
def test_11_who_seals_for_another_shows_the_mandate_as_evidence_and_profile(
    tmp_path: Path, course: dict[str, Any]
) -> None:
    mandate = {"statement": "By contract 7/2026.", "document": "mandate.png"}
    path = issued_from(tmp_path, {**course, "mandate": mandate}, *SEALER)
    members = json.loads(load(path).text)
    assert members["issuer"]["eIDASIdentifier"]["notation"] == "VATRS-200000000"
    claim = members["credentialSubject"]["hasClaim"]
    assert claim["awardedBy"]["awardingBody"]["eIDASIdentifier"]["notation"] == "VATRS-100000000"
    (evidence,) = [one for one in listed(members["evidence"]) if one["dcType"]["id"].endswith("/c_18016257")]
    assert evidence["evidenceStatement"] == "By contract 7/2026."
    assert base64.b64decode(evidence["embeddedEvidence"]["content"], validate=True) == PICTURE
    assert "c_9a31f32a" in concepts_of(members["credentialProfiles"])
    assert "edc-issued-by-mandate" in concepts_of(members["credentialSchema"])
    run(tmp_path, "verify", str(path), "--trust", "pki/trust")
    run(tmp_path, "validate", str(path), "--profile", "issued-by-mandate")


def test_12_an_accreditation_is_evidence_of_what_is_issued_and_the_accredited_profile_is_kept(tmp_path: Path) -> None:
    path = issued_from(
        tmp_path, ACCREDITED, "--organisation", "Example University", "--organisation-identifier", "VATRS-100000000"
    )
    members = json.loads(load(path).text)
    assert members["evidence"]["dcType"]["id"].endswith("/c_991b06c6")
    accreditation = members["evidence"]["accreditation"]
    assert accreditation["dateIssued"] < members["issuanceDate"] < accreditation["expiryDate"]
    claims = listed(members["credentialSubject"]["hasClaim"])
    assert [claim["type"] for claim in claims] == ["LearningAchievement"]
    assert claims[0]["specifiedBy"]["eqfLevel"]["id"].endswith("/6")
    # What QDR calls the accreditation, and the profile, are not asked for in a course; a file that has them is sealed.
    accreditation["id"] = "http://data.europa.eu/snb/data-dev/accreditation/1"
    members["credentialProfiles"]["id"] = "http://data.europa.eu/snb/credential/6cf8e68c43"
    members["credentialSchema"]["id"] = "http://data.europa.eu/snb/model/ap/edc-accredited"
    (tmp_path / "accredited.jsonld").write_text(json.dumps(members), encoding="utf-8")
    run(tmp_path, "seal", "accredited.jsonld", "-o", "sealed.jsonld", *KEY)
    sealed = json.loads(load(tmp_path / "sealed.jsonld").text)
    assert sealed["evidence"]["accreditation"]["id"] == accreditation["id"]
    assert concepts_of(sealed["credentialProfiles"]) == {"6cf8e68c43"}
    run(tmp_path, "verify", "sealed.jsonld", "--trust", "pki/trust")
    run(tmp_path, "validate", "sealed.jsonld", "--profile", "accredited")


def test_13_nothing_is_null_or_empty_and_dates_have_seconds_and_offset(file: dict[str, Any]) -> None:
    assert "null" not in re.sub(r'"(?:[^"\\]|\\.)*"', '""', file["payload"])
    text = json.dumps(json.loads(file["payload"]))
    assert '""' not in text
    assert "[]" not in text
    for date in re.findall(r'"(\d{4}-\d\d-\d\dT[^"]*)"', file["payload"]):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", date), date


def test_14_the_file_is_far_below_the_limit_of_the_front_end(issued: Path) -> None:
    assert issued.stat().st_size < 250_000
