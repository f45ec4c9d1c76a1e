"""The check of the seal itself: is there one, is it intact, and does it keep the rules of its own format?"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from edc_microcred.document import Document
from edc_microcred.findings import Check, Finding, Outcome, Rule, Severity
from edc_microcred.seals import SealResult

SEAL_ABSENT: Final = Rule(
    id="edc/seal-absent", severity=Severity.ERROR, indeterminate=True, since="0.1", source="2022/C 243/02; EDC",
    title="There is no seal",
    message="The credential carries no seal: nothing in the file tells who issued it, or whether it was changed.",
    why="Anybody can write such a file. Only the issuer's electronic seal ties it to an organisation.",
    fix="Ask the issuer for the sealed file, which starts with {\"payload\".",
    wrong={"sealed": False}, right={"sealed": True},
)  # fmt: skip
SEALED_LATER: Final = Rule(
    id="edc/sealed-later", severity=Severity.ERROR, indeterminate=True, since="0.1",
    source="ETSI EN 319 102-1, 5.2.8; ETSI TS 119 182-1 V1.2.1, 5.1.11",
    title="The seal says that it was made later than now",
    message="By its own word the seal was made on {moment}, later than the time of the check, {at}.",
    why="One of the clocks is wrong, or the sealer stated a time that suits better; then nothing else that depends on "
        "that time can be relied upon. Whoever checks for a time in the past asks of a time when there was no seal.",
    fix="Look at your own clock first. Check for a time after the seal was made.",
    wrong={"sealed_at": "2026-06-01T00:06:00Z"}, right={"sealed_at": "2026-06-01T00:04:00Z"},
)  # fmt: skip
CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""How far the sealer's clock may be ahead."""
ONLY_INTACT: Final = "The seal fits the content: nothing was changed since it was made."


def check_seal_of(document: Document, results: Sequence[SealResult], at: datetime) -> Check:
    """The check called *seal*: all seals of the file must be intact, keep their rules, and be older than `at`."""
    findings: list[Finding] = []
    if document.envelope is None:
        findings.append(SEAL_ABSENT.found())
    else:
        findings += document.envelope.findings if not results else ()
        for result in results:
            findings += (f for f in result.findings if f not in findings)
            if (claimed := result.claimed_time) is not None and claimed - at > CLOCKS_DIFFER:
                moment, shown = (one.isoformat(timespec="minutes") for one in (claimed, at))
                findings.append(SEALED_LATER.found(moment=moment, at=shown))
    check = Check.of("seal", findings, message=ONLY_INTACT)
    if check.outcome is Outcome.VALID and not (results and all(r.outcome is Outcome.VALID for r in results)):
        return Check(
            check="seal",
            outcome=Outcome.INDETERMINATE,
            message="The seal could not be checked.",
            findings=tuple(findings),
        )
    return check


RULES: Final = (SEAL_ABSENT, SEALED_LATER)
