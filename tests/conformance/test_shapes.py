"""Our verdicts beside those of the published shapes, run by pyld and pySHACL."""

from pathlib import Path
from typing import Any

import pyshacl
import pytest
from pyld import jsonld
from rdflib import Graph as RdfGraph

from edc_microcred.shapes import PROFILES, Graph, ProfileValidator, validator_for
from edc_microcred.shapes.scopes import LANGUAGE, OTHER, PLAIN, TO_IRI, TYPED, scope
from edc_microcred.shapes.shacl import write_shacl
from tests.conformance.differential import generated_shapes, run, verdict_of
from tests.conformance.published_shapes import (
    CONTEXTS,
    FILES,
    Published,
    Verdict,
    expected,
    judged,
    quiet,
    read_sample,
    row,
)


@pytest.fixture(scope="module", params=["3.2", "3.1"])
def published(request: pytest.FixtureRequest, reference: Path) -> Published:
    return Published(reference, request.param)


@pytest.fixture(scope="module")
def published_3_2(reference: Path) -> Published:
    return Published(reference)


def test_verdict_and_violations_of_every_readable_sample_are_those_on_record(reference: Path) -> None:
    compared = rows = 0
    different = []
    for entry in expected(reference):
        graph = Graph.of(read_sample(reference, entry["file"]))
        for profile in FILES:
            recorded = Verdict(
                entry["conforms"][profile],
                frozenset(row(focus, path, constraint) for focus, path, constraint, _ in entry["violations"][profile]),
            )
            compared += 1
            rows += len(recorded.rows)
            if verdict_of(validator_for(profile).validate(graph)) != recorded:
                different.append((entry["file"], profile))
    print(f"{compared} verdicts of {compared // len(FILES)} samples, {rows} violations, {len(different)} different")
    assert different == []
    assert compared >= 186


@pytest.mark.slow
def test_mutants_of_the_samples_are_judged_as_by_the_published_shapes(reference: Path) -> None:
    outcome = run(reference, 200, seed=1)
    print(outcome)
    assert outcome.disagreements == []
    assert outcome.compared > 180
    assert outcome.conforming > 10
    assert outcome.components.keys() >= {
        f"{name}ConstraintComponent" for name in ("MinCount", "MaxCount", "Class", "Or", "Node", "Datatype", "NodeKind")
    }


@pytest.mark.slow
@pytest.mark.parametrize("elm", ["3.2", "3.1"])
def test_the_shacl_files_that_we_write_give_pyshacl_the_published_verdicts(reference: Path, elm: str) -> None:
    outcome = run(reference, 40, seed=2, elm=elm, generated=True)
    print(outcome)
    assert outcome.disagreements == []


def test_the_shacl_files_that_we_write_judge_the_samples_as_the_published_ones_do(published_3_2: Published) -> None:
    members = read_sample(published_3_2.reference, "eu-2023/Sample-CertOfPart-unsigned.jsonld")
    graph = published_3_2.graph(published_3_2.expanded(members))
    for profile in FILES:
        assert judged(graph, generated_shapes(profile, "3.2")) == published_3_2.verdict(graph, profile)


@pytest.mark.slow
def test_a_shacl_file_that_we_write_is_valid_shacl() -> None:
    shapes = RdfGraph().parse(data=write_shacl(PROFILES["diploma-supplement"]), format="turtle")
    with quiet():
        conforms_, _, report = pyshacl.validate(RdfGraph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms_, report


@pytest.mark.parametrize("profile", PROFILES)
def test_a_shacl_file_is_the_same_each_time_and_names_its_source(profile: str) -> None:
    text = write_shacl(PROFILES[profile])
    assert text == write_shacl(PROFILES[profile])
    assert f"<{PROFILES[profile].iri}>" in text
    assert RdfGraph().parse(data=text, format="turtle")


def test_each_term_means_what_the_published_contexts_make_of_it(published: Published) -> None:
    base, credential = active_contexts(published)
    ours = scope(published.elm)
    for terms, prefixes, theirs in (
        (ours.terms, ours.prefixes, base),
        (ours.credential.terms, ours.credential.prefixes, credential),
    ):
        mappings = {name: one for name, one in theirs["mappings"].items() if name not in ("id", "type")}
        assert {name: one[:3] for name, one in terms.items()} == {
            name: (one["@id"], coercion(one), one["@type"] if coercion(one) == TYPED else "")
            for name, one in mappings.items()
        }
        assert prefixes == {name: one["@id"] for name, one in mappings.items() if one["_prefix"]}


def active_contexts(published: Published) -> tuple[dict[str, Any], dict[str, Any]]:
    """pyld's tables of terms: those that hold everywhere, and those inside a VerifiableCredential."""
    from pyld.context_resolver import ContextResolver

    processor = jsonld.JsonLdProcessor()
    options = {"isFrame": False, "processingMode": "json-ld-1.1", "base": "", "documentLoader": published._load,
               "contextResolver": ContextResolver({}, published._load)}  # fmt: skip
    base = processor.process_context(processor._get_initial_context(options), CONTEXTS, options)
    scoped = base["mappings"]["VerifiableCredential"]["@context"]
    return base, processor._process_context(base, scoped, options, propagate=False)


def coercion(mapping: dict[str, Any]) -> int:
    container = mapping.get("@container") or []
    if "@graph" in container:
        return OTHER
    if "@language" in container:
        return LANGUAGE
    return {"@id": TO_IRI, None: PLAIN}.get(mapping.get("@type"), TYPED)


def test_3_1_and_3_2_judge_the_samples_as_their_own_published_shapes_do(published: Published) -> None:
    for name in ("eu-2023/Sample-MC-Annex1-unsigned.jsonld", "mynextid/edc-coe-example.json"):
        members = read_sample(published.reference, name)
        graph = published.graph(published.expanded(members))
        ours = validator_for("generic-full", published.elm).validate(members)
        assert verdict_of(ours) == published.verdict(graph, "generic-full")


def test_rdflib_takes_two_literals_for_one(published_3_2: Published) -> None:
    """A known disagreement, and rdflib's error: it turns "01" into "1" and "yes" into "false" while it reads.

    Literals are one only if their texts are, character by character (RDF 1.1 Concepts, 3.3), and sh:maxCount counts
    them (SHACL, 4.2.2). Apache Jena SHACL 5.6.0, asked about both data, says MaxCountConstraintComponent.
    """
    for name, values in (
        ("DisplayDetail", ("page", [1, "01"])),
        ("Qualification", ("isPartialQualification", [False, "yes"])),
    ):
        members = {"@context": CONTEXTS, "id": "urn:x:1", "type": name, values[0]: values[1]}
        expanded = published_3_2.expanded(members)
        as_rdflib_has_it = published_3_2.verdict(published_3_2.graph(expanded, normalized=True), "generic-no-cv")
        as_written = published_3_2.verdict(published_3_2.graph(expanded), "generic-no-cv")
        count = row("urn:x:1", f"http://data.europa.eu/snb/model/elm/{values[0]}", "MaxCountConstraintComponent")
        assert count not in as_rdflib_has_it.rows
        assert count in as_written.rows
        assert verdict_of(ProfileValidator("generic-no-cv").validate(members)) == as_written
