"""Settings of `validate`: which profile, which rules count how much, and for which files.

They stand in `edc-microcred.toml`, or in `pyproject.toml` under `[tool.edc-microcred]`:

    profile = "generic-full"
    fail-on = "warning"
    rules = { "elm/media-type-wrong" = "off", "ld/dropped-term" = "error" }

    [[paths]]
    match = "drafts/*"
    rules = { "elm/missing" = "warning", "cv" = "off" }

`cv` or `cv/*` stands for all rules of that room; a rule that is named itself counts before its room. A misspelt name
or an unknown rule is refused: a setting that does nothing is worse than none.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final, Literal

from edc_microcred.errors import EdcMicrocredError
from edc_microcred.findings import Finding, Severity
from edc_microcred.reports.naming import name_from

_PLACE: Final = re.compile(r"line (\d+), column (\d+)")
FILE_NAME: Final = "edc-microcred.toml"
LEVELS: Final = ("off", "info", "warning", "error")
Level = Literal["off", "info", "warning", "error"]


class SettingsError(EdcMicrocredError):
    """A settings file cannot be read, or says something that means nothing."""


@dataclass(frozen=True, slots=True)
class PathSettings:
    """Levels of rules for the files whose path from the settings' folder matches a pattern.

    `*` also stands for slashes: `drafts/*` means all that is in that folder and below.
    """

    match: str
    rules: Mapping[str, Level]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `validate` is told; the command line overrides single values (`replace`).

    `folder` is where the settings lie; the patterns of `paths` are seen from there.
    """

    profile: str | None = None
    elm: str = "3.2"
    fail_on: Literal["error", "warning"] = "error"
    baseline: Path | None = None
    redact: bool = False
    rules: Mapping[str, Level] = field(default_factory=dict)
    paths: tuple[PathSettings, ...] = ()
    folder: Path = Path()

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
        """The settings that a TOML table holds; `path` is named in errors, and all paths are seen from its folder."""
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
                raise SettingsError(f"{path}: {name!r} is no setting.", remedy=_settings_like(name, names))
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
            folder=path.parent,
        )

    def weighed(self, findings: list[Finding], path: str) -> list[Finding]:
        """The findings as these settings weigh them for the file `path`; those of rules that are off are left out."""
        levels = dict(self.rules)
        name = name_from(self.folder, path) if self.paths else path
        for each in self.paths:
            if fnmatch(name, each.match):
                levels.update(each.rules)
        if not levels:
            return findings
        weighed = []
        for finding in findings:
            level = levels.get(finding.rule) or levels.get(f"{finding.rule.partition('/')[0]}/*")
            if level is None:
                weighed.append(finding)
            elif level != "off":
                weighed.append(replace(finding, severity=Severity(level)))
        return weighed


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        seen = f"{path} cannot be read: {(error.strerror or 'the system refuses').lower()}."
        raise SettingsError(seen, remedy="Check the name of the settings file, and who may read it.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} cannot be read: it is not UTF-8.", remedy="Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        where = f" at line {place[1]}, column {place[2]}" if place else ""
        raise SettingsError(f"{path} cannot be read: it is no TOML{where}.", remedy="See docs/ci.md.") from error


def _path_settings(table: Any, path: Path) -> PathSettings:
    if not isinstance(table, dict) or set(table) != {"match", "rules"} or not isinstance(table["match"], str):
        raise SettingsError(f"{path}: each [[paths]] needs `match` and `rules`.", remedy="See docs/ci.md.")
    return PathSettings(table["match"], _levels(table["rules"], path))


def _levels(table: Any, path: Path) -> dict[str, Level]:
    from edc_microcred.catalogue import rules

    if not isinstance(table, dict):
        raise SettingsError(f"{path}: rules is a table of rule = level.", remedy="See docs/ci.md.")
    rooms = {name.partition("/")[0] for name in rules()}
    levels: dict[str, Level] = {}
    for rule, level in table.items():
        room = rule.removesuffix("/*")
        if rule not in rules() and room not in rooms:
            kind = "room" if "/" not in room else "rule"
            near = _nearest(room, rooms if kind == "room" else rules())
            raise SettingsError(f"{path}: there is no {kind} {rule!r}.", remedy=near)
        if level not in LEVELS:
            raise SettingsError(f"{path}: {rule} is set to {level!r}.", remedy=f"Use {', '.join(LEVELS)}.")
        levels[rule if rule in rules() else f"{room}/*"] = level
    return levels


def _profile(name: str | None, path: Path) -> str | None:
    from edc_microcred.errors import VocabularyError
    from edc_microcred.shapes import profile

    try:
        return None if name is None else profile(name).name
    except VocabularyError as error:
        raise SettingsError(f"{path}: {error.message}", remedy=error.remedy) from error


def _nearest(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, sorted(names), n=3, cutoff=0.4)
    return f"Did you mean {' or '.join(map(repr, near))}?" if near else "`edc-microcred rules` lists all rules by room."


def _settings_like(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(names)}."
