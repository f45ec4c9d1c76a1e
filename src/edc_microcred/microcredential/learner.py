"""One learner of a course as read from a row, and a row that was refused.

A `Learner` holds what the row says after repair (spaces, Unicode form, dates) and nothing that the course does not
ask for: a column that is not mapped never leaves the spreadsheet. Equal learners from a CSV file, a spreadsheet or a
database are equal objects with one digest.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import Any, Final

from edc_microcred import json_text
from edc_microcred.findings import Finding

_NOT_HASHED: Final = frozenset({"row", "findings"})


@dataclass(frozen=True, kw_only=True)
class Learner:
    """Who passed, and with what grades.

    `key` is the value of the course's key column, `row` the row as the spreadsheet numbers it (from 1). Names are in
    one script each. `date_of_birth` and `awarded_on` are days without a time. `grades` has the assessments' ids as
    keys. Countries and gender are URIs of the EU lists. `findings` tells what was repaired; it is no part of equality.
    """

    key: str
    row: int
    given_name: str | None = None
    family_name: str | None = None
    full_name: str | None = None
    date_of_birth: date | None = None
    place_of_birth: str | None = None
    citizenships: tuple[str, ...] = ()
    gender: str | None = None
    email: str | None = None
    address: str | None = None
    address_country: str | None = None
    student_number: str | None = None
    identifier: str | None = None
    identifier_scheme: str | None = None
    national_id: str | None = None
    national_id_country: str | None = None
    group: str | None = None
    awarded_on: date | None = None
    certificate_number: str | None = None
    grades: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = field(default=(), compare=False, repr=False)

    def __repr__(self) -> str:
        """Without personal data: a learner lands in logs and tracebacks."""
        return f"Learner(row={self.row})"

    def __getstate__(self) -> dict[str, Any]:
        """What goes to a worker process: all but the findings, which were told before."""
        return {**self.__dict__, "findings": ()}

    @property
    def name(self) -> str:
        """The whole name: as given, else given and family name."""
        return self.full_name or " ".join(part for part in (self.given_name, self.family_name) if part)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of what the row says, its place not counted: it changes when, and only when, a value does."""
        said = {name: value for name in _HASHED if (value := getattr(self, name))}
        said.update((name, said[name].isoformat()) for name in _DAYS if name in said)
        if self.grades:
            said["grades"] = dict(sorted(self.grades.items()))
        text = json_text.write(said)
        return hashlib.sha256(text.encode()).hexdigest()


_DAYS: Final = ("date_of_birth", "awarded_on")
_HASHED: Final = tuple(sorted(item.name for item in fields(Learner) if item.name not in _NOT_HASHED))


@dataclass(frozen=True, kw_only=True)
class RowError:
    """A row that gives no learner. `cells` is the row as it stood, by column title, for the list of refused rows.

    `key` is None when the row has none that can be read. The values of a finding name `row`, `column`, `value` (as
    shown, shortened) and `remedy`.
    """

    row: int
    key: str | None
    findings: tuple[Finding, ...]
    cells: Mapping[str, str] = field(repr=False)
