"""What to do with one learner's row, decided from the journal and the file that stands, before anything is made.

A credential that was handed out is never silently made again with other content. So a row or a course that changed
since is reported, and only whoever asks for it by key gets a new credential, with a new id, in place of the old one.
A file that was lost or damaged is made again under its id when all that went into it is still the same.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from edc_microcred.document import load
from edc_microcred.errors import EdcMicrocredError, JournalError, OutputError
from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.issuing.journal import Entry, Run
from edc_microcred.seals import check_seals
from edc_microcred.trust import describe

_STANDING: Final = {"row": "a", "course": "c", "seal": "s", "file": "intact"}
"""What the rules' examples start from: a credential that was issued from row a, course c and seal s, and is there."""

ROW_CHANGED: Final = Rule(
    id="issue/row-changed", severity=Severity.WARNING, since="0.1", source="docs/issuing.md",
    title="The row changed after its credential was issued",
    message="The row was changed after {file} was issued from it; that credential stands as it is.",
    why="The learner may have shown the credential already. Two with different content would both look right.",
    fix="If the old one is wrong, issue a new one with --reissue and the learner's key, and tell the learner.",
    wrong={"issued": _STANDING, "row": "b"}, right={"issued": _STANDING},
)  # fmt: skip
COURSE_CHANGED: Final = Rule(
    id="issue/course-changed", severity=Severity.WARNING, since="0.1", source="docs/issuing.md",
    title="The course changed after the credential was issued",
    message="The course file was changed after {file} was issued; that credential says what it said then.",
    why="Learners of one course then hold credentials that differ.",
    fix="If the old ones are wrong, issue new ones with --reissue and the learners' keys.",
    wrong={"issued": _STANDING, "course": "d"}, right={"issued": _STANDING},
)  # fmt: skip
FILE_MISSING: Final = Rule(
    id="issue/file-missing", severity=Severity.WARNING, since="0.1", source="docs/issuing.md",
    title="An issued file is gone",
    message="{file} was issued and is not there any more.",
    why="It was moved, deleted, or lost with the power.",
    fix="Nothing: it is made again under the same id, unless the row or the course has changed since.",
    wrong={"issued": {**_STANDING, "file": "missing"}}, right={"issued": _STANDING},
)  # fmt: skip
FILE_ALTERED: Final = Rule(
    id="issue/file-altered", severity=Severity.WARNING, since="0.1", source="docs/issuing.md",
    title="An issued file was altered",
    message="{file} is not what was issued, and its seal does not hold.",
    why="A program opened and saved it, or it was damaged; nobody would accept it. A file that was only extended with "
        "time-stamps is left as it is.",
    fix="Nothing: it is moved to replaced/ and made again under the same id, unless the row or the course has changed.",
    wrong={"issued": {**_STANDING, "file": "altered"}}, right={"issued": {**_STANDING, "file": "extended"}},
)  # fmt: skip
NOTHING_CHANGED: Final = Rule(
    id="issue/nothing-changed", severity=Severity.INFO, since="0.1", source="docs/issuing.md",
    title="There is nothing to issue anew",
    message="{file} was issued from this very row, course and seal; it stands and no other one was issued.",
    why="A second credential with the same content helps nobody, and the same command can so be run twice.",
    fix="Correct the row or the course first.",
    wrong={"issued": _STANDING, "reissue": True}, right={"issued": _STANDING, "reissue": True, "row": "b"},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (ROW_CHANGED, COURSE_CHANGED, FILE_MISSING, FILE_ALTERED, NOTHING_CHANGED)


class Action(StrEnum):
    """What to do with a row whose learner has a credential; whoever has none gets one."""

    KEEP = "keep"
    """What was issued stands."""
    REPAIR = "repair"
    """The file is made again under the id it had."""
    REPORT = "report"
    """Something changed; only a person can decide."""
    REISSUE = "reissue"
    """A new credential takes the place of the one that stands."""


class FileState(StrEnum):
    """What became of an issued file."""

    INTACT = "intact"
    EXTENDED = "extended"
    """Other bytes, but the same credential under the same unbroken seal: time-stamps were added."""
    MISSING = "missing"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Plan:
    """The decision for one row and the reasons for it."""

    action: Action
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a credential is made from, as digests: the learner's row, the course, the seal certificate."""

    row: str
    course: str
    seal: str


def decide(issued_from: Origin, file_state: FileState, now: Origin, *, file: str, reissue: bool = False) -> Plan:
    """What to do with a row for which a credential was issued. `now` is what it would be made from today."""
    changed: list[Finding] = []
    if issued_from.row != now.row:
        changed.append(ROW_CHANGED.found(file=file))
    if issued_from.course != now.course:
        changed.append(COURSE_CHANGED.found(file=file))
    if reissue and (changed or issued_from.seal != now.seal):
        return Plan(Action.REISSUE)
    findings = list(changed)
    if file_state is FileState.MISSING:
        findings.append(FILE_MISSING.found(file=file))
    elif file_state is FileState.ALTERED:
        findings.append(FILE_ALTERED.found(file=file))
    elif reissue:
        findings.append(NOTHING_CHANGED.found(file=file))
    damaged = file_state in (FileState.MISSING, FileState.ALTERED)
    if damaged and not changed:
        return Plan(Action.REPAIR, tuple(findings))
    if damaged or issued_from.row != now.row:
        return Plan(Action.REPORT, tuple(findings))
    return Plan(Action.KEEP, tuple(findings))


def origin_of(entry: Entry, runs: Mapping[int, Run]) -> Origin:
    """What an issued credential was made from, as the journal says. Raises `JournalError` when its run is unknown."""
    run = runs.get(entry.run)
    if run is None:
        raise JournalError(
            f"The journal says that {entry.file} was issued in run {entry.run}, and does not say what that run was.",
            remedy="Put back the journal as it was; a line of it is missing.",
            state="Nothing was issued.",
        )
    return Origin(row=entry.row, course=run.course, seal=run.seal)


def state_of(path: Path, *, sha256: str, credential_id: str, seal: str) -> FileState:
    """What became of the file at `path` that was issued with these digests and this seal certificate.

    Raises `OutputError` when it is there and cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return FileState.MISSING
    except OSError as error:
        raise OutputError(
            f"{path} was issued and cannot be read: {error.strerror or error}.",
            remedy="Check who may read it. The same command then goes on.",
        ) from error
    if hashlib.sha256(data).hexdigest() == sha256:
        return FileState.INTACT
    try:
        document = load(data)
        results = check_seals(document.envelope) if document.envelope is not None else ()
        sealed_by = [describe(r.certificate).sha256 for r in results if r.intact and r.certificate is not None]
        same = document.credential.id == credential_id
    except EdcMicrocredError:
        return FileState.ALTERED
    return FileState.EXTENDED if same and seal in sealed_by else FileState.ALTERED
