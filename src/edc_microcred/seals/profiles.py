"""The two protected headers that we write: `edc`, which the Commission's software reads, and `etsi`, today's standard.

`edc` (V1.1.1: `sigT`, everything in `crit`) passes in every version of DSS, so it is the one for credentials; `etsi`
(V1.2.1: `iat`, only `b64` in `crit`) has a baseline level in DSS 6.1 and later and fails in what the Commission runs.

All that does not depend on the time of sealing is written once for each signer.

Clauses: ETSI TS 119 182-1 V1.1.1 and V1.2.1, 5.1, 5.2.1 and 6.3; RFC 7515, 4.1; RFC 7797, 3.
"""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final, Literal

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from edc_microcred.errors import SealError
from edc_microcred.seals import base64url
from edc_microcred.seals.algorithms import ALGORITHMS, SMALLEST_RSA, Algorithm
from edc_microcred.seals.references import key_identifier, thumbprint
from edc_microcred.trust.certificate import key_of

HeaderProfile = Literal["edc", "etsi"]
PROFILES: Final = ("edc", "etsi")

_TIME: Final = "\0"  # stands where the time will be; no JSON text of ours holds it otherwise


@dataclass(frozen=True, slots=True)
class HeaderFrame:
    """A header without its time: the JSON before and after it, the algorithm, and the dates of the certificate.

    Nearly all of the JSON before the time is in base64url already: `head`; `before` are the few octets that remain.
    """

    algorithm: Algorithm
    head: bytes
    before: bytes
    after: bytes
    is_edc: bool
    not_before: datetime
    not_after: datetime

    def at(self, time: datetime) -> bytes:
        """The whole header in base64url; `time` is in UTC, and parts of a second are dropped."""
        text = f"{time.replace(microsecond=0, tzinfo=None).isoformat()}Z" if self.is_edc else str(int(time.timestamp()))
        return self.head + base64url.encode_bytes(self.before + text.encode("ascii") + self.after)


@lru_cache(maxsize=256)
def header_frame(
    profile: str,
    algorithm: str,
    certificates: tuple[x509.Certificate, ...],
    content_type: str | None,
    typ: str,
    b64: bool,
) -> HeaderFrame:
    """The header for one signer, profile and form. Raises `SealError` for what does not exist or does not fit."""
    if profile not in PROFILES:
        raise SealError(
            f"{profile!r:.40} is no header profile.", remedy="Use edc (credentials) or etsi (anything else)."
        )
    if algorithm not in ALGORITHMS:
        raise SealError(f"{algorithm!r:.40} is no algorithm for a seal.", remedy=f"Use one of {', '.join(ALGORITHMS)}.")
    if not certificates:
        raise SealError("The signer has no certificate.", remedy="Give the certificate that was issued for its key.")
    is_edc = profile == "edc"
    signer = certificates[0]
    _check_key(ALGORITHMS[algorithm], signer)
    # The order is that of DSS, and so of every credential that the Commission's issuer has sealed.
    members: dict[str, Any] = {"alg": algorithm}
    if content_type is not None or is_edc:
        members["cty"] = _short("json" if content_type is None else content_type)
    members["kid"] = key_identifier(signer)
    members["x5t#S256"] = thumbprint(signer.public_bytes(Encoding.DER))
    members["x5c"] = [
        base64.b64encode(c.public_bytes(Encoding.DER)).decode("ascii") for c in _without_root(certificates)
    ]
    members["typ"] = typ
    critical = []
    if not b64:
        members["b64"] = False
        critical.append("b64")
    members["sigT" if is_edc else "iat"] = _TIME
    if is_edc:
        critical.append("sigT")
    if critical:
        members["crit"] = critical
    text = json.dumps(members, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    before, after = text.split(json.dumps(_TIME).encode("ascii"))
    quote = b'"' if is_edc else b""
    whole = len(before) - len(before) % 3  # base64 turns three octets at a time into four letters
    return HeaderFrame(
        algorithm=ALGORITHMS[algorithm],
        head=base64url.encode_bytes(before[:whole]),
        before=before[whole:] + quote,
        after=quote + after,
        is_edc=is_edc,
        not_before=signer.not_valid_before_utc.astimezone(UTC),
        not_after=signer.not_valid_after_utc.astimezone(UTC),
    )


def _check_key(algorithm: Algorithm, certificate: x509.Certificate) -> None:
    kind, bits, curve = key_of(certificate)
    key = f"{kind}-{bits}" if curve is None else f"EC {curve}"
    fits = kind == algorithm.kind or (kind == "RSA" and algorithm.kind == "RSASSA-PSS")
    if not fits or not algorithm.fits(certificate.public_key()):
        raise SealError(
            f"{algorithm.name} does not fit the certificate, whose key is {key}.",
            remedy="RSA keys go with RS and PS, P-256 with ES256, P-384 with ES384, P-521 with ES512.",
        )
    if algorithm.curve is None and bits < SMALLEST_RSA:
        raise SealError(
            f"The certificate's key is {key}; the least for a seal is RSA-{SMALLEST_RSA}.",
            remedy="Have a certificate issued for RSA-3072 or P-256.",
        )


def _short(media_type: str) -> str:
    """A media type as `cty` has it: `application/` is left out unless another slash follows (RFC 7515, 4.1.10)."""
    if not media_type.isprintable() or not media_type:
        raise SealError("The content type is no media type.", remedy="Write it like application/json, or json.")
    short = media_type.removeprefix("application/")
    return media_type if "/" in short else short


def _without_root(certificates: tuple[x509.Certificate, ...]) -> tuple[x509.Certificate, ...]:
    """The chain for `x5c`: a root says nothing there, because a reader trusts its own copy or none."""
    return (certificates[0], *(c for c in certificates[1:] if c.subject != c.issuer))
