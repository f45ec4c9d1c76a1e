"""What lies beside the credentials for people: the manifest, the refused rows, the archive.

Both tables open in a spreadsheet with a double click: UTF-8 with a mark that says so, and the delimiter that the list
of learners had, else semicolons, which Excel wants in most of Europe. A cell that a spreadsheet would run as a formula
gets an apostrophe in front, which is taken off again when the row is read.

Clauses: RFC 4180; OWASP, CSV Injection.
"""

import csv
import hashlib
import os
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final

from edc_microcred.errors import OutputError
from edc_microcred.findings import Finding, Severity
from edc_microcred.issuing.journal import Entry, standing
from edc_microcred.microcredential.csv_text import FORMULA_STARTS

CREDENTIALS: Final = "credentials"
REPLACED: Final = "replaced"
MANIFEST: Final = "manifest.csv"
REFUSED: Final = "refused.csv"
ARCHIVE: Final = "credentials.zip"
ROW_COLUMN: Final = "refused: row"
REASON_COLUMN: Final = "refused: reasons"
RULE_COLUMN: Final = "refused: rule"
REMEDY_COLUMN: Final = "refused: what to do"
_OUR_COLUMNS: Final = (ROW_COLUMN, RULE_COLUMN, REASON_COLUMN, REMEDY_COLUMN)

_MANIFEST_COLUMNS: Final = ("key", "file", "credential", "issued", "sha256", "replaces")
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9 .,]*%?")
_UTF8_MARK: Final = "\ufeff"


def harmless_cell(value: object) -> str:
    """A cell that no spreadsheet runs: what would start a formula gets an apostrophe in front.

    >>> harmless_cell("=HYPERLINK(A1)"), harmless_cell("-5"), harmless_cell(None)
    ("'=HYPERLINK(A1)", '-5', '')
    """
    text = "" if value is None else str(value)
    if text.startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def write_manifest(folder: Path, journal: Path, *, delimiter: str = ";") -> int:
    """Writes `manifest.csv`, one row for each credential that stands in the journal; their number."""
    count = 0
    with _table(folder / MANIFEST, delimiter) as writer:
        writer.writerow(_MANIFEST_COLUMNS)
        for entry in standing(journal):
            count += 1
            issued = f"{entry.time:%Y-%m-%dT%H:%M:%SZ}"
            cells = (entry.key, f"{CREDENTIALS}/{entry.file}", entry.id, issued, entry.sha256, entry.replaces)
            writer.writerow([harmless_cell(cell) for cell in cells])
    return count


class RefusedTable:
    """Gathers the rows that were refused, and becomes `refused.csv` at the end; a run that is killed leaves none.

    The rows wait in a file without a name, so that memory does not grow with them.
    """

    def __init__(self, *, delimiter: str = ";") -> None:
        self._columns: list[str] = []
        self._delimiter = delimiter
        self._rows: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115  # see close
        self._writer = csv.writer(self._rows)
        self.count = 0

    def add(self, row: int | None, cells: Mapping[str, Any], findings: Iterable[Finding]) -> None:
        """One refused row: its place in the table, its cells as they were, why, and what is to be done."""
        for column in map(str, cells):
            if column not in self._columns and column not in _OUR_COLUMNS:
                self._columns.append(column)
        by_name = {str(column): value for column, value in cells.items()}
        told = [f for f in findings if f.severity is not Severity.INFO]
        ours = (
            str(row or ""),
            " | ".join(dict.fromkeys(f.rule for f in told)),
            " | ".join(f.message for f in told),
            " | ".join(dict.fromkeys(remedy for f in told if (remedy := f.remedy))),
        )
        values = [harmless_cell(by_name.get(column)) for column in self._columns]
        self._writer.writerow([*map(harmless_cell, ours), *values])
        self.count += 1

    def write(self, path: Path) -> str:
        """Writes the table to `path`, whole or not at all: its columns, then what is ours.

        Returns the digest of the file (SHA-256, hexadecimal).
        """
        self._rows.flush()
        self._rows.seek(0)
        with _table(path, self._delimiter) as writer:
            writer.writerow([*map(harmless_cell, self._columns), *_OUR_COLUMNS])
            for line in csv.reader(self._rows):
                ours, cells = line[: len(_OUR_COLUMNS)], line[len(_OUR_COLUMNS) :]
                missing = [""] * (len(self._columns) - len(cells))
                writer.writerow([*cells, *missing, *ours])
        return digest_of(path)

    def close(self) -> None:
        """Lets go of the rows."""
        self._rows.close()


def keep_edited(path: Path, written: str | None) -> Path | None:
    """Renames a table that somebody edited since it was written (`written` is its digest then), so that it is kept.

    A registrar corrects `refused.csv` where it lies; the corrections are the record of what was issued. Returns the new
    path, None where there was nothing to keep.
    """
    if not path.exists() or digest_of(path) == written:
        return None
    number = 1
    while (kept := path.with_name(f"{path.stem}-corrected-{number}{path.suffix}")).exists():
        number += 1
    try:
        path.rename(kept)
    except OSError as error:
        raise _cannot(kept, error) from error
    return kept


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_archive(folder: Path, journal: Path) -> Path:
    """Writes `credentials.zip`: every credential that stands, and the manifest. Returns its path."""
    path = folder / ARCHIVE
    with _whole_file(path) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for entry in standing(journal):
            archive.write(folder / CREDENTIALS / entry.file, f"{CREDENTIALS}/{entry.file}")
        archive.write(folder / MANIFEST, MANIFEST)
    return path


def sweep(folder: Path) -> None:
    """Removes the unfinished files that a killed run left; whole ones never have such names."""
    for place in (folder, folder / CREDENTIALS):
        with suppress(FileNotFoundError), os.scandir(place) as found:
            for one in found:
                if one.name.startswith(".") and one.name.endswith(".part"):
                    Path(one.path).unlink(missing_ok=True)


def move_aside(folder: Path, entry: Entry, *, mark: str = "") -> None:
    """Moves the file of `entry` to `replaced/`, if it is still in its place; nothing there is ever overwritten."""
    source = folder / CREDENTIALS / entry.file
    if not source.exists():
        return
    target = folder / REPLACED / f"{source.stem}{mark}{source.suffix}"
    number = 1
    try:
        target.parent.mkdir(exist_ok=True)
        while target.exists():
            number += 1
            target = target.with_name(f"{source.stem}{mark}-{number}{source.suffix}")
        source.rename(target)
    except OSError as error:
        raise _cannot(target, error) from error


@contextmanager
def _table(path: Path, delimiter: str) -> Iterator[Any]:
    """A CSV writer into a file that appears whole at the end."""
    with _whole_file(path) as stream:
        text = os.fdopen(os.dup(stream.fileno()), "w", encoding="utf-8", newline="")
        with text:
            text.write(_UTF8_MARK)
            yield csv.writer(text, delimiter=delimiter, lineterminator="\r\n")


@contextmanager
def _whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its place when the block ends without an error, and is gone otherwise."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as stream:
            yield stream
        temporary.replace(path)
    except OSError as error:
        raise _cannot(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _cannot(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path} cannot be written: {error.strerror or error}.",
        remedy="Check that you may write there and that the disk is not full. The same command then goes on.",
    )
