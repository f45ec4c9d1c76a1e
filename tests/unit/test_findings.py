"""Rules, findings, outcomes and reports."""

import pytest

from edc_microcred import NotValidError
from edc_microcred.catalogue import explain, rules
from edc_microcred.errors import VocabularyError
from edc_microcred.findings import Check, Outcome, Report, Rule, Severity, shorten


def rule(**changes: object) -> Rule:
    facts = {
        "id": "elm/example", "severity": Severity.ERROR, "title": "t", "message": "{what} is wrong", "why": "w",
        "fix": "f", "source": "s", "since": "0.1", "wrong": {}, "right": {}, **changes,
    }  # fmt: skip
    return Rule(**facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("bad", ["elm", "Elm/x", "elm/X", "elm/a b", "elm/", "/x", "elm/x/y"])
def test_a_rule_id_reads_room_slash_slug(bad: str) -> None:
    with pytest.raises(ValueError, match="room/slug"):
        rule(id=bad)


@pytest.mark.parametrize(
    ("outcomes", "worst"),
    [
        ([], Outcome.INDETERMINATE),
        ([Outcome.VALID], Outcome.VALID),
        ([Outcome.VALID, Outcome.INDETERMINATE], Outcome.INDETERMINATE),
        ([Outcome.INVALID, Outcome.INDETERMINATE, Outcome.VALID], Outcome.INVALID),
    ],
)
def test_one_proof_against_outweighs_everything_and_nothing_at_all_is_not_valid(
    outcomes: list[Outcome], worst: Outcome
) -> None:
    assert Outcome.worst(outcomes) is worst


def test_a_rule_that_says_it_could_not_be_checked_proves_nothing() -> None:
    assert rule(indeterminate=True).found(what="x").outcome is Outcome.INDETERMINATE
    assert rule().found(what="x").outcome is Outcome.INVALID
    assert rule(severity=Severity.WARNING).found(what="x").outcome is Outcome.VALID


def test_values_in_messages_are_short_and_harmless() -> None:
    finding = rule().found(what="\x1b[2J" + "x" * 1000)
    assert len(finding.message) < 200
    assert finding.message.isprintable()
    assert finding.values["what"] == "\x1b[2J" + "x" * 1000


def test_a_value_cannot_reach_into_the_format_of_a_message() -> None:
    assert rule().found(what="{what.__class__}").message == "{what.__class__} is wrong"


def test_a_check_says_what_its_worst_finding_says() -> None:
    check = Check.of("seal", [rule(severity=Severity.WARNING).found(what="a"), rule().found(what="b")], message="good")
    assert (check.outcome, check.message) == (Outcome.INVALID, "b is wrong")
    assert Check.of("seal", [], message="good") == Check(check="seal", outcome=Outcome.VALID, message="good")


def test_a_report_of_no_checks_is_not_valid_and_has_no_truth_value() -> None:
    report = Report(checks=(), sentence="")
    assert report.outcome is Outcome.INDETERMINATE
    with pytest.raises(NotValidError, match="nothing was checked"):
        report.require_valid()
    with pytest.raises(TypeError):
        bool(report)
    with pytest.raises(KeyError):
        report.check("seal")


def test_every_rule_has_its_texts_and_is_found_by_its_id() -> None:
    assert len(rules()) > 120
    for name, each in rules().items():
        assert explain(name) is each
        for text in (each.title, each.message, each.why, each.fix, each.source):
            assert text.strip(), name
        assert each.wrong != each.right, name
        assert each.right is not None, name
        assert each.since == "0.1", name


def test_an_unknown_rule_is_refused_with_the_nearest_ones() -> None:
    with pytest.raises(VocabularyError) as error:
        explain("edc/expird")
    assert "edc/expired" in error.value.nearest


def test_shorten_leaves_short_text_alone() -> None:
    assert shorten("Ана 1") == "Ана 1"
