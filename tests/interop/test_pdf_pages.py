"""PDF pages as others see them: veraPDF says that they keep PDF/A-2a and PDF/UA-1, PDFBox reads the text."""

import re
from pathlib import Path

import pytest

from edc_microcred.document import load
from edc_microcred.rendering import LANGUAGES, Design, RenderingError, render
from edc_microcred.rendering.text import harmless
from tests.conftest import cannot_run
from tests.interop.dss_judge import missing
from tests.interop.pdf_judge import Judgement, judge
from tests.samples import credential_texts
from tests.unit.rendering import samples
from tests.unit.rendering.hostile import NAMES
from tests.unit.rendering.test_html_page import SVG

pytestmark = pytest.mark.interop

Judgements = dict[str, Judgement]


def judged(pages: dict[str, bytes], folder: Path) -> Judgements:
    """The judgements of pages by name, in one run of the judge."""
    files = {}
    for number, (name, pdf) in enumerate(pages.items()):
        files[name] = folder / f"{number}.pdf"
        files[name].write_bytes(pdf)
    said = judge(files.values())
    return {name: said[path] for name, path in files.items()}


@pytest.fixture(scope="module")
def judgements(tmp_path_factory: pytest.TempPathFactory) -> Judgements:
    if reason := missing():
        cannot_run(reason)
    long = samples.credential(titles=samples.LONG_TITLES, name=samples.LONG_NAME)
    bare = samples.credential(credential_id=None, outcomes=())
    pages = {f"sample {language}": render(samples.credential(), "pdf", language) for language in LANGUAGES}
    pages |= {f"long {language}": render(long, "pdf", language) for language in LANGUAGES}
    pages |= {what: render(samples.credential(name=name), "pdf") for what, name in NAMES.items()}
    pages["with a logo"] = render(samples.credential(), "pdf", design=Design(logo=SVG))
    pages["without id and outcomes"] = render(bare, "pdf")
    return judged(pages, tmp_path_factory.mktemp("pdf"))


def words_of(text: str) -> str:
    """The text without the places where lines may break, spaces counted once."""
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def test_every_page_keeps_pdf_a_and_pdf_ua(judgements: Judgements) -> None:
    assert {name: said.faults for name, said in judgements.items() if not said.passed} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_certificate_has_two_pages_whose_text_can_be_got_out(language: str, judgements: Judgements) -> None:
    for kind, titles in (("sample", samples.TITLES), ("long", samples.LONG_TITLES)):
        said = judgements[f"{kind} {language}"]
        assert said.pages == 2
        if language in titles:
            assert titles[language].split()[0] in said.text
    name = judgements[f"long {language}"].text
    assert all(part in words_of(name) for part in samples.LONG_NAME.split())
    assert samples.CREDENTIAL_ID in words_of(name)


DRAWN_OTHERWISE = ("Chinese and Arabic", "a tower of accents", "an emoji", "nothing but spaces")


@pytest.mark.parametrize("what", [name for name in NAMES if name not in DRAWN_OTHERWISE])
def test_a_name_is_printed_letter_by_letter(what: str, judgements: Judgements) -> None:
    wanted = re.sub(r"\s", "", harmless(NAMES[what], 300))
    assert wanted in re.sub(r"[\s\u200b]", "", judgements[what].text)


def test_only_what_cannot_be_drawn_is_replaced(judgements: Judgements) -> None:
    assert "Ana �" in judgements["an emoji"].text
    mixed = judgements["Chinese and Arabic"].text
    assert "��" in mixed
    assert sorted(re.findall("[\u0600-\u06ff]", mixed)) == sorted("محمد")


def test_published_credentials_give_pages_that_keep_both_standards(reference: Path, tmp_path: Path) -> None:
    if reason := missing():
        cannot_run(reason)
    pages: dict[str, bytes] = {}
    for name, text in credential_texts(reference):
        document = load(text.encode())
        if document.holds_credential:
            pages[name] = render(document, "pdf", "sr")
    assert len(pages) >= 40
    assert {name: said.faults for name, said in judged(pages, tmp_path).items() if not said.passed} == {}


def test_the_judge_finds_fault_with_a_page_that_keeps_no_standard(tmp_path: Path) -> None:
    if reason := missing():
        cannot_run(reason)
    import typst

    plain = typst.compile(b"#set document(date: none)\nplain", format="pdf", pdf_tags=False)
    said = judged({"plain": plain}, tmp_path)["plain"]
    assert (said.text.strip(), said.passed) == ("plain", False)
    assert said.faults["a-2a"]
    assert said.faults["ua-1"]


def test_a_broken_design_is_an_error_and_no_page(tmp_path: Path) -> None:
    (tmp_path / "certificate.typ").write_text('#image(bytes((1, 2)), format: "png")', encoding="utf-8")
    with pytest.raises(RenderingError):
        render(samples.credential(), "pdf", design=Design(template=tmp_path))
