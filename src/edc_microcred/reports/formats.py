"""Report formats: JSON, SARIF 2.1.0, JUnit XML, and GitHub's workflow commands.

Clauses: SARIF 2.1.0 (OASIS), 3.27 result, 3.30 region, 3.49 reportingDescriptor; GitHub workflow commands `::error`.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

import edc_microcred
from edc_microcred.findings import Finding, Rule, Severity, shorten
from edc_microcred.reports.redaction import redacted, rule_of
from edc_microcred.reports.results import FileResult

_SARIF_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SHORT: Final = 160
"""An annotation on a line has room for a remedy of so many characters."""
_GITHUB_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_members(finding: Finding) -> dict[str, Any]:
    """A finding as the JSON report writes it."""
    members = finding.as_json()
    text = members.pop("message")
    if finding.values.get("value") is not None:
        members["value"] = shorten(finding.values["value"])
    fix = rule_of(finding).fix
    return {**members, "message": text, **({"fix": fix} if fix else {})}


def _shown(results: Iterable[FileResult], redact: bool) -> list[FileResult]:
    """The results as they are reported; see `redaction` for what `redact` takes away."""
    if not redact:
        return list(results)
    return [replace(result, findings=tuple(map(redacted, result.findings))) for result in results]


def json_report(results: Iterable[FileResult], *, redact: bool = False) -> str:
    """The report as JSON; its schema is `schemas/validation-report.schema.json`."""
    files = [
        {
            "path": result.path,
            "conforms": result.conforms,
            "profile": result.profile,
            "findings": [as_members(finding) for finding in result.findings],
        }
        for result in _shown(results, redact)
    ]
    return json.dumps({"version": 1, "files": files}, ensure_ascii=False, indent=2)


def sarif_report(results: Sequence[FileResult], *, redact: bool = False) -> str:
    """The report as SARIF 2.1.0, for code scanning."""
    results = _shown(results, redact)
    met = {finding.rule: rule_of(finding) for result in results for finding in result.findings}
    ids = sorted(met)
    found = [
        {
            "ruleId": finding.rule,
            "ruleIndex": ids.index(finding.rule),
            "level": _SARIF_LEVELS[finding.severity],
            "message": {"text": finding.message},
            "locations": [_location(result.path, finding)],
        }
        for result in results
        for finding in result.findings
    ]
    driver = {
        "name": "edc-microcred",
        "version": edc_microcred.__version__,
        "rules": [_descriptor(met[name]) for name in ids],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": found}],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _location(path: str, finding: Finding) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(Path(path).as_posix())}}
    if finding.line is not None:
        place["region"] = {"startLine": finding.line, "startColumn": finding.column}
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.pointer, "kind": "member"}]
    return location


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why} {rule.fix}"},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.severity]},
    }


def junit_report(results: Sequence[FileResult], *, redact: bool = False, fail_on: str = "error") -> str:
    """The report as JUnit XML: a file is a test case, which fails as `FileResult.fails` says for `fail_on`."""
    cases = []
    failures = 0
    results = _shown(results, redact)
    for result in results:
        lines = _lines([result])
        body = ""
        if result.fails(fail_on):
            failures += 1
            body = f"<failure {_of_failure(result)}>{_escaped(lines)}</failure>"
        elif lines:
            body = f"<system-out>{_escaped(lines)}</system-out>"
        cases.append(f'    <testcase classname="edc-microcred" name={quoteattr(_xml(result.path))}>{body}</testcase>')
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites tests="{len(results)}" failures="{failures}">',
            f'  <testsuite name="edc-microcred validate" tests="{len(results)}" failures="{failures}" errors="0">',
            *cases,
            "  </testsuite>",
            "</testsuites>",
        ]
    )


def _of_failure(result: FileResult) -> str:
    """The attributes of a failure: the rule of its first and heaviest finding, and how many there are."""
    errors = [f for f in result.findings if f.severity is Severity.ERROR]
    warnings = [f for f in result.findings if f.severity is Severity.WARNING]
    first = (errors or warnings)[0]
    said = " and ".join(
        f"{len(some)} {name}{'s' if len(some) > 1 else ''}"
        for name, some in (("error", errors), ("warning", warnings))
        if some
    )
    return f"type={quoteattr(first.rule)} message={quoteattr(_xml(f'{said}, first: {first.message}'))}"


def _xml(text: str) -> str:
    """`text` without characters that XML 1.0 cannot hold."""
    return "".join(
        c if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff" else "�" for c in text
    )


def _escaped(text: str) -> str:
    return _xml(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def github_report(results: Sequence[FileResult], *, redact: bool = False) -> str:
    """The report as workflow commands, which GitHub shows at the lines they name."""
    return "\n".join(_command(result.path, f) for result in _shown(results, redact) for f in result.findings)


def _command(path: str, finding: Finding) -> str:
    place = f"file={_property(path)}"
    if finding.line is not None:
        place += f",line={finding.line},col={finding.column}"
    text = f"{finding.message} ({finding.pointer or '/'})"
    if (fix := rule_of(finding).fix) and len(fix) <= _SHORT:
        text += f"\nFix: {fix}"
    return f"::{_GITHUB_COMMANDS[finding.severity]} {place},title={_property(finding.rule)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def text_report(results: Sequence[FileResult], *, redact: bool = False) -> str:
    """The report as lines of text: path, line and column, weight, rule, sentence.

    Below the first finding of each rule stands, indented, what is to be done.
    """
    return _lines(_shown(results, redact))


def _lines(results: Iterable[FileResult]) -> str:
    lines: list[str] = []
    told: set[str] = set()
    for result in results:
        for finding in result.findings:
            where = f":{finding.line}:{finding.column}" if finding.line is not None else ""
            what = f"{finding.severity.value} {finding.rule} {finding.pointer or '/'}"
            lines.append(f"{result.path}{where}: {what}: {finding.message}")
            if finding.rule not in told and (fix := rule_of(finding).fix):
                lines.append(f"    Fix: {fix}")
            told.add(finding.rule)
    return "\n".join(lines)


FORMATS: Final[Mapping[str, Callable[..., str]]] = {
    "text": text_report,
    "json": json_report,
    "sarif": sarif_report,
    "junit": junit_report,
    "github": github_report,
}
"""Name of a format -> the function that writes it: `(results, *, redact=False) -> str`."""


def write_report(form: str, results: Sequence[FileResult], *, redact: bool = False, fail_on: str = "error") -> str:
    """The report in one of the `FORMATS`. `fail_on` is what a build fails on, which JUnit's failures count by."""
    more = {"fail_on": fail_on} if form == "junit" else {}
    return FORMATS[form](results, redact=redact, **more)
