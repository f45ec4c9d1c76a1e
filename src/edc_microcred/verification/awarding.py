"""Who awards what the credential states, beside who sealed it: the seal confirms the one and says nothing of the other.

Anybody with a trusted seal can write a university's name under “awarded by”. The Commission's issuer lets others seal
with a mandate, which is evidence in the credential and the sealer's own word.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.json_text import pointer
from edc_microcred.trust import CertificateFacts
from edc_microcred.vocabularies.folding import fold

MANDATE: Final = "http://data.europa.eu/snb/evidence-type/c_18016257"
"""The type of evidence that says in whose name the credential was sealed."""

AWARDED_BY_ANOTHER: Final = Rule(
    id="edc/awarded-by-another", severity=Severity.WARNING, since="0.1",
    source="EDC application profile issued-by-mandate 1.2.0; ELM 3.2, awardingBody",
    title="Awarded by one organisation, sealed by another",
    message="“{sealed}” sealed what is said to be awarded by {bodies}{mandate}.",
    why="The seal is the sealer's word alone. Whether the awarding body knows of it does not follow from the seal.",
    fix="If you do not know that the one seals for the other, ask the awarding body.",
    wrong={"credentialSubject": {"type": "Person", "hasClaim": {"type": "LearningAchievement", "awardedBy": {
        "type": "AwardingProcess",
        "awardingBody": {"type": "Organisation", "legalName": {"en": "Another University"}}}}}},
    right={"credentialSubject": {"type": "Person", "hasClaim": {"type": "LearningAchievement", "awardedBy": {
        "type": "AwardingProcess",
        "awardingBody": {"type": "Organisation", "legalName": {"en": "Example University"}}}}}},
)  # fmt: skip

NAMED_OTHERWISE: Final = Rule(
    id="edc/awarding-body-named-otherwise", severity=Severity.WARNING, since="0.1",
    source="ETSI EN 319 412-1, 5.1.4: the identifier names the organisation",
    title="The awarding body has the sealer's identifier and another name",
    message="“{sealed}” sealed; the awarding body has its identifier and is called {bodies}.",
    why="The identifier says that they are one organisation. The name that readers see is not the one that was vouched "
        "for.",
    fix="Write the name as the certificate has it, or seal with a certificate that has the body's name.",
    wrong={"credentialSubject": {"type": "Person", "hasClaim": {"type": "LearningAchievement", "awardedBy": {
        "type": "AwardingProcess", "awardingBody": {
            "type": "Organisation", "legalName": {"en": "Another University"},
            "eIDASIdentifier": {"type": "LegalIdentifier", "notation": "VATRS-1"}}}}}},
    right={"credentialSubject": {"type": "Person", "hasClaim": {"type": "LearningAchievement", "awardedBy": {
        "type": "AwardingProcess", "awardingBody": {
            "type": "Organisation", "legalName": {"en": "Example University"},
            "eIDASIdentifier": {"type": "LegalIdentifier", "notation": "VATRS-1"}}}}}},
)  # fmt: skip

RULES: Final = (AWARDED_BY_ANOTHER, NAMED_OTHERWISE)

_MOST_SHOWN: Final = 3


def findings_of_awarding(members: Mapping[str, Any], facts: CertificateFacts) -> Iterator[Finding]:
    """One finding for the first claim that no body awards which is the sealing organisation, with all their bodies.

    The same identifier makes a body that organisation, as it does for issuing; another name beside it is a finding of
    its own. `members` are those of the credential. With a mandate in its evidence the first finding is a mere note.
    """
    issuer = members.get("issuer")
    strangers: dict[str, None] = {}
    renamed: dict[str, str] = {}
    place = ""
    for index, claim in enumerate(_list(_member(members.get("credentialSubject"), "hasClaim"))):
        bodies = _list(_member(_member(claim, "awardedBy"), "awardingBody"))
        if not bodies or any(_is_sealer(body, issuer, facts) for body in bodies):
            continue
        at = pointer("credentialSubject", "hasClaim", index, "awardedBy", "awardingBody")
        if identified := [body for body in bodies if _has_its_identifier(body, facts)]:
            for body in identified:
                renamed.setdefault(_names(body)[0], at)
            continue
        place = place or at
        strangers |= dict.fromkeys(name for body in bodies for name in _names(body)[:1])
    if renamed:
        names = [f"“{name}”" for name in list(renamed)[:_MOST_SHOWN]]
        yield NAMED_OTHERWISE.found(
            next(iter(renamed.values())), sealed=facts.organisation or facts.name, bodies=" and ".join(names)
        )
    if place:
        shown = " and ".join(f"“{name}”" for name in list(strangers)[:_MOST_SHOWN]) or "somebody without a name"
        mandated = any(_member(_member(one, "dcType"), "id") == MANDATE for one in _list(members.get("evidence")))
        yield AWARDED_BY_ANOTHER.found(
            place,
            severity=Severity.INFO if mandated else None,
            sealed=facts.organisation or facts.name,
            bodies=shown,
            mandate="; it says that it was mandated to, which was not checked" if mandated else "",
        )


def _is_sealer(body: Any, issuer: Any, facts: CertificateFacts) -> bool:
    """Whether an awarding body is the organisation that sealed.

    Its names are compared with the certificate's and with those of the issuer, who is compared with the certificate
    elsewhere: beside the right identifier one of them must agree (else it is the sealer under another name), without
    one all. A bare id is the issuer's or a stranger's.
    """
    if not isinstance(body, dict) or body.keys() <= {"id", "type"}:
        identifier = body.get("id") if isinstance(body, dict) else body
        return isinstance(identifier, str) and identifier == _member(issuer, "id")
    names = {fold(name) for name in _names(body)}
    known = {fold(name) for name in (facts.organisation or "", *_names(issuer))} - {""}
    notation = _member(body.get("eIDASIdentifier"), "notation")
    if isinstance(notation, str) and facts.organisation_identifier:
        return _has_its_identifier(body, facts) and bool(not names or names & known)
    return bool(names) and names <= known


def _has_its_identifier(body: Any, facts: CertificateFacts) -> bool:
    notation = _member(_member(body, "eIDASIdentifier"), "notation")
    identifier = facts.organisation_identifier
    return isinstance(notation, str) and identifier is not None and _folded(notation) == _folded(identifier)


def _names(body: Any) -> list[str]:
    texts = _member(body, "legalName")
    values = texts.values() if isinstance(texts, dict) else ()
    return [text for value in values for text in _list(value) if isinstance(text, str)]


def _member(value: Any, name: str) -> Any:
    """The member of an object, or of the only object in a list; None when there is none."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value.get(name) if isinstance(value, dict) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _folded(identifier: str) -> str:
    return "".join(identifier.split()).casefold()
