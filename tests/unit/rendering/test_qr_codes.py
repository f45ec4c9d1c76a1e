"""The QR code of a page says the credential's id, read by a decoder that is not ours."""

import uuid

import pytest

from edc_microcred.rendering import Design, display_parameter, render
from edc_microcred.rendering.qr import LONGEST, qr_svg
from tests.unit.rendering import samples
from tests.unit.rendering.qr_reading import qr_texts
from tests.unit.rendering.test_html_page import SVG

IDS = {
    "as ours are made": f"urn:credential:{uuid.UUID(int=7)}",
    "an address": "https://credentials.example.org/2026/%C5%BD?learner=7&of=a+b#it's",
    "the longest that is drawn": "urn:credential:" + "0aB9" * ((LONGEST - 15) // 4) + "x",
}


@pytest.mark.parametrize("what", IDS)
def test_the_code_on_the_page_says_the_id(what: str) -> None:
    credential = samples.credential().model_copy(update={"id": IDS[what]})
    assert qr_texts(render(credential, "png")) == [IDS[what]]


@pytest.mark.parametrize("language", ["sr", "de"])
def test_the_code_is_read_in_every_design_and_language(language: str) -> None:
    design = Design(colour="#ffe000", logo=SVG)
    assert qr_texts(render(samples.credential(), "png", language, design=design)) == [samples.CREDENTIAL_ID]


def test_a_page_of_another_credential_says_another_id() -> None:
    other = samples.credential().model_copy(update={"id": IDS["as ours are made"]})
    assert qr_texts(render(other, "png")) != qr_texts(render(samples.credential(), "png"))


@pytest.mark.parametrize("unfit", ["urn:x:" + "a" * LONGEST, "urn:x:č", "urn:x:\n"])
def test_an_id_that_no_code_is_made_of_has_none(unfit: str) -> None:
    assert qr_svg(unfit) is None


def test_the_picture_inside_a_credential_carries_no_code_of_somebody_else() -> None:
    """It may be shared by all learners of a course, so it names none of their credentials."""
    display = display_parameter(samples.credential(), languages=["en"])
    picture = display.individual_display[0].display_detail[0].image
    assert picture is not None
    assert picture.content is not None
    assert qr_texts(picture.content) == []


def test_a_picture_without_a_code_has_no_text() -> None:
    without = samples.credential().model_copy(update={"id": None})
    assert qr_texts(render(without, "png")) == []
