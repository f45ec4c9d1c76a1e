"""From JSON-LD to quads, N-Quads text and rdflib graphs, and back."""

import logging
from typing import Any

import pytest
from pyld import jsonld
from rdflib import BNode, Graph, Namespace, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.namespace import RDF, XSD

from edc_microcred.elm import NAMESPACES
from edc_microcred.errors import LimitError
from edc_microcred.jsonld import Literal, Quad, expand, from_graph, load, nquads, to_graph, to_quads
from edc_microcred.limits import Limits

P = "urn:example:p"
X = NAMESPACES["xsd"]
ELM = Namespace(NAMESPACES["elm"])


def literal(value: Any, **more: Any) -> str | Literal:
    """What a value of a property becomes in RDF."""
    (quad,) = to_quads({"@id": "urn:a", P: {"@value": value, **more}})
    return quad.object


@pytest.mark.parametrize(
    ("value", "more", "text", "datatype"),
    [
        ("x", {}, "x", "string"),
        ("5", {"@type": X + "integer"}, "5", "integer"),
        (5, {}, "5", "integer"),
        (5.0, {}, "5", "integer"),
        (5, {"@type": X + "positiveInteger"}, "5", "positiveInteger"),
        (12.5, {}, "1.25E1", "double"),
        (12.5, {"@type": X + "decimal"}, "1.25E1", "decimal"),
        (100, {"@type": X + "double"}, "1.0E2", "double"),
        ("100", {"@type": X + "double"}, "1.0E2", "double"),
        ("many", {"@type": X + "double"}, "many", "double"),
        (1e21, {}, "1.0E21", "double"),
        (10**400, {}, "INF", "double"),
        (-0.001, {}, "-1.0E-3", "double"),
        (True, {}, "true", "boolean"),
        (False, {"@type": X + "string"}, "false", "string"),
    ],
)
def test_values_become_the_literals_that_json_ld_says(value: Any, more: Any, text: str, datatype: str) -> None:
    assert literal(value, **more) == Literal(text, X + datatype)


@pytest.mark.parametrize("value", ["x", 5, 12.5, 100.0, True, 1e300, -7, 'say "hello"\\ \n\r\t'])
@pytest.mark.parametrize("datatype", ["", "double", "decimal", "integer", "string"])
def test_literals_are_written_as_pyld_writes_them(value: Any, datatype: str) -> None:
    document = {"@id": "urn:a", P: {"@value": value, **({"@type": X + datatype} if datatype else {})}}
    theirs: str = jsonld.JsonLdProcessor().to_rdf(document, {"format": "application/n-quads", "documentLoader": load})
    assert nquads(to_quads(document)) == theirs.replace("\\t", "\t")


def test_texts_keep_their_language_and_lose_ill_formed_ones() -> None:
    assert literal("x", **{"@language": "sr-Latn"}) == Literal("x", NAMESPACES["rdf"] + "langString", "sr-latn")
    assert to_quads({"@id": "urn:a", P: {"@value": "x", "@language": "sr_Latn"}}) == []


def test_json_literals_are_written_in_canonical_form() -> None:
    assert literal({"b": 1.0, "a": [True]}, **{"@type": "@json"}) == Literal(
        '{"a":[true],"b":1}', NAMESPACES["rdf"] + "JSON"
    )


def test_an_iri_that_is_not_absolute_is_no_part_of_the_graph() -> None:
    kinds = {"@type": ["Person", "urn:example:Person"]}
    document = [
        {"@id": "person-7", P: {"@value": "lost with its subject"}},
        {"@id": "urn:a", **kinds, P: [{"@id": "x y"}, {"@id": "//example.org/x"}, {"@id": "urn:b"}]},
    ]
    assert set(to_quads(document)) == {
        Quad("urn:a", NAMESPACES["rdf"] + "type", "urn:example:Person"),
        Quad("urn:a", P, "urn:b"),
    }
    assert [node["@id"] for node in expand(document)] == ["person-7", "urn:a"]


def test_with_a_base_relative_iris_are_completed() -> None:
    quads = to_quads({"@id": "person-7", P: {"@id": "../x"}}, base="https://example.org/a/")
    assert quads == [Quad("https://example.org/a/person-7", P, "https://example.org/x")]


def test_blank_nodes_are_named_anew_and_are_no_properties() -> None:
    quads = to_quads([{"@id": "_:x", P: [{}, {"@id": "_:x"}], "_:p": {"@value": "lost"}}])
    assert set(quads) == {Quad("_:b0", P, "_:b1"), Quad("_:b0", P, "_:b0")}


def test_lists_become_chains_and_an_empty_one_is_nil() -> None:
    rdf = NAMESPACES["rdf"]
    quads = to_quads({"@id": "urn:a", P: [{"@list": ["x", {"@id": "urn:b"}]}, {"@list": []}]})
    graph = to_graph({"@id": "urn:a", P: {"@list": ["x", {"@id": "urn:b"}]}})
    assert Quad("urn:a", P, rdf + "nil") in quads
    (head,) = graph.objects(URIRef("urn:a"), URIRef(P))
    assert list(graph.items(head)) == [RdflibLiteral("x"), URIRef("urn:b")]


def test_graphs_of_their_own_reversed_and_included_nodes_find_their_places() -> None:
    document = {
        "@id": "urn:a",
        P: {"@id": "urn:g", "@graph": {"@id": "urn:in", P: "x"}},
        "@reverse": {P: {"@id": "urn:before"}},
        "@included": {"@id": "urn:beside", P: "y"},
    }
    string = X + "string"
    assert set(to_quads(document)) == {
        Quad("urn:a", P, "urn:g"),
        Quad("urn:in", P, Literal("x", string), "urn:g"),
        Quad("urn:before", P, "urn:a"),
        Quad("urn:beside", P, Literal("y", string)),
    }
    assert '<urn:in> <urn:example:p> "x" <urn:g> .\n' in nquads(to_quads(document))
    assert len(to_graph(document)) == 3


def test_a_statement_made_twice_is_one() -> None:
    assert len(to_quads([{"@id": "urn:a", P: ["x", "x"]}, {"@id": "urn:a", P: "x"}])) == 1


def test_a_graph_keeps_the_spelling_of_its_literals() -> None:
    graph = to_graph({"@id": "urn:a", P: {"@value": "01", "@type": X + "integer"}})
    assert str(next(graph.objects())) == "01"


def test_a_literal_that_is_none_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="rdflib"):
        to_graph({"@id": "urn:a", P: {"@value": "born in May", "@type": X + "dateTime"}})
        assert caplog.records == []
        RdflibLiteral("not ours", datatype=XSD.dateTime)  # the log of others is not silenced
        assert [record.name for record in caplog.records] == ["rdflib.term"]


def test_numbers_and_truth_come_back_from_a_graph_as_json_has_them() -> None:
    graph = Graph()
    credential = URIRef("urn:credential:1")
    graph.add((credential, RDF.type, ELM.EuropeanDigitalCredential))
    graph.add((credential, ELM.displayParameter, BNode("d")))
    for text in ("7", "+8", "010"):
        graph.add((BNode("d"), ELM.page, RdflibLiteral(text, datatype=XSD.positiveInteger, normalize=False)))
    graph.add((BNode("d"), ELM.isPartialQualification, RdflibLiteral("true", datatype=XSD.boolean)))
    members, findings = from_graph(graph)
    assert findings == []
    assert members["displayParameter"] == {"page": ["+8", "010", 7], "isPartialQualification": True}


def test_a_graph_beyond_the_limits_is_refused() -> None:
    graph = Graph()
    for number in range(20):
        graph.add((URIRef(f"urn:{number}"), ELM.hasPart, URIRef(f"urn:{number + 1}")))
    graph.add((URIRef("urn:0"), RDF.type, ELM.EuropeanDigitalCredential))
    with pytest.raises(LimitError, match="triples"):
        from_graph(graph, limits=Limits(members=10))
    with pytest.raises(LimitError, match="levels deep"):
        from_graph(graph, limits=Limits(depth=10))
