"""The credential itself, the presentation, and the small objects of the W3C data model in them."""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from pydantic import model_validator

from edc_microcred.elm.model import ElmObject
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import LanguageMap

if TYPE_CHECKING:
    from edc_microcred.elm.accreditation import Evidence
    from edc_microcred.elm.agent import Agent
    from edc_microcred.elm.concept import Concept
    from edc_microcred.elm.display import DisplayParameter
    from edc_microcred.elm.identifier import Identifier
    from edc_microcred.elm.media import MediaObject


class ShaclValidator2017(ElmObject):
    """The published set of rules that the credential says it follows, named by web address."""

    TYPE: ClassVar[str] = "ShaclValidator2017"
    IRI: ClassVar[str] = "elm:ShaclValidator2017"


class CredentialStatus(ElmObject):
    """Where a reader can look up whether the credential still stands or has been withdrawn."""

    TYPE: ClassVar[str] = "CredentialStatus"
    IRI: ClassVar[str] = "elm:CredentialStatus"


class TermsOfUse(ElmObject):
    """Conditions that the issuer sets on how the credential may be used."""

    TYPE: ClassVar[str] = "TermsOfUse"
    IRI: ClassVar[str] = "elm:TermsOfUse"


class Proof(ElmObject):
    """The digital seal or signature data by which a reader detects changes and learns who sealed it."""

    TYPE: ClassVar[str] = "Proof"
    IRI: ClassVar[str] = "elm:Proof"


class VerifiableCredential(ElmObject):
    """Any credential of the W3C data model; ELM describes only the European one."""

    TYPE: ClassVar[str] = "VerifiableCredential"
    IRI: ClassVar[str] = "cred:VerifiableCredential"
    ID_NAME: ClassVar[str] = "credential"


class EuropeanDigitalCredential(VerifiableCredential):
    """The sealed document itself, in which an issuer states what one learner has done, reached or may do."""

    TYPE: ClassVar[str] = "EuropeanDigitalCredential"
    IRI: ClassVar[str] = "elm:EuropeanDigitalCredential"
    ID_NAME: ClassVar[str] = "credential"
    ALSO: ClassVar[tuple[str, ...]] = ("VerifiableCredential",)

    @model_validator(mode="after")
    def _refuse_shared_ids(self) -> Self:
        if self.source is None:
            self.refuse_shared_ids()
        return self

    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier",
        means="A further number of the credential besides its id, for example in a national register.")] = []
    credential_profiles: Annotated[list["Concept"], term(
        "credentialProfiles", "elm:credentialProfiles", at_least=1, scheme="credential",
        means="The kind of credential, as a code from the EU list of credential types.")] = []
    attachment: Annotated[list["MediaObject"], term(
        "attachment", "elm:attachment",
        means="A file sealed inside the credential for people to open, such as a scanned certificate in PDF.")] = []
    display_parameter: Annotated["DisplayParameter | None", term(
        "displayParameter", "elm:displayParameter", at_least=1,
        means="How the credential should be shown: heading, languages and page pictures.")] = None
    issuer: Annotated["Agent | None", term(
        "issuer", "cred:issuer", at_least=1, node="IssuerNodeShape", w3c=True,
        means="The body that seals the credential and answers for it; it needs an official eIDAS number.")] = None
    credential_subject: Annotated["Agent | None", term(
        "credentialSubject", "cred:credentialSubject", at_least=1, w3c=True,
        means="The learner whom the credential is about, carrying the claims.")] = None
    issuance_date: Annotated[datetime | None, term(
        "issuanceDate", "cred:issuanceDate", w3c=True,
        means="From when the credential counts; VCDM 1.1 requires it although the ELM rules do not.")] = None
    issued: Annotated[datetime | None, term(
        "issued", "cred:issued", at_least=1, w3c=True,
        means="The moment the credential was given out, as a date with time and time zone.")] = None
    valid_from: Annotated[datetime | None, term(
        "validFrom", "cred:validFrom", at_least=1, w3c=True,
        means="The moment from which the statements hold, as a date with time and time zone.")] = None
    expiration_date: Annotated[datetime | None, term(
        "expirationDate", "cred:expirationDate", w3c=True,
        means="When the credential stops being valid under VCDM 1.1, as a date with time and time zone.")] = None
    valid_until: Annotated[datetime | None, term(
        "validUntil", "cred:validUntil", w3c=True,
        means="When the credential stops being valid, as a date with time and time zone.")] = None
    proof: Annotated[list["Proof"], term(
        "proof", "sec:proof", w3c=True,
        means="The seal or signature inside the JSON; sealed EU credentials carry a JAdES signature around it "
        "instead.")] = []
    evidence: Annotated[list["Evidence"], term(
        "evidence", "cred:evidence", w3c=True,
        means="Grounds for trusting this credential; the accredited, converted and mandated profiles demand at "
        "least one.")] = []
    terms_of_use: Annotated[list["TermsOfUse"], term(
        "termsOfUse", "cred:termsOfUse", w3c=True,
        means="Conditions on using the credential; each entry must have the type TermsOfUse.")] = []
    credential_schema: Annotated[list["ShaclValidator2017"], term(
        "credentialSchema", "cred:credentialSchema", at_least=1, iri_only=True, w3c=True,
        means="The published rules the credential claims to follow, such as the generic or the accredited "
        "profile.")] = []
    credential_status: Annotated["CredentialStatus | None", term(
        "credentialStatus", "cred:credentialStatus", iri_only=True, w3c=True,
        means="Where to look up whether this credential was withdrawn; its type must be CredentialStatus.")] = None
    holder: Annotated[list["Agent"], term(
        "holder", "cred:holder", w3c=True,
        means="Who has the credential in hand, where that is not simply the learner.")] = []


class VerifiablePresentation(ElmObject):
    """A bundle of credentials of any kind that a holder hands over for checking."""

    TYPE: ClassVar[str] = "VerifiablePresentation"
    IRI: ClassVar[str] = "cred:VerifiablePresentation"
    ID_NAME: ClassVar[str] = "presentation"

    holder: Annotated[list["Agent"], term(
        "holder", "cred:holder", w3c=True, means="Who put the bundle together and hands it over.")] = []
    verifiable_credential: Annotated[list["VerifiableCredential"], term(
        "verifiableCredential", "cred:verifiableCredential", w3c=True, ranges=("cred:VerifiableCredential",),
        means="The credentials handed over in this bundle.")] = []
    proof: Annotated[list["Proof"], term(
        "proof", "sec:proof", w3c=True,
        means="The seal or signature inside the JSON; sealed EU credentials carry a JAdES signature around it "
        "instead.")] = []


class VerificationCheck(ElmObject):
    """The outcome of one test made on a credential, such as its seal or its expiry."""

    TYPE: ClassVar[str] = "VerificationCheck"
    IRI: ClassVar[str] = "elm:VerificationCheck"
    ID_NAME: ClassVar[str] = "verificationCheck"

    dc_type: Annotated["Concept | None", term(
        "dcType", "dc:type", at_least=1, scheme="verification",
        means="What was tested, as a code, such as the format, the seal or the expiry.")] = None
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="What the test found, in words, at most one text for each language.")] = None
    verification_status: Annotated["Concept | None", term(
        "verificationStatus", "elm:verificationStatus", at_least=1, scheme="verification-status",
        means="Whether the test succeeded, as a code from the EU list.")] = None
    elm_subject: Annotated["EuropeanDigitalCredential | None", term(
        "elmSubject", "elm:subject", at_least=1,
        means="The credential that was tested; despite the name it is not the learner.")] = None


class EuropeanDigitalPresentation(VerifiablePresentation):
    """A bundle of European credentials that a holder hands over to somebody who wants to check them."""

    TYPE: ClassVar[str] = "EuropeanDigitalPresentation"
    IRI: ClassVar[str] = "elm:EuropeanDigitalPresentation"
    ID_NAME: ClassVar[str] = "presentation"
    ALSO: ClassVar[tuple[str, ...]] = ("VerifiablePresentation",)

    verifiable_credential: Annotated[list["EuropeanDigitalCredential"], term(
        "verifiableCredential", "cred:verifiableCredential", w3c=True,
        means="The credentials handed over in this "
        "bundle.")] = []  # type: ignore[assignment]  # ELM takes narrower parts here
    verification_check: Annotated[list["VerificationCheck"], term(
        "verificationCheck", "elm:verificationCheck",
        means="A test already made on the credentials in the bundle, with its outcome.")] = []
