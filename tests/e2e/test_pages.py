"""Pages as people meet them: in a browser, on paper and on a telephone, in five languages, and read by a machine.

The screenshots lie in `target/pages/` afterwards, to be looked at.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from edc_microcred.rendering import LANGUAGES, Design, display_parameter, render
from edc_microcred.rendering.text import harmless
from tests.conftest import ROOT, cannot_run
from tests.e2e.axe_core import axe_source
from tests.unit.rendering import samples
from tests.unit.rendering.hostile import NAMES
from tests.unit.rendering.qr_reading import qr_texts
from tests.unit.rendering.test_html_page import SVG

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.interop

SCREENSHOTS = ROOT / "target" / "pages"
A4, TELEPHONE = 794, 360  # pixels: 210 mm at 96 dots an inch, and a small telephone
SHEET = (170 * 96 / 25.4, 271 * 96 / 25.4)  # what the print margins leave of A4

OVERFLOWING = """() => {
    const wide = document.documentElement.clientWidth;
    const found = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > wide + 0.5);
    return [document.documentElement.scrollWidth - wide, found.map(e => e.tagName + "." + e.className)];
}"""


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        cannot_run("playwright is not installed (requirements/browser.txt)")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        cannot_run("no Chromium (Debian: chromium fonts-dejavu-core)")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        # The sandbox of the browser needs rights that containers lack; only pages made here are opened.
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def axe() -> str:
    source = axe_source()
    if source is None:
        cannot_run("axe-core is not at hand (npm fetches it into target/)")
    return source


class Opened:
    """A page opened from a file, and whatever it did that a page should not do."""

    def __init__(self, browser: "Browser", html: bytes, folder: Path, width: int, *, bypass_csp: bool = False) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 1123}, bypass_csp=bypass_csp)
        self.page: Page = self.context.new_page()
        self.deeds: list[str] = []
        file = folder / "page.html"
        file.write_bytes(html)
        self.page.on("requestfinished", lambda request: self._requested(request.url, file))
        self.page.on("requestfailed", lambda request: request.failure == "csp" or self._requested(request.url, file))
        self.page.on("console", lambda message: self.deeds.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.deeds.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.deeds.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.goto(file.as_uri())

    def _requested(self, url: str, file: Path) -> None:
        if url != file.as_uri() and not url.startswith("data:"):
            self.deeds.append(f"request: {url}")

    def __enter__(self) -> "Opened":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


def kinds() -> dict[str, tuple[Any, Design | None]]:
    """The credentials and designs that every language is tried with."""
    long = samples.credential(titles=samples.LONG_TITLES, name=samples.LONG_NAME)
    return {"usual": (samples.credential(), None), "long": (long, Design(logo=SVG, colour="#e8a800"))}


@pytest.mark.parametrize("width", [A4, TELEPHONE])
@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_fits_its_screen_and_nobody_is_shut_out(
    language: str, kind: str, width: int, browser: "Browser", axe: str, tmp_path: Path
) -> None:
    credential, design = kinds()[kind]
    html = render(credential, "html", language, design=design, date_of_birth=True)
    with Opened(browser, html, tmp_path, width) as opened:
        opened.page.screenshot(path=SCREENSHOTS / f"{kind}-{language}-{width}.png", full_page=True)
        assert opened.page.evaluate(OVERFLOWING) == [0, []]
        assert opened.deeds == []
    with Opened(browser, html, tmp_path, width, bypass_csp=True) as opened:
        opened.page.evaluate(axe)
        result = opened.page.evaluate("() => axe.run()")
    assert len(result["passes"]) > 10
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in result["violations"]] == []


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_certificate_is_printed_on_one_sheet(language: str, kind: str, browser: "Browser", tmp_path: Path) -> None:
    credential, design = kinds()[kind]
    width, height = SHEET
    with Opened(browser, render(credential, "html", language, design=design), tmp_path, int(width)) as opened:
        opened.page.emulate_media(media="print")
        front = opened.page.evaluate("() => document.querySelector('.front').getBoundingClientRect().height")
        assert 0.9 * height < front <= height
        assert opened.page.evaluate(OVERFLOWING) == [0, []]


@pytest.mark.parametrize("what", NAMES)
def test_a_browser_shows_the_name_and_does_nothing_when_a_learner_is_called(
    what: str, browser: "Browser", tmp_path: Path
) -> None:
    name = NAMES[what]
    credential = samples.credential(name=name, titles={"en": name if name.strip() else "x"}, grade=name)
    for width in (A4, TELEPHONE):
        with Opened(browser, render(credential), tmp_path, width) as opened:
            if name.strip():
                assert opened.page.locator(".learner").text_content() == harmless(name, 300)
            assert opened.page.evaluate("() => document.scripts.length + document.querySelectorAll('img').length") == 0
            assert opened.page.evaluate(OVERFLOWING) == [0, []]
            assert opened.deeds == []
            opened.page.screenshot(path=SCREENSHOTS / f"called-{list(NAMES).index(what)}-{width}.png")


@pytest.mark.parametrize("width", [A4, TELEPHONE])
def test_the_code_on_the_page_says_the_id_to_a_reader_of_codes(width: int, browser: "Browser", tmp_path: Path) -> None:
    with Opened(browser, render(samples.credential(), "html", "sr"), tmp_path, width) as opened:
        assert qr_texts(opened.page.screenshot(full_page=True)) == [samples.CREDENTIAL_ID]


def test_the_security_policy_stops_what_a_template_would_let_in(browser: "Browser", tmp_path: Path) -> None:
    html = render(samples.credential()).replace(
        b"</main>", b"<script>document.title='ran'</script><img src='https://example.org/x.png' alt=''></main>"
    )
    assert b"<script>" in html
    with Opened(browser, html, tmp_path, A4) as opened:
        assert opened.page.title() != "ran"
        assert any("Content Security Policy" in deed for deed in opened.deeds)
        assert not [deed for deed in opened.deeds if deed.startswith("request:")]


def test_a_picture_opens_under_the_address_that_edc_makes_of_its_labels(browser: "Browser", tmp_path: Path) -> None:
    shown = display_parameter(samples.credential(), ["en", "sr"])
    credential = samples.credential()
    credential.display_parameter = shown
    from edc_microcred.elm import write_credential

    for each in json.loads(write_credential(credential))["displayParameter"]["individualDisplay"]:
        image = each["displayDetail"]["image"]
        kind, encoding = image["contentType"]["prefLabel"]["en"], image["contentEncoding"]["prefLabel"]["en"]
        address = f"data:{kind};{encoding},{image['content']}"
        with Opened(browser, f'<img src="{address}">'.encode(), tmp_path, A4) as opened:
            size = opened.page.evaluate("() => [document.images[0].naturalWidth, document.images[0].naturalHeight]")
            assert size == [794, 1123]


def test_the_judge_of_accessibility_finds_what_is_wrong(browser: "Browser", axe: str, tmp_path: Path) -> None:
    html = render(samples.credential()).replace(b'role="img" aria-label', b'role="img" data-label')
    with Opened(browser, html, tmp_path, A4, bypass_csp=True) as opened:
        opened.page.evaluate(axe)
        result = opened.page.evaluate("() => axe.run()")
    assert [fault["id"] for fault in result["violations"]] == ["role-img-alt"]
