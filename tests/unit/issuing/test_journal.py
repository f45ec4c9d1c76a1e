"""The journal: what it remembers, what it repairs, and what it refuses to guess."""

import errno
import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred.errors import JournalError, OutputError
from edc_microcred.issuing.journal import Entry, Journal, State, confirmed, read_journal, standing

NOW = datetime(2026, 6, 30, 10, tzinfo=UTC)


def begun(key: str, number: int = 1, **more: object) -> Entry:
    entry = Entry(
        state=State.BEGUN, time=NOW, run=1, key=key, row="ab" * 32, id=f"urn:credential:{number}",
        file=f"{number:05d}-x.jsonld",
    )  # fmt: skip
    return replace(entry, **more)  # type: ignore[arg-type]  # the tests name fields of Entry


def issued(key: str, number: int = 1, **more: object) -> Entry:
    return replace(confirmed(begun(key, number), sha256="cd" * 32, time=NOW), **more)  # type: ignore[arg-type]  # as above


def written(path: Path, *entries: Entry) -> Path:
    journal = Journal.open(path)
    journal.begin_run(course="c", seal="s", version="0", time=NOW)
    journal.append(entries)
    journal.close()
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def test_what_was_issued_and_what_was_only_begun_is_known_to_the_next_run(path: Path) -> None:
    written(path, begun("a", 1), issued("a", 1), begun("b", 2))
    journal = Journal.open(path)
    assert journal.records["a"].issued == issued("a", 1)
    assert journal.records["a"].begun is None
    assert (journal.records["b"].issued, journal.records["b"].begun) == (None, begun("b", 2))
    assert (journal.count, journal.torn, journal.runs[1].course) == (2, False, "c")
    journal.close()


@pytest.mark.parametrize("cut", [1, 10, 100])
def test_a_last_line_that_was_cut_off_is_removed_and_the_next_one_is_whole(path: Path, cut: int) -> None:
    written(path, begun("a", 1), issued("a", 1), begun("b", 2))
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    journal = Journal.open(path)
    assert journal.torn
    assert journal.records.keys() == {"a"}
    journal.append([begun("c", 3)])
    journal.close()
    assert [line.key for line in read_journal(path) if isinstance(line, Entry)] == ["a", "a", "c"]


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=900))
def test_a_journal_cut_anywhere_opens_with_its_whole_lines(cut: int) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder) / "journal.jsonl", begun("a", 1), issued("a", 1), begun("б", 2))
        data = path.read_bytes()[:cut]
        path.write_bytes(data)
        journal = Journal.open(path)
        journal.close()
        assert path.read_bytes() == data[: data.rfind(b"\n") + 1]


@pytest.mark.parametrize(
    "line",
    [b"{}\n", b"null\n", b"\0\0\0\n", b'{"state":"begun"}\n', b'{"state":"lost","time":"2026-06-30T10:00:00Z"}\n'],
)
def test_a_line_in_the_middle_that_is_none_stops_everything(path: Path, line: bytes) -> None:
    lines = written(path, begun("a", 1), issued("a", 1)).read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], line, *lines[2:]]))
    with pytest.raises(JournalError, match=r"line 3"):
        Journal.open(path)
    assert path.read_bytes().count(b"\n") == 4  # nothing was repaired by guessing


def test_looking_at_a_journal_neither_makes_nor_repairs_one(path: Path) -> None:
    assert Journal.read(path).records == {}
    assert not path.exists()
    torn = written(path, begun("a")).read_bytes()[:-4]
    path.write_bytes(torn)
    assert Journal.read(path).torn
    assert path.read_bytes() == torn


def test_a_full_disk_leaves_the_journal_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(path, begun("a"))
    before = path.read_bytes()
    journal = Journal.open(path)
    real = os.write

    def half(descriptor: int, data: memoryview) -> int:
        if len(data) < 40:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, data[: len(data) // 2])

    monkeypatch.setattr("edc_microcred.issuing.journal.os.write", half)
    with pytest.raises(OutputError, match="No space left"):
        journal.append([issued("a")])
    journal.close()
    assert path.read_bytes() == before


def test_replaced_credentials_are_told_until_their_file_was_moved(path: Path) -> None:
    new = begun("a", 2, replaces="urn:credential:1")
    done = confirmed(new, sha256="ef" * 32, time=NOW)
    written(path, begun("a", 1), issued("a", 1), new, done)
    journal = Journal.open(path)
    assert list(journal.unmoved) == ["urn:credential:1"]
    assert journal.records["a"].issued == done
    journal.append([issued("a", 1, state=State.REPLACED)])
    journal.close()
    assert Journal.read(path).unmoved == {}


def test_what_stands_is_told_once_and_with_its_last_digest(path: Path) -> None:
    replacing = begun("b", 3, replaces="urn:credential:2")
    written(
        path,
        issued("a", 1),
        issued("b", 2),
        issued("a", 1, sha256="11" * 32, again=True),
        confirmed(replacing, sha256="22" * 32, time=NOW),
        issued("b", 2, state=State.REPLACED),
        begun("c", 4),
    )
    found = [(entry.key, entry.id[-1], entry.sha256) for entry in standing(path)]
    assert found == [("a", "1", "11" * 32), ("b", "3", "22" * 32)]


def test_a_line_says_only_what_applies(path: Path) -> None:
    assert json.loads(begun("a").as_line()) == {
        "state": "begun", "time": "2026-06-30T10:00:00Z", "run": 1, "key": "a", "row": "ab" * 32,
        "id": "urn:credential:1", "file": "00001-x.jsonld",
    }  # fmt: skip


def test_a_folder_in_place_of_the_journal_is_refused(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").mkdir()
    with pytest.raises(OutputError, match="cannot be opened"):
        Journal.open(tmp_path / "journal.jsonl")
