"""Issue and verify European Digital Credentials for Learning, made for micro-credentials.

    from pathlib import Path
    from edc_microcred import FileSigner, TrustPolicy, load, seal, verify

    signer = FileSigner.from_pkcs12(Path("pki/seal.p12"), Path("pki/password.txt").read_text().strip())
    sealed = seal(load(Path("unsigned.json")), signer)
    report = verify(sealed, TrustPolicy.from_folder(Path("pki/trust")))
    report.require_valid()

Everything else is imported from its room: `edc_microcred.elm` (the model), `.vocabularies`, `.jsonld`, `.shapes`,
`.seals`, `.trust`, `.verification`, `.issuing`, `.testing`.
"""

from typing import TYPE_CHECKING, Final

from edc_microcred.errors import EdcMicrocredError, NotValidError, UnreadableError
from edc_microcred.findings import Check, Finding, Outcome, Report, Rule, Severity
from edc_microcred.first_use import on_first_use
from edc_microcred.limits import Limits
from edc_microcred.version import __version__

if TYPE_CHECKING:
    from edc_microcred.catalogue import explain
    from edc_microcred.document import Document, load
    from edc_microcred.elm import EuropeanDigitalCredential
    from edc_microcred.issuing import prepare, seal
    from edc_microcred.seals import FileSigner, PendingSeal, Signer
    from edc_microcred.trust import TrustPolicy
    from edc_microcred.verification import Validator, VerificationReport, validate, verify
    from edc_microcred.vocabularies import concept

__all__ = [
    "Check",
    "Document",
    "EdcMicrocredError",
    "EuropeanDigitalCredential",
    "FileSigner",
    "Finding",
    "Limits",
    "NotValidError",
    "Outcome",
    "PendingSeal",
    "Report",
    "Rule",
    "Severity",
    "Signer",
    "TrustPolicy",
    "UnreadableError",
    "Validator",
    "VerificationReport",
    "__version__",
    "concept",
    "explain",
    "load",
    "prepare",
    "seal",
    "validate",
    "verify",
]

# Names are imported when they are first used, so that `import edc_microcred` and `--help` cost nothing.
_ROOMS: Final = {
    "explain": "catalogue",
    "Document": "document",
    "load": "document",
    "EuropeanDigitalCredential": "elm",
    "prepare": "issuing",
    "seal": "issuing",
    "FileSigner": "seals",
    "PendingSeal": "seals",
    "Signer": "seals",
    "TrustPolicy": "trust",
    "Validator": "verification",
    "VerificationReport": "verification",
    "validate": "verification",
    "verify": "verification",
    "concept": "vocabularies",
}
__getattr__ = on_first_use(__name__, _ROOMS)


def __dir__() -> list[str]:
    return sorted(__all__)
