"""How a credential wants to be shown."""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from typing import TYPE_CHECKING, Annotated, ClassVar

from edc_microcred.elm.model import Ordered
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import LanguageMap

if TYPE_CHECKING:
    from edc_microcred.elm.concept import Concept
    from edc_microcred.elm.media import MediaObject


class DisplayDetail(Ordered):
    """One page of the printed look of the credential, held as a picture with its page number."""

    TYPE: ClassVar[str] = "DisplayDetail"
    IRI: ClassVar[str] = "elm:DisplayDetail"
    ID_NAME: ClassVar[str] = "displayDetail"

    image: Annotated["MediaObject | None", term(
        "image", "elm:image", at_least=1, means="The picture of the page, held as a file.")] = None
    page: Annotated[int | None, term(
        "page", "elm:page", datatype="xsd:positiveInteger", at_least=1,
        means="The number of this page, counted from one.")] = None


class IndividualDisplay(Ordered):
    """The page pictures of the credential in one language."""

    TYPE: ClassVar[str] = "IndividualDisplay"
    IRI: ClassVar[str] = "elm:IndividualDisplay"
    ID_NAME: ClassVar[str] = "individualDisplay"

    language: Annotated["Concept | None", term(
        "language", "dc:language", at_least=1,
        means="The language in which these page pictures are written, as a code.")] = None
    display_detail: Annotated[list["DisplayDetail"], term(
        "displayDetail", "elm:displayDetail", at_least=1,
        means="The pages to show in this language, each with its number and picture.")] = []


class DisplayParameter(Ordered):
    """What a viewer needs to show the credential: its heading, its languages and its page pictures."""

    TYPE: ClassVar[str] = "DisplayParameter"
    IRI: ClassVar[str] = "elm:DisplayParameter"
    ID_NAME: ClassVar[str] = "displayParameter"

    title: Annotated[LanguageMap | None, term(
        "title", "dc:title", at_least=1,
        means="The heading shown to readers of the credential, one for each language.")] = None
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="What the credential is about, as readers see it under the heading, one text for each language.")] = None
    language: Annotated[list["Concept"], term(
        "language", "dc:language", at_least=1, scheme="language",
        means="Every language in which the credential can be read, the main one included, as codes.")] = []
    primary_language: Annotated["Concept | None", term(
        "primaryLanguage", "elm:primaryLanguage", at_least=1, scheme="language",
        means="The one main language of the credential, as a code; it must also stand under language.")] = None
    summary_display: Annotated[str | None, term(
        "summaryDisplay", "elm:summaryDisplay",
        means="Text that tells a viewer how to draw the short view of the credential.")] = None
    individual_display: Annotated[list["IndividualDisplay"], term(
        "individualDisplay", "elm:individualDisplay", at_least=1,
        means="The pictures of the credential, one set for each language.")] = []
