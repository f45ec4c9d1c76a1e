"""What became of a row, told to the caller."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from edc_microcred.findings import Finding

ResultState = Literal["issued", "kept", "refused", "changed", "replaced", "failed", "ready"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueResult:
    """What became of one row.

    `issued`: a file was written. `kept`: it was there. `replaced`: a new one took the place of an old one. `changed`:
    what it was issued from has changed, and a person must decide. `refused`: the row or its credential has errors.
    `failed`: it could not be made. `ready`: it would be issued (a dry run). `row` is None for a key that no row has.
    """

    key: str | None
    row: int | None
    state: ResultState
    path: Path | None = None
    credential_id: str | None = None
    findings: tuple[Finding, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The result as `issue --json` prints it: members that do not apply are absent."""
        members: dict[str, Any] = {"key": self.key, "row": self.row, "state": self.state}
        if self.path is not None:
            members["path"] = str(self.path)
        if self.credential_id is not None:
            members["credential"] = self.credential_id
        members["findings"] = [
            {**finding.as_json(), **({"remedy": finding.remedy} if finding.remedy else {})} for finding in self.findings
        ]
        return {name: value for name, value in members.items() if value is not None}
