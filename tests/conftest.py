"""Where the published material is, for tests that compare with it."""

import os
from pathlib import Path

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
