"""Whether a certificate was revoked, by the CRLs and OCSP responses that the caller handed over. Nothing is fetched.

An answer counts when it is of the very issuer, its signature holds, it speaks of this certificate, and it is current:
`thisUpdate` within the life of the certificate, `nextUpdate` not passed. An answer later than the moment of judgement
is better than an earlier one and counts as well, but none from the future: an answer that is dated more than five
minutes after the present clears nobody (the five minutes are for clocks that differ). That is the present, not the
moment of judgement: who judges for a day in the past has answers of today. A revocation counts in any answer, be it out
of date or ahead of it. What was set aside is said, with the reason.

Clauses: RFC 5280 5 and 6.3; RFC 6960 3.2, 4.2.2; ETSI EN 319 102-1 5.2.6 and 5.2.5 (revocation freshness).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from cryptography import x509

from edc_microcred.findings import Finding, Outcome, Rule, Severity
from edc_microcred.trust.answers import Answer, crl_answers, ocsp_answers
from edc_microcred.trust.policy import CLOCK_SKEW, TrustPolicy

_HOLD: Final = "certificate hold"
_FUTURE: Final = "it is dated in the future"

REVOKED = Rule(
    id="trust/certificate-revoked",
    severity=Severity.ERROR,
    title="A certificate was revoked",
    message="“{name}” was revoked on {when} ({reason}), says the {source}. Without a time-stamp nothing proves that "
    "the seal is older.",
    why="Its issuer withdrew it; whoever holds the key now may not be the organisation any more, and the time that a "
    "seal states is only its maker's word.",
    fix="Have the credential sealed again with a certificate in force.",
    source="RFC 5280 6.3; ETSI EN 319 102-1 5.2.6.4",
    since="0.1",
    wrong={"certificate": "revoked"},
    right={"certificate": "good"},
)

SUSPENDED = Rule(
    id="trust/certificate-suspended",
    severity=Severity.ERROR,
    title="A certificate is suspended",
    message="“{name}” is on hold since {when}, says the {source}.",
    why="A hold can be lifted or become a revocation; until then nobody can tell.",
    fix="Verify again with a later CRL or OCSP response.",
    source="RFC 5280 5.3.1 (certificateHold)",
    since="0.1",
    wrong={"certificate": "suspended"},
    right={"certificate": "good"},
    indeterminate=True,
)

REVOCATION_MISSING = Rule(
    id="trust/revocation-missing",
    severity=Severity.ERROR,
    title="Nothing says whether a certificate was revoked",
    message="Nothing says whether “{name}” was revoked: of {crls} CRLs and {answers} OCSP answers none of its issuer "
    "could be used.",
    why="A certificate that was stolen is revoked, and only a CRL or an OCSP response of its issuer tells.",
    fix="Hand over the issuer's current CRL (`--crl`, or *.crl in the trust folder) or an OCSP response.",
    source="RFC 5280 6.3; ETSI EN 319 102-1 5.2.6.4",
    since="0.1",
    wrong={"certificate": "good", "crl": "none"},
    right={"certificate": "good", "crl": "current"},
    indeterminate=True,
)

REVOCATION_STALE = Rule(
    id="trust/revocation-stale",
    severity=Severity.ERROR,
    title="What says that a certificate was not revoked is out of date",
    message="The {source} that covers “{name}” was current until {until}.",
    why="A revocation since then would not show in it.",
    fix="Hand over the CRL or OCSP response that the issuer publishes now.",
    source="RFC 5280 6.3.3 (a); ETSI EN 319 102-1 5.2.5",
    since="0.1",
    wrong={"certificate": "good", "crl": "stale"},
    right={"certificate": "good", "crl": "current"},
    indeterminate=True,
)

REVOCATION_IN_FUTURE = Rule(
    id="trust/revocation-in-future",
    severity=Severity.ERROR,
    title="What says that a certificate was not revoked is dated in the future",
    message="The {source} that covers “{name}” says that it was made on {when}, which is still to come.",
    why="Nobody can know today what will not have been revoked by then. Such an answer would count as current for as "
    "long as its maker liked.",
    fix="Compare the clock of this machine with the right time. If it is right, get the CRL or OCSP response that the "
    "issuer publishes now.",
    source="RFC 6960 4.2.2.1; RFC 5280 5.1.2.4",
    since="0.1",
    wrong={"certificate": "good", "crl": "future"},
    right={"certificate": "good", "crl": "current"},
    indeterminate=True,
)

REVOCATION_NOT_USED = Rule(
    id="trust/revocation-not-used",
    severity=Severity.WARNING,
    title="A CRL or OCSP response was set aside",
    message="The {source} of {when} was not used for “{name}”: {reason}.",
    why="It bears the issuer's name, yet cannot be relied upon.",
    fix="Get it again from the issuer, whole and unchanged.",
    source="RFC 5280 6.3.3; RFC 6960 3.2",
    since="0.1",
    wrong={"certificate": "good", "crl": "current and forged"},
    right={"certificate": "good", "crl": "current"},
)

REVOCATION_NOT_CHECKED = Rule(
    id="trust/revocation-not-checked",
    severity=Severity.WARNING,
    title="Revocation was not looked at",
    message="Whether “{name}” was revoked was not looked at, because the caller's policy says so.",
    why="A seal made with a stolen and revoked key would pass.",
    fix='Leave the policy at revocation="require" and hand over a CRL or OCSP response.',
    source="ETSI EN 319 102-1 5.2.6.4",
    since="0.1",
    wrong={"certificate": "good", "revocation": "none"},
    right={"certificate": "good", "revocation": "require"},
)

RULES: Final = (
    REVOKED,
    SUSPENDED,
    REVOCATION_MISSING,
    REVOCATION_STALE,
    REVOCATION_IN_FUTURE,
    REVOCATION_NOT_USED,
    REVOCATION_NOT_CHECKED,
)


def check_revocation(
    certificate: x509.Certificate,
    name: str,
    issuer: x509.Certificate,
    policy: TrustPolicy,
    now: datetime,
    present: datetime,
) -> tuple[Outcome, list[Finding]]:
    """What the policy's revocation data says of `certificate` (called `name` in messages), judged at `now`.

    `present` is what the clock says, or `now` where that is later: judged for a day to come, that day is the present.
    `issuer` must be its issuer, proven by signature and path. The outcome is *valid* when it is known not to be
    revoked, or when the policy does not ask for more. Of a certificate that is not in force at `now` nothing is said
    but a revocation: what covers it no longer is its least fault, and the outcome is *indeterminate*.
    """
    if policy.revocation == "none":
        return Outcome.VALID, [REVOCATION_NOT_CHECKED.found(name=name)]
    latest = max(now, present) + CLOCK_SKEW
    answers = [
        *crl_answers(certificate, issuer, policy),
        *ocsp_answers(certificate, issuer, policy, now=now, latest=latest),
    ]
    counting = sorted((a for a in answers if not a.set_aside), key=lambda a: (a.this_update, a.revoked_at is not None))
    future = [a for a in counting if a.this_update > latest and not a.revoked_at]
    used = [a for a in counting if a not in future]
    findings = [
        REVOCATION_NOT_USED.found(name=name, source=a.source, when=_date(a.this_update), reason=a.set_aside or _FUTURE)
        for a in answers
        if a.set_aside or (used and a in future)
    ]
    for answer in used:
        if answer.revoked_at and answer.reason != _HOLD:
            when = _date(answer.revoked_at)
            findings.append(REVOKED.found(name=name, when=when, reason=answer.reason, source=answer.source))
            return Outcome.INVALID, findings
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        return Outcome.INDETERMINATE, []
    findings += _check_answers(used, future, name, policy, now)
    return Outcome.worst([Outcome.VALID, *(f.outcome for f in findings)]), findings


def _check_answers(
    used: list[Answer], future: list[Answer], name: str, policy: TrustPolicy, now: datetime
) -> Iterator[Finding]:
    """What is wanting in the answers that count, the latest last; none of them says that it was revoked for good."""
    weighs = Severity.ERROR if policy.revocation == "require" else Severity.WARNING
    if not used and future:
        first = future[0]
        yield REVOCATION_IN_FUTURE.found(severity=weighs, name=name, source=first.source, when=_date(first.this_update))
        return
    if not used:
        answers = sum(map(len, policy.answers_by_serial.values()))
        yield REVOCATION_MISSING.found(severity=weighs, name=name, crls=len(policy.crls), answers=answers)
        return
    latest = used[-1]
    if latest.revoked_at:
        yield SUSPENDED.found(name=name, when=_date(latest.revoked_at), source=latest.source)
    until = max(answer.current_until for answer in used)
    if until < now:
        yield REVOCATION_STALE.found(severity=weighs, name=name, source=latest.source, until=_date(until))


def _date(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
