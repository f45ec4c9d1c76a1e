"""The check of the seal itself: is there one, is it intact, and does it keep the rules of its own format?"""

from collections.abc import Sequence
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
ONLY_INTACT: Final = "The seal fits the content: nothing was changed since it was made."


def check_seal_of(document: Document, results: Sequence[SealResult]) -> Check:
    """The check called *seal*: all seals of the file must be intact and keep their rules."""
    findings: list[Finding] = []
    if document.envelope is None:
        findings.append(SEAL_ABSENT.found())
    else:
        findings += document.envelope.findings if not results else ()
        for result in results:
            findings += (f for f in result.findings if f not in findings)
    check = Check.of("seal", findings, message=ONLY_INTACT)
    if check.outcome is Outcome.VALID and not (results and all(r.outcome is Outcome.VALID for r in results)):
        return Check(
            check="seal",
            outcome=Outcome.INDETERMINATE,
            message="The seal could not be checked.",
            findings=tuple(findings),
        )
    return check


RULES: Final = (SEAL_ABSENT,)
