"""What the validator finds, where, and what it says of it."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred.elm import CLASSES
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.errors import EdcMicrocredError, LimitError, VocabularyError
from edc_microcred.findings import Finding, Severity
from edc_microcred.limits import Limits
from edc_microcred.shapes import (
    PROFILES,
    Graph,
    ProfileValidator,
    conforms,
    findings_of_members,
    plans_of,
    validator_for,
)
from edc_microcred.shapes.constraints import is_in_lexical_form, is_of_datatype

ELM = "http://data.europa.eu/snb/model/elm/"
TYPES = ["VerifiableCredential", "EuropeanDigitalCredential"]
COUNTRY = "http://publications.europa.eu/resource/authority/country"
SCHEME = {"id": COUNTRY, "type": "ConceptScheme"}


def document(members: dict[str, Any]) -> dict[str, Any]:
    return {"@context": list(CONTEXTS), **members}


def found(members: dict[str, Any], profile: str = "generic-full", elm: str = "3.2") -> list[Finding]:
    """The findings about single objects; that there is no credential around them is left out."""
    findings = validator_for(profile, elm).validate(document(members))
    return [finding for finding in findings if finding.rule != "edc/no-credential"]


def the_one(members: dict[str, Any], profile: str = "generic-full") -> Finding:
    (finding,) = found(members, profile)
    return finding


def address(country: Any) -> dict[str, Any]:
    return {"id": "urn:x:1", "type": "Address", "countryCode": country}


def test_a_finding_says_what_a_shacl_report_says_and_where_it_stands() -> None:
    finding = the_one({"id": "urn:x:1", "type": "ContactPoint", "phone": [
        {"id": "urn:x:2", "type": "Phone"}, {"id": "urn:x:3", "type": "Mailbox"}]})  # fmt: skip
    assert (finding.rule, finding.focus, finding.path, finding.constraint, finding.pointer) == (
        "elm/class", "urn:x:1", ELM + "phone", "ClassConstraintComponent", "/phone/1")  # fmt: skip
    assert finding.values["value"] == "urn:x:3"
    assert "takes Phone; here is an object of the type Mailbox" in finding.message


@pytest.mark.parametrize(
    ("country", "rules"),
    [
        ({"id": COUNTRY + "/SRB", "type": "Concept", "inScheme": SCHEME}, []),
        ({"id": COUNTRY + "/XXX", "type": "Concept", "inScheme": SCHEME}, []),  # the shapes ask for the list only
        ({"id": COUNTRY + "/SRB", "type": "Concept"}, ["cv/scheme"]),
        ({"id": COUNTRY + "/SRB", "type": "Concept", "inScheme": {"id": COUNTRY}}, ["cv/scheme", "elm/class"]),
        (
            {
                "id": COUNTRY + "/SRB",
                "type": "Concept",
                "inScheme": [SCHEME, {"id": "urn:x:l", "type": "ConceptScheme"}],
            },
            [],
        ),
        ({"type": "Concept", "inScheme": SCHEME}, ["cv/no-uri"]),
        (COUNTRY + "/SRB", ["elm/class", "cv/scheme"]),
        (7, ["elm/class", "cv/no-uri", "cv/scheme"]),
    ],
)
def test_a_coded_value_must_name_its_list(country: Any, rules: list[str]) -> None:
    assert [finding.rule for finding in found(address(country))] == rules
    assert [finding.rule for finding in found(address(country), "generic-no-cv") if "cv/" in finding.rule] == []


@pytest.mark.parametrize(
    ("claim", "rules"),
    [
        ({"type": "LearningActivity", "title": {"en": "x"}}, ["elm/missing"]),
        ({"type": "Note", "noteLiteral": {"en": "x"}}, ["elm/claim"]),
        ({"type": "Claim", "title": {"en": "x"}}, ["elm/claim", "elm/missing"]),
        ({"title": {"en": "x"}, "dcType": {"id": "urn:x:t", "type": "Concept"},
          "awardedBy": {"type": "AwardingProcess", "awardingBody": {"type": "Agent"}}}, []),
        ("a-claim", ["elm/claim"]),
    ],
)  # fmt: skip
def test_a_claim_is_one_of_four_kinds_or_says_its_own(claim: Any, rules: list[str]) -> None:
    assert [finding.rule for finding in found({"id": "urn:x:1", "type": "Person", "hasClaim": claim})] == rules


def test_a_value_that_counts_for_nothing_is_missing_and_the_place_where_it_stands_is_shown() -> None:
    finding = the_one({"id": "urn:x:1", "type": "Person", "hasClaim": "a claim"})
    assert (finding.rule, finding.pointer) == ("elm/missing", "/hasClaim")
    assert "counts for nothing as data" in finding.message


def test_the_cause_is_named_when_one_id_stands_for_two_pictures() -> None:
    picture = {
        "id": "urn:x:1",
        "type": "MediaObject",
        "content": "AAAA",
        "contentType": {"id": "urn:x:2", "type": "Concept"},
        "contentEncoding": {"id": "urn:x:3", "type": "Concept"},
    }
    finding = the_one({"id": "urn:x:4", "https://example.org/p": [picture, {**picture, "content": "BBBB"}]})
    assert finding.rule == "elm/too-many"
    assert "2 objects in the file share the id urn:x:1" in finding.message


def test_a_form_that_xml_schema_refuses_is_a_finding_but_no_violation() -> None:
    finding = the_one({"id": "urn:x:1", "type": "PeriodOfTime", "startDate": "2026-03-01"})
    assert (finding.rule, finding.constraint, finding.pointer) == ("elm/lexical-form", None, "/startDate")
    assert conforms([finding])


def test_an_empty_graph_conforms_to_the_shapes_and_is_refused_all_the_same() -> None:
    findings = ProfileValidator("generic-full").validate({"hello": "world"})
    assert conforms(findings)
    assert [(one.rule, one.severity) for one in findings] == [("edc/no-credential", Severity.ERROR)]


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        ({"type": TYPES, "id": "urn:x:1"}, "it has no @context"),
        ({"payload": json.dumps(document({"type": TYPES})), "signatures": []}, "a sealed file as a whole"),
        ({"@context": CONTEXTS[0], "type": [*TYPES]}, "does not define the type"),
        (document({"type": ["VerifiableCredential", "Diploma"]}), "its type does not name"),
        ([], "no object in the document"),
    ],
)
def test_where_there_is_no_credential_the_cause_is_named(value: Any, cause: str) -> None:
    (finding,) = ProfileValidator("generic-full").validate(value)
    assert finding.rule == "edc/no-credential"
    assert cause in finding.message


def test_two_credentials_in_one_document_are_refused() -> None:
    findings = ProfileValidator("generic-full").validate(
        document({"@graph": [{"id": "urn:x:1", "type": TYPES}, {"id": "urn:x:2", "type": TYPES}]})
    )
    assert findings[0].rule == "edc/several-credentials"


def test_only_qualifications_in_a_circle_keep_the_diploma_supplement_and_the_others_are_told_why() -> None:
    def qualification(number: int, part: Any) -> dict[str, Any]:
        concept = {"id": f"urn:x:c{number}", "type": "Concept", "inScheme": []}
        return {"id": f"urn:x:{number}", "type": "Qualification", "title": {"en": "x"}, "mode": concept,
                "maximumDuration": "P2M", "learningOutcome": {"type": "LearningOutcome", "title": {"en": "x"}},
                "awardingOpportunity": {"type": "AwardingOpportunity", "awardingBody": {"type": "Agent"}},
                "hasPart": part}  # fmt: skip

    def rules(members: dict[str, Any]) -> list[str]:
        said = found(members, "diploma-supplement")
        return [one.rule for one in said if one.values.get("member") in ("hasPart", None)]

    assert rules(qualification(1, qualification(2, "urn:x:1"))) == []
    assert rules(qualification(1, qualification(2, []))) == ["edc/profile-missing", "edc/diploma-supplement-cycle"]


def test_elm_3_1_forbids_a_status_that_3_2_takes() -> None:
    members = {"id": "urn:x:1", "type": TYPES, "credentialStatus": {"id": "urn:x:2", "type": "CredentialStatus"}}
    status = "https://www.w3.org/2018/credentials#credentialStatus"
    assert [one.rule for one in found(members) if one.path == status] == []
    assert [one.rule for one in found(members, elm="3.1") if one.path == status] == ["elm/datatype"]


def test_a_profile_beyond_generic_says_that_it_is_the_one_that_demands() -> None:
    members = {"id": "urn:x:1", "type": "Evidence", "dcType": {"id": "urn:x:2", "type": "Concept"}}
    said = {one.rule: one.message for one in found(members, "accredited")}
    assert "“accredited” wants “accreditation” in each Evidence" in said["edc/profile-missing"]


def test_a_value_that_is_wrong_in_two_classes_of_an_object_is_said_once_for_each_constraint() -> None:
    members = {"id": "urn:x:1", "type": ["Agent", "Person"], "altLabel": "x", "hasClaim": {"type": "LearningActivity"}}
    said = [(one.rule, one.path) for one in found(members) if one.focus == "urn:x:1"]
    assert len(said) == len(set(said)) and said


def test_a_literal_that_is_no_text_at_all_is_described_without_its_content() -> None:
    finding = the_one({"id": "urn:x:1", "type": "Note", "noteLiteral": "Ana"})
    assert "Ana" not in finding.message
    assert finding.pointer == "/noteLiteral"


def test_findings_beyond_the_limit_are_refused() -> None:
    notes = {"@graph": [{"id": f"urn:x:{n}", "type": "Note"} for n in range(30)]}
    with pytest.raises(LimitError):
        ProfileValidator().validate(document(notes), limits=Limits(findings=20))


def test_a_wrong_value_that_many_objects_point_to_takes_time_in_proportion() -> None:
    titles = {"en": [str(n) for n in range(5_000)]}
    claim = {"id": "urn:x:0", "title": titles, "awardedBy": 7}
    people = [{"id": f"urn:x:p{n}", "type": "Person", "hasClaim": "urn:x:0"} for n in range(5_000)]
    findings = ProfileValidator("generic-no-cv").validate(document({"urn:p:1": claim, "urn:p:2": people}))
    assert sum(one.rule == "elm/claim" for one in findings) == 5_000


def test_one_validator_serves_many_threads() -> None:
    validator = ProfileValidator("generic-full")
    documents = [document({"id": f"urn:x:{n}", "type": "Note"}) for n in range(200)]
    with ThreadPoolExecutor(8) as pool:
        focuses = [findings[-1].focus for findings in pool.map(validator.validate, documents)]
    assert focuses == [f"urn:x:{n}" for n in range(200)]


def test_an_unknown_profile_and_an_unknown_version_are_refused() -> None:
    with pytest.raises(VocabularyError):
        ProfileValidator("generic")
    with pytest.raises(ValueError, match="3\\.3"):
        ProfileValidator(elm="3.3")


def test_without_a_profile_the_declared_one_is_used() -> None:
    members = document({"id": "urn:x:1", "type": TYPES, "credentialSchema": {
        "id": "http://data.europa.eu/snb/model/ap/edc-converted", "type": "ShaclValidator2017"}})  # fmt: skip
    assert "edc/profile-missing" in {one.rule for one in findings_of_members(members)}
    assert "edc/profile-missing" not in {one.rule for one in findings_of_members(members, "generic-full")}


TERMS = st.sampled_from(sorted({fact.name for cls in CLASSES.values() for fact in cls.terms().values()}))
TEXTS = st.sampled_from(["", "urn:x:1", "urn:x:2", "7", "a b", "P1W", "2026-03-01", *TYPES]) | st.text(max_size=4)
TYPED = st.fixed_dictionaries({"type": st.sampled_from(list(CLASSES)) | st.just(TYPES)})
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from(["en", "EN", "x_y", "@none"]), below, max_size=2)
        | st.builds(lambda kind, rest: {**kind, **rest}, TYPED, st.dictionaries(TERMS, below, max_size=4))
        | st.dictionaries(
            st.text(max_size=4) | st.sampled_from(["id", "type", "@context", "@graph", "@id"]), below, max_size=3
        )
    ),
    max_leaves=15,
)


def at(value: Any, pointer: str) -> Any:
    """What a JSON Pointer points to; fails when there is nothing."""
    for token in pointer.split("/")[1:]:
        value = value[int(token) if isinstance(value, list) else token.replace("~1", "/").replace("~0", "~")]
    return value


@settings(max_examples=300, deadline=None)
@given(JSON, st.booleans())
def test_any_json_gives_findings_at_places_that_exist_or_a_clear_error(value: Any, canonical: bool) -> None:
    if canonical and isinstance(value, dict):
        value = document(value)
    try:
        findings = findings_of_members(value)
    except EdcMicrocredError as error:
        assert error.message
        return
    for finding in findings:
        at(value, finding.pointer)
        assert finding.message


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(TERMS, JSON, max_size=5), st.sampled_from(sorted(PROFILES)), st.sampled_from(list(CLASSES)))
def test_what_the_quick_tests_accept_breaks_nothing(members: dict[str, Any], profile: str, kind: str) -> None:
    try:
        graph = Graph.of(document({**members, "type": kind}))
    except EdcMicrocredError:
        return
    plans = plans_of(PROFILES[profile])
    for node in graph.nodes:
        for plan in (plans[kind] for kind in node.types if kind in plans):
            for path, values in node.values.items():
                slot = plan.slots.get(path)
                if slot is not None and slot.accepts(values):
                    assert list(slot.violations(values, {})) == []
                    assert all(is_in_lexical_form(value) for value in values if is_of_datatype(value, slot.datatype))
