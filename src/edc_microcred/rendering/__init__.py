"""Pages of a credential, to look at and to print: HTML, PDF, PNG, and the pictures inside a credential.

    render(load(Path("credential.jsonld")), "pdf", "sr")                  # bytes
    display_parameter(credential, ["en", "sr"])                           # what EDC demands inside a credential

What a page shows is `PageContent`, the same for all forms; how it looks is a `Design`. A page proves nothing and says
so: it repeats what the seal of the file says and never that it was verified. Languages with words of their own:
English, Serbian (`sr` Cyrillic, `sr-Latn` Latin), German, Spanish.
"""

from typing import Final, Literal

from edc_microcred.document import Document
from edc_microcred.elm import EuropeanDigitalCredential
from edc_microcred.rendering.design import DEFAULT_DESIGN, Design, RenderingError
from edc_microcred.rendering.display import display_parameter
from edc_microcred.rendering.labels import LANGUAGES
from edc_microcred.rendering.page import PageContent, SealStatement
from edc_microcred.rendering.reading import read_page
from edc_microcred.rendering.seal import read_seal

FORMS: Final = ("html", "pdf", "png")

__all__ = [
    "DEFAULT_DESIGN",
    "FORMS",
    "LANGUAGES",
    "Design",
    "PageContent",
    "RenderingError",
    "SealStatement",
    "display_parameter",
    "read_page",
    "read_seal",
    "render",
]


def render(
    source: Document | EuropeanDigitalCredential,
    to: Literal["html", "pdf", "png"] = "html",
    language: str = "en",
    *,
    design: Design | None = None,
    date_of_birth: bool = False,
) -> bytes:
    """The certificate page of a credential: HTML and PDF with the details on a second page, PNG the first page alone.

    `language` is a BCP 47 tag; texts that are not there in it are shown in English, else in what there is. The date of
    birth is shown only when asked for. Equal arguments give equal bytes.
    Raises `RenderingError` for an unknown form or language tag, a design that does not work, or Typst missing (PDF,
    PNG); `UnreadableError` when the document holds no credential.
    """
    if to not in FORMS:
        raise RenderingError(f"{to!r} is no form of page.", remedy=f"Choose one of {', '.join(FORMS)}.")
    design = design or DEFAULT_DESIGN
    seal = read_seal(source) if isinstance(source, Document) else SealStatement("unknown")
    credential = source.credential if isinstance(source, Document) else source
    page = read_page(credential, language, seal=seal, date_of_birth=date_of_birth)
    if to == "html":
        from edc_microcred.rendering.html import to_html

        return to_html(page, design)
    from edc_microcred.rendering import typst_pages

    return typst_pages.to_pdf(page, design) if to == "pdf" else typst_pages.to_png(page, design)
