"""The graph read straight from JSON is the graph that a JSON-LD processor makes of it."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.errors import ContextError, LimitError, UnreadableError
from edc_microcred.shapes.expanded import graph_of_document
from edc_microcred.shapes.graph import Graph, Node, NotCanonicalError
from edc_microcred.shapes.places import Places

ELM = "http://data.europa.eu/snb/model/elm/"
DC = "http://purl.org/dc/terms/"
CRED = "https://www.w3.org/2018/credentials#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def document(members: dict[str, Any]) -> dict[str, Any]:
    return {"@context": list(CONTEXTS), **members}


def statements(graph: Graph) -> Counter[Any]:
    """The triples, blank nodes without their labels."""

    def plain(part: Any) -> Any:
        return "_:" if isinstance(part, str) and part.startswith("_:") else part

    return Counter((plain(subject), predicate, plain(thing)) for subject, predicate, thing in graph.triples())


def straight(members: dict[str, Any]) -> Graph:
    graph = Graph.of(document(members))
    assert graph.scope is not None, "a JSON-LD processor had to help"
    return graph


def one(graph: Graph, iri: str) -> Node:
    (node,) = (node for node in graph.nodes if node.iri == iri)
    return node


def test_objects_with_one_id_are_one_node_with_the_values_of_both() -> None:
    graph = straight({"id": "urn:x:1", "type": "Person", "hasClaim": [
        {"id": "urn:x:2", "type": "LearningActivity", "title": {"en": "a"}},
        {"id": "urn:x:2", "type": "LearningAchievement", "title": {"en": "a", "de": "b"}}]})  # fmt: skip
    node = one(graph, "urn:x:2")
    assert set(node.types) == {ELM + "LearningActivity", ELM + "LearningAchievement"}
    assert node.values[DC + "title"] == [("a", RDF + "langString", "en"), ("b", RDF + "langString", "de")]
    assert one(graph, "urn:x:1").values[ELM + "hasClaim"] == [node]


def test_objects_that_repeat_each_other_are_read_once_and_count_once() -> None:
    language = {"id": "urn:x:eng", "type": "Concept", "prefLabel": {"en": "English"}}
    graph = straight({"id": "urn:x:1", "type": "DisplayParameter", "language": [language, dict(language)]})
    assert len(one(graph, "urn:x:eng").described) == 1
    assert len(one(graph, "urn:x:1").values[DC + "language"]) == 1


def test_objects_without_an_id_are_different_even_where_the_object_around_them_repeats() -> None:
    holder = {"id": "urn:x:2", "type": "Organisation", "location": {"type": "Location"}}
    graph = straight({"id": "urn:x:1", "type": "Person", "groupMemberOf": [holder, dict(holder)]})
    assert sum(DC + "Location" in node.types for node in graph.nodes) == 2


def test_numbers_and_truth_values_that_python_takes_for_equal_stay_apart() -> None:
    detail = {"id": "urn:x:2", "type": "DisplayDetail", "page": 1}
    graph = straight(
        {"id": "urn:x:1", "type": "IndividualDisplay", "displayDetail": [detail, {**detail, "page": True}]}
    )
    texts = {value[0] for value in one(graph, "urn:x:2").values[ELM + "page"]}
    assert texts == {"1", "true"}


def test_the_w3cs_terms_mean_something_only_in_the_credential_itself() -> None:
    graph = straight({"id": "urn:x:1", "type": ["VerifiableCredential"], "issuer": {
        "id": "urn:x:2", "type": "Organisation", "issuer": {"id": "urn:x:3", "type": "Organisation"}}})  # fmt: skip
    assert one(graph, "urn:x:1").values.keys() == {CRED + "issuer"}
    assert one(graph, "urn:x:2").values == {}
    assert [key for _, key in graph.dropped] == ["issuer"]


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (7, ("7", XSD + "positiveInteger", None)),
        (3.0, ("3", XSD + "positiveInteger", None)),
        (12.5, ("1.25E1", XSD + "positiveInteger", None)),
        (10**25, ("1.0E25", XSD + "positiveInteger", None)),
        (True, ("true", XSD + "positiveInteger", None)),
        ("07", ("07", XSD + "positiveInteger", None)),
    ],
)
def test_a_scalar_becomes_the_literal_of_its_terms_datatype(value: Any, literal: Any) -> None:
    graph = straight({"id": "urn:x:1", "type": "DisplayDetail", "page": value})
    assert one(graph, "urn:x:1").values[ELM + "page"] == [literal]


def test_a_text_without_a_language_is_a_plain_text_and_a_list_of_language_maps_is_no_text() -> None:
    plain = straight({"id": "urn:x:1", "type": "Note", "noteLiteral": "x"})
    assert one(plain, "urn:x:1").values[ELM + "noteLiteral"] == [("x", XSD + "string", None)]
    listed = straight({"id": "urn:x:1", "type": "Note", "noteLiteral": [{"en": "x"}]})
    (value,) = one(listed, "urn:x:1").values[ELM + "noteLiteral"]
    assert isinstance(value, Node) and value.values == {}


def test_tags_are_compared_without_regard_to_case_and_ill_formed_ones_are_reported() -> None:
    graph = straight({"id": "urn:x:1", "type": "Note", "noteLiteral": {"EN": "x", "sr_Latn": "y", "@none": "z"}})
    assert one(graph, "urn:x:1").values[ELM + "noteLiteral"] == [
        ("x", RDF + "langString", "en"), ("z", XSD + "string", None)]  # fmt: skip
    assert [tag for _, _, tag in graph.bad_language] == ["sr_Latn"]


def test_a_date_that_the_context_takes_for_an_iri_is_lost() -> None:
    graph = straight({"id": "urn:x:1", "type": "Person", "dateModified": "2026-03-01T09:00:00Z"})
    assert one(graph, "urn:x:1").values == {}


def test_an_object_whose_id_is_no_iri_is_no_node_but_those_in_it_are() -> None:
    graph = straight({"id": "urn:x:1", "type": "Person", "hasClaim": {
        "id": "urn:x 2", "type": "LearningActivity", "awardedBy": {"id": "urn:x:3"}}})  # fmt: skip
    assert {node.iri for node in graph.nodes} == {"urn:x:1", "urn:x:3"}
    assert one(graph, "urn:x:1").values == {}


FORMS: list[dict[str, Any]] = [
    {"id": "urn:x:1", "type": "elm:Person", "elm:hasClaim": {"type": "LearningActivity"}},
    {"id": "elm:x", "type": ["Person", "Unknown", "http://example.org/T"], "hasClaim": "elm:x"},
    {"type": "Person", "givenName": {"en": ["a", "b", None], "EN": "a"}, "familyName": None, "hasClaim": []},
    {"type": "Person", "hasClaim": [[{"type": "LearningActivity"}, [{"id": "7"}]], None, {}, 5, True, 1.5]},
    {"type": "VerifiableCredential", "credentialSchema": {"id": "cred:x", "type": "JsonSchemaValidator2018",
        "JsonSchemaValidator2018": {"type": "Note"}, "holder": {"type": "VerifiableCredential", "issuer": "urn:x:2"}}},
    {"type": ["VerifiableCredential", "Person"], "holder": {"id": "_:b0", "type": "Person"}, "issuer": {"id": "_:b0"}},
    {"type": "Geometry", "latitude": "44.8", "longitude": 20.4},
    {"type": "title", "title": {}, "Person": {"type": "Note"}, "elm": "x", "": "y", "urn:x:p": {"id": ""}},
    {"type": "Person", "https://example.org/p": ["x", 7, {"id": "urn:x:5", "type": "Note"}], "_:p": {"type": "Note"}},
]  # fmt: skip


@pytest.mark.parametrize("members", FORMS, ids=range(len(FORMS)))
def test_both_ways_give_the_same_graph(members: dict[str, Any]) -> None:
    assert statements(straight(members)) == statements(graph_of_document(document(members), elm="3.2"))


@pytest.mark.parametrize(
    "members",
    [
        {"@id": "urn:x:1", "type": "Person"},
        {"type": "Person", "hasClaim": {"@id": "urn:x:1"}},
        {"type": "Person", "hasClaim": {"@context": {}, "type": "LearningActivity"}},
        {"type": "VerifiableCredential", "proof": {"type": "Proof"}},
        {"type": "VerifiablePresentation", "verifiableCredential": {"type": "EuropeanDigitalCredential"}},
        {"type": "Person", "rdf:type": {"id": "elm:Agent"}},
        {"type": "Person", "hasClaim": "@type"},
    ],
)
def test_what_only_a_processor_can_read_is_left_to_it(members: dict[str, Any]) -> None:
    with pytest.raises(NotCanonicalError):
        Graph.from_canonical(document(members))
    assert Graph.of(document(members)).scope is None


def test_expanded_flattened_and_aliased_forms_give_the_same_graph() -> None:
    compact = document({"id": "urn:x:1", "type": "Person", "givenName": {"en": "Ana"}, "hasClaim": {
        "id": "urn:x:2", "type": "LearningActivity"}})  # fmt: skip
    flattened = document({"@graph": [
        {"@id": "urn:x:1", "@type": "elm:Person", "foaf:givenName": {"@value": "Ana", "@language": "en"},
         "elm:hasClaim": {"@id": "urn:x:2"}}, {"@id": "urn:x:2", "@type": "LearningActivity"}]})  # fmt: skip
    assert statements(Graph.of(compact)) == statements(Graph.of(flattened))


def test_a_class_that_the_document_puts_below_another_counts_as_both() -> None:
    graph = Graph.of(document({"@graph": [
        {"id": "urn:x:Tutor", "rdfs:subClassOf": {"id": "urn:x:Helper"}}, {"id": "urn:x:1", "type": "urn:x:Tutor"},
        {"id": "urn:x:Helper", "rdfs:subClassOf": {"id": "elm:Person"}}]}))  # fmt: skip
    assert ELM + "Person" in one(graph, "urn:x:1").types


def test_an_unknown_context_is_refused_and_nothing_is_fetched() -> None:
    with pytest.raises(ContextError):
        Graph.of({"@context": "https://example.org/context", "type": "Person"})


def test_a_document_that_is_nested_too_deep_is_refused() -> None:
    members: dict[str, Any] = {"type": "Person"}
    for _ in range(3_000):
        members = {"type": "Person", "hasClaim": members}
    with pytest.raises(LimitError):
        Graph.of(document(members))


def test_many_types_many_values_and_many_descriptions_of_one_object_take_time_in_proportion() -> None:
    """Each of these would take minutes, were it quadratic."""
    count = 20_000
    claims = [{"id": "urn:x:2", "type": f"urn:t:{n}", "title": {"en": str(n)}} for n in range(count)]
    graph = straight({"id": "urn:x:1", "type": "Person", "hasClaim": claims})
    node = one(graph, "urn:x:2")
    assert (len(node.types), len(node.values[DC + "title"])) == (count, count)


def test_places_are_those_of_the_document() -> None:
    graph = straight({"id": "urn:x:1", "type": "Person", "givenName": {"en": ["a", "b"]}, "hasClaim": [
        {"id": "urn:x:2", "type": "Note"}, [{"type": "Note"}], "urn:x:3", 7]})  # fmt: skip
    person = one(graph, "urn:x:1")
    places = Places(graph)
    claims = ELM + "hasClaim"
    assert [places.of(person, claims, value) for value in person.values[claims]] == [
        "/hasClaim/0", "/hasClaim/1/0", "/hasClaim/2", "/hasClaim/3"]  # fmt: skip
    names = "http://xmlns.com/foaf/0.1/givenName"
    assert [places.of(person, names, value) for value in person.values[names]] == ["/givenName/en/0", "/givenName/en/1"]
    assert (places.of(person, claims), places.of(person)) == ("/hasClaim", "")


# fmt: off
NAMES = st.sampled_from(["id", "type", "title", "hasClaim", "page", "issuer", "content", "dateModified", "notation",
                         "credentialSchema", "elm:hasClaim", "unknown", "@id", "@type", "@value", "proof", "urn:p"])
TEXTS = st.sampled_from(["Person", "VerifiableCredential", "EuropeanDigitalCredential", "Note", "elm:Note", "urn:x:1",
                         "urn:x:2", "7", "a b", "_:b1", "", "en", "2026-03-01T09:00:00Z", "@id"]) | st.text(max_size=5)
# fmt: on
SCALARS = st.none() | st.booleans() | st.integers(-(10**25), 10**25) | st.floats(allow_nan=False, allow_infinity=False)
VALUES: st.SearchStrategy[Any] = st.recursive(
    TEXTS | SCALARS,
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(NAMES, below, max_size=5)
        | st.dictionaries(st.sampled_from(["en", "EN", "sr-Latn", "@none", "x_y"]), below, max_size=2)
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=6))
def test_any_json_gives_the_processors_graph_or_a_clear_refusal(members: dict[str, Any]) -> None:
    try:
        expected = graph_of_document(document(members), elm="3.2")
    except UnreadableError:
        with pytest.raises(UnreadableError):
            Graph.of(document(members))
        return
    assert statements(Graph.of(document(members))) == statements(expected)
