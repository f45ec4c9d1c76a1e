"""A credential that is called spotless is one in which the long ways find nothing, whatever is done to it."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

from edc_microcred import validate
from edc_microcred.conventions import check_conventions
from edc_microcred.document import Document
from edc_microcred.elm import check_credential
from edc_microcred.findings import Finding
from edc_microcred.jsonld import dropped_terms, is_usual, relative_iris
from edc_microcred.shapes import PROFILES, Graph, validator_for
from edc_microcred.verification.spotless import spotless
from tests.conformance.mutants import Members, mutants, seeds
from tests.samples import credential_texts

MUTANTS = 3000
_PROFILES = ("generic-full", "accredited", None)


def long_way(members: Members) -> list[Finding]:
    return [*check_credential(members), *dropped_terms(members), *relative_iris(members)]


def spotless_samples(reference: Path) -> list[Members]:
    samples = [json.loads(text) for _, text in credential_texts(reference)]
    return [members for members in samples if spotless(members, validator_for("generic-full"))]


def test_the_short_way_says_no_more_than_the_long_ones(reference: Path) -> None:
    samples = spotless_samples(reference)
    validators = [validator_for(name, elm) for name in PROFILES for elm in ("3.2", "3.1")]
    taken = 0
    for number, (members, _) in enumerate(islice(mutants(samples, seed=11), MUTANTS)):
        validator = validators[number % len(validators)]
        found = spotless(members, validator)
        if found is not None:
            taken += 1
            graph = Graph.of(members, elm=validator.elm)
            assert is_usual(members) and long_way(members) == [] and validator.validate(graph) == []
            assert sorted(map(repr, found.graph.triples())) == sorted(map(repr, graph.triples()))
            assert check_conventions(found.graph, remarkable=found.remarkable) == check_conventions(graph)
    print(f"spotless: {len(samples)} samples, {taken} of {MUTANTS} mutants of them")
    assert len(samples) >= 4 and MUTANTS / 100 < taken < MUTANTS / 2


def test_the_findings_are_the_same_by_either_way(reference: Path, monkeypatch: Any) -> None:
    of_all, of_spotless = mutants(seeds(reference), seed=12), mutants(spotless_samples(reference), seed=13)
    documents = [json.dumps(members).encode() for some in (of_all, of_spotless) for members, _ in islice(some, 300)]

    def findings() -> list[list[Finding]]:
        return [validate(Document(document), profile=profile) for document in documents for profile in _PROFILES]

    short = findings()
    monkeypatch.setattr("edc_microcred.verification.spotless.spotless", lambda *_, **__: None)
    assert short == findings()
