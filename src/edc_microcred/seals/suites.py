"""How long the key and the digest of a seal can be relied upon: what `trust.suites` says, as findings.

Clauses: ETSI TS 119 312 V1.5.1; ETSI EN 319 102-1, 5.2.8.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.seals.algorithms import Algorithm
from edc_microcred.trust.suites import digest_end, suite_end

SUITE_ENDS: Final = Rule(
    id="seal/suite-ends",
    severity=Severity.WARNING,
    since="0.1",
    source="ETSI TS 119 312 V1.5.1",
    title="The seal's key or digest will not be relied upon for long",
    message="The seal is made with {what}, which is relied upon until {end} only.",
    why="From that day on, a seal without a time-stamp from before can no longer be shown to be valid. Some validators "
    "set an earlier day: those of DSS 5, which the Commission's issuer runs, end RSA under 3000 bits with 2025.",
    fix="Extend the seal with time-stamps (level LTA) before that day, or seal with P-256 or larger.",
    wrong={"key": "RSA-2048", "at": "2026-03-01T10:00:00Z"},
    right={"key": "EC P-256", "at": "2026-03-01T10:00:00Z"},
)
SUITE_ENDED: Final = Rule(
    id="seal/suite-ended",
    severity=Severity.ERROR,
    indeterminate=True,
    since="0.1",
    source="ETSI TS 119 312 V1.5.1; ETSI EN 319 102-1, 5.2.8",
    title="The seal's key or digest is no longer relied upon",
    message="The seal is made with {what}, which is relied upon until {end} only.",
    why="The seal may have been forged since; only a time-stamp from before that day shows that it is older.",
    fix="Ask the issuer for a seal that was extended with time-stamps, or for a new one.",
    wrong={"key": "RSA-2048", "at": "2029-01-01T00:00:00Z"},
    right={"key": "EC P-256", "at": "2029-01-01T00:00:00Z"},
)

RULES: Final = (SUITE_ENDS, SUITE_ENDED)


def check_suite(algorithm: Algorithm, bits: int, at: datetime) -> Iterator[Finding]:
    """What the dated table says at the time `at` of a key of `bits` used with `algorithm`."""
    ends: list[tuple[date, str]] = []
    if (end := suite_end(algorithm.kind, bits)) is not None:
        ends.append((end, f"{algorithm.name} and a key of {bits} bits"))
    if (end := digest_end(algorithm.digest)) is not None:
        ends.append((end, algorithm.digest))
    for end, what in ends:
        rule = SUITE_ENDED if at.date() >= end else SUITE_ENDS
        yield rule.found(focus="alg", what=what, end=end.isoformat())
