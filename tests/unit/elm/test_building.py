"""Building is strict, and says what it wants."""

import copy
import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from pydantic import ValidationError

from edc_microcred.elm import (
    Amount,
    Concept,
    ContactPoint,
    Duration,
    EuropeanDigitalCredential,
    Identifier,
    LanguageMap,
    LearningAchievement,
    LearningActivity,
    LegalIdentifier,
    Location,
    Mailbox,
    MediaObject,
    Organisation,
    Person,
    Qualification,
    write_credential,
    write_members,
)
from edc_microcred.errors import ModelError

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("cls", "arguments", "said"),
    [
        pytest.param(Person, {"given_name": "Ana"}, "needs its language", id="text without a language"),
        pytest.param(
            Person, {"given_name": {"en": 1}}, "language en a text is wanted, no int", id="a number for a text"
        ),
        pytest.param(Person, {"given_name": {"en": None}}, "a text is wanted", id="nothing for a text"),
        pytest.param(Person, {"given_name": {"en": {"a": "x"}}}, "a text is wanted", id="an object for a text"),
        pytest.param(Person, {"given_name": {"en": ["a", 1]}}, "a text is wanted", id="a number among the texts"),
        pytest.param(Person, {"given_name": {"sr_Latn": "Ana"}}, "language tag", id="underscore in a language tag"),
        pytest.param(Person, {"givn_name": {"en": "Ana"}}, "not permitted", id="misspelt name"),
        pytest.param(Person, {"id": "7"}, "absolute IRI", id="id that is no IRI"),
        pytest.param(Person, {"id": "urn:epass:a b"}, "absolute IRI", id="id with a space"),
        pytest.param(Person, {"date_of_birth": "1999-10-02"}, "date", id="date of birth as text"),
        pytest.param(Person, {"has_claim": LearningAchievement()}, "list", id="object where a list belongs"),
        pytest.param(Person, {"has_claim": [Organisation()]}, "Claim", id="object of another class"),
        pytest.param(LearningActivity, {"workload": "PT3H"}, "duration", id="duration as text"),
        pytest.param(LearningActivity, {"level_of_completion": "90"}, "integer", id="number as text"),
        pytest.param(Amount, {"value": 12.5}, "Decimal", id="binary float as amount"),
        pytest.param(
            EuropeanDigitalCredential,
            {"issued": datetime(2026, 1, 1)},  # noqa: DTZ001  # the fault that is meant
            "zone",
            id="time without a zone",
        ),
        pytest.param(
            MediaObject,
            {
                "content": PNG,
                "content_type": Concept(id="http://publications.europa.eu/resource/authority/file-type/JPEG"),
            },
            "JPEG",
            id="picture that is not what it says",
        ),
    ],
)
def test_a_constructor_refuses_at_once(cls: type, arguments: dict, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        cls(**arguments)


def test_assignment_is_as_strict_as_building() -> None:
    person = Person(given_name={"en": "Ana"})
    with pytest.raises(ValidationError):
        person.given_name = "Ana"  # type: ignore[assignment]
    assert person.given_name == {"en": "Ana"}


def test_fields_answer_to_their_json_ld_terms_too() -> None:
    assert Qualification(eqfLevel=Concept(id="urn:a:b")) == Qualification(eqf_level=Concept(id="urn:a:b"))


def test_a_timedelta_becomes_a_duration() -> None:
    activity = LearningActivity(workload=timedelta(hours=3))  # type: ignore[arg-type]
    assert activity.workload == Duration(hours=3)


def test_two_different_objects_with_one_id_are_refused() -> None:
    one = Organisation(id="urn:epass:org:1", legal_name={"en": "A"})
    other = Organisation(id="urn:epass:org:1", legal_name={"en": "B"})
    with pytest.raises(ValidationError, match="two different objects"):
        EuropeanDigitalCredential(issuer=one, credential_subject=Person(member_of=[other]))


def test_equal_objects_and_references_may_share_an_id() -> None:
    one = Organisation(id="urn:epass:org:1", legal_name={"en": "A"})
    subject = Person(member_of=[one.model_copy(), Organisation(id="urn:epass:org:1")])
    assert EuropeanDigitalCredential(issuer=one, credential_subject=subject).issuer == one


def test_equal_objects_without_ids_get_one_id_and_different_ones_two() -> None:
    same = {"legal_name": {"en": "A"}}
    person = Person(member_of=[Organisation(**same), Organisation(**same), Organisation(legal_name={"en": "B"})])
    ids = [each["id"] for each in write_members(person)["memberOf"]]
    assert ids == ["urn:epass:org:1", "urn:epass:org:1", "urn:epass:org:2"]


def test_made_ids_keep_clear_of_given_ones() -> None:
    person = Person(member_of=[Organisation(legal_name={"en": "B"}), Organisation(id="urn:epass:org:1")])
    assert write_members(person)["memberOf"][0]["id"] == "urn:epass:org:2"


def test_made_ids_hold_nothing_of_the_person() -> None:
    person = Person(given_name={"en": "Ana"}, identifier=[Identifier(notation="12345")])
    written = write_members(person)
    assert written["id"] == "urn:epass:person:1"
    assert written["identifier"]["id"] == "urn:epass:identifier:1"


def test_a_built_credential_is_written_as_the_commissions_issuer_writes() -> None:
    issuer = Organisation(
        id="urn:epass:org:1",
        legal_name={"en": "Example University"},
        eidas_identifier=LegalIdentifier(notation="VATRS-1"),
        contact_point=[ContactPoint(email_address=[Mailbox(id="mailto:office@example.org")])],
    )
    credential = EuropeanDigitalCredential(
        issuer=issuer,
        issued=datetime(2026, 3, 1, 9, 30, 15, 999, tzinfo=UTC),
        credential_subject=Person(date_of_birth=date(1999, 10, 2), given_name={"sr": "Ана"}),
    )
    fixed = uuid.UUID(int=7)
    assert write_credential(credential, new_id=lambda: fixed) == (
        '{"id":"urn:credential:00000000-0000-0000-0000-000000000007",'
        '"type":["VerifiableCredential","EuropeanDigitalCredential"],'
        '"credentialSubject":{"id":"urn:epass:person:1","type":"Person","dateOfBirth":"1999-10-02T00:00:00+00:00",'
        '"givenName":{"sr":"Ана"}},'
        '"issued":"2026-03-01T09:30:15+00:00",'
        '"issuer":{"id":"urn:epass:org:1","type":"Organisation","contactPoint":{"id":"urn:epass:contactPoint:1",'
        '"type":"ContactPoint","emailAddress":{"id":"mailto:office@example.org","type":"Mailbox"}},'
        '"eIDASIdentifier":{"id":"urn:epass:legalIdentifier:1","type":"LegalIdentifier","notation":"VATRS-1"},'
        '"legalName":{"en":"Example University"}},'
        '"@context":["https://www.w3.org/2018/credentials/v1","http://data.europa.eu/snb/model/context/edc-ap"]}'
    )


def test_amounts_are_written_as_decimal_text() -> None:
    assert write_members(Amount(value=Decimal("12.50")))["value"] == "12.50"


def test_what_was_appended_wrongly_is_refused_when_written() -> None:
    person = Person()
    person.member_of.append("University")  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="member_of holds a str"):
        write_members(person)


def test_a_property_of_elm_3_3_is_not_written_for_3_2() -> None:
    with pytest.raises(ModelError, match=r"ELM 3\.3"):
        write_members(Person(order=1))


def test_copies_are_equal_and_independent() -> None:
    person = Person(given_name={"en": "Ana"}, member_of=[Organisation(legal_name={"en": "A"})])
    deep = copy.deepcopy(person)
    assert deep == person
    deep.member_of[0].legal_name = LanguageMap({"en": "B"})
    assert deep != person


def test_repr_leaves_out_what_is_not_there_and_the_bytes_of_pictures() -> None:
    assert repr(MediaObject(content=PNG)) == "MediaObject(content='<8 bytes>')"


def test_a_wrong_value_deep_inside_is_named_by_the_object_that_holds_it() -> None:
    person = Person(member_of=[Organisation(location=[Location()])])
    person.member_of[0].location.append("Zagreb")  # type: ignore[arg-type]
    with pytest.raises(ModelError, match=r"^Organisation\.location holds a str") as raised:
        write_members(person)
    assert raised.value.__cause__ is None
