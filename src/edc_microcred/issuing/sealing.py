"""Sealing a credential: complete it, check it, write it once, seal exactly that text.

A credential that already names its issuer and its moment is sealed in the very text it was found in. Other payloads
are sealed octet by octet and never looked into.
"""

import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from cryptography import x509

from edc_microcred import seals
from edc_microcred.conventions import check_conventions
from edc_microcred.document import CONTEXT_WRONG, Document, is_json_text, load
from edc_microcred.elm import EuropeanDigitalCredential, write_credential
from edc_microcred.elm.learner_data import hide_learner_data
from edc_microcred.errors import SealError
from edc_microcred.findings import Finding, Severity, shorten
from edc_microcred.issuing.completion import complete_issuer, is_complete
from edc_microcred.seals import JsonText, PendingSeal, Signer
from edc_microcred.shapes import Graph, profile_of, validator_for
from edc_microcred.trust import describe

HeaderProfile = Literal["edc", "etsi"]
SerializationName = Literal["general", "flattened", "compact"]
Sealable = EuropeanDigitalCredential | Document | Path | str | bytes


def seal(
    source: Sealable,
    signer: Signer,
    *,
    header: HeaderProfile | None = None,
    serialization: SerializationName = "general",
    b64: bool = False,
    at: datetime | None = None,
    check: bool = True,
    new_id: Callable[[], uuid.UUID] = uuid.uuid4,
) -> Document:
    """The sealed document of a credential, of a document or file (a `Path`) that holds one, or of other octets.

    A `str` is the JSON text to seal, never a file's name; `bytes` and files without a credential may be anything.
    `header` is `edc` for credentials and `etsi` for other payloads unless named. `at` is the moment of sealing (with
    zone; now when left out). `check=False` seals a credential that does not keep its profile. Raises `SealError` when
    it is sealed already, when its content has errors, or when the seal cannot be made as asked.
    """
    at = at or datetime.now(UTC)
    payload, chosen = _payload(source, signer.certificates, header, at, check, new_id)
    raw = seals.seal(payload, signer, header=chosen, serialization=serialization, b64=b64, at=at)
    return Document(raw, name="The sealed credential")


def prepare(
    source: Sealable,
    certificates: Sequence[x509.Certificate],
    algorithm: str,
    *,
    header: HeaderProfile | None = None,
    serialization: SerializationName = "general",
    b64: bool = False,
    at: datetime | None = None,
    check: bool = True,
    new_id: Callable[[], uuid.UUID] = uuid.uuid4,
) -> PendingSeal:
    """The first of two steps, for keys that are elsewhere: sign `.digest`, then call `.complete(signature)`.

    `algorithm` is the JWA name of what will sign. Otherwise as `seal`.
    """
    at = at or datetime.now(UTC)
    payload, chosen = _payload(source, certificates, header, at, check, new_id)
    return seals.prepare(payload, certificates, algorithm, header=chosen, serialization=serialization, b64=b64, at=at)


def prepare_text(
    source: EuropeanDigitalCredential | Document,
    certificate: x509.Certificate,
    *,
    at: datetime,
    check: bool = True,
    new_id: Callable[[], uuid.UUID] = uuid.uuid4,
) -> tuple[str, list[Finding]]:
    """The exact text that would be sealed, and what was noticed on the way (warnings).

    Raises `SealError` when the credential must not be sealed, and always for a document of which a part would be lost.
    """
    if isinstance(source, Document):
        _refuse_to_lose(source)
    facts = describe(certificate)
    credential = source.credential if isinstance(source, Document) else source
    if (
        isinstance(source, Document)
        and source.is_canonical
        and source.members is source.value
        and is_complete(credential, facts)
    ):
        text = source.text
        findings: list[Finding] = []
    else:
        credential.refuse_shared_ids() if credential.source is None else None
        completed, findings = complete_issuer(credential, facts, at=at, new_id=new_id)
        text = write_credential(completed, new_id=new_id, add_context=True)
    if check:
        _refuse_errors(text)
    return text, findings


def _payload(
    source: Sealable,
    certificates: Sequence[x509.Certificate],
    header: HeaderProfile | None,
    at: datetime,
    check: bool,
    new_id: Callable[[], uuid.UUID],
) -> tuple[str | bytes, HeaderProfile]:
    if isinstance(source, Path):
        document = load(source)
        source = document if document.holds_credential or document.is_sealed else document.raw
    if isinstance(source, str) and not is_json_text(source):
        raise SealError(
            "A str is taken for the JSON text to seal, and this one is none.",
            remedy="Give a file as a Path, or other octets as bytes.",
            state="Nothing was sealed.",
        )
    if isinstance(source, (str, bytes)):
        return source, header or "etsi"
    if not isinstance(source, (Document, EuropeanDigitalCredential)):
        raise SealError(
            f"A {type(source).__name__} cannot be sealed.",
            remedy="Give a credential, a Document, a Path, a JSON text or bytes.",
            state="Nothing was sealed.",
        )
    text, _ = prepare_text(source, certificates[0], at=at, check=check, new_id=new_id)
    return JsonText(text.encode("utf-8")), header or "edc"


_LOSES: Final = frozenset({
    "ld/several-credentials", "ld/no-credential", "ld/node-not-reached", "ld/dropped-term", "ld/look-alike-term",
    "ld/term-out-of-scope", "edc/context-wrong", "edc/terms-redefined",
})  # fmt: skip
"""What the reading of a document in another form says when its credential means less, or something else."""
_OF_UPLOADS: Final = frozenset({"credential", "deliveryDetails"})


def _refuse_to_lose(document: Document) -> None:
    """A document is written anew where it is no credential in usual form: then all of it must be in the credential."""
    if document.is_sealed:
        raise SealError(
            f"{document.name} is sealed already.",
            remedy="Seal the unsealed credential; a second seal around the first is read by nobody.",
            state="Nothing was sealed.",
        )
    lost = [finding for finding in document.findings if finding.rule in _LOSES]
    absent = isinstance(document.credential_value, dict) and "@context" not in document.credential_value
    if lost and not (absent and {finding.rule for finding in lost} == {CONTEXT_WRONG.id}):  # then the usual are added
        raise SealError(
            f"{document.name} cannot be sealed as it stands, because a part of it would be lost or changed:",
            remedy=_listed(lost),
            state="Nothing was sealed. Write it with the two contexts of a European credential, one to a file.",
        )
    more = document.value.keys() - _OF_UPLOADS if document.credential_value is not document.value else ()
    if more:
        names = ", ".join(shorten(name, 60) for name in sorted(more)[:5])
        raise SealError(
            f"{document.name} holds more than a credential and where to deliver it: {names}.",
            remedy="Seal the credential alone.",
            state="Nothing was sealed.",
        )


def _refuse_errors(text: str) -> None:
    """The credential must be one that `verify` finds nothing against, once it is sealed."""
    document = Document(text.encode("utf-8"), name="The credential")
    graph = Graph.of(document.members)
    chosen, declared = profile_of(graph)
    demanded = (*declared, *validator_for(chosen).validate(graph), *check_conventions(graph))
    errors = [finding for finding in (*document.findings, *demanded) if finding.severity is Severity.ERROR]
    if errors:
        raise SealError(
            f"The credential has {len(errors)} error{'s' if len(errors) > 1 else ''} and was not sealed:",
            remedy=_listed(hide_learner_data(errors, document.value)),
            state="`edc-microcred validate` lists them all; `edc-microcred explain RULE` tells what each means.",
        )


def _listed(findings: list[Finding]) -> str:
    lines = [f"{f.rule} at {shorten(f.pointer) or '/'}: {f.message}" for f in findings[:5]]
    return "\n  ".join([*lines, f"… and {len(findings) - 5} more"] if len(findings) > 5 else lines)
