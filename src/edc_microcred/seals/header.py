"""The protected header of a JAdES seal: what the sealer declared and signed.

It is read from the signed text and never written again, because one changed space breaks the seal.
Older seals give their time as `sigT`, newer ones as `iat`; both become `signing_time`, in UTC.
That time is the sealer's claim: only a time-stamp proves one.

    >>> header = Header.read("eyJhbGciOiJSUzI1NiIsImlhdCI6MTc2NzIyNTYwMH0")
    >>> header.alg, header.signing_time.isoformat()
    ('RS256', '2026-01-01T00:00:00+00:00')
    >>> [finding.rule for finding in header.findings]
    ['seal/certificate-reference-missing']

Clauses: ETSI TS 119 182-1 V1.2.1, 5.1 and 5.2; RFC 7515, 4; RFC 7797 `b64`.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.utils import CryptographyDeprecationWarning

from edc_microcred import json_text
from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.limits import DEFAULT_LIMITS, Limits
from edc_microcred.seals import base64url
from edc_microcred.seals.algorithms import ALGORITHMS
from edc_microcred.seals.crit import UNDERSTOOD, check_crit, listed, read_crit
from edc_microcred.seals.references import MEMBERS, CertificateReference, read_references

HEADER_UNREADABLE: Final = Rule(
    id="seal/header-unreadable",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7515, 4 and 5.2",
    title="The protected header cannot be read",
    message="The protected header cannot be read: {reason}",
    why="It holds the algorithm, the certificate and the time of the seal. Two readers must see the same there, so a "
    "member that is named twice counts as unreadable too.",
    fix="Get the file again as the sealer made it. If it was made so, it must be sealed again.",
    wrong={"protected_text": "e30x"},
    right={"protected": {}},
)
MEMBER_WRONG: Final = Rule(
    id="seal/header-member-wrong",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7515, 4.1; RFC 7797, 3; ETSI TS 119 182-1 V1.2.1, 5.1",
    title="A header member is of the wrong type",
    message="`{member}` must be {wanted}; it is {seen}.",
    why="A reader that guesses what was meant may guess otherwise than the sealer.",
    fix="Seal again with the type that the standard has for this member.",
    wrong={"protected": {"b64": "false"}},
    right={"protected": {"b64": False}},
)
MEMBER_UNKNOWN: Final = Rule(
    id="seal/header-member-unknown",
    severity=Severity.INFO,
    since="0.1",
    source="RFC 7515, 4 and 4.2",
    title="The protected header holds something unknown",
    message="The protected header holds what neither JWS nor JAdES defines for a seal; it was ignored: {names}.",
    why="It was sealed, but nothing was checked by it.",
    fix="Nothing, if it is meant.",
    wrong={"protected": {"nbf": 1767225600}},
    right={"protected": {}},
)
KEY_ELSEWHERE: Final = Rule(
    id="seal/key-elsewhere",
    severity=Severity.INFO,
    since="0.1",
    source="RFC 7515, 4.1.2, 4.1.3 and 4.1.5",
    title="The header names a key or certificate that was not used",
    message="The header holds `{member}`; keys are taken from certificates only, and nothing is fetched.",
    why="A key without a certificate tells nothing about its holder.",
    fix="Nothing, if the certificate is in `x5c` too.",
    wrong={"protected": {"x5u": "https://seals.example.org/certificate"}},
    right={"protected": {}},
)
ALGORITHM_REFUSED: Final = Rule(
    id="seal/algorithm-refused",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7518, 3.1; ETSI TS 119 182-1 V1.2.1, 5.1.2; ETSI TS 119 312",
    title="The signature algorithm is not one that a seal may have",
    message="`alg` is {alg}; a seal has one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512.",
    why="`none` signs nothing, HS256 and its kind can be made by anybody who can check them, others are not judged.",
    fix="Seal again with one of the algorithms named.",
    wrong={"protected": {"alg": "HS256"}},
    right={"protected": {"alg": "ES256"}},
)
TIME_MISSING: Final = Rule(
    id="seal/signing-time-missing",
    severity=Severity.ERROR,
    indeterminate=True,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 5.1.11 and 6.3",
    title="The seal does not say when it was made",
    message="The header has neither `iat` nor `sigT`.",
    why="Whether the certificate was valid then cannot be judged, and no validator gives such a seal a level.",
    fix="Seal again with a signing time.",
    wrong={"protected": {"sigT": None, "crit": ["b64"]}},
    right={"protected": {"sigT": "2026-03-01T10:00:00Z"}},
)
TIME_TWICE: Final = Rule(
    id="seal/signing-time-twice",
    severity=Severity.ERROR,
    indeterminate=True,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 6.3",
    title="The seal gives its time twice",
    message="The header has both `iat` and `sigT`.",
    why="Readers of the older and of the newer edition would take different times.",
    fix="Seal again with one of the two.",
    wrong={"protected": {"iat": 1767225600}},
    right={"protected": {"sigT": None, "crit": ["b64"], "iat": 1767225600}},
)
TIME_WRONG: Final = Rule(
    id="seal/signing-time-wrong",
    severity=Severity.ERROR,
    indeterminate=True,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 5.1.11 and 5.2.1",
    title="The signing time cannot be read",
    message="`{member}` is {seen}; it must be {wanted}.",
    why="Whether the certificate was valid then cannot be judged.",
    fix="Seal again with the time in the form that the standard has.",
    wrong={"protected": {"sigT": "2026-03-01T10:00:00.000Z"}},
    right={"protected": {"sigT": "2026-03-01T10:00:00Z"}},
)
REFERENCE_MISSING: Final = Rule(
    id="seal/certificate-reference-missing",
    severity=Severity.ERROR,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 5.1.7, 5.2.2 and 6.3",
    title="The seal does not say which certificate it was made with",
    message="The protected header has none of `x5t#S256`, `x5t#o` and `sigX5ts`.",
    why="Without a signed digest the certificate can be exchanged for another one over the same key.",
    fix="Seal again with a digest of the certificate in the protected header.",
    wrong={"protected": {"x5t#S256": None}},
    right={"protected": {}},
)
REFERENCES_SEVERAL: Final = Rule(
    id="seal/certificate-references-several",
    severity=Severity.WARNING,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 6.3",
    title="The certificate is referred to in more than one way",
    message="The protected header has {members}; the standard wants exactly one of them.",
    why="Each of them is checked here, but validators give such a seal no level.",
    fix="Seal again with one reference.",
    wrong={"protected": {"sigX5ts": "the same digest again"}},
    right={"protected": {}},
)
X5T_PRESENT: Final = Rule(
    id="seal/x5t-present",
    severity=Severity.WARNING,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 5.1.6",
    title="The header has a SHA-1 digest of the certificate",
    message="The header has `x5t`, which JAdES forbids; it was ignored.",
    why="SHA-1 can be forged, so this digest binds nothing.",
    fix="Seal again without `x5t`.",
    wrong={"protected": {"x5t": "dGhpcyBpcyBubyByZWFsIHNoYTE"}},
    right={"protected": {}},
)
CERTIFICATE_UNREADABLE: Final = Rule(
    id="seal/certificate-unreadable",
    severity=Severity.WARNING,
    since="0.1",
    source="RFC 7515, 4.1.6",
    title="A certificate in the header cannot be read",
    message="Item {index} of `x5c` is no certificate in base64 and DER; it was passed over.",
    why="If it was needed for the path to a trusted authority, that path cannot be built.",
    fix="Seal again with the certificates as the authority issued them.",
    wrong={"protected": {"x5c": ["the sealer's own", "AAAA"]}},
    right={"protected": {}},
)

RULES: Final = (
    HEADER_UNREADABLE, MEMBER_WRONG, MEMBER_UNKNOWN, KEY_ELSEWHERE, ALGORITHM_REFUSED, TIME_MISSING, TIME_TWICE,
    TIME_WRONG, REFERENCE_MISSING, REFERENCES_SEVERAL, X5T_PRESENT, CERTIFICATE_UNREADABLE,
)  # fmt: skip

_KNOWN: Final = UNDERSTOOD | {"alg", "cty", "kid", "x5u", "x5t", "x5t#S256", "x5c", "typ", "crit", "jku", "jwk"}
_SIG_T: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


@dataclass(frozen=True, slots=True)
class Header:
    """What one protected header says; what it says wrongly is in `findings`, with `focus` the member concerned.

    `text` is the base64url text as found; `members` is everything in it. `certificates` are those of `x5c`, as many
    as can be read, in its order; `references` the signed digests. Nothing here is verified yet.
    """

    text: str
    members: Mapping[str, Any]
    alg: str | None
    cty: str | None
    typ: str | None
    kid: str | None
    b64: bool
    crit: tuple[str, ...]
    signing_time: datetime | None
    certificates: tuple[x509.Certificate, ...]
    references: tuple[CertificateReference, ...]
    findings: tuple[Finding, ...]

    @classmethod
    def read(cls, text: str, *, unprotected: Collection[str] = (), limits: Limits = DEFAULT_LIMITS) -> "Header":
        """The header in base64url `text`; never raises. `unprotected`: the names that are beside it."""
        members, findings = _read_members(text, limits)
        if members is None:
            members = {}
        else:
            findings += check_crit(members, unprotected)
            findings += _check_members(members)
        certificates = list(_read_certificates(members.get("x5c"), limits, findings))
        return cls(
            text=text,
            members=MappingProxyType(members),
            alg=_text(members, "alg"),
            cty=_text(members, "cty"),
            typ=_text(members, "typ"),
            kid=_text(members, "kid"),
            b64=members.get("b64") is not False,
            crit=read_crit(members),
            signing_time=_read_time(members, findings),
            certificates=tuple(certificates),
            references=read_references(members),
            findings=tuple(findings),
        )

    @property
    def tells_b64(self) -> bool:
        """Whether the header can be read as far as it says, or leaves it at, how the payload is written."""
        return not self.found(HEADER_UNREADABLE) and isinstance(self.members.get("b64", True), bool)

    def found(self, rule: Rule) -> bool:
        """Whether `rule` was met in this header."""
        return any(finding.rule == rule.id for finding in self.findings)


def read_certificate(data: bytes | None) -> x509.Certificate | None:
    """A certificate from its DER, or None: hostile bytes are no reason to stop."""
    try:
        return x509.load_der_x509_certificate(data) if data else None
    except (ValueError, TypeError, x509.InvalidVersion, UnsupportedAlgorithm, CryptographyDeprecationWarning):
        return None  # the warning, for a serial number that is not positive, comes as an exception where asked for


def _text(members: Mapping[str, Any], name: str) -> str | None:
    value = members.get(name)
    return value if isinstance(value, str) else None


def _read_members(text: str, limits: Limits) -> tuple[dict[str, Any] | None, list[Finding]]:
    data = base64url.decode(text)
    if data is None:
        return None, [HEADER_UNREADABLE.found(reason="it is no base64url text without padding.")]
    try:
        members = json_text.parse(json_text.decode(data, what="It"), limits=limits, what="It")
    except UnreadableError as error:
        return None, [HEADER_UNREADABLE.found(reason=error.message)]
    if not isinstance(members, dict):
        return None, [HEADER_UNREADABLE.found(reason="it is no JSON object.")]
    return members, []


def _check_members(members: Mapping[str, Any]) -> Iterator[Finding]:
    if _text(members, "alg") not in ALGORITHMS:
        yield ALGORITHM_REFUSED.found(focus="alg", alg=f"“{members['alg']}”" if "alg" in members else "absent")
    if "b64" in members and not isinstance(members["b64"], bool):
        yield _wrong("b64", members, "true or false", Severity.ERROR)
    for name in ("cty", "typ", "kid"):
        if name in members and not isinstance(members[name], str):
            yield _wrong(name, members, "a text", Severity.WARNING)
    exp = members.get("exp", 0)
    if isinstance(exp, bool) or not isinstance(exp, int | float):
        yield _wrong("exp", members, "a number of seconds", Severity.ERROR)  # it is meant, and may have passed
    references = [name for name in MEMBERS if name in members]
    if not references:
        yield REFERENCE_MISSING.found()
    elif len(references) > 1:
        yield REFERENCES_SEVERAL.found(members=", ".join(references))
    if "x5t" in members:
        yield X5T_PRESENT.found(focus="x5t")
    for name in ("jku", "jwk", "x5u"):
        if name in members:
            yield KEY_ELSEWHERE.found(focus=name, member=name)
    critical = set(read_crit(members))  # an unknown one of these has a finding already
    if unknown := [name for name in members if name not in _KNOWN and name not in critical]:
        yield MEMBER_UNKNOWN.found(focus=unknown[0], names=listed(unknown))


def _wrong(name: str, members: Mapping[str, Any], wanted: str, severity: Severity) -> Finding:
    return MEMBER_WRONG.found(focus=name, severity=severity, member=name, wanted=wanted, seen=f"{members[name]!r:.80}")


def _read_certificates(x5c: object, limits: Limits, findings: list[Finding]) -> Iterator[x509.Certificate]:
    if x5c is None:
        return
    if not isinstance(x5c, list) or len(x5c) > limits.certificates:
        wanted = f"a list of at most {limits.certificates} certificates"
        findings.append(MEMBER_WRONG.found(focus="x5c", member="x5c", wanted=wanted, seen=_kind(x5c)))
        return
    for index, item in enumerate(x5c):
        certificate = read_certificate(base64url.decode_leniently(item) if isinstance(item, str) else None)
        if certificate is None:
            findings.append(CERTIFICATE_UNREADABLE.found(focus="x5c", index=index))
        else:
            yield certificate


def _kind(value: object) -> str:
    return f"a list of {len(value)}" if isinstance(value, list) else "a text" if isinstance(value, str) else "neither"


def _read_time(members: Mapping[str, Any], findings: list[Finding]) -> datetime | None:
    """The claimed time in UTC; None, with a finding, unless exactly one of `iat` and `sigT` gives it."""
    if any(finding.rule == HEADER_UNREADABLE.id for finding in findings):
        return None
    if "iat" in members and "sigT" in members:
        findings.append(TIME_TWICE.found(focus="iat"))
        return None
    if "iat" not in members and "sigT" not in members:
        findings.append(TIME_MISSING.found())
        return None
    name = "iat" if "iat" in members else "sigT"
    value = members[name]
    try:
        if name == "iat" and type(value) is int:
            return datetime.fromtimestamp(value, UTC)
        if name == "sigT" and isinstance(value, str) and _SIG_T.fullmatch(value):
            return datetime.fromisoformat(value)
    except (ValueError, OverflowError, OSError):
        pass  # a number or text of the right form that is no time
    wanted = "whole seconds since 1970, in UTC" if name == "iat" else "in the form YYYY-MM-DDThh:mm:ssZ"
    findings.append(TIME_WRONG.found(focus=name, member=name, seen=f"{value!r:.80}", wanted=wanted))
    return None
