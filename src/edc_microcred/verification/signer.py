"""Who sealed, and is that somebody whom the caller trusts: the checks *signer*, *path* and *revocation*."""

from datetime import datetime

from edc_microcred.findings import Check, Finding, Outcome
from edc_microcred.seals import SealResult
from edc_microcred.trust import PathResult, TrustPolicy, check_path

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
    revocation = Check.of("revocation", _of(paths, "revocation_findings"), message="The certificate was not revoked.")
    outcome = Outcome.worst([revocation.outcome, *(p.revocation for p in paths)])
    if outcome is not revocation.outcome:
        revocation = Check(
            check="revocation",
            outcome=outcome,
            message="Whether the certificate was revoked could not be looked at.",
            findings=revocation.findings,
        )
    return signer, path, revocation


def _of(paths: tuple[PathResult, ...], part: str) -> list[Finding]:
    return [finding for path in paths for finding in getattr(path, part)]
