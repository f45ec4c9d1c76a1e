"""Who seals: a key, its certificates, and the algorithm. `Signer` is all that sealing asks for.

`FileSigner` holds a key from a file. A key in a hardware module or at a remote service fits `Signer` too, because only
a digest is handed over.

    signer = FileSigner.from_pkcs12(Path("seal.p12"), password)
    signer
    # FileSigner(RS256, RSA-3072, certificate sha256:5f2c01d9a3e4b7c6)

Key material is in no message, no `repr` and no pickle: a process that shall sign opens the file itself.

Clauses: RFC 7292 (PKCS#12); RFC 7517 (JWK); RFC 7518, 3.1; ETSI TS 119 312.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NoReturn, Protocol

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key, pkcs12

from edc_microcred.errors import SignerError
from edc_microcred.findings import Finding
from edc_microcred.seals.algorithms import (
    ALGORITHMS,
    SMALLEST_RSA,
    Algorithm,
    PrivateKey,
    default_algorithm,
    describe_key,
)
from edc_microcred.seals.suites import check_suite
from edc_microcred.trust.certificate import check_certificate, describe, key_of

_STATE: Final = "Nothing was sealed."


class Signer(Protocol):
    """What a seal is made with. An implementation that is shared between threads must be safe to be."""

    @property
    def algorithm(self) -> str:
        """The JWA name of the algorithm, one of `ALGORITHMS`."""
        ...

    @property
    def certificates(self) -> tuple[x509.Certificate, ...]:
        """The sealer's certificate and then those of its issuers, as they are to stand in the seal."""
        ...

    def sign_digest(self, digest: bytes) -> bytes:
        """The JWS signature value over a digest made with the algorithm's hash; for ES* r and s, not DER."""
        ...


class _Chain(tuple[x509.Certificate, ...]):
    """Certificates that are looked up by: to hash one goes through all its octets, so it is done once."""

    _hash: int | None = None

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = super().__hash__()
        return self._hash


class FileSigner:
    """A `Signer` whose key is in memory. Safe to share between threads."""

    __slots__ = ("_algorithm", "_certificates", "_key")

    def __init__(self, key: PrivateKey, certificates: Sequence[x509.Certificate], algorithm: str | None = None) -> None:
        """A signer from a loaded key; `algorithm` None takes RS256, or the ES algorithm of the curve.

        The certificates may stand in any order; those that do not lead from the key upwards are left out. Raises
        `SignerError` when none belongs to the key, or the key is too short, or does not fit the algorithm.
        """
        self._key = key
        self._certificates = _Chain(_ordered(key, certificates))
        self._algorithm = _choose(key, self._certificates[0], algorithm)

    @classmethod
    def from_pkcs12(cls, path: Path | str, password: bytes | str | None, algorithm: str | None = None) -> "FileSigner":
        """The key and certificates of a PKCS#12 file (.p12, .pfx)."""
        path = Path(path)
        try:
            key, certificate, others = pkcs12.load_key_and_certificates(_bytes(path), _password(password))
        except (ValueError, UnsupportedAlgorithm) as error:
            raise _cannot_open(path, f"openssl pkcs12 -in {path.name} -info -noout") from error
        if key is None or certificate is None:
            raise SignerError(
                f"{path} holds no key with its certificate.",
                remedy="Export both together from where the seal certificate was issued.",
                state=_STATE,
            )
        return cls(_usable(key, path), [certificate, *others], algorithm)

    @classmethod
    def from_pem(
        cls,
        key_path: Path | str,
        certificates_path: Path | str | None = None,
        password: bytes | str | None = None,
        algorithm: str | None = None,
    ) -> "FileSigner":
        """A key and its certificates from PEM; without `certificates_path` both are in one file."""
        key_path = Path(key_path)
        certificates = _pem_certificates(Path(certificates_path or key_path))
        data = _bytes(key_path)
        try:
            key = load_pem_private_key(data, _password(password))
        except TypeError as error:
            encrypted = password is None
            raise SignerError(
                f"The key in {key_path} is {'encrypted and no password was given' if encrypted else 'not encrypted'}.",
                remedy="Give its password." if encrypted else "Leave the password out.",
                state=_STATE,
            ) from error
        except (ValueError, UnsupportedAlgorithm) as error:
            raise _cannot_open(key_path, f"openssl pkey -in {key_path.name} -noout") from error
        return cls(_usable(key, key_path), certificates, algorithm)

    @classmethod
    def from_jwk(
        cls,
        jwk: Path | str,
        certificates: Path | str | Sequence[x509.Certificate] | None = None,
        algorithm: str | None = None,
    ) -> "FileSigner":
        """A key in JWK: the JSON itself (a text that starts with `{`) or the path of a file.

        Without `certificates` (a PEM file, or loaded) they are those of its `x5c`. Its `alg` counts where no other
        `algorithm` is asked for.
        """
        from edc_microcred.seals.jwk import read_jwk  # jwcrypto is loaded only by those who use it

        is_json = isinstance(jwk, str) and jwk.lstrip().startswith("{")
        what = "The JWK" if is_json else str(jwk)
        key, x5c, named = read_jwk(jwk if is_json and isinstance(jwk, str) else _bytes(Path(jwk)), what)
        if certificates is None:
            certificates = x5c
        elif isinstance(certificates, Path | str):
            certificates = _pem_certificates(Path(certificates))
        return cls(_usable(key, what), certificates, algorithm or named)

    @property
    def algorithm(self) -> str:
        """The JWA name of the algorithm."""
        return self._algorithm.name

    @property
    def certificates(self) -> tuple[x509.Certificate, ...]:
        """The sealer's certificate and its issuers', as far as they were in the files."""
        return self._certificates

    def sign_digest(self, digest: bytes) -> bytes:
        """The JWS signature value over `digest`. Raises `SignerError` for a digest of another length."""
        if len(digest) != self._algorithm.hash.digest_size:
            raise SignerError(
                f"{self._algorithm.name} signs {self._algorithm.digest} digests; this one has {len(digest)} bytes.",
                remedy=f"Hash with {self._algorithm.digest}.",
            )
        return self._algorithm.sign(self._key, digest)

    def __repr__(self) -> str:
        fingerprint = hashlib.sha256(_der(self._certificates[0])).hexdigest()
        return f"FileSigner({self.algorithm}, {describe_key(self._key)}, certificate sha256:{fingerprint[:16]})"

    def __reduce__(self) -> NoReturn:
        raise SignerError(
            "A FileSigner holds a private key and is not handed to other processes.",
            remedy="Hand over the path of the key file and let each process open it.",
        )


def check_signer(signer: Signer, *, at: datetime | None = None) -> Iterator[Finding]:
    """What speaks against sealing with `signer` at a time (default now): no seal certificate, a suite that ends soon.

    Warnings are worth showing before 10,000 seals are made; an error means that nobody should accept them.
    """
    certificate = signer.certificates[0]
    yield from check_certificate(describe(certificate))
    yield from check_suite(ALGORITHMS[signer.algorithm], key_of(certificate)[1], at or datetime.now(UTC))


def _choose(key: PrivateKey, certificate: x509.Certificate, asked: str | None) -> Algorithm:
    """The algorithm to sign with, after all checks of the key."""
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size < SMALLEST_RSA:
        raise SignerError(
            f"The key is {describe_key(key)}; the least for a seal is RSA-{SMALLEST_RSA}.",
            remedy="Have a certificate issued for RSA-3072 or P-256.",
            state=_STATE,
        )
    only_pss = key_of(certificate)[0] == "RSASSA-PSS"
    name = asked or ("PS256" if only_pss else default_algorithm(key))
    if name is None:
        raise SignerError(
            f"The key is {describe_key(key)}, for which no algorithm of a seal exists.",
            remedy="Use a key of RSA, P-256, P-384 or P-521.",
            state=_STATE,
        )
    algorithm = ALGORITHMS.get(name)
    if algorithm is None:
        raise SignerError(
            f"{name!r:.40} is no algorithm for a seal.", remedy=f"Use one of {', '.join(ALGORITHMS)}.", state=_STATE
        )
    if not algorithm.fits(key) or (only_pss and algorithm.kind == "RSA"):
        fitting = [a.name for a in ALGORITHMS.values() if a.fits(key) and not (only_pss and a.kind == "RSA")]
        raise SignerError(
            f"{name} does not fit the key, which is {describe_key(key)}{' for PSS only' if only_pss else ''}.",
            remedy=f"Use {' or '.join(fitting)}, or leave the algorithm out." if fitting else "Use another key.",
            state=_STATE,
        )
    return algorithm


def _ordered(key: PrivateKey, certificates: Sequence[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The key's certificate, then its issuer's, and so on as far as they are there."""
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    own = [certificate for certificate in certificates if _public(certificate) == public]
    if not own:
        raise SignerError(
            f"None of the {len(certificates)} certificates belongs to the key."
            if certificates
            else "There is no certificate for the key.",
            remedy="Give the certificate that was issued for this very key.",
            state=_STATE,
        )
    chain = [own[0]]
    while True:
        last = chain[-1]
        above = [c for c in certificates if c.subject == last.issuer and c not in chain]
        if last.subject == last.issuer or not above:
            return tuple(chain)
        chain.append(above[0])


def _public(certificate: x509.Certificate) -> bytes | None:
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _usable(key: Any, source: object) -> PrivateKey:
    if isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        return key
    raise SignerError(
        f"{source} holds {describe_key(key)}; seals are made with RSA or ECDSA keys.",
        remedy="Use a key of RSA, P-256, P-384 or P-521.",
        state=_STATE,
    )


def _cannot_open(path: Path, command: str) -> SignerError:
    return SignerError(
        f"{path} cannot be opened: the password is wrong, or the file is damaged (the format does not tell which).",
        remedy=f"Try the password alone:  {command}",
        state=_STATE,
    )


def _pem_certificates(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(_bytes(path))
    except ValueError as error:
        raise SignerError(
            f"{path} holds no certificate in PEM.",
            remedy="Give the file with -----BEGIN CERTIFICATE-----, or convert it: openssl x509 -inform DER -in FILE",
            state=_STATE,
        ) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SignerError(
            f"{path} cannot be read: {error.strerror}.", remedy="Check the path and who may read it.", state=_STATE
        ) from error


def _password(password: bytes | str | None) -> bytes | None:
    return password.encode("utf-8") if isinstance(password, str) else password


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
