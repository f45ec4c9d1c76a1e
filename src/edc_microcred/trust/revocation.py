"""Whether a certificate was revoked, by the CRLs and OCSP responses that the caller handed over. Nothing is fetched.

An answer counts when it is of the very issuer, its signature holds, it speaks of this certificate, and it is current:
`thisUpdate` within the life of the certificate, `nextUpdate` not passed. An answer later than the moment of judgement
is better than an earlier one and counts as well. A revocation counts even in an answer that is out of date. What was
set aside is said, with the reason.

A CRL must be complete and signed by the issuer itself: indirect and delta CRLs, and those that leave reasons out, are
set aside. The caller has proven that the issuer is one: the path to the anchor is not asked for here.

Clauses: RFC 5280 5 and 6.3; RFC 6960 3.2, 4.2.2; ETSI EN 319 102-1 5.2.6 and 5.2.5 (revocation freshness).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import SignatureAlgorithmOID

from edc_microcred.findings import Finding, Outcome, Rule, Severity
from edc_microcred.trust.authorities import issued_by
from edc_microcred.trust.extensions import OCSP_SIGNING, UNREADABLE, Extensions, read_extensions
from edc_microcred.trust.policy import FRESH_WITHOUT_NEXT_UPDATE, TrustPolicy

_WEAK_DIGESTS: Final = ("md5", "sha1")
_HOLD: Final = "certificate hold"
_KNOWN_CRL_EXTENSIONS: Final = (x509.IssuingDistributionPoint, x509.AuthorityKeyIdentifier, x509.CRLNumber)

REVOKED = Rule(
    id="trust/certificate-revoked",
    severity=Severity.ERROR,
    title="A certificate was revoked",
    message="“{name}” was revoked on {when} ({reason}), says the {source}. Without a time-stamp nothing proves that "
    "the seal is older.",
    why="Its issuer withdrew it; whoever holds the key now may not be the organisation any more, and the time that a "
    "seal states is only its maker's word.",
    fix="Have the credential sealed again with a certificate in force.",
    source="RFC 5280 6.3; ETSI EN 319 102-1 5.2.6.4",
    since="0.1",
    wrong={"certificate": "revoked"},
    right={"certificate": "good"},
)

SUSPENDED = Rule(
    id="trust/certificate-suspended",
    severity=Severity.ERROR,
    title="A certificate is suspended",
    message="“{name}” is on hold since {when}, says the {source}.",
    why="A hold can be lifted or become a revocation; until then nobody can tell.",
    fix="Verify again with a later CRL or OCSP response.",
    source="RFC 5280 5.3.1 (certificateHold)",
    since="0.1",
    wrong={"certificate": "suspended"},
    right={"certificate": "good"},
    indeterminate=True,
)

REVOCATION_MISSING = Rule(
    id="trust/revocation-missing",
    severity=Severity.ERROR,
    title="Nothing says whether a certificate was revoked",
    message="Nothing says whether “{name}” was revoked: of {crls} CRLs and {answers} OCSP answers none of its issuer "
    "could be used.",
    why="A certificate that was stolen is revoked, and only a CRL or an OCSP response of its issuer tells.",
    fix="Hand over the issuer's current CRL (`--crl`, or *.crl in the trust folder) or an OCSP response.",
    source="RFC 5280 6.3; ETSI EN 319 102-1 5.2.6.4",
    since="0.1",
    wrong={"certificate": "good", "crl": "none"},
    right={"certificate": "good", "crl": "current"},
    indeterminate=True,
)

REVOCATION_STALE = Rule(
    id="trust/revocation-stale",
    severity=Severity.ERROR,
    title="What says that a certificate was not revoked is out of date",
    message="The {source} that covers “{name}” was current until {until}.",
    why="A revocation since then would not show in it.",
    fix="Hand over the CRL or OCSP response that the issuer publishes now.",
    source="RFC 5280 6.3.3 (a); ETSI EN 319 102-1 5.2.5",
    since="0.1",
    wrong={"certificate": "good", "crl": "stale"},
    right={"certificate": "good", "crl": "current"},
    indeterminate=True,
)

REVOCATION_NOT_USED = Rule(
    id="trust/revocation-not-used",
    severity=Severity.WARNING,
    title="A CRL or OCSP response was set aside",
    message="The {source} of {when} was not used for “{name}”: {reason}.",
    why="It bears the issuer's name, yet cannot be relied upon.",
    fix="Get it again from the issuer, whole and unchanged.",
    source="RFC 5280 6.3.3; RFC 6960 3.2",
    since="0.1",
    wrong={"certificate": "good", "crl": "current and forged"},
    right={"certificate": "good", "crl": "current"},
)

REVOCATION_NOT_CHECKED = Rule(
    id="trust/revocation-not-checked",
    severity=Severity.WARNING,
    title="Revocation was not looked at",
    message="Whether “{name}” was revoked was not looked at, because the caller's policy says so.",
    why="A seal made with a stolen and revoked key would pass.",
    fix='Leave the policy at revocation="require" and hand over a CRL or OCSP response.',
    source="ETSI EN 319 102-1 5.2.6.4",
    since="0.1",
    wrong={"certificate": "good", "revocation": "none"},
    right={"certificate": "good", "revocation": "require"},
)

RULES: Final = (
    REVOKED,
    SUSPENDED,
    REVOCATION_MISSING,
    REVOCATION_STALE,
    REVOCATION_NOT_USED,
    REVOCATION_NOT_CHECKED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What one CRL or OCSP response says of one certificate; `set_aside` is the reason where it does not count."""

    source: str
    this_update: datetime
    current_until: datetime
    revoked_at: datetime | None = None
    reason: str = ""
    set_aside: str = ""


def check_revocation(
    certificate: x509.Certificate, name: str, issuer: x509.Certificate, policy: TrustPolicy, now: datetime
) -> tuple[Outcome, list[Finding]]:
    """What the policy's revocation data says of `certificate` (called `name` in messages), judged at `now`.

    `issuer` must be its issuer, proven by signature and path. The outcome is *valid* when it is known not to be
    revoked, or when the policy does not ask for more. Of a certificate that is not in force at `now` nothing is said
    but a revocation: what covers it no longer is its least fault, and the outcome is *indeterminate*.
    """
    if policy.revocation == "none":
        return Outcome.VALID, [REVOCATION_NOT_CHECKED.found(name=name)]
    answers = [*_crl_answers(certificate, issuer, policy), *_ocsp_answers(certificate, issuer, policy)]
    used = sorted((a for a in answers if not a.set_aside), key=lambda a: (a.this_update, a.revoked_at is not None))
    findings = [
        REVOCATION_NOT_USED.found(name=name, source=a.source, when=_date(a.this_update), reason=a.set_aside)
        for a in answers
        if a.set_aside
    ]
    for answer in used:
        if answer.revoked_at and answer.reason != _HOLD:
            when = _date(answer.revoked_at)
            findings.append(REVOKED.found(name=name, when=when, reason=answer.reason, source=answer.source))
            return Outcome.INVALID, findings
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        return Outcome.INDETERMINATE, []
    findings += _check_answers(used, name, policy, now)
    return Outcome.worst([Outcome.VALID, *(f.outcome for f in findings)]), findings


def _check_answers(used: list[_Answer], name: str, policy: TrustPolicy, now: datetime) -> Iterator[Finding]:
    """What is wanting in the answers that count, the latest last; none of them says that it was revoked for good."""
    weighs = Severity.ERROR if policy.revocation == "require" else Severity.WARNING
    if not used:
        answers = sum(map(len, policy.answers_by_serial.values()))
        yield REVOCATION_MISSING.found(severity=weighs, name=name, crls=len(policy.crls), answers=answers)
        return
    latest = used[-1]
    if latest.revoked_at:
        yield SUSPENDED.found(name=name, when=_date(latest.revoked_at), source=latest.source)
    until = max(answer.current_until for answer in used)
    if until < now:
        yield REVOCATION_STALE.found(severity=weighs, name=name, source=latest.source, until=_date(until))


def _date(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _untimely(certificate: x509.Certificate, this_update: datetime) -> str:
    """Why an answer of that time says nothing of the certificate; empty when it does."""
    if this_update < certificate.not_valid_before_utc:
        return "it is older than the certificate"
    if this_update > certificate.not_valid_after_utc:
        return "it was made after the certificate had expired"
    return ""


def _crl_answers(certificate: x509.Certificate, issuer: x509.Certificate, policy: TrustPolicy) -> Iterator[_Answer]:
    of_issuer = policy.crls_by_issuer.get(issuer.subject, [])
    if not of_issuer:
        return
    extensions = read_extensions(certificate)
    for crl in of_issuer:
        this_update = crl.last_update_utc
        until = crl.next_update_utc or this_update + FRESH_WITHOUT_NEXT_UPDATE
        set_aside = _crl_signature_fault(crl, issuer, policy) or _crl_scope_fault(crl, extensions)
        entry = None if set_aside else crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
        if entry is None and not set_aside:
            set_aside = _crl_use_fault(issuer) or _untimely(certificate, this_update)
        yield _Answer(
            source="CRL",
            this_update=this_update,
            current_until=until,
            revoked_at=entry.revocation_date_utc if entry else None,
            reason=_entry_reason(entry) if entry else "",
            set_aside=set_aside,
        )


def _crl_signature_fault(crl: x509.CertificateRevocationList, issuer: x509.Certificate, policy: TrustPolicy) -> str:
    # Kept, because the digest of a list of 50 MB costs more than all the rest. The list lives as long as the policy,
    # and so does its id.
    key = ("CRL signature", id(crl), issuer)
    fault: str | None = policy.results.get(key)
    if fault is None:
        fault = _fault_of_crl_signature(crl, issuer)
        policy.results.put(key, fault)
    return fault


def _crl_use_fault(issuer: x509.Certificate) -> str:
    """Why the issuer's CRLs clear nobody; a revocation in them counts all the same, for its key made them."""
    key_usage = read_extensions(issuer).key_usage
    return "" if key_usage is None or "cRLSign" in key_usage else "its issuer's certificate does not allow signing CRLs"


def _fault_of_crl_signature(crl: x509.CertificateRevocationList, issuer: x509.Certificate) -> str:
    try:
        digest = crl.signature_hash_algorithm
        if digest is None or digest.name in _WEAK_DIGESTS:
            return "its signature uses a digest that no longer counts"
        # The check of cryptography raises TypeError for a key that it does not know.
        good = crl.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]  # any key: refused as TypeError
    except UNREADABLE:
        return "its signature is of an unknown kind"
    return "" if good else "its signature was not made with the issuer's key"


def _crl_scope_fault(crl: x509.CertificateRevocationList, certificate: Extensions) -> str:
    """Why the CRL does not cover the certificate; empty when it does."""
    try:
        extensions = list(crl.extensions)
    except UNREADABLE:
        return "its extensions cannot be read"
    for extension in extensions:
        value = extension.value
        if isinstance(value, x509.DeltaCRLIndicator):
            return "it lists changes only (a delta CRL)"
        if isinstance(value, x509.IssuingDistributionPoint):
            if value.indirect_crl:
                return "it is an indirect CRL"
            if value.only_some_reasons or value.only_contains_attribute_certs or value.relative_name:
                return "it does not cover all reasons and certificates"
            if value.only_contains_ca_certs and not certificate.is_ca:
                return "it covers CA certificates only"
            if value.only_contains_user_certs and certificate.is_ca:
                return "it covers no CA certificates"
            names = {n.value for n in value.full_name or () if isinstance(n, x509.UniformResourceIdentifier)}
            if value.full_name and not names & certificate.crl_addresses:
                return "it is one part of several, and the certificate names another"
        elif extension.critical and not isinstance(value, _KNOWN_CRL_EXTENSIONS):
            return f"it has an unknown critical extension ({extension.oid.dotted_string})"
    return ""


def _entry_reason(entry: x509.RevokedCertificate) -> str:
    try:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except (x509.ExtensionNotFound, *UNREADABLE):
        return "no reason given"
    return _reason_text(reason)


def _reason_text(reason: x509.ReasonFlags | None) -> str:
    return "no reason given" if reason is None else reason.name.replace("_", " ")


def _ocsp_answers(certificate: x509.Certificate, issuer: x509.Certificate, policy: TrustPolicy) -> Iterator[_Answer]:
    for response, single in policy.answers_by_serial.get(certificate.serial_number, []):
        if not _speaks_of_issuer(single, issuer):
            continue
        this_update = single.this_update_utc
        until = single.next_update_utc or this_update + FRESH_WITHOUT_NEXT_UPDATE
        set_aside = _responder_fault(response, issuer, policy)
        revoked = single.certificate_status is ocsp.OCSPCertStatus.REVOKED and not set_aside
        if single.certificate_status is ocsp.OCSPCertStatus.UNKNOWN:
            set_aside = set_aside or "it says that the certificate is unknown"
        elif not revoked:
            set_aside = set_aside or _untimely(certificate, this_update)
        yield _Answer(
            source="OCSP response",
            this_update=this_update,
            current_until=until,
            revoked_at=(single.revocation_time_utc or this_update) if revoked else None,
            reason=_reason_text(single.revocation_reason) if revoked else "",
            set_aside=set_aside,
        )


def _speaks_of_issuer(single: ocsp.OCSPSingleResponse, issuer: x509.Certificate) -> bool:
    """Whether the CertID names this issuer: the digests of its name and of its key."""
    try:
        algorithm = single.hash_algorithm.name
        key_bits = _key_bits(issuer)
    except UNREADABLE:
        return False
    name = hashlib.new(algorithm, issuer.subject.public_bytes(), usedforsecurity=False).digest()
    key = hashlib.new(algorithm, key_bits, usedforsecurity=False).digest()
    return (single.issuer_name_hash, single.issuer_key_hash) == (name, key)


def _key_bits(certificate: x509.Certificate) -> bytes:
    """The bits of the public key, without its algorithm: what key identifiers are digests of."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return key.public_bytes(Encoding.DER, PublicFormat.PKCS1)
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    raise ValueError("a key of another kind")


def _responder_fault(response: ocsp.OCSPResponse, issuer: x509.Certificate, policy: TrustPolicy) -> str:
    """Why the response is not the issuer's or that of a responder it appointed; empty when it is."""
    if _signed_by(response, issuer):
        return ""
    try:
        carried = list(response.certificates)
    except UNREADABLE:
        carried = []
    for responder in carried:
        if not _signed_by(response, responder):
            continue
        extensions = read_extensions(responder)
        if not issued_by(responder, issuer):
            return "its responder was not appointed by the issuer"
        if OCSP_SIGNING not in (extensions.extended_key_usage or ()):
            return "its responder's certificate is not one for OCSP"
        digest = responder.signature_hash_algorithm
        if digest is None or digest.name in _WEAK_DIGESTS:
            return "its responder's certificate is signed with a digest that no longer counts"
        produced = response.produced_at_utc
        if not responder.not_valid_before_utc <= produced <= responder.not_valid_after_utc:
            return "its responder's certificate was not valid when it was made"
        if not extensions.ocsp_no_check:
            known = [a for a in _crl_answers(responder, issuer, policy) if not a.set_aside]
            if not known or any(a.revoked_at for a in known):
                return "nothing says that its responder's certificate was not revoked"
        return ""
    return "its signature was made neither by the issuer nor by a responder whose certificate it carries"


def _signed_by(response: ocsp.OCSPResponse, signer: x509.Certificate) -> bool:
    try:
        key, digest = signer.public_key(), response.signature_hash_algorithm
        if digest is None or digest.name in _WEAK_DIGESTS or not _is_responder(response, signer):
            return False
        if isinstance(key, rsa.RSAPublicKey):
            if response.signature_algorithm_oid == SignatureAlgorithmOID.RSASSA_PSS or key.key_size < 2048:
                return False
            key.verify(response.signature, response.tbs_response_bytes, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(response.signature, response.tbs_response_bytes, ec.ECDSA(digest))
        else:
            return False
    except (InvalidSignature, *UNREADABLE):
        return False
    return True


def _is_responder(response: ocsp.OCSPResponse, signer: x509.Certificate) -> bool:
    """Whether the ResponderID names `signer`: by its subject or by the SHA-1 of its key bits (RFC 6960 4.2.1)."""
    if response.responder_name is not None:
        return response.responder_name == signer.subject
    digest = hashes.Hash(hashes.SHA1())  # noqa: S303 - an identifier that RFC 6960 fixes, no protection
    digest.update(_key_bits(signer))
    return digest.finalize() == response.responder_key_hash
