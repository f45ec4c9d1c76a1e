"""A small course, its learners, and a seal of its awarding body."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from edc_microcred.elm import (
    DisplayDetail,
    DisplayParameter,
    EuropeanDigitalCredential,
    IndividualDisplay,
    MediaObject,
)
from edc_microcred.microcredential import Course, Learner, read_course
from edc_microcred.seals import FileSigner
from edc_microcred.testing import TestAuthority
from edc_microcred.vocabularies import concept

COURSE = """
languages: [en, sr]
title: {en: Data basics, sr: Основе података}
awarding_bodies:
  name: {en: Example University (TEST), sr: Пример универзитета}
  country: RS
learning_outcomes: [{en: Explain the dimensions of data quality, sr: Објасни}, {en: Clean a data set, sr: Очисти}]
workload: 3 ECTS
eqf: 6
mode: online
assessment: written examination
grading: RS
quality_assurance: {en: Internal, sr: Интерно}
awarded_on: 2026-06-30
"""
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060f80f00010401005fe5c34b"
    "0000000049454e44ae426082"
)
AT = datetime(2026, 7, 1, 9, tzinfo=UTC)


def course_from(text: str = COURSE) -> Course:
    course, findings = read_course(text)
    assert course is not None, findings
    return course


def learner(number: int, **more: object) -> Learner:
    said: dict[str, object] = {
        "key": f"2023/{number:04}", "row": number + 1, "given_name": "Ana", "family_name": f"Primer {number}",
        "date_of_birth": date(1999, 1 + number % 12, 2), "student_number": f"2023/{number:04}",
        "grades": {"A1": str(6 + number % 5)},
    }  # fmt: skip
    return Learner(**{**said, **more})  # type: ignore[arg-type]  # the tests name fields of Learner


def tiny_display(credential: EuropeanDigitalCredential, languages: tuple[str, ...], **_: object) -> DisplayParameter:
    english = concept("language", "en", languages=["en", "sr"])
    picture = MediaObject(
        content=PICTURE, content_type=concept("file-type", "PNG"), content_encoding=concept("encoding", "base64")
    )
    detail = DisplayDetail(page=1, image=picture)
    return DisplayParameter(
        title={"en": "Data basics"},
        language=[english],
        primary_language=english,
        individual_display=[IndividualDisplay(language=english, display_detail=[detail])],
    )


@pytest.fixture(autouse=True)
def small_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are drawn in the tests of the rendering room; here a picture of one dot stands for them."""
    monkeypatch.setattr("edc_microcred.issuing.preparing.display_parameter", tiny_display)


@pytest.fixture(scope="session")
def authority() -> TestAuthority:
    return TestAuthority(key_type="p-256", now=AT)


@pytest.fixture(scope="session")
def signer_for(authority: TestAuthority) -> Callable[..., FileSigner]:
    """A signer of an organisation by name, with `organisation_identifier` and `country` where they matter."""

    def make(organisation: str = "Example University (TEST)", **more: str) -> FileSigner:
        issued = authority.seal_certificate(organisation=organisation, **more)
        return FileSigner(issued.private_key, [issued.certificate, *issued.chain])

    return make


@pytest.fixture(scope="session")
def signer(signer_for: Callable[..., FileSigner]) -> FileSigner:
    return signer_for()


@pytest.fixture(scope="session")
def course() -> Course:
    return course_from()
