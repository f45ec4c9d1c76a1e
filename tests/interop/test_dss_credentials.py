"""Whole credentials: sealed here they pass in DSS, sealed by DSS they are *valid* here, issuer and content included."""

from pathlib import Path

import pytest

from edc_microcred import issuing
from edc_microcred.document import load
from edc_microcred.findings import Outcome
from edc_microcred.seals import Envelope, FileSigner
from edc_microcred.verification import verify
from tests.conftest import ROOT
from tests.interop.dss_judge import DssJudge
from tests.interop.dss_matrix import PASSWORD, Pki

pytestmark = pytest.mark.interop

UNSIGNED = [
    "eu-2023/Sample-CertOfPart-unsigned.jsonld",
    "eu-2023/Sample-MC-Annex1-unsigned.jsonld",
    "eu-2024/Sample-CertOfPart-unsigned.json",
    "eu-2024/Sample-MastersDegree-unsigned.json",
    "eu-2024/AA-Annex1-MC-unsigned.json",
]


@pytest.mark.parametrize("name", UNSIGNED)
def test_an_official_sample_sealed_here_passes_in_dss_and_sealed_by_dss_is_valid_here(
    name: str, reference: Path, judge: DssJudge, pki: Pki
) -> None:
    passes_in_dss_and_is_valid_here(reference / "credentials" / name, judge, pki)


def test_our_own_example_sealed_here_passes_in_dss_and_sealed_by_dss_is_valid_here(judge: DssJudge, pki: Pki) -> None:
    passes_in_dss_and_is_valid_here(ROOT / "examples" / "credential.jsonld", judge, pki)


def passes_in_dss_and_is_valid_here(unsealed: Path, judge: DssJudge, pki: Pki) -> None:
    """Seals the file here for DSS to judge, then has DSS seal the same text for us to judge."""
    ours = issuing.seal(load(unsealed), FileSigner.from_pkcs12(pki.key("p-256"), PASSWORD))
    verdict = pki.judged_by(judge, ours.raw)
    assert verdict.passed, verdict
    payload = Envelope.read(ours.raw).payload
    assert payload is not None
    report = verify(judge.seal(payload, pki.key("p-256"), PASSWORD), pki.policy)
    assert report.outcome is Outcome.VALID, report.sentence
