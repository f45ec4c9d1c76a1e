"""Mutants of the published samples, judged by the published shapes (pyld and pySHACL) and by ours.

    python -m tests.conformance.differential --count 10000 --seed 1

prints how many were compared and every disagreement, and ends with 1 if there is one. A mutant is held to one profile.
Compared are conforms and the set of (focus node, path, constraint component); with `--generated` also what pySHACL
says of the same data by the SHACL files that are written from the models.
"""

import argparse
import itertools
import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import Graph as RdfGraph

from edc_microcred.findings import Finding
from edc_microcred.shapes import PROFILES, Graph, conforms, validator_for
from edc_microcred.shapes.shacl import write_shacl
from tests.conformance.mutants import mutants, seeds
from tests.conformance.published_shapes import FILES, NotReadableError, Published, Row, Verdict, judged, row
from tests.conftest import reference_folder


@dataclass
class Outcome:
    """What a run found. `unreadable` mutants are those that pyld or rdflib refuses, so that nothing can be compared."""

    compared: int = 0
    conforming: int = 0
    unreadable: int = 0
    straight: int = 0
    components: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        components = ", ".join(
            f"{name.removesuffix('ConstraintComponent')} {n}" for name, n in self.components.most_common()
        )
        return (
            f"{self.compared} mutants compared ({self.conforming} conform, {self.straight} read without pyld), "
            f"{self.unreadable} that pyld or rdflib refuses, {len(self.disagreements)} disagreements; {components}"
        )


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    found = list(findings)
    rows = frozenset(row(one.focus or "", one.path, one.constraint) for one in found if one.constraint)
    return Verdict(conforms(found), rows)


def said(findings: Iterable[Finding]) -> Counter[tuple[str, Row, str]]:
    """Rule, place and value of each finding, whatever way the graph was read."""
    return Counter(
        (one.rule, row(one.focus or "", one.path, one.constraint or ""), "_:" if value.startswith("_:") else value)
        for one in findings
        for value in (str(one.values.get("value")),)
    )


def run(reference: Path, count: int, seed: int, *, elm: str = "3.2", generated: bool = False) -> Outcome:
    """Compares `count` mutants, unreadable ones included."""
    published = Published(reference, elm)
    profiles = itertools.cycle(FILES)
    outcome = Outcome()
    for (members, done), profile in itertools.islice(
        zip(mutants(seeds(reference), seed), profiles, strict=False), count
    ):
        differences = compare(published, members, profile, outcome, generated=generated)
        if differences:
            case = json.dumps(members, ensure_ascii=False)
            outcome.disagreements.append(f"{profile}, after {', '.join(done)}: {differences}\n  {case}")
    return outcome


def compare(published: Published, members: dict[str, Any], profile: str, outcome: Outcome, *, generated: bool) -> str:
    """What is different between the two verdicts, empty when nothing is."""
    graph = Graph.of(members, elm=published.elm) if _is_readable(published, members) else None
    try:
        expanded = published.expanded(members)
        theirs = published.graph(expanded)
        verdict = published.verdict(theirs, profile)
    except NotReadableError:
        outcome.unreadable += 1
        return ""
    if graph is None:
        return "ours cannot be read"
    outcome.compared += 1
    outcome.straight += graph.scope is not None
    outcome.conforming += verdict.conforms
    outcome.components.update({component for _, _, component in verdict.rows})
    validator = validator_for(profile, published.elm)
    findings = validator.validate(graph)
    ours = verdict_of(findings)
    parts = []
    if ours != verdict:
        parts.append(f"ours {sorted(ours.rows - verdict.rows)} theirs {sorted(verdict.rows - ours.rows)}")
    other = said(validator.validate(Graph.from_expanded(expanded)))
    if said(findings) != other:
        parts.append(f"straight {said(findings) - other} expanded {other - said(findings)}")
    if generated:
        again = judged(theirs, generated_shapes(profile, published.elm))
        if again != verdict:
            parts.append(f"generated {sorted(again.rows - verdict.rows)} published {sorted(verdict.rows - again.rows)}")
    return "; ".join(parts)


def _is_readable(published: Published, members: dict[str, Any]) -> bool:
    from edc_microcred.errors import UnreadableError

    try:
        Graph.of(members, elm=published.elm)
    except UnreadableError:
        return False
    return True


@cache
def generated_shapes(profile: str, elm: str) -> RdfGraph:
    return RdfGraph().parse(data=write_shacl(PROFILES[profile], elm=elm), format="turtle")


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare our verdicts with those of the published shapes.")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--elm", choices=("3.2", "3.1"), default="3.2")
    parser.add_argument("--generated", action="store_true", help="judge by the SHACL files that we write, too")
    arguments = parser.parse_args()
    reference = reference_folder()
    if reference is None:
        print("The published reference material is not at hand: set EDC_MICROCRED_REFERENCE.", file=sys.stderr)
        return 2
    outcome = run(reference, arguments.count, arguments.seed, elm=arguments.elm, generated=arguments.generated)
    for disagreement in outcome.disagreements:
        print(disagreement)
    print(f"seed {arguments.seed}: {outcome}")
    return 1 if outcome.disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
