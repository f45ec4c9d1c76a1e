"""The short way to “nothing to say” never says so where the long ways have something to say."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred import Validator, issuing, load, validate
from edc_microcred.conventions import check_conventions
from edc_microcred.elm import CLASSES, check_credential
from edc_microcred.jsonld import dropped_terms, is_usual, relative_iris
from edc_microcred.limits import Limits
from edc_microcred.shapes import PROFILES, Graph, validator_for
from edc_microcred.testing import TestAuthority
from edc_microcred.verification.looks import looks_of
from edc_microcred.verification.spotless import spotless
from tests.conftest import ROOT

UNSEALED: dict[str, Any] = json.loads((ROOT / "examples" / "credential.jsonld").read_text("utf-8"))
EXAMPLE: dict[str, Any] = issuing.seal(
    load(ROOT / "examples" / "credential.jsonld"), TestAuthority(key_type="p-256").seal_certificate().signer()
).value
TERMS = sorted({term.name for cls in CLASSES.values() for term in cls.terms().values()} | {"id", "type", "@id", "x:y"})
CONCEPT = {"id": "http://publications.europa.eu/resource/authority/country/SRB", "type": "Concept"}
VALUES = st.sampled_from([
    "urn:epass:person:1", "person-1", "org:1", "http://example.org/a b", "http://example.org/{a}", "urn:", "", "_:b0",
    "2026-03-01T09:00:00Z", "2026-03-01", "2026-02-30T09:00:00Z", "PT75H", "P1W", "iVBORw0KGgo=", "iVBORw0KGgo", "7",
    None, 0, 1, -1, 1.5, True, False, [], {}, [[]], {"en": "x"}, {"en": ["x", "y"]}, {"en": 1}, {"id": "teks"},
    {"sr-Latn": "x"}, {"@none": "x"}, {"x_y": "x"}, CONCEPT, [CONCEPT], [CONCEPT, CONCEPT], [CONCEPT, "x"],
    {**CONCEPT, "type": ["Concept"]}, {**CONCEPT, "type": "Person"}, {**CONCEPT, "notation": "country"},
    {"id": "country", "type": "Concept"}, {"type": "Concept"}, {"type": "Note", "noteLiteral": {"en": "x"}},
])  # fmt: skip
TYPES = st.sampled_from([*CLASSES, ["VerifiableCredential", "EuropeanDigitalCredential"], "@root", 1])


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(item)


def nothing_is_passed_over(members: dict[str, Any], profile: str, elm: str = "3.2") -> bool:
    """Whether the short way takes a credential; then the long ones must find nothing, and the graph be the same."""
    validator = validator_for(profile, elm)
    found = spotless(members, validator)
    if found is None:
        return False
    assert is_usual(members)
    assert [*check_credential(members), *dropped_terms(members), *relative_iris(members)] == []
    graph = Graph.of(members, elm=elm)
    assert validator.validate(graph) == []
    assert sorted(map(repr, found.graph.triples())) == sorted(map(repr, graph.triples()))
    assert check_conventions(found.graph, remarkable=found.remarkable) == check_conventions(graph)
    return True


def test_our_example_is_spotless_once_it_has_an_issuer() -> None:
    assert nothing_is_passed_over(EXAMPLE, "generic-full")
    assert not nothing_is_passed_over(UNSEALED, "generic-full")


def test_a_value_of_a_list_is_remembered_as_it_was_alone() -> None:
    assert nothing_is_passed_over(EXAMPLE, "generic-full")
    other = copy.deepcopy(EXAMPLE)
    language = other["displayParameter"]["primaryLanguage"]
    language["prefLabel"] = {"en": "Croatian"}
    assert language["id"] in json.dumps(EXAMPLE)
    findings = Validator("generic-full").validate(other)
    assert "cv/label-wrong" in [finding.rule for finding in findings]


def test_what_is_remembered_of_a_credential_cannot_be_altered_through_it() -> None:
    """The next credential is not right because somebody made the first one wrong after it was looked at."""
    id_ = "http://publications.europa.eu/resource/authority/language/ENG"
    document = load(json.dumps(EXAMPLE).encode())
    validator = validator_for("generic-full")
    looks_of.cache_clear()
    assert validate(document, profile="generic-full") == []
    for item in objects(document.value):
        if item.get("id") == id_:
            item["prefLabel"]["en"] = "Croatian"
    assert id_ in (looks_of(validator)[0]["Concept"].remembered or {})  # type: ignore[union-attr]
    assert rules_of(json.dumps(document.value)) == ["cv/label-wrong"]


def test_what_somebody_makes_up_is_not_kept() -> None:
    looks_of.cache_clear()
    subject = {**EXAMPLE["credentialSubject"], "made up": "x"}
    assert not nothing_is_passed_over({**EXAMPLE, "credentialSubject": subject}, "generic-full")
    members = copy.deepcopy(EXAMPLE)
    for item in objects(members):
        if item.get("type") == "Concept" and "prefLabel" in item:
            item["prefLabel"]["zz"] = "long " * 1000
    assert nothing_is_passed_over(members, "generic-full")
    looks = [own for own in looks_of(validator_for("generic-full"))[0].values() if own is not None]
    kept = [(own.remembered, own._forms) for own in looks]
    assert len(repr(kept)) < 200_000 and "made up" not in repr(kept) and "long long" not in repr(kept)


@pytest.mark.parametrize("value", [7, True])
def test_a_number_in_the_place_of_any_text_has_the_same_findings_by_either_way(value: Any) -> None:
    members = copy.deepcopy(EXAMPLE)
    for item in objects(members):
        for name, text in list(item.items()):
            if isinstance(text, (str, int)):
                item[name] = value
                assert_same_findings(members)
                item[name] = text


@pytest.mark.parametrize(
    "id_", ["urn:x:\u00a0y", "urn:x:\u2028", "urn:x:\u0085y", "sec:Ana", "cred:Ana", "elm:Ana", "urn:Ana"]
)
def test_an_id_that_is_another_one_as_data_or_none_has_the_same_findings_by_either_way(id_: str) -> None:
    assert_same_findings({**EXAMPLE, "id": id_})
    assert_same_findings({**EXAMPLE, "credentialSubject": {**EXAMPLE["credentialSubject"], "id": id_}})


def assert_same_findings(members: dict[str, Any]) -> None:
    octets = json.dumps(members).encode()
    findings = validate(octets, profile="generic-full")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("edc_microcred.verification.spotless.spotless", lambda *_, **__: None)
        assert findings == validate(octets, profile="generic-full")


def test_several_texts_in_one_language_are_looked_at_where_the_shapes_allow_them() -> None:
    members = copy.deepcopy(EXAMPLE)
    members["issuer"]["altLabel"] = {"sr": ["Универзитет", "Univerzitet", "Univerzitet"], "en": "University"}
    assert nothing_is_passed_over(members, "generic-full")
    assert nothing_is_passed_over(json.loads(json.dumps(members)), "generic-full")
    assert rules_of(json.dumps(members)) == []
    members["issuer"]["legalName"] = {"en": ["University", "The University"]}
    assert not nothing_is_passed_over(members, "generic-full")


@pytest.mark.parametrize("value", [True, 1.0, "1"])
def test_what_is_equal_in_python_and_not_as_data_is_told_apart(value: Any) -> None:
    """A page of the number 1, and the same object once more with something that Python takes for equal to it."""
    members = copy.deepcopy(EXAMPLE)
    display = members["displayParameter"]["individualDisplay"]
    first = display if isinstance(display, dict) else display[0]
    details = first["displayDetail"] if isinstance(first["displayDetail"], list) else [first["displayDetail"]]
    first["displayDetail"] = [*details, {**details[0], "page": 1}]
    assert details[0]["page"] == 1
    assert nothing_is_passed_over(members, "generic-full")
    first["displayDetail"] = [*details, {**details[0], "page": value}]
    assert not nothing_is_passed_over(members, "generic-full")


def test_an_object_that_has_no_name_as_data_is_not_passed_over() -> None:
    assert not nothing_is_passed_over({**EXAMPLE, "id": "2026-03-01T09:00:00Z"}, "generic-full")
    person = {**EXAMPLE["credentialSubject"], "id": "person-7", "studentNumber": "7"}
    assert not nothing_is_passed_over({**EXAMPLE, "credentialSubject": person}, "generic-full")


@settings(max_examples=800, deadline=None)
@given(st.data(), st.sampled_from(sorted(PROFILES)), st.sampled_from(["3.2", "3.2", "3.1"]))
def test_whatever_is_changed_nothing_is_passed_over(data: st.DataObject, profile: str, elm: str) -> None:
    members = copy.deepcopy(EXAMPLE)
    everything = list(objects(members))
    for _ in range(data.draw(st.integers(1, 2))):
        target = data.draw(st.sampled_from(everything))
        name = data.draw(st.sampled_from(list(target) or ["id"]) | st.sampled_from(TERMS))
        target[name] = data.draw(TYPES if name == "type" else VALUES)
    nothing_is_passed_over(members, profile, elm)


@given(st.sampled_from(TERMS), VALUES)
def test_any_property_of_a_claim_is_looked_at(name: str, value: Any) -> None:
    members = copy.deepcopy(EXAMPLE)
    claim = members["credentialSubject"]["hasClaim"]
    (claim[0] if isinstance(claim, list) else claim)[name] = value
    nothing_is_passed_over(members, "generic-full")


@given(st.sampled_from(["dateOfBirth", "validFrom"]), st.from_regex(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]T.{1,20}"))
def test_dates_of_any_form_are_looked_at(name: str, value: str) -> None:
    members = copy.deepcopy(EXAMPLE)
    (members if name in members else members["credentialSubject"])[name] = value
    nothing_is_passed_over(members, "generic-full")


@given(st.from_regex(r"P[0-9]{0,3}[YMD]?([0-9]{1,2}[YMD])?T?([0-9]{1,3}[HMS]){0,3}", fullmatch=True))
def test_durations_of_any_form_are_looked_at(value: str) -> None:
    members = copy.deepcopy(EXAMPLE)
    for item in objects(members):
        if item.get("type") in ("LearningActivity", "LearningAchievementSpecification"):
            item["workload" if item["type"] == "LearningActivity" else "volumeOfLearning"] = value
    nothing_is_passed_over(members, "generic-full")


def written(value: Any, twice: tuple[int, str, Any] | None = None) -> str:
    """JSON in which the object `twice[0]` (by `id()`) has a member `twice[1]` once more, with the value `twice[2]`."""
    if isinstance(value, dict):
        parts = [f"{json.dumps(name)}: {written(item, twice)}" for name, item in value.items()]
        if twice is not None and id(value) == twice[0]:
            parts.insert(0, f"{json.dumps(twice[1])}: {json.dumps(twice[2])}")
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(item, twice) for item in value) + "]"
    return json.dumps(value)


def rules_of(text: str) -> list[str]:
    return [finding.rule for finding in validate(text.encode(), profile="generic-full")]


def test_text_that_is_as_plain_as_ours_is_read_once() -> None:
    assert rules_of(written(EXAMPLE)) == rules_of(json.dumps(EXAMPLE, ensure_ascii=False, indent=1))
    found = spotless(EXAMPLE, validator_for("generic-full"))
    assert found is not None and found.marks == json.dumps(EXAMPLE).replace('\\"', "").count('"')


@given(st.data(), st.text() | st.none() | st.integers() | st.dictionaries(st.text(), st.text()))
def test_a_member_named_twice_is_never_passed_over(data: st.DataObject, value: Any) -> None:
    target = data.draw(st.sampled_from([item for item in objects(EXAMPLE) if item]))
    name = data.draw(st.sampled_from(list(target)))
    text = written(EXAMPLE, (id(target), name, data.draw(st.sampled_from([target[name], value]))))
    assert rules_of(text) == ["edc/unreadable"]


def test_the_limits_hold_on_the_short_way_too() -> None:
    text = json.dumps(EXAMPLE).encode()
    assert rules_of(text.decode()) == []
    for limits in (
        Limits(depth=4),
        Limits(depth=-1),
        Limits(members=20),
        Limits(size=len(text) - 1),
        Limits(pointer=10),
    ):
        (finding,) = validate(text, profile="generic-full", limits=limits)
        assert finding.rule == "edc/unreadable"


def below_each_other(count: int, name: str, lowest: dict[str, Any] | None = None) -> dict[str, Any]:
    """As many organisations, each the only part of the one before."""
    made = lowest
    for number in range(count):
        below = {} if made is None else {"hasSubOrganization": [made]}
        made = {**EXAMPLE["issuer"], "id": f"urn:epass:org:{name}{number}", **below}
    assert made is not None
    return made


def test_an_object_that_stands_again_further_down_is_as_deep_as_it_was() -> None:
    """The organisations of the first branch stand again at the end of the second one."""
    for count, deep in ((12, False), (38, True)):
        first = below_each_other(count, "a")
        branches = [first, below_each_other(count, "b", first)]
        members = {**EXAMPLE, "issuer": {**EXAMPLE["issuer"], "hasSubOrganization": branches}}
        assert (spotless(members, validator_for("generic-full")) is None) == deep
        assert_same_findings(members)
        assert (rules_of(json.dumps(members)) == ["edc/unreadable"]) == deep
