"""The journal of an output folder: what was issued there, one JSON line after the other, never rewritten.

An id is decided and written down (`begun`) before anything is sealed under it, and confirmed (`issued`) when its file
is whole. Whoever is killed in between goes on under the same id. A last line that was cut off by a kill or a full disk
is recognised and removed; any other line that is no journal line stops the run, because a guess could issue twice.

    {"state":"begun","time":"2026-06-30T10:00:00Z","run":1,"key":"2023/0117","row":"5f2c…","id":"urn:credential:…",
     "file":"00001-8c1f20aa.jsonld"}
    {"state":"issued",…,"sha256":"e3b0…"}

The journal holds learners' keys and is as confidential as the credentials beside it.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from edc_microcred import json_text
from edc_microcred.errors import JournalError, OutputError

JOURNAL_NAME: Final = "journal.jsonl"
_BEGUN: Final = b'{"state":"begun"'


class State(StrEnum):
    """What a line of the journal says of one credential."""

    BEGUN = "begun"
    """Its id and file name are decided; its file may be there or not."""
    ISSUED = "issued"
    """Its file was written whole."""
    REPLACED = "replaced"
    """Another one was issued in its place, and its file was moved aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line about one credential. `row` is the digest of the learner's row, `sha256` that of the whole file.

    `run` is the number of the run that wrote it; `replaces` is the id of the credential that it takes the place of;
    `again` says that the file of a credential that stands was made a second time.
    """

    state: State
    time: datetime
    run: int
    key: str
    row: str
    id: str
    file: str
    sha256: str | None = None
    replaces: str | None = None
    again: bool = False

    def as_line(self) -> str:
        """The entry as its line, without the end of line."""
        members: dict[str, Any] = {
            "state": self.state.value, "time": _text_of(self.time), "run": self.run, "key": self.key, "row": self.row,
            "id": self.id, "file": self.file,
        }  # fmt: skip
        if self.sha256 is not None:
            members["sha256"] = self.sha256
        if self.replaces is not None:
            members["replaces"] = self.replaces
        if self.again:
            members["again"] = True
        return json_text.write(members)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The line that opens a run: what its credentials were made from. `course` and `seal` are SHA-256 in hexadecimal.

    `seal` is the fingerprint of the seal certificate.
    """

    number: int
    time: datetime
    course: str
    seal: str
    version: str

    def as_line(self) -> str:
        """The run as its line, without the end of line."""
        members = {
            "state": "run", "time": _text_of(self.time), "run": self.number, "course": self.course, "seal": self.seal,
            "version": self.version,
        }  # fmt: skip
        return json_text.write(members)


@dataclass(slots=True)
class Record:
    """What the journal says of one key: the credential that stands, and the one that was begun and not confirmed."""

    issued: Entry | None = None
    begun: Entry | None = None


class Journal:
    """The journal of one folder, open for appending. Not safe to share between threads: one thread issues.

    `records` is what former runs left, by key; lines that are appended now do not change it, so that memory does not
    grow with them. `unmoved` are replaced credentials whose file may not have been moved aside yet, by id.
    """

    def __init__(self, path: Path) -> None:
        self.path: Final = path
        self.records: Final[dict[str, Record]] = {}
        self.runs: Final[dict[int, Run]] = {}
        self.unmoved: Final[dict[str, Entry]] = {}
        self.count = 0
        """How many files were ever named here: the number of the last one."""
        self.last_refused: str | None = None
        """The digest of the list of refused rows, as it was written last."""
        self.torn = False
        """Whether the last line was cut off, and removed."""
        self._descriptor: int | None = None
        self._size = 0
        self._synced = 0  # what a former run wrote may not have reached the disk either

    @classmethod
    def read(cls, path: Path) -> "Journal":
        """The journal at `path`, for looking only: nothing is made, repaired or locked. Raises `JournalError`."""
        _require_not_lost(path)
        journal = cls(path)
        if path.exists():
            journal._read()
        return journal

    @classmethod
    def open(cls, path: Path) -> "Journal":
        """The journal at `path`, made when it is missing, its cut-off last line removed.

        The caller holds the folder's lock. Raises `JournalError` for a line that is none, and where there is no journal
        but there are credentials; `OutputError` when the file cannot be opened or written.
        """
        _require_not_lost(path)
        journal = cls(path)
        try:
            journal._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
            whole = journal._read()
            if journal.torn:
                os.ftruncate(journal._descriptor, whole)
            os.lseek(journal._descriptor, whole, os.SEEK_SET)
            journal._size = whole
        except OSError as error:
            journal.close()
            raise _cannot("be opened", path, error) from error
        except BaseException:
            journal.close()
            raise
        return journal

    def begin_run(self, *, course: str, seal: str, version: str, time: datetime) -> Run:
        """Appends the line that opens a run, and returns it."""
        run = Run(number=len(self.runs) + 1, time=time, course=course, seal=seal, version=version)
        self.runs[run.number] = run
        self._append([run.as_line()])
        return run

    def note_refused(self, sha256: str, *, time: datetime) -> None:
        """Appends the digest of the list of refused rows, by which an edited one is known."""
        if sha256 != self.last_refused:
            self._append([json.dumps({"state": "refused", "time": _text_of(time), "sha256": sha256})])
            self.last_refused = sha256

    def append(self, entries: Iterable[Entry]) -> int:
        """Appends lines in one write; where the journal ends now, for `sync_to`.

        Raises `OutputError`; the journal then ends where it ended before.
        """
        if lines := [entry.as_line() for entry in entries]:
            self._append(lines)
        return self._size

    def next_number(self) -> int:
        """The number of the next file."""
        self.count += 1
        return self.count

    def sync(self) -> None:
        """Makes sure that all that was appended outlives a power cut; costs nothing when nothing was."""
        self.sync_to(self._size)

    def sync_to(self, end: int) -> None:
        """Makes sure that what was appended up to `end` outlives a power cut; costs nothing when it does already."""
        if self._descriptor is None or end <= self._synced:
            return
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise _cannot("be written", self.path, error) from error
        self._synced = self._size

    def close(self) -> None:
        """Closes the file; safe to call twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _append(self, lines: list[str]) -> None:
        if self._descriptor is None:
            raise ValueError("the journal is closed")
        data = ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._descriptor, view) :]
        except OSError as error:
            with suppress(OSError):  # else the cut-off line is removed when the journal is opened again
                os.ftruncate(self._descriptor, self._size)
                os.lseek(self._descriptor, self._size, os.SEEK_SET)
            raise _cannot("be written", self.path, error) from error
        self._size += len(data)

    def _read(self) -> int:
        """Reads every line; the number of bytes up to the last whole one."""
        whole = 0
        with self.path.open("rb") as stream:
            for number, raw in enumerate(stream, 1):
                if not raw.endswith(b"\n"):
                    self.torn = True
                    break
                line = _parse(raw, number, self.path)
                if isinstance(line, Run):
                    self.runs[line.number] = line
                elif isinstance(line, Entry):
                    self._note(line)
                else:
                    self.last_refused = line
                whole += len(raw)
        return whole

    def _note(self, entry: Entry) -> None:
        if entry.state is State.REPLACED:
            self.unmoved.pop(entry.id, None)
            return
        record = self.records.setdefault(entry.key, Record())
        if entry.state is State.BEGUN:
            self.count += 1
            record.begun = entry
            return
        if record.issued is not None and record.issued.id == entry.replaces:
            self.unmoved[record.issued.id] = record.issued
        record.issued, record.begun = entry, None


def _require_not_lost(path: Path) -> None:
    """Raises `JournalError` where the journal is gone, or empty, and what was issued by it is still there."""
    with suppress(FileNotFoundError):
        if path.stat().st_size:
            return
    folder = path.parent / "credentials"
    if not any(folder.glob("*.jsonld")):
        return
    raise JournalError(
        f"{folder} holds credentials, and there is no {path.name} that says whose they are.",
        remedy=f"Put back {path.name} as it was, or issue into another folder (-o FOLDER). Without it every learner "
        "would get a second credential.",
        state="Nothing was issued.",
    )


def read_journal(path: Path, wanted: Callable[[bytes], bool] = lambda _: True) -> Iterator[Run | Entry | str]:
    """The lines of a journal, lazily; a text is the digest of a list of refused rows. A cut-off last line is left out.

    Lines that are not `wanted` are passed over unread. Raises `JournalError` as `Journal.open`.
    """
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, 1):
            if raw.endswith(b"\n") and wanted(raw):
                yield _parse(raw, number, path)


def standing(path: Path) -> Iterator[Entry]:
    """The credentials of a journal that stand: the last confirmed line of each that was not replaced, in their order.

    The journal is read twice, so that memory grows only with what was replaced or made again.
    """
    replaced: set[str] = set()
    again: dict[str, int] = {}
    for line in _issued(path, lambda raw: b'"replaces":' in raw or b'"again":' in raw):
        if line.replaces is not None:
            replaced.add(line.replaces)
        if line.again:
            again[line.id] = again.get(line.id, 0) + 1
    for line in _issued(path, lambda raw: not raw.startswith(_BEGUN)):
        if line.id in replaced:
            continue
        if again.get(line.id, 0):
            again[line.id] -= 1  # a later line says the same with another digest
            continue
        yield line


def _issued(path: Path, wanted: Callable[[bytes], bool]) -> Iterator[Entry]:
    """The confirmed lines among those that are wanted, by a look at their octets."""
    for line in read_journal(path, wanted):
        if isinstance(line, Entry) and line.state is State.ISSUED:
            yield line


def confirmed(begun: Entry, *, sha256: str, time: datetime) -> Entry:
    """The line that follows `begun` when the file is written."""
    return replace(begun, state=State.ISSUED, sha256=sha256, time=time)


def _parse(raw: bytes, number: int, path: Path) -> Run | Entry | str:
    try:
        members = json.loads(raw)
        time = datetime.fromisoformat(members.pop("time"))
        state = members.pop("state")
        if state == "run":
            return Run(number=members.pop("run"), time=time, **members)
        if state == "refused":
            return str(members["sha256"])
        return Entry(state=State(state), time=time, **members)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise JournalError(
            f"{path}, line {number}, is no line of a journal.",
            remedy="Put back the file as it was. Without that line the learner would get a second credential.",
            state="Nothing was issued.",
        ) from error


def _text_of(time: datetime) -> str:
    return f"{time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _cannot(what: str, path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path} cannot {what}: {error.strerror or error}.",
        remedy="Check that you may write there and that the disk is not full.",
        state="What was issued before is kept; the same command goes on from there.",
    )
