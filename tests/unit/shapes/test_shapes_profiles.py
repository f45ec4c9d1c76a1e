"""Which profile a credential is held to."""

from typing import Any

import pytest

from edc_microcred.elm import CLASSES
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.errors import VocabularyError
from edc_microcred.shapes import PROFILES, Graph, profile, profile_of, schema_iris

AP = "http://data.europa.eu/snb/model/ap/"
KIND = "http://data.europa.eu/snb/credential/"
TYPES = ["VerifiableCredential", "EuropeanDigitalCredential"]


def schema(*names: str) -> list[dict[str, str]]:
    return [{"id": AP + name, "type": "ShaclValidator2017"} for name in names]


@pytest.mark.parametrize(
    ("members", "name", "rules"),
    [
        ({"credentialSchema": schema("edc-accredited")}, "accredited", []),
        ({"credentialSchema": schema("edc-generic-full")[0]}, "generic-full", []),
        ({"credentialSchema": AP + "edc-generic-no-cv"}, "generic-no-cv", []),
        ({"credentialSchema": schema("edc-generic-full", "edc-accredited")}, "accredited", []),
        ({"credentialSchema": schema("edc-accredited", "edc-converted")}, "accredited+converted", []),
        ({"credentialSchema": schema("edc-diploma-supplement", "edc-generic-no-cv")}, "diploma-supplement", []),
        ({"credentialSchema": {"id": "http://data.europa.eu/snb/model/application-profile/edc-converted"}},
         "converted", []),
        ({"credentialProfiles": {"id": KIND + "c_9a31f32a"}}, "issued-by-mandate", []),
        ({"credentialProfiles": [{"id": KIND + "e34929035b"}], "credentialSchema": schema("edc-converted")},
         "converted", []),
        ({"credentialProfiles": {"id": KIND + "6dff8a0f87"}, "credentialSchema": schema("edc-accredited")},
         "accredited", ["edc/profile-not-in-schema"]),
        ({"credentialSchema": [*schema("edc-generic-full"), {"id": "https://example.org/rules"}]}, "generic-full",
         ["edc/profile-unknown"]),
        ({"credentialSchema": {"id": "https://example.org/rules"}}, "generic-full",
         ["edc/profile-unknown", "edc/profile-undeclared"]),
        ({}, "generic-full", ["edc/profile-undeclared"]),
        ({"credentialSchema": 7, "credentialProfiles": [None, {"id": 7}]}, "generic-full", ["edc/profile-undeclared"]),
    ],
)  # fmt: skip
def test_the_schema_decides_and_the_kind_where_the_schema_says_nothing(
    members: dict[str, Any], name: str, rules: list[str]
) -> None:
    chosen, findings = profile_of(members)
    assert (chosen.name, [finding.rule for finding in findings]) == (name, rules)


def test_the_graph_declares_what_the_members_do_and_shows_where() -> None:
    members = {"@context": list(CONTEXTS), "id": "urn:x:1", "type": TYPES,
               "credentialSchema": [*schema("edc-converted"), {"id": "https://example.org/rules"}]}  # fmt: skip
    chosen, findings = profile_of(Graph.of(members))
    assert (chosen.name, [(one.rule, one.pointer) for one in findings]) == (
        "converted", [("edc/profile-unknown", "/credentialSchema/1")])  # fmt: skip
    assert profile_of(members)[1] == findings


def test_what_is_declared_twice_is_said_once_and_where_it_stands_first() -> None:
    kinds = [{"id": f"http://data.europa.eu/snb/credential/{code}", "type": "Concept"}
             for code in ("6cf8e68c43", "c_ae121a00", "6cf8e68c43")]  # fmt: skip
    unknown = {"id": "https://example.org/rules"}
    members = {"@context": list(CONTEXTS), "id": "urn:x:1", "type": TYPES, "credentialProfiles": kinds,
               "credentialSchema": [*schema("edc-converted"), unknown, unknown]}  # fmt: skip
    findings = profile_of(members)[1]
    assert [(one.rule, one.pointer) for one in findings] == [
        ("edc/profile-unknown", "/credentialSchema/1"), ("edc/profile-not-in-schema", "/credentialProfiles/1")
    ]  # fmt: skip
    assert profile_of(Graph.of(members))[1] == findings


def test_a_combined_profile_demands_what_both_do_and_builds_on_the_general_ones_once() -> None:
    both = profile("accredited") | profile("converted")
    assert [one.name for one in both.lineage] == [
        "generic-no-cv", "generic-full", "accredited", "converted", "accredited+converted"]  # fmt: skip
    assert both.checks_vocabularies and not profile("generic-no-cv").checks_vocabularies


def test_a_profile_is_found_by_name_and_by_iri_and_another_name_is_refused_with_the_nearest() -> None:
    assert profile(AP + "edc-issued-by-mandate") is profile("issued-by-mandate")
    with pytest.raises(VocabularyError) as raised:
        profile("acredited")
    assert raised.value.nearest[0] == "accredited"


def test_every_demand_names_a_property_of_the_model() -> None:
    for one in PROFILES.values():
        for demand in one.demands:
            assert demand.field in CLASSES[demand.cls].terms(), demand
            assert demand.only is None or demand.only in CLASSES


def test_the_schema_for_a_kind_is_its_profile_and_a_diploma_supplements_is_the_accredited_one() -> None:
    assert schema_iris([KIND + "c_7e400154", KIND + "c_7e400154"]) == (AP + "edc-converted",)
    assert schema_iris([KIND + "6dff8a0f87"]) == (AP + "edc-accredited",)
    assert schema_iris(["https://example.org/kind"]) == schema_iris([]) == (AP + "edc-generic-full",)
