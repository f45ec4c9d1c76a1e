"""What is offered before anybody is taught: specifications of learning."""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar

from edc_microcred.elm.model import Ordered
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import Duration, LanguageMap

if TYPE_CHECKING:
    from edc_microcred.elm.agent import Organisation
    from edc_microcred.elm.concept import Concept
    from edc_microcred.elm.grading import GradingScheme
    from edc_microcred.elm.identifier import Identifier
    from edc_microcred.elm.media import WebResource
    from edc_microcred.elm.note import Note
    from edc_microcred.elm.qualification import LearningAchievementSpecification


class Specification(Ordered):
    """A general plan not tied to any learner, when none of the four more exact kinds fits."""

    TYPE: ClassVar[str] = "Specification"
    IRI: ClassVar[str] = "elm:Specification"

    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier",
        means="A number or code by which it is known in some system, with the name of that system.")] = []
    title: Annotated[LanguageMap | None, term(
        "title", "dc:title", at_least=1, means="The name it is known by, one for each language.")] = None
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="A short explanation in free text for the reader, at most one text for each language.")] = None
    additional_note: Annotated[list["Note"], term(
        "additionalNote", "elm:additionalNote",
        means="Any further remark in free text that has no field of its own.")] = []
    supplementary_document: Annotated[list["WebResource"], term(
        "supplementaryDocument", "elm:supplementaryDocument",
        means="A page or file on the open web that tells more about it.")] = []
    homepage: Annotated[list["WebResource"], term(
        "homepage", "foaf:homepage", means="The main web page about it.")] = []
    alt_label: Annotated[LanguageMap | None, term(
        "altLabel", "skos:altLabel", unique_lang=False,
        means="Another name in use, such as a short form; several for each language are allowed.")] = None
    category: Annotated[LanguageMap | None, term(
        "category", "elm:category", unique_lang=False,
        means="A free label used for sorting, in plain words rather than as a code.")] = None
    dc_type: Annotated[list["Concept"], term(
        "dcType", "dc:type", means="What kind it is, as a code from a controlled list.")] = []
    date_modified: Annotated[datetime | None, term(
        "dateModified", "dc:modified", coerced_to_iri=True,
        means="When this entry was last changed; the live context drops the value on the way to RDF.")] = None
    status: Annotated[str | None, term(
        "status", "elm:status",
        means="Whether the entry is published, draft or withdrawn, as plain text without a fixed list.")] = None


class LearningActivitySpecification(Specification):
    """The general plan of a course or other activity, the same for every participant."""

    TYPE: ClassVar[str] = "LearningActivitySpecification"
    IRI: ClassVar[str] = "elm:LearningActivitySpecification"
    ID_NAME: ClassVar[str] = "learningActivitySpec"

    dc_type: Annotated[list["Concept"], term(
        "dcType", "dc:type",
        means="What sort of activity it is, as a code, such as lecture, laboratory work or internship.")] = []
    language: Annotated[list["Concept"], term(
        "language", "dc:language", scheme="language",
        means="The language in which teaching takes place, as a code from the EU list.")] = []
    volume_of_learning: Annotated[Duration | None, term(
        "volumeOfLearning", "elm:volumeOfLearning",
        means="How much work a learner is expected to put in, as a duration such as PT75H.")] = None
    contact_hour: Annotated[list[str], term(
        "contactHour", "elm:contactHour",
        means="Hours taught in the presence of staff, written as text and not as a duration.")] = []
    mode: Annotated[list["Concept"], term(
        "mode", "elm:mode", means="How it takes place, such as online, blended or on site, as a code.")] = []
    influences: Annotated[list["LearningAchievementSpecification"], term(
        "influences", "elm:influences",
        means="The plans of achievements that somebody can reach with the help of the activity.")] = []
    has_part: Annotated[list["LearningActivitySpecification"], term(
        "hasPart", "elm:hasPart",
        means="The plans of smaller activities, such as classes, that this one is built from.")] = []
    is_part_of: Annotated[list["LearningActivitySpecification"], term(
        "isPartOf", "elm:isPartOf", means="The larger whole to which it belongs, itself of the same kind.")] = []
    specialisation_of: Annotated[list["LearningActivitySpecification"], term(
        "specialisationOf", "elm:specialisationOf",
        means="A broader plan, such as a standard, that this one narrows down.")] = []
    generalisation_of: Annotated[list["LearningActivitySpecification"], term(
        "generalisationOf", "elm:generalisationOf",
        means="A narrower plan, such as a standard, that this one covers in broader terms.")] = []


class LearningAssessmentSpecification(Specification):
    """The general plan of an examination, the same for every candidate, with its form and marking scale."""

    TYPE: ClassVar[str] = "LearningAssessmentSpecification"
    IRI: ClassVar[str] = "elm:LearningAssessmentSpecification"
    ID_NAME: ClassVar[str] = "learningAssessmentSpec"

    dc_type: Annotated[list["Concept"], term(
        "dcType", "dc:type", at_most=1,
        means="What sort of assessment it is, as a code, such as written examination or project work.")] = []
    language: Annotated[list["Concept"], term(
        "language", "dc:language", scheme="language",
        means="The language in which candidates are examined, as a code from the EU list.")] = []
    mode: Annotated[list["Concept"], term(
        "mode", "elm:mode", means="How it takes place, such as online, blended or on site, as a code.")] = []
    grading_scheme: Annotated["GradingScheme | None", term(
        "gradingScheme", "elm:gradingScheme", means="The scale on which the marks are given.")] = None
    proves: Annotated[list["LearningAchievementSpecification"], term(
        "proves", "elm:proves", means="The plan of the achievement that the test is meant to confirm.")] = []
    has_part: Annotated[list["LearningAssessmentSpecification"], term(
        "hasPart", "elm:hasPart", means="The plans of partial tests that this one is built from.")] = []
    is_part_of: Annotated[list["LearningAssessmentSpecification"], term(
        "isPartOf", "elm:isPartOf", means="The larger whole to which it belongs, itself of the same kind.")] = []
    specialisation_of: Annotated[list["LearningAssessmentSpecification"], term(
        "specialisationOf", "elm:specialisationOf",
        means="A broader plan, such as a standard, that this one narrows down.")] = []
    generalisation_of: Annotated[list["LearningAssessmentSpecification"], term(
        "generalisationOf", "elm:generalisationOf",
        means="A narrower plan, such as a standard, that this one covers in broader terms.")] = []


class LearningEntitlementSpecification(Specification):
    """The general plan of a right, saying what it allows, where, and under which status."""

    TYPE: ClassVar[str] = "LearningEntitlementSpecification"
    IRI: ClassVar[str] = "elm:LearningEntitlementSpecification"
    ID_NAME: ClassVar[str] = "learningEntitlementSpec"

    dc_type: Annotated[list["Concept"], term(
        "dcType", "dc:type", at_least=1, at_most=1,
        means="What sort of right it is, as a code, such as membership, further study or occupation.")] = []
    entitlement_status: Annotated["Concept | None", term(
        "entitlementStatus", "elm:entitlementStatus", at_least=1, scheme="entitlement-status",
        means="Whether the right is certain or only possible, as a code from the EU list.")] = None
    limit_organisation: Annotated[list["Organisation"], term(
        "limitOrganisation", "elm:limitOrganisation",
        means="The body that honours the right, such as the school or employer that admits the holder.")] = []
    limit_jurisdiction: Annotated[list["Concept"], term(
        "limitJurisdiction", "elm:limitJurisdiction", scheme="atu",
        means="The only country or region in which it counts, as a code.")] = []
    limit_occupation: Annotated[list["Concept"], term(
        "limitOccupation", "elm:limitOccupation", scheme="esco-occupations",
        means="A job from the ESCO list that the right opens, as a code.")] = []
    limit_national_occupation: Annotated[list["Concept"], term(
        "limitNationalOccupation", "elm:limitNationalOccupation",
        means="A job from a national classification that the right opens, as a code.")] = []
    entitled_by: Annotated[list["LearningAchievementSpecification"], term(
        "entitledBy", "elm:entitledBy", means="The plan of the achievement that leads to such a right.")] = []
    has_part: Annotated[list["LearningEntitlementSpecification"], term(
        "hasPart", "elm:hasPart", means="The plans of narrower rights contained in this one.")] = []
    is_part_of: Annotated[list["LearningEntitlementSpecification"], term(
        "isPartOf", "elm:isPartOf", means="The larger whole to which it belongs, itself of the same kind.")] = []
    specialisation_of: Annotated[list["LearningEntitlementSpecification"], term(
        "specialisationOf", "elm:specialisationOf",
        means="A broader plan, such as a standard, that this one narrows down.")] = []
    generalisation_of: Annotated[list["LearningEntitlementSpecification"], term(
        "generalisationOf", "elm:generalisationOf",
        means="A narrower plan, such as a standard, that this one covers in broader terms.")] = []
