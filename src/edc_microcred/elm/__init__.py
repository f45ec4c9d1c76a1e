"""The European Learning Model 3.2 as Pydantic models, one file per area. No input or output, no cryptography.

    >>> from edc_microcred.elm import LearningAchievement, Person
    >>> person = Person(given_name={"en": "Ana"}, has_claim=[LearningAchievement(title={"en": "Data basics"})])
    >>> person.has_claim[0].title["en"]
    'Data basics'

Source of the facts: European Learning Model 3.2, European Commission, CC BY 4.0. The definitions are our own words.
"""

import sys
from types import ModuleType
from typing import Final

from edc_microcred.elm import (
    accreditation,
    agent,
    claim,
    concept,
    contact,
    credential,
    display,
    grading,
    identifier,
    media,
    mobility,
    note,
    opportunity,
    place,
    qualification,
    specification,
)
from edc_microcred.elm.accreditation import Accreditation, Evidence
from edc_microcred.elm.agent import Agent, Group, Organisation, Person
from edc_microcred.elm.checking import check_credential
from edc_microcred.elm.claim import (
    AwardingProcess,
    Claim,
    LearningAchievement,
    LearningActivity,
    LearningAssessment,
    LearningEntitlement,
)
from edc_microcred.elm.concept import Concept, ConceptScheme
from edc_microcred.elm.contact import ContactPoint, Mailbox, Phone
from edc_microcred.elm.credential import (
    CredentialStatus,
    EuropeanDigitalCredential,
    EuropeanDigitalPresentation,
    Proof,
    ShaclValidator2017,
    TermsOfUse,
    VerifiableCredential,
    VerifiablePresentation,
    VerificationCheck,
)
from edc_microcred.elm.display import DisplayDetail, DisplayParameter, IndividualDisplay
from edc_microcred.elm.grading import GradingScheme, ResultCategory, ResultDistribution, ShortenedGrading
from edc_microcred.elm.identifier import Identifier, LegalIdentifier
from edc_microcred.elm.media import MediaObject, WebResource
from edc_microcred.elm.mobility import FamilyRelationship, RecognitionAgreement
from edc_microcred.elm.model import ElmObject
from edc_microcred.elm.note import Note
from edc_microcred.elm.opportunity import Amount, Grant, LearningOpportunity, PriceDetail
from edc_microcred.elm.place import Address, Geometry, Location, PeriodOfTime
from edc_microcred.elm.qualification import (
    AwardingOpportunity,
    CreditPoint,
    LearningAchievementSpecification,
    LearningOutcome,
    Qualification,
)
from edc_microcred.elm.reading import read_credential, read_object
from edc_microcred.elm.rules import RULES
from edc_microcred.elm.specification import (
    LearningActivitySpecification,
    LearningAssessmentSpecification,
    LearningEntitlementSpecification,
    Specification,
)
from edc_microcred.elm.terms import NAMESPACES, Term
from edc_microcred.elm.values import Duration, LanguageMap
from edc_microcred.elm.writing import write_credential, write_members

_AREAS: Final[tuple[ModuleType, ...]] = (
    concept, identifier, note, media, place, contact, agent, accreditation, grading, specification,
    qualification, opportunity, claim, display, credential, mobility,
)  # fmt: skip

CLASSES: Final[dict[str, type[ElmObject]]] = {
    name: cls
    for area in _AREAS
    for name, cls in vars(area).items()
    if isinstance(cls, type) and issubclass(cls, ElmObject) and cls.__module__ == area.__name__
}
"""All classes of the model by name, those of ELM 3.3 included (`SINCE` tells)."""

# The areas name each other's classes in annotations only; each is given all of them, so that they resolve.
for _area in _AREAS:
    for _name, _class in CLASSES.items():
        vars(sys.modules[_area.__name__]).setdefault(_name, _class)

__all__ = [
    "CLASSES",
    "NAMESPACES",
    "RULES",
    "Accreditation",
    "Address",
    "Agent",
    "Amount",
    "AwardingOpportunity",
    "AwardingProcess",
    "Claim",
    "Concept",
    "ConceptScheme",
    "ContactPoint",
    "CredentialStatus",
    "CreditPoint",
    "DisplayDetail",
    "DisplayParameter",
    "Duration",
    "ElmObject",
    "EuropeanDigitalCredential",
    "EuropeanDigitalPresentation",
    "Evidence",
    "FamilyRelationship",
    "Geometry",
    "GradingScheme",
    "Grant",
    "Group",
    "Identifier",
    "IndividualDisplay",
    "LanguageMap",
    "LearningAchievement",
    "LearningAchievementSpecification",
    "LearningActivity",
    "LearningActivitySpecification",
    "LearningAssessment",
    "LearningAssessmentSpecification",
    "LearningEntitlement",
    "LearningEntitlementSpecification",
    "LearningOpportunity",
    "LearningOutcome",
    "LegalIdentifier",
    "Location",
    "Mailbox",
    "MediaObject",
    "Note",
    "Organisation",
    "PeriodOfTime",
    "Person",
    "Phone",
    "PriceDetail",
    "Proof",
    "Qualification",
    "RecognitionAgreement",
    "ResultCategory",
    "ResultDistribution",
    "ShaclValidator2017",
    "ShortenedGrading",
    "Specification",
    "Term",
    "TermsOfUse",
    "VerifiableCredential",
    "VerifiablePresentation",
    "VerificationCheck",
    "WebResource",
    "check_credential",
    "read_credential",
    "read_object",
    "write_credential",
    "write_members",
]
