"""`issue`, `check` and `new` as a registrar meets them: the installed program, in a folder of its own."""

import csv
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from edc_microcred.document import load
from edc_microcred.microcredential import read_course
from tests.e2e.command_line import COURSE, KEY, PROGRAM
from tests.e2e.killing import heed_interrupts
from tests.e2e.terminal import answered

LEARNERS = """Student number,Given name,Family name,Date of birth,Grade
001,Ana,Primer,1999-10-02,9
002,Marko,Uzorak,31.2.2001.,10
003,Jelena,"=Primer",2000-05-30,8
"""
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pki") / "pki"
    subprocess.run([str(PROGRAM), "demo-pki", str(folder), "--key-type", "p-256"], check=True, capture_output=True)
    return folder


@pytest.fixture
def run(tmp_path: Path, pki: Path) -> Run:
    (tmp_path / "pki").symlink_to(pki)
    (tmp_path / "course.yaml").write_text(COURSE, encoding="utf-8")
    (tmp_path / "learners.csv").write_text(LEARNERS, encoding="utf-8")

    def program(*arguments: str, code: int = 0, **more: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [str(PROGRAM), *arguments], cwd=tmp_path, capture_output=True, text=True, check=False, **more
        )  # type: ignore[call-overload]  # `input` is text
        assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        return done  # type: ignore[no-any-return]  # as above

    return program


def table(path: Path, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines(), delimiter=delimiter))


def credentials(folder: Path) -> list[Path]:
    return sorted((folder / "credentials").iterdir())


def test_good_rows_are_issued_and_bad_ones_listed_and_what_was_issued_is_valid(run: Run, tmp_path: Path) -> None:
    said = run("issue", "course.yaml", "learners.csv", *KEY, "-o", "out", code=1)
    assert "1 issued" in said.stdout
    assert "2 refused" in said.stdout
    assert "“31.2.2001.” is no date" in said.stderr
    assert len(credentials(tmp_path / "out")) == 1
    assert [row["refused: row"] for row in table(tmp_path / "out" / "refused.csv", ",")] == ["3", "4"]
    assert [row["key"] for row in table(tmp_path / "out" / "manifest.csv", ",")] == ["001"]
    assert {path.name for path in (tmp_path / "out").glob("page-*.png")} == {"page-en.png", "page-sr.png"}
    run("verify", "out/credentials", "--trust", "pki/trust")


def test_refused_rows_corrected_where_they_lie_and_fed_back_are_issued(run: Run, tmp_path: Path) -> None:
    run("issue", "course.yaml", "learners.csv", *KEY, "-o", "out", code=1)
    refused = tmp_path / "out" / "refused.csv"
    text = refused.read_text("utf-8-sig")
    assert "'=Primer" in text
    refused.write_text(text.replace("31.2.2001.", "28.2.2001.").replace("'=Primer", "Primer"), encoding="utf-8")
    assert "2 issued" in run("issue", "course.yaml", "out/refused.csv", *KEY, "-o", "out").stdout
    assert not refused.exists()
    assert (tmp_path / "out" / "refused-corrected-1.csv").exists()
    assert [row["key"] for row in table(tmp_path / "out" / "manifest.csv", ",")] == ["001", "002", "003"]
    names = {load(path).credential.credential_subject.full_name.best() for path in credentials(tmp_path / "out")}  # type: ignore[union-attr]  # Persons with names
    assert names == {"Ana Primer", "Marko Uzorak", "Jelena Primer"}


def test_a_list_of_refused_rows_that_was_not_corrected_is_refused_again_and_does_not_grow(
    run: Run, tmp_path: Path
) -> None:
    run("issue", "course.yaml", "learners.csv", *KEY, "-o", "out", code=1)
    first = table(tmp_path / "out" / "refused.csv", ",")
    run("issue", "course.yaml", "out/refused.csv", *KEY, "-o", "out", code=1)
    again = table(tmp_path / "out" / "refused.csv", ",")
    assert [list(row) for row in again] == [list(row) for row in first]
    assert [row["Family name"] for row in again] == ["Uzorak", "'=Primer"]


def test_the_same_command_keeps_and_a_changed_row_waits_for_a_decision(run: Run, tmp_path: Path) -> None:
    good = LEARNERS.splitlines(keepends=True)[:2]
    learners = tmp_path / "good.csv"
    learners.write_text("".join(good), encoding="utf-8")
    command = ("issue", "course.yaml", "good.csv", *KEY, "-o", "out")
    run(*command)
    assert "1 there already" in run(*command).stdout
    learners.write_text("".join(good).replace(",9", ",10"), encoding="utf-8")
    changed = run(*command, code=1)
    assert "1 changed since they were issued" in changed.stdout
    assert "issue/row-changed" in changed.stderr
    assert "1 issued in place of an old one" in run(*command, "--reissue", "001").stdout
    assert len(credentials(tmp_path / "out")) == 1
    assert len(list((tmp_path / "out" / "replaced").iterdir())) == 1


def test_json_says_what_became_of_each_row(run: Run, tmp_path: Path) -> None:
    report = json.loads(run("issue", "course.yaml", "learners.csv", *KEY, "-o", "out", "--json", code=1).stdout)
    assert report["counts"] == {"issued": 1, "refused": 2}
    assert [(row["row"], row["state"]) for row in report["results"]] == [(2, "issued"), (3, "refused"), (4, "refused")]
    assert (tmp_path / report["results"][0]["path"]).exists()
    assert report["results"][0]["credential"].startswith("urn:credential:")


def test_a_dry_run_and_a_preview_need_no_key_and_seal_nothing(run: Run, tmp_path: Path) -> None:
    assert "1 would be issued" in run("issue", "course.yaml", "learners.csv", "--dry-run", "-o", "out", code=1).stdout
    assert not (tmp_path / "out").exists()
    run("issue", "course.yaml", "learners.csv", "--preview", "001", "-o", "out")
    page = (tmp_path / "out" / "preview-row-2.html").read_text("utf-8")
    assert '<p class="draft"><strong>Preview</strong>' in page
    assert "0000-0000" not in page
    assert page.startswith("<!DOCTYPE html>")
    assert "Ana Primer" in page
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["preview-row-2.html"]
    run("issue", "course.yaml", "learners.csv", "--preview", "002", "-o", "out", code=1)
    run("issue", "course.yaml", "learners.csv", "--preview", "999", "-o", "out", code=2)


def test_one_learner_can_be_chosen_and_an_unknown_key_is_told(run: Run, tmp_path: Path) -> None:
    assert "1 issued" in run("issue", "course.yaml", "learners.csv", *KEY, "-o", "out", "--only", "001").stdout
    unknown = run("issue", "course.yaml", "learners.csv", *KEY, "-o", "out", "--only", "1", code=1)
    assert "issue/key-not-found" in unknown.stderr
    assert not (tmp_path / "out" / "refused.csv").exists()


def test_processes_and_the_archive_and_keys_in_names(run: Run, tmp_path: Path) -> None:
    more = ("--processes", "--workers", "1", "--zip", "--key-in-names", "--header", "edc")
    run("issue", "course.yaml", "learners.csv", *KEY, "-o", "out", *more, code=1)
    assert [path.name.partition("-")[0] for path in credentials(tmp_path / "out")] == ["001"]
    assert (tmp_path / "out" / "credentials.zip").exists()


def test_somebody_elses_seal_is_refused_with_the_remedy(run: Run, tmp_path: Path) -> None:
    run("demo-pki", "other", "--key-type", "p-256", "--organisation", "Another University",
        "--organisation-identifier", "VATRS-2")  # fmt: skip
    other = ("--key", "other/seal.p12", "--password-file", "other/password.txt", "-o", "out")
    said = run("issue", "course.yaml", "learners.csv", *other, code=1).stderr
    assert "“Another University”" in said
    assert "mandate" in said
    (tmp_path / "course.yaml").write_text(COURSE + "mandate: By contract 7/2026.\n", encoding="utf-8")
    run("issue", "course.yaml", "learners.csv", *other, "--only", "001")
    run("verify", "out/credentials", "--trust", "other/trust")
    run("validate", "out/credentials", "--profile", "issued-by-mandate")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("issue", "course.yaml", "learners.csv"), "--key"),
        (("issue", "missing.yaml", "learners.csv", *KEY), "missing.yaml"),
        (("issue", "course.yaml", "missing.csv", *KEY), "missing.csv"),
        (("issue", "course.yaml", "learners.csv", "--key", "missing.p12"), "missing.p12"),
        (("issue", "course.yaml", "learners.csv", *KEY, "--limit", "0"), "--limit"),
    ],
    ids=["no key", "no course", "no learners", "no key file", "a limit of none"],
)
def test_wrong_usage_is_told_with_exit_code_2(run: Run, arguments: tuple[str, ...], said: str) -> None:
    assert said in run(*arguments, code=2).stderr


def test_a_course_with_errors_tells_all_of_them_with_their_places(run: Run, tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(COURSE.replace("eqf: 6", "eqf: 12").replace("online", "onlien"))
    for verb in (("check", "course.yaml"), ("issue", "course.yaml", "learners.csv", *KEY)):
        done = run(*verb, code=1)
        said = done.stdout + done.stderr
        assert "course.yaml:7:" in said
        assert "course.yaml:8:" in said


def test_check_tells_of_course_and_learners_and_asks_for_no_key(run: Run) -> None:
    assert "no errors" in run("check", "course.yaml").stdout
    done = run("check", "course.yaml", "learners.csv", code=1)
    assert "1 of 3 rows can be issued" in done.stdout
    report = json.loads(run("check", "course.yaml", "learners.csv", "--json", code=1).stdout)
    assert [row["state"] for row in report["rows"]] == ["ready", "refused", "refused"]
    assert report["findings"] == []


ANSWERS = (
    "--title", "Fish: \"and\" chips # 1", "--body", "Example University", "--country", "RS", "--outcome", "Fry; salt",
    "--workload", "2 ECTS, 50 h", "--eqf", "5",
)  # fmt: skip


def test_a_new_course_file_passes_check_and_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    said = " ".join(run("new", "mine.yaml", *ANSWERS).stdout.split())
    assert "Assumed, because no option says it: languages: en; mode: online; taught_in: en; assessment: written" in said
    assert "Left open in it, as comments: " in said and "quality_assurance" in said
    run("check", "mine.yaml")
    text = (tmp_path / "mine.yaml").read_text("utf-8")
    assert text.startswith("# ")
    run("new", "mine.yaml", *ANSWERS, code=2)
    run("new", "mine.yaml", *ANSWERS, "--force")
    assert (tmp_path / "mine.yaml").read_text("utf-8") == text


def test_new_without_a_terminal_tells_all_that_is_missing_or_wrong(run: Run, tmp_path: Path) -> None:
    said = " ".join(run("new", "mine.yaml", "--eqf", "nine", "--country", "RS", code=2).stderr.split())
    for option in ("--title", "--body", "--outcome", "--workload", "--eqf"):
        assert option in said
    assert not (tmp_path / "mine.yaml").exists()


@pytest.mark.parametrize(
    ("shell", "mark"), [("bash", "complete -o"), ("zsh", "#compdef edc-microcred"), ("fish", "complete --command")]
)
def test_completion_is_printed_for_each_shell(shell: str, mark: str, tmp_path: Path) -> None:
    environment = {**os.environ, "_EDC_MICROCRED_COMPLETE": f"source_{shell}"}
    done = subprocess.run([str(PROGRAM)], capture_output=True, text=True, check=True, env=environment, cwd=tmp_path)
    assert mark in done.stdout and "edc-microcred" in done.stdout


def test_a_key_that_no_row_has_is_told_and_sends_nobody_to_refused_csv(run: Run) -> None:
    done = run("issue", "course.yaml", "learners.csv", *KEY, "-o", "out", "--only", "NOPE", code=1)
    assert "✗ key NOPE: no row has it" in done.stderr and "issue/key-not-found" in done.stderr
    assert "refused.csv" not in done.stdout


def test_ctrl_c_ends_with_what_was_issued_and_exit_code_130(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"{number:05},Ana,Primer,1999-10-02,9\n" for number in range(5000))
    (tmp_path / "many.csv").write_text(LEARNERS.splitlines(keepends=True)[0] + rows, encoding="utf-8")
    command = ("issue", "course.yaml", "many.csv", *KEY, "-o", "out")
    folder = tmp_path / "out" / "credentials"
    with subprocess.Popen(
        [str(PROGRAM), *command], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=heed_interrupts,
    ) as process:  # fmt: skip
        while process.poll() is None and not (folder.exists() and len(credentials(tmp_path / "out")) > 20):
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped." in err
    assert "Traceback" not in err
    issued = len(table(tmp_path / "out" / "manifest.csv", ","))
    assert (
        0 < issued <= len(credentials(tmp_path / "out")) <= issued + 1 < 5000
    )  # one may be written, not yet confirmed
    assert f"{issued:,} there already" in run(*command, "--limit", "5").stdout


def test_new_asks_again_until_an_answer_will_do(tmp_path: Path) -> None:
    """On a terminal of its own, as a person has it."""
    said = answered(tmp_path, ["new"], [
        "en", "Data basics", "Example University", "Atlantis", "RS", "", "", "Explain; Clean", "3 ECTS", "twelve", "6",
        "", "online", "", "", "RS", "Internal review", "",
    ])  # fmt: skip
    assert "“Atlantis” is not in the list" in said
    course, findings = read_course(tmp_path / "course.yaml")
    assert course is not None
    assert (course.eqf.code, len(course.learning_outcomes), findings) == ("6", 2, [])  # type: ignore[union-attr]  # it has a level
