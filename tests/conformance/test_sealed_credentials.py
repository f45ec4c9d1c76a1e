"""Every sealed credential that was published: read as found, its seal intact, what is beyond level B named."""

import json
from pathlib import Path
from typing import Any

import pytest

from edc_microcred.findings import Outcome
from edc_microcred.seals import Envelope, SealResult, Serialization, check_seal, is_sealed
from edc_microcred.seals.references import key_identifier

NUMBER_OF_SEALED_FILES = 13


@pytest.fixture(scope="module")
def sealed_files(reference: Path) -> dict[str, bytes]:
    files = sorted(path for path in (reference / "credentials").rglob("*") if path.is_file())
    read = {str(path.relative_to(reference / "credentials")): path.read_bytes() for path in files}
    return {name: data for name, data in read.items() if is_sealed(data)}


@pytest.fixture(scope="module")
def results(sealed_files: dict[str, bytes]) -> dict[str, tuple[Envelope, SealResult]]:
    envelopes = {name: Envelope.read(data) for name, data in sealed_files.items()}
    return {name: (envelope, check_seal(envelope)) for name, envelope in envelopes.items()}


def test_all_sealed_files_are_recognised_and_no_others(reference: Path, sealed_files: dict[str, bytes]) -> None:
    assert len(sealed_files) == NUMBER_OF_SEALED_FILES
    # The files of DC4EU that have “signed” in their names carry a `proof` inside the credential, which is no seal.
    signed = {str(p.relative_to(reference / "credentials")) for p in reference.rglob("credentials/**/*signed*")}
    proofs = {name for name in signed if name.startswith("dc4eu") and "unsigned" not in name}
    assert len(proofs) == 3 and not proofs & sealed_files.keys()
    for name in proofs:
        credential: dict[str, Any] = json.loads((reference / "credentials" / name).read_bytes())
        assert "proof" in credential and "signatures" not in credential


def test_every_seal_is_intact(results: dict[str, tuple[Envelope, SealResult]]) -> None:
    assert {name: result.intact for name, (_, result) in results.items()} == dict.fromkeys(results, True)


def test_every_file_is_of_the_one_profile_that_the_commission_writes(
    results: dict[str, tuple[Envelope, SealResult]],
) -> None:
    for envelope, result in results.values():
        (signature,) = envelope.signatures
        assert (envelope.serialization, signature.header.b64, result.algorithm) == (
            Serialization.GENERAL,
            False,
            "RS256",
        )
        assert envelope.payload_text is not None and envelope.payload_text.lstrip().startswith("{")
        assert signature.header.kid == key_identifier(signature.header.certificates[0])
        assert result.claimed_time == signature.header.signing_time is not None
        assert envelope.findings == () and signature.findings == ()


def test_what_was_not_evaluated_is_named_and_keeps_the_seal_from_being_valid(
    results: dict[str, tuple[Envelope, SealResult]],
) -> None:
    for name, (_, result) in results.items():
        assert result.outcome is Outcome.INDETERMINATE, name
        errors = {finding.rule for finding in result.findings if finding.severity == "error"}
        if name.endswith("AA-Annex1-MC-signed.jsonld"):
            assert errors == {"seal/timestamp-not-evaluated"}
        else:
            assert errors == {"seal/timestamp-not-evaluated", "seal/validation-data-not-evaluated"}
            assert result.unevaluated[-4:] == ("sigTst", "xVals", "rVals", "arcTst")


def test_levels_are_those_that_both_versions_of_dss_report(results: dict[str, tuple[Envelope, SealResult]]) -> None:
    for name, (_, result) in results.items():
        assert result.levels == {"1.1.1": "T", "1.2.1": None if name.startswith("mynextid") else "T"}, name
