"""Keys for tests, by a short name of their kind and size."""

from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from edc_microcred.errors import TrustError

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey

CURVES: Final[dict[str, ec.EllipticCurve]] = {
    "p-256": ec.SECP256R1(),
    "p-384": ec.SECP384R1(),
    "p-521": ec.SECP521R1(),
}
KEY_TYPES: Final = ("rsa-2048", "rsa-3072", "rsa-4096", *CURVES)
"""The kinds of key that a seal may have. Tests also know "rsa-1024" (too short) and "ed25519" (no seal uses it)."""


def make_key(key_type: str) -> PrivateKey:
    """A new key of one of `KEY_TYPES`. Raises `TrustError` for another name."""
    if key_type in CURVES:
        return ec.generate_private_key(CURVES[key_type])
    if key_type == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    if key_type in (*KEY_TYPES, "rsa-1024"):
        return rsa.generate_private_key(public_exponent=65537, key_size=int(key_type.removeprefix("rsa-")))
    raise TrustError(f"{key_type!r:.40} is no key type.", remedy=f"Use one of {', '.join(KEY_TYPES)}.")


def digest_for(key: PrivateKey) -> hashes.SHA256 | hashes.SHA384 | hashes.SHA512 | None:
    """The digest that signatures of `key` use: as long as its curve, SHA-256 for RSA, none for Ed25519."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return None
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.key_size > 256:
        return hashes.SHA384() if key.curve.key_size == 384 else hashes.SHA512()
    return hashes.SHA256()
