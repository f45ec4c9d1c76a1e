"""Certificates, revocation and the path to an anchor: is this the certificate of somebody whom the caller trusts?

    policy = TrustPolicy.from_folder(Path("demo/trust"))
    result = check_path(certificate, others=chain, policy=policy, at=claimed_time)
    result.outcome, result.facts.organisation, result.findings

A certificate alone is read by `describe`, and judged by `check_certificate`. Nothing here knows what was sealed.
"""

from typing import Final

from edc_microcred.findings import Rule
from edc_microcred.trust import certificate, dates, path, revocation
from edc_microcred.trust.certificate import CertificateFacts, check_certificate, describe
from edc_microcred.trust.path import PathResult, check_path
from edc_microcred.trust.policy import Revocation, TrustPolicy
from edc_microcred.trust.suites import digest_end, suite_end

RULES: Final[tuple[Rule, ...]] = (*certificate.RULES, *dates.RULES, *path.RULES, *revocation.RULES)

__all__ = [
    "RULES",
    "CertificateFacts",
    "PathResult",
    "Revocation",
    "TrustPolicy",
    "check_certificate",
    "check_path",
    "describe",
    "digest_end",
    "suite_end",
]
