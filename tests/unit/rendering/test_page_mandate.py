"""Who sealed on whose authority, on pages and pictures, where that is no awarding body."""

import pytest

from edc_microcred.elm import EuropeanDigitalCredential, Evidence, LanguageMap, Organisation
from edc_microcred.issuing.mandate import MANDATE_EVIDENCE
from edc_microcred.rendering import LANGUAGES, Design, PageContent, SealStatement, display_parameter, read_page
from edc_microcred.rendering.html import to_html
from edc_microcred.rendering.places import MANDATE
from edc_microcred.rendering.typst_pages import to_pdf
from edc_microcred.vocabularies import concept
from tests.unit.rendering import samples
from tests.unit.rendering.test_display_image import pictures


def mandated(statement: str = "By contract 7/2026", issuer: str | None = "Sealing House") -> EuropeanDigitalCredential:
    credential = samples.credential()
    credential.evidence = [Evidence(dc_type=concept("evidence-type", MANDATE), evidence_statement=statement)]
    credential.issuer = Organisation(legal_name=LanguageMap({"en": issuer})) if issuer is not None else None
    return credential


def page_of(credential: EuropeanDigitalCredential, language: str = "en") -> PageContent:
    return read_page(credential, language, seal=SealStatement("unknown"))


def test_the_evidence_is_the_one_that_issuing_writes() -> None:
    assert MANDATE == MANDATE_EVIDENCE


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Sealed by Sealing House under mandate: By contract 7/2026"),
        ("sr", "Печатира Sealing House по овлашћењу: By contract 7/2026"),
        ("sr-Latn", "Pečatira Sealing House po ovlašćenju: By contract 7/2026"),
        ("de", "Gesiegelt von Sealing House im Auftrag: By contract 7/2026"),
        ("es", "Sellada por Sealing House en virtud de un mandato: By contract 7/2026"),
    ],
)
def test_a_page_says_who_sealed_under_which_mandate(language: str, said: str) -> None:
    assert said.encode() in to_html(page_of(mandated(), language), Design())
    assert to_pdf(page_of(mandated(), language), Design()) != to_pdf(page_of(samples.credential(), language), Design())


def test_a_mandate_of_a_credential_without_an_issuer_is_shown_alone() -> None:
    assert b"Under mandate: By contract 7/2026" in to_html(page_of(mandated(issuer=None)), Design())


def test_a_credential_of_its_awarding_body_speaks_of_no_mandate() -> None:
    assert b"mandate" not in to_html(page_of(samples.credential()), Design())


def test_a_picture_shows_the_mandate_and_is_drawn_anew_for_another() -> None:
    drawn = [
        pictures(display_parameter(credential, ["en"]))
        for credential in (samples.credential(), mandated(), mandated("By law"), mandated(issuer="Another House"))
    ]
    assert len({tuple(one) for one in drawn}) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_mandate_is_text(language: str) -> None:
    hostile = "<script>alert(1)</script> {{ 7*7 }} #panic() \\u{202e} {organisation} " + "x" * 300
    page = to_html(page_of(mandated(hostile), language), Design())
    assert b"<script>" not in page
    assert b"{{ 7*7 }} #panic()" in page
    assert to_pdf(page_of(mandated(hostile), language), Design()).startswith(b"%PDF")
