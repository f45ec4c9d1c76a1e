"""Awarding bodies, units and agencies of a course as organisations of the European Learning Model."""

from datetime import UTC, date, datetime, time
from typing import Final

from edc_microcred.elm import (
    Accreditation,
    Address,
    Concept,
    ContactPoint,
    Evidence,
    Identifier,
    LegalIdentifier,
    Location,
    Mailbox,
    Organisation,
    WebResource,
)
from edc_microcred.microcredential.bodies import Agency, AwardingBody, OrganisationalUnit
from edc_microcred.microcredential.course import Course
from edc_microcred.microcredential.quality import Accreditation as Approval
from edc_microcred.microcredential.text import Text
from edc_microcred.microcredential.wording import Wording
from edc_microcred.vocabularies import Entry


class Bodies:
    """The organisations of a course, each built once, with the accreditations that they and the course have."""

    def __init__(self, course: Course, wording: Wording) -> None:
        self._wording: Final = wording
        self._agencies: dict[Agency, Organisation] = {}
        approvals = course.quality_assurance.accreditations if course.quality_assurance is not None else ()
        built = [self._accreditation(one) for one in approvals]
        self.programme_accreditations: Final = [
            one for one, said in zip(built, approvals, strict=True) if said.of_programme
        ]
        self._as_evidence: Final = [one for one, said in zip(built, approvals, strict=True) if said.as_evidence]
        self.units: Final[list[Organisation]] = []
        self.awarding: Final[list[Organisation]] = []
        for place, body in enumerate(course.awarding_bodies, 1):
            own = [
                one
                for one, said in zip(built, approvals, strict=True)
                if not said.of_programme and (said.body or 1) == place
            ]
            unit = course.organisational_unit if place == 1 else None
            self.awarding.append(self._awarding_body(body, unit, own))

    def evidence(self, kind: Concept) -> list[Evidence]:
        """The accreditations that the course wants written as evidence of the credential, each named in words, too:
        beside a mandate every evidence has to say something.
        """
        main = self._wording.main
        return [
            Evidence(dc_type=kind, accreditation=one, evidence_statement=one.title.best(main) if one.title else None)
            for one in self._as_evidence
        ]

    def _awarding_body(
        self, body: AwardingBody, unit: OrganisationalUnit | None, own: list[Accreditation]
    ) -> Organisation:
        wording = self._wording
        country = wording.concept(body.country)
        location = self._location(body.country, body.town)
        if unit is not None:
            self.units.append(
                Organisation(
                    legal_name=wording.text(unit.name),
                    alt_label=wording.other_scripts(unit.name),
                    location=[location],
                    homepage=_pages(unit.homepage),
                    contact_point=_contact(unit.email),
                )
            )
        numbers = [Identifier(notation=one.number, scheme_name=one.scheme) for one in body.identifiers]
        if body.ror is not None:
            numbers.insert(0, Identifier(notation=body.ror, scheme_name="ROR", scheme_id="https://ror.org"))

        def legal(number: str | None) -> LegalIdentifier | None:
            return LegalIdentifier(notation=number, spatial=country) if number is not None else None

        tax, vat = legal(body.tax_number), legal(body.vat_number)
        return Organisation(
            legal_name=wording.text(body.name),
            alt_label=wording.other_scripts(body.name),
            location=[location],
            identifier=numbers,
            homepage=_pages(body.homepage),
            contact_point=_contact(body.email),
            registration=legal(body.registration),
            tax_identifier=[tax] if tax is not None else [],
            vat_identifier=[vat] if vat is not None else [],
            eidas_identifier=legal(body.eidas_identifier),
            accreditation=own,
            has_sub_organization=self.units[-1:] if unit is not None else [],
        )

    def _accreditation(self, one: Approval) -> Accreditation:
        wording = self._wording
        return Accreditation(
            identifier=[Identifier(notation=one.number)] if one.number is not None else [],
            dc_type=wording.concept(one.type),
            title=wording.text(one.title) if one.title is not None else wording.label(one.type),
            additional_note=wording.notes_in_other_script(one.title),
            accrediting_agent=self._agency(one.agency),
            date_issued=_moment(one.issued),
            expiry_date=_moment(one.expires),
            report=WebResource(content_url=one.report) if one.report is not None else None,
        )

    def _agency(self, agency: Agency) -> Organisation:
        known = self._agencies.get(agency)
        if known is None:
            known = self._agencies[agency] = Organisation(
                legal_name=self._wording.text(agency.name),
                alt_label=self._wording.other_scripts(agency.name),
                location=[self._location(agency.country, None)],
                homepage=_pages(agency.homepage),
            )
        return known

    def _location(self, country: Entry, town: Text | None) -> Location:
        name = self._wording.both_scripts(town) if town is not None else None
        return Location(geographic_name=name, address=[Address(country_code=self._wording.concept(country))])


def _pages(address: str | None) -> list[WebResource]:
    return [WebResource(content_url=address)] if address is not None else []


def _contact(email: str | None) -> list[ContactPoint]:
    return [ContactPoint(email_address=[Mailbox(id=f"mailto:{email}")])] if email is not None else []


def _moment(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=UTC) if day is not None else None
