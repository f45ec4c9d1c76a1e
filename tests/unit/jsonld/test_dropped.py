"""What the contexts drop is named, with its place, what it is, and what was meant."""

from typing import Any

import pytest

from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.errors import LimitError, UnreadableError
from edc_microcred.jsonld import dropped_terms, relative_iris
from edc_microcred.jsonld.look_alikes import plain, strange_letters
from edc_microcred.limits import Limits


def credential(**members: Any) -> dict[str, Any]:
    kinds = ["VerifiableCredential", "EuropeanDigitalCredential"]
    return {"@context": list(CONTEXTS), "id": "urn:credential:1", "type": kinds, **members}


def person(**members: Any) -> dict[str, Any]:
    return credential(credentialSubject={"id": "urn:p", "type": "Person", **members})


def found(document: Any) -> list[tuple[str, str, object]]:
    return [(finding.rule, finding.pointer, finding.values.get("meant")) for finding in dropped_terms(document)]


def test_nothing_is_dropped_from_a_credential_in_the_terms_of_the_contexts() -> None:
    assert found(person(givenName={"en": "Ana", "sr-Latn": "Ana"}, hasClaim=[{"type": "LearningActivity"}])) == []


@pytest.mark.parametrize(
    ("member", "meant"),
    [
        ("givenNam", "givenName"),
        ("GivenName", "givenName"),
        ("hasClaims", "hasClaim"),
        ("titel", "title"),
        ("resultDestribution", "resultDistribution"),
        ("descriptionHTML", "descriptionHtml"),
        ("contentUrl", "contentURL"),
        ("studentNumber", ""),
        ("cnf", ""),
        ("areaDialing", ""),
        ("x" * 5000, ""),
    ],
)
def test_a_dropped_member_is_named_with_the_term_that_was_meant(member: str, meant: str) -> None:
    assert found(person(**{member: {"en": "Ana"}})) == [("ld/dropped-term", f"/credentialSubject/{member}", meant)]
    (finding,) = dropped_terms(person(**{member: {"en": "Ana"}}))
    assert finding.values["kind"] == "an object"
    assert "Ana" not in finding.message
    assert ("Did you mean" in finding.message) is bool(meant)
    assert len(finding.message) < 400


@pytest.mark.parametrize(
    ("value", "kind"),
    [("Ana", "text"), (7, "a number"), (1.5, "a number"), (True, "true or false"), (None, "nothing"), ([], "a list")],
)
def test_of_the_value_only_its_kind_is_told(value: Any, kind: str) -> None:
    (finding,) = dropped_terms(person(studentNumber=value))
    assert f"({kind})" in finding.message
    assert "Ana" not in str(finding)


@pytest.mark.parametrize(
    ("member", "meant", "letter"),
    [
        ("eIDAS\u0399dentifier", "eIDASIdentifier", "GREEK CAPITAL LETTER IOTA"),
        ("titl\u0435", "title", "CYRILLIC SMALL LETTER IE"),
        ("given\u200bName", "givenName", "ZERO WIDTH SPACE"),
        ("\uff54itle", "title", "FULLWIDTH LATIN SMALL LETTER T"),
        ("title ", "title", "SPACE"),
        ("v\u0430lidFrom", "validFrom", "CYRILLIC SMALL LETTER A"),
    ],
)
def test_a_name_with_a_letter_that_only_looks_right_is_told_by_its_letter(member: str, meant: str, letter: str) -> None:
    assert found(person(**{member: "x"})) == [("ld/look-alike-term", f"/credentialSubject/{member}", meant)]
    (finding,) = dropped_terms(person(**{member: "x"}))
    assert letter in finding.message


def test_letters_that_look_like_others_are_told_from_those_that_do_not() -> None:
    assert plain("Основе") == "Ocнoвe"
    assert plain("title") == "title"
    assert strange_letters("title") == []
    assert strange_letters("тtіm") == ["CYRILLIC SMALL LETTER TE", "CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I"]


def test_what_stands_below_a_dropped_member_is_not_looked_at() -> None:
    assert len(found(person(own={"own": {"own": "x"}}))) == 1


def test_the_terms_of_the_w3c_are_dropped_outside_their_types() -> None:
    (finding,) = dropped_terms(person(validFrom="2026-03-01T09:00:00Z"))
    assert (finding.rule, finding.pointer) == ("ld/term-out-of-scope", "/credentialSubject/validFrom")
    assert "of type VerifiableCredential" in finding.message
    assert found({**credential(issuer="urn:o"), "type": "EuropeanDigitalCredential"})[0][0] == "ld/term-out-of-scope"
    assert found({**credential(holder="urn:o"), "type": "VerifiablePresentation"}) == []
    assert found(credential(credentialSubject={"type": "VerifiableCredential", "validFrom": "x"})) == []


def test_the_terms_of_a_proof_hold_in_an_object_of_its_type() -> None:
    proof = {"type": "Ed25519Signature2018", "jws": "x", "proofPurpose": {"assertionMethod": "urn:k"}}
    assert found(credential(proof=proof)) == []
    (finding,) = dropped_terms(credential(proof={**proof, "type": "Own"}))[:1]
    assert (finding.rule, finding.pointer) == ("ld/dropped-term", "/proof/jws")


def test_a_language_map_in_a_list_is_an_object_whose_languages_are_dropped() -> None:
    assert found(person(givenName=[{"en": "Ana"}])) == [("ld/dropped-term", "/credentialSubject/givenName/0/en", "")]


def test_pointers_are_escaped() -> None:
    assert found(person(**{"a/b~c": 1}))[0][1] == "/credentialSubject/a~1b~0c"


@pytest.mark.parametrize("contexts", [[CONTEXTS[1], CONTEXTS[0]], [*CONTEXTS, {"own": "urn:example:own"}]], ids=str)
def test_other_documents_are_looked_through_by_expanding_them(contexts: Any) -> None:
    document = {**person(givenNam="x", own=[{"a": 1}]), "@context": contexts}
    assert found(document)[0] == ("ld/dropped-term", "/credentialSubject/givenNam", "givenName")
    below = "/credentialSubject/own/0/a" if len(contexts) == 3 else "/credentialSubject/own"
    assert found(document)[1][1] == below


def test_a_term_that_the_document_takes_away_is_reported() -> None:
    document = {**person(givenName={"en": "Ana"}), "@context": [*CONTEXTS, {"givenName": None}]}
    assert found(document) == [("ld/dropped-term", "/credentialSubject/givenName", "givenName")]
    (finding,) = dropped_terms(document)
    assert "this file's own contexts do not" in finding.message
    assert "Did you mean" not in finding.message


def test_blank_nodes_as_properties_are_reported() -> None:
    assert found([{"@id": "urn:a", "_:p": "x", "urn:p": "x"}]) == [("ld/dropped-term", "/0/_:p", "")]


@pytest.mark.parametrize("context", [None, "https://www.w3.org/ns/credentials/v2", 7], ids=str)
def test_a_document_whose_contexts_cannot_be_used_is_taken_as_though_it_had_the_right_ones(context: Any) -> None:
    document = person(studentNumber="7")
    document.pop("@context")
    if context is not None:
        document["@context"] = context
    assert found(document) == [("ld/dropped-term", "/credentialSubject/studentNumber", "")]


def test_an_object_that_is_no_json_ld_is_looked_through_by_its_names() -> None:
    document = {**person(studentNumber="7", givenName={"en": 5}), "@graph": None}
    assert found(document) == [("ld/dropped-term", "/credentialSubject/studentNumber", "")]
    with pytest.raises(UnreadableError, match="invalid @graph value"):
        dropped_terms([document])


def test_many_faults_stop_at_the_limit() -> None:
    document = person(**{f"own{n}": n for n in range(50)})
    assert len(found(document)) == 50
    with pytest.raises(LimitError, match="more than 49 faults"):
        dropped_terms(document, limits=Limits(findings=49))


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"id": "person-7"}, "/credentialSubject/id"),
        ({"id": ""}, "/credentialSubject/id"),
        ({"type": ["Person", "Student"]}, "/credentialSubject/type/1"),
        ({"dateModified": "2026-03-01T09:00:00Z"}, "/credentialSubject/dateModified"),
        ({"hasClaim": ["urn:a", "b"]}, "/credentialSubject/hasClaim/1"),
        ({"groupMemberOf": {"id": "ana@example.org"}}, "/credentialSubject/groupMemberOf/id"),
    ],
)  # fmt: skip
def test_an_iri_that_is_not_absolute_is_named_by_its_member_and_not_by_its_text(
    members: dict[str, Any], pointer: str
) -> None:
    (finding,) = relative_iris(person(**members))
    assert (finding.rule, finding.pointer) == ("ld/relative-iri", pointer)
    assert "ana@" not in str(finding)


def test_absolute_iris_blank_labels_and_texts_are_no_relative_iris() -> None:
    schema = {"id": "urn:s", "type": "JsonSchemaValidator2018"}
    assert (
        relative_iris(person(id="_:b0", hasClaim="urn:a", givenName={"en": "Ana"}, nationalID={"id": "did:x:y"})) == []
    )
    assert relative_iris(credential(credentialSchema=schema)) == []
    assert len(relative_iris(credential(evidence=schema))) == 1
