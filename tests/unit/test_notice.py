"""NOTICE names where every shipped file of facts comes from."""

import json
import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "edc_microcred"
NOTICE = (ROOT / "NOTICE").read_text("utf-8")
OWN = ("our own words", "our own work")
TITLE = "What is in which file\n"
ROW = re.compile(r"^  ([a-z]\S*/\S+) +(.+)$", re.MULTILINE)


def rows() -> dict[str, str]:
    """Path or pattern -> the source that NOTICE names for it, without what stands in brackets."""
    return {path: source.partition(" (")[0] for path, source in ROW.findall(NOTICE.partition(TITLE)[2])}


def shipped() -> list[str]:
    """Everything in the package that is no program, by its path there."""
    files = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted(
        path.relative_to(PACKAGE).as_posix() for path in files if path.suffix != ".py" and path.name != "py.typed"
    )


def data(name: str) -> Any:
    return json.loads((PACKAGE / name).read_text("utf-8"))


def test_the_files_of_facts_are_found() -> None:
    assert "microcredential/data/ects-hours.json" in shipped()
    assert len([name for name in shipped() if "/data/" in name]) > 40


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_file_is_named_with_its_source(name: str) -> None:
    sources = [source for path, source in rows().items() if fnmatchcase(name, path)]
    assert sources, f"{name} is not in the table at the end of NOTICE: where does it come from?"
    for source in sources:
        assert source in OWN or f"\n{source}\n  Publisher  " in NOTICE


def test_the_table_names_no_file_that_is_gone() -> None:
    assert [path for path in rows() if not any(fnmatchcase(name, path) for name in shipped())] == []


def test_every_page_that_hours_for_a_credit_were_read_from_is_named_by_its_host() -> None:
    hours = data("microcredential/data/ects-hours.json")
    assert hours["default"]["source"] in NOTICE
    for country, record in hours["countries"].items():
        host = (urlsplit(record["source"].split()[0]).hostname or "").removeprefix("www.")
        assert re.search(rf"\b{country} {re.escape(host)}(,|\n)", NOTICE), f"{country}: {host}"


def test_every_vocabulary_is_in_the_list_of_lists_with_its_source_and_date() -> None:
    lists = {one["name"]: one for one in data("vocabularies/data/lists.json")}
    files = {Path(name).stem for name in shipped() if name.startswith("vocabularies/data/")} - {"lists", "frameworks"}
    assert files <= lists.keys()
    assert [name for name in files if not (lists[name]["sources"] and lists[name]["date"])] == []


def test_every_framework_names_its_evidence() -> None:
    frameworks = data("vocabularies/data/frameworks.json")["frameworks"]
    assert len(frameworks) == 43
    assert [one["uri"] for one in frameworks if one["verified"] and not one["sources"]] == []
