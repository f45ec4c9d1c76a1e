"""PDF and PNG by Typst: PDF/A-2a that is also PDF/UA-1, with its fonts inside, the same bytes for the same page.

The page goes to the template as JSON text, which a Typst program can print and cannot run. Fonts of the system are
never used, so a page looks the same everywhere; what the fonts inside Typst cannot draw (Chinese, emoji) becomes `�`,
because an archivable PDF may not hold a character without its picture. A template folder may bring fonts that can.

A template of one's own runs in a process of its own that reaches no network (`typst_alone`), for a minute at most.

Typst is the extra `pdf` of this package, 80 MB, and is imported when the first page is made.

Clauses: ISO 19005-2 (PDF/A-2), level A; ISO 14289-1 (PDF/UA-1).
"""

import base64
import json
import os
import re
import subprocess
import sys
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from edc_microcred.rendering import typst_alone
from edc_microcred.rendering.design import Design, RenderingError
from edc_microcred.rendering.page import PageContent
from edc_microcred.rendering.qr import qr_svg
from edc_microcred.rendering.seal import draft_heading, mandate_sentence, seal_sentence
from edc_microcred.rendering.text import REPLACEMENT, Text

STANDARDS: Final = ("a-2a", "ua-1")
UNDATED: Final = date(1970, 1, 1)
"""The date of a document whose credential has none; PDF/A demands one."""
PPI: Final = 150.0
LEAST_FOR_CODE: Final = 72.0
"""Dots an inch below which the QR code could not be read, so that it is left out."""
LONGEST_RUN: Final = 60
"""Seconds that a template of one's own may take; ours take some hundredths."""

_TEMPLATES: Final = Path(__file__).parent / "templates"
_TEMPLATE: Final = "certificate.typ"
_NO_PACKAGES: Final = str(_TEMPLATES / "no packages")
"""A folder that is not there: where Typst looks for packages, instead of the user's."""
_NEEDED_BY_THE_SYSTEM: Final = ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
_LOGO_FORMATS: Final = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
# Latin, Greek and Cyrillic letters and the usual punctuation: the built-in fonts have them all.
_SURELY_DRAWN: Final = re.compile("[\n -~\xa1-\xac\xae-\u017f\u0391-\u03a1\u03a3-\u03c9\u0400-\u045f–—‘’‚“”„…•\ufffd]+")
_NOT_DRAWN: Final = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_PROBE: Final = b"""
#set document(title: "probe")
#set text(font: "Libertinus Serif")
#for one in json(bytes(sys.inputs.characters)) [#text(one) ]
"""
# A word without a place to break would leave the page: after so many letters one is made.
_LONG_WORD: Final = re.compile(r"[^\s/-]{25,}")
_BREAK_AFTER: Final = re.compile(r"(\S{12})(?=\w)")


def typst_module() -> Any:
    """Typst, imported now. Raises `RenderingError` where the extra `pdf` is not installed."""
    try:
        import typst
    except ImportError as error:
        raise RenderingError(
            "PDF and PNG pages need Typst, which is not installed.",
            remedy="Install it with:  pip install 'edc-microcred[pdf]'   (HTML pages need nothing more.)",
        ) from error
    return typst


def to_pdf(page: PageContent, design: Design) -> bytes:
    """The certificate and its details as a PDF/A-2a and PDF/UA-1 file. Raises `RenderingError`."""
    pdf = _compile(page, design, format="pdf", pdf_standards=list(STANDARDS))
    whole: bytes = pdf[0] if isinstance(pdf, list) else pdf
    return whole


def to_png(page: PageContent, design: Design, *, ppi: float = PPI) -> bytes:
    """The first page as a PNG picture with `ppi` pixels an inch, below 72 without QR code. Raises `RenderingError`."""
    png = _compile(page, design, only_first=True, code=ppi >= LEAST_FOR_CODE, format="png", ppi=ppi)
    first: bytes = png[0] if isinstance(png, list) else png
    return first


def _compile(page: PageContent, design: Design, *, only_first: bool = False, code: bool = True, **options: Any) -> Any:
    text = json.dumps(_data(page, design, only_first, code), ensure_ascii=False)
    text = _without(text, _undrawable("".join(sorted(set(_SURELY_DRAWN.sub("", text)))), design.fonts))
    inputs = {"data": text, "logo": _numbers(design.logo or b"")}
    own = design.files.get(_TEMPLATE)
    if own is not None:
        return _compile_alone(own, design, inputs, options)
    typst = typst_module()
    try:
        return typst.compile(
            _built_in(),
            root=str(_TEMPLATES),
            font_paths=_fonts(design.fonts),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            package_path=_NO_PACKAGES,
            package_cache_path=_NO_PACKAGES,
            **options,
        )
    except typst.TypstError as error:
        raise _cannot(error.message, design) from error


def _compile_alone(template: bytes, design: Design, inputs: dict[str, str], options: dict[str, Any]) -> list[bytes]:
    """The pages of an institution's own template, made in a process that reaches no network."""
    asked = {
        "template": base64.b64encode(template).decode(),
        "root": str(design.template),
        "fonts": [str(design.fonts)] if design.fonts is not None else [],
        "inputs": inputs,
        "packages": _NO_PACKAGES,
        "options": options,
    }
    kept = {name: os.environ[name] for name in _NEEDED_BY_THE_SYSTEM if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", typst_alone.__file__, str(Path(typst_module().__file__).parents[1])],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=LONGEST_RUN,
            env={**kept, **typst_alone.ENVIRONMENT},
            check=False,
        )
        said = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise _cannot(f"the template is not ready after {LONGEST_RUN} seconds", design) from None
    except (OSError, ValueError) as error:
        raise _cannot("Typst does not run in a process of its own", design) from error
    if "error" in said:
        raise _cannot(said["error"], design)
    return [base64.b64decode(page) for page in said["pages"]]


def _cannot(said: str, design: Design) -> RenderingError:
    if "package" in said.splitlines()[0]:
        return RenderingError(
            "The template folder asks for a package.",
            remedy="Packages would be fetched from the network, and are not. Copy what is needed into the folder.",
        )
    return RenderingError(
        f"The page cannot be made: {said.splitlines()[0][:200]}.",
        remedy="The cause is in the template folder, the logo or a font; without them the page can be made."
        if design.template or design.logo
        else "Make the HTML page instead, and report the credential that does this.",
    )


@lru_cache(maxsize=1)
def _built_in() -> bytes:
    return (_TEMPLATES / _TEMPLATE).read_bytes()


@lru_cache(maxsize=4)
def _numbers(content: bytes) -> str:
    """Bytes as Typst can be given them: a JSON list of numbers."""
    return f"[{','.join(map(str, content))}]"


@lru_cache(maxsize=8)
def _fonts(folder: Path | None) -> Any:
    paths = [str(folder)] if folder is not None else []
    return typst_module().Fonts(include_system_fonts=False, font_paths=paths)


def _data(page: PageContent, design: Design, only_first: bool, code: bool) -> dict[str, Any]:
    words = design.words(page.language)
    dated = page.dated or UNDATED
    return {
        "page": _plain(page),
        "words": dict(words),
        "lang": _typst_language(words.language),
        "seal": seal_sentence(page.seal, words),
        "draft": draft_heading(page.seal, words),
        "mandate": _broken(mandate_sentence(page.mandate, words)),
        "ink": design.ink,
        "colour": design.colour,
        "logo": _LOGO_FORMATS[design.logo_type] if design.logo is not None else None,
        "qr": qr_svg(page.credential_id) if page.credential_id and code else None,
        "date": [dated.year, dated.month, dated.day],
        "only-first": only_first,
    }


def _plain(value: Any) -> Any:
    """Dataclasses as objects, every text with the language as Typst wants it and with places to break long words."""
    if isinstance(value, Text):
        return {"value": _broken(value.value), "language": value.language, "lang": _typst_language(value.language)}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return _broken(value)
    return value if value is None or isinstance(value, int) else str(value)


def _broken(text: str) -> str:
    """The text with places to break its long words."""
    return _LONG_WORD.sub(lambda word: _BREAK_AFTER.sub("\\1\u200b", word[0]), text)


def _typst_language(tag: str) -> str:
    primary = tag.partition("-")[0].lower()
    return primary if len(primary) in (2, 3) else ""


def _without(text: str, characters: str) -> str:
    return text.translate(dict.fromkeys(map(ord, characters), REPLACEMENT)) if characters else text


@lru_cache(maxsize=256)
def _undrawable(characters: str, folder: Path | None) -> str:
    """Those of the characters that no font at hand can draw, found by trying."""
    typst = typst_module()
    left, undrawn = characters, ""
    while left:
        try:
            typst.compile(
                _PROBE,
                root=str(_TEMPLATES),
                font_paths=_fonts(folder),
                ignore_system_fonts=True,
                sys_inputs={"characters": json.dumps(list(left))},
                format="pdf",
                pdf_standards=["ua-1"],
            )
        except typst.TypstError as error:
            said = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), "".join(_NOT_DRAWN.findall(error.diagnostic)))
            bad = set(said) & set(left) or set(left)
            undrawn += "".join(sorted(bad))
            left = "".join(one for one in left if one not in bad)
        else:
            break
    return undrawn
