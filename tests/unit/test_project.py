"""What must hold for the project as a whole, whoever adds a file."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import edc_microcred
from tests.conftest import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LONGEST_FILE = 450

# Written apart, so that this file does not name what it forbids.
REGISTRY_HOSTS = [".".join(parts) for parts in (
    ("pypi", "org"), ("pythonhosted", "org"), ("repo", "maven"), ("repo1", "maven"), ("npmjs", "org"),
    ("crates", "io"), ("proxy", "golang"), ("central", "sonatype"),
)]  # fmt: skip
MACHINE_PATH = re.compile(r"(?<![\w.:/\-])/(work|root|farm|home|Users)/")
SCRATCH_PATH = re.compile(r"(?<![\w.:/\-])/tmp\b")
VAGUE_NAME = re.compile(r"(utils?|helpers?|common|misc|managers?)(\.\w+)?")


def files_in_git() -> list[Path]:
    try:
        listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: what belongs to the project cannot be told from what lies in the folder")
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]


def text_of(path: Path) -> str:
    data = path.read_bytes()
    return "" if b"\0" in data else data.decode("utf-8")


def lines_with(path: Path, pattern: re.Pattern[str]) -> list[str]:
    lines = enumerate(text_of(path).splitlines(), 1)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}" for number, line in lines if pattern.search(line)
    ]


def test_no_file_names_a_registry_host() -> None:
    hosts = re.compile("|".join(map(re.escape, REGISTRY_HOSTS)))
    assert [line for path in files_in_git() for line in lines_with(path, hosts)] == []


def test_no_file_names_a_path_of_one_machine() -> None:
    files = [path for path in files_in_git() if path != Path(__file__)]
    outside_tests = [path for path in files if path.relative_to(ROOT).parts[0] != "tests"]
    assert [line for path in files for line in lines_with(path, MACHINE_PATH)] == []
    assert [line for path in outside_tests for line in lines_with(path, SCRATCH_PATH)] == []


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("cd /home/ana/edc", True), ('open("/root/x")', True), ("https://a.org/root/b", False), ("a/work/b", False)],
)
def test_a_path_of_one_machine_is_told_from_an_address(text: str, is_one: bool) -> None:
    assert bool(MACHINE_PATH.search(text)) is is_one


def test_every_file_and_folder_is_named_for_what_it_holds() -> None:
    vague = [p for p in files_in_git() if any(VAGUE_NAME.fullmatch(part) for part in p.relative_to(ROOT).parts)]
    assert vague == []


def test_every_source_file_can_be_read_in_one_sitting() -> None:
    sources = [p for p in files_in_git() if p.suffix == ".py" and p.relative_to(ROOT).parts[0] != "tests"]
    assert sources
    assert {str(p): n for p in sources if (n := len(text_of(p).splitlines())) > LONGEST_FILE} == {}


def test_the_licence_and_the_notice_are_there_and_ship_with_the_package() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8").splitlines()[1]
    assert "Apache License, Version 2.0" in (ROOT / "NOTICE").read_text("utf-8")
    assert PYPROJECT["project"]["license"] == "Apache-2.0"
    assert PYPROJECT["project"]["license-files"] == ["LICENSE", "NOTICE"]


def test_the_package_says_the_version_of_the_project() -> None:
    assert edc_microcred.__version__ == PYPROJECT["project"]["version"]


def test_the_changelog_has_a_heading_for_this_version() -> None:
    assert f"## {PYPROJECT['project']['version']}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def pinned(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE))


def test_every_direct_dependency_is_pinned_to_a_version_that_the_project_accepts() -> None:
    groups = PYPROJECT["dependency-groups"]
    asked = {
        "run.txt": [*PYPROJECT["project"]["dependencies"], *groups["build"]],
        "dev.txt": [*PYPROJECT["project"]["dependencies"], *groups["build"], *groups["test"], *groups["check"]],
        "bench.txt": groups["bench"],
    }
    for name, requirements in asked.items():
        versions = pinned(name)
        for requirement in map(Requirement, requirements):
            version = versions.get(canonicalize_name(requirement.name))
            assert version is not None, f"{requirement.name} is not in requirements/{name}: run `make lock`"
            assert version in requirement.specifier, f"requirements/{name} pins {requirement.name} {version}"


def test_what_the_library_runs_on_has_one_version_in_both_requirements_files() -> None:
    run, dev = pinned("run.txt"), pinned("dev.txt")
    assert run
    assert {name: (version, dev.get(name)) for name, version in run.items() if dev.get(name) != version} == {}
