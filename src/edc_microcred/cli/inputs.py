"""The files that a command line names: paths, folders, patterns, and `-` for standard input and output."""

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from edc_microcred.cli import terminal

if TYPE_CHECKING:
    from edc_microcred.document import Document

ENDINGS = (".json", ".jsonld")
STDIN = "-"
PROFILE_HELP = (
    "generic-no-cv, generic-full, accredited, converted, issued-by-mandate or diploma-supplement "
    "(default: what each declares)."
)


def gather(names: Iterable[str]) -> list[str]:
    """The names of all files meant, in order, each once. A folder stands for the credentials in it and below.

    Ends the program with exit code 2 when a name stands for nothing.
    """
    found: dict[str, None] = {}
    for name in names:
        try:
            matches = list(_matches(name))
        except (OSError, ValueError):  # a name that no file can have
            matches = []
        if not matches:
            shown = terminal.safe(name, 200)
            raise typer.BadParameter(f"{shown}: no such file, and no {' or '.join(ENDINGS)} file there.")
        found.update(dict.fromkeys(matches))
    return list(found)


def _matches(name: str) -> Iterator[str]:
    path = Path(name)
    if name == STDIN:
        yield name
    elif path.is_dir():
        yield from sorted(str(p) for p in path.rglob("*") if p.suffix.lower() in ENDINGS and p.is_file())
    elif path.exists():
        yield name
    elif glob.has_magic(name):
        yield from sorted(match for match in glob.glob(name, recursive=True) if Path(match).is_file())  # noqa: PTH207  # a pattern may be absolute


def open_document(name: str) -> "Document":
    """The document called `name`, which may be standard input. Raises `UnreadableError`."""
    from edc_microcred.document import load

    return load(sys.stdin.buffer) if name == STDIN else load(Path(name))


def refuse_overwriting(outputs: Iterable[Path], read: Iterable[str], *, hint: str) -> None:
    """Ends the program with exit code 2 when something would be written over a file that is read in the same run."""
    sources = {_real(name) for name in read if name != STDIN}
    for output in outputs:
        if str(output) != STDIN and _real(str(output)) in sources:
            shown = terminal.safe(output, 200)
            raise typer.BadParameter(f"{shown} is one of the files that are read; name another.", param_hint=hint)


def without(names: Iterable[str], others: Iterable[Path]) -> list[str]:
    """The names of files but those that are one of the others, however it is typed."""
    left_out = {_real(str(other)) for other in others}
    return [name for name in names if name == STDIN or _real(name) not in left_out]


def _real(name: str) -> str:
    try:
        return os.path.realpath(name)
    except (OSError, ValueError):  # a name that no file can have; whoever writes it says so
        return name


def write_output(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Writes a file whole or not at all; `-` is standard output. Raises `OutputError`."""
    from edc_microcred.atomic_file import write_file

    if str(path) == STDIN:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_file(path, data, overwrite=overwrite)


@contextmanager
def option(hint: str) -> Iterator[None]:
    """Within it, a fault of what an option gives is wrong usage, and ends the program with exit code 2."""
    from edc_microcred.errors import EdcMicrocredError

    try:
        yield
    except EdcMicrocredError as error:
        raise typer.BadParameter(str(error), param_hint=hint) from error


def check_profile(name: str | None) -> None:
    """Ends the program with exit code 2 when there is no profile of that name."""
    from edc_microcred.shapes import profile

    if name is not None:
        with option("--profile"):
            profile(name)
