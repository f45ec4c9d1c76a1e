"""The SHACL files that we write, used by Apache Jena: it judges samples by them as by the published shapes."""

import json
from pathlib import Path

import pytest

from tests.conformance.published_shapes import CREDENTIALS_V1, EDC_AP, FILES, RETIRED, read_sample
from tests.conftest import ROOT, cannot_run
from tests.interop.jena_judge import missing, verdicts

pytestmark = pytest.mark.interop

WITHOUT_PROFILE = "edc-test/cred1.jsonld"
SAMPLES = (
    "eu-2023/Sample-MC-Annex1-unsigned.jsonld",
    "eu-2024/Sample-CertOfPart-signed.jsonld",
    "eu-2024/Sample-MastersDegree-signed.jsonld",
    "mynextid/edc-coe-example.json",
    WITHOUT_PROFILE,
)
"""Some that conform to one profile, to several and to none, with and without results from their coded values.

Not all can be asked: Jena reads no text whose language is none ("RiotException: c != java.lang.String").
"""


def test_jena_judges_samples_by_our_shacl_files_as_by_the_published_shapes(reference: Path) -> None:
    if reason := missing():
        cannot_run(reason)
    contexts = dict.fromkeys((EDC_AP, *RETIRED), reference / "elm-3.2" / "edc-ap-context.jsonld")
    contexts[CREDENTIALS_V1] = reference / "w3c" / "credentials-v1.jsonld"
    cells = [(name, profile) for name in SAMPLES for profile in FILES]
    contents = {name: json.dumps(read_sample(reference, name)).encode() for name in SAMPLES}
    theirs = {p: [reference / "elm-3.2" / f"EDC-{name}.ttl" for name in names] for p, names in FILES.items()}
    ours = {profile: [ROOT / "schemas" / "shacl" / f"{profile}.ttl"] for profile in FILES}
    said = verdicts(
        [(contents[name], shapes[profile]) for shapes in (theirs, ours) for name, profile in cells], contexts=contexts
    )
    by_theirs, by_ours = (dict(zip(cells, part, strict=True)) for part in (said[: len(cells)], said[len(cells) :]))
    conforming = sum(verdict.conforms for verdict in by_theirs.values())
    rows = sum(len(verdict.rows) for verdict in by_theirs.values())
    print(f"Jena: {len(cells)} verdicts, {conforming} conform, {rows} results")
    for cell, theirs_of_it in by_theirs.items():
        ours_of_it = by_ours[cell]
        assert (ours_of_it.conforms, ours_of_it.rows) == (theirs_of_it.conforms, theirs_of_it.rows), cell
        # Two published shapes demand the profile of a credential, and two results say so where it lacks.
        twice = cell[0] == WITHOUT_PROFILE and cell[1] != "generic-no-cv"
        assert ours_of_it.results == theirs_of_it.results - twice, cell
    assert 0 < conforming < len(cells) == 30
