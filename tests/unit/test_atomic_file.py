"""A file appears whole or not at all."""

import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from edc_microcred import atomic_file
from edc_microcred.atomic_file import write_file
from edc_microcred.errors import OutputError


def test_a_file_is_written_whole_with_usual_permissions(tmp_path: Path) -> None:
    write_file(tmp_path / "a", b"x" * 100_000)
    assert (tmp_path / "a").read_bytes() == b"x" * 100_000
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o644 & ~umask
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_secret_file_is_for_its_owner_only(tmp_path: Path) -> None:
    write_file(tmp_path / "a", b"secret", mode=0o600)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_an_existing_file_is_kept_unless_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(OutputError, match="exists already"):
        write_file(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"
    write_file(tmp_path / "a", b"new", overwrite=True)
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_missing_folder_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_file(tmp_path / "no" / "a", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_the_old_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def full(source: str, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OutputError, match="No space left"):
        write_file(tmp_path / "a", b"new", overwrite=True)
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_that_appears_while_ours_is_written_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "lexists", lambda _: (tmp_path / "a").write_bytes(b"theirs") == 0)
    with pytest.raises(OutputError, match="exists already"):
        write_file(tmp_path / "a", b"ours")
    assert (tmp_path / "a").read_bytes() == b"theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_where_there_are_no_hard_links_a_file_is_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: object, target: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    write_file(tmp_path / "a", b"ours")
    assert (tmp_path / "a").read_bytes() == b"ours"
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    with pytest.raises(OutputError, match="exists already"):
        write_file(tmp_path / "a", b"later")
    assert (tmp_path / "a").read_bytes() == b"ours"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_place_that_was_taken_is_given_back_when_the_move_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match="No space left"):
        write_file(tmp_path / "a", b"x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="No space left"):
        atomic_file.move_to_free_place(tmp_path / "folder", tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_of_ten_writers_at_once_one_wins_and_the_others_are_told(tmp_path: Path) -> None:
    start = threading.Barrier(10)

    def write(number: int) -> bool:
        start.wait()
        try:
            write_file(tmp_path / "a", b"%d" % number * 10_000)
        except OutputError:
            return False
        return True

    with ThreadPoolExecutor(10) as pool:
        won = list(pool.map(write, range(10)))
    assert won.count(True) == 1
    assert (tmp_path / "a").read_bytes() == b"%d" % won.index(True) * 10_000
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_link_that_leads_nowhere_is_not_followed_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="exists already"):
        write_file(tmp_path / "a", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_link_is_replaced_and_what_it_leads_to_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"theirs")
    (tmp_path / "a").symlink_to(tmp_path / "theirs")
    write_file(tmp_path / "a", b"ours", overwrite=True)
    assert (tmp_path / "theirs").read_bytes() == b"theirs"
    assert not (tmp_path / "a").is_symlink()


@pytest.mark.parametrize("name", ["a" * 300, "a\0b", "", "..", "no/such/folder"])
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_name_that_no_file_can_have_is_an_output_error(tmp_path: Path, name: str, overwrite: bool) -> None:
    with pytest.raises(OutputError):
        write_file(tmp_path / name, b"x", overwrite=overwrite)
    assert list(tmp_path.iterdir()) == []


def test_the_umask_of_the_process_is_never_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(mask: int) -> int:
        raise AssertionError("another thread would write its files with this mask")

    monkeypatch.setattr(os, "umask", refuse)
    write_file(tmp_path / "a", b"x")
    assert not hasattr(atomic_file, "_umask")
