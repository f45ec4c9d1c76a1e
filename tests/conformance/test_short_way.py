"""A credential that is called spotless is one in which the long ways find nothing, whatever is done to it."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

from edc_microcred import validate
from edc_microcred.document import Document
from edc_microcred.elm import check_credential
from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Finding
from edc_microcred.jsonld import dropped_terms, is_usual, relative_iris
from edc_microcred.shapes import Graph
from edc_microcred.verification.spotless import is_spotless
from tests.conformance.mutants import Members, mutants, seeds
from tests.samples import credential_texts

MUTANTS = 3000


def graph_of(members: Members) -> Graph | None:
    try:
        return Graph.of(members)
    except UnreadableError:
        return None


def long_way(members: Members) -> list[Finding]:
    return [*check_credential(members), *dropped_terms(members), *relative_iris(members)]


def test_the_short_way_says_no_more_than_the_long_ones(reference: Path) -> None:
    samples = [json.loads(text) for _, text in credential_texts(reference)]
    faulty = [members for members, _ in islice(mutants(seeds(reference), seed=11), MUTANTS)]
    spotless = [0, 0]
    for number, members in enumerate((*samples, *faulty)):
        graph = graph_of(members)
        if graph is not None and is_spotless(graph):
            spotless[number >= len(samples)] += 1
            assert is_usual(members) and long_way(members) == []
    print(f"spotless: {spotless[0]} of {len(samples)} samples, {spotless[1]} of {len(faulty)} mutants")
    assert spotless[0] > 5 and 0 < spotless[1] < MUTANTS / 10


def test_the_findings_are_the_same_by_either_way(reference: Path, monkeypatch: Any) -> None:
    documents = [json.dumps(members).encode() for members, _ in islice(mutants(seeds(reference), seed=12), 300)]

    def findings() -> list[list[Finding]]:
        return [validate(Document(document), profile="generic-full") for document in documents]

    short = findings()
    monkeypatch.setattr("edc_microcred.verification.spotless.is_spotless", lambda _: False)
    assert short == findings()
