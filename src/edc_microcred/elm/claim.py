"""What a credential says about a person: claims, and who awarded them."""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar

from edc_microcred.elm.model import Ordered
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import Duration, LanguageMap

if TYPE_CHECKING:
    from edc_microcred.elm.agent import Agent
    from edc_microcred.elm.concept import Concept
    from edc_microcred.elm.grading import ResultDistribution, ShortenedGrading
    from edc_microcred.elm.identifier import Identifier
    from edc_microcred.elm.media import WebResource
    from edc_microcred.elm.mobility import RecognitionAgreement
    from edc_microcred.elm.note import Note
    from edc_microcred.elm.opportunity import LearningOpportunity
    from edc_microcred.elm.place import Location, PeriodOfTime
    from edc_microcred.elm.qualification import CreditPoint, LearningAchievementSpecification
    from edc_microcred.elm.specification import (
        LearningActivitySpecification,
        LearningAssessmentSpecification,
        LearningEntitlementSpecification,
    )


class AwardingProcess(Ordered):
    """The act of granting something to the learner, naming who granted it and, where known, when and where."""

    TYPE: ClassVar[str] = "AwardingProcess"
    IRI: ClassVar[str] = "elm:AwardingProcess"
    ID_NAME: ClassVar[str] = "awardingProcess"

    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier",
        means="A number or code by which it is known in some system, with the name of that system.")] = []
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="How the award came about, in free text, at most one text for each language.")] = None
    location: Annotated["Location | None", term(
        "location", "elm:location", means="Where the award was granted, usually the country or region.")] = None
    additional_note: Annotated[list["Note"], term(
        "additionalNote", "elm:additionalNote",
        means="Any further remark in free text that has no field of its own.")] = []
    used: Annotated[list["LearningAssessment"], term(
        "used", "elm:used", means="The assessment on which the decision to grant was based.")] = []
    awards: Annotated[list["Claim"], term(
        "awards", "elm:awards", node="ClaimNodeShape",
        means="The claim or claims that were granted by this act, pointing back to them.")] = []
    awarding_body: Annotated[list["Agent"], term(
        "awardingBody", "elm:awardingBody", at_least=1,
        means="The institution that grants the award; name several only when they grant it jointly.")] = []
    awarding_date: Annotated[datetime | None, term(
        "awardingDate", "elm:awardingDate",
        means="When the award was granted, as a date with time and time zone; leave out if unknown.")] = None
    educational_system_note: Annotated["Concept | None", term(
        "educationalSystemNote", "elm:educationalSystemNote",
        means="A coded pointer to the national education system in which the award was made.")] = None
    has_agreement: Annotated[list["RecognitionAgreement"], term(
        "hasAgreement", "elm:hasAgreement", since="3.3", in_context=None,
        means="Agreements on the recognition of what was learnt elsewhere.")] = []
    recognises: Annotated[list["AwardingProcess"], term(
        "recognises", "elm:recognises", since="3.3", in_context=None,
        means="Awards of others that this one recognises.")] = []


class Claim(Ordered):
    """Something the issuer states about the learner, when none of the four more exact kinds fits."""

    TYPE: ClassVar[str] = "Claim"
    IRI: ClassVar[str] = "elm:Claim"
    ID_NAME: ClassVar[str] = "claim"

    title: Annotated[LanguageMap | None, term(
        "title", "dc:title", at_least=1, means="The name it is known by, one for each language.")] = None
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="A short explanation in free text for the reader, at most one text for each language.")] = None
    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier",
        means="A number or code by which it is known in some system, with the name of that system.")] = []
    dc_type: Annotated[list["Concept"], term(
        "dcType", "dc:type", scheme="claim-type", means="What kind it is, as a code from a controlled list.")] = []
    additional_note: Annotated[list["Note"], term(
        "additionalNote", "elm:additionalNote",
        means="Any further remark in free text that has no field of its own.")] = []
    supplementary_document: Annotated[list["WebResource"], term(
        "supplementaryDocument", "elm:supplementaryDocument",
        means="A page or file on the open web that tells more about it.")] = []
    awarded_by: Annotated["AwardingProcess | None", term(
        "awardedBy", "elm:awardedBy", at_least=1,
        means="When, where and by whom this was granted; it holds an awarding process, never directly a body.")] = None


class LearningAchievement(Claim):
    """What the learner has reached and had recognised, for example a passed module, micro-credential or degree."""

    TYPE: ClassVar[str] = "LearningAchievement"
    IRI: ClassVar[str] = "elm:LearningAchievement"
    ID_NAME: ClassVar[str] = "learningAchievement"

    title: Annotated[LanguageMap | None, term(
        "title", "dc:title", at_least=1, means="What the learner has earned, by name, one for each language.")] = None
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="What this learner has reached, in free text, at most one text for each language.")] = None
    dc_type: Annotated[list["Concept"], term(
        "dcType", "dc:type", means="What kind it is, as a code from a controlled list.")] = []
    learning_opportunity: Annotated["LearningOpportunity | None", term(
        "learningOpportunity", "elm:learningOpportunity",
        means="The concrete course offer that this learner took up.")] = None
    credit_received: Annotated[list["CreditPoint"], term(
        "creditReceived", "elm:creditReceived",
        means="How many credits this learner really gained, in a named credit system such as ECTS.")] = []
    proven_by: Annotated[list["LearningAssessment"], term(
        "provenBy", "elm:provenBy", means="The assessment this learner passed to show it, with the grade.")] = []
    influenced_by: Annotated[list["LearningActivity"], term(
        "influencedBy", "elm:influencedBy",
        means="The courses or other activities through which this learner got there.")] = []
    entitles_to: Annotated[list["LearningEntitlement"], term(
        "entitlesTo", "elm:entitlesTo", means="A right this learner gained through the achievement.")] = []
    specified_by: Annotated["LearningAchievementSpecification | None", term(
        "specifiedBy", "elm:specifiedBy",
        means="The general plan of what was achieved, with its outcomes, credits and level; it may be a "
        "Qualification.")] = None
    has_part: Annotated[list["LearningAchievement"], term(
        "hasPart", "elm:hasPart",
        means="The smaller achievements, such as modules, that together make up this one for the learner.")] = []
    is_part_of: Annotated[list["LearningAchievement"], term(
        "isPartOf", "elm:isPartOf", means="The larger whole to which it belongs, itself of the same kind.")] = []


class LearningActivity(Claim):
    """Something the learner really took part in, such as a course, an internship or a workshop."""

    TYPE: ClassVar[str] = "LearningActivity"
    IRI: ClassVar[str] = "elm:LearningActivity"
    ID_NAME: ClassVar[str] = "activity"

    title: Annotated[LanguageMap | None, term(
        "title", "dc:title", at_least=1, means="What the learner took part in, by name, one for each language.")] = None
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="What this learner did in the activity, in free text, at most one text for each language.")] = None
    dc_type: Annotated[list["Concept"], term(
        "dcType", "dc:type",
        means="What sort of activity it is, as a code, such as lecture, laboratory work or internship.")] = []
    temporal: Annotated[list["PeriodOfTime"], term(
        "temporal", "dc:temporal", means="The period in which the learner took part.")] = []
    location: Annotated[list["Location"], term(
        "location", "elm:location", means="Where this learner took part in it.")] = []
    learning_opportunity: Annotated["LearningOpportunity | None", term(
        "learningOpportunity", "elm:learningOpportunity",
        means="The concrete course offer that this learner took up.")] = None
    workload: Annotated[Duration | None, term(
        "workload", "elm:workload",
        means="How much time this learner really spent, as a duration such as PT75H.")] = None
    directed_by: Annotated[list["Agent"], term(
        "directedBy", "elm:directedBy", means="Who ran the activity, for example a faculty or department.")] = []
    influences: Annotated[list["LearningAchievement"], term(
        "influences", "elm:influences",
        means="The achievements this learner reached with the help of the activity.")] = []
    specified_by: Annotated["LearningActivitySpecification | None", term(
        "specifiedBy", "elm:specifiedBy",
        means="The general plan of the course or activity in which the learner took part.")] = None
    has_part: Annotated[list["LearningActivity"], term(
        "hasPart", "elm:hasPart",
        means="The smaller activities, such as classes, that the learner attended within this one.")] = []
    is_part_of: Annotated[list["LearningActivity"], term(
        "isPartOf", "elm:isPartOf", means="The larger whole to which it belongs, itself of the same kind.")] = []
    level_of_completion: Annotated[int | None, term(
        "levelOfCompletion", "elm:levelOfCompletion", datatype="xsd:positiveInteger", maximum=100,
        means="How far the learner got, in percent, as a whole number from 1 to 100.")] = None


class LearningAssessment(Claim):
    """One examination or other test taken by this learner, together with the grade given."""

    TYPE: ClassVar[str] = "LearningAssessment"
    IRI: ClassVar[str] = "elm:LearningAssessment"
    ID_NAME: ClassVar[str] = "learningAssessment"

    title: Annotated[LanguageMap | None, term(
        "title", "dc:title", at_least=1,
        means="The examination the learner sat, by name, one for each language.")] = None
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="How this learner was tested, in free text, at most one text for each language.")] = None
    dc_type: Annotated[list["Concept"], term(
        "dcType", "dc:type",
        means="What sort of assessment it is, as a code, such as written examination or project work.")] = []
    date_issued: Annotated[datetime | None, term(
        "dateIssued", "dc:issued", means="The day the result became official, written with time and time zone.")] = None
    location: Annotated["Location | None", term(
        "location", "elm:location", means="Where the learner was examined, usually the country or region.")] = None
    grade: Annotated["Note | None", term(
        "grade", "elm:grade", at_least=1,
        means="The mark given, as free text on the scale named in the grading scheme.")] = None
    grade_status: Annotated["Concept | None", term(
        "gradeStatus", "elm:gradeStatus",
        means="Whether the mark means passed, failed or something else, as a code.")] = None
    shortened_grading: Annotated["ShortenedGrading | None", term(
        "shortenedGrading", "elm:shortenedGrading",
        means="How the grade compares with those of fellow learners, as three percentages.")] = None
    result_distribution: Annotated["ResultDistribution | None", term(
        "resultDistribution", "elm:resultDistribution",
        means="How all learners who sat this assessment did, as a chart of results.")] = None
    id_verification: Annotated["Concept | None", term(
        "idVerification", "elm:idVerification",
        means="How candidates were watched and their identity checked during the test, as a code.")] = None
    assessed_by: Annotated[list["Agent"], term(
        "assessedBy", "elm:assessedBy", means="Who marked the work or gave the result.")] = []
    proves: Annotated["LearningAchievement | None", term(
        "proves", "elm:proves", means="The achievement this learner reached by passing the test.")] = None
    has_part: Annotated[list["LearningAssessment"], term(
        "hasPart", "elm:hasPart",
        means="The partial tests, such as an oral and a written part, that count towards this result.")] = []
    is_part_of: Annotated[list["LearningAssessment"], term(
        "isPartOf", "elm:isPartOf", means="The larger whole to which it belongs, itself of the same kind.")] = []
    specified_by: Annotated["LearningAssessmentSpecification | None", term(
        "specifiedBy", "elm:specifiedBy",
        means="The general plan of the examination that the learner sat, with its marking scale.")] = None


class LearningEntitlement(Claim):
    """A right the learner now holds, such as entering further study or practising a regulated profession."""

    TYPE: ClassVar[str] = "LearningEntitlement"
    IRI: ClassVar[str] = "elm:LearningEntitlement"
    ID_NAME: ClassVar[str] = "entitlement"

    title: Annotated[LanguageMap | None, term(
        "title", "dc:title", at_least=1, means="The right the learner holds, by name, one for each language.")] = None
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="What the right lets this learner do, in free text, at most one text for each language.")] = None
    dc_type: Annotated[list["Concept"], term(
        "dcType", "dc:type", at_most=1,
        means="What sort of right it is, as a code, such as membership, further study or occupation.")] = []
    date_issued: Annotated[datetime | None, term(
        "dateIssued", "dc:issued", means="The day the right was granted, written with time and time zone.")] = None
    expiry_date: Annotated[datetime | None, term(
        "expiryDate", "elm:expiryDate",
        means="The day on which the right ends, written with time and time zone.")] = None
    entitled_by: Annotated[list["LearningAchievement"], term(
        "entitledBy", "elm:entitledBy", means="The achievement that earned this learner the right.")] = []
    has_part: Annotated[list["LearningEntitlement"], term(
        "hasPart", "elm:hasPart", means="The narrower rights that the learner holds within this one.")] = []
    is_part_of: Annotated[list["LearningEntitlement"], term(
        "isPartOf", "elm:isPartOf", means="The larger whole to which it belongs, itself of the same kind.")] = []
    specified_by: Annotated["LearningEntitlementSpecification | None", term(
        "specifiedBy", "elm:specifiedBy", means="The general plan of the right that the learner holds.")] = None
