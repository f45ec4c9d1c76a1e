"""What a check has to say: `Rule`, `Finding`, `Outcome`, `Check`, `Report`.

A check answers with findings and never with a bare yes or no. A `Rule` stands beside the code that applies it and
holds everything that is ever said about it; a `Finding` is that rule met at one place. A `Report` has three outcomes
and therefore no truth value: what was not checked is *indeterminate*, never valid.

    >>> rule = Rule(id="elm/title-missing", severity=Severity.ERROR, since="0.1", source="ELM 3.2",
    ...     title="The title is missing", message="“{what}” has no title.", why="Nobody can tell what it is.",
    ...     fix="Add `title`.", wrong={}, right={"title": {"en": "Data basics"}})
    >>> finding = rule.found("/credentialSubject", what="Person")
    >>> finding.rule, finding.message, finding.outcome
    ('elm/title-missing', '“Person” has no title.', <Outcome.INVALID: 'invalid'>)
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, NoReturn

from edc_microcred.errors import NotValidError

_RULE_ID: Final = re.compile(r"[a-z][a-z0-9]*/[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_VALUE: Final = 160
"""Values are cut to this many characters in messages: a file can hold a megabyte where a date belongs."""


class Severity(StrEnum):
    """How much a finding weighs. Only an `ERROR` changes an outcome."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Outcome(StrEnum):
    """The three outcomes of a check, in the words of ETSI EN 319 102-1 made shorter."""

    VALID = "valid"
    INVALID = "invalid"
    INDETERMINATE = "indeterminate"

    @classmethod
    def worst(cls, outcomes: Iterable["Outcome"]) -> "Outcome":
        """One proof against makes the whole invalid; otherwise one open question makes it indeterminate.

        Nothing at all is indeterminate: what nobody looked at is not valid.
        """
        seen = set(outcomes)
        if cls.INVALID in seen:
            return cls.INVALID
        return cls.VALID if seen == {cls.VALID} else cls.INDETERMINATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that can be wrong. `id` is `room/slug` and never changes its meaning.

    `message` is a `str.format` text over the values that `found` is given; `wrong` and `right` are examples that the
    tests run (in JSON terms, read by the room that owns the rule); a rule of one's own can do without them, and without
    `source` and `since`. `indeterminate` marks a rule that says *this could not be checked*: it never proves anything
    against a credential.
    """

    id: str
    severity: Severity
    title: str
    message: str
    why: str
    fix: str
    source: str = ""
    since: str = ""
    wrong: Any = None
    right: Any = None
    indeterminate: bool = False

    def __post_init__(self) -> None:
        if not _RULE_ID.fullmatch(self.id):
            raise ValueError(f"{self.id!r} is no rule id: it must read room/slug, in small letters")

    def found(
        self,
        pointer: str = "",
        *,
        focus: str | None = None,
        path: str | None = None,
        constraint: str | None = None,
        severity: Severity | None = None,
        **values: object,
    ) -> "Finding":
        """The finding that this rule was met at the JSON Pointer `pointer` (RFC 6901), about the node `focus`.

        `path` and `constraint` are those of the SHACL shapes where the rule is theirs: the property's IRI and the
        constraint component's local name. `severity` overrides the rule's own.
        """
        shown = {name: shorten(value) for name, value in values.items()}
        return Finding(
            rule=self.id,
            severity=severity or self.severity,
            pointer=pointer,
            focus=focus,
            path=path,
            constraint=constraint,
            message=self.message.format_map(shown).rstrip(),  # its last value may be empty
            values=MappingProxyType(values),
            indeterminate=self.indeterminate,
            definition=self,
        )

    def as_json(self) -> dict[str, Any]:
        """The rule as `rules --json` and `explain --json` print it."""
        return {
            "id": self.id,
            "severity": self.severity.value,
            "title": self.title,
            "message": self.message,
            "why": self.why,
            "fix": self.fix,
            "source": self.source,
            "since": self.since,
            "wrong": self.wrong,
            "right": self.right,
            "indeterminate": self.indeterminate,
        }


def shorten(value: object, longest: int = _LONGEST_VALUE) -> str:
    """`value` as one short line of text without control characters, fit for a message or a terminal."""
    text = value if isinstance(value, str) else str(value)
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return text if text.isprintable() else "".join(c if c.isprintable() else "�" for c in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule met at one place. `pointer` is a JSON Pointer into the credential (`""` is the whole of it).

    `definition` is the rule itself, so that reports know what a rule of one's own says.
    """

    rule: str
    severity: Severity
    pointer: str
    message: str
    focus: str | None = None
    path: str | None = None
    constraint: str | None = None
    line: int | None = None
    column: int | None = None
    indeterminate: bool = False
    values: Mapping[str, object] = field(default_factory=dict, repr=False, compare=False)
    definition: Rule | None = field(default=None, repr=False, compare=False)

    @property
    def outcome(self) -> Outcome:
        """What this finding alone does to an outcome; warnings do nothing."""
        if self.severity is not Severity.ERROR:
            return Outcome.VALID
        return Outcome.INDETERMINATE if self.indeterminate else Outcome.INVALID

    @property
    def remedy(self) -> str:
        """What is to be done: what the finding itself says, else what its rule does; empty when nobody says."""
        said = self.values.get("remedy")
        return str(said) if said else self.definition.fix if self.definition is not None else ""

    def moved(self, prefix: str) -> "Finding":
        """The same finding seen from an object that holds the present one at `prefix`."""
        return replace(self, pointer=prefix + self.pointer)

    def as_json(self) -> dict[str, Any]:
        """The finding as reports write it: members that do not apply are absent.

        One about a cell of a list of learners also has the title of its column, the value as shown, and the remedy.
        """
        members: dict[str, Any] = {"rule": self.rule, "severity": self.severity.value, "pointer": self.pointer}
        for name in ("line", "column", "focus", "path", "constraint"):
            if (value := getattr(self, name)) is not None:
                members[name] = value
        members["message"] = self.message
        if "remedy" in self.values:
            members |= {name: self.values[name] for name in ("column", "value", "remedy") if name in self.values}
        return members


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question of a report, its answer, and the findings behind it."""

    check: str
    outcome: Outcome
    message: str
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, check: str, findings: Iterable[Finding], *, message: str) -> "Check":
        """The check whose outcome its findings give; `message` is said when there is nothing against it."""
        found = tuple(findings)
        outcome = Outcome.worst([f.outcome for f in found] or [Outcome.VALID])
        if outcome is not Outcome.VALID:
            message = next(f.message for f in found if f.outcome is outcome)
        return cls(check=check, outcome=outcome, message=message, findings=found)


@dataclass(frozen=True, kw_only=True)
class Report:
    """The checks that were made, gathered into one outcome and one sentence. It has no truth value: ask `outcome`."""

    checks: tuple[Check, ...]
    sentence: str

    @property
    def outcome(self) -> Outcome:
        """The worst outcome of the checks; *indeterminate* when no check was made."""
        return Outcome.worst(c.outcome for c in self.checks)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the checks."""
        return tuple(f for c in self.checks for f in c.findings)

    @property
    def rules(self) -> frozenset[str]:
        """The ids of the rules that decided the outcome (errors only)."""
        return frozenset(f.rule for f in self.findings if f.severity is Severity.ERROR)

    def check(self, name: str) -> Check:
        """The check called `name`. Raises `KeyError` when it was not made."""
        for check in self.checks:
            if check.check == name:
                return check
        raise KeyError(name)

    def require_valid(self) -> None:
        """Returns when the outcome is *valid*; raises `NotValidError` with the reasons otherwise."""
        if self.outcome is not Outcome.VALID:
            reasons = "; ".join(c.message for c in self.checks if c.outcome is not Outcome.VALID)
            raise NotValidError(
                f"The outcome is {self.outcome.value}, not valid: {reasons or 'nothing was checked'}",
                remedy="Read the findings of the report; `edc-microcred explain RULE` tells what each one means.",
            )

    def __bool__(self) -> NoReturn:
        raise TypeError("A report has three outcomes and no truth value: ask `.outcome`, or call `.require_valid()`.")
