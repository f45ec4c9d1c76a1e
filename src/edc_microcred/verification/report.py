"""The report on one file: the checks of `findings.Report`, and what the seal and the credential say of themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from edc_microcred.findings import Report


@dataclass(frozen=True, kw_only=True)
class VerificationReport(Report):
    """What `verify` found about one file.

    `seal` and `credential` are what the file claims, for display: nothing in them is confirmed but by the checks.
    Neither holds the learner's data.
    """

    name: str = ""
    seal: Mapping[str, Any] | None = None
    credential: Mapping[str, Any] | None = field(default=None)

    def as_json(self) -> dict[str, Any]:
        """The report as `verify --json` writes it for one file; see `schemas/verification-report.schema.json`."""
        return {
            "path": self.name,
            "outcome": self.outcome.value,
            "sentence": self.sentence,
            "checks": [
                {"check": check.check, "outcome": check.outcome.value, "message": check.message}
                for check in self.checks
            ],
            "findings": [finding.as_json() for finding in self.findings],
            "seal": self.seal,
            "credential": self.credential,
        }
