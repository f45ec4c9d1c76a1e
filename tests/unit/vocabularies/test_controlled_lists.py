"""The lists as packaged: complete as said, found by URI, and the same as the facts that they were made from."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from edc_microcred.errors import VocabularyError
from edc_microcred.vocabularies import Completeness, Entry, Vocabulary, scheme_of, vocabularies, vocabulary

ROOT = Path(__file__).resolve().parents[3]
PACKAGED = ROOT / "src" / "edc_microcred" / "vocabularies" / "data"
LISTS = vocabularies()

# A part of another list, which the package has inside that list.
PART_OF_ANOTHER = {"nqf-serbia"}
# Labels that the Commission's issuer writes otherwise than the collected lists have them.
ISSUED_OTHERWISE = {
    "http://publications.europa.eu/resource/authority/atu/IRL_CTH_DUB",
    "http://data.europa.eu/snb/encoding/6146cde7dd",
}
# A list whose collected facts name one concept twice.
NAMED_TWICE = {"qualification-topic": 1}


@pytest.fixture(scope="session")
def collected(reference: Path) -> Path:
    folder = reference.parent / "data"
    if not (folder / "vocab").is_dir():
        pytest.skip("the collected facts are not at hand beside the reference material")
    return folder


def test_every_collected_list_is_packaged_with_all_its_concepts(collected: Path) -> None:
    index = json.loads((collected / "vocab" / "_index.json").read_text("utf-8"))
    expected = {
        one["name"]: one["conceptCount"] - NAMED_TWICE.get(one["name"], 0)
        for one in index
        if one["name"] not in PART_OF_ANOTHER
    }
    assert len(expected) == 44
    assert {name: len(list(vocabulary(name))) for name in expected} == expected
    assert {listed.name for listed in LISTS} == {vocabulary(name).name for name in expected}


def test_every_collected_concept_has_its_uri_and_its_labels(collected: Path) -> None:
    checked = 0
    for file in sorted((collected / "vocab").glob("*.json")):
        if file.stem == "_index" or file.stem in PART_OF_ANOTHER:
            continue
        given = json.loads(file.read_text("utf-8"))
        listed = vocabulary(given["scheme"])
        for concept in given["concepts"]:
            found = listed.by_uri(concept["uri"])
            assert found is not None, concept["uri"]
            # The collected labels of qualification topics only repeat the code.
            if listed.name != "qualification-topic" and found.uri not in ISSUED_OTHERWISE:
                labels = {tag: " ".join(text.split()) for tag, text in concept["labels"].items() if tag[0] != "@"}
                assert dict(found.labels) == labels, concept["uri"]
            checked += 1
    assert checked > 14_000


def test_what_is_said_to_be_missing_partial_or_complete_is_what_was_collected(collected: Path) -> None:
    """“Complete for practical use” or “for the EDC source” is not said of the list itself, so it counts as partial."""
    for one in json.loads((collected / "vocab" / "_index.json").read_text("utf-8")):
        if one["name"] in PART_OF_ANOTHER:
            continue
        state = one["status"].lower()
        complete = state.startswith("complete") and not state.startswith("complete for")
        expected = "missing" if state.startswith("missing") else "complete" if complete else "partial"
        assert vocabulary(one["name"]).completeness == expected, one["name"]


def test_the_packaged_data_are_what_the_generator_writes(collected: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "tools" / "vocabularies.py", collected, tmp_path], check=True)
    written = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert written == {file.name: file.read_bytes() for file in PACKAGED.iterdir()}


def test_no_data_file_is_larger_than_512_kib_and_all_together_are_under_one_mib() -> None:
    sizes = [file.stat().st_size for file in PACKAGED.iterdir()]
    assert max(sizes) <= 512 * 1024
    assert sum(sizes) <= 1024 * 1024


def test_nothing_is_read_when_the_package_is_imported() -> None:
    program = "import sys, edc_microcred.vocabularies; from edc_microcred.vocabularies import lists; "
    program += "print(lists._by_name.cache_info().currsize, 'edc_microcred.elm' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["0", "False"]


@pytest.mark.parametrize("listed", LISTS, ids=lambda listed: listed.name)
def test_a_list_says_what_it_is_and_its_header_fits_its_concepts(listed: Vocabulary) -> None:
    entries = list(listed)
    assert len(entries) == len(listed) == len({entry.uri for entry in entries})
    assert listed.title and listed.scheme.startswith("http://") and listed.note + listed.date
    assert (listed.completeness is Completeness.MISSING) == (not entries) == (listed.date == "")
    assert bool(entries) <= bool(listed.sources)
    used = {tag for entry in entries for tag in entry.labels}
    assert set(listed.languages) == used
    assert "en" not in used or listed.languages[0] == "en"
    assert all(text == " ".join(text.split()) and text for entry in entries for text in entry.labels.values())


@pytest.mark.parametrize("listed", LISTS, ids=lambda listed: listed.name)
def test_every_concept_is_found_by_its_uri_and_by_each_of_its_codes(listed: Vocabulary) -> None:
    for entry in listed:
        assert listed.by_uri(entry.uri) == entry
        assert entry.uri in listed
        assert all(listed.by_code(code) == entry for code in (entry.code, *entry.codes))
        assert scheme_of(entry.uri) == listed.scheme
        assert entry.broader is None or entry.broader in listed


def test_no_uri_is_in_two_lists_and_no_name_means_two() -> None:
    uris = Counter(entry.uri for listed in LISTS for entry in listed)
    names = Counter(name for listed in LISTS for name in (listed.name, *listed.aliases, listed.scheme))
    assert max(uris.values()) == max(names.values()) == 1


@pytest.mark.parametrize(
    ("name", "alias"), [("nqf", "qdr"), ("country", "nal-country"), ("eqf", "http://data.europa.eu/snb/eqf/25831c2")]
)
def test_a_list_is_also_known_by_its_other_names_and_by_its_scheme(name: str, alias: str) -> None:
    assert vocabulary(alias).name == name


def test_only_lists_that_edc_has_a_table_of_give_their_concepts_a_notation() -> None:
    notations = {listed.name: listed.notation for listed in LISTS if listed.notation}
    assert {"country": "country", "atu": "atu", "esco-skills": "Skill", "esco-occupations": "Occupation"}.items() <= (
        notations.items()
    )
    assert all(listed.notation is None for listed in LISTS if listed.scheme.startswith("http://data.europa.eu/snb/"))


def test_a_field_of_isced_knows_the_broader_one() -> None:
    listed = vocabulary("isced-f")
    above = [entry.broader for code in ("0613", "061", "06") if (entry := listed.by_code(code))]
    assert above == [listed.base + "061", listed.base + "06", None]


def test_serbia_has_labels_in_many_languages_and_the_codes_rs_and_srb() -> None:
    found = vocabulary("country").by_code("RS")
    assert found is not None
    assert (found.code, found.codes, len(found.labels)) == ("SRB", ("RS",), 39)
    assert (found.label("sr"), found.label("xx"), found.label("xx", "de")) == ("Србија", "Serbia", "Serbien")


def test_an_entry_without_labels_is_called_by_its_code() -> None:
    assert Entry("language", "http://example.org/AAA", "AAA", {}).label("en") == "AAA"
    assert Entry("language", "http://example.org/AAA", "AAA", {"fr": "aaa"}).label("en") == "aaa"


def test_changing_the_labels_of_an_entry_changes_no_other() -> None:
    first = vocabulary("eqf").by_code("6")
    assert first is not None
    assert isinstance(first.labels, dict)
    first.labels.clear()
    second = vocabulary("eqf").by_code("6")
    assert second is not None
    assert second.label() == "Level 6"


def test_an_unknown_list_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(VocabularyError, match=r"“isced” is not one of the 44 .*\n.*isced-f") as caught:
        vocabulary("isced")
    assert caught.value.nearest[0] == "isced-f"


@pytest.mark.parametrize(
    ("uri", "scheme"),
    [
        ("http://data.europa.eu/snb/eqf/99", "http://data.europa.eu/snb/eqf/25831c2"),
        ("http://data.europa.eu/snb/claim-type/c_1", "http://data.europa.eu/snb/claim-type/25831c2"),
        ("http://data.europa.eu/nuts/code/RS11", "http://publications.europa.eu/resource/authority/nuts"),
        ("http://data.europa.eu/snb/eqf/25831c2", None),
        ("http://data.europa.eu/snb/eqf/", None),
        ("https://data.europa.eu/snb/eqf/6", None),
        ("urn:epass:concept:1", None),
        ("", None),
    ],
)
def test_the_scheme_of_a_concept_is_told_by_the_form_of_its_uri(uri: str, scheme: str | None) -> None:
    assert scheme_of(uri) == scheme


def test_no_shipped_text_speaks_of_how_it_was_collected() -> None:
    words = ("this work", "from memory", "this report")
    assert not [file.name for file in PACKAGED.iterdir() if any(word in file.read_text("utf-8") for word in words)]
