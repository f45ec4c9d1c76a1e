"""Who sealed, and is that somebody whom the caller trusts: the checks *signer*, *path* and *revocation*."""

from datetime import datetime

from edc_microcred.findings import Check, Finding, Outcome
from edc_microcred.seals import SealResult
from edc_microcred.trust import PathResult, TrustPolicy, check_path
from edc_microcred.trust.revocation import (
    REVOCATION_IN_FUTURE,
    REVOCATION_MISSING,
    REVOCATION_NOT_CHECKED,
    REVOCATION_STALE,
)

NO_CERTIFICATE = "There is no certificate whose holder could be looked at."


def paths_of(results: tuple[SealResult, ...], policy: TrustPolicy, at: datetime) -> tuple[PathResult, ...]:
    """The path of each seal's certificate, judged at `at`; the claimed time only has to fit the certificate."""
    return tuple(
        check_path(r.certificate, others=r.chain, policy=policy, at=r.claimed_time or at, now=at)
        for r in results
        if r.certificate is not None
    )


def check_signers_of(results: tuple[SealResult, ...], paths: tuple[PathResult, ...]) -> tuple[Check, Check, Check]:
    """The checks called *signer* (the certificate alone), *path* (to an anchor, dates) and *revocation*."""
    if not paths or len(paths) != len(results):
        return (
            Check(check="signer", outcome=Outcome.INDETERMINATE, message=NO_CERTIFICATE),
            Check(check="path", outcome=Outcome.INDETERMINATE, message=NO_CERTIFICATE),
            Check(check="revocation", outcome=Outcome.INDETERMINATE, message=NO_CERTIFICATE),
        )
    names = " and ".join(dict.fromkeys(path.facts.name for path in paths))
    signer = Check.of("signer", _of(paths, "certificate_findings"), message=f"Sealed with the certificate of {names}.")
    path = Check.of("path", _of(paths, "path_findings"), message="The certificate leads to an anchor that you trust.")
    revoked = _of(paths, "revocation_findings")
    revocation = Check.of("revocation", revoked, message=_not_revoked({finding.rule for finding in revoked}))
    outcome = Outcome.worst([revocation.outcome, *(p.revocation for p in paths)])
    if outcome is not revocation.outcome:
        revocation = Check(
            check="revocation",
            outcome=outcome,
            message="Whether the certificate was revoked could not be looked at.",
            findings=revocation.findings,
        )
    return signer, path, revocation


def _not_revoked(rules: set[str]) -> str:
    """What can be said of revocation where nothing was found against the certificate."""
    if REVOCATION_NOT_CHECKED.id in rules:
        return "Whether the certificate was revoked was not looked at: the policy says so."
    if REVOCATION_MISSING.id in rules:
        return "Whether the certificate was revoked is not known, and the policy does not demand it."
    if REVOCATION_IN_FUTURE.id in rules:
        return "Whether the certificate was revoked is not known: the data given are dated in the future."
    if REVOCATION_STALE.id in rules:
        return "The certificate was not revoked when the data given were current; the policy demands no newer ones."
    return "The certificate was not revoked."


def _of(paths: tuple[PathResult, ...], part: str) -> list[Finding]:
    return [finding for path in paths for finding in getattr(path, part)]
