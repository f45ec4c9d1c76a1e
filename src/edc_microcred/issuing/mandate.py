"""Sealing for another organisation: who may, and what is then written.

The seal makes its holder the issuer. Where that is none of the bodies that award the course, a reader needs to see on
whose authority it seals: the mandate, as evidence and as a profile of its own. Without one nothing is sealed.

Clauses: EDC application profile *issued by mandate* 1.2.0; EDC issuer, fields written at sealing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from edc_microcred.elm import (
    Claim,
    EuropeanDigitalCredential,
    Evidence,
    LanguageMap,
    MediaObject,
    Organisation,
    Person,
    ShaclValidator2017,
)
from edc_microcred.elm.media import file_type
from edc_microcred.errors import SealError
from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.issuing.completion import GENERIC_PROFILE, SealingOrganisation
from edc_microcred.shapes import schema_iris
from edc_microcred.vocabularies import concept
from edc_microcred.vocabularies.folding import fold

MANDATE_PROFILE: Final = "http://data.europa.eu/snb/credential/c_9a31f32a"
MANDATE_EVIDENCE: Final = "http://data.europa.eu/snb/evidence-type/c_18016257"
LARGEST_DOCUMENT: Final = 500_000
"""Bytes of the mandate's document that the Commission's issuer takes."""

NOT_AWARDING_BODY: Final = Rule(
    id="issue/not-awarding-body", severity=Severity.ERROR, since="0.1",
    source="EDC application profile issued-by-mandate 1.2.0",
    title="The sealing organisation does not award the course",
    message="The seal is that of “{sealer}” ({identifier}); the course is awarded by {bodies}.",
    why="Whoever seals becomes the issuer. A reader must see on whose authority somebody else's course was sealed.",
    fix="Seal with an awarding body's certificate, or write the mandate into the course: `mandate: {statement: …}`. If "
        "they are one organisation, give the awarding body the identifier that the certificate has.",
    wrong={"sealer": {"organisation": "Another University", "identifier": "VATRS-2"}},
    right={"sealer": {"organisation": "Another University", "identifier": "VATRS-2"}, "mandate": "By contract 7/2026"},
)  # fmt: skip
MANDATE_NOT_NEEDED: Final = Rule(
    id="issue/mandate-not-needed", severity=Severity.INFO, since="0.1",
    source="EDC application profile issued-by-mandate 1.2.0",
    title="The mandate was not written",
    message="The course declares a mandate, and the seal is that of its awarding body “{sealer}”; none was written.",
    why="A credential that is sealed by its awarding body is not issued by mandate.",
    fix="Nothing, if this is the seal that you meant.",
    wrong={"sealer": {"organisation": "Example University", "identifier": "VATRS-1"}, "mandate": "By contract 7/2026"},
    right={"sealer": {"organisation": "Example University", "identifier": "VATRS-1"}},
)  # fmt: skip

MANDATE_FOR_ANOTHER: Final = Rule(
    id="issue/mandate-for-another", severity=Severity.ERROR, since="0.1",
    source="EDC application profile issued-by-mandate 1.2.0",
    title="The mandate is another organisation's",
    message="The seal is that of “{sealer}”; the course says that “{mandated}” was mandated to seal.",
    why="Only whoever was mandated may seal in another's name.",
    fix="Seal with the certificate of the organisation that was mandated, or correct `mandate: {sealed_by: …}`.",
    wrong={"sealer": {"organisation": "Another University", "identifier": "VATRS-2"}, "mandate": "By contract 7/2026",
           "sealed_by": "Third University"},
    right={"sealer": {"organisation": "Another University", "identifier": "VATRS-2"}, "mandate": "By contract 7/2026",
           "sealed_by": "Another University"},
)  # fmt: skip

NAMED_OTHERWISE: Final = Rule(
    id="issue/awarding-body-named-otherwise", severity=Severity.WARNING, since="0.1",
    source="ETSI EN 319 412-1, 5.1.4: the identifier names the organisation",
    title="The awarding body has the sealer's identifier and another name",
    message="The seal is that of “{sealer}”; the course calls the body with its identifier “{body}”.",
    why="Whoever verifies the credentials is shown both names, and warned.",
    fix="Write the name as the certificate has it into the course, if it is right there.",
    wrong={"sealer": {"organisation": "Another University", "identifier": "VATRS-1"}, "body": "VATRS-1"},
    right={"sealer": {"organisation": "Example University", "identifier": "VATRS-1"}, "body": "VATRS-1"},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (NOT_AWARDING_BODY, MANDATE_NOT_NEEDED, MANDATE_FOR_ANOTHER, NAMED_OTHERWISE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """On whose authority another organisation seals. `document` is the mandate itself (PDF, PNG or JPEG), if shown.

    `sealed_by` names the one organisation that was mandated; None leaves it open.
    """

    statement: str
    document: bytes | None = None
    document_name: str | None = None
    sealed_by: str | None = None

    def __post_init__(self) -> None:
        if not self.statement.strip():
            raise SealError("The mandate says nothing.", remedy="Write in a sentence who mandated whom to issue what.")
        if self.document is None:
            return
        if file_type(self.document) not in ("PDF", "PNG", "JPEG"):
            raise SealError("The mandate's document is no PDF, PNG or JPEG.", remedy="Save it as one of these.")
        if len(self.document) > LARGEST_DOCUMENT:
            raise SealError(
                f"The mandate's document has {len(self.document):,} bytes; the limit is {LARGEST_DOCUMENT:,}.",
                remedy="It stands in every credential: save it smaller, or give the statement alone.",
            )


def awarding_bodies(credential: EuropeanDigitalCredential) -> list[Organisation]:
    """The organisations that award the claims of a credential, each once."""
    subject = credential.credential_subject
    claims: list[Claim] = subject.has_claim if isinstance(subject, Person) else []
    found: dict[str, Organisation] = {}
    for claim in claims:
        for body in claim.awarded_by.awarding_body if claim.awarded_by is not None else []:
            if isinstance(body, Organisation):
                found.setdefault(body.id or repr(body), body)
    return list(found.values())


def check_authority(
    sealer: SealingOrganisation, bodies: Iterable[Organisation], mandate: Mandate | None
) -> list[Finding]:
    """What speaks against `sealer` sealing for `bodies`: an error without a mandate, a note where none is needed."""
    bodies = list(bodies)
    if same := [body for body in bodies if _is_same(sealer, body)]:
        needless = [MANDATE_NOT_NEEDED.found(sealer=sealer.organisation or sealer.name)] if mandate is not None else []
        return [*needless, *_named_otherwise(sealer, same)]
    if mandate is not None:
        mandated = mandate.sealed_by
        if mandated is None or fold(mandated) == fold(sealer.organisation or ""):
            return []
        return [MANDATE_FOR_ANOTHER.found(sealer=sealer.organisation or sealer.name, mandated=mandated)]
    names = ", ".join(f"“{body.legal_name.best()}”" for body in bodies if body.legal_name)
    return [
        NOT_AWARDING_BODY.found(
            sealer=sealer.organisation or sealer.name,
            identifier=sealer.organisation_identifier or "no identifier",
            bodies=names or "nobody",
        )
    ]


def _named_otherwise(sealer: SealingOrganisation, same: Sequence[Organisation]) -> list[Finding]:
    """A warning where none of the bodies that have the sealer's identifier has its name."""
    names = [body.legal_name for body in same if body.legal_name is not None]
    known = {fold(text) for name in names for tag in name for text in name.texts(tag)}
    if not sealer.organisation or not names or fold(sealer.organisation) in known:
        return []
    return [NAMED_OTHERWISE.found(sealer=sealer.organisation, body=names[0].best())]


def _is_same(sealer: SealingOrganisation, body: Organisation) -> bool:
    """The official identifier decides; where the body states none, the name in any language."""
    stated = body.eidas_identifier.notation if body.eidas_identifier is not None else None
    if stated and sealer.organisation_identifier:
        return _folded(stated) == _folded(sealer.organisation_identifier)
    if body.legal_name is None or not sealer.organisation:
        return False
    names = [text for tag in body.legal_name for text in body.legal_name.texts(tag)]
    return fold(sealer.organisation) in {fold(name) for name in names}


def _folded(identifier: str) -> str:
    return "".join(identifier.split()).casefold()


def with_mandate(
    credential: EuropeanDigitalCredential, mandate: Mandate, languages: Sequence[str]
) -> EuropeanDigitalCredential:
    """The credential with the mandate as evidence and the profile that goes with it, in place of any other mandate.

    `languages` are those of the credential (two letters), in which codes are labelled.
    """
    kept = [e for e in credential.evidence if e.dc_type is None or e.dc_type.id != MANDATE_EVIDENCE]
    documents = [] if mandate.document is None else [_media(mandate, languages)]
    evidence = Evidence(
        dc_type=concept("evidence-type", MANDATE_EVIDENCE, languages=languages),
        evidence_statement=mandate.statement.strip(),
        embedded_evidence=documents,
    )
    profiles = credential.credential_profiles or [concept("credential", GENERIC_PROFILE, languages=languages)]
    if all(profile.id != MANDATE_PROFILE for profile in profiles):
        profiles = [*profiles, concept("credential", MANDATE_PROFILE, languages=languages)]
    schemas = [ShaclValidator2017(id=iri) for iri in schema_iris(profile.id or "" for profile in profiles)]
    return credential.model_copy(
        update={"evidence": [*kept, evidence], "credential_profiles": profiles, "credential_schema": schemas}
    )


def _media(mandate: Mandate, languages: Sequence[str]) -> MediaObject:
    content = mandate.document or b""
    return MediaObject(
        title=LanguageMap({languages[0]: mandate.document_name}) if mandate.document_name else None,
        content=content,
        content_type=concept("file-type", file_type(content) or "", languages=languages),
        content_encoding=concept("encoding", "base64", languages=languages),
    )
