"""Every rule of the trust room is met by its wrong example and by nothing else, and not by its right one."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from edc_microcred.findings import Outcome, Rule, Severity
from edc_microcred.testing import TestAuthority
from edc_microcred.trust import RULES, PathResult, check_path

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEALED = NOW - timedelta(days=2)


def judged(example: Mapping[str, str]) -> PathResult:
    """A chain built as an example says, judged two days after the seal claims to have been made."""
    authority = TestAuthority(now=NOW, key_type="p-256", fault=fault_of_a_ca(example))
    seal = authority.seal_certificate(fault=None if example["certificate"] == "good" else example["certificate"])
    crls = {
        "current": authority.crls,
        "none": tuple,
        "stale": lambda: authority.crls(this_update=NOW - timedelta(days=9), next_update=NOW - timedelta(days=2)),
        "future": lambda: authority.crls(this_update=NOW + timedelta(hours=1)),
        "current and forged": lambda: (*authority.crls(), authority.crl(signed_by=seal.private_key)),
    }[example.get("crl", "current")]()
    anchors = {"none": (), "leaf": (seal.certificate,)}.get(example.get("anchors", ""), (authority.root.certificate,))
    policy = authority.policy(anchors=anchors, crls=crls, revocation=example.get("revocation", "require"))
    return check_path(seal.certificate, others=seal.chain, policy=policy, at=SEALED, now=NOW, present=NOW)


def fault_of_a_ca(example: Mapping[str, str]) -> str | None:
    if example.get("anchors") == "expired":
        return "root-expired"
    return f"intermediate-{example['intermediate']}" if "intermediate" in example else None


def rules_and_outcome(example: Mapping[str, str]) -> tuple[list[str], Outcome]:
    result = judged(example)
    return [finding.rule for finding in result.findings], result.outcome


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_wrong_example_meets_exactly_its_rule_and_the_right_one_meets_none(rule: Rule) -> None:
    weighs = Outcome.VALID if rule.severity is not Severity.ERROR else Outcome.INVALID
    if rule.indeterminate:
        weighs = Outcome.INDETERMINATE
    assert rules_and_outcome(rule.wrong) == ([rule.id], weighs)
    assert rules_and_outcome(rule.right) == ([], Outcome.VALID)


def test_rule_ids_are_unique_and_belong_to_the_room() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("trust/") for one in ids)
