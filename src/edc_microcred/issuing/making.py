"""One learner's credential made: built, completed, checked, written once and sealed. This is what workers do.

A `Maker` holds what is the same for all learners of a run. It may travel to other processes: it is packed once, opened
once in each process, and holds a reference to the key there, never the key.
"""

import hashlib
import pickle
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Any, Final, Literal, NamedTuple

from edc_microcred import seals
from edc_microcred.elm import DisplayParameter, EuropeanDigitalCredential
from edc_microcred.errors import EdcMicrocredError, IssuingError, SealError, SignerError
from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.issuing.completion import SealingOrganisation, complete_issuer
from edc_microcred.issuing.keys import SignerReference, signer_of
from edc_microcred.issuing.mandate import Mandate, with_mandate
from edc_microcred.issuing.writing import CourseWriter, checked
from edc_microcred.microcredential import Course, Learner, build
from edc_microcred.seals import JsonText, Signer

HeaderProfile = Literal["edc", "etsi"]
_SAME_FOR_ALL: Final = ("issuer", "evidence", "credential_profiles", "credential_schema")
"""What sealing writes and no learner differs in: it is made for the first credential and shared by the others."""

FAILED: Final = Rule(
    id="issue/failed", severity=Severity.ERROR, since="0.1", source="docs/issuing.md",
    title="A credential could not be made",
    message="No credential could be made from the row: {reason}",
    why="The row was read without a fault, and building a credential from it failed all the same.",
    fix="Read the reason. Where it names a fault of this program, please report it with the course file and a row that "
        "you invented, never with the learner's.",
    wrong={"build": "raises"}, right={"build": "succeeds"},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (FAILED,)


def failure(error: Exception) -> Finding:
    """The finding for what was raised over one row. The text of an error that is not ours may name the learner."""
    if isinstance(error, EdcMicrocredError):
        return FAILED.found(reason=error.message)
    return FAILED.found(reason=f"{type(error).__name__}, a fault of this program.")


class Order(NamedTuple):
    """A learner who gets a credential, under an id that the journal holds already."""

    learner: Learner
    credential_id: str


def order_of(learner: Learner, credential_id: str) -> Order:
    """The order for a learner, with plain values only, which any process can be sent."""
    if type(learner.grades) is not dict:
        learner = replace(learner, grades=dict(learner.grades))
    return Order(learner, credential_id)  # the findings stay behind when it is pickled


@dataclass(frozen=True, slots=True)
class Made:
    """The bytes of a file, their digest, and what was noticed. There are no bytes when only checking was asked for."""

    data: bytes
    sha256: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why a learner gets no credential. `failed` when making it failed, rather than its content being wrong."""

    findings: tuple[Finding, ...]
    failed: bool = False


class Maker:
    """Makes the credentials of one course under one seal. Safe to share between threads as far as its signer is.

    `signer` None checks without sealing, for the organisation `sealer`. `display` is the same for all learners, or
    `None` where `page_of` makes one for each. `at` is the moment of sealing; the clock's when None.
    """

    def __init__(
        self,
        course: Course,
        *,
        sealer: SealingOrganisation,
        signer: Signer | SignerReference | None,
        display: DisplayParameter | None = None,
        page_of: Callable[[EuropeanDigitalCredential], DisplayParameter] | None = None,
        mandate: Mandate | None = None,
        header: HeaderProfile = "edc",
        at: datetime | None = None,
    ) -> None:
        self._course = course
        self._sealer = sealer
        self._signer = signer
        self._display = display
        self._page_of = page_of
        self._mandate = mandate
        self._header = header
        self._at = at
        self._issuer: dict[str, Any] | None = None
        self._writer = self._new_writer()

    def _new_writer(self) -> CourseWriter:
        def of(learner: Learner, credential_id: str, at: datetime) -> EuropeanDigitalCredential:
            return self.credential(Order(learner, credential_id), at)[0]

        return CourseWriter(of, self._course.template.grade_text)

    def __call__(self, orders: Sequence[Order]) -> list[Made | Rejected]:
        """What became of each order, in their order. Raises what stops a whole run: a signer or a seal that fails."""
        signer = signer_of(self._signer) if self._signer is not None else None
        return [self._make(order, signer) for order in orders]

    def credential(self, order: Order, at: datetime) -> tuple[EuropeanDigitalCredential, list[Finding]]:
        """The credential as it would be sealed at `at`, and what was noticed."""
        credential = build(self._course, order.learner, credential_id=order.credential_id, at=at, display=self._display)
        if self._issuer is not None:
            moment = at.replace(microsecond=0)
            update = {**self._issuer, "issued": moment, "issuance_date": moment}
            return self._with_page(credential.model_copy(update=update)), []
        credential = self._with_page(credential)
        if self._mandate is not None:
            credential = with_mandate(credential, self._mandate, self._course.language_codes)
        known = self._sealer.organisation_identifier or self._sealer.name
        completed, notes = complete_issuer(  # the organisation has one id in all its credentials
            credential, self._sealer, at=at, new_id=lambda: uuid.uuid5(uuid.NAMESPACE_OID, known)
        )
        self._issuer = {name: getattr(completed, name) for name in _SAME_FOR_ALL}
        # A mandate is on the page, and known only now.
        return (self._with_page(completed) if self._mandate is not None else completed), notes

    def _with_page(self, credential: EuropeanDigitalCredential) -> EuropeanDigitalCredential:
        if self._page_of is None:
            return credential
        return credential.model_copy(update={"display_parameter": self._page_of(credential)})

    def _make(self, order: Order, signer: Signer | None) -> Made | Rejected:
        at = self._at or datetime.now(UTC)
        try:
            text, findings = self._written(order, at)
        except Exception as error:  # noqa: BLE001  # one row must never stop the others
            return Rejected((_portable(failure(error)),), failed=True)
        if any(finding.severity is Severity.ERROR for finding in findings):
            return Rejected(tuple(map(_portable, findings)))
        said = tuple(map(_portable, findings))
        if signer is None:
            return Made(b"", "", said)
        data = _sealed(text, signer, self._header, at)
        return Made(data, hashlib.sha256(data).hexdigest(), said)

    def _written(self, order: Order, at: datetime) -> tuple[JsonText, list[Finding]]:
        """The text of the credential, and what was noticed. A page of the learner's own has nothing to share."""
        if self._page_of is None and self._issuer is not None:
            return self._writer.write(order.learner, order.credential_id, at)
        credential, notes = self.credential(order, at)
        text, findings = checked(credential)
        return text, [*notes, *findings]

    def __reduce__(self) -> tuple[Callable[[bytes], "Maker"], tuple[bytes]]:
        return _unpacked, (self._packed,)

    @cached_property
    def _packed(self) -> bytes:
        return pickle.dumps(
            {name: value for name, value in self.__dict__.items() if name not in ("_packed", "_writer")}
        )


@lru_cache(maxsize=4)
def _unpacked(packed: bytes) -> Maker:
    maker = Maker.__new__(Maker)
    maker.__dict__.update(pickle.loads(packed))  # noqa: S301  # packed by ourselves, in the process that started us
    maker._writer = maker._new_writer()
    return maker


def _sealed(text: JsonText, signer: Signer, header: HeaderProfile, at: datetime) -> bytes:
    try:
        return seals.seal(text, signer, header=header, at=at)
    except (SealError, SignerError):
        raise
    except Exception as error:
        raise IssuingError(
            f"The key could not sign: {type(error).__name__}.",
            remedy="Check that the key's module or service is there and unlocked.",
        ) from error


def _portable(finding: Finding) -> Finding:
    """The finding with plain values, which any process can be sent."""
    values: Mapping[str, Any] = {
        name: value if isinstance(value, (str, int, float)) else str(value) for name, value in finding.values.items()
    }
    return replace(finding, values=dict(values))
