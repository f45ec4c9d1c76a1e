"""What a finding quotes of the learner is hidden, and nothing else is lost."""

import doctest

import pytest

from edc_microcred.elm import learner_data
from edc_microcred.elm.learner_data import hide_learner_data
from edc_microcred.findings import Rule, Severity

RULE = Rule(
    id="elm/example", severity=Severity.ERROR, since="0.1", source="none", title="Example", message="“x” reads {seen}.",
    why="For the test.", fix="Nothing.", wrong={}, right={},
)  # fmt: skip
BORN = {"credentialSubject": {"type": "Person", "dateOfBirth": "1 May 1999"}, "issued": "1 May 1999"}


def test_the_example_of_the_module_runs() -> None:
    assert doctest.testmod(learner_data).failed == 0


def test_quoted_text_is_hidden_and_rule_and_place_stay() -> None:
    (finding,) = hide_learner_data([RULE.found("/credentialSubject/dateOfBirth", seen="“1 May 1999”")], BORN)
    assert (finding.rule, finding.pointer, finding.message) == (
        "elm/example", "/credentialSubject/dateOfBirth", "“x” reads “…”.",
    )  # fmt: skip
    assert not finding.values


def test_a_text_that_was_cut_hides_the_whole_message() -> None:
    value = {"credentialSubject": {"note": "confidential " * 40}}
    (finding,) = hide_learner_data(
        [RULE.found("/credentialSubject/note", seen="http://x/" + "confidential " * 40)], value
    )
    assert "confidential" not in finding.message
    assert finding.message


def test_what_stands_elsewhere_is_shown_unless_it_may_be_the_learners() -> None:
    found = [RULE.found("/issued", seen="“1 May 1999”")]
    assert hide_learner_data(found, BORN) == found
    assert hide_learner_data(found, BORN, everywhere=True)[0].message == "“x” reads “…”."


@pytest.mark.parametrize(
    "pointer", ["/credentialSubject/nothing", "/credentialSubject/dateOfBirth/7/x", "/credentialSubject"]
)
def test_a_place_that_does_not_exist_leaves_the_message(pointer: str) -> None:
    found = [RULE.found(pointer, seen="a list of 7")]
    assert hide_learner_data(found, BORN) == found


def test_a_grade_is_hidden_where_it_is_quoted_and_not_in_other_numbers() -> None:
    value = {"credentialSubject": {"hasClaim": [{"grade": 7, "points": 17.5}]}}
    at = "/credentialSubject/hasClaim/0/grade"
    quoted, other = hide_learner_data([RULE.found(at, seen="“7”"), RULE.found(at, seen="a list of 700")], value)
    assert (quoted.message, other.message) == ("“x” reads “…”.", "“x” reads a list of 700.")


def test_addresses_of_contexts_and_ids_of_the_eus_lists_are_nobodys_data() -> None:
    country = "http://publications.europa.eu/resource/authority/country/XXX"
    value = {
        "@context": ["https://example.org/context"],
        "credentialSubject": {
            "countryCode": {"id": country, "prefLabel": {"en": "Atlantis"}},
            "id": "https://x.org/ana",
        },
    }
    context = RULE.found("/@context", seen="https://example.org/context")
    coded = RULE.found("/credentialSubject/countryCode/id", seen=country)
    label = RULE.found("/credentialSubject/countryCode", seen=f"{country} is called “Atlantis”")
    own = RULE.found("/credentialSubject/id", seen="https://x.org/ana")
    for everywhere in (False, True):
        hidden = hide_learner_data([context, coded, label, own], value, everywhere=everywhere)
        assert [one.message for one in hidden] == [
            "“x” reads https://example.org/context.", f"“x” reads {country}.",
            f"“x” reads {country} is called “…”.", "“x” reads ….",
        ]  # fmt: skip


def test_an_id_of_a_list_with_more_in_it_than_an_iri_has_is_hidden() -> None:
    value = {"credentialSubject": {"id": "http://data.europa.eu/snb/eqf/6 Ana Petrović"}}
    (finding,) = hide_learner_data([RULE.found("/credentialSubject/id", seen=value["credentialSubject"]["id"])], value)
    assert "Ana" not in finding.message
