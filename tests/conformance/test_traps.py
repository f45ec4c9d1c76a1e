"""The traps of the published rules: what the official programs say, and that ours names the cause.

Each test breaks one thing in a sealed sample of the Commission with which nothing is wrong, and looks at both verdicts:
the published shapes run by pyld and pySHACL, and all that `validate` finds. `-rA` shows them side by side.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from edc_microcred import validate
from edc_microcred.findings import Finding
from edc_microcred.shapes import ProfileValidator
from edc_microcred.verification.content import conforms
from tests.conformance.published_shapes import CREDENTIALS_V1, Published, read_sample

SAMPLE = "eu-2024/Sample-CertOfPart-signed.jsonld"
COUNTRIES = "http://publications.europa.eu/resource/authority/country"
Members = dict[str, Any]


@pytest.fixture(scope="module")
def published(reference: Path) -> Published:
    return Published(reference)


@pytest.fixture
def sealed(published: Published) -> Members:
    value: Members = json.loads((published.reference / "credentials" / SAMPLE).read_text("utf-8"))
    return value


@pytest.fixture
def members(sealed: Members) -> Members:
    value: Members = json.loads(sealed["payload"])
    return value


def both(published: Published, members: Members) -> tuple[bool, dict[str, str]]:
    """Whether the document conforms officially, and the rule and place of all that we find, each rule once."""
    official = published.verdict(published.graph(published.expanded(members)), "generic-full").conforms
    findings = validate(members, profile="generic-full")
    found: dict[str, str] = {}
    for finding in findings:
        found.setdefault(finding.rule, finding.pointer)
    said = ", ".join(f"{rule} at {place or '/'}" for rule, place in found.items())
    print(f"officially: {'conforms' if official else 'does not conform'}; ours: {said or 'nothing to remark'}")
    return official, found


def one(members: Members, rule: str) -> Finding:
    [found] = [finding for finding in validate(members, profile="generic-full") if finding.rule == rule]
    return found


def image(members: Members) -> Members:
    value: Members = members["displayParameter"]["individualDisplay"]["displayDetail"]["image"]
    return value


def test_nothing_is_wrong_with_the_sample_that_each_trap_is_made_of(published: Published, members: Members) -> None:
    assert both(published, members) == (True, {})


# Vacuous passes: no shape finds what it is for, so nothing is wrong.
def test_a_credential_of_an_unknown_type_conforms_officially_and_is_no_credential_to_us(
    published: Published, members: Members
) -> None:
    members["type"] = ["VerifiableCredential", "Diploma"]
    assert both(published, members) == (True, {"ld/relative-iri": "/type/1", "edc/no-credential": ""})
    assert not conforms(validate(members))


def test_a_credential_without_contexts_conforms_officially_and_we_say_that_there_are_none(
    published: Published, members: Members
) -> None:
    del members["@context"]
    assert both(published, members) == (True, {"edc/context-wrong": ""})
    assert "there are none" in one(members, "edc/context-wrong").message
    assert not conforms(validate(members))


def test_a_credential_with_w3cs_context_alone_conforms_officially_and_we_show_what_it_loses(
    published: Published, members: Members
) -> None:
    members["@context"] = [CREDENTIALS_V1]
    official, found = both(published, members)
    assert official
    assert found.keys() == {"ld/no-credential", "ld/dropped-term"}
    assert not conforms(validate(members))


def test_a_sealed_file_conforms_officially_whatever_its_payload_lacks_and_we_look_into_the_payload(
    published: Published, sealed: Members, members: Members
) -> None:
    assert both(published, sealed) == (True, {})
    del members["displayParameter"], members["issuer"]["legalName"]
    broken = {**sealed, "payload": json.dumps(members)}
    official, found = both(published, broken)
    assert official
    assert found == {"elm/missing": ""}
    assert [f.pointer for f in validate(broken, profile="generic-full")] == ["", "/issuer"]
    assert both(published, members) == (False, found)  # officially too, once the payload is taken out
    (said,) = ProfileValidator("generic-full").validate(sealed)  # which is given members as they are
    assert "the credential is in its payload" in said.message


# Names and ids that say something else than they seem to.
def test_a_greek_iota_in_a_name_that_may_be_absent_conforms_officially_and_we_name_the_letter(
    published: Published, members: Members
) -> None:
    person = members["credentialSubject"]
    person["g\N{GREEK SMALL LETTER IOTA}venName"] = person.pop("givenName")
    assert both(published, members) == (
        True, {"ld/look-alike-term": "/credentialSubject/g\N{GREEK SMALL LETTER IOTA}venName"},
    )  # fmt: skip
    assert "GREEK SMALL LETTER IOTA" in one(members, "ld/look-alike-term").message


def test_a_greek_iota_in_the_issuers_number_lacks_a_number_officially_and_we_name_the_letter(
    published: Published, members: Members
) -> None:
    issuer = members["issuer"]
    issuer["eIDAS\N{GREEK CAPITAL LETTER IOTA}dentifier"] = issuer.pop("eIDASIdentifier")
    official, found = both(published, members)
    assert not official
    assert found.keys() == {"ld/look-alike-term", "edc/issuer-identifier"}
    assert one(members, "ld/look-alike-term").values["meant"] == "eIDASIdentifier"


def test_the_ontologys_own_sample_has_that_iota_and_we_name_it(published: Published) -> None:
    members = read_sample(published.reference, "eu-2023/credential-sample.jsonld")
    official, found = both(published, members)
    assert not official
    assert found["ld/look-alike-term"] == "/issuer/eIDAS\N{GREEK CAPITAL LETTER IOTA}dentifier"


def test_two_contents_under_one_id_are_one_too_many_officially_and_we_say_which_objects_share_it(
    published: Published, members: Members
) -> None:
    members["attachment"] = {**image(members), "content": image(members)["content"][:-4] + "AAAA"}
    official, found = both(published, members)
    assert not official
    assert found["elm/one-id-two-objects"] == "/attachment"
    assert found.keys() == {"elm/one-id-two-objects", "elm/too-many"}
    assert f"2 objects in the file share the id {image(members)['id']}" in one(members, "elm/too-many").message


def test_an_id_that_names_nothing_outside_the_file_conforms_officially_and_is_found_by_us(
    published: Published, members: Members
) -> None:
    members["attachment"] = {**image(members), "id": "picture"}
    assert both(published, members) == (True, {"elm/id-not-absolute": "/attachment/id"})


def test_status_entries_that_no_context_knows_conform_officially_and_we_show_what_is_lost(
    published: Published, members: Members
) -> None:
    address = "https://status.example.org/3"
    members["status"] = {"id": f"{address}#9", "type": "StatusList2021Entry", "statusListCredential": address}
    assert both(published, members) == (
        True,
        {
            "elm/unknown-member": "/status",
            "ld/dropped-term": "/status/statusListCredential",
            "ld/relative-iri": "/status/type",
        },
    )


# Coded values: the published shapes ask which list a value names, and never whether the list has it.
def test_an_invented_member_of_a_complete_list_conforms_officially_and_is_not_in_the_list_for_us(
    published: Published, members: Members
) -> None:
    members["credentialSubject"]["citizenshipCountry"]["id"] = f"{COUNTRIES}/ATLANTIS"
    assert both(published, members) == (True, {"cv/not-in-list": "/credentialSubject/citizenshipCountry/id"})


def test_the_invented_country_of_a_published_credential_conforms_officially_and_is_found_by_us(
    published: Published,
) -> None:
    members = read_sample(published.reference, "mynextid/edc-dc-signed.jsonld")
    official, found = both(published, members)
    assert official
    assert found["cv/not-in-list"] == "/credentialSubject/placeOfBirth/address/countryCode/id"


def test_an_invented_member_of_a_list_that_we_have_in_part_conforms_officially_and_is_shown_as_not_checked(
    published: Published, members: Members
) -> None:
    members["credentialProfiles"]["id"] = "http://data.europa.eu/snb/credential/invented"
    assert both(published, members) == (True, {"cv/not-checked": "/credentialProfiles/id"})


def test_an_invented_list_is_no_conforming_one_officially_and_we_name_the_list_that_must_be(
    published: Published, members: Members
) -> None:
    wanted = members["credentialProfiles"]["inScheme"]["id"]
    members["credentialProfiles"]["inScheme"]["id"] = "http://data.europa.eu/snb/credential/invented-list"
    assert both(published, members) == (False, {"cv/scheme": "/credentialProfiles"})
    assert wanted in one(members, "cv/scheme").message


def test_a_value_put_into_an_invented_list_beside_its_own_conforms_officially_and_is_found_by_us(
    published: Published, members: Members
) -> None:
    country = members["credentialSubject"]["citizenshipCountry"]
    country["id"] = f"{COUNTRIES}/FRA"  # one that no other member of the sample names
    country["prefLabel"] = {"en": "France"}
    country["inScheme"] = [country["inScheme"], {"id": "urn:invented:list", "type": "ConceptScheme"}]
    official, found = both(published, members)
    assert official
    assert found == {"cv/scheme-members": "/credentialSubject/citizenshipCountry/inScheme/1"}


# Values that say something else than they seem to.
def test_a_bare_day_and_a_duration_in_weeks_conform_officially_and_are_found_by_us(
    published: Published, members: Members
) -> None:
    members["validFrom"] = "2026-03-01"
    members["credentialSubject"]["hasClaim"]["specifiedBy"]["volumeOfLearning"] = "P2W"
    place = "/credentialSubject/hasClaim/specifiedBy/volumeOfLearning"
    assert both(published, members) == (True, {"elm/not-a-date": "/validFrom", "elm/not-a-duration": place})
