"""How a header names the sealer's certificate: by digest (`x5t#S256`, `x5t#o`, `sigX5ts`) and by issuer and serial.

The digest is what binds the certificate to the seal: without it an attacker may exchange the certificate for another
one over the same key. `kid` is a hint only; DSS writes the issuer's name and the serial number into it, and so do we.

    >>> CertificateReference("x5t#S256", "SHA-256", b"too short").matches(b"any certificate")
    False

Clauses: ETSI TS 119 182-1 V1.2.1, 5.1.4 `kid`, 5.1.7 `x5t#S256`, 5.2.2.2 `x5t#o`, 5.2.2.3 `sigX5ts`; RFC 5035, 5.1.1.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography import x509

from edc_microcred.seals import base64url

MEMBERS: Final = ("x5t#S256", "x5t#o", "sigX5ts")
"""The protected header members that refer to the certificate; a seal has exactly one of them."""

_VERSION: Final = 0xA0

DIGEST_IDS: Final = {
    "S256": "SHA-256",
    "S384": "SHA-384",
    "S512": "SHA-512",
    "S3-256": "SHA3-256",
    "S3-384": "SHA3-384",
    "S3-512": "SHA3-512",
}
"""The digest identifiers of `x5t#o`, with the digests' own names."""

_DIGESTERS: Final = {
    "SHA-256": hashlib.sha256,
    "SHA-384": hashlib.sha384,
    "SHA-512": hashlib.sha512,
    "SHA3-256": hashlib.sha3_256,
    "SHA3-384": hashlib.sha3_384,
    "SHA3-512": hashlib.sha3_512,
}


@dataclass(frozen=True, slots=True)
class CertificateReference:
    """One digest over a certificate. `digest` is None where the header names one that we do not know."""

    member: str
    digest: str | None
    value: bytes

    def matches(self, certificate: bytes) -> bool:
        """Whether the DER of a certificate has this digest."""
        if self.digest is None:
            return False
        return hmac.compare_digest(_DIGESTERS[self.digest](certificate).digest(), self.value)


def read_references(members: Mapping[str, Any]) -> tuple[CertificateReference, ...]:
    """All certificate references of a header; an unreadable one matches nothing. Of `sigX5ts` the first counts."""
    found = []
    if "x5t#S256" in members:
        value = members["x5t#S256"]
        data = base64url.decode_leniently(value) if isinstance(value, str) else None
        found.append(CertificateReference("x5t#S256", "SHA-256", data or b""))
    if "x5t#o" in members:
        found.append(_read_other("x5t#o", members["x5t#o"]))
    if "sigX5ts" in members:
        value = members["sigX5ts"]
        found.append(_read_other("sigX5ts", value[0] if isinstance(value, list) and value else None))
    return tuple(found)


def _read_other(member: str, value: object) -> CertificateReference:
    if (
        not isinstance(value, dict)
        or not isinstance(value.get("digVal"), str)
        or not isinstance(value.get("digAlg"), str)
    ):
        return CertificateReference(member, None, b"")
    digest = DIGEST_IDS.get(value["digAlg"])
    return CertificateReference(member, digest, base64url.decode_leniently(value["digVal"]) or b"")


def thumbprint(certificate: bytes) -> str:
    """`x5t#S256` of the DER of a certificate."""
    return base64url.encode(hashlib.sha256(certificate).digest())


def key_identifier(certificate: x509.Certificate) -> str:
    """`kid` as DSS writes it: standard base64 of the DER of IssuerSerial, the issuer as a directory name."""
    return base64.b64encode(_issuer_serial(certificate)).decode("ascii")


def contradicts(kid: str, certificate: x509.Certificate) -> bool:
    """Whether `kid` is an IssuerSerial of another certificate. Any other text is free and says nothing."""
    named = base64url.decode_leniently(kid)
    return named is not None and _is_issuer_serial(named) and named != _issuer_serial(certificate)


def _issuer_serial(certificate: x509.Certificate) -> bytes:
    """IssuerSerial out of the certificate's own octets, so that not even another string type makes a difference."""
    parts = _parts(_content(certificate.tbs_certificate_bytes))
    serial, _, issuer = parts[1:4] if parts[0][0] == _VERSION else parts[:3]
    return _tlv(0x30, _tlv(0x30, _tlv(0xA4, issuer)) + serial)


def _parts(content: bytes) -> list[bytes]:
    """The DER values that follow one another in `content`, which is known to be DER."""
    parts = []
    while content:
        whole = sum(_head_and_size(content))
        parts.append(content[:whole])
        content = content[whole:]
    return parts


def _head_and_size(der: bytes) -> tuple[int, int]:
    """How many octets tag and length of the first value of `der` take, and how many its content."""
    if der[1] < 0x80:
        return 2, der[1]
    head = 2 + (der[1] & 0x7F)
    return head, int.from_bytes(der[2:head], "big")


def _content(der: bytes) -> bytes:
    head, size = _head_and_size(der)
    return der[head : head + size]


def _tlv(tag: int, content: bytes) -> bytes:
    """One DER value: tag, length, content."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def _is_issuer_serial(der: bytes) -> bool:
    """Whether `der` is one whole sequence whose content begins with another one."""
    if len(der) < 4 or der[0] != 0x30:
        return False
    head, _ = _head_and_size(der)
    return der[head : head + 1] == b"\x30" and der == _tlv(0x30, der[head:])
