"""Grades: schemes, shortened gradings and how results are distributed."""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from typing import TYPE_CHECKING, Annotated, ClassVar

from edc_microcred.elm.model import Ordered
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import LanguageMap

if TYPE_CHECKING:
    from edc_microcred.elm.identifier import Identifier
    from edc_microcred.elm.media import WebResource


class GradingScheme(Ordered):
    """The scale used for marking, with an explanation of what its marks mean."""

    TYPE: ClassVar[str] = "GradingScheme"
    IRI: ClassVar[str] = "elm:GradingScheme"
    ID_NAME: ClassVar[str] = "gradingScheme"

    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier",
        means="A number or code by which it is known in some system, with the name of that system.")] = []
    title: Annotated[LanguageMap | None, term(
        "title", "dc:title", at_least=1, means="The name it is known by, one for each language.")] = None
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="How to read the marks of this scale, for example from best to worst, in each language.")] = None
    supplementary_document: Annotated[list["WebResource"], term(
        "supplementaryDocument", "elm:supplementaryDocument",
        means="A page or file on the open web that tells more about it.")] = []


class ShortenedGrading(Ordered):
    """Three percentages that place a grade below, level with and above those of fellow learners."""

    TYPE: ClassVar[str] = "ShortenedGrading"
    IRI: ClassVar[str] = "elm:ShortenedGrading"
    ID_NAME: ClassVar[str] = "shortenedGrading"

    percentage_lower: Annotated[int | None, term(
        "percentageLower", "elm:percentageLower", at_least=1,
        means="How many in a hundred fellow learners did worse, as a whole number.")] = None
    percentage_equal: Annotated[int | None, term(
        "percentageEqual", "elm:percentageEqual", at_least=1,
        means="How many in a hundred fellow learners got this very grade, as a whole number.")] = None
    percentage_higher: Annotated[int | None, term(
        "percentageHigher", "elm:percentageHigher", at_least=1,
        means="How many in a hundred fellow learners did better, as a whole number.")] = None


class ResultCategory(Ordered):
    """One bar in a chart of results: its label and how many learners fell into it."""

    TYPE: ClassVar[str] = "ResultCategory"
    IRI: ClassVar[str] = "elm:ResultCategory"
    ID_NAME: ClassVar[str] = "resultCategory"

    label: Annotated[str | None, term(
        "label", "elm:label", at_least=1,
        means="The mark or range this bar stands for, as it appears in the marking scale.")] = None
    score: Annotated[str | None, term(
        "score", "elm:score", means="The single result this bar stands for, written as text.")] = None
    maximum_score: Annotated[str | None, term(
        "maximumScore", "elm:maxScore", means="The upper end of this range of results, written as text.")] = None
    minimum_score: Annotated[str | None, term(
        "minimumScore", "elm:minScore", means="The lower end of this range of results, written as text.")] = None
    count: Annotated[int | None, term(
        "count", "elm:count", datatype="xsd:positiveInteger", at_least=1,
        means="How many learners fell into this range, as a whole number of at least one.")] = None


class ResultDistribution(Ordered):
    """A chart of how the results of all learners in the same assessment are spread."""

    TYPE: ClassVar[str] = "ResultDistribution"
    IRI: ClassVar[str] = "elm:ResultDistribution"
    ID_NAME: ClassVar[str] = "resultDistribution"

    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="A short explanation in free text for the reader, at most one text for each language.")] = None
    result_category: Annotated[list["ResultCategory"], term(
        "resultCategory", "elm:resultCategory",
        means="One bar of the chart, with its range and how many learners fell into it.")] = []
