"""The steps of the GitHub action, run here as a script."""

import os
import subprocess
import sysconfig
import venv
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.conftest import ROOT

OFFLINE = {
    "PYTHONPATH": sysconfig.get_path("purelib"),
    "PIP_NO_INDEX": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # which is how pip spells "yes, without"
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
}
"""Instead of a registry: pip, what the build needs and what we depend on are those of this environment."""


@pytest.fixture(scope="module")
def steps() -> list[dict]:
    action = YAML(typ="safe").load(ROOT / "action.yml")
    assert action["runs"]["using"] == "composite"
    return action["runs"]["steps"]


def _run(step: dict, folder: Path, programs: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    values = {
        "paths": "",
        "profile": "",
        "fail-on": "error",
        "sarif": "",
        **{k.replace("_", "-"): v for k, v in inputs.items()},
    }
    environment = {
        name: values[expression.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, expression in step.get("env", {}).items()
    }
    path = f"{programs}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-c", step["run"].replace("${{ github.action_path }}", str(ROOT))], cwd=folder,
        env={**environment, **OFFLINE, "PATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def programs(steps: list[dict], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the action's first step has put our program: an environment in which nothing was installed before."""
    folder = tmp_path_factory.mktemp("runner")
    venv.create(folder / "python", symlinks=True)
    programs = folder / "python" / "bin"
    done = _run(steps[0], folder, programs)
    assert done.returncode == 0, done.stderr
    return programs


def test_the_action_installs_from_its_own_folder_and_has_the_program_on_the_path(
    programs: Path, tmp_path: Path
) -> None:
    step = {"run": "command -v edc-microcred; python -c 'import edc_microcred; print(edc_microcred.__file__)'"}
    program, module = _run(step, tmp_path, programs).stdout.splitlines()
    assert program == str(programs / "edc-microcred")
    assert Path(module).is_relative_to(programs.parent)


def test_the_action_annotates_faults_and_fails(steps: list[dict], programs: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonld").write_bytes((ROOT / "examples" / "credential.jsonld").read_bytes())
    done = _run(steps[1], tmp_path, programs, paths="*.jsonld", profile="generic-full", sarif="out.sarif")
    assert done.returncode == 1, done.stderr
    assert "::error file=a.jsonld," in done.stdout
    assert (tmp_path / "out.sarif").read_text().startswith("{")


def test_the_hook_names_our_program() -> None:
    [hook] = YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")
    assert hook["entry"].split() == ["edc-microcred", "validate"]
