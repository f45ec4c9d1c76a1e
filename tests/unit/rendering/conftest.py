"""A sealed credential to make pages of."""

import pytest

from edc_microcred import seal
from edc_microcred.document import load
from edc_microcred.seals import FileSigner
from edc_microcred.testing import write_demo_pki
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Our example, sealed by the demo key."""
    folder = tmp_path_factory.mktemp("pages") / "pki"
    write_demo_pki(folder)
    signer = FileSigner.from_pkcs12(folder / "seal.p12", (folder / "password.txt").read_text("utf-8").strip())
    return seal(load(ROOT / "examples" / "credential.jsonld"), signer).raw
