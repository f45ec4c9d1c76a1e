"""Verification: every check that can be made of one file, gathered into one report that fails closed.

    policy = TrustPolicy.from_folder(Path("demo/pki/trust"))
    report = verify(Path("credential.jsonld"), policy)
    report.outcome, report.sentence
    report.require_valid()

The steps, numbered again where they are made:

1. *format*: the file can be read and holds a credential.
2. *seal*: it carries a seal that fits its content and keeps the rules of its format.
3. *signer*: the sealer's certificate is for nothing else than seals, its key strong enough.
4. *path*: it leads to an anchor of the policy and was in force.
5. *revocation*: it was not revoked.
6. *dates*: the credential is in force.
7. *status*: it names no place where it may have been withdrawn.
8. *issuer*: the issuer named in it is the organisation that sealed.
9. *content*: it keeps the profile that it declares.

*valid* is said only when all nine are; *invalid* when one found proof against; *indeterminate* otherwise.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from edc_microcred import document as documents
from edc_microcred import json_text
from edc_microcred.document import Document, is_json_text, load
from edc_microcred.elm import EuropeanDigitalCredential
from edc_microcred.errors import TrustError, UnreadableError
from edc_microcred.findings import Check, Outcome, Rule
from edc_microcred.limits import DEFAULT_LIMITS, Limits
from edc_microcred.seals import SealResult, check_seals
from edc_microcred.trust import PathResult, TrustPolicy
from edc_microcred.verification import awarding, content, dates, issuer, seal, status
from edc_microcred.verification.awarding import findings_of_awarding
from edc_microcred.verification.content import NO_CREDENTIAL, check_content_of, unreadable
from edc_microcred.verification.dates import check_dates_of
from edc_microcred.verification.issuer import check_issuer_of
from edc_microcred.verification.outline import outline_of
from edc_microcred.verification.report import VerificationReport
from edc_microcred.verification.seal import check_seal_of
from edc_microcred.verification.signer import check_signers_of, paths_of
from edc_microcred.verification.status import check_status_of
from edc_microcred.verification.validator import Validator, validate

__all__ = ["RULES", "Validator", "VerificationReport", "validate", "verify"]

RULES: Final[tuple[Rule, ...]] = (
    *documents.RULES,
    *seal.RULES,
    *dates.RULES,
    *status.RULES,
    *issuer.RULES,
    *awarding.RULES,
    *content.RULES,
)


def verify(
    source: Document | Path | str | bytes | BinaryIO,
    policy: TrustPolicy,
    *,
    at: datetime | None = None,
    profile: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> VerificationReport:
    """The report on one file, judged by `policy` for the time `at` (with zone; now when left out).

    `profile` names the profile to check the content against instead of the one that the credential declares. A file
    that cannot be read gives an *invalid* report, not an exception. Raises `TrustError` for a time without a zone and
    `VocabularyError` for an unknown profile.
    """
    if at is None:
        at = datetime.now(UTC)
    elif at.utcoffset() is None:
        raise TrustError("The time to verify for has no zone.", remedy="Use an aware datetime, in UTC.")
    try:
        document = source if isinstance(source, Document) else load(source, limits=limits)
        results = check_seals(document.envelope, at=at) if document.envelope is not None else ()
    except UnreadableError as error:
        return _unreadable(_name_of(source), error)
    paths = paths_of(results, policy, at)
    credential: EuropeanDigitalCredential | None = None
    checks: list[Check] = []
    try:  # 1
        credential = outline_of(document)
        checked = check_content_of(document, profile)
        checks.append(_format_of(checked))
    except UnreadableError as error:
        checks.append(Check.of("format", [unreadable(error)], message=""))
    checks.append(check_seal_of(document, results, at))  # 2
    if document.is_sealed:
        checks += check_signers_of(results, paths)  # 3, 4, 5
    if credential is not None:
        checks.append(check_dates_of(credential, at))  # 6
        checks.append(check_status_of(credential))  # 7
        for path in paths[:1]:
            awarding_findings = findings_of_awarding(document.members, path.facts)
            checks.append(check_issuer_of(credential, path.facts, awarding_findings))  # 8
        checks.append(checked)  # 9
    return VerificationReport(
        checks=tuple(checks),
        sentence=_sentence(checks, results, paths),
        name=document.name,
        seal=_seal_summary(results, paths),
        credential=_credential_summary(credential),
    )


def _name_of(source: object) -> str:
    """What a report calls a file that was not read: what its caller gave, if that can be a name."""
    if isinstance(source, Document):
        return source.name
    if isinstance(source, Path):
        return str(source)
    return json_text.short_name(Path(source)) if isinstance(source, str) and not is_json_text(source) else "-"


def _format_of(content: Check) -> Check:
    """The check called *format* of a file that can be read; what says that it holds no credential is in `content`."""
    for finding in content.findings:
        if finding.rule in NO_CREDENTIAL:
            return Check(check="format", outcome=Outcome.INVALID, message=finding.message)
    return Check(check="format", outcome=Outcome.VALID, message="The file holds a credential.")


def _unreadable(name: str, error: UnreadableError) -> VerificationReport:
    check = Check.of("format", [unreadable(error)], message="")
    return VerificationReport(checks=(check,), sentence=f"Invalid: {error.message}", name=name)


def _sentence(checks: list[Check], results: tuple[SealResult, ...], paths: tuple[PathResult, ...]) -> str:
    outcome = Outcome.worst(check.outcome for check in checks)
    if outcome is Outcome.VALID:
        when = results[0].claimed_time
        day = f", by its own word on {when.day} {when:%B %Y}" if when is not None else ""
        return f"Valid: sealed by {paths[0].facts.organisation or paths[0].facts.name}{day}, and not changed since."
    first = next(check for check in checks if check.outcome is outcome)
    more = sum(check.outcome is outcome for check in checks) - 1
    others = f" (and {more} more)" if more else ""
    word = "Invalid" if outcome is Outcome.INVALID else "Cannot be decided"
    return f"{word}: {first.message}{others}"


def _seal_summary(results: tuple[SealResult, ...], paths: tuple[PathResult, ...]) -> Mapping[str, Any] | None:
    if not results:
        return None
    first = results[0]
    return {
        "intact": first.intact,
        "algorithm": first.algorithm,
        "levels": dict(first.levels),
        "claimed_time": first.claimed_time.isoformat() if first.claimed_time is not None else None,
        "signer": paths[0].facts.as_json() if paths else None,
        "not_evaluated": list(first.unevaluated),
        "signatures": len(results),
    }


def _credential_summary(credential: EuropeanDigitalCredential | None) -> Mapping[str, Any] | None:
    """What the credential says of itself, without the learner."""
    if credential is None:
        return None
    title = credential.display_parameter.title if credential.display_parameter is not None else None
    legal_name = getattr(credential.issuer, "legal_name", None)
    moments = {
        "issued": credential.issued,
        "valid_from": credential.valid_from,
        "valid_until": credential.expiration_date or credential.valid_until,
    }
    return {
        "id": credential.id,
        "title": title.best() if title is not None else None,
        "issuer": legal_name.best() if legal_name is not None else None,
        "profiles": [profile.id for profile in credential.credential_profiles],
        **{name: moment.isoformat() if moment is not None else None for name, moment in moments.items()},
    }
