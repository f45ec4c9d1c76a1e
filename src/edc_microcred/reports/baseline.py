"""A baseline: findings that are known and accepted, so that only new ones fail a build.

A finding is known by file, rule and pointer, and counted: a second one of the same kind at the same place is new. The
file is named from the folder of the baseline, so that it may be validated from anywhere.
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
from edc_microcred.reports.naming import name_from
from edc_microcred.reports.redaction import redacted_pointer

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Baseline:
    """The accepted findings: (path, rule, pointer) -> how many. A redacted one holds redacted pointers.

    Paths are seen from `folder`, where the baseline lies or is to lie.
    """

    known: Counter[Key]
    is_redacted: bool = False
    folder: Path = Path()

    @classmethod
    def load(cls, path: Path) -> "Baseline":
        """The baseline in a file. Raises `UnreadableError` when it is none."""
        data = json_text.read_bytes(path)
        try:
            value = json_text.parse(json_text.decode(data, what=str(path)), what=str(path))
            known = Counter({(e["path"], e["rule"], e["pointer"]): int(e["count"]) for e in value["findings"]})
            return cls(known, is_redacted=value.get("redacted", False) is True, folder=path.parent)
        except (AttributeError, KeyError, TypeError, ValueError, UnreadableError) as error:
            raise UnreadableError(
                f"{path} is no baseline.", remedy="Write one with `validate --write-baseline FILE`."
            ) from error

    @classmethod
    def of(
        cls, found: Iterable[tuple[str, Sequence[Finding]]], *, redact: bool = False, folder: Path = Path()
    ) -> "Baseline":
        """The baseline that accepts everything `found` (pairs of path and findings), for a file in `folder`."""
        pointer = redacted_pointer if redact else str
        names = ((name_from(folder, path), findings) for path, findings in found)
        known = Counter((name, f.rule, pointer(f.pointer)) for name, findings in names for f in findings)
        return cls(known, is_redacted=redact, folder=folder)

    def save(self, path: Path) -> None:
        """Writes the baseline, sorted, so that a change of it reads well in a review.

        `path` must be in `folder`, from which the paths in the baseline are seen.
        """
        findings: list[dict[str, Any]] = [
            {"path": where, "rule": rule, "pointer": pointer, "count": count}
            for (where, rule, pointer), count in sorted(self.known.items())
        ]
        said = {"version": 1, **({"redacted": True} if self.is_redacted else {}), "findings": findings}
        text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
        write_file(path, text.encode("utf-8"), overwrite=True)

    def new(self, path: str, findings: Sequence[Finding]) -> list[Finding]:
        """The findings of a file that are not accepted."""
        name = name_from(self.folder, path)
        left = Counter({key: count for key, count in self.known.items() if key[0] == name})
        pointer = redacted_pointer if self.is_redacted else str
        fresh = []
        for finding in findings:
            key = (name, finding.rule, pointer(finding.pointer))
            if left[key] > 0:
                left[key] -= 1
            else:
                fresh.append(finding)
        return fresh
