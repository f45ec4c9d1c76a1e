"""What is written into a credential at sealing, because only the sealing organisation knows it.

The issuer comes from the seal certificate, `issued` and `issuanceDate` are the moment of sealing, and the profile says
which shapes the credential keeps. It is what the Commission's issuer writes, under the same ids.
"""

import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, Protocol

from edc_microcred.elm import (
    Address,
    Concept,
    EuropeanDigitalCredential,
    LanguageMap,
    LegalIdentifier,
    Location,
    Organisation,
    ShaclValidator2017,
)
from edc_microcred.errors import SealError, VocabularyError
from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.vocabularies import concept, entry

GENERIC_PROFILE: Final = "http://data.europa.eu/snb/credential/e34929035b"

NAME_REPLACED: Final = Rule(
    id="edc/issuer-name-replaced", severity=Severity.WARNING, since="0.1",
    source="EDC issuer, fields written at sealing",
    title="The issuer's name was replaced by the sealing organisation's",
    message="The issuer was called “{said}”; the seal certificate says “{sealed}”, and that was written.",
    why="The issuer of a credential is whoever seals it. A name that the certificate does not confirm misleads.",
    fix="Write the organisation's name as the certificate has it, or seal with the certificate of the one named.",
    wrong={"issuer": {"type": "Organisation", "legalName": {"en": "Another University"}}},
    right={"issuer": None},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (NAME_REPLACED,)


class SealingOrganisation(Protocol):
    """What is known of whoever seals: `CertificateFacts`, or a stand-in where there is no certificate yet."""

    @property
    def name(self) -> str:
        """What the certificate is called (CN)."""
        ...

    @property
    def organisation(self) -> str | None:
        """The organisation's name (O)."""
        ...

    @property
    def organisation_identifier(self) -> str | None:
        """Its official identifier (2.5.4.97)."""
        ...

    @property
    def country(self) -> str | None:
        """Its country, two letters (C)."""
        ...


def complete_issuer(
    credential: EuropeanDigitalCredential,
    facts: SealingOrganisation,
    *,
    at: datetime,
    new_id: Callable[[], uuid.UUID] = uuid.uuid4,
) -> tuple[EuropeanDigitalCredential, list[Finding]]:
    """The credential as it will be sealed at `at` with the certificate of `facts`; the one given is not altered.

    Raises `SealError` when the certificate names no organisation, identifier or country that an issuer needs.
    """
    findings: list[Finding] = []
    profiles = credential.credential_profiles or [concept("credential", GENERIC_PROFILE)]
    moment = at.replace(microsecond=0)
    updates: dict[str, Any] = {
        "issuer": _issuer(credential, facts, findings, new_id),
        "issued": moment,
        "issuance_date": moment,
        "credential_profiles": profiles,
    }
    if not credential.credential_schema:
        updates["credential_schema"] = _schemas(profiles)
    if credential.valid_from is None:
        updates["valid_from"] = moment
    if credential.id is None:
        updates["id"] = f"urn:credential:{new_id()}"
    return credential.model_copy(update=updates), findings


def is_complete(credential: EuropeanDigitalCredential, facts: SealingOrganisation) -> bool:
    """Whether the credential already names the sealing organisation and its moment, so that its text can be kept."""
    issuer = credential.issuer
    return (
        isinstance(issuer, Organisation)
        and issuer.eidas_identifier is not None
        and facts.organisation_identifier is not None
        and issuer.eidas_identifier.notation == facts.organisation_identifier
        and credential.issued is not None
        and bool(credential.credential_profiles)
        and bool(credential.credential_schema)
    )


def _issuer(
    credential: EuropeanDigitalCredential,
    facts: SealingOrganisation,
    findings: list[Finding],
    new_id: Callable[[], uuid.UUID],
) -> Organisation:
    country = _as_there(_country(facts, _languages(credential)), credential)
    language = primary_language(credential)
    given = credential.issuer if isinstance(credential.issuer, Organisation) else None
    base = given if given is not None else Organisation(id=f"urn:epass:org:{new_id()}")
    organisation = facts.organisation or ""
    said = base.legal_name.get(language) if base.legal_name is not None else None
    if said is not None and said != organisation:
        findings.append(NAME_REPLACED.found("/issuer/legalName", said=said, sealed=organisation))
    place = Location(
        id="urn:certificateLocation:1", address=[Address(id="urn:certificateAddress:1", country_code=country)]
    )
    others = [location for location in base.location if location.id != place.id]
    shared = sum(thing.id == base.id for thing in credential.walk()) > 1
    return base.model_copy(
        update={
            # As one node with the issuer an awarding body would take on the certificate's data.
            "id": f"urn:epass:org:{new_id()}" if shared or base.id is None else base.id,
            "legal_name": LanguageMap({**(base.legal_name or {}), language: organisation}),
            "alt_label": LanguageMap({language: facts.name}),
            "eidas_identifier": LegalIdentifier(
                id="urn:certificateIdentifier:1", notation=facts.organisation_identifier, spatial=country
            ),
            "location": [*others, place],
        }
    )


def _as_there(code: Concept, credential: EuropeanDigitalCredential) -> Concept:
    """The concept as it stands in the credential already: one id with two sets of labels would be two things."""
    there = (one for one in credential.walk() if isinstance(one, Concept) and one.id == code.id and one.pref_label)
    return next(there, code)


def _languages(credential: EuropeanDigitalCredential) -> list[str]:
    """The two-letter tags of the languages that the credential is shown in, as far as the list knows them."""
    display = credential.display_parameter
    found: list[str] = []
    for language in display.language if display is not None else []:
        with suppress(VocabularyError):
            found += entry("language", language.id or "").codes[:1]
    return found


def _country(facts: SealingOrganisation, languages: list[str]) -> Concept:
    lacking = [
        name
        for name, value in (
            ("an organisation name (O)", facts.organisation),
            ("an organisation identifier (2.5.4.97)", facts.organisation_identifier),
            ("a country (C)", facts.country),
        )
        if not value
    ]
    if lacking:
        raise SealError(
            f"The certificate “{facts.name}” lacks {', '.join(lacking)}; a credential's issuer is written from it.",
            remedy="Use a certificate for electronic seals (ETSI EN 319 412-3).",
            state="Nothing was sealed.",
        )
    try:
        return concept("country", facts.country or "", languages=languages)
    except VocabularyError as error:
        raise SealError(
            f"The certificate's country {facts.country!r} is not in the EU country list.",
            remedy="Use a certificate with an ISO 3166 country.",
            state="Nothing was sealed.",
        ) from error


def primary_language(credential: EuropeanDigitalCredential) -> str:
    """The two-letter tag of the credential's primary language; `en` when it names none that the list knows."""
    display = credential.display_parameter
    language = display.primary_language if display is not None else None
    if language is None or language.id is None:
        return "en"
    try:
        codes = entry("language", language.id).codes
    except VocabularyError:
        return "en"
    return codes[0] if codes else "en"


def _schemas(profiles: list[Concept]) -> list[ShaclValidator2017]:
    from edc_microcred.shapes import schema_iris

    return [ShaclValidator2017(id=iri) for iri in schema_iris(profile.id or "" for profile in profiles)]
