"""Any JSON-LD form of a credential becomes the tree that the model is read from; the usual form is left alone."""

from typing import Any

import pytest

from edc_microcred.elm import NAMESPACES, read_credential
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.errors import LimitError
from edc_microcred.findings import Finding
from edc_microcred.jsonld import RETIRED, is_canonical, nquads, to_compact, to_quads
from edc_microcred.limits import Limits

ELM = NAMESPACES["elm"]
CRED = NAMESPACES["cred"]
DC = NAMESPACES["dc"]
XSD = NAMESPACES["xsd"]
KINDS = [CRED + "VerifiableCredential", ELM + "EuropeanDigitalCredential"]
ROOT = {"@id": "urn:credential:1", "@type": KINDS}
USUAL = {
    "@context": list(CONTEXTS),
    "id": "urn:credential:1",
    "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
    "credentialSubject": {"id": "urn:epass:person:1", "type": "Person", "givenName": {"en": "Ana"}},
    "issuer": {"id": "urn:epass:org:1", "type": "Organisation"},
}


def tree(value: Any) -> dict[str, Any]:
    """The tree of a document that has nothing wrong with its form."""
    members, findings = to_compact(value)
    assert [finding.rule for finding in findings] == []
    return members


def rules(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def ref(identifier: str) -> dict[str, str]:
    return {"@id": identifier}


def test_the_usual_form_is_left_alone() -> None:
    assert is_canonical(USUAL)
    members, findings = to_compact(USUAL)
    assert members is USUAL
    assert findings == []


@pytest.mark.parametrize(
    "change",
    [
        {"@context": list(reversed(CONTEXTS))},
        {"@context": [*CONTEXTS, {}]},
        {"@context": CONTEXTS[1]},
        {"@id": "urn:x"},
        {"dc:title": {"en": "x"}},
        {"https://example.org/p": "x"},
        {"displayParameter": {"@value": "x"}},
        {"displayParameter": {"@context": list(CONTEXTS)}},
        {"credentialSubject": [[{"id": "urn:a"}]]},
        {"issuer": "org:1"},
        {"evidence": ["urn:x", "org:1"]},
        {"id": "vc:1"},
        {"type": ["VerifiableCredential", "elm:EuropeanDigitalCredential"]},
        {"type": ELM + "EuropeanDigitalCredential"},
    ],
    ids=str,
)
def test_what_means_something_else_as_json_ld_is_not_the_usual_form(change: dict[str, Any]) -> None:
    assert not is_canonical({**USUAL, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "org://1"},
        {"displayParameter": {"title": {"en": "org: the whole", "id": "vc: satu"}}},
        {"identifier": {"notation": "vc:1"}},
        {"credentialSubject": None, "evidence": []},
        {"type": 7, "id": []},
        {"noSuchTerm": "x"},
    ],
    ids=str,
)
def test_what_is_merely_odd_is_still_the_usual_form(change: dict[str, Any]) -> None:
    assert is_canonical({**USUAL, **change})


@pytest.mark.parametrize("value", [None, [], [USUAL], "x", {}, {"@context": CONTEXTS}], ids=str)
def test_what_is_no_object_with_the_two_contexts_is_not_the_usual_form(value: Any) -> None:
    assert not is_canonical(value)


def test_objects_are_put_where_they_are_pointed_at_whole_at_the_first_mention() -> None:
    document = [
        {"@id": "urn:epass:org:1", "@type": [ELM + "Organisation"],
         NAMESPACES["rov"] + "legalName": [{"@value": "School", "@language": "en"}]},
        {**ROOT, CRED + "issuer": [ref("urn:epass:org:1")], CRED + "credentialSubject": [ref("urn:epass:person:1")]},
        {"@id": "urn:epass:person:1", "@type": [ELM + "Person"],
         NAMESPACES["org"] + "memberOf": [ref("urn:epass:org:1")]},
    ]  # fmt: skip
    members = tree(document)
    assert members == {
        "id": "urn:credential:1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSubject": {
            "id": "urn:epass:person:1",
            "type": "Person",
            "memberOf": {"id": "urn:epass:org:1", "type": "Organisation", "legalName": {"en": "School"}},
        },
        "issuer": "urn:epass:org:1",
        "@context": list(CONTEXTS),
    }
    model, findings = read_credential(members)
    assert findings == []
    assert model.issuer is not None and model.issuer.id == "urn:epass:org:1"


def test_a_cycle_ends_in_a_reference() -> None:
    members = tree([
        {**ROOT, CRED + "credentialSubject": [ref("urn:a")]},
        {"@id": "urn:a", ELM + "hasPart": [ref("urn:b")]},
        {"@id": "urn:b", ELM + "hasPart": [ref("urn:a"), ref("urn:b"), ref("urn:credential:1")]},
    ])  # fmt: skip
    part = {"id": "urn:b", "hasPart": ["urn:a", "urn:b", "urn:credential:1"]}
    assert members["credentialSubject"] == {"id": "urn:a", "hasPart": part}


def test_an_object_described_in_several_places_is_put_together_each_value_once() -> None:
    title = {"@value": "x", "@language": "en"}
    members = tree([
        {**ROOT, CRED + "credentialSubject": [{"@id": "urn:a", DC + "title": [title]}]},
        {"@id": "urn:a", DC + "title": [title, {"@value": "y", "@language": "de"}]},
        {"@id": "urn:a", "@type": [ELM + "Person"]},
    ])  # fmt: skip
    assert members["credentialSubject"] == {"id": "urn:a", "type": "Person", "title": {"en": "x", "de": "y"}}


def test_objects_in_a_tree_stay_where_they_stand() -> None:
    concept = {"@id": "urn:c", "@type": [NAMESPACES["skos"] + "Concept"]}
    members = tree([{**ROOT, ELM + "credentialProfiles": [concept], ELM + "gender": [dict(concept)]}])
    assert members["credentialProfiles"] == members["gender"] == {"id": "urn:c", "type": "Concept"}


def test_blank_labels_stay_only_where_something_points_at_them() -> None:
    members = tree([
        {"@type": KINDS, CRED + "issuer": [ref("_:o")], CRED + "credentialSubject": [{"@id": "_:p", ELM + "x": []}]},
        {"@id": "_:o", ELM + "hasPart": [ref("_:o")]},
    ])  # fmt: skip
    assert members["issuer"] == {"id": "_:o", "hasPart": "_:o"}
    assert members["credentialSubject"] == {ELM + "x": []}


def test_reversed_and_included_objects_find_their_places() -> None:
    document = {
        "@context": [*CONTEXTS, {"isSubjectOf": {"@reverse": CRED + "credentialSubject"}}],
        "@id": "urn:epass:person:1",
        "@type": "Person",
        "isSubjectOf": {"@id": "urn:credential:1", "@type": USUAL["type"], "issuer": "urn:epass:org:1"},
        "@included": {"@id": "urn:epass:org:1", "@type": "Organisation"},
    }
    members = tree(document)
    assert members["credentialSubject"] == {"id": "urn:epass:person:1", "type": "Person"}
    del document["@id"]
    nameless = tree({**document, "@included": []})
    assert nameless["credentialSubject"] == {"type": "Person"}


def test_a_graph_of_its_own_does_not_mix_with_the_credential() -> None:
    proof = {"@graph": [{"@id": "urn:a", "@type": [ELM + "Proof"]}]}
    document = [
        {**ROOT, NAMESPACES["sec"] + "proof": [proof], CRED + "evidence": [ref("urn:a")]},
        {"@id": "urn:a", "@type": [ELM + "Evidence"]},
    ]
    members = tree(document)
    assert members["proof"] == {"id": "urn:a", "type": "Proof"}
    assert members["evidence"] == {"id": "urn:a", "type": "Evidence"}
    assert nquads(to_quads(members)) == nquads(to_quads(document))
    named = [{**ROOT, NAMESPACES["sec"] + "proof": [ref("_:g")]}, {"@id": "_:g", **proof}]
    assert tree(named)["proof"] == members["proof"]


@pytest.mark.parametrize(
    ("path", "value", "key", "written"),
    [
        (DC + "title", [{"@value": "x", "@language": "en"}], "title", {"en": "x"}),
        (DC + "title", [{"@value": "x", "@language": "en"}, {"@value": "y", "@language": "en"}], "title",
         {"en": ["x", "y"]}),
        (DC + "title", [{"@value": "x"}], "title", "x"),
        (DC + "title", [{"@value": "x", "@type": XSD + "token"}], "title", [{"@value": "x", "@type": XSD + "token"}]),
        (DC + "title", [{"@value": "x", "@language": "en"}, {"@value": "y"}], "title",
         [{"@value": "x", "@language": "en"}, {"@value": "y"}]),
        (ELM + "page", [{"@value": 7, "@type": XSD + "positiveInteger"}], "page", 7),
        (ELM + "page", [{"@value": "7", "@type": XSD + "positiveInteger"}], "page", "7"),
        (ELM + "page", [{"@value": 7}], "page", {"@value": 7}),
        (ELM + "page", [{"@value": "7", "@type": XSD + "int"}], "page", {"@value": "7", "@type": XSD + "int"}),
        (ELM + "content", [{"@value": "x"}], "content", "x"),
        (ELM + "content", [{"@value": "x", "@type": XSD + "string"}], "content", "x"),
        (NAMESPACES["skos"] + "notation", [{"@value": "x"}], "notation", "x"),
        (NAMESPACES["skos"] + "notation", [{"@value": 5}], "notation", 5),
        (NAMESPACES["skos"] + "notation", [{"@value": 5, "@type": XSD + "string"}], "notation",
         {"@value": 5, "@type": XSD + "string"}),
        (ELM + "hasClaim", [{"@value": "x"}], "hasClaim", {"@value": "x"}),
        (ELM + "hasClaim", [{"@value": 5}], "hasClaim", 5),
        (ELM + "hasClaim", [ref("urn:a"), ref("urn:b")], "hasClaim", ["urn:a", "urn:b"]),
        (ELM + "hasClaim", [{"@list": [ref("urn:a")]}], "hasClaim", {"@list": ["urn:a"]}),
        (ELM + "hasClaim", [], "hasClaim", []),
        (CRED + "validFrom", [{"@value": "2026", "@type": XSD + "dateTime"}], "validFrom", "2026"),
        ("urn:example:p", [{"@value": "x"}], "urn:example:p", "x"),
        ("urn:example:p", [ref("urn:a")], "urn:example:p", {"id": "urn:a"}),
        ("urn:example:p", [{"@value": {"a": 1}, "@type": "@json"}], "urn:example:p",
         {"@value": {"a": 1}, "@type": "@json"}),
        ("clv:latitude", [{"@value": "44.8"}], "latitude", "44.8"),
    ],
)  # fmt: skip
def test_each_value_is_written_as_its_term_takes_it_and_means_the_same(
    path: str, value: list[Any], key: str, written: Any
) -> None:
    document = [{**ROOT, path: value}]
    members = tree(document)
    assert members[key] == written
    assert sorted(to_quads(members)) == sorted(to_quads(document))


def test_a_term_of_the_w3c_is_written_only_in_an_object_of_its_type() -> None:
    moment = [{"@value": "2026-03-01T09:00:00Z", "@type": XSD + "dateTime"}]
    document = [{"@id": "urn:credential:1", "@type": KINDS[1:], CRED + "validFrom": moment}]
    members = tree(document)
    assert members[CRED + "validFrom"] == {"@value": moment[0]["@value"], "@type": XSD + "dateTime"}
    assert sorted(to_quads(members)) == sorted(to_quads(document))


def test_the_nearest_form_of_the_credential_types_comes_out_whatever_their_order() -> None:
    assert tree([{**ROOT, "@type": KINDS[::-1]}])["type"] == ["VerifiableCredential", "EuropeanDigitalCredential"]
    assert tree([{**ROOT, "@type": [*KINDS[::-1], "urn:x"]}])["type"][-1] == "urn:x"


def test_names_of_elm_3_3_and_3_1_are_read_as_those_of_3_2_and_reported() -> None:
    ontology, profile = ELM.replace("/elm/", "/ontology/"), ELM.replace("/elm/", "/application-profile/")
    document = [{
        "@id": "urn:credential:1", "@type": [KINDS[0], ontology + "EuropeanDigitalCredential"],
        CRED + "credentialSchema": [{"@id": profile + "edc-generic-full", "@type": [ontology + "ShaclValidator2017"]}],
        CRED + "credentialSubject": [{"@id": "urn:p", "@type": [ontology + "Person"], ontology + "order":
            [{"@value": 1, "@type": XSD + "positiveInteger"}], ELM + "nationalID": [ref("urn:n")]}],
    }]  # fmt: skip
    members, findings = to_compact(document)
    assert members["credentialSchema"]["id"] == ELM.replace("/elm/", "/ap/") + "edc-generic-full"
    assert members["credentialSubject"] == {"id": "urn:p", "type": "Person", "nationalID": "urn:n", "order": 1}
    assert [(finding.rule, finding.values["version"], finding.values["count"]) for finding in findings] == [
        ("ld/other-version", "3.1", 1), ("ld/other-version", "3.3", 5),
    ]  # fmt: skip
    model, more = read_credential(members)
    assert model.credential_subject is not None
    assert {"elm/newer-term"} <= set(rules(more))


def test_properties_that_the_context_forgot_are_read_from_their_iris() -> None:
    phone = {"@id": "urn:p", "@type": [ELM + "Phone"], ELM + "areaDialing": [{"@value": "11"}]}
    members = tree([{**ROOT, ELM + "phone": [phone]}])
    assert members["phone"]["areaDialing"] == "11"


def test_no_credential_and_several_are_reported() -> None:
    members, findings = to_compact([{"@id": "urn:p", "@type": [ELM + "Person"]}])
    assert members == {"@context": list(CONTEXTS)}
    assert rules(findings) == ["ld/no-credential"]
    members, findings = to_compact([{"@id": "urn:c", "@type": [KINDS[0]]}])
    assert members["id"] == "urn:c"
    assert rules(findings) == ["ld/no-credential"]
    members, findings = to_compact([ROOT, {**ROOT, "@id": "urn:credential:2"}])
    assert members["id"] == "urn:credential:1"
    assert rules(findings) == ["ld/several-credentials"]
    assert rules(to_compact({**USUAL, "type": "VerifiableCredential"})[1]) == ["ld/no-credential"]
    assert rules(to_compact({"@context": list(CONTEXTS), "@graph": []})[1]) == ["ld/no-credential"]


def test_a_credential_inside_another_is_not_a_second_one() -> None:
    inner = {**ROOT, "@id": "urn:credential:2"}
    person = {"@id": "urn:p", ELM + "hasCredential": [ref("urn:credential:2")]}
    members = tree([inner, person, {**ROOT, CRED + "credentialSubject": [ref("urn:p")]}])
    assert members["id"] == "urn:credential:1"
    assert members["credentialSubject"]["hasCredential"]["id"] == "urn:credential:2"


def test_a_credential_that_points_at_itself_is_found() -> None:
    assert tree([{**ROOT, ELM + "subject": [ref("urn:credential:1")]}])["elmSubject"] == "urn:credential:1"


def test_a_credential_in_a_graph_of_its_own_is_not_in_the_document_that_others_read() -> None:
    members, findings = to_compact({"@id": "urn:g", "@graph": [ROOT]})
    assert rules(findings) == ["ld/no-credential"]
    assert members == {"@context": list(CONTEXTS)}


def test_a_credential_without_contexts_is_read_as_though_it_had_them() -> None:
    bare = {name: value for name, value in USUAL.items() if name != "@context"}
    members, findings = to_compact(bare)
    assert members == USUAL
    assert rules(findings) == ["ld/no-context"]


def test_the_addresses_of_the_commissions_old_test_data_are_read_and_reported() -> None:
    members, findings = to_compact({**USUAL, "@context": [CONTEXTS[0], RETIRED[1]]})
    assert members["credentialSubject"]["givenName"] == {"en": "Ana"}
    assert [(finding.rule, finding.values["address"]) for finding in findings] == [("ld/retired-context", RETIRED[1])]


def test_an_id_that_starts_like_a_prefix_is_read_as_the_contexts_say_and_reported() -> None:
    members, findings = to_compact({**USUAL, "issuer": {"id": "org:1", "type": "Organisation"}})
    assert members["issuer"]["id"] == NAMESPACES["org"] + "1"
    assert [(finding.rule, finding.pointer) for finding in findings] == [("ld/id-taken-for-prefix", "/issuer/id")]


def test_what_other_contexts_drop_is_reported_where_it_stands_in_the_document() -> None:
    document = {**USUAL, "@context": [CONTEXTS[1], CONTEXTS[0]], "credentialSubject": [{"studentNumber": "7"}]}
    _, findings = to_compact(document)
    assert [(finding.rule, finding.pointer) for finding in findings] == [
        ("ld/dropped-term", "/credentialSubject/0/studentNumber")
    ]


def test_relative_ids_stay_as_they_are_written() -> None:
    members = tree({"@context": list(CONTEXTS), "@id": "../7", "@type": [*USUAL["type"], "Own"]})
    assert (members["id"], members["type"][-1]) == ("../7", "Own")


def test_a_chain_of_objects_that_is_too_long_is_refused() -> None:
    chain = [{"@id": f"urn:{n}", ELM + "hasPart": [ref(f"urn:{n + 1}")]} for n in range(300)]
    with pytest.raises(LimitError, match="lead more than 128 levels deep"):
        to_compact([{**ROOT, ELM + "hasPart": [ref("urn:0")]}, *chain])
    with pytest.raises(LimitError, match="nested too deep"):
        to_compact([{**ROOT, ELM + "hasPart": [ref("urn:0")]}, *chain * 10, *[
            {"@id": f"urn:{n}", ELM + "hasPart": [ref(f"urn:{n + 1}")]} for n in range(300, 3000)
        ]], limits=Limits(depth=100_000))  # fmt: skip


def test_a_small_document_cannot_become_a_large_tree() -> None:
    """Each of forty objects points twice at the next: written out, that would be a million million objects."""
    layers = [{"@id": f"urn:{n}", ELM + "hasPart": [ref(f"urn:{n + 1}")], ELM + "isPartOf": [ref(f"urn:{n + 1}")]}
              for n in range(40)]  # fmt: skip
    members = tree([{**ROOT, ELM + "hasPart": [ref("urn:0")]}, *layers])
    assert len(str(members)) < 10_000
