"""Reading takes what real files hold; what cannot be read stays and is said."""

import json
import pickle
from base64 import b64encode
from binascii import a2b_base64
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from edc_microcred.elm import (
    CLASSES,
    RULES,
    EuropeanDigitalCredential,
    LanguageMap,
    LearningAchievement,
    Location,
    MediaObject,
    Organisation,
    Person,
    Qualification,
    WebResource,
    check_credential,
    read_credential,
    read_object,
    write_credential,
    write_members,
)
from edc_microcred.elm.reading import Reader
from edc_microcred.findings import Rule
from edc_microcred.limits import DEFAULT_LIMITS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_wrong_example_and_not_its_right_one(rule: Rule) -> None:
    head = {"id": "urn:credential:1", "type": ["VerifiableCredential", "EuropeanDigitalCredential"]}
    assert {f.rule for f in read_credential({**head, **rule.wrong})[1]} == {rule.id}
    assert rule.id not in {f.rule for f in read_credential({**head, **rule.right})[1]}


@pytest.mark.parametrize("title", [{"en": "Data"}, {"en": ["Data"]}])
def test_a_text_may_stand_in_a_list(title: Any) -> None:
    achievement, findings = read_object(LearningAchievement, {"type": "LearningAchievement", "title": title})
    assert (achievement.title, findings) == (LanguageMap({"en": "Data"}), [])


@pytest.mark.parametrize("claims", [[{"type": "LearningAchievement"}], {"type": "LearningAchievement"}])
def test_a_single_object_may_stand_without_its_list(claims: Any) -> None:
    person, findings = read_object(Person, {"type": "Person", "hasClaim": claims})
    assert ([type(claim) for claim in person.has_claim], findings) == ([LearningAchievement], [])


def test_a_bare_iri_is_read_as_a_reference_and_written_as_one() -> None:
    members = {"type": "Person", "memberOf": "urn:epass:org:7"}
    person, findings = read_object(Person, members)
    assert (person.member_of, findings) == ([Organisation(id="urn:epass:org:7")], [])
    assert person.member_of[0].is_reference
    assert write_members(person) == members


def test_a_good_item_of_a_list_is_read_beside_a_bad_one_and_both_are_written_back() -> None:
    members = {"type": "Person", "hasClaim": [{"type": "Location"}, {"type": "LearningAchievement"}, 7]}
    person, findings = read_object(Person, members)
    assert len(person.has_claim) == 1
    assert [(f.rule, f.pointer) for f in findings] == [
        ("elm/wrong-class", "/hasClaim/0"),
        ("elm/wrong-kind", "/hasClaim/2"),
    ]
    assert write_members(person) == members


def test_the_spelling_of_an_untouched_value_is_kept_and_of_a_changed_one_is_ours() -> None:
    text = (
        '{"type":["VerifiableCredential","EuropeanDigitalCredential"],'
        '"issued":"2026-03-01T09:00:00.000Z","validFrom":"2026-03-01T09:00:00Z"}'
    )
    credential, _ = read_credential(json.loads(text))
    assert write_credential(credential) == text
    credential.valid_from = datetime(2026, 4, 1, tzinfo=UTC)
    written = json.loads(write_credential(credential))
    assert (written["issued"], written["validFrom"]) == ("2026-03-01T09:00:00.000Z", "2026-04-01T00:00:00+00:00")


def test_setting_a_field_replaces_what_could_not_be_read() -> None:
    person, _ = read_object(Person, {"type": "Person", "dateOfBirth": "May", "givenName": "Ana"})
    person.date_of_birth = date(1999, 10, 2)
    person.given_name = LanguageMap({"en": "Ana"})
    assert write_members(person) == {
        "type": "Person", "dateOfBirth": "1999-10-02T00:00:00+00:00", "givenName": {"en": "Ana"},
    }  # fmt: skip


def test_the_day_of_birth_is_the_day_written_whatever_the_zone() -> None:
    person, _ = read_object(Person, {"type": "Person", "dateOfBirth": "1999-10-02T00:00:00+02:00"})
    assert person.date_of_birth == date(1999, 10, 2)


def test_unknown_members_are_kept_listed_and_written_back() -> None:
    members = {"type": "Person", "shoeSize": {"eu": 40}, "nickname": ["A", "B"]}
    person, findings = read_object(Person, members)
    assert person.unknown_members == {"shoeSize": {"eu": 40}, "nickname": ["A", "B"]}
    assert [f.pointer for f in findings] == ["/shoeSize", "/nickname"]
    assert write_members(person) == members


def test_the_class_of_an_object_without_a_type_is_guessed_from_its_members() -> None:
    achievement, findings = read_object(
        LearningAchievement, {"type": "LearningAchievement", "specifiedBy": {"eqfLevel": {"id": "urn:a:b"}}}
    )
    assert isinstance(achievement.specified_by, Qualification)
    assert [f.rule for f in findings] == ["elm/type-missing"]


@pytest.mark.parametrize("raw", [None, []])
def test_null_and_empty_lists_are_nothing_and_written_back(raw: Any) -> None:
    members = {"type": "Person", "givenName": raw, "hasClaim": raw}
    person, findings = read_object(Person, members)
    assert (person.given_name, person.has_claim, findings) == (None, [], [])
    assert write_members(person) == members


def test_media_are_decoded_and_untouched_ones_written_as_found() -> None:
    members = {"type": "MediaObject", "content": "iVBORw0KGgo="}
    media, findings = read_object(MediaObject, members)
    assert (media.content, findings) == (b"\x89PNG\r\n\x1a\n", [])
    assert write_members(media) == members


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(max_size=8), below, max_size=4),
    max_leaves=12,
)
_TERMS = sorted({term.name for cls in CLASSES.values() for term in cls.terms().values()} | {"id", "type", "@context"})
_TYPES = st.sampled_from(sorted(CLASSES)) | st.text(max_size=4)


@st.composite
def _almost_objects(draw: st.DrawFn, depth: int = 3) -> dict[str, Any]:
    members: dict[str, Any] = {"type": draw(_TYPES)}
    for name in draw(st.lists(st.sampled_from(_TERMS), max_size=5, unique=True)):
        below = _almost_objects(depth - 1) if depth else st.none()
        members[name] = draw(
            _JSON | below | st.lists(below, max_size=2) | st.dictionaries(_TYPES, st.text(), max_size=2)
        )
    return members


def test_a_copy_of_an_object_without_a_type_has_none() -> None:
    person, _ = read_object(Person, {"id": "urn:epass:person:1"})
    assert write_members(deepcopy(person)) == {"id": "urn:epass:person:1"}
    assert write_members(pickle.loads(pickle.dumps(person))) == {"id": "urn:epass:person:1"}  # noqa: S301  # our own


@settings(max_examples=200, deadline=None)
@given(_almost_objects())
def test_a_copy_is_written_as_what_it_was_copied_from(members: dict[str, Any]) -> None:
    person, _ = read_object(Person, {"id": "urn:epass:person:1", **members})
    for thing in person.walk():  # those who remember nothing are written by a shorter way, their copies are not
        assert json.dumps(write_members(deepcopy(thing))) == json.dumps(write_members(thing))


@settings(max_examples=300, deadline=None)
@given(_almost_objects())
def test_any_json_object_is_read_with_findings_and_written_back_whole(members: dict[str, Any]) -> None:
    credential, findings = read_object(EuropeanDigitalCredential, members)
    assert _plain(write_members(credential)) == _plain(members)
    assert all(finding.message for finding in findings)


@settings(max_examples=300, deadline=None)
@given(_almost_objects())
def test_checking_finds_what_reading_finds(members: dict[str, Any]) -> None:
    assert check_credential(members) == read_credential(members)[1]


@pytest.mark.parametrize("again", [1, 1.0, True, "1", None])
def test_checking_takes_no_number_for_another_that_python_calls_equal(again: Any) -> None:
    media = {"id": "urn:epass:webResource:1", "type": "WebResource", "order": 1}
    members = {"type": "Person", "contactPoint": [{"contactForm": media}, {"contactForm": {**media, "order": again}}]}
    assert check_credential({"credentialSubject": members}) == read_credential({"credentialSubject": members})[1]


@given(st.text("AZaz09+/=-_ \n\u0430", max_size=9) | st.binary(max_size=200).map(lambda b: b64encode(b).decode()))
def test_checking_takes_for_base64_what_reading_takes(content: str) -> None:
    media = {"type": "MediaObject", "content": content, "contentType": {"type": "Concept", "id": "urn:type/PNG"}}
    members = {"displayParameter": {"type": "DisplayParameter", "individualDisplay": {"type": "IndividualDisplay",
               "displayDetail": {"type": "DisplayDetail", "image": media}}}}  # fmt: skip
    findings = read_credential(members)[1]
    assert check_credential(members) == findings
    if not content.startswith("iVBORw0KGgo"):  # that is how a PNG begins
        assert {finding.rule for finding in findings} & {"elm/not-base64", "elm/media-type-wrong"}


def _plain(value: Any) -> Any:
    """Lists of one collapsed, as JSON-LD means them; numbers told from booleans, which Python takes for equal."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return _plain(value[0]) if len(value) == 1 else [_plain(item) for item in value]
    return (type(value).__name__, value)


@settings(max_examples=300, deadline=None)
@given(
    st.text("AQgwz09+/=-_ \n\u00e9", max_size=13) | st.binary(max_size=9).map(lambda octets: b64encode(octets).decode())
)
@example("AAB=")  # bits behind the last octet
@example("-_-_")
@example("AA")
def test_media_are_what_the_strict_decoder_of_python_takes(text: str) -> None:
    media, findings = read_object(MediaObject, {"type": "MediaObject", "content": text})
    try:
        assert media.content == a2b_base64(text, strict_mode=True)
        assert findings == []
    except ValueError:
        assert media.content is None
        assert [finding.rule for finding in findings] == ["elm/not-base64"]


def test_objects_with_nothing_to_remember_share_an_empty_memory_that_nobody_can_write_into() -> None:
    simple, _ = read_object(Organisation, {"id": "urn:epass:org:1", "type": "Organisation", "legalName": {"en": "Uni"}})
    other, _ = read_object(Organisation, {"id": "urn:epass:org:1", "shoeSize": 40})
    with pytest.raises(TypeError):
        simple._source = other._source
    for copied in (simple.model_copy(deep=True), pickle.loads(pickle.dumps(simple))):  # noqa: S301  # our own
        assert copied == simple
        assert copied.source is not None
        assert (copied.unknown_members, copied.unread_members) == ({}, {})


def test_an_object_that_stands_in_the_file_again_is_the_same_object() -> None:
    organisation = {"id": "urn:epass:org:1", "type": "Organisation", "legalName": {"en": "Uni"}}
    person, _ = read_object(Person, {"type": "Person", "memberOf": [organisation, dict(organisation)]})
    assert person.member_of[0] is person.member_of[1]


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ({"legalName": {"en": "Uni", "hr": "Sve"}}, {"legalName": {"hr": "Sve", "en": "Uni"}}),
        ({"legalName": {"en": "Uni", "hr-HR": "Sve"}}, {"legalName": {"hr-HR": "Sve", "en": "Uni"}}),
        ({"altLabel": {"en": ["Uni", "U"], "hr": "S"}}, {"altLabel": {"hr": "S", "en": ["Uni", "U"]}}),
        ({"order": 1}, {"order": True}),
        ({"shoeSize": 1}, {"shoeSize": 1.0}),
        ({"registration": {"type": "LegalIdentifier", "notation": 1}},
         {"registration": {"type": "LegalIdentifier", "notation": 1.0}}),
        ({"homepage": [{"type": "WebResource", "contentURL": "a"}, {"shoeSize": 1}]},
         {"homepage": [{"type": "WebResource", "contentURL": "a"}, {"shoeSize": True}]}),
    ],
)  # fmt: skip
def test_equal_objects_are_each_written_as_they_were_found(first: dict[str, Any], again: dict[str, Any]) -> None:
    head = {"id": "urn:epass:org:1", "type": "Organisation"}
    person, _ = read_object(Person, {"type": "Person", "memberOf": [{**head, **first}, {**head, **again}]})
    assert json.dumps(write_members(person)["memberOf"]) == json.dumps([{**head, **first}, {**head, **again}])


def test_a_bare_iri_is_no_object_that_stands_there_again() -> None:
    members = {"type": "Person", "memberOf": ["urn:a:b", {"id": "urn:a:b"}, {"id": "urn:a:b", "type": "Organisation"}]}
    members["memberOf"] += members["memberOf"]
    assert write_members(read_object(Person, members)[0]) == members


def test_an_object_of_two_types_is_in_each_place_what_belongs_there() -> None:
    both = {"id": "urn:a:b", "type": ["Location", "WebResource"]}
    organisation, _ = read_object(Organisation, {"type": "Organisation", "location": both, "homepage": dict(both)})
    assert [type(thing) for thing in (*organisation.location, *organisation.homepage)] == [Location, WebResource]


def test_an_object_that_stands_in_two_places_is_written_in_both_and_its_members_are_not_shared() -> None:
    organisation = {
        "id": "urn:a:b", "type": "Organisation",
        "legalName": {"en": "Uni"}, "location": {"id": "urn:a:c", "type": "Location"},
    }  # fmt: skip
    members = {
        "id": "urn:credential:1", "type": EuropeanDigitalCredential.type_members(), "issuer": organisation,
        "credentialSubject": {"id": "urn:a:d", "type": "Person", "memberOf": [dict(organisation), organisation]},
    }  # fmt: skip
    credential, _ = read_credential(json.loads(json.dumps(members)))
    assert credential.issuer is credential.credential_subject.member_of[0]
    written = write_members(credential)
    assert json.loads(write_credential(credential)) == written == members
    written["issuer"]["legalName"]["en"] = "Other"
    assert written["credentialSubject"] == members["credentialSubject"]


class _Forgetful(dict[str, Any]):
    """Keeps nothing."""

    def __setitem__(self, name: str, value: Any) -> None:
        pass


@settings(max_examples=300, deadline=None)
@given(st.lists(_almost_objects(), max_size=4), st.lists(st.integers(0, 3), max_size=8))
def test_what_stands_there_again_is_read_as_if_it_stood_alone(objects: list[dict[str, Any]], order: list[int]) -> None:
    named = [{**members, "id": f"urn:a:{number % 3}", "type": "Organisation"} for number, members in enumerate(objects)]
    chosen = [json.loads(json.dumps(named[number])) for number in order if number < len(named)]
    members = {"type": "Person", "memberOf": chosen}
    read, findings = read_object(Person, members)
    reader = Reader(DEFAULT_LIMITS)
    reader.right = _Forgetful()
    alone = reader.object(Person, members)
    assert (read, findings) == (alone, reader.findings)
    assert json.dumps(write_members(read)) == json.dumps(write_members(alone))
