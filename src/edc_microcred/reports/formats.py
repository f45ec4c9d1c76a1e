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
_GITHUB_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_members(finding: Finding) -> dict[str, Any]:
    """A finding as the JSON report writes it."""
    members = finding.as_json()
    text = members.pop("message")
    if "value" in finding.values:
        members["value"] = shorten(finding.values["value"])
    return {**members, "message": text}


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


def junit_report(results: Sequence[FileResult], *, redact: bool = False) -> str:
    """The report as JUnit XML: a file is a test case, which fails when there is an error in it."""
    cases = []
    failures = 0
    results = _shown(results, redact)
    for result in results:
        heavy = [f for f in result.findings if f.severity is Severity.ERROR]
        failures += bool(heavy)
        lines = "\n".join(_line(result.path, f) for f in result.findings)
        body = ""
        if heavy:
            said = quoteattr(_xml(f"{len(heavy)} errors, first: {heavy[0].message}"))
            body = f"<failure type={quoteattr(heavy[0].rule)} message={said}>{_escaped(lines)}</failure>"
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
    return f"::{_GITHUB_COMMANDS[finding.severity]} {place},title={_property(finding.rule)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def text_report(results: Sequence[FileResult], *, redact: bool = False) -> str:
    """The report as lines of text: path, line and column, weight, rule, sentence."""
    return "\n".join(_line(result.path, finding) for result in _shown(results, redact) for finding in result.findings)


def _line(path: str, finding: Finding) -> str:
    where = f":{finding.line}:{finding.column}" if finding.line is not None else ""
    return f"{path}{where}: {finding.severity.value} {finding.rule} {finding.pointer or '/'}: {finding.message}"


FORMATS: Final[Mapping[str, Callable[..., str]]] = {
    "text": text_report,
    "json": json_report,
    "sarif": sarif_report,
    "junit": junit_report,
    "github": github_report,
}
"""Name of a format -> the function that writes it: `(results, *, redact=False) -> str`."""
