"""Files that appear whole or not at all.

A file is written beside its place under another name and moved there when every byte is on the disk's side of the
operating system. Whoever is killed, or runs out of disk, leaves no half-written credential behind.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from edc_microcred.errors import OutputError


def write_file(path: Path, data: bytes, *, overwrite: bool = False, mode: int = 0o644) -> None:
    """Writes `data` to `path`, whose folder must exist. Raises `OutputError`; the file is then as it was before.

    Without `overwrite` a file that is there already is an error. `mode` are its permissions before the umask.
    """
    if path.exists() and not overwrite:
        raise OutputError(
            f"{path} exists already.", remedy="Name another file, or say that it may be overwritten (--force)."
        )
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
        Path(temporary).chmod(mode & ~_umask())
        Path(temporary).replace(path)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}.",
            remedy="Check that the folder exists, that you may write there, and that the disk is not full.",
            state="Nothing was left behind.",
        ) from error
    finally:
        if temporary is not None:
            with suppress(FileNotFoundError):
                Path(temporary).unlink()


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
