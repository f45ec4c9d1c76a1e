"""National qualifications frameworks and the EQF levels of their levels."""

import doctest
import json
from collections import Counter
from pathlib import Path

import pytest

import edc_microcred.vocabularies
from edc_microcred.errors import VocabularyError
from edc_microcred.vocabularies import Evidence, eqf_of, folding, frameworks, lists, lookup, nqf, nqf_levels, vocabulary

FRAMEWORKS = frameworks()
LEVELS = [level for one in FRAMEWORKS for level in one.levels]


def test_the_frameworks_and_their_levels_are_the_whole_list_of_the_eu() -> None:
    assert (len(FRAMEWORKS), len(LEVELS)) == (43, 381)
    uris = [one.uri for one in FRAMEWORKS] + [level.uri for level in LEVELS]
    assert Counter(uris) == Counter(entry.uri for entry in vocabulary("nqf"))


def test_levels_and_evidence_are_the_collected_ones(reference: Path) -> None:
    file = reference.parent / "data" / "policy" / "nqf.json"
    if not file.is_file():
        pytest.skip("the collected facts are not at hand beside the reference material")
    given = json.loads(file.read_text("utf-8"))["frameworks"]
    assert [(one.name, one.area, one.evidence, one.referenced) for one in FRAMEWORKS] == [
        (one["framework"], one["country"], one["mappingEvidence"]["kind"], one["eqfReferenced"]) for one in given
    ]
    assert [(level.uri, level.code, level.label, level.eqf) for level in LEVELS] == [
        (level["uri"], level["code"], level["label"], level["eqf"]) for one in given for level in one["levels"]
    ]


def test_a_level_without_an_eqf_level_says_why_and_no_other_does() -> None:
    assert all((level.eqf is None) == bool(level.no_eqf) for level in LEVELS)
    assert sum(level.eqf is None for level in LEVELS) == 25
    assert {level.eqf for level in LEVELS} == {None, 1, 2, 3, 4, 5, 6, 7, 8}


def test_a_framework_that_is_not_referenced_has_no_eqf_level() -> None:
    not_referenced = [one for one in FRAMEWORKS if not one.referenced]
    assert [one.area for one in not_referenced] == ["BA", "BE-DE"]
    assert all(one.evidence is Evidence.NOT_REFERENCED and one.year is None for one in not_referenced)
    assert {level.eqf for one in not_referenced for level in one.levels} == {None}


def test_every_level_of_a_verified_framework_is_verified_and_of_the_others_those_that_were_read() -> None:
    assert sum(one.verified for one in FRAMEWORKS) == 31
    assert all(level.verified for one in FRAMEWORKS if one.verified for level in one.levels)
    unread = {one.area for one in FRAMEWORKS if not any(level.verified for level in one.levels)}
    assert unread == {one.area for one in FRAMEWORKS if one.evidence is Evidence.NONE}
    assert all(one.sources and one.evidence_text for one in FRAMEWORKS)


def test_levels_rise_and_so_do_their_eqf_levels() -> None:
    for one in FRAMEWORKS:
        claimed = [level.eqf for level in one.levels if level.eqf is not None]
        assert claimed == sorted(claimed), one.area
        assert len({level.code for level in one.levels}) == len(one.levels), one.area
        assert {level.framework for level in one.levels} == {one.uri}


def test_serbia_has_twelve_levels_and_its_half_levels_belong_to_6_and_7() -> None:
    assert [(level.code, level.eqf) for level in nqf_levels()] == [
        *[(str(number), number) for number in range(1, 7)],
        *[("6.1", 6), ("6.2", 6), ("7", 7), ("7.1", 7), ("7.2", 7), ("8", 8)],
    ]


@pytest.mark.parametrize("country", ["SRB", "RS", "Serbia", "Србија", nqf_levels()[0].country])
def test_a_country_is_named_as_in_the_list_of_countries(country: str) -> None:
    assert nqf_levels(country) == nqf_levels()


def test_a_country_with_several_frameworks_gives_all_and_a_part_of_it_its_own() -> None:
    assert {level.framework for level in nqf_levels("BEL")} == {one.uri for one in FRAMEWORKS if one.country == "BEL"}
    assert {level.country for level in nqf_levels("GB-SCT")} == {"GBR"}
    assert len(nqf_levels("GB-SCT")) == 12 < len(nqf_levels("GB"))


def test_a_country_without_a_framework_has_no_levels_and_what_is_no_country_is_refused() -> None:
    assert nqf_levels("UA") == ()
    with pytest.raises(VocabularyError, match="is not in the list country"):
        nqf_levels("Atlantis")


def test_the_number_of_a_national_level_is_not_always_its_eqf_level() -> None:
    irish = next(level for level in nqf_levels("IE") if level.code == "6")
    assert (irish.label, irish.eqf, eqf_of(irish.uri)) == ("IE NQF Level 6", 5, 5)


def test_the_eqf_level_of_every_level_is_found_by_its_uri() -> None:
    assert all(eqf_of(level.uri) == level.eqf for level in LEVELS)
    assert {eqf_of(one.uri) for one in FRAMEWORKS} == {None}


@pytest.mark.parametrize("uri", ["http://data.europa.eu/snb/qdr/c_00000000", "http://data.europa.eu/snb/eqf/6", ""])
def test_what_is_no_national_level_is_refused(uri: str) -> None:
    with pytest.raises(VocabularyError, match="no level of a national qualifications framework"):
        eqf_of(uri)


def test_the_examples_in_the_documentation_are_true() -> None:
    modules = [edc_microcred.vocabularies, folding, lists, lookup, nqf]
    results = [doctest.testmod(module) for module in modules]
    assert [result.failed for result in results] == [0] * 5
    assert all(result.attempted for result in results)
