"""What an installed package brings along besides its modules."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

LISTED = """
import json
from importlib.resources import files
folder = files("edc_microcred") / "schemas"
index = json.loads((folder / "index.json").read_text("utf-8"))
for one in index["files"]:
    print(one["file"], len((folder / one["file"]).read_bytes()))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    (built,) = folder.glob("*.whl")
    return built


def test_a_wheel_brings_every_schema_as_package_data(wheel: Path, tmp_path: Path) -> None:
    # Run in an empty folder, and the wheel comes first on the path, before the checkout.
    done = subprocess.run(
        [sys.executable, "-c", LISTED], cwd=tmp_path, env={"PYTHONPATH": str(wheel)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    listed = dict(line.split() for line in done.stdout.splitlines())
    folder = ROOT / "schemas"
    there = {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    del there["index.json"]
    assert {name: int(size) for name, size in listed.items()} == there
