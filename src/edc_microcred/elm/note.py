"""Free text with its language and subject."""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from typing import TYPE_CHECKING, Annotated, ClassVar

from edc_microcred.elm.model import Ordered
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import LanguageMap

if TYPE_CHECKING:
    from edc_microcred.elm.concept import Concept


class Note(Ordered):
    """A piece of free text in one or more languages, with an optional topic and format."""

    TYPE: ClassVar[str] = "Note"
    IRI: ClassVar[str] = "elm:Note"
    ID_NAME: ClassVar[str] = "note"

    note_literal: Annotated[LanguageMap | None, term(
        "noteLiteral", "elm:noteLiteral", at_least=1, unique_lang=False,
        means="The text itself, in one or more languages.")] = None
    subject: Annotated["Concept | None", term(
        "subject", "dc:subject", means="What the text is about, as a code.")] = None
    note_format: Annotated["Concept | None", term(
        "noteFormat", "elm:noteFormat", means="Whether the text is plain or HTML, as a code of its media type.")] = None
