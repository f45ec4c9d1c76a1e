"""Accreditation, and the evidence that a credential carries."""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar

from edc_microcred.elm.model import Ordered
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import LanguageMap

if TYPE_CHECKING:
    from edc_microcred.elm.agent import Agent, Organisation
    from edc_microcred.elm.concept import Concept
    from edc_microcred.elm.identifier import Identifier
    from edc_microcred.elm.media import MediaObject, WebResource
    from edc_microcred.elm.note import Note
    from edc_microcred.elm.qualification import Qualification


class Accreditation(Ordered):
    """Official approval by a quality authority that a body, or one of its qualifications, meets the standard."""

    TYPE: ClassVar[str] = "Accreditation"
    IRI: ClassVar[str] = "elm:Accreditation"
    ID_NAME: ClassVar[str] = "accreditation"

    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier",
        means="A number or code by which it is known in some system, with the name of that system.")] = []
    dc_type: Annotated["Concept | None", term(
        "dcType", "dc:type", at_least=1, scheme="accreditation", scheme_typed=False,
        means="Whether a body or a programme was approved, and how, as a code from the EU list.")] = None
    title: Annotated[LanguageMap | None, term(
        "title", "dc:title", at_least=1, means="The name it is known by, one for each language.")] = None
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="A short explanation in free text for the reader, at most one text for each language.")] = None
    homepage: Annotated[list["WebResource"], term(
        "homepage", "foaf:homepage", means="The main web page about it.")] = []
    date_issued: Annotated[datetime | None, term(
        "dateIssued", "dc:issued",
        means="The day the quality authority gave its approval, written with time and time zone.")] = None
    additional_note: Annotated[list["Note"], term(
        "additionalNote", "elm:additionalNote",
        means="Any further remark in free text that has no field of its own.")] = []
    supplementary_document: Annotated[list["WebResource"], term(
        "supplementaryDocument", "elm:supplementaryDocument",
        means="A page or file on the open web that tells more about it.")] = []
    decision: Annotated["Concept | None", term(
        "decision", "elm:decision", means="What the quality authority decided, as a code from the DEQAR list.")] = None
    report: Annotated["WebResource | None", term(
        "report", "elm:report",
        means="The public document in which the quality authority explains its decision.")] = None
    organisation: Annotated[list["Organisation"], term(
        "organisation", "elm:organisation", means="The body that the approval covers.")] = []
    limit_qualification: Annotated["Qualification | None", term(
        "limitQualification", "elm:limitQualification",
        means="The one qualification that the approval is about.")] = None
    limit_field: Annotated[list["Concept"], term(
        "limitField", "elm:limitField", scheme="isced-f",
        means="The only field of study that the approval covers, as an ISCED-F code.")] = []
    limit_eqf_level: Annotated[list["Concept"], term(
        "limitEQFLevel", "elm:limitEQFLevel", scheme="eqf",
        means="The only EQF level that the approval covers, as a code.")] = []
    limit_jurisdiction: Annotated[list["Concept"], term(
        "limitJurisdiction", "elm:limitJurisdiction", scheme="atu",
        means="The only country or region in which it counts, as a code.")] = []
    limit_credential_type: Annotated[list["Concept"], term(
        "limitCredentialType", "elm:limitCredentialType",
        means="The only kind of credential that the approval covers, as a code.")] = []
    accrediting_agent: Annotated["Organisation | None", term(
        "accreditingAgent", "elm:accreditingAgent", at_least=1,
        means="The quality authority that gave the approval.")] = None
    review_date: Annotated[datetime | None, term(
        "reviewDate", "elm:reviewDate",
        means="When the approval must be looked at again, as a date with time and time zone.")] = None
    expiry_date: Annotated[datetime | None, term(
        "expiryDate", "elm:expiryDate",
        means="The day on which the approval runs out, written with time and time zone.")] = None
    landing_page: Annotated[list["WebResource"], term(
        "landingPage", "elm:landingPage",
        means="A web page that introduces the approval and leads to its details.")] = []
    status: Annotated[str | None, term(
        "status", "elm:status",
        means="Whether the entry is published, draft or withdrawn, as plain text without a fixed list.")] = None
    date_modified: Annotated[datetime | None, term(
        "dateModified", "dc:modified", coerced_to_iri=True,
        means="When this entry was last changed; the live context drops the value on the way to RDF.")] = None
    valid: Annotated[datetime | None, term(
        "valid", "dc:valid", means="From when the approval counts, as a date with time and time zone.")] = None


class Evidence(Ordered):
    """Grounds for trusting the issuer, such as an accreditation, a mandate or the original paper document."""

    TYPE: ClassVar[str] = "Evidence"
    IRI: ClassVar[str] = "elm:Evidence"
    ID_NAME: ClassVar[str] = "evidence"

    dc_type: Annotated["Concept | None", term(
        "dcType", "dc:type", at_least=1, scheme="evidence-type",
        means="What sort of grounds is offered, as a code: accreditation, mandate or embedded document, for "
        "example.")] = None
    accreditation: Annotated["Accreditation | None", term(
        "accreditation", "elm:accreditation",
        means="The approval under which the issuer acts; the accredited profile demands exactly one in every "
        "evidence.")] = None
    embedded_evidence: Annotated[list["MediaObject"], term(
        "embeddedEvidence", "elm:embeddedEvidence",
        means="The supporting document itself, as a file; the converted profile demands at least one.")] = []
    evidence_statement: Annotated[str | None, term(
        "evidenceStatement", "elm:evidenceStatement",
        means="The grounds in words, such as the mandate under which the issuer acts, as plain text.")] = None
    evidence_target: Annotated["Agent | None", term(
        "evidenceTarget", "elm:evidenceTarget", means="The body or person whom the evidence is about.")] = None
