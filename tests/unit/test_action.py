"""The steps of the GitHub action, run here as a script."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def steps() -> list[dict]:
    action = YAML(typ="safe").load(ROOT / "action.yml")
    assert action["runs"]["using"] == "composite"
    return action["runs"]["steps"]


def _run(step: dict, folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
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
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-c", step["run"]], cwd=folder, env={**environment, "PATH": path}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip


def test_the_action_annotates_faults_and_fails(steps: list[dict], tmp_path: Path) -> None:
    (tmp_path / "a.jsonld").write_bytes((ROOT / "examples" / "credential.jsonld").read_bytes())
    done = _run(steps[1], tmp_path, paths="*.jsonld", profile="generic-full", sarif="out.sarif")
    assert done.returncode == 1, done.stderr
    assert "::error file=a.jsonld," in done.stdout
    assert (tmp_path / "out.sarif").read_text().startswith("{")


def test_the_action_installs_from_its_own_folder(steps: list[dict]) -> None:
    assert steps[0]["run"] == 'python -m pip install --quiet "${{ github.action_path }}"'


def test_the_hook_names_our_program() -> None:
    [hook] = YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")
    assert hook["entry"].split() == ["edc-microcred", "validate"]
