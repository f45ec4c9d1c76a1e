"""What CRLs and OCSP responses say of one certificate, and why some of them do not count. Nothing is fetched.

A CRL must be complete and signed by the issuer itself: indirect and delta CRLs, and those that leave reasons out, are
set aside. An OCSP response is signed by the issuer, or by a responder whose certificate it carries and whom the issuer
appointed. A nonce is not asked for: it ties a response to a question that somebody else asked; how old an answer may be
is said by its dates. The caller has proven that the issuer is one: the path to the anchor is not asked for here.

Clauses: RFC 5280 5 and 6.3; RFC 6960 3.2, 4.2.2.
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

from edc_microcred.trust.authorities import issued_by
from edc_microcred.trust.extensions import OCSP_SIGNING, UNREADABLE, Extensions, read_extensions
from edc_microcred.trust.policy import FRESH_WITHOUT_NEXT_UPDATE, TrustPolicy

_WEAK_DIGESTS: Final = ("md5", "sha1")
_LEAST_RSA: Final = 2048
_LEAST_EC: Final = 256
"""The least bits of a key that counts (ETSI TS 119 312)."""
_KNOWN_CRL_EXTENSIONS: Final = (x509.IssuingDistributionPoint, x509.AuthorityKeyIdentifier, x509.CRLNumber)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one CRL or OCSP response says of one certificate; `set_aside` is the reason where it does not count."""

    source: str
    this_update: datetime
    current_until: datetime
    revoked_at: datetime | None = None
    reason: str = ""
    set_aside: str = ""


def _untimely(certificate: x509.Certificate, this_update: datetime) -> str:
    """Why an answer of that time says nothing of the certificate; empty when it does."""
    if this_update < certificate.not_valid_before_utc:
        return "it is older than the certificate"
    if this_update > certificate.not_valid_after_utc:
        return "it was made after the certificate had expired"
    return ""


def crl_answers(certificate: x509.Certificate, issuer: x509.Certificate, policy: TrustPolicy) -> Iterator[Answer]:
    """What each CRL of the policy that bears the issuer's name says of the certificate."""
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
        yield Answer(
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


def ocsp_answers(
    certificate: x509.Certificate, issuer: x509.Certificate, policy: TrustPolicy, *, now: datetime, latest: datetime
) -> Iterator[Answer]:
    """What each OCSP response of the policy that speaks of the certificate says.

    What clears a responder must be current at `now`, and nothing counts that is dated after `latest`.
    """
    for response, single in policy.answers_by_serial.get(certificate.serial_number, []):
        if not _speaks_of_issuer(single, issuer):
            continue
        this_update = single.this_update_utc
        until = single.next_update_utc or this_update + FRESH_WITHOUT_NEXT_UPDATE
        set_aside = _responder_fault(response, issuer, policy, now=now, latest=latest)
        revoked = single.certificate_status is ocsp.OCSPCertStatus.REVOKED and not set_aside
        if single.certificate_status is ocsp.OCSPCertStatus.UNKNOWN:
            set_aside = set_aside or "it says that the certificate is unknown"
        elif not revoked:
            set_aside = set_aside or _untimely(certificate, this_update)
        yield Answer(
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


def _responder_fault(
    response: ocsp.OCSPResponse, issuer: x509.Certificate, policy: TrustPolicy, *, now: datetime, latest: datetime
) -> str:
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
            known = [a for a in crl_answers(responder, issuer, policy) if not a.set_aside]
            current = any(a.this_update <= latest and now <= a.current_until for a in known)
            if not current or any(a.revoked_at for a in known):
                return "nothing says that its responder's certificate was not revoked"
        return ""
    return "its signature was made neither by the issuer nor by a responder whose certificate it carries"


def _signed_by(response: ocsp.OCSPResponse, signer: x509.Certificate) -> bool:
    try:
        key, digest = signer.public_key(), response.signature_hash_algorithm
        if digest is None or digest.name in _WEAK_DIGESTS or not _is_responder(response, signer):
            return False
        if isinstance(key, rsa.RSAPublicKey):
            if response.signature_algorithm_oid == SignatureAlgorithmOID.RSASSA_PSS or key.key_size < _LEAST_RSA:
                return False
            key.verify(response.signature, response.tbs_response_bytes, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and key.key_size >= _LEAST_EC:
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
