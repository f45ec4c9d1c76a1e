"""Where in a credential the things stand that a page shows together."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from edc_microcred.elm import (
    Agent,
    Claim,
    Concept,
    Duration,
    EuropeanDigitalCredential,
    LearningAchievement,
    LearningAchievementSpecification,
    LearningActivity,
    LearningAssessment,
    LegalIdentifier,
    Organisation,
    Person,
    Qualification,
)
from edc_microcred.elm.accreditation import Accreditation

MANDATE: Final = "http://data.europa.eu/snb/evidence-type/c_18016257"
"""The type of evidence that is a mandate."""


def main_claim(credential: EuropeanDigitalCredential) -> Claim | None:
    """The claim that the page is about: the first achievement, else the first claim; None when there is none."""
    subject = credential.credential_subject
    claims = subject.has_claim if isinstance(subject, Person) else []
    return next((claim for claim in claims if isinstance(claim, LearningAchievement)), claims[0] if claims else None)


def workload(main: Claim | None, spec: LearningAchievementSpecification | None) -> Duration | None:
    """The work that was planned; of an activity, the work that was done."""
    if spec is not None:
        return spec.volume_of_learning
    return main.workload if isinstance(main, LearningActivity) else None


def with_parts(assessments: Iterable[LearningAssessment]) -> Iterator[LearningAssessment]:
    """Each assessment and below it the partial ones, one step down."""
    for one in assessments:
        yield one
        yield from one.has_part


def units(agents: Sequence[Agent], activities: Iterable[LearningActivity]) -> Iterator[Agent]:
    """The faculties and departments named beside the awarding bodies."""
    for agent in agents:
        yield from agent.has_sub_organization if isinstance(agent, Organisation) else ()
    for activity in activities:
        yield from (one for one in activity.directed_by if isinstance(one, Organisation))


def accreditations(
    credential: EuropeanDigitalCredential, agents: Iterable[Agent], spec: LearningAchievementSpecification | None
) -> Iterator[Accreditation]:
    """Those of the qualification, of the awarding bodies, and those given as evidence."""
    if isinstance(spec, Qualification):
        yield from spec.accreditation
    for agent in agents:
        yield from agent.accreditation if isinstance(agent, Organisation) else ()
    yield from (one.accreditation for one in credential.evidence if one.accreditation is not None)


def mandate(credential: EuropeanDigitalCredential) -> str:
    """What the first evidence of a mandate says; empty without one."""
    mandates = (one for one in credential.evidence if one.dc_type is not None and one.dc_type.id == MANDATE)
    return next((one.evidence_statement for one in mandates if one.evidence_statement), "")


def modes(spec: LearningAchievementSpecification | None, activities: Iterable[LearningActivity]) -> Iterator[Concept]:
    """How one takes part, in the whole and in its activities."""
    yield from spec.mode if spec is not None else ()
    for activity in activities:
        yield from activity.specified_by.mode if activity.specified_by is not None else ()


def languages(
    spec: LearningAchievementSpecification | None, activities: Iterable[LearningActivity]
) -> Iterator[Concept]:
    """In which languages one studies, in the whole and in its activities."""
    yield from spec.language if spec is not None else ()
    for activity in activities:
        yield from activity.specified_by.language if activity.specified_by is not None else ()


def official_number(body: Organisation) -> str:
    """The first official number of a body: eIDAS, register, value added tax, tax; empty without one."""
    numbers: tuple[LegalIdentifier | None, ...] = (
        body.eidas_identifier, body.registration, *body.vat_identifier, *body.tax_identifier,
    )  # fmt: skip
    return next((number.notation for number in numbers if number is not None and number.notation), "")
