"""A test authority, its seal, and a credential of ours sealed with it."""

from datetime import UTC, datetime

import pytest

from edc_microcred import Document, FileSigner, TrustPolicy, load, seal
from edc_microcred.testing import TestAuthority
from tests.conftest import ROOT

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def authority() -> TestAuthority:
    return TestAuthority(now=NOW, key_type="p-256")


@pytest.fixture(scope="session")
def policy(authority: TestAuthority) -> TrustPolicy:
    return authority.policy()


@pytest.fixture(scope="session")
def signer(authority: TestAuthority) -> FileSigner:
    return authority.signer()


@pytest.fixture(scope="session")
def unsealed() -> Document:
    return load(ROOT / "examples" / "credential.jsonld")


@pytest.fixture(scope="session")
def sealed(unsealed: Document, signer: FileSigner) -> bytes:
    return seal(unsealed, signer, at=NOW).raw
