"""The check of the credential's own dates: is it in force at the time of the check?

A date that cannot be read is no date that is absent: an expiry that nobody understands may have passed. The dates of
the seal certificate are no matter of the credential; `trust` looks at them.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from edc_microcred.elm import EuropeanDigitalCredential
from edc_microcred.findings import Check, Finding, Rule, Severity
from edc_microcred.json_text import pointer
from edc_microcred.verification.limiting import stated_unread

NOT_YET_VALID: Final = Rule(
    id="edc/not-yet-valid", severity=Severity.ERROR, since="0.1", source="W3C VC Data Model 1.1, 4.6 (validFrom)",
    title="The credential is not in force yet",
    message="The credential holds from {start} on; the check was made for {at}.",
    why="The issuer says from when on it may be relied upon.",
    fix="Check again then, or ask the issuer whether the date is meant.",
    wrong={"validFrom": "2030-01-01T00:00:00Z"}, right={"validFrom": "2026-01-01T00:00:00Z"},
)  # fmt: skip
EXPIRED: Final = Rule(
    id="edc/expired", severity=Severity.ERROR, since="0.1", source="W3C VC Data Model 1.1, 4.6 (expirationDate)",
    title="The credential has expired",
    message="The credential held until {end} (`{member}`); the check was made for {at}.",
    why="The issuer says until when it may be relied upon.",
    fix="Ask the issuer for a new one.",
    wrong={"expirationDate": "2026-01-31T00:00:00Z"}, right={"expirationDate": "2030-01-31T00:00:00Z"},
)  # fmt: skip
ISSUED_LATER: Final = Rule(
    id="edc/issued-later", severity=Severity.WARNING, since="0.1", source="ELM 3.2, cred:issued",
    title="The credential says that it was issued later than now",
    message="`{member}` is {moment}, later than the time of the check, {at}.",
    why="One of the clocks is wrong.",
    fix="Look at your own clock first.",
    wrong={"issued": "2030-01-01T00:00:00Z"}, right={"issued": "2026-01-01T00:00:00Z"},
)  # fmt: skip

DATE_UNREADABLE: Final = Rule(
    id="edc/date-unreadable", severity=Severity.ERROR, indeterminate=True, since="0.1",
    source="W3C VC Data Model 1.1, 4.6; ELM 3.2, validFrom and validUntil",
    title="A date that limits the credential cannot be read",
    message="The credential limits its time in `{member}`, which cannot be read as {wanted}.",
    why="The limit is meant, and nobody can tell whether it has passed.",
    fix="Ask the issuer for a credential with this date in full, such as 2030-01-31T00:00:00Z.",
    wrong={"validFrom": "2026-01-01T00:00:00Z", "expirationDate": "end of January"},
    right={"validFrom": "2026-01-01T00:00:00Z", "expirationDate": "2030-01-31T00:00:00Z"},
)  # fmt: skip
START_MISSING: Final = Rule(
    id="edc/start-missing", severity=Severity.ERROR, indeterminate=True, since="0.1",
    source="W3C VC Data Model 1.1, 4.6 (issuanceDate); ELM 3.2, validFrom",
    title="The credential does not say from when on it holds",
    message="The credential has neither `validFrom` nor `issuanceDate`.",
    why="Both data models demand a beginning; without one nobody can tell whether the credential is in force yet.",
    fix="Ask the issuer for a credential with this date.",
    wrong={"expirationDate": "2030-01-31T00:00:00Z"}, right={"validFrom": "2026-01-01T00:00:00Z"},
)  # fmt: skip

RULES: Final = (NOT_YET_VALID, EXPIRED, ISSUED_LATER, DATE_UNREADABLE, START_MISSING)

_LIMITS: Final = ("validFrom", "expirationDate", "validUntil")


def check_dates_of(credential: EuropeanDigitalCredential, at: datetime) -> Check:
    """The check called *dates*, for the time `at` (with zone)."""
    return Check.of("dates", _findings(credential, at), message="The credential is in force.")


def _findings(credential: EuropeanDigitalCredential, at: datetime) -> Iterator[Finding]:
    shown = at.isoformat(timespec="minutes")
    unread = {limit: stated_unread(credential, limit) for limit in ("validFrom", "expirationDate", "validUntil")}
    for limit, names in unread.items():
        for name in names:
            wanted = "a date with time and zone" if name == limit else f"`{limit}`"
            yield DATE_UNREADABLE.found(pointer(name), member=name, wanted=wanted)
    # Without validFrom the W3C model lets issuanceDate begin it.
    begins = "validFrom" if credential.valid_from is not None else "issuanceDate"
    start = credential.valid_from or credential.issuance_date
    if start is not None and start > at:
        yield NOT_YET_VALID.found(f"/{begins}", start=start.isoformat(timespec="minutes"), at=shown)
    elif start is None and not unread["validFrom"]:
        yield START_MISSING.found()
    for member, end in (("expirationDate", credential.expiration_date), ("validUntil", credential.valid_until)):
        if end is not None and end <= at:
            yield EXPIRED.found(f"/{member}", member=member, end=end.isoformat(timespec="minutes"), at=shown)
    for member, moment in (("issued", credential.issued), ("issuanceDate", credential.issuance_date)):
        if moment is not None and moment > at and member != begins:
            yield ISSUED_LATER.found(f"/{member}", member=member, moment=moment.isoformat(timespec="minutes"), at=shown)
