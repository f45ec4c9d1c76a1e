"""The JSON Schema of a credential: what it takes, what it refuses and where, and what it tells an editor."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from edc_microcred.elm import CLASSES
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.shapes.json_schema import credential_schema
from tests.conftest import ROOT

SCHEMA = credential_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
GOOD: dict[str, Any] = json.loads((ROOT / "examples" / "credential.jsonld").read_text("utf-8"))
CLAIM = "credentialSubject/hasClaim"
QUALIFICATION = f"{CLAIM}/specifiedBy"


def with_member(path: str, value: Any) -> dict[str, Any]:
    """The good credential with the value of one member set; its owner has to be there."""
    members = copy.deepcopy(GOOD)
    *owners, last = path.split("/")
    owner = members
    for name in owners:
        owner = owner[name]
    owner[last] = value
    return members


def without(name: str) -> dict[str, Any]:
    assert name in GOOD
    return {member: value for member, value in GOOD.items() if member != name}


def refused(members: dict[str, Any]) -> dict[str, str]:
    """Where the schema refuses something -> the first words about it."""
    errors = sorted(VALIDATOR.iter_errors(members), key=lambda error: error.json_path, reverse=True)
    return {error.json_path.removeprefix("$."): error.message for error in errors}


def test_the_schema_is_one_and_takes_the_example() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert refused(GOOD) == {}


WRONG = {
    "a date in words": ("issued", "yesterday", "issued"),
    "a day without a time": ("credentialSubject/dateOfBirth", "1999-10-02", "credentialSubject.dateOfBirth"),
    "weeks in a duration": (f"{QUALIFICATION}/volumeOfLearning", "P1W", f"{QUALIFICATION}/volumeOfLearning"),
    "a number where text stands": (
        f"{QUALIFICATION}/creditPoint/point", 5, f"{QUALIFICATION}/creditPoint/point"),
    "text without its language": (f"{CLAIM}/title", "Data basics", f"{CLAIM}/title"),
    "a language tag with an underscore": (f"{CLAIM}/title", {"sr_Latn": "Osnove"}, f"{CLAIM}/title"),
    "a language whose text is a number": (f"{CLAIM}/title", {"en": 7}, f"{CLAIM}/title/en"),
    "two texts of one language": (f"{CLAIM}/title", {"en": ["Data", "Basics"]}, f"{CLAIM}/title/en"),
    "a name in two languages": (
        "credentialSubject/givenName", {"en": "Ana", "sr": "Ана"}, "credentialSubject/givenName"),
    "a list where one value belongs": (
        f"{QUALIFICATION}/eqfLevel", [{"id": "urn:x:1", "type": "Concept"}], f"{QUALIFICATION}/eqfLevel"),
    "a list of one date": ("validFrom", ["2026-06-30T00:00:00Z"], "validFrom"),
    "text where an object stands": (
        f"{QUALIFICATION}/language", "http://publications.europa.eu/resource/authority/language/ENG",
        f"{QUALIFICATION}/language"),
    "text in a list of objects": (
        f"{QUALIFICATION}/learningOutcome", [{"type": "LearningOutcome"}, "Uses data"],
        f"{QUALIFICATION}/learningOutcome[1]"),
    "an object of another class": (
        f"{CLAIM}/awardedBy", {"id": "urn:x:1", "type": "Organisation"}, f"{CLAIM}/awardedBy/type"),
    "a class that is not among several": (
        "credentialSubject", {"id": "urn:x:1", "type": "Group"}, "credentialSubject/type"),
    "a misspelt class": (f"{CLAIM}/type", "LearningAchievment", f"{CLAIM}/type"),
    "an id that is no absolute IRI": ("credentialSubject/id", "person-1", "credentialSubject/id"),
    "a file that is not base64": (
        "displayParameter/individualDisplay/displayDetail/image/content", "data:image/png;base64,iVBORw0KGgo=",
        "displayParameter/individualDisplay/displayDetail/image/content"),
    "page zero": (
        "displayParameter/individualDisplay/displayDetail/page", 0,
        "displayParameter/individualDisplay/displayDetail/page"),
    "yes for true": (f"{QUALIFICATION}/isPartialQualification", "yes", f"{QUALIFICATION}/isPartialQualification"),
    "nothing for a value": (f"{CLAIM}/description", None, f"{CLAIM}/description"),
    "a type that is not a European credential's": ("type", ["VerifiableCredential"], "type"),
    "a type that is no list": ("type", "EuropeanDigitalCredential", "type"),
}  # fmt: skip


@pytest.mark.parametrize("fault", WRONG)
def test_the_schema_refuses_at_its_place(fault: str) -> None:
    path, value, place = WRONG[fault]
    assert list(refused(with_member(path, value))) == [place.replace("/", ".")]


@pytest.mark.parametrize("name", ["type", "credentialSubject"])
def test_the_schema_refuses_what_is_no_credential_at_all(name: str) -> None:
    assert list(refused(without(name))) == ["$"]


ALSO_RIGHT = {
    "not completed by sealing yet": without("@context"),
    "a list of one where there may be several": with_member("holder", [{"id": "urn:x:1", "type": "Person"}]),
    "language maps as exports have them": with_member(f"{CLAIM}/title", {"en": ["Data basics"]}),
    "several texts of one language where ELM takes them": with_member(f"{QUALIFICATION}/altLabel", {"en": ["a", "b"]}),
    "a member of somebody's own": with_member("credentialSubject/studentNumber", "12345"),
    "a term that only ELM 3.3 has": with_member("credentialSubject/order", 1),
    "an object that does not say its type": with_member(CLAIM, {"id": "urn:x:1", "title": {"en": "Data"}}),
    "a mere mention": with_member(f"{CLAIM}/awardedBy/awardingBody", {"id": "urn:epass:org:1", "type": "Organisation"}),
    "a time without its zone": with_member("issued", "2026-06-30T00:00:00"),
    "a page number in text": with_member("displayParameter/individualDisplay/displayDetail/page", "1"),
    "a further type": with_member("credentialStatus", {"type": ["CredentialStatus", "BitstringStatusListEntry"]}),
    "a further type of the credential": with_member("type", [*GOOD["type"], "VerifiableAttestation"]),
}  # fmt: skip


@pytest.mark.parametrize("form", ALSO_RIGHT)
def test_the_schema_takes(form: str) -> None:
    assert refused(ALSO_RIGHT[form]) == {}


def test_an_object_without_a_type_is_looked_at_as_the_general_class() -> None:
    members = with_member(CLAIM, {"id": "urn:x:1", "title": "Data"})
    assert list(refused(members)) == [f"{CLAIM}.title".replace("/", ".")]


def test_every_class_and_property_of_elm_3_2_is_there_and_says_what_it_is() -> None:
    for cls in CLASSES.values():
        if cls.SINCE == "3.3":
            assert cls.TYPE not in SCHEMA["$defs"]
            continue
        found = SCHEMA["$defs"][cls.TYPE]
        terms = {fact.name: fact.means for fact in cls.terms().values() if fact.since != "3.3"}
        assert found["properties"].keys() - {"@context"} == terms.keys() | {"id", "type"}
        assert all(found["properties"][name]["description"].startswith(means) for name, means in terms.items())
        assert found["description"]


def test_an_editor_shows_what_elm_does_not_have_and_which_list_a_value_is_from() -> None:
    assert all(
        SCHEMA["$defs"][cls.TYPE]["additionalProperties"] == {"$ref": "#/$defs/unknown"}
        for cls in CLASSES.values()
        if cls.SINCE != "3.3"
    )
    assert SCHEMA["$defs"]["unknown"]["deprecated"] is True
    described = SCHEMA["$defs"]["EuropeanDigitalCredential"]["properties"]
    assert described["credentialProfiles"]["description"].endswith("From the list credential; demanded.")
    assert described["issued"]["description"].endswith("Demanded.")
    assert described["@context"]["default"] == list(CONTEXTS)


def test_every_definition_is_used_or_a_class_and_every_reference_is_defined() -> None:
    used = {address.split("/")[2] for address in references(SCHEMA)}
    assert used <= SCHEMA["$defs"].keys()
    assert SCHEMA["$defs"].keys() - used <= {cls.TYPE for cls in CLASSES.values()}


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            if name == "$ref":
                yield item
            else:
                yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)
