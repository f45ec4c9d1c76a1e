"""From a course and a learner to a credential, unsealed and without an issuer.

    credential = build(course, learner, credential_id="urn:credential:…", at=datetime.now(UTC))

All that learners share is built once for a course (`template.py`); a learner adds the person and one achievement.
Names and grades are in the main language of the course. No id holds anything personal.
"""

from datetime import UTC, datetime, time
from typing import Final

from edc_microcred.elm import (
    Address,
    Concept,
    ContactPoint,
    DisplayParameter,
    EuropeanDigitalCredential,
    Group,
    Identifier,
    LanguageMap,
    LearningAchievement,
    LegalIdentifier,
    Location,
    Mailbox,
    Note,
    Person,
)
from edc_microcred.elm.model import is_absolute
from edc_microcred.microcredential.columns import OVERALL
from edc_microcred.microcredential.course import Course
from edc_microcred.microcredential.learner import Learner
from edc_microcred.microcredential.phrases import PHRASES
from edc_microcred.microcredential.template import Template
from edc_microcred.vocabularies import entry, vocabulary

_MIDNIGHT: Final = time(tzinfo=UTC)
_LAST_SECOND: Final = time(23, 59, 59, tzinfo=UTC)


def build(
    course: Course,
    learner: Learner,
    *,
    credential_id: str,
    at: datetime,
    display: DisplayParameter | None = None,
) -> EuropeanDigitalCredential:
    """The credential of one learner. Equal arguments give equal credentials.

    `credential_id` is an absolute IRI (`urn:credential:<uuid4>`); `at` is the moment, with its zone, from which the
    credential counts, and of the award where neither row nor course says its day. The mandate that a course may
    declare is not written here: whether it is needed shows when the seal is known. Raises `ValueError` for a moment
    without a zone and for an id that is no absolute IRI.
    """
    if at.utcoffset() is None:
        raise ValueError("a time needs its zone: datetime(..., tzinfo=UTC)")
    if not is_absolute(credential_id):
        raise ValueError("a credential's id is an absolute IRI, such as urn:credential:<uuid4>")
    template = course.template
    at = at.replace(microsecond=0)
    day = learner.awarded_on or course.awarded_on
    awarded = datetime.combine(day, _MIDNIGHT) if day is not None else at
    process, activities = template.award(awarded)
    specification = template.specification
    achievement = LearningAchievement(
        id=template.own_ids["achievement"],
        title=template.title,
        awarded_by=process,
        specified_by=specification,
        credit_received=list(specification.credit_point),
        proven_by=[
            template.assessed(name, learner.grades.get(name), awarded)
            for name in (OVERALL, *course.assessment_ids)
            if name != OVERALL or name in learner.grades
        ],
        influenced_by=list(activities),
    )
    last = datetime.combine(course.valid_until, _LAST_SECOND) if course.valid_until is not None else None
    number = learner.certificate_number
    # Not the constructor: it would walk through all that is shared, for every learner anew.
    return EuropeanDigitalCredential.model_construct(
        id=credential_id,
        identifier=[Identifier(id=template.own_ids["certificate"], notation=number)] if number is not None else [],
        credential_profiles=list(template.profiles),
        credential_schema=list(template.schemas),
        display_parameter=display,
        credential_subject=_person(course, learner, template, achievement),
        evidence=list(template.evidence),
        valid_from=at,
        valid_until=last,
        expiration_date=last,
    )


def _person(course: Course, learner: Learner, template: Template, achievement: LearningAchievement) -> Person:
    main = template.wording.main
    ids = template.own_ids

    def named(text: str | None) -> LanguageMap | None:
        return LanguageMap({main: text}) if text else None

    national = None
    if learner.national_id is not None and learner.national_id_country is not None:
        national = LegalIdentifier(
            id=ids["national"],
            notation=learner.national_id,
            spatial=_country(learner.national_id_country, template),
        )
    birthplace = None
    if learner.place_of_birth:
        country = _country(learner.place_of_birth, template)
        birthplace = Location(id=ids["birth"], address=[Address(id=ids["birth-address"], country_code=country)])
    return Person(
        id=ids["person"],
        identifier=_numbers(learner, template),
        given_name=named(learner.given_name),
        family_name=named(learner.family_name),
        full_name=named(learner.name),
        date_of_birth=learner.date_of_birth,
        place_of_birth=birthplace,
        citizenship_country=[_country(uri, template) for uri in learner.citizenships],
        gender=template.wording.concept(entry("human-sex", learner.gender)) if learner.gender is not None else None,
        national_id=national,
        contact_point=_contact(course, learner, template),
        group_member_of=[Group(id=ids["group"], pref_label=LanguageMap({main: learner.group}))]
        if learner.group
        else [],
        has_claim=[achievement],
    )


def _numbers(learner: Learner, template: Template) -> list[Identifier]:
    ids, numbers = template.own_ids, []
    if learner.student_number is not None:
        scheme = PHRASES["student-number"]["en"]
        numbers.append(Identifier(id=ids["student-number"], notation=learner.student_number, scheme_name=scheme))
    if learner.identifier is not None:
        named = learner.identifier_scheme
        numbers.append(Identifier(id=ids["identifier"], notation=learner.identifier, scheme_name=named))
    return numbers


def _contact(course: Course, learner: Learner, template: Template) -> list[ContactPoint]:
    ids, mailboxes = template.own_ids, []
    if learner.email is not None and course.delivery.email_in_credential:
        mailboxes = [Mailbox(id=f"mailto:{learner.email}")]
    addresses = []
    if learner.address is not None:
        country = learner.address_country
        addresses = [
            Address(
                id=ids["address"],
                full_address=Note(
                    id=ids["address-note"], note_literal=LanguageMap({template.wording.main: learner.address})
                ),
                country_code=_country(country, template) if country is not None else None,
            )
        ]
    if not mailboxes and not addresses:
        return []
    return [ContactPoint(id=ids["contact"], email_address=mailboxes, address=addresses)]


def _country(uri: str, template: Template) -> Concept:
    found = vocabulary("country").by_uri(uri) or entry("country", uri)
    return template.wording.concept(found)
