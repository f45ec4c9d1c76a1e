"""Where the published material is, for tests that compare with it."""

import os
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent


def reference_folder() -> Path | None:
    """The folder of other people's published artefacts, or None where it is not at hand."""
    named = os.environ.get("EDC_MICROCRED_REFERENCE")
    folder = Path(named) if named else ROOT.parent / "shared" / "reference"
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def reference() -> Path:
    folder = reference_folder()
    if folder is None:
        pytest.skip("the published reference material is not at hand (set EDC_MICROCRED_REFERENCE)")
    return folder


def cannot_run(reason: str) -> NoReturn:
    """Skips with that reason, or fails with it where EDC_MICROCRED_REQUIRE_INTEROP=1 allows no skipping."""
    if os.environ.get("EDC_MICROCRED_REQUIRE_INTEROP") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
