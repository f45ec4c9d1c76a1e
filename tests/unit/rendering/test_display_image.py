"""The display image inside a credential: what EDC's viewer needs, small, impersonal, and drawn once."""

import base64
import json
import re
import struct
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from edc_microcred.elm import (
    Concept,
    CreditPoint,
    DisplayParameter,
    Duration,
    EuropeanDigitalCredential,
    LanguageMap,
    LearningOutcome,
    Note,
    Organisation,
    write_credential,
)
from edc_microcred.errors import VocabularyError
from edc_microcred.rendering import Design, RenderingError, display, display_parameter, typst_pages
from edc_microcred.rendering.notes import QUALITY
from edc_microcred.vocabularies import concept
from tests.unit.rendering import samples
from tests.unit.rendering.hostile import NAMES
from tests.unit.rendering.qr_reading import qr_texts
from tests.unit.rendering.samples import achievement, specification
from tests.unit.rendering.test_html_page import SVG

TWO = ("en", "sr")
FIVE = ("en", "sr", "sr-Latn", "de", "es")
CREST = b"""
#set page(width: 70mm, height: 30mm, margin: 2mm, fill: none)
#grid(
  columns: (26mm, 1fr), align: horizon, column-gutter: 3mm,
  circle(
    radius: 12mm, fill: gradient.radial(rgb("#f2c14e"), rgb("#8a1c1c"), rgb("#1d3f72")),
    stroke: 1.5pt + gradient.conic(red, blue, green, red),
  ),
  text(size: 15pt, fill: gradient.linear(rgb("#1d3f72"), rgb("#c0392b")))[Universitas Exempli],
)
"""


@pytest.fixture(scope="module")
def logo() -> bytes:
    """A logo of some 30 kB with hundreds of colours."""
    drawn: bytes = typst_pages.typst_module().compile(CREST, format="png", ppi=180.0)
    assert 25_000 < len(drawn) < 45_000
    return drawn


def pictures(shown: DisplayParameter) -> list[bytes]:
    images = [detail.image for each in shown.individual_display for detail in each.display_detail]
    return [image.content for image in images if image is not None and image.content is not None]


def test_a_viewer_finds_its_language_its_page_and_all_parts_of_a_data_uri() -> None:
    shown = display_parameter(samples.credential(), TWO)
    assert [language.id for language in shown.language] == [concept("language", tag).id for tag in TWO]
    assert shown.primary_language == shown.language[0]
    assert shown.title == LanguageMap({tag: samples.TITLES[tag] for tag in TWO})
    assert [each.language for each in shown.individual_display] == shown.language
    for each in shown.individual_display:
        [detail] = each.display_detail
        assert detail.page == 1
        assert detail.image is not None
        for part, label in ((detail.image.content_type, "PNG"), (detail.image.content_encoding, "base64")):
            assert part is not None
            assert part.pref_label is not None
            assert set(part.pref_label.as_json().values()) == {label}
            assert part.in_scheme
        assert detail.image.content is not None
        assert struct.unpack(">II", detail.image.content[16:24]) == (794, 1123)


def test_both_scripts_of_serbian_are_two_pages_of_one_display() -> None:
    shown = display_parameter(samples.credential(), ["sr-Latn", "en", "sr"])
    assert [language.id and language.id[-3:] for language in shown.language] == ["SRP", "ENG"]
    serbian, english = shown.individual_display
    assert [detail.page for detail in serbian.display_detail] == [1, 2]
    assert len(english.display_detail) == 1
    assert shown.title is not None
    assert shown.title["sr"] == "Metode eDNK u praćenju biodiverziteta"
    alone = display_parameter(samples.credential(), ["sr-Latn"])
    assert pictures(alone) == [pictures(shown)[0]]


def test_a_credential_in_two_languages_stays_under_250_kb_and_one_picture_under_60() -> None:
    for titles, design in (
        (samples.TITLES, None),
        (samples.LONG_TITLES, None),
        (samples.LONG_TITLES, Design(logo=SVG)),
    ):
        credential = samples.credential(titles=titles)
        shown = display_parameter(credential, TWO, design=design)
        assert max(map(len, pictures(shown))) <= display.LARGEST_PICTURE
        whole = write_credential(credential.model_copy(update={"display_parameter": shown}))
        assert len(json.dumps({"payload": whole})) + 12_000 < 250_000  # a seal with its certificates has some 12 kB


@pytest.mark.parametrize("personal", [False, True])
def test_a_credential_in_five_languages_with_a_logo_stays_under_250_kb(personal: bool, logo: bytes) -> None:
    credential = samples.credential(titles=samples.LONG_TITLES)
    shown = display_parameter(credential, FIVE, design=Design(logo=logo), personal=personal)
    assert sum(len(base64.b64encode(picture)) for picture in pictures(shown)) <= display.LARGEST_PICTURES
    for picture in pictures(shown):
        width, _, bits, colour_type = struct.unpack(">IIBB", picture[16:26])
        assert (bits, colour_type) == (4, 3)  # no more than 16 colours
        assert width >= 496  # 60 dots an inch: the least at which small print was read on screen


def test_a_code_on_a_picture_can_be_read_or_is_not_there(logo: bytes) -> None:
    credential = samples.credential(titles=samples.LONG_TITLES)
    for languages in (FIVE, FIVE[:2]):
        shown = display_parameter(credential, languages, design=Design(logo=logo), personal=True)
        for picture in pictures(shown):
            (width,) = struct.unpack(">I", picture[16:20])
            assert qr_texts(picture) == ([samples.CREDENTIAL_ID] if width >= 595 else [])


def test_a_credential_with_its_display_builds_and_writes() -> None:
    credential = samples.credential()
    credential.display_parameter = display_parameter(credential, ["en", "sr", "sr-Latn", "de", "es"])
    written = json.loads(write_credential(credential))["displayParameter"]
    content = written["individualDisplay"][0]["displayDetail"]["image"]["content"]
    assert base64.b64decode(content, validate=True).startswith(b"\x89PNG")


def test_the_learners_of_a_course_share_one_picture() -> None:
    first = display_parameter(samples.credential(name="Ana Primer", grade="10"), TWO)
    second = display_parameter(samples.credential(name="Petar Uzorak", grade="6", credential_id="urn:x:2"), TWO)
    assert second is first


def test_a_second_learner_costs_microseconds(record_property: Callable[[str, object], None]) -> None:
    learners = [samples.credential(name=f"Learner {number}") for number in range(50)]
    first = display_parameter(learners[0], TWO)
    spent = []
    for learner in learners:
        begun = time.perf_counter()
        assert display_parameter(learner, TWO) is first
        spent.append(time.perf_counter() - begun)
    record_property("microseconds", min(spent) * 1e6)
    assert min(spent) < 200e-6  # a fifth of it on an idle machine; drawing takes a thousand times as long


def changes() -> dict[str, Callable[[EuropeanDigitalCredential], object]]:
    """What a reader of an impersonal first page would see differently."""

    def body(credential: EuropeanDigitalCredential) -> Organisation:
        awarded = achievement(credential).awarded_by
        assert awarded is not None
        first = awarded.awarding_body[0]
        assert isinstance(first, Organisation)
        return first

    def unit(credential: EuropeanDigitalCredential) -> Organisation:
        [there, *_] = achievement(credential).influenced_by[0].directed_by
        assert isinstance(there, Organisation)
        return there

    def planned(credential: EuropeanDigitalCredential) -> object:
        plan = achievement(credential).proven_by[0].specified_by
        assert plan is not None
        plan.dc_type = [concept("assessment", "quiz")]
        return plan

    text = LanguageMap({"en": "Changed", "sr": "Промењено"})
    return {
        "title": lambda c: setattr(achievement(c), "title", text),
        "awarding body": lambda c: setattr(body(c), "legal_name", text),
        "one body less": lambda c: achievement(c).awarded_by.awarding_body.pop(),  # type: ignore[union-attr]  # it is there
        "whole of the body": lambda c: setattr(body(c), "sub_organization_of", Organisation(legal_name=text)),
        "unit": lambda c: setattr(unit(c), "legal_name", text),
        "unit below the body": lambda c: setattr(body(c), "has_sub_organization", [Organisation(legal_name=text)]),
        "credits": lambda c: setattr(specification(c).credit_point[0], "point", "6"),
        "credits received": lambda c: setattr(achievement(c), "credit_received", [CreditPoint(point="3")]),
        "workload": lambda c: setattr(specification(c), "volume_of_learning", Duration(hours=143)),
        "EQF level": lambda c: setattr(specification(c), "eqf_level", concept("eqf", 6)),
        "national level": lambda c: specification(c).nqf_level.pop(),
        "another level": lambda c: specification(c).education_level.append(Concept(id="urn:x:1", pref_label=text)),
        "outcome": lambda c: setattr(specification(c).learning_outcome[2], "title", text),
        "outcome more": lambda c: specification(c).learning_outcome.append(LearningOutcome(title=text)),
        "assessment": lambda c: setattr(achievement(c).proven_by[0], "title", text),
        "kind of assessment": planned,
        "assessment less": lambda c: achievement(c).proven_by.pop(),
        "accreditation": lambda c: setattr(specification(c).accreditation[0], "title", text),
        "quality in words": lambda c: specification(c).additional_note.append(
            Note(note_literal=text, subject=Concept(id=QUALITY))
        ),
        "agency": lambda c: setattr(specification(c).accreditation[0].accrediting_agent, "legal_name", text),
    }


@pytest.mark.parametrize("what", changes())
def test_a_course_that_looks_different_is_drawn_anew(what: str) -> None:
    before = display_parameter(samples.credential(), ["en"])
    credential = samples.credential()
    changes()[what](credential)
    after = display_parameter(credential, ["en"])
    assert after is not before
    assert pictures(after) != pictures(before)


def test_a_summary_of_outcomes_and_a_description_count_too() -> None:
    without = samples.credential(outcomes=())
    drawn = pictures(display_parameter(without, ["en"]))
    specification(without).learning_outcome_summary = Note(note_literal={"en": "All of it"})
    assert pictures(display_parameter(without, ["en"])) != drawn
    credential = samples.credential()
    specification(credential).description = LanguageMap({"en": "In short", "de": "Kurz"})
    described = display_parameter(credential, ["en"])
    assert described.description == LanguageMap({"en": "In short"})


def test_design_and_languages_make_another_picture() -> None:
    credential = samples.credential()
    plain = display_parameter(credential, ["en"])
    for other in (
        display_parameter(credential, ["de"]),
        display_parameter(credential, ["en"], design=Design(colour="#7a1f1f")),
        display_parameter(credential, ["en"], design=Design(logo=SVG)),
    ):
        assert pictures(other) != pictures(plain)
    assert display_parameter(credential, ["en"], design=Design()) is plain


def test_an_own_template_sees_the_whole_page_and_is_drawn_by_it(tmp_path: Path) -> None:
    (tmp_path / "certificate.typ").write_text(
        "#let data = json(bytes(sys.inputs.data))\n#set page(width: 99mm, height: 40mm)\n#data.page.requirements.value",
        encoding="utf-8",
    )
    design = Design(template=tmp_path)
    first = display_parameter(samples.credential(), ["en"], design=design)
    assert display_parameter(samples.credential(name="Other"), ["en"], design=design) is first
    changed = samples.credential()
    specification(changed).entry_requirement = Note(note_literal={"en": "Nothing"})
    assert pictures(display_parameter(changed, ["en"], design=design)) != pictures(first)


def test_a_personal_picture_differs_by_learner_grade_date_and_id() -> None:
    drawn = {
        b"".join(pictures(display_parameter(credential, ["en"], personal=True)))
        for credential in (
            samples.credential(),
            samples.credential(name="Petar Uzorak"),
            samples.credential(grade="6 (six)"),
            samples.credential(credential_id="urn:credential:3"),
        )
    }
    assert len(drawn) == 4


def test_a_picture_is_never_kept_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "_drawn", kept := {})
    display_parameter(samples.credential(), ["en"], personal=True)
    assert kept == {}
    display_parameter(samples.credential(), ["en"])
    assert len(kept) == 1


def test_the_memory_of_pictures_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "_drawn", kept := {})
    monkeypatch.setattr(display, "_REMEMBERED", 2)
    monkeypatch.setattr(display, "_draw", lambda *_, **__: DisplayParameter())
    for number in range(5):
        display_parameter(samples.credential(titles={"en": f"Course {number}"}), ["en"])
    assert len(kept) == 2


@pytest.mark.parametrize("what", NAMES)
def test_a_personal_picture_is_made_for_a_learner_called(what: str) -> None:
    [picture] = pictures(display_parameter(samples.credential(name=NAMES[what]), ["en"], personal=True))
    assert picture.startswith(b"\x89PNG")
    assert len(picture) <= display.LARGEST_PICTURE


def test_a_page_that_needs_too_many_bytes_is_drawn_with_fewer_dots(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def drawn(page: object, design: object, *, ppi: float) -> bytes:
        asked.append(ppi)
        return b"\x89PNG\r\n\x1a\n" + b"x" * (80_000 if ppi > 84 else 65_000 if ppi > 72 else 50_000)

    monkeypatch.setattr(typst_pages, "to_png", drawn)
    [picture] = pictures(display_parameter(samples.credential(), ["en"], personal=True))
    assert (asked, len(picture)) == ([96.0, 84.0, 72.0], 50_008)


def test_a_page_that_is_far_too_large_is_not_drawn_at_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def drawn(page: object, design: object, *, ppi: float) -> bytes:
        asked.append(ppi)
        return b"\x89PNG\r\n\x1a\n" + b"x" * 900_000

    monkeypatch.setattr(typst_pages, "to_png", drawn)
    [picture] = pictures(display_parameter(samples.credential(), ["en"], personal=True))
    assert (asked, len(picture)) == ([96.0, 60.0], 900_008)  # it stays as small as it can be, and issuing warns


def test_several_texts_of_one_language_do_not_get_in_the_way() -> None:
    credential = samples.credential()
    specification(credential).alt_label = LanguageMap({"sr": ["Metode", "Методе"], "en": ["Methods", "eDNA"]})
    assert display_parameter(credential, ["sr"]) is display_parameter(credential.model_copy(), ["sr"])


def test_a_language_without_a_place_in_the_eu_list_is_refused() -> None:
    with pytest.raises(VocabularyError, match="language"):
        display_parameter(samples.credential(), ["xx"])
    with pytest.raises(RenderingError, match=re.escape("no language to show")):
        display_parameter(samples.credential(), [])


def test_a_concept_that_stands_in_the_credential_is_taken_as_it_is() -> None:
    shown = display_parameter(samples.credential(), ["en", "sr"], personal=True)
    assert shown.language[0] == specification(samples.credential()).language[0]


def test_the_awarding_date_alone_changes_nothing() -> None:
    credential = samples.credential()
    awarded = achievement(credential).awarded_by
    assert awarded is not None
    awarded.awarding_date = datetime(2027, 1, 1, tzinfo=UTC)
    assert display_parameter(credential, ["en"]) is display_parameter(samples.credential(), ["en"])
