"""The running judges. A machine without Java or Maven skips these tests; `make interop` does not let it."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import NoReturn

import pytest

from tests.interop.dss_judge import VERSIONS, DssJudge, missing
from tests.interop.dss_matrix import Pki


def cannot_run(reason: str) -> NoReturn:
    """Skips with that reason, or fails with it where EDC_MICROCRED_REQUIRE_INTEROP=1 allows no skipping."""
    if os.environ.get("EDC_MICROCRED_REQUIRE_INTEROP") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def judges() -> Iterator[dict[str, DssJudge]]:
    """One running judge for each release of DSS, by version."""
    if reason := missing():
        cannot_run(reason)
    with ExitStack() as stack:
        yield {version: stack.enter_context(DssJudge(version)) for version in VERSIONS}


@pytest.fixture(params=VERSIONS)
def judge(request: pytest.FixtureRequest, judges: dict[str, DssJudge]) -> DssJudge:
    """Each judge in turn."""
    return judges[request.param]


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Pki:
    """One test PKI for all of them."""
    return Pki.make(tmp_path_factory.mktemp("pki"))
