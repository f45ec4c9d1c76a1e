"""JAdES e-seals: read a sealed file, check its seals, make new ones. Usable on any payload.

    signer = FileSigner.from_pkcs12(Path("seal.p12"), password)
    sealed = seal(text, signer)
    envelope = Envelope.read(sealed)
    result = check_seal(envelope)          # result.outcome, .intact, .certificate, .claimed_time, .levels, .findings

The examples of this room's rules are changes to a good seal (P-256, header `edc`, 2026-03-01T10:00:00Z). Before
signing: `protected` changes members of the header (null removes one), `payload` is the payload member, `b64` and `key`
choose its form and another key, `second` adds a second signature with such changes to its header. After signing:
`short` drops a leading zero of both halves of the value, `unprotected`, `signature` and `file` change members of these
objects, `protected_text` is another header text. `at` is the time at which the seal is checked.

Clauses: ETSI TS 119 182-1 (JAdES); RFC 7515 (JWS); RFC 7797 (unencoded payload).
"""

from typing import Final

from edc_microcred.findings import Rule
from edc_microcred.seals import checking, crit, envelope, etsi_u, header, suites, unevaluated
from edc_microcred.seals.algorithms import ALGORITHMS, Algorithm
from edc_microcred.seals.checking import SealResult, check_seal, check_seals
from edc_microcred.seals.envelope import Envelope, Serialization, Signature, is_sealed
from edc_microcred.seals.header import Header
from edc_microcred.seals.sealing import JsonPiece, JsonText, PendingSeal, prepare, seal
from edc_microcred.seals.signer import FileSigner, Signer, check_signer

RULES: Final[tuple[Rule, ...]] = (
    *checking.RULES, *header.RULES, *crit.RULES, *envelope.RULES, *etsi_u.RULES, *unevaluated.RULES, *suites.RULES,
)  # fmt: skip

__all__ = [
    "ALGORITHMS",
    "RULES",
    "Algorithm",
    "Envelope",
    "FileSigner",
    "Header",
    "JsonPiece",
    "JsonText",
    "PendingSeal",
    "SealResult",
    "Serialization",
    "Signature",
    "Signer",
    "check_seal",
    "check_seals",
    "check_signer",
    "is_sealed",
    "prepare",
    "seal",
]
