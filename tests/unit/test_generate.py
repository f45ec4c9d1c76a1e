"""What is written from the code is written only where it is not current, and can be checked without writing."""

import json
from pathlib import Path

import pytest

from edc_microcred.jsonld import EDC_AP, edc_ap_context
from tests.conftest import ROOT
from tools import generate


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "outputs", lambda: {"docs/a.md": lambda: "a\n", "schemas/b.json": lambda: "b\n"})
    return tmp_path


def test_what_is_missing_or_stale_is_written_and_then_current(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--check"]) == 1
    assert "+a" in capsys.readouterr().out
    assert not (folder / "docs").exists()
    assert generate.main([]) == 0
    assert (folder / "docs" / "a.md").read_text("utf-8") == "a\n"
    assert generate.main(["--check"]) == 0
    (folder / "schemas" / "b.json").write_text("old\n", "utf-8")
    capsys.readouterr()
    assert generate.main(["--check"]) == 1
    said = capsys.readouterr().out
    assert "-old" in said and "+b" in said and "1 files are not current" in said


def test_the_pages_can_be_written_alone(folder: Path) -> None:
    assert generate.main(["docs"]) == 0
    assert (folder / "docs" / "a.md").exists()
    assert not (folder / "schemas").exists()


def test_the_context_in_the_repository_is_that_of_the_models() -> None:
    text = generate.outputs()["schemas/edc-ap-context.jsonld"]()
    assert (ROOT / "schemas" / "edc-ap-context.jsonld").read_text("utf-8") == text
    assert '"eqfLevel": {' in text and text.endswith("}\n")
    assert len(edc_ap_context()["@context"]) == 253


def test_the_index_names_every_schema_in_its_folder_with_the_id_that_stands_in_it() -> None:
    folder = ROOT / "schemas"
    files = {one["file"]: one for one in json.loads((folder / "index.json").read_text("utf-8"))["files"]}
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert files.keys() == there - {"index.json"}
    for name, one in files.items():
        text = (folder / name).read_text("utf-8")
        if name.endswith(".schema.json"):
            assert (json.loads(text)["$id"], json.loads(text)["title"]) == (one["id"], one["title"])
            assert one["id"].endswith(f"/{name}")
        elif name.endswith(".ttl"):
            assert f"<{one['id']}> a owl:Ontology" in text and f'"{one["title"]}"@en' in text
        else:
            assert one["id"] == EDC_AP
    assert {one["media_type"] for one in files.values()} == {
        "application/ld+json", "application/schema+json", "text/turtle",
    }  # fmt: skip
