"""Embedded files and links to pages."""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Final

from edc_microcred.elm import rules
from edc_microcred.elm.model import Ordered
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import LanguageMap

if TYPE_CHECKING:
    from edc_microcred.elm.concept import Concept
    from edc_microcred.findings import Finding

FILE_SIGNATURES: Final[dict[str, tuple[bytes, ...]]] = {
    "PNG": (b"\x89PNG\r\n\x1a\n",),
    "JPEG": (b"\xff\xd8\xff",),
    "GIF": (b"GIF87a", b"GIF89a"),
    "PDF": (b"%PDF-",),
    "TIFF": (b"II*\x00", b"MM\x00*"),
    "ZIP": (b"PK\x03\x04",),
}
"""How a file of a type begins; the names are those of the EU file type list."""


def file_type(content: bytes) -> str | None:
    """The name in the EU file type list of what `content` begins like, or `None` when no signature tells."""
    for name, signatures in FILE_SIGNATURES.items():
        if content.startswith(signatures):
            return name
    return None


def file_type_differs(content: bytes, type_iri: str) -> bool:
    """Whether `content` (its beginning is enough) begins otherwise than files of the type do; no when none can tell."""
    said = type_iri.rpartition("/")[2]
    return said in FILE_SIGNATURES and file_type(content) != said


class MediaObject(Ordered):
    """A file carried inside the credential, such as a PDF or a logo, as base64 text."""

    TYPE: ClassVar[str] = "MediaObject"
    IRI: ClassVar[str] = "elm:MediaObject"
    ID_NAME: ClassVar[str] = "mediaObject"

    title: Annotated[LanguageMap | None, term(
        "title", "dc:title", means="The file name or caption shown to readers, one for each language.")] = None
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="What the file shows, useful for people who cannot see a picture, one text for each language.")] = None
    content: Annotated[bytes | None, term(
        "content", "elm:content", at_least=1,
        means="The file itself as base64 text, without line breaks and without a data prefix.")] = None
    content_type: Annotated["Concept | None", term(
        "contentType", "elm:contentType", at_least=1,
        means="The file format as a code from the EU file type list; it must match the real file.")] = None
    attachment_type: Annotated["Concept | None", term(
        "attachmentType", "elm:attachmentType",
        means="What kind of document the attached file is, as a code from a controlled list.")] = None
    content_encoding: Annotated["Concept | None", term(
        "contentEncoding", "elm:contentEncoding", at_least=1,
        means="How the file was turned into text, as a code; in practice always base64.")] = None
    content_size: Annotated[int | None, term(
        "contentSize", "elm:contentSize", means="The size of the file as a whole number, normally in bytes.")] = None
    content_url: Annotated[str | None, term(
        "contentURL", "elm:contentUrl", datatype="xsd:anyURI",
        means="The web address where the same file can also be downloaded.")] = None

    def faults(self) -> "Iterator[tuple[Callable[..., Finding], str, dict[str, object]]]":
        """A content whose first bytes are another type's than the one stated."""
        if self.content is None or self.content_type is None or self.content_type.id is None:
            return
        if file_type_differs(self.content, self.content_type.id):
            said, seen = self.content_type.id.rpartition("/")[2], file_type(self.content)
            yield rules.MEDIA_TYPE_WRONG.found, "content", {"said": said, "seen": seen or "something else"}


class WebResource(Ordered):
    """A page or file on the web, given by its address, with optional title and language."""

    TYPE: ClassVar[str] = "WebResource"
    IRI: ClassVar[str] = "elm:WebResource"
    ID_NAME: ClassVar[str] = "webResource"

    title: Annotated[LanguageMap | None, term(
        "title", "dc:title", means="The name it is known by, one for each language.")] = None
    language: Annotated["Concept | None", term(
        "language", "dc:language", scheme="language",
        means="The language in which the page is written, as a code from the EU list.")] = None
    content_url: Annotated[str | None, term(
        "contentURL", "elm:contentUrl", datatype="xsd:anyURI", at_least=1,
        means="The web address as text, which should begin with http or https.")] = None
