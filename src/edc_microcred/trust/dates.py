"""Whether a seal certificate was in force when the seal says it was made, and is now.

Clauses: ETSI EN 319 102-1 5.2.6 and 5.2.8; RFC 5280 4.1.2.5.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.trust.certificate import CertificateFacts

EXPIRED = Rule(
    id="trust/certificate-expired",
    severity=Severity.ERROR,
    title="The certificate had expired before the seal was made",
    message="“{name}” expired on {when}, before the time at which the seal says it was made.",
    why="A certificate vouches for its key only until it expires.",
    fix="Have the credential sealed with a certificate in force.",
    source="ETSI EN 319 102-1 5.2.8.4 (signing time within the validity of the certificate)",
    since="0.1",
    wrong={"certificate": "expired"},
    right={"certificate": "good"},
)

NOT_YET_VALID = Rule(
    id="trust/certificate-not-yet-valid",
    severity=Severity.ERROR,
    title="The certificate was not yet in force",
    message="“{name}” is in force from {when} only, which is later than the seal or than now.",
    why="Before that day nobody vouches for the key; the time of the seal or a clock is wrong.",
    fix="Check the clock of the machine that sealed. Seal again when the certificate is in force.",
    source="ETSI EN 319 102-1 5.2.8.4; RFC 5280 4.1.2.5",
    since="0.1",
    wrong={"certificate": "not-yet-valid"},
    right={"certificate": "good"},
)

EXPIRED_NOW = Rule(
    id="trust/certificate-expired-now",
    severity=Severity.ERROR,
    title="The certificate has expired since",
    message="“{name}” expired on {when}. It was in force when the seal says it was made, but nothing proves that time.",
    why="The time in a seal is its maker's word; whoever finds an old key can claim any time. A time-stamp proves it.",
    fix="Have the credential sealed again, with a time-stamp (level T or above) if it is to outlive the certificate.",
    source="ETSI EN 319 102-1 5.3 (OUT_OF_BOUNDS_NO_POE)",
    since="0.1",
    wrong={"certificate": "expired-since"},
    right={"certificate": "good"},
    indeterminate=True,
)

RULES: Final = (EXPIRED, NOT_YET_VALID, EXPIRED_NOW)


def check_dates(facts: CertificateFacts, at: datetime, now: datetime) -> Iterator[Finding]:
    """What the dates of a certificate say against a seal that claims `at`, judged at `now` (both with time zone).

    The messages name no time but the certificate's own: results are kept for other seals of the same certificate.
    """
    if at > facts.not_after:
        yield EXPIRED.found(name=facts.name, when=f"{facts.not_after:%Y-%m-%d}")
    elif min(at, now) < facts.not_before:
        yield NOT_YET_VALID.found(name=facts.name, when=f"{facts.not_before:%Y-%m-%d}")
    elif now > facts.not_after:
        yield EXPIRED_NOW.found(name=facts.name, when=f"{facts.not_after:%Y-%m-%d}")
