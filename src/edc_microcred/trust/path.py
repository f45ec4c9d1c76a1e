"""From a seal certificate to an anchor: is it trusted, was it in force, and was none on the way revoked?

A seal of level B proves no time: `at`, the time that the sealer claims, only has to fit the certificate, and the path
must hold `now`. An expired certificate is therefore *indeterminate* even when it was in force at `at`.

    result = check_path(certificate, others=chain, policy=policy, at=claimed_time)
    result.outcome, [finding.rule for finding in result.findings]
    # (<Outcome.VALID: 'valid'>, [])

The rules of RFC 5280 6.1 (names, constraints, policies, critical extensions) are applied by pyhanko-certvalidator,
which is given explicit anchors and no way to fetch anything. It accepts what we do not: expired anchors, an anchor that
is no CA, a certificate that is its own anchor. Those are checked here, revocation in `trust.revocation`.

Clauses: RFC 5280 6.1; ETSI EN 319 102-1 5.2.6 (X.509 certificate validation).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from typing import Final

from cryptography import x509

from edc_microcred.errors import LimitError, TrustError
from edc_microcred.findings import Finding, Outcome, Rule, Severity
from edc_microcred.limits import DEFAULT_LIMITS
from edc_microcred.trust import rfc5280
from edc_microcred.trust.authorities import (
    by_subject,
    issued_beneath,
    issued_by,
    issuers_of,
    may_issue,
    named_as_issuer,
)
from edc_microcred.trust.certificate import CertificateFacts, check_certificate, describe
from edc_microcred.trust.dates import check_dates
from edc_microcred.trust.extensions import read_extensions
from edc_microcred.trust.policy import TrustPolicy
from edc_microcred.trust.revocation import check_revocation

NO_ANCHOR = Rule(
    id="trust/no-anchor",
    severity=Severity.ERROR,
    title="Nobody is trusted",
    message="Who issued “{name}” was not looked into: no trust anchor was given.",
    why="Without an anchor anybody could have made the certificate, whatever name it bears.",
    fix="Name whom you trust: `--trust DIR` or `--trust-anchor PEM`, or anchors in the TrustPolicy.",
    source="ETSI EN 319 102-1 5.2.6.4",
    since="0.1",
    wrong={"certificate": "good", "anchors": "none"},
    right={"certificate": "good"},
    indeterminate=True,
)

NO_PATH = Rule(
    id="trust/no-path",
    severity=Severity.ERROR,
    title="The certificate leads to no trusted issuer",
    message="“{name}” was issued by “{issuer}”, and nothing leads from there to one of the {anchors} anchors.",
    why="Its issuer is a stranger to you, or a certificate between the two is missing.",
    fix="If you trust that issuer, make its certificate an anchor; if one in between is missing, put it into the "
    "subfolder `intermediates` of the trust folder.",
    source="RFC 5280 6.1; ETSI EN 319 102-1 5.2.6.4 (NO_CERTIFICATE_CHAIN_FOUND)",
    since="0.1",
    wrong={"certificate": "other-issuer"},
    right={"certificate": "good"},
    indeterminate=True,
)

SELF_SIGNED = Rule(
    id="trust/self-signed-not-trusted",
    severity=Severity.ERROR,
    title="The certificate vouches only for itself",
    message="“{name}” issued its certificate to itself, and it is not one of your anchors.",
    why="Anybody can make such a certificate with any name in a minute.",
    fix="Ask the sealing organisation for a seal made with a certificate of a trust service provider.",
    source="ETSI EN 319 102-1 5.2.6.4 (NO_CERTIFICATE_CHAIN_FOUND)",
    since="0.1",
    wrong={"certificate": "self-signed"},
    right={"certificate": "good"},
    indeterminate=True,
)

ISSUER_SIGNATURE_WRONG = Rule(
    id="trust/issuer-signature-wrong",
    severity=Severity.ERROR,
    title="The certificate was not signed by the issuer that it names",
    message="“{name}” names “{issuer}” and its key as issuer, but that key did not sign it.",
    why="The certificate was forged or changed.",
    fix="Do not rely on it. Ask the organisation that it names for the credential.",
    source="RFC 5280 6.1.3 (a)(1)",
    since="0.1",
    wrong={"certificate": "forged"},
    right={"certificate": "good"},
)

ANCHOR_EXPIRED = Rule(
    id="trust/anchor-expired",
    severity=Severity.ERROR,
    title="The trust anchor has expired",
    message="The anchor “{anchor}”, to which “{name}” leads, expired on {when}.",
    why="Its owner stopped vouching for its key; whether you still trust it is yours to say.",
    fix="Replace it by the anchor that the trust service provider publishes now.",
    source="RFC 5280 6.1.1 (d), which leaves it to the user",
    since="0.1",
    wrong={"certificate": "good", "anchors": "expired"},
    right={"certificate": "good"},
    indeterminate=True,
)

ANCHOR_IS_LEAF = Rule(
    id="trust/anchor-is-leaf",
    severity=Severity.ERROR,
    title="The certificate is its own anchor, and nothing can say that it was revoked",
    message="“{name}” is itself one of your anchors; whether it was revoked cannot be asked of its issuer.",
    why="A stolen key is revoked by the issuer of the certificate, and an anchor is looked up nowhere.",
    fix='Make its issuer the anchor and hand over the CRL, or say revocation="none" if you accept that.',
    source="RFC 5280 6.1; ETSI EN 319 102-1 5.2.6.4",
    since="0.1",
    wrong={"certificate": "good", "anchors": "leaf"},
    right={"certificate": "good"},
    indeterminate=True,
)

ISSUER_OUT_OF_DATE = Rule(
    id="trust/issuer-out-of-date",
    severity=Severity.ERROR,
    title="A CA certificate on the way is not in force",
    message="On the way from “{name}” to its anchor a CA certificate is not in force.",
    why="An issuer vouches for others only while its own certificate is in force.",
    fix="Get the issuer's current certificate. If it has expired for good, the credential must be sealed again.",
    source="RFC 5280 6.1.3 (a)(2)",
    since="0.1",
    wrong={"certificate": "good", "intermediate": "expired"},
    right={"certificate": "good"},
    indeterminate=True,
)

PATH_WEAK = Rule(
    id="trust/path-weak",
    severity=Severity.ERROR,
    title="A signature on the way is too weak",
    message="On the way from “{name}” to its anchor a certificate is signed with a digest or key that can be broken.",
    why="With SHA-1, MD5 or a short key somebody else may have made that certificate.",
    fix="Have the seal certificate issued by a CA that signs with SHA-256 or better and a key of sufficient size.",
    source="ETSI TS 119 312 V1.5.1",
    since="0.1",
    wrong={"certificate": "good", "intermediate": "weak"},
    right={"certificate": "good"},
)

PATH_INVALID = Rule(
    id="trust/path-invalid",
    severity=Severity.ERROR,
    title="The way to the anchor breaks a rule",
    message="“{name}” leads to an anchor, but the way breaks a rule of RFC 5280 ({reason}).",
    why="An issuer limits whom its CAs may vouch for, and for what; these limits were not kept.",
    fix="Ask the issuer of the certificate. `openssl verify -x509_strict` often names the fault.",
    source="RFC 5280 6.1",
    since="0.1",
    wrong={"certificate": "unknown-critical-extension"},
    right={"certificate": "good"},
)

PATH_UNREADABLE = Rule(
    id="trust/path-unreadable",
    severity=Severity.ERROR,
    title="The way to the anchor cannot be read",
    message="A certificate between “{name}” and its anchor cannot be read whole ({reason}).",
    why="What cannot be read may hold the very restriction that forbids the use.",
    fix="Ask the issuer for correct certificates.",
    source="RFC 5280 4.1",
    since="0.1",
    wrong={"certificate": "damaged-policies"},
    right={"certificate": "good"},
    indeterminate=True,
)

RULES: Final = (
    NO_ANCHOR,
    NO_PATH,
    SELF_SIGNED,
    ISSUER_SIGNATURE_WRONG,
    ANCHOR_EXPIRED,
    ANCHOR_IS_LEAF,
    ISSUER_OUT_OF_DATE,
    PATH_WEAK,
    PATH_INVALID,
    PATH_UNREADABLE,
)

_BY_FAULT: Final = {
    rfc5280.Fault.NO_PATH: NO_PATH,
    rfc5280.Fault.OUT_OF_DATE: ISSUER_OUT_OF_DATE,
    rfc5280.Fault.WEAK: PATH_WEAK,
    rfc5280.Fault.INVALID: PATH_INVALID,
    rfc5280.Fault.UNREADABLE: PATH_UNREADABLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PathResult:
    """What was found about one certificate, in three parts, each for one check of a report.

    `path` leads from the certificate to its anchor, both included; it is empty where none was found. `revocation` is
    the outcome of revocation alone; where it could not be looked at (no path, not in force) it is *indeterminate*
    without a finding of its own, since another finding tells why.
    """

    facts: CertificateFacts
    certificate_findings: tuple[Finding, ...]
    path_findings: tuple[Finding, ...]
    revocation_findings: tuple[Finding, ...]
    revocation: Outcome
    path: tuple[x509.Certificate, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings: the certificate alone, its path and dates, revocation."""
        return self.certificate_findings + self.path_findings + self.revocation_findings

    @property
    def outcome(self) -> Outcome:
        """The worst of all findings and of revocation."""
        return Outcome.worst([self.revocation, *(f.outcome for f in self.findings)])


@dataclass(frozen=True, slots=True)
class _Question:
    """What a result depends on. Of the three times it is only their places among the dates that change a judgement."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    places: tuple[tuple[int, int], ...]
    at: datetime = field(compare=False)
    now: datetime = field(compare=False)
    present: datetime = field(compare=False)


def check_path(
    certificate: x509.Certificate,
    *,
    others: Iterable[x509.Certificate] = (),
    policy: TrustPolicy,
    at: datetime,
    now: datetime | None = None,
    present: datetime | None = None,
) -> PathResult:
    """Whether `certificate` is trusted by `policy` for a seal that says it was made at `at`, judged at `now`.

    `others` are the certificates that came with the seal; they are trusted for nothing. All times need a time zone;
    `present` is the clock's when left out, and `now` is `present`: a `now` in the past judges for that day, and still
    CRLs and OCSP responses of today count, but none dated in the future. Results are kept with the policy. Raises
    `TrustError` for a time without zone, `LimitError` for more than 64 others; what is wrong with certificates is in
    the findings.
    """
    present = present or datetime.now(UTC)
    now = now or present
    if any(time.utcoffset() is None for time in (at, now, present)):
        raise TrustError("A time without time zone was given to check_path.", remedy="Use aware datetimes, in UTC.")
    others = tuple(others)
    if len(others) > DEFAULT_LIMITS.certificates:
        raise LimitError(
            f"{len(others)} certificates came with the seal; the limit is {DEFAULT_LIMITS.certificates}.",
            remedy="No seal needs more than a handful.",
        )
    dates = _dates(certificate, others)
    places = (*(policy.place_of(time) for time in (at, now, present)), _places(dates, at), _places(dates, now))
    question = _Question(certificate, others, places, at, now, present)
    known: PathResult | None = policy.results.get(question)
    if known is None:
        known = _answer(question, policy)
        policy.results.put(question, known)
    return known


@lru_cache(maxsize=256)
def _dates(certificate: x509.Certificate, others: tuple[x509.Certificate, ...]) -> tuple[datetime, ...]:
    dates = {d for c in (certificate, *others) for d in (c.not_valid_before_utc, c.not_valid_after_utc)}
    return tuple(sorted(dates))


def _places(dates: tuple[datetime, ...], moment: datetime) -> tuple[int, int]:
    return bisect_left(dates, moment), bisect_right(dates, moment)


def _answer(question: _Question, policy: TrustPolicy) -> PathResult:
    certificate = question.certificate
    facts = describe(certificate)
    # Judged at a time at which the certificate itself is in force, so that its own dates hide no other fault.
    moment = min(max(question.now, facts.not_before), facts.not_after)
    path, path_findings = _find_path(question, facts, policy, moment)
    revocation, revocation_findings = _check_revocation(path, facts, question, policy)
    return PathResult(
        facts=facts,
        certificate_findings=tuple(check_certificate(facts)),
        path_findings=(*check_dates(facts, question.at, question.now), *path_findings),
        revocation_findings=tuple(revocation_findings),
        revocation=revocation,
        path=path,
    )


def _find_path(
    question: _Question, facts: CertificateFacts, policy: TrustPolicy, moment: datetime
) -> tuple[tuple[x509.Certificate, ...], list[Finding]]:
    """The path and what speaks against it; an empty path where there is none that keeps the rules."""
    certificate = question.certificate
    if not policy.anchors:
        return (), [NO_ANCHOR.found(name=facts.name)]
    if certificate in policy.anchors:
        return (certificate,), []
    others = [o for o in question.others if o not in (certificate, *policy.anchors, *policy.authorities)]
    authorities = [*policy.authorities, *_beneath(others, policy)]
    issuers = issuers_of(certificate, policy.anchors_by_name) or issuers_of(certificate, by_subject(authorities))
    if not issuers:
        return (), [_no_path(certificate, facts, policy, authorities)]
    names = {c.issuer for c in (certificate, *authorities)}
    anchors = [a for name in names for a in policy.anchors_by_name.get(name, ())]
    path, fault = rfc5280.validate(certificate, authorities, anchors, moment)
    if fault:
        rule = _BY_FAULT[fault.fault]
        return (), [rule.found(name=facts.name, issuer=facts.issuer, anchors=len(policy.anchors), reason=fault.reason)]
    return path, list(_check_anchor(path[-1], facts, policy, moment))


def _beneath(others: list[x509.Certificate], policy: TrustPolicy) -> list[x509.Certificate]:
    """Those of the certificates that came with the seal which lead to an anchor."""
    if not others:
        return []
    below = issued_beneath(policy.anchors_by_name, others)
    rest = [o for o in others if o not in below]
    return below + issued_beneath(by_subject(c for c in policy.authorities if may_issue(c)), rest)


def _no_path(
    certificate: x509.Certificate, facts: CertificateFacts, policy: TrustPolicy, authorities: list[x509.Certificate]
) -> Finding:
    if issued_by(certificate, certificate):
        return SELF_SIGNED.found(name=facts.name)
    key = read_extensions(certificate).authority_key_identifier
    for candidate in named_as_issuer(certificate, by_subject((*policy.anchors, *authorities))):
        same_key = key and read_extensions(candidate).subject_key_identifier == key
        if same_key and not issued_by(certificate, candidate):
            return ISSUER_SIGNATURE_WRONG.found(name=facts.name, issuer=facts.issuer)
    return NO_PATH.found(name=facts.name, issuer=facts.issuer, anchors=len(policy.anchors))


def _check_anchor(
    anchor: x509.Certificate, facts: CertificateFacts, policy: TrustPolicy, moment: datetime
) -> Iterator[Finding]:
    # A root is often renewed with the same name and key: any of the two that is in force will do.
    same = [a for a in policy.anchors_by_name[anchor.subject] if a.public_key() == anchor.public_key()]
    if not any(a.not_valid_before_utc <= moment <= a.not_valid_after_utc for a in same):
        latest = max(a.not_valid_after_utc for a in same)
        yield ANCHOR_EXPIRED.found(name=facts.name, anchor=describe(anchor).name, when=f"{latest:%Y-%m-%d}")


def _check_revocation(
    path: tuple[x509.Certificate, ...], facts: CertificateFacts, question: _Question, policy: TrustPolicy
) -> tuple[Outcome, list[Finding]]:
    """Whether any certificate of the path but its anchor was revoked, from the seal certificate upward."""
    if len(path) == 1:
        return _check_anchor_revocation(path[0], facts, question, policy)
    outcomes: list[Outcome] = []
    findings: list[Finding] = []
    for below, issuer in pairwise(path):
        outcome, found = check_revocation(below, describe(below).name, issuer, policy, question.now, question.present)
        outcomes.append(outcome)
        findings += found
    return Outcome.worst(outcomes), findings


def _check_anchor_revocation(
    anchor: x509.Certificate, facts: CertificateFacts, question: _Question, policy: TrustPolicy
) -> tuple[Outcome, list[Finding]]:
    """Whether a seal certificate that is an anchor itself was revoked: whoever signed it may have done so.

    That issuer's certificate may come with the seal, and then proves nothing but its key: beside the right one there
    may be one made to have the CRL set aside. So each is asked, and one revocation is enough.
    """
    issuers = issuers_of(anchor, by_subject((*policy.intermediates, *policy.anchors, *question.others)))
    if not issuers and policy.revocation != "none":
        weighs = Severity.ERROR if policy.revocation == "require" else Severity.WARNING
        finding = ANCHOR_IS_LEAF.found(severity=weighs, name=facts.name)
        return finding.outcome, [finding]
    answers = [
        check_revocation(anchor, facts.name, one, policy, question.now, question.present) for one in issuers or [anchor]
    ]
    order = (Outcome.INVALID, Outcome.VALID, Outcome.INDETERMINATE)
    return min(answers, key=lambda answer: order.index(answer[0]))
