"""One self-contained HTML file: no script, nothing fetched, readable on paper, on a telephone and by a screen reader.

Jinja escapes every text, in its sandbox, because templates may be an institution's own. The security policy inside the
page allows no script and no address at all: pictures as data, and the one style sheet by its digest.

Clauses: Content Security Policy Level 3; WCAG 2.2, 1.1.1, 1.3.1, 1.4.3, 1.4.10, 3.1.2.
"""

import base64
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from edc_microcred.rendering.design import Design, RenderingError
from edc_microcred.rendering.page import PageContent
from edc_microcred.rendering.qr import qr_svg
from edc_microcred.rendering.seal import draft_heading, mandate_sentence, seal_sentence

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATES: Final = Path(__file__).parent / "templates"
_TEMPLATE: Final = "certificate.html"
_STYLE: Final = "certificate.css"


def to_html(page: PageContent, design: Design) -> bytes:
    """The certificate and its details as one HTML file in UTF-8.

    Raises `RenderingError` when a template of the institution's does not work.
    """
    from markupsafe import Markup

    words = design.words(page.language)
    style = f":root {{ --ink: {design.ink}; --colour: {design.colour}; }}\n{_text(design, _STYLE)}"
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    context: dict[str, Any] = {
        "page": page,
        "words": dict(words),
        "lang": words.language,
        "seal": seal_sentence(page.seal, words),
        "draft": draft_heading(page.seal, words),
        "mandate": mandate_sentence(page.mandate, words),
        "style": Markup(style),  # noqa: S704  # the style sheet is ours or the institution's, no credential's
        "security_policy": policy,
        "logo": design.logo_uri,
        "qr": Markup(qr_svg(page.credential_id) or "") if page.credential_id else "",  # noqa: S704  # dots, no text
    }
    others = tuple((name, _text(design, name)) for name in sorted(design.files) if name.endswith((".html", ".jinja")))
    try:
        return _template(_text(design, _TEMPLATE), others).render(context).encode()
    except Exception as error:
        raise RenderingError(
            f"The template {_TEMPLATE} does not work: {type(error).__name__} in line {_line(error)}.",
            remedy="Its names are those that the built-in template uses; see docs/rendering.md.",
        ) from error


@lru_cache(maxsize=16)
def _template(source: str, others: tuple[tuple[str, str], ...]) -> "Template":
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader({**dict(others), _TEMPLATE: source}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(_TEMPLATE)


def _text(design: Design, name: str) -> str:
    content = design.files.get(name)
    try:
        return content.decode("utf-8") if content is not None else _built_in(name)
    except UnicodeDecodeError as error:
        raise RenderingError(f"{name} in the template folder is not UTF-8.") from error


@lru_cache(maxsize=4)
def _built_in(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")


def _line(error: BaseException) -> int:
    """The line of the template where the error arose: Jinja's own number, or that of the deepest frame in it."""
    if isinstance(number := getattr(error, "lineno", None), int):
        return number
    found, frame = 0, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == _TEMPLATE or "<template>" in frame.tb_frame.f_code.co_filename:
            found = frame.tb_lineno
        frame = frame.tb_next
    return found
