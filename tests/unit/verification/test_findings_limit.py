"""All rooms together say no more than the limit: a report stays short whatever it is about."""

import json
from typing import Any

import pytest

from edc_microcred import Document, TrustPolicy, validate, verify
from edc_microcred.conventions import check_conventions
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.errors import LimitError
from edc_microcred.jsonld import to_compact
from edc_microcred.limits import Limits
from edc_microcred.shapes import Graph
from edc_microcred.shapes.places import Places
from edc_microcred.verification.content import findings_of

MANY = 60
LIMITS = Limits(findings=100)


def with_faults_in_two_rooms(number: int) -> dict[str, Any]:
    """Each identifier has a member that the contexts drop, and lacks the one that the profile makes mandatory."""
    identifiers = [{"id": f"urn:epass:identifier:{n}", "type": "Identifier", "own": "x"} for n in range(number)]
    return {
        "@context": list(CONTEXTS),
        "id": "urn:credential:1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSubject": {"id": "urn:epass:person:1", "type": "Person", "identifier": identifiers},
    }


def rooms(found: list[Any]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for finding in found:
        kind = "profile" if finding.constraint else finding.rule.split("/")[0]
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def test_findings_of_several_rooms_together_are_held_to_the_limit() -> None:
    source = with_faults_in_two_rooms(MANY)
    unlimited = validate(source)
    assert len(unlimited) > LIMITS.findings > max(rooms(unlimited).values())  # no room is beyond it by itself
    with pytest.raises(LimitError, match="more than 100 faults"):
        findings_of(Document(json.dumps(source).encode(), limits=LIMITS))
    found = validate(source, limits=LIMITS)
    assert [f.rule for f in found] == ["edc/unreadable"]
    assert "more than 100 faults" in found[0].message


def test_a_report_on_a_file_with_too_many_findings_is_invalid_and_says_so(policy: TrustPolicy) -> None:
    report = verify(json.dumps(with_faults_in_two_rooms(MANY)).encode(), policy, limits=LIMITS)
    content = next(check for check in report.checks if check.check == "content")
    assert (content.outcome, [f.rule for f in content.findings]) == ("invalid", ["edc/unreadable"])


def test_as_many_findings_as_the_limit_are_given() -> None:
    source = with_faults_in_two_rooms(5)
    number = len(validate(source))
    assert len(validate(source, limits=Limits(findings=number))) == number
    assert [f.rule for f in validate(source, limits=Limits(findings=number - 1))] == ["edc/unreadable"]


def test_prefixed_ids_are_held_to_the_limit_too() -> None:
    source = with_faults_in_two_rooms(0) | {"issuer": [{"id": f"org:{n}", "type": "Organisation"} for n in range(101)]}
    with pytest.raises(LimitError, match="more than 100 faults"):
        to_compact(source, limits=LIMITS)
    assert len(to_compact(source)[1]) == 101


def test_no_place_is_looked_up_for_more_findings_than_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """One property can hold half a million values, each in a place of 8,000 characters."""
    addresses = [f"no address {number}" for number in range(300)]
    page = {"id": "urn:epass:webResource:1", "type": "WebResource", "contentURL": addresses}
    source = with_faults_in_two_rooms(0)
    source["credentialSubject"]["page"] = page
    looked_up: list[str] = []
    of = Places.of

    def counting(self: Places, *about: Any) -> str:
        looked_up.append(of(self, *about))
        return looked_up[-1]

    monkeypatch.setattr(Places, "of", counting)
    with pytest.raises(LimitError, match="more than 100 faults"):
        check_conventions(Graph.of(source), limits=LIMITS)
    assert len(looked_up) == LIMITS.findings
    assert len(check_conventions(Graph.of(source))) >= len(addresses)
