"""The HTML page: self-contained, inert, well-formed, and the institution's where it wants that."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from edc_microcred.document import load
from edc_microcred.elm import EuropeanDigitalCredential
from edc_microcred.rendering import LANGUAGES, Design, RenderingError, SealStatement, read_page, render
from edc_microcred.rendering.html import to_html
from edc_microcred.rendering.page import SealState
from edc_microcred.rendering.text import harmless
from edc_microcred.rendering.typst_pages import to_png
from tests.conftest import ROOT
from tests.unit.rendering import samples
from tests.unit.rendering.hostile import NAMES

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4" fill="#c00"/></svg>'
STATES: tuple[SealState, ...] = ("none", "preview", "unknown")
VOID = {"meta", "br", "img", "path"}


class Page(HTMLParser):
    """The elements of a page, with their attributes, and its visible text."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html.decode())
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert tag not in VOID
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "title"} & set(self.open):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page_of(credential: EuropeanDigitalCredential, language: str = "en", design: Design | None = None) -> Page:
    return Page(render(credential, "html", language, design=design))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_one_file_that_runs_and_fetches_nothing(language: str) -> None:
    page = page_of(samples.credential(), language, Design(logo=SVG))
    assert {tag for tag, _ in page.elements} <= {
        "html", "head", "meta", "title", "style", "body", "main", "section", "div", "p", "h1", "h2", "h3", "ul", "li",
        "dl", "dt", "dd", "bdi", "strong", "br", "img", "svg", "path",
    }  # fmt: skip
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name in ("href", "style", "srcdoc")]
        assert (attributes.get("src") or "data:").startswith("data:")
    [policy] = [m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert "unsafe" not in policy
    assert [m for m in page.all("html") if m["lang"] == language]


@pytest.mark.parametrize("what", NAMES)
def test_a_learner_cannot_do_anything_to_the_page_by_being_called(what: str) -> None:
    name = NAMES[what]
    quiet, loud = page_of(samples.credential()), page_of(samples.credential(name=name))
    assert [tag for tag, _ in loud.elements if tag != "p"] == [tag for tag, _ in quiet.elements if tag != "p"] or (
        not name.strip()
    )
    assert harmless(name, 300) in loud.text
    assert "\u202e" not in loud.text


def test_every_text_of_a_credential_is_escaped() -> None:
    script = "<script>alert(1)</script>"
    credential = samples.credential(
        titles=dict.fromkeys(("en", "sr"), script), name=script, outcomes=({"en": script},), grade=script
    )
    for language in LANGUAGES:
        page = page_of(credential, language)
        assert page.text.count(script) >= 6
        assert not page.all("script")


def test_texts_in_another_language_than_the_page_say_so() -> None:
    page = page_of(samples.credential(), "de")
    assert "en" in {attributes.get("lang") for attributes in page.all("bdi")}
    assert "de" not in {attributes.get("lang") for attributes in page.all("bdi")}


def test_headings_go_down_step_by_step_and_pictures_have_names() -> None:
    page = page_of(samples.credential(), design=Design(logo=SVG))
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [image["alt"] for image in page.all("img")] == ["Logo of the institution"]
    assert [div["aria-label"] for div in page.all("div") if div.get("role") == "img"] == [
        "QR code with the identifier of the credential"
    ]


def test_the_same_credential_gives_the_same_bytes() -> None:
    assert render(samples.credential(), "html", "sr") == render(samples.credential(), "html", "sr")


def test_the_seal_is_quoted_and_never_called_verified(sealed: bytes) -> None:
    page = Page(render(load(sealed)))
    assert re.search(r"The seal of the file says: .+ \(VATRS-\d+\), .+ UTC\. This page did not verify it\.", page.text)
    assert not re.search("verified by|is valid|genuine|authentic", page.text)


def test_a_file_that_was_changed_after_sealing_gives_a_page_that_warns(sealed: bytes) -> None:
    assert sealed.count(b"Primer") >= 1
    page = Page(render(load(sealed.replace(b"Primer", b"Primes"))))
    assert "The electronic seal of the file is broken." in page.text
    assert [p for p in page.all("p") if p.get("class") == "warning"]


def test_an_unsealed_file_is_called_a_draft() -> None:
    page = Page(render(load(ROOT / "examples" / "credential.jsonld")))
    assert "bears no electronic seal" in page.text


@pytest.mark.parametrize(
    ("language", "draft", "preview"),
    [("en", "Draft", "Preview"), ("sr", "Нацрт", "Преглед пре издавања"), ("sr-Latn", "Nacrt", "Pregled pre izdavanja"),
     ("de", "Entwurf", "Vorschau"), ("es", "Borrador", "Vista previa")],
)  # fmt: skip
def test_what_was_not_sealed_is_marked_on_both_pages(language: str, draft: str, preview: str) -> None:
    marks: dict[SealState, str | None] = {"none": draft, "preview": preview, "says": None}
    for state, mark in marks.items():
        content = read_page(samples.credential(), language, seal=SealStatement(state))
        page = Page(to_html(content, Design()))
        assert len([one for one in page.all("p") if one.get("class") == "draft"]) == (2 if mark else 0)
        assert mark is None or page.text.count(mark) >= 2
        assert ("svg" in {name for name, _ in page.elements}) is (state != "preview")
    drawn = [
        to_png(read_page(samples.credential(), language, seal=SealStatement(state)), Design(), ppi=40)
        for state in STATES
    ]
    assert len(set(drawn)) == len(STATES)


def test_an_id_that_was_not_made_yet_is_not_shown_and_has_no_code() -> None:
    page = page_of(samples.credential(credential_id="urn:credential:00000000-0000-0000-0000-000000000000"))
    assert "0000-0000" not in page.text
    assert not page.all("svg")


def test_an_id_too_long_for_a_code_is_written_out_alone() -> None:
    page = page_of(samples.credential(credential_id="urn:example:" + "x" * 400))
    assert not [div for div in page.all("div") if div.get("class") == "qr"]
    assert "urn:example:xxx" in page.text


def test_a_pale_colour_is_darkened_for_text_and_kept_for_the_rest() -> None:
    design = Design(colour="#ffdd00")
    assert b"--colour: #ffdd00" in render(samples.credential(), design=design)
    assert design.ink != "#ffdd00"
    assert Design(colour="#1d3f72").ink == "#1d3f72"
    assert Design(colour="#ffffff").ink.startswith("#7") or Design(colour="#ffffff").ink.startswith("#6")


def test_an_institution_replaces_template_style_and_words(tmp_path: Path) -> None:
    (tmp_path / "certificate.html").write_text(
        "{% include 'part.html' %}<h1>{{ page.title.value }}</h1><p>{{ words.outcomes }}|{{ words.grade }}</p>"
        "<style>{{ style }}</style>",
        encoding="utf-8",
    )
    (tmp_path / "part.html").write_text("<b>ours</b>", encoding="utf-8")
    (tmp_path / "certificate.css").write_text("h1 { color: var(--ink) }", encoding="utf-8")
    (tmp_path / "words.json").write_text('{"fr": {"outcomes": "Acquis"}}', encoding="utf-8")
    page = render(samples.credential(name="<i>"), "html", "fr", design=Design(template=tmp_path)).decode()
    assert page.startswith("<b>ours</b><h1>Environmental DNA Methods")
    assert "<p>Acquis|Grade</p>" in page
    assert "h1 { color: var(--ink) }" in page


@pytest.mark.parametrize(
    "template",
    [
        "{{ page.__class__.__mro__ }}",
        "{{ words.__class__.__init__.__globals__ }}",
        "{{ nothing }}",
        "{% if %}",
        "{{ page.title.value.format(x=1).__class__ }}",
        "{% include '/etc/passwd' %}",
        "{% include '../secret.html' %}",
    ],
)
def test_a_template_that_breaks_out_or_does_not_work_is_refused(template: str, tmp_path: Path) -> None:
    folder = tmp_path / "design"
    folder.mkdir()
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    (folder / "certificate.html").write_text(template, encoding="utf-8")
    with pytest.raises(RenderingError, match=r"certificate\.html does not work"):
        render(samples.credential(), design=Design(template=folder))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"colour": "red"}, "'red' is no colour"),
        ({"colour": "#1d3f72;}"}, "is no colour"),
        ({"logo": b"GIF89a"}, "neither PNG nor JPEG nor SVG"),
        ({"logo": b"<html><svg></svg>"}, "neither PNG nor JPEG nor SVG"),
        ({"logo": b"\xff\xd8\xff" + b"0" * 600_000}, "600,003 bytes"),
        ({"template": Path("no such folder")}, "is no folder"),
    ],
)
def test_a_design_that_cannot_work_is_refused_at_once(options: dict[str, object], said: str) -> None:
    with pytest.raises(RenderingError, match=re.escape(said)):
        Design(**options)  # type: ignore[arg-type]  # the wrong values are the point


def test_words_that_are_no_json_are_refused(tmp_path: Path) -> None:
    (tmp_path / "words.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(RenderingError, match=r"words\.json"):
        render(samples.credential(), design=Design(template=tmp_path))


def test_unknown_forms_and_languages_are_refused() -> None:
    with pytest.raises(RenderingError, match="'docx' is no form of page"):
        render(samples.credential(), "docx")  # type: ignore[arg-type]  # the wrong value is the point
    for language in ("", "../en", "e n", "english language"):
        with pytest.raises(RenderingError, match="is no language tag"):
            render(samples.credential(), "html", language)


def test_designs_that_look_the_same_have_the_same_digest(tmp_path: Path) -> None:
    (tmp_path / "certificate.css").write_text("h1 { color: red }", encoding="utf-8")
    first = Design(template=tmp_path).digest
    assert first == Design(template=tmp_path).digest != Design().digest
    (tmp_path / "certificate.css").write_text("h1 { color: blue }", encoding="utf-8")
    assert Design(template=tmp_path).digest != first
    (tmp_path / "fonts").mkdir()
    with_fonts = Design(template=tmp_path).digest
    (tmp_path / "fonts" / "a.ttf").write_bytes(b"0")
    assert Design(template=tmp_path).digest != with_fonts
