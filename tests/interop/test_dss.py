"""Our seals in DSS and DSS's seals here, in every form; the table is printed at the end of the run."""

from collections.abc import Iterator

import pytest

from edc_microcred.seals import FileSigner, seal
from tests.interop.dss_judge import DssJudge, JudgeError
from tests.interop.dss_matrix import CELLS, PASSWORD, Cell, Pki, Row, compare, is_shortened, seal_by_dss, table

pytestmark = pytest.mark.interop


@pytest.fixture(scope="module")
def rows() -> Iterator[list[Row]]:
    """The rows of the table as they are found; printed when the last is there."""
    found: list[Row] = []
    yield found
    if found:
        print(f"\n\n{table(found)}")


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_dss_says_what_is_expected_of_our_seal_and_we_find_its_seal_valid(
    cell: Cell, judges: dict[str, DssJudge], pki: Pki, rows: list[Row]
) -> None:
    row = compare(cell, judges, pki)
    rows.append(row)
    assert row.found == row.expected


def test_dss_finds_our_seal_broken_when_one_letter_of_the_payload_is_changed(judge: DssJudge, pki: Pki) -> None:
    sealed = seal('{"name":"Ana"}', FileSigner.from_pkcs12(pki.key("p-256"), PASSWORD))
    assert sealed.count(b"Ana") == 1
    verdict = pki.judged_by(judge, sealed.replace(b"Ana", b"Eva"))
    assert (verdict.indication, verdict.sub_indication) == ("TOTAL-FAILED", "HASH_FAILURE")


def test_we_find_a_seal_of_dss_broken_when_one_letter_of_the_payload_is_changed(judge: DssJudge, pki: Pki) -> None:
    sealed = judge.seal(b'{"name":"Ana"}', pki.key("p-256"), PASSWORD)
    assert sealed.count(b"Ana") == 1
    assert pki.judged_here(sealed.replace(b"Ana", b"Eva")) == "invalid: seal/signature-wrong"


def test_dss_drops_leading_zeros_of_some_es512_signatures_which_both_sides_take(judge: DssJudge, pki: Pki) -> None:
    cell = Cell("ES512", "p-521", "edc", "general", False)
    for _ in range(100):  # one in four is short
        sealed = seal_by_dss(cell, judge, pki)
        assert sealed is not None
        if is_shortened(sealed, "ES512"):
            break
    else:
        pytest.fail("DSS no longer shortens: the exception for it in dss_matrix.py can go")
    assert pki.judged_by(judge, sealed).passed
    assert pki.judged_here(sealed) == "valid"


def test_dss_wants_revocation_data_beside_a_seal_of_level_b(judge: DssJudge, pki: Pki) -> None:
    sealed = seal("{}", FileSigner.from_pkcs12(pki.key("p-256"), PASSWORD))
    [verdict] = judge.validate(sealed, anchors=[pki.folder / "root.pem"])
    missing = {"6.4": "CERTIFICATE_CHAIN_GENERAL_FAILURE", "5.11.1": "TRY_LATER"}
    assert (verdict.indication, verdict.sub_indication) == ("INDETERMINATE", missing[judge.version])


def test_a_wrong_key_password_is_an_error_of_that_request_only(judge: DssJudge, pki: Pki) -> None:
    with pytest.raises(JudgeError, match="seal:"):
        judge.seal(b"{}", pki.key("p-256"), "wrong")
    assert judge.seal(b"{}", pki.key("p-256"), PASSWORD)


def test_speed_is_measured_on_a_seal_that_passes(judge: DssJudge, pki: Pki) -> None:
    sealing = judge.bench_seal(b"{}", pki.key("p-256"), PASSWORD, warmup=1, count=3)
    sealed = judge.seal(b"{}", pki.key("p-256"), PASSWORD)
    validating = judge.bench_validate(
        sealed, anchors=[pki.folder / "root.pem", pki.folder / "ca.pem"], crls=pki.crls, warmup=1, count=3
    )
    assert sealing.count == validating.count == 3
    assert sealing.per_second > 0 and sealing.p50_ms > 0
    assert [verdict.passed for verdict in validating.verdicts] == [True]
