"""Sealing at level B: exact octets and a signer become the octets of a sealed file.

    sealed = seal(text, signer)                      # a credential: header edc, general serialization, b64 false
    sealed = seal(b"...", signer, header="etsi", serialization="compact", b64=True)

    pending = prepare(text, certificates, "ES256")   # where the key is elsewhere
    sealed = pending.complete(remote.sign(pending.digest))

The payload is hashed once and never parsed or written anew. A sealed file begins with `{"payload":` and holds no
unsealed text, because that is how the Commission's software knows one.

Clauses: RFC 7515, 5.1 and 7; RFC 7797, 3 and 5; ETSI TS 119 182-1 V1.2.1, 5.1 and 6.3.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal

from cryptography import x509

from edc_microcred.errors import SealError
from edc_microcred.seals import base64url
from edc_microcred.seals.envelope import Serialization, begins_as_sealed, is_sealed
from edc_microcred.seals.profiles import HeaderFrame, HeaderProfile, header_frame
from edc_microcred.seals.signer import FileSigner, Signer

SerializationName = Serialization | Literal["general", "flattened", "compact"]

FORMS: Final = tuple(form.value for form in Serialization)
_STATE: Final = "Nothing was sealed."
_URL_SAFE: Final = re.compile(rb"[\x20-\x2d\x2f-\x7e]+")
_CONTROLS: Final = range(0x20)
_JSON_SPACE: Final = (0x09, 0x0A, 0x0D)
_ESCAPES: Final = tuple(json.dumps(chr(code))[1:-1].encode("ascii") for code in _CONTROLS)


class JsonText(bytes):
    """The octets of a JSON text (RFC 8259), for payloads that a JSON writer made or a strict parser has read.

    Such a text is UTF-8 and holds no control character but tab and line ends. `seal` believes that without looking,
    which is a third of its own work on a large credential; give `bytes` when you are not sure.
    """

    _escaped: tuple[bytes, ...] = ()

    @classmethod
    def joined(cls, pieces: Sequence["JsonPiece"]) -> "JsonText":
        """The text that the pieces are one after the other. What many texts have in common is so escaped once."""
        text = cls(b"".join([piece.octets for piece in pieces]))
        text._escaped = tuple([piece.escaped for piece in pieces])
        return text


class JsonPiece:
    """Octets of a part of a JSON text, and the same octets escaped, as they stand in a sealed file."""

    __slots__ = ("escaped", "octets")

    def __init__(self, octets: bytes) -> None:
        self.octets: Final = octets
        self.escaped: Final = _escaped(octets, _JSON_SPACE)


@dataclass(frozen=True, slots=True)
class PendingSeal:
    """A seal that lacks its signature value. `digest` is what is to be signed, made with `digest_algorithm`.

    Keep it until the value is there: `complete` writes exactly what the digest was made over.
    """

    algorithm: str
    digest_algorithm: str
    digest: bytes
    certificate: x509.Certificate = field(repr=False)
    _protected: bytes = field(repr=False)
    _payload: bytes = field(repr=False)
    _serialization: Serialization = field(repr=False)
    _b64: bool = field(repr=False)
    _frame: HeaderFrame = field(repr=False)

    @property
    def signing_input(self) -> bytes:
        """What the digest was made over, for a service that wants to hash itself."""
        return b".".join((self._protected, self._payload))

    def complete(self, signature: bytes) -> bytes:
        """The sealed file with this signature value (for ES* r and s, not DER).

        Raises `SealError` when the value is not a signature over the digest by the certificate's key.
        """
        algorithm = self._frame.algorithm
        if not algorithm.verifies(self.certificate.public_key(), signature, self.digest):
            remedy = f"Sign this very digest ({self.digest_algorithm}) with {self.algorithm} and the certificate's key."
            if algorithm.value_size is not None and len(signature) != algorithm.value_size:
                remedy = f"A JWS has r and s one after the other, {algorithm.value_size} bytes in all, not DER."
            raise SealError(
                f"The signature value ({len(signature)} bytes) does not fit the digest and the certificate.",
                remedy=remedy,
                state="Nothing was written.",
            )
        return self._write(signature)

    def _write(self, signature: bytes) -> bytes:
        value = base64url.encode_bytes(signature)
        if self._serialization is Serialization.COMPACT:
            return b".".join((self._protected, self._payload, value))
        payload = (self._payload,) if self._b64 else _json_text(self._payload)
        rest: tuple[bytes, ...]
        if self._serialization is Serialization.FLATTENED:
            rest = (b'","protected":"', self._protected, b'","signature":"', value, b'"}')
        else:
            rest = (b'","signatures":[{"protected":"', self._protected, b'","signature":"', value, b'"}]}')
        return b"".join((b'{"payload":"', *payload, *rest))


def seal(
    payload: str | bytes,
    signer: Signer,
    *,
    header: HeaderProfile = "edc",
    serialization: SerializationName = "general",
    b64: bool = False,
    content_type: str | None = None,
    at: datetime | None = None,
    outside_validity: bool = False,
) -> bytes:
    """The sealed file for `payload`, which is taken octet by octet (a `str` as UTF-8).

    `content_type` becomes `cty` (edc: `json` when None). `at` is the claimed time, with time zone (default now); it
    must lie in the certificate's validity unless `outside_validity`, which is for making files that must be refused.
    Raises `SealError` when the seal cannot be made as asked; what the signer raises passes through.
    """
    pending = prepare(
        payload, signer.certificates, signer.algorithm, header=header, serialization=serialization, b64=b64,
        content_type=content_type, at=at, outside_validity=outside_validity,
    )  # fmt: skip
    value = signer.sign_digest(pending.digest)
    # A key in our own memory signs what it was given; what comes from elsewhere is looked at before it is written.
    return pending._write(value) if type(signer) is FileSigner else pending.complete(value)


def prepare(
    payload: str | bytes,
    certificates: Sequence[x509.Certificate],
    algorithm: str,
    *,
    header: HeaderProfile = "edc",
    serialization: SerializationName = "general",
    b64: bool = False,
    content_type: str | None = None,
    at: datetime | None = None,
    outside_validity: bool = False,
) -> PendingSeal:
    """The first of two steps: everything but the signature value. Arguments and errors as for `seal`.

    `certificates` are the sealer's and then its issuers'; `algorithm` is the JWA name of what will sign the digest.
    """
    if serialization not in FORMS:
        raise SealError(f"{serialization!r:.40} is no serialization.", remedy=f"Use one of {', '.join(FORMS)}.")
    form = Serialization(serialization)
    octets = _octets(payload, b64)
    _check_form(octets, header, form, b64)
    typ = "jose" if form is Serialization.COMPACT else "jose+json"
    chain = certificates if isinstance(certificates, tuple) else tuple(certificates)
    frame = header_frame(header, algorithm, chain, content_type, typ, b64)
    protected = frame.at(_time(at, frame, outside_validity))
    member = base64url.encode_bytes(octets) if b64 else octets
    return PendingSeal(
        algorithm, frame.algorithm.digest, frame.algorithm.digest_of(protected + b".", member), certificates[0],
        protected, member, form, b64, frame,
    )  # fmt: skip


def _octets(payload: str | bytes, b64: bool) -> bytes:
    """The octets to seal, which are valid UTF-8 where they will stand in the file as text."""
    try:
        if isinstance(payload, str):
            octets = payload.encode("utf-8")
        else:
            octets = payload
            if not b64 and not isinstance(octets, JsonText) and not octets.isascii():
                octets.decode("utf-8")
    except UnicodeEncodeError:
        raise SealError(
            "The payload holds half a character (a lone surrogate).", remedy="Such text has no octets.", state=_STATE
        ) from None  # the exception holds the whole payload
    except UnicodeDecodeError:
        raise SealError(
            "The payload is not UTF-8, so it cannot stand in the file as text.",
            remedy="Seal it with b64=True (header etsi).",
            state=_STATE,
        ) from None  # as above
    if not octets:
        raise SealError("The payload is empty.", remedy="Give what is to be sealed.", state=_STATE)
    if begins_as_sealed(octets) and is_sealed(octets):
        raise SealError(
            "The payload is a sealed file already.",
            remedy="Seal the credential in it, or keep the seal that it has.",
            state=_STATE,
        )
    return octets


def _check_form(octets: bytes, header: str, form: Serialization, b64: bool) -> None:
    if header == "edc" and (form is not Serialization.GENERAL or b64):
        raise SealError(
            f"The header edc goes with general serialization and b64=False only, not with {form} and b64={b64}.",
            remedy="The Commission's software reads nothing else. Use header='etsi' for other forms.",
            state=_STATE,
        )
    if form is Serialization.COMPACT and not b64 and not _URL_SAFE.fullmatch(octets):
        raise SealError(
            "With b64=False a compact seal can hold printable ASCII without full stops only; this payload is not that.",
            remedy="Use b64=True, or general or flattened serialization.",
            state=_STATE,
        )


def _time(at: datetime | None, frame: HeaderFrame, outside_validity: bool) -> datetime:
    """The claimed time in UTC."""
    if at is None:
        at = datetime.now(UTC)
    elif at.tzinfo is None:
        raise SealError(
            "The time of sealing has no time zone.", remedy="Give it one: datetime(..., tzinfo=UTC).", state=_STATE
        )
    else:
        at = at.astimezone(UTC)
    if not outside_validity and not frame.not_before <= at <= frame.not_after:
        fault = "is not valid yet" if at < frame.not_before else "has expired"
        raise SealError(
            f"The certificate {fault}: it is valid from {frame.not_before:%Y-%m-%d %H:%M} to "
            f"{frame.not_after:%Y-%m-%d %H:%M} UTC, and the seal would say {at:%Y-%m-%d %H:%M}.",
            remedy="Have a new certificate issued, or check the clock.",
            state=_STATE,
        )
    return at


def _json_text(octets: bytes) -> tuple[bytes, ...]:
    """UTF-8 `octets` as the inside of a JSON string, in pieces."""
    if not isinstance(octets, JsonText):
        return (_escaped(octets, _CONTROLS),)
    return octets._escaped or (_escaped(octets, _JSON_SPACE),)


def _escaped(octets: bytes, controls: Iterable[int]) -> bytes:
    """UTF-8 `octets`, which hold no other controls than these, as the inside of a JSON string.

    Only the quotation mark, the backslash and 32 controls must be escaped (RFC 8259, 7). All are single octets below
    0x80, which are part of no other character in UTF-8, so replacing octets is replacing characters, and the parts of a
    text can be escaped each for itself. The backslash goes first, because the others bring new ones. For 111 kB this
    takes a third of the time of json.dumps.
    """
    present = [code for code in controls if code in octets]
    if b"\\" in octets:
        octets = octets.replace(b"\\", b"\\\\")
    octets = octets.replace(b'"', b'\\"')
    for code in present:
        octets = octets.replace(bytes((code,)), _ESCAPES[code])
    return octets
