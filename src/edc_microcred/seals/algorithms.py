"""The signature algorithms of a seal: RSASSA-PKCS1-v1_5, RSASSA-PSS and ECDSA with SHA-2, by their JWA names.

Nothing else is taken: `none` signs nothing, HS* needs no certificate, and EdDSA is in no list that seals are judged by.
An ECDSA signature value is r and s, each as long as the curve, one after the other: not DER.

    >>> ALGORITHMS["ES512"].curve, ALGORITHMS["ES512"].value_size, ALGORITHMS["PS384"].digest
    ('secp521r1', 132, 'SHA-384')
    >>> "none" in ALGORITHMS, "HS256" in ALGORITHMS
    (False, False)

Clauses: RFC 7518, 3.1, 3.3, 3.4, 3.5; ETSI TS 119 182-1 V1.2.1, 5.1.2.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

SMALLEST_RSA: Final = 2048
"""Bits. RFC 7518, 3.3 and 3.5 allow no smaller key."""

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey

_HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    "SHA-256": hashes.SHA256(),
    "SHA-384": hashes.SHA384(),
    "SHA-512": hashes.SHA512(),
}
_DIGESTERS: Final[dict[str, Callable[[bytes], Any]]] = {
    "SHA-256": hashlib.sha256,
    "SHA-384": hashlib.sha384,
    "SHA-512": hashlib.sha512,
}


@dataclass(frozen=True, slots=True)
class Algorithm:
    """One row of the table. `kind` is the name that `trust.suites` has for it; `curve` is OpenSSL's name, or None."""

    name: str
    kind: str
    digest: str
    curve: str | None = None
    coordinate_size: int = 0

    @property
    def value_size(self) -> int | None:
        """How many octets every signature value has; None where it depends on the key."""
        return 2 * self.coordinate_size or None

    @property
    def hash(self) -> hashes.HashAlgorithm:
        """The digest as `cryptography` names it."""
        return _HASHES[self.digest]

    def digest_of(self, *parts: bytes) -> bytes:
        """The digest over `parts` one after the other, without joining them first."""
        digester = _DIGESTERS[self.digest](parts[0])
        for part in parts[1:]:
            digester.update(part)
        value: bytes = digester.digest()
        return value

    def full_length(self, value: bytes) -> bytes:
        """An ECDSA value whose two halves lack the same few leading zero octets, with them put back; others as is."""
        half, rest = divmod(len(value), 2)
        if rest or not self.coordinate_size - 4 <= half < self.coordinate_size:
            return value
        zeros = bytes(self.coordinate_size - half)
        return zeros + value[:half] + zeros + value[half:]

    def fits(self, key: object) -> bool:
        """Whether a public or private key is of the kind, and on the curve, that the algorithm needs."""
        if isinstance(key, rsa.RSAPublicKey | rsa.RSAPrivateKey):
            return self.curve is None
        if isinstance(key, ec.EllipticCurvePublicKey | ec.EllipticCurvePrivateKey):
            return self.curve == key.curve.name
        return False

    def sign(self, key: PrivateKey, digest: bytes) -> bytes:
        """The JWS signature value over a digest made with `self.digest`. The key must fit."""
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(digest, _PADDINGS[self.name], _PREHASHED[self.digest])
        r, s = utils.decode_dss_signature(key.sign(digest, _ECDSA[self.digest]))
        return r.to_bytes(self.coordinate_size, "big") + s.to_bytes(self.coordinate_size, "big")

    def verifies(self, key: object, value: bytes, digest: bytes) -> bool:
        """Whether `value` is a signature over `digest` by the private part of `key`, which must fit."""
        if not self.fits(key):
            return False
        try:
            if isinstance(key, rsa.RSAPublicKey):
                key.verify(value, digest, _PADDINGS[self.name], _PREHASHED[self.digest])
                return True
            if isinstance(key, ec.EllipticCurvePublicKey) and len(value) == self.value_size:
                r, s = value[: self.coordinate_size], value[self.coordinate_size :]
                der = utils.encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
                key.verify(der, digest, _ECDSA[self.digest])
                return True
        except (InvalidSignature, UnsupportedAlgorithm, ValueError):
            return False
        return False


ALGORITHMS: Final = MappingProxyType(
    {
        a.name: a
        for a in (
            Algorithm("RS256", "RSA", "SHA-256"),
            Algorithm("RS384", "RSA", "SHA-384"),
            Algorithm("RS512", "RSA", "SHA-512"),
            Algorithm("PS256", "RSASSA-PSS", "SHA-256"),
            Algorithm("PS384", "RSASSA-PSS", "SHA-384"),
            Algorithm("PS512", "RSASSA-PSS", "SHA-512"),
            Algorithm("ES256", "ECDSA", "SHA-256", "secp256r1", 32),
            Algorithm("ES384", "ECDSA", "SHA-384", "secp384r1", 48),
            Algorithm("ES512", "ECDSA", "SHA-512", "secp521r1", 66),
        )
    }
)
"""JWA name -> algorithm: all that a seal may be made with, and all that is checked."""

_PREHASHED: Final = {name: utils.Prehashed(h) for name, h in _HASHES.items()}
_ECDSA: Final = {name: ec.ECDSA(prehashed) for name, prehashed in _PREHASHED.items()}
_PADDINGS: Final[dict[str, padding.AsymmetricPadding]] = {
    a.name: padding.PKCS1v15() if a.kind == "RSA" else padding.PSS(padding.MGF1(a.hash), a.hash.digest_size)
    for a in ALGORITHMS.values()
    if a.curve is None
}


def default_algorithm(key: object) -> str | None:
    """The algorithm for a key when none is asked for: RS256, or the one of its curve; None when no algorithm fits."""
    return next((name for name in ("RS256", "ES256", "ES384", "ES512") if ALGORITHMS[name].fits(key)), None)


def describe_key(key: object) -> str:
    """A key's kind and size for messages, as in `RSA-2048`; never anything of its material."""
    if isinstance(key, rsa.RSAPublicKey | rsa.RSAPrivateKey):
        return f"RSA-{key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey | ec.EllipticCurvePrivateKey):
        return f"EC {key.curve.name}"
    return f"a key of kind {type(key).__name__.removesuffix('PublicKey').removesuffix('PrivateKey')}"
