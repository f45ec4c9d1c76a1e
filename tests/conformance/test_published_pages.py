"""Published credentials, sealed and not, of five issuers: each one has a page in every language and form."""

from pathlib import Path

import pytest

from edc_microcred.document import load
from edc_microcred.rendering import LANGUAGES, display_parameter, render
from tests.samples import credential_texts


def test_every_published_credential_has_pages(reference: Path) -> None:
    made = 0
    for number, (_, text) in enumerate(credential_texts(reference)):
        document = load(text.encode())
        if not document.holds_credential:
            continue
        made += 1
        language = LANGUAGES[number % len(LANGUAGES)]
        assert render(document, "html", language).endswith(b"</html>\n")
        assert render(document, "png", language).startswith(b"\x89PNG")
    assert made >= 40


@pytest.mark.parametrize("name", ["AA-Annex1-MC-signed.jsonld", "Sample-MastersDegree-signed.jsonld"])
def test_a_published_credential_is_quoted_with_its_seal(name: str, reference: Path) -> None:
    page = render(load(reference / "credentials" / "eu-2024" / name)).decode()
    assert "The seal of the file says: " in page
    assert "This page did not verify it." in page


def test_a_display_can_be_made_for_the_official_micro_credential(reference: Path) -> None:
    document = load(reference / "credentials" / "eu-2024" / "AA-Annex1-MC-signed.jsonld")
    shown = display_parameter(document.credential, ["en"])
    assert shown.title is not None
    assert shown.title["en"] == "Digital micro-credential creation"
