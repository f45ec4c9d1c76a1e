"""What is the same for every learner of a run, made once: whose seal, on what authority, with which page."""

import functools
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from edc_microcred.elm import DisplayParameter, EuropeanDigitalCredential
from edc_microcred.errors import IssuingError, OutputError
from edc_microcred.findings import Finding, Severity
from edc_microcred.issuing import mandate as authority
from edc_microcred.issuing.completion import SealingOrganisation, complete_issuer
from edc_microcred.issuing.keys import SignerReference, signer_of
from edc_microcred.issuing.making import HeaderProfile, Maker, Order
from edc_microcred.issuing.mandate import Mandate
from edc_microcred.issuing.pictures import check_pictures
from edc_microcred.microcredential import Course, Learner, build
from edc_microcred.rendering import Design, display_parameter
from edc_microcred.seals import Signer, check_signer
from edc_microcred.trust import describe
from edc_microcred.vocabularies import entry

_NIL: Final = "urn:credential:00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """The sealing organisation where there is no certificate yet: the first awarding body, as far as it is known."""

    name: str
    organisation: str
    organisation_identifier: str
    country: str

    @classmethod
    def of(cls, course: Course) -> "StandIn":
        """The stand-in for a course's own seal."""
        body = course.awarding_bodies[0]
        names, _ = body.name.in_languages(course.languages)
        name = next(iter(names.values()))
        identifier = body.eidas_identifier or "VATXX-000000000"
        return cls(name=name, organisation=name, organisation_identifier=identifier, country=body.country.code)


def design_of(course: Course) -> Design:
    """The design that a course names, read from the files beside it. Raises `RenderingError`, `OutputError`."""
    display = course.display
    folder = course.path.parent if course.path is not None else Path()
    logo = _beside(folder / display.logo, "logo") if display.logo is not None else None
    template = folder / display.templates if display.templates is not None else None
    plain = Design(logo=logo, template=template)
    return plain if display.colour is None else Design(logo=logo, template=template, colour=display.colour)


def mandate_of(course: Course) -> Mandate | None:
    """The mandate that a course declares, with its document read. Raises `SealError` for one that cannot be written."""
    declared = course.mandate
    if declared is None:
        return None
    folder = course.path.parent if course.path is not None else Path()
    document = _beside(folder / declared.document, "mandate's document") if declared.document is not None else None
    name = declared.document.rpartition("/")[2] if declared.document is not None else None
    return Mandate(statement=declared.statement, document=document, document_name=name, sealed_by=declared.sealed_by)


def specimen_learner(course: Course) -> Learner:
    """An invented learner who passed with the best grades."""
    grades = {}
    for name in course.assessment_ids:
        grading = course.grading_of(name)
        if grading is not None and (grading.scale is not None or grading.grades):
            best = grading.read(str(grading.scale.best)) if grading.scale is not None else grading.grades[0]
            grades[name] = best or ""
    return Learner(
        key="specimen", row=1, given_name="Ana", family_name="Primer", date_of_birth=date(2000, 1, 31), grades=grades
    )


class Preparation:
    """Everything that a run needs to know before its first row. Not safe to share between threads.

    `signer` None stands for the course's own seal, for checking without one. Raises `IssuingError` when the signer
    cannot seal, and what `design_of` and `mandate_of` raise.
    """

    def __init__(
        self,
        course: Course,
        signer: Signer | SignerReference | None,
        *,
        header: HeaderProfile = "edc",
        at: datetime | None = None,
        mandate: Mandate | None = None,
        checking_only: bool = False,
    ) -> None:
        self.course: Final = course
        self.design: Final = design_of(course)
        self._signer = None if checking_only else signer
        self._header = header
        self._at = at
        self._mandate = mandate or mandate_of(course)
        self.sealer: Final[SealingOrganisation] = _sealer(course, signer, at)
        self.seal: Final[str] = getattr(self.sealer, "sha256", "")
        self.course_digest: Final = _digest(course, self.design, self._mandate)
        self._notes: tuple[Finding, ...] = ()
        self._display: DisplayParameter | None = None
        self._maker: Maker | None = None

    def maker_for(self, learner: Learner) -> Maker:
        """The maker for all learners. The first one shows whether the seal may be used, and how the page looks.

        Raises `IssuingError` when the sealing organisation is no awarding body and the course declares no mandate.
        """
        if self._maker is None:
            self._maker = self._make(learner)
        return self._maker

    def take_notes(self) -> tuple[Finding, ...]:
        """What was noticed about the run as a whole, once."""
        notes, self._notes = self._notes, ()
        return notes

    def write_pages(self, folder: Path) -> list[Path]:
        """Writes the page pictures of the course into `folder`, as they stand in the credentials."""
        written = []
        for shown in self._display.individual_display if self._display is not None else []:
            codes = entry("language", shown.language.id).codes if shown.language and shown.language.id else ()
            for detail in shown.display_detail:
                content = detail.image.content if detail.image is not None else None
                if content is None:
                    continue
                ending = "png" if content.startswith(b"\x89PNG") else "jpg"
                number = f"-{detail.page}" if detail.page != 1 else ""
                path = folder / f"page-{codes[0] if codes else 'xx'}{number}.{ending}"
                try:
                    path.write_bytes(content)
                except OSError as error:
                    raise OutputError(f"{path} cannot be written: {error.strerror or error}.") from error
                written.append(path)
        return written

    def credential(self, learner: Learner, credential_id: str, at: datetime) -> EuropeanDigitalCredential:
        """The credential of one learner, complete and not sealed."""
        return self.maker_for(learner).credential(Order(learner, credential_id), at)[0]

    def _make(self, learner: Learner) -> Maker:
        at = self._at or datetime.now(UTC)
        try:
            specimen = build(self.course, learner, credential_id=_NIL, at=at)
        except Exception:  # noqa: BLE001  # this learner will be told of it in his turn; the others need not wait
            learner = specimen_learner(self.course)
            specimen = build(self.course, learner, credential_id=_NIL, at=at)
        mandate = self._check_authority(specimen)
        page: Callable[[EuropeanDigitalCredential], DisplayParameter] = functools.partial(
            display_parameter,
            languages=self.course.languages,
            design=self.design,
            personal=self.course.display.personal,
        )
        if not self.course.display.personal:
            if mandate is not None:  # it is on the page
                specimen = authority.with_mandate(specimen, mandate, self.course.language_codes)
                specimen, _ = complete_issuer(specimen, self.sealer, at=at)
            self._display = page(specimen).model_copy(deep=True)
            self.course.template.numbering.number(self._display)  # its ids are then not made anew for each learner
        maker = Maker(
            self.course,
            sealer=self.sealer,
            signer=self._signer,
            display=self._display,
            page_of=page if self.course.display.personal else None,
            mandate=mandate,
            header=self._header,
            at=self._at,
        )
        # What is the same for all is there before it travels.
        credential, notes = maker.credential(Order(learner, _NIL), at)
        self._notes = (*self._notes, *check_pictures(credential.display_parameter), *notes)
        return maker

    def _check_authority(self, specimen: EuropeanDigitalCredential) -> Mandate | None:
        """The mandate that must be written; None where the seal is an awarding body's."""
        bodies = authority.awarding_bodies(specimen)
        findings = authority.check_authority(self.sealer, bodies, self._mandate)
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        if errors:
            fix = next(rule.fix for rule in authority.RULES if rule.id == errors[0].rule)
            raise IssuingError(errors[0].message, remedy=fix, state="Nothing was issued.")
        self._notes = tuple(findings)
        return None if findings or self._mandate is None else self._mandate


def _sealer(course: Course, signer: Signer | SignerReference | None, at: datetime | None) -> SealingOrganisation:
    if signer is None:
        return StandIn.of(course)
    opened = signer_of(signer)
    against = [f for f in check_signer(opened, at=at) if f.severity is Severity.ERROR and not f.indeterminate]
    if against:
        raise IssuingError(
            f"The seal certificate cannot be used: {against[0].message}",
            remedy=f"`edc-microcred explain {against[0].rule}` tells more.",
            state="Nothing was issued.",
        )
    return describe(opened.certificates[0])


def _digest(course: Course, design: Design, mandate: Mandate | None) -> str:
    """What the credentials' content depends on besides the learner: the course, its page, and its mandate."""
    content = course.model_dump(mode="json", exclude={"columns", "key_column", "date_order", "numeric_ids"})
    parts = [json.dumps(content, ensure_ascii=False, sort_keys=True).encode(), design.digest.encode()]
    if mandate is not None:
        parts += [mandate.statement.encode(), mandate.document or b""]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _beside(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise IssuingError(
            f"The {what} {path} cannot be read: {error.strerror or error}.",
            remedy="It lies beside the course file, under the name that the course gives.",
            state="Nothing was issued.",
        ) from error
