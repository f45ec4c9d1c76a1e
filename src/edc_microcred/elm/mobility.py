"""What ELM 3.3 adds for mobility and family relationships.

The context that credentials are written with does not define these classes, so they are read and kept, and not
written for ELM 3.2. The IRIs of the properties are inferred from their names: no complete 3.3 shapes are published.
"""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from typing import TYPE_CHECKING, Annotated, ClassVar

from edc_microcred.elm.model import Ordered
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import LanguageMap

if TYPE_CHECKING:
    from edc_microcred.elm.agent import Organisation, Person
    from edc_microcred.elm.claim import LearningEntitlement
    from edc_microcred.elm.concept import Concept
    from edc_microcred.elm.identifier import Identifier
    from edc_microcred.elm.media import WebResource
    from edc_microcred.elm.place import PeriodOfTime


class FamilyRelationship(Ordered):
    """How one person is related to another by family."""

    TYPE: ClassVar[str] = "FamilyRelationship"
    IRI: ClassVar[str] = "elm:FamilyRelationship"
    ID_NAME: ClassVar[str] = "familyRelationship"
    SINCE: ClassVar[str] = "3.3"

    family_relationship_source: Annotated["Person | None", term(
        "familyRelationshipSource", "elm:familyRelationshipSource", at_least=1, since="3.3", in_context=None,
        means="The person the relationship starts from.")] = None
    family_relationship_target: Annotated["Person | None", term(
        "familyRelationshipTarget", "elm:familyRelationshipTarget", at_least=1, since="3.3", in_context=None,
        means="The person who is related to the first one.")] = None
    dc_type: Annotated["Concept | None", term(
        "dcType", "dc:type", at_least=1, since="3.3", means="The kind of relationship.")] = None


class RecognitionAgreement(Ordered):
    """What a sending and a host organisation agreed on recognising a stay abroad."""

    TYPE: ClassVar[str] = "RecognitionAgreement"
    IRI: ClassVar[str] = "elm:RecognitionAgreement"
    ID_NAME: ClassVar[str] = "recognitionAgreement"
    SINCE: ClassVar[str] = "3.3"

    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier", since="3.3", means="Numbers or codes of the agreement.")] = []
    title: Annotated[LanguageMap | None, term(
        "title", "dc:title", since="3.3", means="The name of the agreement, one for each language.")] = None
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description", since="3.3", means="What was agreed, in words.")] = None
    dc_type: Annotated["Concept | None", term(
        "dcType", "dc:type", since="3.3", means="The kind of agreement.")] = None
    recognition_period: Annotated["PeriodOfTime | None", term(
        "recognitionPeriod", "elm:recognitionPeriod", since="3.3", in_context=None,
        means="The time the agreement covers.")] = None
    recognition_condition: Annotated[LanguageMap | None, term(
        "recognitionCondition", "elm:recognitionCondition", since="3.3", in_context=None,
        means="What must be met for recognition.")] = None
    return_condition: Annotated[LanguageMap | None, term(
        "returnCondition", "elm:returnCondition", since="3.3", in_context=None,
        means="What holds when the learner returns.")] = None
    destination_entitlement: Annotated["LearningEntitlement | None", term(
        "destinationEntitlement", "elm:destinationEntitlement", since="3.3", in_context=None,
        means="What the learner may do at the host.")] = None
    sending_organisation: Annotated["Organisation | None", term(
        "sendingOrganisation", "elm:sendingOrganisation", since="3.3", in_context=None,
        means="The organisation the learner comes from.")] = None
    host_organisation: Annotated[list["Organisation"], term(
        "hostOrganisation", "elm:hostOrganisation", since="3.3", in_context=None,
        means="The organisations that receive the learner.")] = []
    related_agreement: Annotated[list["RecognitionAgreement"], term(
        "relatedAgreement", "elm:relatedAgreement", since="3.3", in_context=None,
        means="Other agreements that belong to this one.")] = []
    supplementary_document: Annotated[list["WebResource"], term(
        "supplementaryDocument", "elm:supplementaryDocument", since="3.3",
        means="Pages that say more about the agreement.")] = []
