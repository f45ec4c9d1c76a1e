"""The fast way to a credential's text and verdict gives what the plain way gives, to the octet."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred.elm import ElmObject, EuropeanDigitalCredential
from edc_microcred.elm.reading import read_credential
from edc_microcred.elm.writing import write_credential, write_members
from edc_microcred.findings import Finding
from edc_microcred.issuing import writing
from edc_microcred.issuing.making import Maker, Order
from edc_microcred.issuing.preparing import StandIn
from edc_microcred.issuing.writing import CourseWriter
from edc_microcred.microcredential import Course, Learner
from edc_microcred.shapes import findings_of_members
from tests.unit.issuing.conftest import AT, COURSE, course_from, learner, tiny_display

WITH_CONTACTS = course_from(COURSE + "\ndelivery: {email_in_credential: true}\n")
FRANCE = "http://publications.europa.eu/resource/authority/country/FRA"


def maker_of(course: Course) -> Maker:
    display = tiny_display(EuropeanDigitalCredential(), ())
    course.template.numbering.number(display)
    return Maker(course, sealer=StandIn.of(course), signer=None, display=display)


MAKER = maker_of(WITH_CONTACTS)
WRITER = CourseWriter()


def credential_of(one: Learner, maker: Maker = MAKER) -> EuropeanDigitalCredential:
    return maker.credential(Order(one, f"urn:credential:{one.row}"), AT)[0]


def plain(credential: EuropeanDigitalCredential) -> tuple[bytes, list[Finding]]:
    members = write_members(credential)
    return write_credential(credential).encode(), [*read_credential(members)[1], *findings_of_members(members)]


texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)
learners = st.builds(
    learner,
    st.integers(min_value=1, max_value=9999),
    given_name=st.none() | texts,
    family_name=texts,
    date_of_birth=st.none() | st.dates(min_value=date(1900, 1, 1)),
    email=st.none() | st.sampled_from(["a@example.org", "b@example.org"]),
    group=st.none() | texts,
    identifier=st.none() | texts,
    citizenships=st.sampled_from([(), (FRANCE,)]),
    certificate_number=st.none() | texts,
    address=st.none() | texts,
    grades=st.dictionaries(st.just("A1"), st.sampled_from(["6", "9", "10"])),
)


@settings(max_examples=200, deadline=None)
@given(learners)
def test_every_learners_text_and_findings_are_those_of_the_plain_way(one: Learner) -> None:
    credential = credential_of(one)
    for _ in range(3):  # as new, as known, as remembered
        assert WRITER.write(credential) == plain(credential)


def test_what_all_share_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    writer, maker = CourseWriter(), maker_of(course_from())
    for number in (1, 2, 3):
        writer.write(credential_of(learner(number, grades={"A1": "9"}), maker))
    written: list[type[ElmObject]] = []
    real = writing.write_members
    monkeypatch.setattr(writing, "write_members", lambda thing: written.append(type(thing)) or real(thing))
    monkeypatch.setattr(writing, "findings_of_members", lambda _: pytest.fail("it was checked again"))
    text, findings = writer.write(credential_of(learner(4, grades={"A1": "9"}), maker))
    assert (len(written), findings) == (1, [])
    assert b"Primer 4" in text


@pytest.mark.parametrize(
    "change",
    [
        lambda person: setattr(person.has_claim[0], "title", None),
        lambda person: setattr(person.identifier[0], "id", "urn:epass:person:1"),
    ],
    ids=["a title taken away", "an id of another thing"],
)
def test_what_is_wrong_with_one_learner_is_found_although_the_others_passed(change: Any) -> None:
    writer, maker = CourseWriter(), maker_of(course_from())
    for number in (1, 2, 3):
        assert writer.write(credential_of(learner(number), maker))[1] == []
    wrong = credential_of(learner(4), maker)
    change(wrong.credential_subject)
    assert writer.write(wrong) == plain(wrong)
    assert writer.write(wrong)[1] != []


def test_a_name_that_looks_like_a_stand_in_is_text() -> None:
    writer, maker = CourseWriter(), maker_of(course_from())
    for number in (1, 2, 3, 4):
        credential = credential_of(learner(number, family_name='{"id":"urn:stand-in:0","type":"Note"}'), maker)
        assert writer.write(credential) == plain(credential)


def test_more_objects_than_are_remembered_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_MOST_OBJECTS", 60)
    writer, maker = CourseWriter(), maker_of(course_from())
    for number in range(30):
        credential = credential_of(learner(number, grades={"A1": str(6 + number % 5)}), maker)
        assert writer.write(credential) == plain(credential)
