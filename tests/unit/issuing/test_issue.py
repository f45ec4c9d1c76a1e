"""Issuing into a folder: what is made, kept, repaired, reported and refused, and what a stopped run leaves."""

import csv
import itertools
import json
import os
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from edc_microcred.document import Document, load
from edc_microcred.errors import IssuingError, JournalError, OutputError, SealError
from edc_microcred.issuing import IssueResult, Mandate, issue
from edc_microcred.issuing.journal import Entry, Journal, State, read_journal
from edc_microcred.issuing.lock import FolderLock
from edc_microcred.microcredential import Course, Learner, RowError
from edc_microcred.seals import FileSigner
from tests.unit.issuing.conftest import AT, COURSE, course_from, learner

LEARNERS = [learner(number) for number in range(1, 6)]
Issue = Callable[..., list[IssueResult]]


@pytest.fixture
def issued(course: Course, signer: FileSigner, tmp_path: Path) -> Issue:
    def run(rows: Iterable[Learner | RowError] = LEARNERS, **more: Any) -> list[IssueResult]:
        return list(issue(**{"course": course, "learners": rows, "signer": signer, "out": tmp_path, "at": AT, **more}))

    return run


def states(results: Iterable[IssueResult]) -> dict[str, int]:
    return dict(Counter(result.state for result in results))


def rules(results: Iterable[IssueResult]) -> set[str]:
    return {finding.rule for result in results for finding in result.findings}


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "credentials").iterdir())


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))


def test_every_learner_gets_a_sealed_credential_in_the_order_of_the_rows(issued: Issue, tmp_path: Path) -> None:
    results = issued()
    assert [(result.row, result.key, result.state) for result in results] == [
        (one.row, one.key, "issued") for one in LEARNERS
    ]
    assert len({result.credential_id for result in results}) == 5
    for result, one in zip(results, LEARNERS, strict=True):
        assert result.path is not None
        document = load(result.path)
        assert document.credential.id == result.credential_id
        assert document.credential.credential_subject.family_name.best() == one.family_name  # type: ignore[union-attr]  # a Person with a name
    assert files(tmp_path) == [result.path.name for result in results if result.path]


def test_a_file_name_holds_nothing_personal_unless_the_key_is_asked_for(issued: Issue, tmp_path: Path) -> None:
    first = issued([learner(1)])[0]
    assert first.path is not None
    assert first.credential_id is not None
    assert first.path.name == f"00001-{first.credential_id.removeprefix('urn:credential:')[:8]}.jsonld"
    hostile = learner(2, key="../../etc/passwd\u202e")
    second = issued([hostile], key_in_names=True)[0]
    assert second.path is not None
    assert second.path.parent == tmp_path / "credentials"
    assert second.path.name.startswith("etc_passwd-")


def test_a_second_run_keeps_everything_as_it_is(issued: Issue, tmp_path: Path) -> None:
    issued()
    before = {path: path.read_bytes() for path in (tmp_path / "credentials").iterdir()}
    assert states(issued()) == {"kept": 5}
    assert {path: path.read_bytes() for path in (tmp_path / "credentials").iterdir()} == before


def test_learners_who_are_added_are_issued_and_the_others_kept(issued: Issue) -> None:
    issued()
    assert states(issued([*LEARNERS, learner(6), learner(7)])) == {"kept": 5, "issued": 2}


def test_a_changed_row_is_reported_and_its_credential_stands(issued: Issue) -> None:
    first = issued()[1]
    changed = issued([LEARNERS[0], learner(2, grades={"A1": "10"})])[1]
    assert (changed.state, changed.path, changed.credential_id) == ("changed", first.path, first.credential_id)
    assert [finding.rule for finding in changed.findings] == ["issue/row-changed"]


def test_a_changed_row_is_issued_anew_when_asked_and_the_old_file_is_kept(issued: Issue, tmp_path: Path) -> None:
    first = issued()[1]
    new = learner(2, grades={"A1": "10"})
    again = issued([LEARNERS[0], new], reissue=[new.key])[1]
    assert again.state == "replaced"
    assert again.credential_id != first.credential_id
    assert first.path is not None
    assert (tmp_path / "replaced" / first.path.name).exists()
    assert not first.path.exists()
    lines = [
        line for line in read_journal(tmp_path / "journal.jsonl") if isinstance(line, Entry) and line.key == new.key
    ]
    assert [line.state for line in lines] == ["begun", "issued", "begun", "issued", "replaced"]
    assert (lines[3].replaces, lines[4].id) == (first.credential_id, first.credential_id)
    rows = [row for row in table(tmp_path / "manifest.csv") if row["key"] == new.key]
    assert [(row["credential"], row["replaces"]) for row in rows] == [(again.credential_id, first.credential_id)]


def test_asking_twice_for_a_new_credential_gives_one(issued: Issue) -> None:
    issued()
    new = learner(2, grades={"A1": "10"})
    once = issued([new], reissue=[new.key])[0]
    twice = issued([new], reissue=[new.key])[0]
    assert (twice.state, twice.credential_id) == ("kept", once.credential_id)
    assert [finding.rule for finding in twice.findings] == ["issue/nothing-changed"]


def test_a_new_seal_certificate_is_a_reason_to_issue_anew_but_changes_nothing_by_itself(
    issued: Issue, signer_for: Callable[..., FileSigner]
) -> None:
    issued()
    other = signer_for()
    assert states(issued(signer=other)) == {"kept": 5}
    assert states(issued(signer=other, reissue=[LEARNERS[0].key])) == {"replaced": 1, "kept": 4}


def test_a_changed_course_is_reported_and_its_credentials_stand(issued: Issue) -> None:
    issued()
    results = issued(course=course_from(COURSE.replace("Data basics", "Data essentials")))
    assert states(results) == {"kept": 5}
    assert rules(results) == {"issue/course-changed"}


def test_how_the_spreadsheet_is_read_is_no_change_of_the_course(issued: Issue) -> None:
    issued()
    assert (
        rules(issued(course=course_from(COURSE + "\nkey_column: Broj indeksa\ndate_order: day-month-year\n"))) == set()
    )


def test_a_lost_file_is_made_again_under_its_id(issued: Issue) -> None:
    first = issued()[0]
    assert first.path is not None
    first.path.unlink()
    again = issued()[0]
    assert (again.state, again.path, again.credential_id) == ("issued", first.path, first.credential_id)
    assert [finding.rule for finding in again.findings] == ["issue/file-missing"]
    assert states(issued()) == {"kept": 5}


def who(document: Document) -> tuple[Any, ...]:
    credential = document.credential
    return credential.id, getattr(credential.credential_subject, "given_name", None)


@pytest.mark.parametrize(
    "left",
    [lambda data: data[:0], lambda data: data[: len(data) // 2], lambda data: bytes(len(data)),
     lambda data: data[:4096] + bytes(len(data) - 4096)],
    ids=["empty", "cut off", "zeros", "zeros from the second block on"],
)  # fmt: skip
def test_what_a_power_cut_left_of_files_is_made_again_under_their_ids(
    left: Callable[[bytes], bytes], issued: Issue, tmp_path: Path
) -> None:
    """The journal reached the disk and says issued; the files did not, which no journal line tells."""
    first = issued()
    paths = [result.path for result in first if result.path is not None]
    whole = {path: path.read_bytes() for path in paths}
    for path in paths[1:4]:
        path.write_bytes(left(whole[path]))
    again = issued()
    assert states(again) == {"kept": 2, "issued": 3}
    assert [result.credential_id for result in again] == [result.credential_id for result in first]
    assert {path.name for path in paths} == set(files(tmp_path))
    assert [who(load(path)) for path in paths] == [who(load(whole[path])) for path in paths]
    assert states(issued()) == {"kept": 5}


def test_an_altered_file_is_set_aside_and_made_again(issued: Issue, tmp_path: Path) -> None:
    first = issued()[0]
    assert first.path is not None
    first.path.write_bytes(first.path.read_bytes().replace(b"Ana", b"Eva"))
    again = issued()[0]
    assert (again.state, again.credential_id) == ("issued", first.credential_id)
    assert [finding.rule for finding in again.findings] == ["issue/file-altered"]
    assert b"Eva" in (tmp_path / "replaced" / f"{first.path.stem}-altered.jsonld").read_bytes()
    assert b"Ana" in first.path.read_bytes()


def test_a_file_that_was_only_extended_is_left_alone(issued: Issue) -> None:
    first = issued()[0]
    assert first.path is not None
    envelope = json.loads(first.path.read_bytes())
    envelope["signatures"][0]["header"] = {"etsiU": ["e30"]}
    extended = json.dumps(envelope).encode()
    first.path.write_bytes(extended)
    again = issued()[0]
    assert (again.state, again.findings) == ("kept", ())
    assert first.path.read_bytes() == extended


def test_a_file_that_is_gone_and_whose_row_changed_is_not_made_under_the_old_id(issued: Issue) -> None:
    first = issued()[0]
    assert first.path is not None
    first.path.unlink()
    again = issued([learner(1, grades={"A1": "10"})])[0]
    assert again.state == "changed"
    assert not first.path.exists()


@pytest.mark.parametrize("empty", [False, True])
def test_credentials_without_their_journal_are_not_issued_a_second_time(
    empty: bool, issued: Issue, tmp_path: Path
) -> None:
    issued()
    before = files(tmp_path)
    lost = (tmp_path / "journal.jsonl").rename(tmp_path / "elsewhere.jsonl")
    if empty:
        (tmp_path / "journal.jsonl").touch()
    for dry_run in (True, False):
        with pytest.raises(JournalError, match=r"no journal\.jsonl that says whose they are") as caught:
            issued(dry_run=dry_run)
        assert "Put back journal.jsonl" in caught.value.remedy and "another folder" in caught.value.remedy
    assert files(tmp_path) == before
    lost.replace(tmp_path / "journal.jsonl")
    assert states(issued()) == {"kept": 5}


def test_two_rows_with_one_key_give_one_credential(issued: Issue, tmp_path: Path) -> None:
    results = issued([learner(1), learner(1, row=9)])
    assert [result.state for result in results] == ["issued", "refused"]
    assert [finding.rule for finding in results[1].findings] == ["issue/key-twice"]
    assert len(files(tmp_path)) == 1


def refused_row(row: int, key: str | None, **cells: str) -> RowError:
    from tests.unit.issuing.test_outputs import RULE

    return RowError(row=row, key=key, findings=(RULE.found(value="31.2.1999"),), cells=cells)


def test_refused_rows_stop_nobody_and_are_listed_with_their_cells(issued: Issue, tmp_path: Path) -> None:
    bad = refused_row(3, "2023/0099", Ime="=Ana", Rođen="31.2.1999")
    assert [result.state for result in issued([learner(1), bad, learner(2)])] == ["issued", "refused", "issued"]
    (row,) = table(tmp_path / "refused.csv")
    assert row == {
        "Ime": "'=Ana", "Rođen": "31.2.1999", "refused: row": "3", "refused: rule": "learners/test",
        "refused: reasons": "“31.2.1999” is no date", "refused: what to do": "f",
    }  # fmt: skip


def test_the_list_of_refused_rows_goes_when_none_is_refused_any_more(issued: Issue, tmp_path: Path) -> None:
    issued([learner(1), refused_row(3, None)])
    issued([learner(1), learner(2)])
    assert not (tmp_path / "refused.csv").exists()


def test_a_run_over_some_rows_leaves_the_list_of_refused_rows(issued: Issue, tmp_path: Path) -> None:
    issued([learner(1), refused_row(3, None)])
    issued([learner(1), learner(2)], only=[learner(2).key])
    issued([learner(1), learner(2), learner(3)], limit=1)
    assert len(table(tmp_path / "refused.csv")) == 1


def test_a_corrected_list_is_kept_beside_the_new_one(issued: Issue, tmp_path: Path) -> None:
    issued([refused_row(3, None)])
    (tmp_path / "refused.csv").write_text("corrected by hand")
    issued([refused_row(3, None)])
    assert (tmp_path / "refused-corrected-1.csv").read_text() == "corrected by hand"
    assert len(table(tmp_path / "refused.csv")) == 1


def test_a_refused_row_whose_learner_has_a_credential_says_so(issued: Issue) -> None:
    issued()
    result = issued([refused_row(2, LEARNERS[0].key)])[0]
    assert [finding.rule for finding in result.findings] == ["learners/test", "issue/issued-from-another-row"]


def test_only_and_limit_choose_and_an_unknown_key_is_told(issued: Issue) -> None:
    assert [result.key for result in issued(only=[LEARNERS[2].key])] == [LEARNERS[2].key]
    assert states(issued(limit=2)) == {"issued": 2, "kept": 1}
    assert states(issued(limit=2)) == {"kept": 3, "issued": 2}
    missing = issued(only=["2023/9999"])
    assert [(result.key, result.row, result.state) for result in missing] == [("2023/9999", None, "refused")]
    assert rules(missing) == {"issue/key-not-found"}


def test_a_dry_run_checks_everything_and_writes_nothing(issued: Issue, tmp_path: Path) -> None:
    assert states(issued(dry_run=True, signer=None)) == {"ready": 5}
    assert list(tmp_path.iterdir()) == []
    issued(limit=2)
    before = sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*"))
    assert states(issued(dry_run=True)) == {"kept": 2, "ready": 3}
    assert states(issued(dry_run=True, out=None)) == {"ready": 5}
    assert sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*")) == before


def test_a_credential_that_does_not_keep_its_profile_is_refused_and_the_others_issued(
    issued: Issue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edc_microcred.issuing import making

    real = making.build

    def untitled(course: Course, one: Learner, **more: Any) -> Any:
        credential = real(course, one, **more)
        if one.group is not None:
            credential.credential_subject.has_claim[0].title = None  # type: ignore[union-attr]  # a Person with a claim
        return credential

    monkeypatch.setattr(making, "build", untitled)
    rows = [replace(one, group="B") if one.row in (3, 5) else one for one in LEARNERS]
    results = issued(rows)
    assert [result.state for result in results] == ["issued", "refused", "issued", "refused", "issued"]
    assert {finding.rule for finding in results[3].findings} == {"elm/missing"}
    assert [(row["key"], row["refused: row"]) for row in table(tmp_path / "refused.csv")] == [
        (LEARNERS[1].key, "3"), (LEARNERS[3].key, "5"),
    ]  # fmt: skip
    monkeypatch.undo()
    assert states(issued(rows)) == {"kept": 3, "issued": 2}


def test_no_file_is_written_before_its_id_is_on_the_disk_and_one_synchronising_does_for_many(
    issued: Issue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edc_microcred.issuing import run

    on_disk: list[bytes] = []
    real_fsync, real_write = os.fsync, run.write_file

    def fsync(descriptor: int) -> None:
        real_fsync(descriptor)
        on_disk.append((tmp_path / "journal.jsonl").read_bytes())

    def write(path: Path, data: bytes, **more: Any) -> None:
        assert path.name.encode() in on_disk[-1]
        real_write(path, data, **more)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(run, "write_file", write)
    rows = [learner(number) for number in range(16 * 12)]
    assert states(issued(rows, in_flight=6)) == {"issued": 16 * 12}
    assert len(on_disk) == 3  # twice for six groups each, and at the end


def test_an_id_that_a_killed_run_left_is_on_the_disk_before_its_file(
    issued: Issue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued()
    journal = tmp_path / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(line for line in lines if b'"issued"' not in line))
    synced: list[int] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: (synced.append(len(files(tmp_path))), real(descriptor)))
    for path in (tmp_path / "credentials").iterdir():
        path.unlink()
    assert states(issued()) == {"issued": len(LEARNERS)}
    assert synced[0] == 0


def test_a_learner_who_cannot_be_built_stops_nobody_even_as_the_first(issued: Issue) -> None:
    nowhere = learner(1, citizenships=("http://example.org/nowhere",))
    results = issued([nowhere, learner(2)])
    assert [result.state for result in results] == ["failed", "issued"]
    assert [finding.rule for finding in results[0].findings] == ["issue/failed"]


def test_half_a_character_fails_its_row_alone(issued: Issue) -> None:
    assert [result.state for result in issued([learner(1, given_name="A\ud800"), learner(2)])] == ["failed", "issued"]


def test_a_fault_of_the_program_fails_one_row_and_names_no_learner(
    issued: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edc_microcred.issuing import making

    real = making.build

    def faulty(course: Course, one: Learner, **more: Any) -> Any:
        if one.group is not None:
            raise RuntimeError(f"cannot do {one.family_name}")
        return real(course, one, **more)

    monkeypatch.setattr(making, "build", faulty)
    results = issued([replace(one, group="B") if one.row == 3 else one for one in LEARNERS])
    assert states(results) == {"issued": 4, "failed": 1}
    (finding,) = results[1].findings
    assert finding.rule == "issue/failed"
    assert "Primer" not in finding.message


class Broken:
    """A signer whose key goes away after some seals."""

    def __init__(self, signer: FileSigner, after: int) -> None:
        self._signer = signer
        self._left = itertools.count(after, -1)
        self.algorithm = signer.algorithm
        self.certificates = signer.certificates

    def sign_digest(self, digest: bytes) -> bytes:
        if next(self._left) <= 0:
            raise ConnectionError("token was removed")
        return self._signer.sign_digest(digest)


def test_a_key_that_goes_away_stops_the_run_and_the_next_one_goes_on(
    issued: Issue, signer: FileSigner, tmp_path: Path
) -> None:
    rows = [learner(number) for number in range(1, 50)]
    with ThreadPoolExecutor(1) as pool, pytest.raises(IssuingError, match="ConnectionError"):
        issued(rows, signer=Broken(signer, after=20), executor=pool)
    assert len(files(tmp_path)) == 16  # the first group; of the second nothing was written
    ids = {line.key: line.id for line in read_journal(tmp_path / "journal.jsonl") if isinstance(line, Entry)}
    results = issued(rows)
    assert states(results) == {"kept": 16, "issued": 33}
    assert {result.key: result.credential_id for result in results}.items() >= ids.items()


def test_a_seal_outside_the_certificates_dates_stops_the_run(issued: Issue) -> None:
    with pytest.raises(SealError, match="valid"):
        issued(at=AT.replace(year=2040))


def test_a_caller_who_stops_early_leaves_a_folder_to_go_on_with(
    course: Course, signer: FileSigner, issued: Issue, tmp_path: Path
) -> None:
    rows = [learner(number) for number in range(1, 60)]
    running = issue(course, rows, signer=signer, out=tmp_path, at=AT)
    for _ in range(3):
        next(running)
    running.close()
    assert len(table(tmp_path / "manifest.csv")) == 3
    assert not (tmp_path / "refused.csv").exists()
    assert states(issued(rows)) == {"kept": 3, "issued": 56}


def test_a_run_killed_between_file_and_journal_goes_on_under_the_same_id(issued: Issue, tmp_path: Path) -> None:
    first = issued([learner(1)])[0]
    journal = tmp_path / "journal.jsonl"
    lines = journal.read_text().splitlines(keepends=True)
    journal.write_text("".join(line for line in lines if '"issued"' not in line))
    again = issued([learner(1)])[0]
    assert (again.state, again.credential_id, again.path) == ("issued", first.credential_id, first.path)
    assert len(files(tmp_path)) == 1


def test_a_run_killed_before_the_old_file_was_moved_moves_it_next_time(issued: Issue, tmp_path: Path) -> None:
    first = issued([learner(1)])[0]
    new = learner(1, grades={"A1": "10"})
    issued([new], reissue=[new.key])
    assert first.path is not None
    (tmp_path / "replaced" / first.path.name).rename(first.path)
    journal = tmp_path / "journal.jsonl"
    lines = journal.read_text().splitlines(keepends=True)
    journal.write_text("".join(line for line in lines if '"replaced"' not in line))
    assert states(issued([new])) == {"kept": 1}
    assert not first.path.exists()
    assert Journal.read(journal).unmoved == {}


def test_a_reissue_that_was_killed_is_finished_without_being_asked_again(issued: Issue, tmp_path: Path) -> None:
    issued([learner(1)])
    new = learner(1, grades={"A1": "10"})
    again = issued([new], reissue=[new.key])[0]
    journal = tmp_path / "journal.jsonl"
    lines = journal.read_text().splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if '"replaces"' in line)
    journal.write_text("".join(lines[: at + 1]))
    finished = issued([new])[0]
    assert (finished.state, finished.credential_id) == ("replaced", again.credential_id)


def test_two_runs_at_once_in_one_folder_are_refused(issued: Issue, tmp_path: Path) -> None:
    with FolderLock(tmp_path), pytest.raises(JournalError, match="Another run"):
        issued()


def test_a_folder_that_cannot_be_made_is_refused_before_anything_is_sealed(issued: Issue, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be made"):
        issued(out=tmp_path / "file" / "out")


def test_nothing_is_issued_without_a_key_or_a_folder_or_a_zone(issued: Issue) -> None:
    with pytest.raises(IssuingError, match="key"):
        issued(signer=None)
    with pytest.raises(IssuingError, match="folder"):
        issued(out=None)
    with pytest.raises(IssuingError, match="zone"):
        issued(at=AT.replace(tzinfo=None))


class Inline(Executor):
    """The least that is an executor."""

    def submit(self, fn: Callable[..., Any], /, *arguments: Any, **more: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*arguments, **more))
        except Exception as error:  # noqa: BLE001  # as every executor does
            future.set_exception(error)
        return future


def test_any_executor_will_do_and_the_results_keep_the_order_of_the_rows(issued: Issue) -> None:
    rows = [learner(number) for number in range(1, 100)]
    assert [result.row for result in issued(rows, executor=Inline())] == [one.row for one in rows]


def test_the_callers_executor_is_the_callers_to_close(issued: Issue) -> None:
    with ThreadPoolExecutor(2) as pool:
        issued(executor=pool)
        assert pool.submit(int, "7").result() == 7


def test_rows_are_read_no_further_than_needed(course: Course, signer: FileSigner, tmp_path: Path) -> None:
    read = 0

    def rows() -> Iterator[Learner]:
        nonlocal read
        for number in range(1, 1000):
            read += 1
            yield learner(number)

    running = issue(course, rows(), signer=signer, out=tmp_path, at=AT, in_flight=2)
    next(running)
    running.close()
    assert read == 2 * 16


def test_ids_come_from_the_maker_that_is_given(issued: Issue) -> None:
    numbers = itertools.count(1)
    results = issued(new_id=lambda: uuid.UUID(int=next(numbers)))
    assert [result.credential_id for result in results] == [f"urn:credential:{uuid.UUID(int=n)}" for n in range(1, 6)]


def test_the_archive_is_written_when_asked(issued: Issue, tmp_path: Path) -> None:
    import zipfile

    issued(archive=True)
    with zipfile.ZipFile(tmp_path / "credentials.zip") as archive:
        assert len(archive.namelist()) == 6


def test_the_page_pictures_of_the_course_lie_beside_its_credentials(issued: Issue, tmp_path: Path) -> None:
    issued()
    assert [path.name for path in tmp_path.glob("page-*")] == ["page-en.png"]


def test_somebody_elses_seal_stops_the_run_before_anything_is_written(
    issued: Issue, signer_for: Callable[..., FileSigner], tmp_path: Path
) -> None:
    other = signer_for("Another University", organisation_identifier="VATRS-2")
    with pytest.raises(IssuingError, match=r"“Another University” .*“Example University \(TEST\)”") as caught:
        issued(signer=other)
    assert "mandate" in caught.value.remedy
    assert files(tmp_path) == []


def test_with_a_mandate_somebody_else_seals_and_the_credential_says_so(
    issued: Issue, signer_for: Callable[..., FileSigner]
) -> None:
    other = signer_for("Another University", organisation_identifier="VATRS-2")
    pdf = b"%PDF-1.4 mandate"
    mandate = Mandate(statement="By contract 7/2026.", document=pdf, document_name="mandate.pdf")
    results = issued(signer=other, mandate=mandate)
    assert states(results) == {"issued": 5}
    for result in results:
        assert result.path is not None
        credential = load(result.path).credential
        (evidence,) = credential.evidence
        assert evidence.dc_type is not None
        assert evidence.dc_type.id == "http://data.europa.eu/snb/evidence-type/c_18016257"
        assert evidence.evidence_statement == "By contract 7/2026."
        assert [document.content for document in evidence.embedded_evidence] == [pdf]
        assert [(profile.id or "").rpartition("/")[2] for profile in credential.credential_profiles] == [
            "e34929035b", "c_9a31f32a",
        ]  # fmt: skip
        assert [(schema.id or "").rpartition("/")[2] for schema in credential.credential_schema] == [
            "edc-generic-full", "edc-issued-by-mandate",
        ]  # fmt: skip
        assert credential.issuer.legal_name.best() == "Another University"  # type: ignore[union-attr]  # an Organisation


def test_a_mandate_in_the_course_is_written_for_a_mandated_seal_only(
    issued: Issue, signer_for: Callable[..., FileSigner]
) -> None:
    course = course_from(COURSE + "\nmandate: {statement: By contract 7/2026, sealed_by: Another University}\n")
    own = issued(course=course)
    assert rules(own) == {"issue/mandate-not-needed"}
    assert own[0].path is not None
    assert load(own[0].path).credential.evidence == []
    third = signer_for("Third University", organisation_identifier="VATRS-3")
    with pytest.raises(IssuingError, match="“Another University” was mandated"):
        issued([learner(9)], course=course, signer=third)


def test_a_journal_line_is_written_once_for_each_state(issued: Issue, tmp_path: Path) -> None:
    rows = [learner(number) for number in range(1, 40)]
    issued(rows)
    issued(rows)
    entries = [line for line in read_journal(tmp_path / "journal.jsonl") if isinstance(line, Entry)]
    assert Counter(entry.state for entry in entries) == {State.BEGUN: 39, State.ISSUED: 39}
