"""Is a seal intact, by which certificate, when, and does it keep the rules? Whether to trust the certificate: `trust`.

The signature is checked over the text as found. A seal is intact when its value fits the certificate's key; it may be
intact and still not valid, because a rule of `crit` is broken or no certificate is named: ask `SealResult.outcome`.

    result = check_seal(Envelope.read(data))
    result.intact, result.levels
    # (True, {'1.1.1': 'B', '1.2.1': None})

Clauses: RFC 7515, 5.2; RFC 7797, 3; ETSI TS 119 182-1 V1.2.1, 5.1 and 6.3; ETSI EN 319 102-1, 5.2.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from edc_microcred import json_text
from edc_microcred.errors import SealError
from edc_microcred.findings import Finding, Outcome, Rule, Severity
from edc_microcred.limits import DEFAULT_LIMITS
from edc_microcred.seals.algorithms import ALGORITHMS, SMALLEST_RSA
from edc_microcred.seals.envelope import (
    PAYLOAD_DETACHED,
    SIGNATURE_UNREADABLE,
    Envelope,
    Serialization,
    Signature,
)
from edc_microcred.seals.etsi_u import certificates_in
from edc_microcred.seals.header import HEADER_UNREADABLE, Header
from edc_microcred.seals.levels import baseline_levels
from edc_microcred.seals.references import contradicts
from edc_microcred.seals.suites import check_suite
from edc_microcred.seals.unevaluated import check_unevaluated, unevaluated
from edc_microcred.trust.certificate import key_of

SIGNATURE_WRONG: Final = Rule(
    id="seal/signature-wrong",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7515, 5.2; RFC 7518, 3.3 to 3.5",
    title="The seal is broken",
    message="The seal does not fit the content: something was changed after sealing, or it is another's seal.",
    why="This is what a seal is for: not one letter can be changed without it.",
    fix="Get the file again from its issuer. A program that reformats JSON breaks seals too.",
    wrong={"file": {"payload": '{"title": "Data basics, with honours"}'}},
    right={"file": {}},
)
SIGNATURE_SHORT: Final = Rule(
    id="seal/signature-short",
    severity=Severity.WARNING,
    since="0.1",
    source="RFC 7518, 3.4",
    title="The signature value lacks leading zeros",
    message="The {alg} signature value has {size} octets and should have {wanted}; it fits with zeros put back.",
    why="Some versions of DSS drop leading zeros of ES512 values. It weakens nothing, but strict software refuses it.",
    fix="Nothing for a reader. An issuer seals again, or with other software.",
    wrong={"key": "EC P-521", "short": True},
    right={"file": {}},
)
CERTIFICATE_MISSING: Final = Rule(
    id="seal/certificate-missing",
    severity=Severity.ERROR,
    indeterminate=True,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 5.1.8; ETSI EN 319 102-1, 5.2.3",
    title="The sealer's certificate is not in the file",
    message="Neither the header (`x5c`) nor the validation data hold the sealer's certificate.",
    why="Without it the seal cannot be checked, and nobody knows whose it is.",
    fix="Ask the issuer for the certificate and give it along, or have the file sealed again with `x5c`.",
    wrong={"protected": {"x5c": None}},
    right={"protected": {}},
)
REFERENCE_WRONG: Final = Rule(
    id="seal/certificate-reference-wrong",
    severity=Severity.ERROR,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 5.1.7 and 5.2.2; ETSI EN 319 102-1, 5.2.3",
    title="The certificate is not the one that the seal names",
    message="The digest in `{member}` is not that of the certificate in the file.",
    why="The sealer signed for another certificate: this one was put in its place, or the seal was made wrongly.",
    fix="Get the file again from its issuer. If it was made so, it must be sealed again.",
    wrong={"protected": {"x5t#S256": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}},
    right={"protected": {}},
)
SIGNER_NOT_FIRST: Final = Rule(
    id="seal/signer-not-first",
    severity=Severity.WARNING,
    since="0.1",
    source="RFC 7515, 4.1.6",
    title="The sealer's certificate is not the first",
    message="The sealer's certificate is number {place} in `x5c`; it must be the first.",
    why="Readers that follow the standard take the first certificate for the sealer's and find the seal broken.",
    fix="Seal again with the sealer's certificate first.",
    wrong={"protected": {"x5c": ["another certificate", "the sealer's own"]}},
    right={"protected": {"x5c": ["the sealer's own", "another certificate"]}},
)
KEY_MISMATCH: Final = Rule(
    id="seal/key-algorithm-mismatch",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7518, 3.3 to 3.5",
    title="The algorithm does not fit the key",
    message="`alg` is {alg}, but the certificate's key is {key}.",
    why="A signature of this kind cannot be made with this key; the header or the certificate was exchanged.",
    fix="Get the file again from its issuer. If it was made so, it must be sealed again.",
    wrong={"protected": {"alg": "RS256"}},
    right={"protected": {"alg": "ES256"}},
)
KEY_TOO_SHORT: Final = Rule(
    id="seal/key-too-short",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7518, 3.3 and 3.5",
    title="The sealer's key is too short",
    message="The seal was made with {key}; the least is RSA-2048.",
    why="A key of this size can be broken, so anybody may have made the seal.",
    fix="Seal again with an RSA key of 3072 bits or more, or with P-256.",
    wrong={"key": "RSA-1024"},
    right={"key": "RSA-2048", "at": "2026-03-01T10:00:00Z"},
)
KID_WRONG: Final = Rule(
    id="seal/kid-wrong",
    severity=Severity.WARNING,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 5.1.4",
    title="`kid` names another certificate",
    message="`kid` holds issuer and serial number of another certificate than the sealer's.",
    why="It is only a hint, but a right seal has the right one.",
    fix="Seal again with the sealer's own issuer and serial number, or without `kid`.",
    wrong={"protected": {"kid": "MA0wCKQGMAQwAgYAAgEB"}},
    right={"protected": {"kid": "seal key of 2026"}},
)
EXPIRY_PASSED: Final = Rule(
    id="seal/exp-passed",
    severity=Severity.ERROR,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 5.1; RFC 7519, 4.1.4",
    title="The sealer's own time limit has passed",
    message="The header says that the seal must not be accepted from {exp} on (`exp`).",
    why="The sealer limited the seal's use.",
    fix="Ask the issuer for a new one.",
    wrong={"protected": {"exp": 1767225600}, "at": "2026-03-01T10:00:00Z"},
    right={"protected": {"exp": 1798761600}, "at": "2026-03-01T10:00:00Z"},
)

RULES: Final = (
    SIGNATURE_WRONG, SIGNATURE_SHORT, CERTIFICATE_MISSING, REFERENCE_WRONG, SIGNER_NOT_FIRST, KEY_MISMATCH,
    KEY_TOO_SHORT, KID_WRONG, EXPIRY_PASSED,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SealResult:
    """What one seal says and what was found about it, the envelope's findings included.

    `intact` is None when it could not be checked. `certificate` is the sealer's, not yet trusted; `chain` are the other
    certificates in the file, good for finding a path: those of the header first, and no more than the limits allow.
    `claimed_time` is in UTC and only claimed. `levels` holds for each edition of the standard "B", "T" or None.
    `unevaluated` names what is in the file beyond level B.
    """

    intact: bool | None
    algorithm: str | None
    certificate: x509.Certificate | None
    chain: tuple[x509.Certificate, ...]
    claimed_time: datetime | None
    levels: Mapping[str, str | None]
    unevaluated: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def outcome(self) -> Outcome:
        """The seal's own outcome: *valid* when it is intact and nothing speaks against it. It says nothing of trust."""
        checked = Outcome.VALID if self.intact else Outcome.INDETERMINATE if self.intact is None else Outcome.INVALID
        return Outcome.worst([checked, *(finding.outcome for finding in self.findings)])


def check_seals(
    envelope: Envelope, *, at: datetime | None = None, certificates: Sequence[x509.Certificate] = ()
) -> tuple[SealResult, ...]:
    """`check_seal` for every signature of the file, in order; empty when it has none."""
    return tuple(
        check_seal(envelope, index, at=at, certificates=certificates) for index in range(len(envelope.signatures))
    )


def check_seal(
    envelope: Envelope,
    index: int = 0,
    *,
    at: datetime | None = None,
    certificates: Sequence[x509.Certificate] = (),
) -> SealResult:
    """What the signature number `index` of a sealed file is worth in itself.

    `at` (with time zone, default now) is the time for which keys and digests are judged. `certificates` may hold the
    sealer's certificate where the file does not. Raises `SealError` for an `index` that the file does not have.
    """
    if not 0 <= index < len(envelope.signatures):
        raise SealError(
            f"The file has {len(envelope.signatures)} signatures; there is no number {index}.",
            remedy="Count from 0, or use check_seals. What is wrong with a file without signatures is in .findings.",
        )
    if at is None:
        at = datetime.now(UTC)
    elif at.tzinfo is None:
        raise SealError(
            "The time to judge the seal at has no time zone.", remedy="Give it one: datetime(..., tzinfo=UTC)."
        )
    signature = envelope.signatures[index]
    place = json_text.pointer("signatures", index) if envelope.serialization is Serialization.GENERAL else ""
    if signature.header.found(HEADER_UNREADABLE):
        return _result(envelope, signature, intact=False, findings=[])
    inside = certificates_in(signature.etsi_u)
    certificate, findings = _signer(signature.header, inside, certificates)
    intact = None
    if certificate is not None:
        intact, found = _check_signature(envelope, signature, certificate, at)
        findings += found
    findings += _check_expiry(signature.header, at)
    findings += check_unevaluated(signature, has_payload=envelope.signed_octets is not None)
    findings = [finding.moved(place) for finding in findings]
    return _result(envelope, signature, intact=intact, findings=findings, certificate=certificate, inside=inside)


def _result(
    envelope: Envelope,
    signature: Signature,
    *,
    intact: bool | None,
    findings: list[Finding],
    certificate: x509.Certificate | None = None,
    inside: tuple[x509.Certificate, ...] = (),
) -> SealResult:
    others = dict.fromkeys(other for other in (*signature.header.certificates, *inside) if other != certificate)
    return SealResult(
        intact=intact,
        algorithm=signature.header.alg,
        certificate=certificate,
        chain=tuple(others)[: DEFAULT_LIMITS.certificates],
        claimed_time=signature.header.signing_time,
        levels=MappingProxyType(baseline_levels(signature, certificate)),
        unevaluated=unevaluated(signature),
        findings=(*envelope.findings, *signature.findings, *findings),
    )


def _signer(
    header: Header, inside: tuple[x509.Certificate, ...], given: Sequence[x509.Certificate]
) -> tuple[x509.Certificate | None, list[Finding]]:
    """The sealer's certificate: the one that the signed digests name, else the first of `x5c`, with a finding."""
    candidates = list(header.certificates or (*inside, *given))
    named = [certificate for certificate in candidates if _is_named(header, certificate)]
    if named:
        place = header.certificates.index(named[0]) if named[0] in header.certificates else 0
        return named[0], [SIGNER_NOT_FIRST.found(focus="x5c", place=place + 1)] if place else []
    first = header.certificates[0] if header.certificates else None
    if first is not None and header.references:
        wrong = next(r for r in header.references if not r.matches(first.public_bytes(Encoding.DER)))
        return first, [REFERENCE_WRONG.found(focus=wrong.member, member=wrong.member)]
    if first is None and not isinstance(header.members.get("x5c", []), list):
        return None, []  # the header's own finding says so
    return first, [] if first is not None else [CERTIFICATE_MISSING.found(focus="x5c")]


def _is_named(header: Header, certificate: x509.Certificate) -> bool:
    der = certificate.public_bytes(Encoding.DER)
    return bool(header.references) and all(reference.matches(der) for reference in header.references)


def _check_signature(
    envelope: Envelope, signature: Signature, certificate: x509.Certificate, at: datetime
) -> tuple[bool | None, list[Finding]]:
    header = signature.header
    findings: list[Finding] = []
    if header.kid is not None and contradicts(header.kid, certificate):
        findings.append(KID_WRONG.found(focus="kid"))
    algorithm = ALGORITHMS.get(header.alg or "")
    if algorithm is None:
        return False, findings
    kind, bits, curve = key_of(certificate)
    key = f"{kind}-{bits}" if curve is None else f"EC {curve}"
    public_key = _public_key(certificate)
    if not algorithm.fits(public_key) or (kind == "RSASSA-PSS" and algorithm.kind == "RSA"):
        return False, [*findings, KEY_MISMATCH.found(focus="alg", alg=header.alg, key=key)]
    if algorithm.curve is None and bits < SMALLEST_RSA:
        findings.append(KEY_TOO_SHORT.found(focus="alg", key=key))
    else:
        findings += check_suite(algorithm, bits, at)
    if any(finding.rule == PAYLOAD_DETACHED.id for finding in envelope.findings) or "sigD" in header.members:
        return None, findings
    if envelope.signed_octets is None or any(finding.rule == SIGNATURE_UNREADABLE.id for finding in signature.findings):
        return False, findings
    # Whatever `b64` says, what was signed are the two texts as they stand in the file.
    digest = algorithm.digest_of(signature.protected.encode("ascii"), b".", envelope.signed_octets)
    value = algorithm.full_length(signature.value)
    if not algorithm.verifies(public_key, value, digest):
        return False, [*findings, SIGNATURE_WRONG.found()]
    if value != signature.value:
        findings.append(SIGNATURE_SHORT.found(alg=algorithm.name, size=len(signature.value), wanted=len(value)))
    return True, findings


def _public_key(certificate: x509.Certificate) -> object:
    try:
        return certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None


def _check_expiry(header: Header, at: datetime) -> Iterator[Finding]:
    exp = header.members.get("exp")
    if isinstance(exp, int | float) and not isinstance(exp, bool) and exp <= at.timestamp():
        yield EXPIRY_PASSED.found(focus="exp", exp=exp)
