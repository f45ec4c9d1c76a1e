"""`render` as a user meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.unit.rendering.test_html_page import SVG

PROGRAM = Path(sys.executable).with_name("edc-microcred")
EXAMPLE = (ROOT / "examples" / "credential.jsonld").read_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("ana.jsonld", "petar.jsonld"):
        (tmp_path / name).write_bytes(EXAMPLE)
    (tmp_path / "logo.svg").write_bytes(SVG)
    return tmp_path


def _run(folder: Path, *arguments: str, stdin: bytes = b"", code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(PROGRAM), "render", *arguments], cwd=folder, input=stdin, capture_output=True, check=False
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == code, f"{arguments}: {done.returncode}\n{out}\n{err}"
    assert "Traceback" not in err
    return subprocess.CompletedProcess(arguments, done.returncode, out, err)


def test_a_page_lies_beside_its_credential_and_is_named_for_its_language(folder: Path) -> None:
    _run(folder, "ana.jsonld")
    _run(folder, "ana.jsonld", "--to", "pdf", "--language", "sr-Latn", "--logo", "logo.svg", "--colour", "#7a1f1f")
    assert (folder / "ana.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert (folder / "ana.sr-Latn.pdf").read_bytes().startswith(b"%PDF")


def test_what_is_there_is_kept_unless_told_otherwise(folder: Path) -> None:
    (folder / "ana.html").write_text("mine", encoding="utf-8")
    assert "exists already" in _run(folder, "ana.jsonld", code=1).stderr
    assert (folder / "ana.html").read_text("utf-8") == "mine"
    _run(folder, "ana.jsonld", "--force")
    assert (folder / "ana.html").read_text("utf-8") != "mine"


def test_several_files_go_into_a_folder_and_a_bad_one_does_not_stop_the_others(folder: Path) -> None:
    (folder / "broken.jsonld").write_text("{", encoding="utf-8")
    (folder / "pages").mkdir()
    done = _run(folder, ".", "-o", "pages", "--json", code=1)
    files = {Path(one["path"]).name: one for one in json.loads(done.stdout)["files"]}
    assert {name for name, one in files.items() if one["output"]} == {"ana.jsonld", "petar.jsonld"}
    assert "JSON" in files["broken.jsonld"]["message"]
    assert sorted(path.name for path in (folder / "pages").iterdir()) == ["ana.html", "petar.html"]


def test_a_credential_from_standard_input_becomes_a_page(folder: Path) -> None:
    _run(folder, "-", "--to", "png", "-o", "page.png", stdin=EXAMPLE)
    assert (folder / "page.png").read_bytes().startswith(b"\x89PNG")


def test_the_date_of_birth_is_shown_only_when_asked_for(folder: Path) -> None:
    _run(folder, "ana.jsonld", "-o", "without.html")
    _run(folder, "ana.jsonld", "-o", "with.html", "--date-of-birth")
    assert b"2 October 1999" not in (folder / "without.html").read_bytes()
    assert b"2 October 1999" in (folder / "with.html").read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ("ana.jsonld", "--to", "docx"),
        ("ana.jsonld", "--language", "../en"),
        ("ana.jsonld", "--colour", "red"),
        ("ana.jsonld", "--logo", "ana.jsonld"),
        ("ana.jsonld", "--logo", "nothing.png"),
        ("ana.jsonld", "--template", "nowhere"),
        ("ana.jsonld", "petar.jsonld", "-o", "one.html"),
        ("nothing.jsonld",),
    ],
)
def test_wrong_usage_is_named_and_nothing_is_written(arguments: tuple[str, ...], folder: Path) -> None:
    before = sorted(folder.iterdir())
    assert "Error" in _run(folder, *arguments, code=2).stderr
    assert sorted(folder.iterdir()) == before
