"""`validate --fix`: shows and writes what has one safe answer."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from edc_microcred.reports import Settings


def fix_files(names: list[str], settings: "Settings", *, write: bool) -> tuple[int, int]:
    """Puts right what can be in each file, or only shows it; how many files that concerns, and how many are refused.

    What is changed goes to standard output as a diff when nothing is written, else to standard error; of a redacted
    report the names of the rules alone.
    """
    from pathlib import Path

    from edc_microcred.atomic_file import write_file
    from edc_microcred.cli import inputs
    from edc_microcred.document import load
    from edc_microcred.errors import UnreadableError
    from edc_microcred.reports import FixError, fix

    if inputs.STDIN in names:
        raise typer.BadParameter("standard input cannot be changed; give files.", param_hint="--fix")
    changed = refused = 0
    for name in names:
        try:
            fixed = fix(load(Path(name)), settings)
        except UnreadableError:
            continue  # the report says why
        except FixError as error:
            refused += 1
            typer.echo(str(error), err=True)
            continue
        if fixed.is_changed:
            changed += 1
            typer.echo(_harmless(", ".join(fixed.rules) if settings.redact else fixed.diff()), err=write)
            if write:
                write_file(Path(name), fixed.after, overwrite=True, mode=Path(name).stat().st_mode & 0o777)
    done = "put right" if write else "could be put right (nothing was written)"
    typer.echo(f"{changed} of {len(names)} files {done}; {refused} refused.", err=True)
    return changed, refused


def _harmless(text: str) -> str:
    """Text from a file that a terminal shows and does not obey."""
    return "".join(character if character in "\n\t" or character.isprintable() else "�" for character in text)
