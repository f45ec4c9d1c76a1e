"""Whom the caller trusts: anchors, revocation data and how much of it is demanded. Nothing is trusted by default.

The trust store of the operating system is never used: it holds issuers of web server certificates, which say nothing
about seals. A policy without anchors is legal and makes every path *indeterminate*.

    policy = TrustPolicy.from_folder(Path("demo/trust"))
    policy = TrustPolicy.from_files(anchors=[Path("root.pem")], crls=[Path("issuing.crl")])

Clauses: RFC 5280 6.1.1 (d) trust anchors, 5 CRLs; RFC 6960 OCSP.
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal, Self, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from edc_microcred.errors import TrustError
from edc_microcred.trust.authorities import by_subject, issued_beneath, may_issue
from edc_microcred.trust.cache import ResultCache
from edc_microcred.trust.extensions import UNREADABLE

Revocation = Literal["require", "if-present", "none"]
"""Whether each certificate below an anchor must be known not to be revoked.

"require": it must, or the result is indeterminate. "if-present": what is at hand is used, what is missing is a warning.
"none": revocation is not looked at, and a warning says so.
"""

FRESH_WITHOUT_NEXT_UPDATE: Final = timedelta(days=1)
"""How long an answer counts as current that does not say when the next one comes."""

CLOCK_SKEW: Final = timedelta(minutes=5)
"""How far the clock of whoever made an answer may be ahead of ours."""

_CERTIFICATE_ENDINGS: Final = (".pem", ".crt", ".cer", ".der")
_IGNORED_ENDINGS: Final = (".txt", ".md")
_LARGEST_FILE: Final = 100_000_000
_CACHED_RESULTS: Final = 1024
_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class TrustPolicy:
    """Anchors, revocation data, and what is demanded of revocation. Immutable; equal policies hold the same data.

    `anchors` are trusted as they are; `intermediates` only help to find a path and are trusted for nothing. Safe to
    share between threads, and may be sent to other processes (it travels as its certificates and lists).
    """

    anchors: Sequence[x509.Certificate] = ()
    crls: Sequence[x509.CertificateRevocationList] = ()
    ocsp_responses: Sequence[ocsp.OCSPResponse] = ()
    intermediates: Sequence[x509.Certificate] = ()
    revocation: Revocation = "require"
    fingerprint: str = field(init=False, repr=False)
    results: ResultCache[Any, Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.revocation not in ("require", "if-present", "none"):
            raise TrustError(
                f"{self.revocation!r:.40} is no way to treat revocation.", remedy="Use require, if-present or none."
            )
        kinds: tuple[tuple[str, type], ...] = (
            ("anchors", x509.Certificate),
            ("crls", x509.CertificateRevocationList),
            ("ocsp_responses", ocsp.OCSPResponse),
            ("intermediates", x509.Certificate),
        )
        digest = hashlib.sha256(self.revocation.encode())
        for name, kind in kinds:
            items = tuple(getattr(self, name))
            for item in items:
                if not isinstance(item, kind):
                    raise TrustError(
                        f"A {type(item).__name__} stands among the {name} of a trust policy.",
                        remedy="Read files with TrustPolicy.from_files or from_folder, bytes with the loaders of "
                        "cryptography.x509.",
                    )
                if isinstance(item, ocsp.OCSPResponse):
                    _check_answered(item, "An OCSP response")
            object.__setattr__(self, name, items)
            digest.update(name.encode())
            for one in sorted(hashlib.sha256(item.public_bytes(Encoding.DER)).digest() for item in items):
                digest.update(one)
        object.__setattr__(self, "fingerprint", digest.hexdigest())
        object.__setattr__(self, "results", ResultCache(_CACHED_RESULTS))
        try:
            _ = self.crls_by_issuer, self.answers_by_serial, [(c.subject, c.issuer) for c in self.anchors]
        except UNREADABLE as error:
            raise TrustError(
                "An anchor, CRL or OCSP response of a trust policy is damaged.", remedy="Get it from its issuer again."
            ) from error

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TrustPolicy) and other.fingerprint == self.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __reduce__(self) -> tuple[Any, ...]:
        names = ("anchors", "crls", "ocsp_responses", "intermediates")
        return _rebuilt, (*([i.public_bytes(Encoding.DER) for i in getattr(self, n)] for n in names), self.revocation)

    @classmethod
    def from_files(
        cls,
        *,
        anchors: Iterable[Path] = (),
        crls: Iterable[Path] = (),
        ocsp_responses: Iterable[Path] = (),
        intermediates: Iterable[Path] = (),
        revocation: Revocation = "require",
    ) -> Self:
        """A policy of what the files hold: certificates and CRLs as PEM or DER, OCSP responses as DER.

        A PEM file may hold several certificates; all are taken. Raises `TrustError`, which names the file, for one that
        cannot be read.
        """
        return cls(
            anchors=[c for path in anchors for c in _read_certificates(path)],
            crls=[_read_crl(path) for path in crls],
            ocsp_responses=[_read_ocsp(path) for path in ocsp_responses],
            intermediates=[c for path in intermediates for c in _read_certificates(path)],
            revocation=revocation,
        )

    @classmethod
    def from_folder(cls, path: Path | str, *, revocation: Revocation = "require") -> Self:
        """The policy that a folder holds, in the layout that `demo-pki` writes.

        `*.pem`, `*.crt`, `*.cer` and `*.der` are anchors, `*.crl` CRLs, `*.ocsp` OCSP responses; certificates in the
        subfolder `intermediates` are intermediates. Hidden files, `*.txt` and `*.md` are passed over. Raises
        `TrustError` for a folder or file that cannot be read, and for a file of another kind.
        """
        path = Path(path)
        try:
            is_folder = path.is_dir()
        except (OSError, ValueError):  # a name that no folder can have
            is_folder = False
        if not is_folder:
            raise TrustError(f"{path} is no folder.", remedy="Name the folder that holds anchors (*.pem) and CRLs.")
        files = _files_in(path, (*_CERTIFICATE_ENDINGS, ".crl", ".ocsp"))
        below = path / "intermediates"
        return cls.from_files(
            anchors=[f for f in files if f.suffix.lower() in _CERTIFICATE_ENDINGS],
            crls=[f for f in files if f.suffix.lower() == ".crl"],
            ocsp_responses=[f for f in files if f.suffix.lower() == ".ocsp"],
            intermediates=_files_in(below, _CERTIFICATE_ENDINGS) if below.is_dir() else (),
            revocation=revocation,
        )

    def joined(self, other: "TrustPolicy") -> "TrustPolicy":
        """A policy that holds what both hold; what is demanded of revocation stays as it is here."""
        return TrustPolicy(
            anchors=(*self.anchors, *other.anchors),
            crls=(*self.crls, *other.crls),
            ocsp_responses=(*self.ocsp_responses, *other.ocsp_responses),
            intermediates=(*self.intermediates, *other.intermediates),
            revocation=self.revocation,
        )

    @cached_property
    def anchors_by_name(self) -> dict[x509.Name, list[x509.Certificate]]:
        """The anchors that may issue certificates, by their subject."""
        return by_subject(a for a in self.anchors if may_issue(a))

    @cached_property
    def authorities(self) -> list[x509.Certificate]:
        """The intermediates that were really issued beneath an anchor."""
        return issued_beneath(self.anchors_by_name, self.intermediates)

    @cached_property
    def crls_by_issuer(self) -> dict[x509.Name, list[x509.CertificateRevocationList]]:
        """The CRLs by the name of their issuer."""
        found: dict[x509.Name, list[x509.CertificateRevocationList]] = {}
        for crl in self.crls:
            found.setdefault(crl.issuer, []).append(crl)
        return found

    @cached_property
    def answers_by_serial(self) -> dict[int, list[tuple[ocsp.OCSPResponse, ocsp.OCSPSingleResponse]]]:
        """The single OCSP answers, each with the response that holds it, by serial number."""
        found: dict[int, list[tuple[ocsp.OCSPResponse, ocsp.OCSPSingleResponse]]] = {}
        for response in self.ocsp_responses:
            for single in response.responses:
                found.setdefault(single.serial_number, []).append((response, single))
        return found

    @cached_property
    def _turning_points(self) -> list[datetime]:
        """Every time at which a judgement by this policy can change."""
        times: set[datetime] = set()
        for certificate in (*self.anchors, *self.intermediates):
            times |= {certificate.not_valid_before_utc, certificate.not_valid_after_utc}
        for crl in self.crls:
            start = crl.last_update_utc
            times |= {start - CLOCK_SKEW, start, crl.next_update_utc or start + FRESH_WITHOUT_NEXT_UPDATE}
        for answers in self.answers_by_serial.values():
            for _, answer in answers:
                start = answer.this_update_utc
                times |= {start - CLOCK_SKEW, start, answer.next_update_utc or start + FRESH_WITHOUT_NEXT_UPDATE}
        return sorted(times)

    def place_of(self, moment: datetime) -> tuple[int, int]:
        """Where `moment` lies among the times at which a judgement can change: equal places, equal judgements."""
        return bisect_left(self._turning_points, moment), bisect_right(self._turning_points, moment)


def _rebuilt(
    anchors: list[bytes], crls: list[bytes], responses: list[bytes], intermediates: list[bytes], revocation: Revocation
) -> TrustPolicy:
    return TrustPolicy(
        anchors=[x509.load_der_x509_certificate(der) for der in anchors],
        crls=[x509.load_der_x509_crl(der) for der in crls],
        ocsp_responses=[ocsp.load_der_ocsp_response(der) for der in responses],
        intermediates=[x509.load_der_x509_certificate(der) for der in intermediates],
        revocation=revocation,
    )


def _files_in(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    try:
        files = sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))
    except OSError as error:
        raise TrustError(f"{folder} cannot be read: {error.strerror}.", remedy="Check who may read it.") from error
    files = [f for f in files if f.suffix.lower() not in _IGNORED_ENDINGS]
    for file in files:
        if file.suffix.lower() not in endings:
            raise TrustError(
                f"{file} is not of a kind that belongs into a trust folder.",
                remedy=f"Keep {', '.join(endings)} there, and notes as .txt or .md.",
                state="No policy was made.",
            )
    return files


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise TrustError(f"{path} has more than {_LARGEST_FILE:,} bytes.", remedy="No certificate or CRL has.")
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a name with a zero octet
        raise TrustError(
            f"{path} cannot be read: {getattr(error, 'strerror', error)}.", remedy="Check the path and its rights."
        ) from error


def _parsed(path: Path, what: str, parse: Callable[[bytes], _T], check: str) -> _T:
    try:
        return parse(_read(path))
    except UNREADABLE as error:
        raise TrustError(
            f"{path} holds no {what} that can be read.", remedy=f"Look at it with: {check} -in {path} -noout -text"
        ) from error


def _read_certificates(path: Path) -> list[x509.Certificate]:
    def parse(data: bytes) -> list[x509.Certificate]:
        if b"-----BEGIN" in data:
            certificates = x509.load_pem_x509_certificates(data)
        else:
            certificates = [x509.load_der_x509_certificate(data)]
        for certificate in certificates:
            _ = certificate.subject, certificate.issuer  # read when needed, so ask now
        return certificates

    return _parsed(path, "certificate", parse, "openssl x509")


def _read_crl(path: Path) -> x509.CertificateRevocationList:
    def parse(data: bytes) -> x509.CertificateRevocationList:
        pem = b"-----BEGIN" in data
        crl = x509.load_pem_x509_crl(data) if pem else x509.load_der_x509_crl(data)
        _ = crl.issuer
        return crl

    return _parsed(path, "certificate revocation list", parse, "openssl crl")


def _read_ocsp(path: Path) -> ocsp.OCSPResponse:
    response = _parsed(path, "OCSP response", ocsp.load_der_ocsp_response, "openssl ocsp -resp_text -respin")
    _check_answered(response, str(path))
    return response


def _check_answered(response: ocsp.OCSPResponse, what: str) -> None:
    if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        raise TrustError(
            f"{what} holds no answer: the responder said {response.response_status.name.lower()}.",
            remedy="Ask the responder again.",
        )
