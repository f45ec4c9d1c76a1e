"""What a page shows of a credential, and what it does not."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from edc_microcred.elm import (
    Concept,
    Duration,
    EuropeanDigitalCredential,
    LanguageMap,
    LearningAchievement,
    LearningActivity,
    Person,
)
from edc_microcred.elm.reading import read_credential
from edc_microcred.rendering import LANGUAGES, PageContent, SealStatement, read_page
from edc_microcred.rendering.text import Text
from tests.unit.rendering import samples
from tests.unit.rendering.samples import achievement, specification

UNKNOWN = SealStatement("unknown")


def page_of(credential: EuropeanDigitalCredential, language: str = "en", **options: Any) -> PageContent:
    return read_page(credential, language, seal=UNKNOWN, **options)


def strings(value: Any) -> Iterator[str]:
    """Every text on a page."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)
    elif is_dataclass(value):
        for one in fields(value):
            yield from strings(getattr(value, one.name))
    elif value is not None and not isinstance(value, int):
        yield str(value)


def test_a_page_has_all_eleven_elements_of_a_micro_credential() -> None:
    page = page_of(samples.credential())
    assert page.learner == Text("Ana Primer", "en")
    assert page.title == Text(samples.TITLES["en"], "en")
    assert [body.country and body.country.value for body in page.bodies] == ["Serbia", "Austria"]
    assert [body.name.value for body in page.bodies] == [
        "Example University of Belgrade (TEST)", "Example University of Graz (TEST)",
    ]  # fmt: skip
    assert [unit.value for unit in page.units] == ["Faculty of Biology"]
    assert page.issued == Text("1 July 2026", "en")
    assert page.awarded_on == Text("30 June 2026", "en")
    assert [one.title.value for one in page.outcomes] == [outcome["en"] for outcome in samples.OUTCOMES]
    assert (page.credits, page.workload) == ((Text("5.5 ECTS", "en"),), Text("142 hours", "en"))
    assert [level.value for level in page.levels] == ["EQF level 7", "NQFS level 7.1"]
    exam, record = page.assessments
    assert (exam.title.value, exam.kind, exam.grade) == ("Written examination", None, Text("9 (nine)", "en"))
    assert record.kind == Text("practical assessment", "en")
    assert record.supervision == Text("supervised, identity verified", "en")
    assert [mode.value for mode in page.modes] == ["blended"]
    [quality] = page.quality
    assert quality.agency == Text("Example Accreditation Body (TEST)", "en")
    assert quality.valid_until == Text("31 January 2031", "en")
    assert (page.credential_id, page.left_out) == (samples.CREDENTIAL_ID, 0)


@pytest.mark.parametrize(
    ("language", "title", "level", "credits"),
    [
        ("sr", "Методе еДНК у праћењу биодиверзитета", "7. ниво ЕОК", "5,5 ЕСПБ"),
        ("sr-Latn", "Metode eDNK u praćenju biodiverziteta", "7. nivo EOK", "5,5 ESPB"),
        ("de", "Umwelt-DNA-Methoden im Biodiversitätsmonitoring", "EQR-Niveau 7", "5,5 ECTS"),
        ("es", "Métodos de ADN ambiental en el seguimiento de la biodiversidad", "Nivel 7 del MEC", "5,5 ECTS"),
        ("fr", "Environmental DNA Methods in Biodiversity Monitoring", "EQF level 7", "5.5 ECTS"),
    ],
)
def test_a_page_is_in_the_language_asked_for(language: str, title: str, level: str, credits: str) -> None:
    page = page_of(samples.credential(), language)
    assert (page.title.value, page.levels[0].value, page.credits[0].value) == (title, level, credits)


def test_a_text_that_is_missing_in_a_language_says_which_one_it_is_in() -> None:
    page = page_of(samples.credential(), "de")
    assert page.units == (Text("Faculty of Biology", "en"),)
    assert page.title.language == "de"


def test_the_date_of_birth_is_shown_only_when_asked_for() -> None:
    assert page_of(samples.credential()).date_of_birth is None
    assert not any("1999" in text for text in strings(page_of(samples.credential())))
    assert page_of(samples.credential(), date_of_birth=True).date_of_birth == Text("2 October 1999", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_impersonal_page_holds_nothing_of_the_learner(language: str) -> None:
    credential = samples.credential(name="Ljubica Jedinstvena", grade="only hers")
    page = page_of(credential, language, personal=False, date_of_birth=True)
    texts = " ".join(strings(page))
    for personal in ("Ljubica", "Jedinstvena", "only hers", "1999", "2026", samples.CREDENTIAL_ID):
        assert personal not in texts
    assert page == page_of(samples.credential(name="Somebody Else", grade="6 (six)"), language, personal=False)


def test_a_coded_value_is_shown_by_its_code_and_not_by_a_label_that_lies() -> None:
    credential = samples.credential()
    specification(credential).eqf_level = Concept(id="http://data.europa.eu/snb/eqf/3", pref_label={"en": "Level 8"})
    specification(credential).mode = [
        Concept(id="http://data.europa.eu/snb/learning-assessment/920fbb3cbe", pref_label={"en": "On site"})
    ]
    page = page_of(credential)
    assert (page.levels[0].value, page.modes[0].value) == ("EQF level 3", "online")


def test_a_title_that_only_repeats_the_kind_is_said_once_and_in_the_language_of_the_page() -> None:
    credential = samples.credential()
    exam = achievement(credential).proven_by[0]
    exam.title = LanguageMap({"en": "written examination"})
    [quality] = specification(credential).accreditation
    quality.title = LanguageMap({"en": "Program Quality Assurance"})
    page = page_of(credential, "de")
    assert (page.assessments[0].title, page.assessments[0].kind) == (Text("Schriftliche Prüfung", "de"), None)
    assert page.quality[0].title == Text("Qualitätssicherung des Programms", "de")
    assert page.quality[0].kind is None


def test_an_unknown_code_is_shown_by_its_label() -> None:
    credential = samples.credential()
    specification(credential).eqf_level = Concept(id="urn:example:level", pref_label={"en": "Level nine"})
    assert page_of(credential).levels[0] == Text("Level nine", "en")


def test_too_many_entries_are_counted_and_too_long_texts_cut() -> None:
    many = tuple({"en": f"Outcome {number} " + "x" * 5000} for number in range(500))
    page = page_of(samples.credential(outcomes=many))
    assert (len(page.outcomes), page.left_out) == (60, 440)
    assert all(len(text) <= 2000 for text in strings(page))


def test_a_title_longer_than_any_page_is_cut() -> None:
    assert len(page_of(samples.credential(titles={"en": "word " * 200})).title.value) <= 300


@pytest.mark.parametrize(
    ("duration", "said"),
    [
        (Duration(hours=75), "75 hours"),
        (Duration(hours=1, minutes=30), "1 hour 30 minutes"),
        (Duration(days=2, hours=12), "60 hours"),
        (Duration(days=5), "5 days"),
        (Duration(months=60), "60 months"),
        (Duration(years=1, days=3), "12 months 3 days"),
        (Duration(hours=10**400), f"PT1{'0' * 36}…"),
        (Duration(hours=3, negative=True), None),
        (Duration(), None),
    ],
)
def test_a_workload_is_said_in_units_that_people_use(duration: Duration, said: str | None) -> None:
    credential = samples.credential()
    specification(credential).volume_of_learning = duration
    assert page_of(credential).workload == (Text(said, "en") if said else None)


def test_a_credential_about_an_activity_is_shown_by_it() -> None:
    credential = samples.credential()
    assert isinstance(credential.credential_subject, Person)
    credential.credential_subject.has_claim = [
        LearningActivity(title={"en": "Summer school"}, workload=Duration(hours=20)),
        LearningActivity(title={"en": "Excursion"}),
    ]
    page = page_of(credential)
    assert (page.title.value, page.workload) == ("Summer school", Text("20 hours", "en"))
    assert [one.title.value for one in page.activities] == ["Summer school", "Excursion"]
    assert page.other_claims == ()


def test_further_achievements_and_parts_are_named() -> None:
    credential = samples.credential()
    achievement(credential).has_part = [LearningAchievement(title={"en": "Module one"})]
    assert isinstance(credential.credential_subject, Person)
    credential.credential_subject.has_claim.append(LearningAchievement(title={"en": "A second one"}))
    page = page_of(credential)
    assert [text.value for text in (*page.parts, *page.other_claims)] == ["Module one", "A second one"]


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"credentialSubject": {"type": "Person"}},
        {"credentialSubject": {"type": "Organisation", "legalName": {"en": "Ltd"}}},
        {"credentialSubject": {"type": "Person", "hasClaim": [{"type": "LearningAchievement", "title": "no map"}]}},
        {"credentialSubject": {"type": "Person", "hasClaim": {"type": "LearningAssessment", "specifiedBy": {}}}},
        {"id": 7, "credentialSubject": [], "issued": "yesterday"},
    ],
)
def test_a_credential_that_lacks_almost_everything_still_has_a_page(members: dict[str, Any]) -> None:
    page = page_of(read_credential(members)[0])
    assert page.title == Text("European Digital Credential", "en")


def test_the_document_is_dated_by_the_issue_of_the_credential() -> None:
    credential = samples.credential()
    assert page_of(credential).dated == datetime(2026, 7, 1, tzinfo=UTC).date()
    assert page_of(credential, personal=False).dated is None
