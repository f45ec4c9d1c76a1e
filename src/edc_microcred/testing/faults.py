"""What can be wrong with a seal certificate, by name, so that a test can ask for exactly one fault.

    authority.seal_certificate(fault="not-a-seal")

Clauses: RFC 5280 4.2; ETSI EN 319 412-5 4.2.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from edc_microcred.trust.extensions import QC_STATEMENTS

Fault = Literal[
    "expired",
    "expired-since",
    "not-yet-valid",
    "self-signed",
    "other-issuer",
    "forged",
    "revoked",
    "suspended",
    "not-a-seal",
    "of-a-person",
    "of-a-ca",
    "for-web-servers",
    "no-organisation-identifier",
    "not-for-signing",
    "no-key-usage",
    "weak",
    "ed25519",
    "damaged",
    "damaged-policies",
    "unknown-critical-extension",
]

_NO_DER: Final = b"\x30\x05\x06"

FAULTS: Final[dict[Fault, str]] = {
    "expired": "expired 20 days ago",
    "expired-since": "expired an hour ago",
    "not-yet-valid": "in force from tomorrow",
    "self-signed": "issued by nobody but itself, with the same names",
    "other-issuer": "issued by a CA that nobody knows",
    "forged": "names the issuing CA and its key, and was signed with another",
    "revoked": "revoked an hour ago, its key compromised",
    "suspended": "on hold since an hour ago",
    "not-a-seal": "says nothing of seals (no QcStatements)",
    "of-a-person": "for signatures of a person (QcType esign)",
    "of-a-ca": "for issuing other certificates too (basicConstraints)",
    "for-web-servers": "extendedKeyUsage serverAuth and clientAuth only",
    "no-organisation-identifier": "without 2.5.4.97",
    "not-for-signing": "keyUsage keyEncipherment only",
    "no-key-usage": "without keyUsage",
    "weak": "an RSA key of 1024 bits",
    "ed25519": "a key that no seal can be made with",
    "damaged": "QcStatements that are no DER",
    "damaged-policies": "certificate policies that are no DER",
    "unknown-critical-extension": "a critical extension that nobody knows",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What a certificate is to say, before it is made."""

    organisation_identifier: str | None
    key_type: str
    not_before: datetime
    not_after: datetime
    qc_types: tuple[str, ...]
    key_usage: tuple[str, ...] | None
    policies: x509.ExtensionType
    extensions: tuple[tuple[x509.ExtensionType, bool], ...]


def made_wrong(wanted: Certificate, fault: Fault, now: datetime) -> Certificate:
    """`wanted` with one thing wrong. Faults of the issuer or of revocation change nothing here."""
    match fault:
        case "expired":
            return replace(wanted, not_after=now - timedelta(days=20))
        case "expired-since":
            return replace(wanted, not_after=now - timedelta(hours=1))
        case "not-yet-valid":
            return replace(wanted, not_before=now + timedelta(days=1))
        case "not-a-seal":
            return replace(wanted, qc_types=())
        case "of-a-person":
            return replace(wanted, qc_types=("esign",))
        case "of-a-ca":
            extended = (*wanted.extensions, (x509.BasicConstraints(ca=True, path_length=0), True))
            return replace(wanted, extensions=extended)
        case "for-web-servers":
            purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])
            return replace(wanted, extensions=(*wanted.extensions, (purposes, False)))
        case "no-organisation-identifier":
            return replace(wanted, organisation_identifier=None)
        case "not-for-signing":
            return replace(wanted, key_usage=("keyEncipherment",))
        case "no-key-usage":
            return replace(wanted, key_usage=None)
        case "weak":
            return replace(wanted, key_type="rsa-1024")
        case "ed25519":
            return replace(wanted, key_type="ed25519")
        case "damaged":
            return replace(_with(wanted, QC_STATEMENTS, _NO_DER, critical=False), qc_types=())
        case "damaged-policies":
            return replace(wanted, policies=_raw("2.5.29.32", _NO_DER))
        case "unknown-critical-extension":
            return _with(wanted, "1.3.6.1.4.1.55555.1", b"\x05\x00", critical=True)
        case _:
            return wanted


def _with(wanted: Certificate, oid: str, value: bytes, *, critical: bool) -> Certificate:
    return replace(wanted, extensions=(*wanted.extensions, (_raw(oid, value), critical)))


def _raw(oid: str, value: bytes) -> x509.UnrecognizedExtension:
    return x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), value)
