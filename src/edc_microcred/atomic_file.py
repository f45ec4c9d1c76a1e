"""Files that appear whole or not at all.

A file is written beside its place under another name and moved there when every byte is on the disk's side of the
operating system. Whoever is killed, or runs out of disk, leaves no half-written credential behind; and a file that
somebody else puts there in the meantime is not lost. A power cut is another matter: nothing here waits for the disk.
Issuing does, once for many files, and its journal tells by their digests what was lost (docs/adr/0006).
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from edc_microcred.errors import OutputError


def write_file(path: Path, data: bytes, *, overwrite: bool = False, mode: int = 0o644, soon: bool = False) -> None:
    """Writes `data` to `path`, whose folder must exist. Raises `OutputError`; the file is then as it was before.

    Without `overwrite` a file that is there already, or appears while this one is written, is an error. A symbolic link
    at `path` is never followed. `mode` are the permissions before the umask. `soon` lets the system begin at once to
    bring the file to the disk, so that whoever synchronises the disk after many files waits less.
    """
    if not overwrite and os.path.lexists(path):
        raise _exists(path)
    temporary = f"{path.parent}{os.sep}.{path.name[:40]}.{secrets.token_hex(8)}.part"
    moved = False
    try:
        _write_new(temporary, data, mode, soon=soon)
        if overwrite:
            os.replace(temporary, path)  # noqa: PTH105  # a name takes a tenth of the time of a Path
        else:
            move_to_free_place(Path(temporary), path)
        moved = True
    except FileExistsError:
        raise _exists(path) from None
    except (OSError, ValueError) as error:  # ValueError: a name with a zero octet
        raise OutputError(
            f"{path} cannot be written: {getattr(error, 'strerror', None) or error}.",
            remedy="Check that the folder exists, that you may write there, and that the disk is not full.",
            state="Nothing was left behind.",
        ) from error
    finally:
        if not moved:
            with suppress(OSError, ValueError):
                os.unlink(temporary)  # noqa: PTH108  # as above


def _write_new(path: str, data: bytes, mode: int, *, soon: bool) -> None:
    # The system applies the umask: it belongs to the whole process, so asking for it would disturb other threads.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        if soon and hasattr(os, "posix_fadvise"):
            with suppress(OSError):  # it is a hint
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def move_to_free_place(source: Path, target: Path) -> None:
    """Moves a file or folder within one file system; raises `FileExistsError` when something is at `target` already.

    Moving alone would replace a file that is there, and asking first leaves time for one to appear.
    """
    if source.is_dir():
        target.mkdir()
    else:
        try:
            os.link(source, target)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links: the place is taken by an empty file first
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        else:
            source.unlink()
            return
    try:
        source.replace(target)
    except OSError:
        target.rmdir() if source.is_dir() else target.unlink()
        raise


def _exists(path: Path) -> OutputError:
    return OutputError(
        f"{path} exists already.", remedy="Name another file, or say that it may be overwritten (--force)."
    )
