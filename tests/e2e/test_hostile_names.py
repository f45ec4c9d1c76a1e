"""Learners and courses whose names want something of the program: a clear refusal, or a harmless file and page."""

import csv
import html
import json
import re
from pathlib import Path

import pytest

from edc_microcred import load
from tests.e2e.command_line import KEY, run

NAMES = {
    "{{ 7*7 }}": "learners/name-character",
    "<script>alert(1)</script>": "learners/name-character",
    "../../etc/passwd": "learners/name-character",
    "Ana \u202egnp.exe": "learners/hidden-character",
    "Ana 👩": "learners/name-character",
    "Ana 👩\u200d🎓": "learners/hidden-character",
}
"""Each name, and the rule by which a list refuses it."""
TEXTS = [name for name, rule in NAMES.items() if rule == "learners/name-character"]
"""What a course and a student number may hold all the same."""
COURSE = {
    "languages": ["en"], "title": " ".join(TEXTS), "learning_outcomes": TEXTS, "workload": "3 ECTS", "mode": "online",
    "awarding_bodies": {"name": "Example University (TEST)", "country": "RS"}, "assessment": "written examination",
    "grading": "RS", "quality_assurance": TEXTS[0], "awarded_on": "2026-06-30",
}  # fmt: skip
COLUMNS = ("Student number", "Given name", "Family name", "Grade")
ISSUE = ("issue", "course.yaml", "learners.csv", *KEY, "-o", "out")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "course.yaml").write_text(json.dumps(COURSE, ensure_ascii=False), encoding="utf-8")  # JSON is YAML
    run(tmp_path, "demo-pki", "pki", "--key-type", "p-256")
    return tmp_path


def list_of(folder: Path, *learners: tuple[str, str]) -> None:
    with (folder / "learners.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *((key, "Mila", name, "9") for key, name in learners)])


def test_a_learner_with_such_a_name_is_refused_and_stops_nobody(folder: Path) -> None:
    list_of(folder, *((f"00{place}", name) for place, name in enumerate(NAMES)), ("009", "Probić"))
    said = run(folder, *ISSUE, code=1)
    assert b"1 issued" in said.stdout
    assert not re.search("[\u202e\x1b\x07]", said.stderr.decode())
    with (folder / "out" / "refused.csv").open(encoding="utf-8-sig", newline="") as stream:
        refused = list(csv.DictReader(stream))
    assert {row["Family name"]: row["refused: rule"] for row in refused} == NAMES
    assert all(row["refused: reasons"] and row["refused: what to do"] for row in refused)
    (issued,) = (folder / "out" / "credentials").iterdir()
    assert json.loads(load(issued).text)["credentialSubject"]["familyName"] == {"en": "Probić"}


def test_such_texts_and_keys_are_sealed_as_they_are_and_shown_as_text(folder: Path) -> None:
    before = {path.name for path in folder.iterdir()}
    list_of(folder, *((key, "Probić") for key in TEXTS))
    run(folder, *ISSUE, "--key-in-names")
    assert {path.name for path in folder.iterdir()} - before == {"learners.csv", "out"}
    paths = sorted((folder / "out" / "credentials").iterdir())
    assert len(paths) == len(TEXTS)
    assert all(re.fullmatch(r"\w+-[0-9a-f]{8}\.jsonld", path.name) for path in paths)
    numbers = set()
    for path in paths:
        members = json.loads(load(path).text)
        assert members["credentialSubject"]["hasClaim"]["title"] == {"en": COURSE["title"]}
        numbers.add(members["credentialSubject"]["identifier"]["notation"])
    assert numbers == set(TEXTS)
    run(folder, "verify", "out/credentials", "--trust", "pki/trust")
    (folder / "pages").mkdir()
    for kind in ("html", "pdf", "png"):
        run(folder, "render", "out/credentials", "--to", kind, "-o", "pages")
    for path in paths:
        page = (folder / "pages" / path.with_suffix(".html").name).read_text("utf-8")
        assert "<script" not in page
        for text in TEXTS:
            assert text in html.unescape(page)
        assert (folder / "pages" / path.with_suffix(".pdf").name).read_bytes().startswith(b"%PDF")
        assert (folder / "pages" / path.with_suffix(".png").name).read_bytes().startswith(b"\x89PNG")
