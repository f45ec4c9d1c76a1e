"""The check that the issuer whom the credential names is the organisation whose certificate sealed it.

The Commission's issuer writes the certificate's data into `issuer` before it seals, and nobody compares them later: a
credential that says “University of Belgrade” under somebody else's seal would pass. The official identifier decides
(2.5.4.97 in the certificate, `eIDASIdentifier` in the credential); without it on both sides, the name must agree.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from edc_microcred.elm import EuropeanDigitalCredential, Organisation
from edc_microcred.errors import VocabularyError
from edc_microcred.findings import Check, Finding, Rule, Severity
from edc_microcred.trust import CertificateFacts
from edc_microcred.vocabularies import entry
from edc_microcred.vocabularies.folding import fold

_SOURCE: Final = "ELM 3.2, IssuerNodeShape; ETSI EN 319 412-3, 4.2.1"

ISSUER_MISSING: Final = Rule(
    id="edc/issuer-missing", severity=Severity.ERROR, since="0.1", source=_SOURCE,
    title="No issuer is named",
    message="The credential names no organisation as its issuer.",
    why="There is nobody to compare the seal with.",
    fix="The issuer's software writes `issuer` when it seals; ask for the file again.",
    wrong={"issuer": None},
    right={"issuer": {"type": "Organisation", "eIDASIdentifier": {"type": "LegalIdentifier", "notation": "VATRS-1"}}},
)  # fmt: skip
IDENTIFIER_DIFFERS: Final = Rule(
    id="edc/issuer-identifier-differs", severity=Severity.ERROR, since="0.1", source=_SOURCE,
    title="The issuer is not who sealed",
    message="The credential names the issuer {said}, and the seal is that of {sealed}.",
    why="Somebody else's seal says nothing for the issuer who is named.",
    fix="Do not rely on it before the issuer who is named has confirmed it.",
    wrong={"issuer": {"type": "Organisation", "eIDASIdentifier": {"type": "LegalIdentifier", "notation": "VATRS-2"}}},
    right={"issuer": {"type": "Organisation", "eIDASIdentifier": {"type": "LegalIdentifier", "notation": "VATRS-1"}}},
)  # fmt: skip
NAME_DIFFERS: Final = Rule(
    id="edc/issuer-name-differs", severity=Severity.ERROR, since="0.1", source=_SOURCE,
    title="The issuer's name is not that of the sealing organisation",
    message="The credential names the issuer “{said}”, and the seal is that of “{sealed}”.",
    why="Readers see the name in the credential. Where the official identifiers agree this is a warning: organisations "
        "have names in several languages.",
    fix="Compare the two names; ask the issuer when they are not the same organisation.",
    wrong={"issuer": {"type": "Organisation", "legalName": {"en": "Another University"}}},
    right={"issuer": {"type": "Organisation", "legalName": {"en": "Example University"}}},
)  # fmt: skip
NAME_UNCONFIRMED: Final = Rule(
    id="edc/issuer-name-unconfirmed", severity=Severity.ERROR, indeterminate=True, since="0.1", source=_SOURCE,
    title="A name of the issuer is not confirmed by the seal",
    message="The credential also calls the issuer “{said}”; the seal is that of “{sealed}”.",
    why="Software shows the name in the reader's language. Where no official identifier agrees, a second name may be "
        "that of somebody else; where it does, this is a warning.",
    fix="Ask whether both are names of one organisation.",
    wrong={"issuer": {"type": "Organisation", "legalName": {"en": "Another University", "de": "Example University"}}},
    right={"issuer": {"type": "Organisation", "legalName": {"en": "Example University", "de": "EXAMPLE UNIVERSITY"}}},
)  # fmt: skip
COUNTRY_DIFFERS: Final = Rule(
    id="edc/issuer-country-differs", severity=Severity.ERROR, since="0.1", source=_SOURCE,
    title="The issuer's country is not that of the sealing organisation",
    message="The credential gives the issuer's country as {said}, and the seal certificate says {sealed}.",
    why="An identifier counts only in its country: the same number can belong to two organisations in two countries.",
    fix="Do not rely on it before the issuer who is named has confirmed it.",
    wrong={"issuer": {"type": "Organisation", "eIDASIdentifier": {
        "type": "LegalIdentifier", "notation": "VATRS-1",
        "spatial": {"type": "Concept", "id": "http://publications.europa.eu/resource/authority/country/AUT"}}}},
    right={"issuer": {"type": "Organisation", "eIDASIdentifier": {
        "type": "LegalIdentifier", "notation": "VATRS-1",
        "spatial": {"type": "Concept", "id": "http://publications.europa.eu/resource/authority/country/SRB"}}}},
)  # fmt: skip
IDENTIFIER_BARE: Final = Rule(
    id="edc/issuer-identifier-bare", severity=Severity.WARNING, since="0.1", source=_SOURCE,
    title="The issuer's identifier is written without its scheme",
    message="The credential gives the issuer's identifier as {said}; in the seal certificate it is {sealed}.",
    why="Without scheme and country in front (VATRS-…) the same number can belong to somebody else.",
    fix="Write the identifier as the certificate has it. The Commission's issuer does.",
    wrong={"issuer": {"type": "Organisation", "legalName": {"en": "Example University"},
                      "eIDASIdentifier": {"type": "LegalIdentifier", "notation": "1"}}},
    right={"issuer": {"type": "Organisation", "eIDASIdentifier": {"type": "LegalIdentifier", "notation": "VATRS-1"}}},
)  # fmt: skip
NOT_COMPARABLE: Final = Rule(
    id="edc/issuer-not-comparable", severity=Severity.ERROR, indeterminate=True, since="0.1", source=_SOURCE,
    title="The issuer cannot be compared with the seal",
    message="Neither an official identifier nor a name stands on both sides: {reason}.",
    why="Whether the issuer sealed it himself is then not known.",
    fix="Ask the issuer.",
    wrong={"issuer": {"type": "Organisation"}},
    right={"issuer": {"type": "Organisation", "legalName": {"en": "Example University"}}},
)  # fmt: skip

RULES: Final = (
    ISSUER_MISSING, IDENTIFIER_DIFFERS, IDENTIFIER_BARE, NAME_DIFFERS, NAME_UNCONFIRMED, COUNTRY_DIFFERS,
    NOT_COMPARABLE,
)  # fmt: skip


def check_issuer_of(
    credential: EuropeanDigitalCredential, facts: CertificateFacts, awarding: Iterable[Finding] = ()
) -> Check:
    """The check called *issuer*: the credential's `issuer` against the sealer's certificate.

    `awarding` are the findings about who is said to award.
    """
    findings = (*_findings(credential, facts), *awarding)
    return Check.of("issuer", findings, message="The issuer named is the organisation that sealed.")


def _findings(credential: EuropeanDigitalCredential, facts: CertificateFacts) -> Iterator[Finding]:
    issuer = credential.issuer
    if not isinstance(issuer, Organisation):
        yield ISSUER_MISSING.found("/issuer" if issuer is not None else "")
        return
    stated = issuer.eidas_identifier.notation if issuer.eidas_identifier is not None else None
    sealed = facts.organisation_identifier
    same_identifier: bool | None = None
    if stated and sealed:
        same_identifier = _folded(stated) == _folded(sealed)
        if not same_identifier and _folded(stated) == _folded(sealed.partition("-")[2]):
            same_identifier = None  # the number alone proves nothing: the name must agree
            yield IDENTIFIER_BARE.found("/issuer/eIDASIdentifier/notation", said=stated, sealed=sealed)
        elif not same_identifier:
            yield IDENTIFIER_DIFFERS.found("/issuer/eIDASIdentifier/notation", said=stated, sealed=sealed)
    legal_name = issuer.legal_name
    names = [] if legal_name is None else [text for tag in legal_name for text in legal_name.texts(tag)]
    if names and facts.organisation:
        sealing = fold(facts.organisation)  # certificates often drop accents
        others = [name for name in names if not sealing or fold(name) != sealing]
        if others:
            rule = NAME_DIFFERS if len(others) == len(names) else NAME_UNCONFIRMED
            weighs = Severity.WARNING if same_identifier else Severity.ERROR
            yield rule.found("/issuer/legalName", severity=weighs, said=others[0], sealed=facts.organisation)
    elif same_identifier is None:
        yield NOT_COMPARABLE.found("/issuer", reason=_missing(bool(names), bool(stated), facts))
    yield from _country(issuer, facts)


def _country(issuer: Organisation, facts: CertificateFacts) -> Iterator[Finding]:
    spatial = issuer.eidas_identifier.spatial if issuer.eidas_identifier is not None else None
    if spatial is None or spatial.id is None or facts.country is None:
        return
    try:
        sealed = entry("country", facts.country).uri
    except VocabularyError:  # a country code that the EU list does not have: nothing to compare with
        return
    if spatial.id != sealed:
        yield COUNTRY_DIFFERS.found(
            "/issuer/eIDASIdentifier/spatial", said=spatial.id.rpartition("/")[2], sealed=facts.country
        )


def _missing(named: bool, stated: bool, facts: CertificateFacts) -> str:
    parts = []
    if not stated and not named:
        parts.append("the credential gives neither")
    if not facts.organisation_identifier and not facts.organisation:
        parts.append("the certificate gives neither")
    return " and ".join(parts) or "each side gives what the other lacks"


def _folded(identifier: str) -> str:
    return "".join(identifier.split()).casefold()
