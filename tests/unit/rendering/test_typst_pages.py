"""PDF and PNG: the same bytes again, harmless whatever the credential says, and nothing from the network."""

import re
import struct
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from edc_microcred.rendering import LANGUAGES, Design, RenderingError, SealStatement, read_page, render
from edc_microcred.rendering.typst_pages import to_png
from tests.unit.rendering import samples
from tests.unit.rendering.hostile import NAMES
from tests.unit.rendering.test_html_page import SVG

PNG = b"\x89PNG\r\n\x1a\n"


def size_of(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_credential_gives_the_same_bytes(language: str) -> None:
    pdf = render(samples.credential(), "pdf", language)
    assert pdf.startswith(b"%PDF-1.7")
    assert pdf == render(samples.credential(), "pdf", language)
    assert render(samples.credential(), "png", language) == render(samples.credential(), "png", language)


def test_a_pdf_is_archivable_tagged_dated_by_the_issue_and_holds_its_fonts() -> None:
    pdf = render(samples.credential(), "pdf", "sr")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"D:20260701" in pdf
    assert len(re.findall(rb"/FontFile3", pdf)) >= 2


def test_a_png_is_the_first_page_on_a4_at_150_dots_an_inch() -> None:
    png = render(samples.credential(), "png", "de")
    assert png.startswith(PNG)
    assert size_of(png) == (1240, 1754)


@pytest.mark.parametrize("what", NAMES)
def test_a_page_is_made_for_a_learner_called(what: str) -> None:
    credential = samples.credential(name=NAMES[what], titles={"en": NAMES[what] or "-"}, grade=NAMES[what])
    assert render(credential, "pdf").startswith(b"%PDF")
    assert size_of(render(credential, "png")) == (1240, 1754)


def test_what_looks_like_a_program_is_drawn_letter_by_letter() -> None:
    called = {
        name: render(samples.credential(name=name), "png") for name in ("#panic()", "# panic()", "49", "{{ 7*7 }}")
    }
    assert len(set(called.values())) == len(called)


def test_an_override_of_direction_is_drawn_as_the_replacement_character() -> None:
    turned = render(samples.credential(name="Ana \u202egnp.exe"), "png")
    assert turned == render(samples.credential(name="Ana \ufffdgnp.exe"), "png")
    assert turned != render(samples.credential(name="Ana gnp.exe"), "png")


def test_characters_without_a_picture_become_the_replacement_character() -> None:
    page = render(samples.credential(name="Ana 李 👩"), "pdf")
    assert page == render(samples.credential(name="Ana \ufffd \ufffd"), "pdf")


def test_thousands_of_unusual_characters_are_found_out_in_a_few_tries() -> None:
    name = "".join(chr(0x4E00 + number) for number in range(250))
    outcomes = tuple({"en": "".join(chr(0x5000 + 900 * row + n) for n in range(900))} for row in range(5))
    assert render(samples.credential(name=name, outcomes=outcomes), "pdf").startswith(b"%PDF")


@pytest.mark.parametrize("language", ["en", "sr", "de"])
def test_a_page_full_to_the_brim_stays_one_sheet(language: str) -> None:
    full = samples.credential(
        titles=dict.fromkeys(("en", "sr", "de"), "A title of many words " * 13),
        name="Maria " * 50,
        outcomes=tuple({"en": f"Outcome {n}: " + "do this and that, " * 25} for n in range(60)),
        grade="excellent " * 60,
    )
    assert size_of(render(full, "png", language)) == (1240, 1754)
    assert render(full, "pdf", language).startswith(b"%PDF")


def test_a_logo_of_each_kind_is_drawn(tmp_path: Path) -> None:
    plain = render(samples.credential(), "png")
    picture = to_png(read_page(samples.credential(), "en", seal=SealStatement("unknown")), Design(), ppi=20)
    for logo in (SVG, picture):
        assert render(samples.credential(), "png", design=Design(logo=logo)) != plain


@pytest.mark.parametrize("logo", [PNG + b"no picture at all", b"<svg>&undefined;</svg>"])
def test_a_damaged_logo_is_named_as_the_cause(logo: bytes) -> None:
    with pytest.raises(RenderingError, match="cannot be made") as caught:
        render(samples.credential(), "pdf", design=Design(logo=logo))
    assert "the logo" in caught.value.remedy


def test_an_institution_replaces_the_template(tmp_path: Path) -> None:
    (tmp_path / "certificate.typ").write_text(
        "#let data = json(bytes(sys.inputs.data))\n#set page(width: 50mm, height: 20mm)\n#data.page.title.value"
        '\n#read("note.txt")',
        encoding="utf-8",
    )
    (tmp_path / "note.txt").write_text("ours", encoding="utf-8")
    assert size_of(render(samples.credential(), "png", design=Design(template=tmp_path))) == (295, 118)


@pytest.mark.parametrize(
    "source",
    [
        '#read("/etc/passwd")',
        '#read("../secret.txt")',
        '#image("../secret.png")',
        "#panic()",
        "#let x = (",
    ],
)
def test_a_template_that_reads_elsewhere_or_does_not_work_is_refused(source: str, tmp_path: Path) -> None:
    folder = tmp_path / "design"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "certificate.typ").write_text(source, encoding="utf-8")
    with pytest.raises(RenderingError, match="cannot be made") as caught:
        render(samples.credential(), "pdf", design=Design(template=folder))
    assert "secret" not in str(caught.value).replace("secret.", "")


def test_a_template_that_wants_a_package_is_refused_before_anything_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "certificate.typ").write_text('#import "@preview/cades:0.3.1": qr', encoding="utf-8")
    with pytest.raises(RenderingError, match="asks for a package"):
        render(samples.credential(), "pdf", design=Design(template=tmp_path))


def test_without_typst_the_error_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    for to in ("pdf", "png"):
        with pytest.raises(RenderingError, match=r"edc-microcred\[pdf\]"):
            render(samples.credential(), to)  # type: ignore[arg-type]  # both are forms of page
    assert render(samples.credential(), "html").startswith(b"<!DOCTYPE html>")


def test_pages_made_at_the_same_time_are_those_made_one_after_the_other() -> None:
    learners = [samples.credential(name=f"Learner {number} 李") for number in range(8)]
    alone = [render(learner, "pdf", "sr") for learner in learners]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda learner: render(learner, "pdf", "sr"), learners)) == alone
    assert len(set(alone)) == len(alone)
