"""Specifications of achievements: outcomes, credits, and qualifications with their levels."""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from typing import TYPE_CHECKING, Annotated, ClassVar

from edc_microcred.elm.model import Ordered
from edc_microcred.elm.specification import Specification
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import Duration, LanguageMap

if TYPE_CHECKING:
    from edc_microcred.elm.accreditation import Accreditation
    from edc_microcred.elm.agent import Agent
    from edc_microcred.elm.concept import Concept
    from edc_microcred.elm.identifier import Identifier
    from edc_microcred.elm.note import Note
    from edc_microcred.elm.place import Location, PeriodOfTime
    from edc_microcred.elm.specification import (
        LearningActivitySpecification,
        LearningAssessmentSpecification,
        LearningEntitlementSpecification,
    )


class LearningOutcome(Ordered):
    """One statement of what a learner can do after the course, optionally linked to known skills."""

    TYPE: ClassVar[str] = "LearningOutcome"
    IRI: ClassVar[str] = "elm:LearningOutcome"
    ID_NAME: ClassVar[str] = "learningOutcome"

    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier",
        means="A number or code by which it is known in some system, with the name of that system.")] = []
    title: Annotated[LanguageMap | None, term(
        "title", "dc:title", at_least=1,
        means="What the learner is able to do, in a short phrase for each language.")] = None
    dc_type: Annotated["Concept | None", term(
        "dcType", "dc:type", scheme="skill-type",
        means="Whether the outcome is knowledge or a skill, as a code from the ESCO skill types.")] = None
    additional_note: Annotated[list["Note"], term(
        "additionalNote", "elm:additionalNote",
        means="Any further remark in free text that has no field of its own.")] = []
    reusability_level: Annotated["Concept | None", term(
        "reusabilityLevel", "elm:reusabilityLevel", scheme="skill-reuse-level",
        means="How widely the skill can be used, from one job to all jobs, as an ESCO code.")] = None
    related_skill: Annotated[list["Concept"], term(
        "relatedSkill", "elm:relatedSkill",
        means="A skill or skill level from a list other than ESCO, as a code.")] = []
    related_esco_skill: Annotated[list["Concept"], term(
        "relatedESCOSkill", "elm:relatedESCOSkill", scheme="esco-skills",
        means="A skill from the ESCO list that matches this outcome, as a code.")] = []


class CreditPoint(Ordered):
    """A number of study credits, always stated with the credit system, such as ECTS."""

    TYPE: ClassVar[str] = "CreditPoint"
    IRI: ClassVar[str] = "elm:CreditPoint"
    ID_NAME: ClassVar[str] = "creditPoint"

    framework: Annotated["Concept | None", term(
        "framework", "elm:framework", at_least=1,
        means="The credit system the number belongs to, such as ECTS, as a code.")] = None
    point: Annotated[str | None, term(
        "point", "elm:point", at_least=1,
        means="How many credits, written as text such as 5 or 2.5, not as a number.")] = None


class AwardingOpportunity(Ordered):
    """A chance to be given an award, saying which body grants it, in which place and period."""

    TYPE: ClassVar[str] = "AwardingOpportunity"
    IRI: ClassVar[str] = "elm:AwardingOpportunity"
    ID_NAME: ClassVar[str] = "awardingOpportunity"

    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier",
        means="A number or code by which it is known in some system, with the name of that system.")] = []
    location: Annotated["Location | None", term(
        "location", "elm:location", means="Where the award can be granted, usually the country or region.")] = None
    temporal: Annotated["PeriodOfTime | None", term(
        "temporal", "dc:temporal", means="The period in which the award can be granted; leave out if unknown.")] = None
    awarding_body: Annotated[list["Agent"], term(
        "awardingBody", "elm:awardingBody", at_least=1,
        means="The institution that grants the award; name several only when they grant it jointly.")] = []
    learning_achievement_specification: Annotated["LearningAchievementSpecification | None", term(
        "learningAchievementSpecification", "elm:learningAchievementSpecification",
        means="The plan of the achievement that may be granted here.")] = None


class LearningAchievementSpecification(Specification):
    """The general plan of an achievement, the same for all learners, with its expected outcomes and credits."""

    TYPE: ClassVar[str] = "LearningAchievementSpecification"
    IRI: ClassVar[str] = "elm:LearningAchievementSpecification"
    ID_NAME: ClassVar[str] = "learningAchievementSpec"

    language: Annotated[list["Concept"], term(
        "language", "dc:language", scheme="language",
        means="The language in which one studies for it, as a code from the EU list.")] = []
    volume_of_learning: Annotated[Duration | None, term(
        "volumeOfLearning", "elm:volumeOfLearning",
        means="How much work a learner is expected to put in, as a duration such as PT75H.")] = None
    mode: Annotated[list["Concept"], term(
        "mode", "elm:mode", means="How it takes place, such as online, blended or on site, as a code.")] = []
    learning_outcome: Annotated[list["LearningOutcome"], term(
        "learningOutcome", "elm:learningOutcome",
        means="One thing a successful learner will be able to do afterwards.")] = []
    learning_outcome_summary: Annotated["Note | None", term(
        "learningOutcomeSummary", "elm:learningOutcomeSummary",
        means="All expected outcomes told together in free text.")] = None
    thematic_area: Annotated[list["Concept"], term(
        "thematicArea", "elm:ISCEDFCode", scheme="isced-f",
        means="The field of study as a code from ISCED-F 2013.")] = []
    education_subject: Annotated[list["Concept"], term(
        "educationSubject", "elm:educationSubject",
        means="The field of study in some classification other than ISCED, as a code.")] = []
    credit_point: Annotated[list["CreditPoint"], term(
        "creditPoint", "elm:creditPoint",
        means="How many credits are planned for this, in a named credit system such as ECTS.")] = []
    education_level: Annotated[list["Concept"], term(
        "educationLevel", "elm:educationLevel",
        means="The level of study in some classification other than EQF, as a code.")] = []
    learning_setting: Annotated["Concept | None", term(
        "learningSetting", "elm:learningSetting", scheme="learning-setting",
        means="Whether learning is formal or non-formal, as a code from the EU list.")] = None
    maximum_duration: Annotated[Duration | None, term(
        "maximumDuration", "elm:maximumDuration",
        means="The longest time allowed to finish, as an xsd duration in months such as P24M.")] = None
    target_group: Annotated[list["Concept"], term(
        "targetGroup", "elm:targetGroup",
        means="For whom it is meant, such as adults or job seekers, as a code from the EU list.")] = []
    entry_requirement: Annotated["Note | None", term(
        "entryRequirement", "elm:entryRequirement", means="What somebody must have or know before starting.")] = None
    influenced_by: Annotated[list["LearningActivitySpecification"], term(
        "influencedBy", "elm:influencedBy",
        means="The plans of courses or other activities that help somebody get there.")] = []
    proven_by: Annotated[list["LearningAssessmentSpecification"], term(
        "provenBy", "elm:provenBy", means="The plans of assessments by which anybody may show it.")] = []
    entitles_to: Annotated[list["LearningEntitlementSpecification"], term(
        "entitlesTo", "elm:entitlesTo", means="A right that anybody who reaches this will gain.")] = []
    awarding_opportunity: Annotated[list["AwardingOpportunity"], term(
        "awardingOpportunity", "elm:awardingOpportunity",
        means="A chance to be granted this award, with the granting body, place and period.")] = []
    has_part: Annotated[list["LearningAchievementSpecification"], term(
        "hasPart", "elm:hasPart",
        means="The plans of smaller achievements, such as modules, that this one is built from.")] = []
    is_part_of: Annotated[list["LearningAchievementSpecification"], term(
        "isPartOf", "elm:isPartOf", means="The larger whole to which it belongs, itself of the same kind.")] = []
    specialisation_of: Annotated[list["LearningAchievementSpecification"], term(
        "specialisationOf", "elm:specialisationOf",
        means="A broader plan, such as a standard, that this one narrows down.")] = []
    generalisation_of: Annotated[list["LearningAchievementSpecification"], term(
        "generalisationOf", "elm:generalisationOf",
        means="A narrower plan, such as a standard, that this one covers in broader terms.")] = []


class Qualification(LearningAchievementSpecification):
    """The general plan of a formal award confirmed by a competent body, often with EQF or national level."""

    TYPE: ClassVar[str] = "Qualification"
    IRI: ClassVar[str] = "elm:Qualification"
    ID_NAME: ClassVar[str] = "qualification"

    influenced_by: Annotated[list["LearningActivitySpecification"], term(
        "influencedBy", "elm:influencedBy",
        means="The plans of courses or other activities that lead towards this qualification.")] = []
    proven_by: Annotated[list["LearningAssessmentSpecification"], term(
        "provenBy", "elm:provenBy",
        means="The plans of assessments by which anybody may show they deserve the qualification.")] = []
    entitles_to: Annotated[list["LearningEntitlementSpecification"], term(
        "entitlesTo", "elm:entitlesTo", means="A right that anybody who earns this qualification will gain.")] = []
    has_part: Annotated[list["Qualification"], term(
        "hasPart", "elm:hasPart",
        means="The partial qualifications it is built from; each must itself be a "
        "Qualification.")] = []  # type: ignore[assignment]  # ELM takes narrower parts here
    is_part_of: Annotated[list["Qualification"], term(
        "isPartOf", "elm:isPartOf",
        means="The larger whole to which it belongs, itself of the same "
        "kind.")] = []  # type: ignore[assignment]  # ELM takes narrower parts here
    specialisation_of: Annotated[list["Qualification"], term(
        "specialisationOf", "elm:specialisationOf",
        means="A broader plan, such as a standard, that this one narrows "
        "down.")] = []  # type: ignore[assignment]  # ELM takes narrower parts here
    generalisation_of: Annotated[list["Qualification"], term(
        "generalisationOf", "elm:generalisationOf",
        means="A narrower plan, such as a standard, that this one covers in broader "
        "terms.")] = []  # type: ignore[assignment]  # ELM takes narrower parts here
    is_partial_qualification: Annotated[bool | None, term(
        "isPartialQualification", "elm:isPartialQualification",
        means="True if it is only one piece of a larger qualification, false if it stands alone.")] = None
    eqf_level: Annotated["Concept | None", term(
        "eqfLevel", "elm:EQFLevel", scheme="eqf",
        means="The level from 1 to 8 in the European Qualifications Framework, as a code.")] = None
    nqf_level: Annotated[list["Concept"], term(
        "nqfLevel", "elm:NQFLevel", scheme="nqf",
        means="The level in a national qualifications framework, as a code.")] = []
    accreditation: Annotated[list["Accreditation"], term(
        "accreditation", "elm:accreditation", means="An official approval given to this qualification.")] = []
    qualification_code: Annotated[list["Concept"], term(
        "qualificationCode", "elm:qualificationCode",
        means="The code of this qualification in a known classification or register.")] = []
