"""Settings of `validate`: which profile, which rules count how much, and for which files.

They stand in `edc-microcred.toml`, or in `pyproject.toml` under `[tool.edc-microcred]`:

    profile = "generic-full"
    fail-on = "warning"
    rules = { "elm/media-type-wrong" = "off", "ld/dropped-term" = "error" }

    [[paths]]
    match = "drafts/**"
    rules = { "elm/missing" = "warning" }

A misspelt name or an unknown rule is refused: a setting that does nothing is worse than none.
"""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final, Literal

from edc_microcred.errors import EdcMicrocredError
from edc_microcred.findings import Finding, Severity

FILE_NAME: Final = "edc-microcred.toml"
LEVELS: Final = ("off", "info", "warning", "error")
Level = Literal["off", "info", "warning", "error"]


class SettingsError(EdcMicrocredError):
    """A settings file cannot be read, or says something that means nothing."""


@dataclass(frozen=True, slots=True)
class PathSettings:
    """Levels of rules for the files whose path matches a pattern (`drafts/**`, `*-test.jsonld`)."""

    match: str
    rules: Mapping[str, Level]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `validate` is told; the command line overrides single values (`replace`)."""

    profile: str | None = None
    elm: str = "3.2"
    fail_on: Literal["error", "warning"] = "error"
    baseline: Path | None = None
    redact: bool = False
    rules: Mapping[str, Level] = field(default_factory=dict)
    paths: tuple[PathSettings, ...] = ()

    @classmethod
    def find(cls, folder: Path) -> "Settings":
        """The settings of a folder or of the nearest one above that has some; the defaults when none has.

        Raises `SettingsError` for settings that cannot be read or mean nothing.
        """
        folder = folder.resolve()
        for place in (folder, *folder.parents):
            if (place / FILE_NAME).is_file():
                return cls.load(place / FILE_NAME)
            project = place / "pyproject.toml"
            if project.is_file():
                table = _toml(project).get("tool", {}).get("edc-microcred")
                if table is not None:
                    return cls.of(table, project)
        return cls()

    @classmethod
    def load(cls, path: Path) -> "Settings":
        """The settings in a file. Raises `SettingsError`."""
        return cls.of(_toml(path), path)

    @classmethod
    def of(cls, table: Mapping[str, Any], path: Path) -> "Settings":
        """The settings that a TOML table holds; `path` is named in errors and is what a baseline is relative to."""
        names = {
            "profile": str,
            "elm": str,
            "fail-on": str,
            "baseline": str,
            "redact": bool,
            "rules": dict,
            "paths": list,
        }
        for name, value in table.items():
            if name not in names:
                raise SettingsError(f"{path}: {name!r} is no setting.", remedy=_did_you_mean(name, names))
            if not isinstance(value, names[name]):
                raise SettingsError(f"{path}: {name!r} must be a {names[name].__name__}.", remedy="See docs/ci.md.")
        if table.get("fail-on", "error") not in ("error", "warning"):
            raise SettingsError(f"{path}: fail-on is error or warning.", remedy='Write fail-on = "warning".')
        if table.get("elm", "3.2") not in ("3.1", "3.2"):
            raise SettingsError(f"{path}: elm is 3.1 or 3.2.", remedy='Write elm = "3.2".')
        baseline = table.get("baseline")
        return cls(
            profile=_profile(table.get("profile"), path),
            elm=table.get("elm", "3.2"),
            fail_on=table.get("fail-on", "error"),
            baseline=path.parent / baseline if baseline is not None else None,
            redact=table.get("redact", False),
            rules=_levels(table.get("rules", {}), path),
            paths=tuple(_path_settings(each, path) for each in table.get("paths", [])),
        )

    def weighed(self, findings: list[Finding], path: str) -> list[Finding]:
        """The findings as these settings weigh them for the file `path`; those of rules that are off are left out."""
        levels = dict(self.rules)
        for each in self.paths:
            if fnmatch(path, each.match):
                levels.update(each.rules)
        if not levels:
            return findings
        return [
            finding if finding.rule not in levels else replace(finding, severity=Severity(levels[finding.rule]))
            for finding in findings
            if levels.get(finding.rule) != "off"
        ]


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}", remedy="It must be TOML in UTF-8.") from error


def _path_settings(table: Any, path: Path) -> PathSettings:
    if not isinstance(table, dict) or set(table) != {"match", "rules"} or not isinstance(table["match"], str):
        raise SettingsError(f"{path}: each [[paths]] needs `match` and `rules`.", remedy="See docs/ci.md.")
    return PathSettings(table["match"], _levels(table["rules"], path))


def _levels(table: Any, path: Path) -> dict[str, Level]:
    from edc_microcred.catalogue import rules

    if not isinstance(table, dict):
        raise SettingsError(f"{path}: rules is a table of rule = level.", remedy="See docs/ci.md.")
    for rule, level in table.items():
        if rule not in rules():
            raise SettingsError(f"{path}: there is no rule {rule!r}.", remedy=_did_you_mean(rule, rules()))
        if level not in LEVELS:
            raise SettingsError(f"{path}: {rule} is set to {level!r}.", remedy=f"Use {', '.join(LEVELS)}.")
    return table


def _profile(name: str | None, path: Path) -> str | None:
    from edc_microcred.errors import VocabularyError
    from edc_microcred.shapes import profile

    try:
        return None if name is None else profile(name).name
    except VocabularyError as error:
        raise SettingsError(f"{path}: {error.message}", remedy=error.remedy) from error


def _did_you_mean(name: str, names: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(list(names)[:12])}."
