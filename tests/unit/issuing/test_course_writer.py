"""The fast way to a credential's text and verdict gives what the plain way gives, to the octet."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred.elm import EuropeanDigitalCredential
from edc_microcred.elm.reading import read_credential
from edc_microcred.elm.writing import write_credential, write_members
from edc_microcred.findings import Finding
from edc_microcred.issuing import writing
from edc_microcred.issuing.making import Maker, Order
from edc_microcred.issuing.preparing import StandIn
from edc_microcred.issuing.writing import CourseWriter
from edc_microcred.microcredential import Course, Learner
from edc_microcred.seals import JsonText
from edc_microcred.shapes import findings_of_members
from tests.unit.issuing.conftest import AT, COURSE, course_from, learner, tiny_display

FRANCE = "http://publications.europa.eu/resource/authority/country/FRA"
SERBIA = "http://publications.europa.eu/resource/authority/country/SRB"
FEMALE = "http://publications.europa.eu/resource/authority/human-sex/FEMALE"

Build = Callable[[Learner, str, datetime], EuropeanDigitalCredential]


def build_of(course: Course) -> Build:
    display = tiny_display(EuropeanDigitalCredential(), ())
    course.template.numbering.number(display)
    maker = Maker(course, sealer=StandIn.of(course), signer=None, display=display)
    return lambda one, identifier, at: maker.credential(Order(one, identifier), at)[0]


def writer_of(course: Course, build: Build | None = None) -> CourseWriter:
    return CourseWriter(build or build_of(course), course.template.grade_text)


def plain(credential: EuropeanDigitalCredential) -> tuple[bytes, list[Finding]]:
    members = write_members(credential)
    return write_credential(credential).encode(), [*read_credential(members)[1], *findings_of_members(members)]


COURSES = {
    "mailboxes in the credential": course_from(COURSE + "\ndelivery: {email_in_credential: true}\n"),
    "passed or not, awarded when sealed": course_from(
        COURSE.replace("grading: RS", "grading: pass-fail").replace("awarded_on: 2026-06-30", "")
    ),
}
BUILDS = {name: build_of(course) for name, course in COURSES.items()}
WRITERS = {name: writer_of(course, BUILDS[name]) for name, course in COURSES.items()}

texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)
words = (
    st.none()
    | texts
    | st.sampled_from(["", " ", "Ana", 'a"b', "a\\b", "Đorđe", "\u202eAna", "<b>", "urn:epass:person:1"])
)
learners = st.builds(
    learner,
    st.integers(min_value=1, max_value=9999),
    key=texts,
    given_name=words,
    family_name=words,
    full_name=st.none() | texts,
    date_of_birth=st.none() | st.dates(),
    email=st.none() | st.sampled_from(["a@example.org", "b@example.org", "a b", ""]),
    group=words,
    student_number=words,
    identifier=words,
    identifier_scheme=st.sampled_from([None, "Index", " "]),
    citizenships=st.sampled_from([(), (FRANCE,), (FRANCE, SERBIA)]),
    place_of_birth=st.sampled_from([None, FRANCE, SERBIA]),
    gender=st.sampled_from([None, FEMALE]),
    certificate_number=words,
    national_id=words,
    national_id_country=st.sampled_from([None, SERBIA]),
    address=words,
    address_country=st.sampled_from([None, SERBIA]),
    awarded_on=st.sampled_from([None, date(2026, 6, 1), date(2026, 6, 2)]),
    grades=st.dictionaries(st.sampled_from(["A1", "overall"]), st.sampled_from(["6", "9", "10", "passed", 'a"b', " "])),
)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)) | st.just(  # noqa: DTZ001  # the zone is added
    datetime(2026, 7, 1, 9, tzinfo=timezone(timedelta(hours=2)))
)


@pytest.mark.parametrize("course", COURSES)
@settings(max_examples=150, deadline=None)
@given(
    one=learners,
    at=moments,
    identifier=st.sampled_from(["urn:credential:1", "urn:credential:é", "https://example.org/1"]),
)
def test_every_learners_text_and_findings_are_those_of_the_plain_way(
    course: str, one: Learner, at: datetime, identifier: str
) -> None:
    try:
        expected = plain(BUILDS[course](one, identifier, at))
    except ValueError:
        with pytest.raises(ValueError, match="absolute IRI"):
            WRITERS[course].write(one, identifier, at)
        return
    for _ in range(2):  # as new, as known
        assert WRITERS[course].write(one, identifier, at) == expected


@pytest.mark.parametrize("course", COURSES)
@settings(max_examples=60, deadline=None)
@given(given_name=texts, born=st.dates(), grade=texts, at=moments)
def test_a_learner_after_another_of_his_kind_gets_his_own_words(
    course: str, given_name: str, born: date, grade: str, at: datetime
) -> None:
    writer = writer_of(COURSES[course], BUILDS[course])
    for one in (learner(1), learner(2, given_name=given_name, date_of_birth=born, grades={"A1": grade})):
        assert writer.write(one, f"urn:credential:{one.row}", at) == plain(
            BUILDS[course](one, f"urn:credential:{one.row}", at)
        )


@pytest.mark.parametrize("course", COURSES)
def test_a_text_is_kept_and_filled_without_building_or_checking_again(
    course: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = writer_of(COURSES[course], BUILDS[course])
    writer.write(learner(1), "urn:credential:1", AT)
    expected = [plain(BUILDS[course](learner(n), f"urn:credential:{n}", AT)) for n in range(2, 9)]
    monkeypatch.setattr(writing, "write_members", lambda _: pytest.fail("it was written again"))
    monkeypatch.setattr(writing, "findings_of_members", lambda _: pytest.fail("it was checked again"))
    assert [writer.write(learner(n), f"urn:credential:{n}", AT) for n in range(2, 9)] == expected


def without_title(credential: EuropeanDigitalCredential) -> None:
    credential.credential_subject.has_claim[0].title = None  # type: ignore[union-attr]  # a person


def as_the_person(credential: EuropeanDigitalCredential) -> None:
    credential.credential_subject.has_claim[0].id = credential.credential_subject.id  # type: ignore[union-attr]  # as above


def without_subject(credential: EuropeanDigitalCredential) -> None:
    credential.credential_subject = None


@pytest.mark.parametrize("fault", [without_title, as_the_person, without_subject])
def test_what_is_wrong_is_found_for_every_learner_as_the_plain_way_finds_it(
    fault: Callable[[EuropeanDigitalCredential], None], course: Course
) -> None:
    good = build_of(course)

    def build(one: Learner, identifier: str, at: datetime) -> EuropeanDigitalCredential:
        credential = good(one, identifier, at)
        if one.group is None:  # the others are of another kind
            fault(credential)
        return credential

    writer = writer_of(course, build)
    for number in range(1, 5):
        for one in (learner(number), learner(number, group="B")):
            found = writer.write(one, f"urn:credential:{number}", AT)
            assert found == plain(build(one, f"urn:credential:{number}", AT))
            assert bool(found[1]) is (one.group is None)


def test_an_id_that_something_else_has_is_looked_at() -> None:
    course = COURSES["mailboxes in the credential"]
    build = BUILDS["mailboxes in the credential"]
    bodies_mailbox = "urn:credential:shared"
    writer = writer_of(course, lambda one, identifier, at: with_evidence(build(one, identifier, at), bodies_mailbox))
    for identifier in ("urn:credential:1", "urn:credential:2", bodies_mailbox):
        expected = plain(with_evidence(build(learner(1), identifier, AT), bodies_mailbox))
        assert writer.write(learner(1), identifier, AT) == expected


def with_evidence(credential: EuropeanDigitalCredential, identifier: str) -> EuropeanDigitalCredential:
    shared = credential.display_parameter.model_copy(update={"id": identifier})  # type: ignore[union-attr]  # it has one
    return credential.model_copy(update={"display_parameter": shared})


@pytest.mark.parametrize("place", ["name", "title"])
def test_a_text_that_looks_like_a_mark_is_text(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edc_microcred.issuing.writing.secrets.token_hex", lambda _: "feedbeef")
    mark = "feedbeef.given_name;"
    course = course_from(COURSE.replace("Data basics", mark)) if place == "title" else course_from()
    build = build_of(course)
    writer = writer_of(course, build)
    for number in (1, 2, 3):
        one = learner(number, family_name=mark if place == "name" else "Primer")
        assert writer.write(one, "urn:credential:1", AT) == plain(build(one, "urn:credential:1", AT))


def test_more_kinds_than_are_kept_change_nothing(monkeypatch: pytest.MonkeyPatch, course: Course) -> None:
    monkeypatch.setattr(writing, "_MOST_KEPT", 2)
    monkeypatch.setattr(writing, "_MOST_GRADES", 2)
    build = build_of(course)
    writer = writer_of(course, build)
    for number in range(40):
        more: dict[str, Any] = {"group": "B"} if number % 3 else {"citizenships": (FRANCE,) * (number % 4)}
        one = learner(number, **more)
        assert writer.write(one, "urn:credential:1", AT) == plain(build(one, "urn:credential:1", AT))


def test_a_text_in_pieces_is_sealed_as_the_text_in_one(course: Course, signer: Any) -> None:
    from edc_microcred.seals import seal

    writer = writer_of(course)
    for number in (1, 2):
        text, _ = writer.write(learner(number, family_name='Pri"mer\\'), f"urn:credential:{number}", AT)
    assert (
        seal(text, signer, at=AT).split(b'"signatures"')[0]
        == seal(JsonText(text), signer, at=AT).split(b'"signatures"')[0]
    )
