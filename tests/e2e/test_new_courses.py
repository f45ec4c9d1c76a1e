"""Two universities begin: `new`, `check`, `issue`, `verify`, with nothing edited by hand in between."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.command_line import KEY, PROGRAM
from tests.e2e.terminal import answered

GRAZ = (
    "--language", "en,de", "--title", "Data Quality for Practitioners", "--body", "Universität Graz (example)",
    "--country", "AT", "--identifier", "VATAT-U00000000", "--outcome", "Assess the quality of a data set",
    "--outcome", "Plan its improvement", "--workload", "3 ECTS, 75 h", "--eqf", "6", "--isced", "0612",
    "--mode", "online",
    "--taught-in", "en", "--assessment", "written examination", "--grading", "AT", "--quality", "Internal review",
    "--stacking", "stand-alone",
)  # fmt: skip
LLEIDA = (
    "--language", "es", "--title", "Riego de precisión", "--body", "Universitat de Lleida (ejemplo)", "--country", "ES",
    "--identifier", "VATES-Q0000000A", "--outcome", "Programar el riego de una parcela", "--workload", "2 ECTS, 50 h",
    "--eqf", "5", "--isced", "0811", "--mode", "blended", "--taught-in", "es,ca", "--assessment", "project work",
    "--grading", "ES", "--quality", "Revisión interna", "--stacking", "stand-alone",
)  # fmt: skip
LEARNERS = {
    "graz": "Student ID,Given name,Family name,Date of birth,E-mail,Grade\n"
    "A1,Eva,Muster,1999-04-03,eva@example.org,1\nA2,Max,Beispiel,2000-12-31,max@example.org,2\n",
    "lleida": "Student ID;Given name;Family name;Date of birth;E-mail;Grade\n"
    "7;Núria;Exemple;2001-02-28;nuria@example.org;8,5\n8;Pau;Mostra;1998-11-05;pau@example.org;9\n",
}


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([str(PROGRAM), *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
    return done


QUESTIONS = (
    "--language", "--title", "--body", "--country", "--identifier", "--unit", "--outcome", "--workload", "--eqf",
    "--isced", "--mode", "--taught-in", "--assessment", "--grading", "--quality", "--stacking",
)  # fmt: skip
"""What `new` asks on a terminal, in its order."""


def given(options: tuple[str, ...], name: str) -> str:
    """What is answered to one question: what the options of that name say, or nothing."""
    return "; ".join(said for option, said in zip(options[::2], options[1::2], strict=True) if option == name)


def with_options(folder: Path, options: tuple[str, ...]) -> None:
    _run(folder, "new", "course.yaml", *options)


def on_a_terminal(folder: Path, options: tuple[str, ...]) -> None:
    """As a new user does it, who types a country that is none first and then goes on."""
    answers = [given(options, question) for question in QUESTIONS]
    answers.insert(QUESTIONS.index("--country"), "Atlantis")
    said = answered(folder, ["new"], answers)
    assert "“Atlantis” is not in the list" in said
    assert "course.yaml is written and passes `check`." in said


@pytest.mark.parametrize("new", [with_options, on_a_terminal], ids=["with options", "on a terminal"])
@pytest.mark.parametrize(("name", "options"), [("graz", GRAZ), ("lleida", LLEIDA)], ids=["graz", "lleida"])
def test_a_new_course_is_issued_without_editing_its_file(
    name: str, options: tuple[str, ...], new: Callable[[Path, tuple[str, ...]], None], tmp_path: Path
) -> None:
    new(tmp_path, options)
    (tmp_path / "learners.csv").write_text(LEARNERS[name], encoding="utf-8")
    assert "no errors" in _run(tmp_path, "check", "course.yaml").stdout
    assert "2 of 2 rows can be issued" in _run(tmp_path, "check", "course.yaml", "learners.csv").stdout
    _run(
        tmp_path, "demo-pki", "pki", "--key-type", "p-256", "--organisation", given(options, "--body"),
        "--organisation-identifier", given(options, "--identifier"), "--country", given(options, "--country"),
    )  # fmt: skip
    _run(tmp_path, "issue", "course.yaml", "learners.csv", *KEY, "-o", "out")
    report = json.loads(_run(tmp_path, "verify", "out/credentials", "--trust", "pki/trust", "--json").stdout)
    assert [file["outcome"] for file in report["files"]] == ["valid", "valid"]
    assert "no errors" in _run(tmp_path, "validate", "out/credentials").stdout
