"""The example programs run as they are printed, and what they issue is valid."""

import subprocess
import sys
from pathlib import Path

import pytest

from edc_microcred import Outcome, TrustPolicy, verify
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples"


def run(program: Path, *arguments: str) -> str:
    done = subprocess.run([sys.executable, str(program), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("program", "issued"), [("issue_with_the_library.py", 6), ("issue_from_sqlite.py", 2)], ids=["library", "sqlite"]
)
def test_an_example_issues_valid_credentials_and_can_be_run_again(program: str, issued: int, tmp_path: Path) -> None:
    said = run(EXAMPLES / program, str(tmp_path))
    assert said.count(": issued ") == issued
    files = list(tmp_path.glob("*/credentials/*.jsonld"))
    assert len(files) == issued
    policy = TrustPolicy.from_folder(tmp_path / "pki" / "trust")
    reports = [verify(path, policy) for path in files]
    assert {report.outcome for report in reports} == {Outcome.VALID}
    assert not [f.rule for report in reports for f in report.findings if f.rule.startswith("edc/")]
    assert run(EXAMPLES / program, str(tmp_path)).count(": kept ") == issued


def test_issuing_through_the_library_takes_under_30_lines() -> None:
    assert len((EXAMPLES / "issue_with_the_library.py").read_text("utf-8").splitlines()) < 30


def test_a_dask_cluster_issues_with_a_reference_to_the_key() -> None:
    assert "{'issued': 40}" in run(EXAMPLES / "cluster" / "issue_on_a_cluster.py", "40")
