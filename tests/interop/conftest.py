"""The running judges. A machine without Java or Maven skips these tests; `make interop` does not let it."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.conftest import cannot_run
from tests.interop.dss_judge import VERSIONS, DssJudge, missing
from tests.interop.dss_matrix import Pki


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
