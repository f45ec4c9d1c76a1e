"""axe-core, which judges whether people with disabilities can use a page: fetched once by npm, checked by its digest.

It is published under the MPL 2.0, lies in `target/` and is no part of the project.
"""

import hashlib
import io
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Final

from tests.conftest import ROOT

VERSION: Final = "4.14.1"
SHA512: Final = (
    "1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b73"
    "4f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5"
)
FOLDER: Final = ROOT / "target" / "axe-core"


def axe_source() -> str | None:
    """The program as JavaScript; None where it is not at hand and cannot be fetched."""
    archive = FOLDER / f"axe-core-{VERSION}.tgz"
    if not archive.exists() and not _fetch(archive):
        return None
    content = archive.read_bytes()
    if hashlib.sha512(content).hexdigest() != SHA512:
        raise RuntimeError(f"{archive.name} is not the release that was tried; delete it, or enter its digest.")
    with tarfile.open(fileobj=io.BytesIO(content)) as packed:
        member = packed.extractfile("package/axe.min.js")
        assert member is not None
        return member.read().decode("utf-8")


def _fetch(archive: Path) -> bool:
    npm = shutil.which("npm")
    if npm is None:
        return False
    archive.parent.mkdir(parents=True, exist_ok=True)
    command = [npm, "pack", f"axe-core@{VERSION}", "--pack-destination", str(archive.parent), "--silent"]
    subprocess.run(command, capture_output=True, cwd=archive.parent, timeout=120, check=False)
    return archive.exists()
