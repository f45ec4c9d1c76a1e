"""Issuing: from a credential to its sealed file.

    signer = FileSigner.from_pkcs12(Path("pki/seal.p12"), password)
    document = seal(load(Path("unsigned.json")), signer)
    document.raw                                  # the bytes of the sealed file

Before it seals, `seal` writes into a credential what only the sealing organisation knows (`completion`), and refuses
one whose content does not keep its profile.
"""

from typing import Final

from edc_microcred.findings import Rule
from edc_microcred.issuing import completion
from edc_microcred.issuing.completion import complete_issuer
from edc_microcred.issuing.sealing import prepare, seal

RULES: Final[tuple[Rule, ...]] = completion.RULES

__all__ = ["RULES", "complete_issuer", "prepare", "seal"]
