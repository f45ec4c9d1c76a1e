"""A baseline: findings that are known and accepted, so that only new ones fail a build.

A finding is known by file, rule and pointer, and counted: a second one of the same kind at the same place is new.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edc_microcred import json_text
from edc_microcred.atomic_file import write_file
from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Finding

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Baseline:
    """The accepted findings: (path, rule, pointer) -> how many."""

    known: Counter[Key]

    @classmethod
    def load(cls, path: Path) -> "Baseline":
        """The baseline in a file. Raises `UnreadableError` when it is none."""
        value = json_text.parse(json_text.decode(json_text.read_bytes(path), what=str(path)), what=str(path))
        try:
            return cls(Counter({(e["path"], e["rule"], e["pointer"]): int(e["count"]) for e in value["findings"]}))
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableError(
                f"{path} is no baseline.", remedy="Write one with `validate --write-baseline FILE`."
            ) from error

    @classmethod
    def of(cls, found: Iterable[tuple[str, Sequence[Finding]]]) -> "Baseline":
        """The baseline that accepts everything `found`: pairs of path and findings."""
        return cls(Counter((path, f.rule, f.pointer) for path, findings in found for f in findings))

    def save(self, path: Path) -> None:
        """Writes the baseline, sorted, so that a change of it reads well in a review."""
        findings: list[dict[str, Any]] = [
            {"path": where, "rule": rule, "pointer": pointer, "count": count}
            for (where, rule, pointer), count in sorted(self.known.items())
        ]
        text = json.dumps({"version": 1, "findings": findings}, ensure_ascii=False, indent=1) + "\n"
        write_file(path, text.encode("utf-8"), overwrite=True)

    def new(self, path: str, findings: Sequence[Finding]) -> list[Finding]:
        """The findings of a file that are not accepted."""
        left = Counter({key: count for key, count in self.known.items() if key[0] == path})
        fresh = []
        for finding in findings:
            key = (path, finding.rule, finding.pointer)
            if left[key] > 0:
                left[key] -= 1
            else:
                fresh.append(finding)
        return fresh
