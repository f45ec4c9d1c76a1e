"""What is the same in the credentials of all learners of a course, built once and shared by them.

Each shared object has its id from here (`urn:epass:<name>:<n>`), so that writing a credential need not make one.
Where Annex I of 2022/C 243/02 has its place in ELM: title, outcomes, workload, level, participation and prerequisites
in the specification; type of assessment, supervision and grading in the assessments; quality assurance in the
accreditations of the qualification and the awarding bodies, and in a note; stacking in `isPartOf` and a note.
"""

from datetime import UTC, date, datetime, time
from typing import Any, Final

from edc_microcred.elm import (
    AwardingProcess,
    Concept,
    CreditPoint,
    Duration,
    ElmObject,
    Evidence,
    GradingScheme,
    Identifier,
    LanguageMap,
    LearningAchievementSpecification,
    LearningActivity,
    LearningActivitySpecification,
    LearningAssessment,
    LearningAssessmentSpecification,
    LearningOutcome,
    Note,
    PeriodOfTime,
    Qualification,
    ShaclValidator2017,
    WebResource,
)
from edc_microcred.microcredential.assessment import Assessment
from edc_microcred.microcredential.columns import OVERALL
from edc_microcred.microcredential.course import Course
from edc_microcred.microcredential.grading import Grading
from edc_microcred.microcredential.organisations import Bodies
from edc_microcred.microcredential.outcomes import LearningOutcome as Outcome
from edc_microcred.microcredential.wording import Wording
from edc_microcred.microcredential.workload import Activity
from edc_microcred.shapes import schema_iris
from edc_microcred.vocabularies import concept, entry

GENERIC: Final = "http://data.europa.eu/snb/credential/e34929035b"
ACCREDITATION_EVIDENCE: Final = "http://data.europa.eu/snb/evidence-type/c_991b06c6"
ECTS: Final = "http://data.europa.eu/snb/education-credit/6fcec5c5af"
_MOST_REMEMBERED: Final = 512
_OWN: Final = {
    "person": "person", "achievement": "learningAchievement", "student-number": "identifier",
    "identifier": "identifier", "certificate": "identifier", "national": "legalIdentifier", "birth": "location",
    "birth-address": "address", "contact": "contactPoint", "address": "address", "address-note": "note",
    "group": "group",
}  # fmt: skip


class Numbering:
    """Gives objects that have no id one, numbered per kind. Equal ids never stand for two objects."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def number(self, root: ElmObject) -> None:
        """Numbers `root` and all below it that have no id."""
        for thing in root.walk():
            if thing.id is None:
                thing.id = self.next_id(thing.ID_NAME)

    def next_id(self, kind: str) -> str:
        """The next free id of a kind."""
        number = self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"urn:epass:{kind}:{number}"


class Template:
    """The shared parts of one course's credentials. Safe to share between threads: what it remembers is never changed.

    Assessments with their grade, and activities, are remembered by award date and grade, up to a bound: few values
    come again and again.
    """

    def __init__(self, course: Course) -> None:
        wording = Wording(course)
        self.wording: Final = wording
        numbering = Numbering()
        self.numbering: Final = numbering
        self.course: Final = course
        self.title: Final = wording.text(course.title)
        self.bodies: Final = Bodies(course, wording)
        self.specification: Final = self._specification(course)
        self.evidence: Final[list[Evidence]] = self.bodies.evidence(
            concept("evidence-type", ACCREDITATION_EVIDENCE, languages=wording.codes)
        )
        for root in (*self.bodies.awarding, self.specification, *self.evidence):
            numbering.number(root)
        self.profiles: Final = [concept("credential", GENERIC, languages=wording.codes)]
        self.schemas: Final = [ShaclValidator2017(id=iri) for iri in schema_iris([GENERIC])]
        self._schemes: dict[int, GradingScheme] = {}
        self._assessments: Final = self._assessment_specifications(course)
        self._activities: Final = [self._activity_specification(one) for one in course.workload.activities]
        self._awards: dict[datetime, tuple[AwardingProcess, list[LearningActivity]]] = {}
        self._assessed: dict[tuple[datetime, str, str], LearningAssessment] = {}
        self._ids: Final = {
            name: (numbering.next_id("learningAssessment"), numbering.next_id("note"))
            for name in (OVERALL, *course.assessment_ids)
        }
        self.own_ids: Final = {name: numbering.next_id(kind) for name, kind in _OWN.items()}
        """The ids of what each learner has for himself; they are the same for all, so none tells who it is."""
        self._award_id: Final = numbering.next_id("awardingProcess")
        self._activity_ids: Final = [numbering.next_id("activity") for _ in self._activities]

    # What Annex I calls the learning outcomes, workload, level, participation and prerequisites.

    def _specification(self, course: Course) -> LearningAchievementSpecification:
        wording = self.wording
        credit = course.workload.ects
        framework = concept("education-credit", ECTS, languages=wording.codes)
        hours = course.workload.all_hours
        said: dict[str, Any] = {
            "identifier": [Identifier(notation=course.code)] if course.code is not None else [],
            "title": self.title,
            "alt_label": wording.other_scripts(course.title),
            "description": wording.text(course.description) if course.description is not None else None,
            "homepage": [WebResource(content_url=course.homepage)] if course.homepage is not None else [],
            "additional_note": self._notes(course),
            "language": [wording.concept(language) for language in course.taught_in],
            "volume_of_learning": _duration(hours) if hours is not None else None,
            "mode": [wording.concept(mode) for mode in course.mode],
            "learning_outcome": [self._outcome(one) for one in course.learning_outcomes],
            "thematic_area": [wording.concept(field) for field in course.isced_f],
            "credit_point": [CreditPoint(framework=framework, point=_number(credit))] if credit is not None else [],
            "learning_setting": wording.concept(course.setting) if course.setting is not None else None,
            "target_group": [wording.concept(group) for group in course.target_groups],
            "entry_requirement": wording.note(course.prerequisites) if course.prerequisites is not None else None,
        }
        of_programme = self.bodies.programme_accreditations
        part_of = course.stacking.part_of if course.stacking is not None else None
        if course.eqf is None and not course.nqf and not of_programme and part_of is None:
            return LearningAchievementSpecification(**said)
        whole = []
        partial = course.stacking.partial if course.stacking is not None else None
        if part_of is not None:
            points = [CreditPoint(framework=framework, point=_number(part_of.ects))] if part_of.ects is not None else []
            homepage = [WebResource(content_url=part_of.homepage)] if part_of.homepage is not None else []
            whole = [
                Qualification(
                    title=wording.text(part_of.title),
                    alt_label=wording.other_scripts(part_of.title),
                    credit_point=points,
                    homepage=homepage,
                )
            ]
            partial = True if partial is None else partial
        return Qualification(
            **said,
            eqf_level=wording.concept(course.eqf) if course.eqf is not None else None,
            nqf_level=[wording.concept(entry("nqf", level.uri)) for level in course.nqf],
            accreditation=of_programme,
            is_part_of=whole,
            is_partial_qualification=partial,
        )

    def _outcome(self, one: Outcome) -> LearningOutcome:
        wording = self.wording
        return LearningOutcome(
            title=wording.text(one.title),
            dc_type=wording.concept(one.type) if one.type is not None else None,
            reusability_level=wording.concept(one.reuse) if one.reuse is not None else None,
            related_esco_skill=[wording.concept(skill) for skill in one.esco],
            related_skill=[wording.concept(skill) for skill in one.digcomp],
            additional_note=wording.notes_in_other_script(one.title),
        )

    def _notes(self, course: Course) -> list[Note]:
        """What ELM has no property for: stacking in words, recognition, quality in words, the cycle."""
        wording = self.wording
        notes = wording.notes_in_other_script(course.description)
        if course.stacking is not None:
            kind, whole = course.stacking.kind, course.stacking.part_of
            text = wording.filled(kind, wording.text(whole.title)) if whole is not None else wording.phrase(kind)
            notes.append(wording.about("stackability", text))
            notes += [wording.note(course.stacking.note)] if course.stacking.note is not None else []
        if course.recognition is not None:
            for subject, said in (
                ("recognition", course.recognition.credits),
                ("prior-learning", course.recognition.prior_learning),
            ):
                if said is not None:
                    notes.append(wording.about(subject, wording.filled(subject, wording.text(said))))
                    notes += wording.notes_in_other_script(said)
        if course.cycle is not None:
            cycle = wording.filled("cycle", wording.phrase(f"cycle-{course.cycle}"))
            notes.append(wording.about("qf-ehea-cycle", cycle))
        notes += self._quality_notes(course)
        return notes + ([wording.note(course.further_information)] if course.further_information is not None else [])

    def _quality_notes(self, course: Course) -> list[Note]:
        wording, quality, notes = self.wording, course.quality_assurance, []
        if quality is not None and quality.statement is not None:
            text = wording.filled("quality", wording.text(quality.statement))
            notes += [wording.about("quality-assurance", text), *wording.notes_in_other_script(quality.statement)]
        if quality is not None and quality.esg is not None:
            answers = "; ".join(f"{number}: {answer}" for number, answer in quality.esg.items())
            text = wording.phrase("esg")
            if answers:
                text = LanguageMap({tag: f"{said}: {answers}" for tag, said in text.items()})
            notes.append(wording.about("quality-assurance", text))
        return notes

    # Assessments and activities: the specification once, the claim once for each award date and grade.

    def _assessment_specifications(
        self, course: Course
    ) -> dict[str, tuple[LearningAssessmentSpecification, Concept | None]]:
        found: dict[str, tuple[LearningAssessmentSpecification, Concept | None]] = {}
        overall = LearningAssessmentSpecification(
            title=self.wording.phrase("overall"), grading_scheme=self._scheme(course.grading)
        )
        self.numbering.number(overall)
        found[OVERALL] = overall, None
        for name, one in zip(course.assessment_ids, course.assessment, strict=True):
            specification = self._assessment_specification(one, one.grading or course.grading)
            self.numbering.number(specification)
            supervision = self.wording.concept(one.supervision) if one.supervision is not None else None
            found[name] = specification, supervision
        return found

    def _assessment_specification(self, one: Assessment, grading: Grading | None) -> LearningAssessmentSpecification:
        wording = self.wording
        notes = wording.notes_in_other_script(one.criteria)
        if one.weight is not None:
            notes.append(wording.about("weight", wording.filled("weight", _number(one.weight))))
        if one.covers:
            titles = dict(zip(self.course.outcome_ids, self.course.learning_outcomes, strict=True))
            covered = [wording.text(titles[name].title) for name in one.covers]
            said = {
                tag: "; ".join(text[tag] for text in covered) for tag in covered[0] if all(tag in t for t in covered)
            }
            notes.append(wording.about("learning-outcomes", wording.filled("covers", said)))
        return LearningAssessmentSpecification(
            title=wording.title(one.title, one.type),
            alt_label=wording.other_scripts(one.title),
            description=wording.text(one.criteria) if one.criteria is not None else None,
            dc_type=[wording.concept(one.type)],
            mode=[wording.concept(mode) for mode in one.mode],
            grading_scheme=self._scheme(grading),
            additional_note=notes,
        )

    def _scheme(self, grading: Grading | None) -> GradingScheme | None:
        if grading is None or grading.title is None:
            return None
        known = self._schemes.get(id(grading))
        if known is None:
            homepage = [WebResource(content_url=grading.homepage)] if grading.homepage is not None else []
            known = self._schemes[id(grading)] = GradingScheme(
                title=self.wording.text(grading.title),
                description=self.wording.text(grading.description) if grading.description is not None else None,
                supplementary_document=homepage,
            )
        return known

    def _activity_specification(self, one: Activity) -> LearningActivitySpecification:
        wording = self.wording
        specification = LearningActivitySpecification(
            title=wording.title(one.title, one.type) or self.title,
            alt_label=wording.other_scripts(one.title),
            dc_type=[wording.concept(one.type)] if one.type is not None else [],
            volume_of_learning=_duration(one.hours) if one.hours is not None else None,
            contact_hour=[_number(one.contact_hours)] if one.contact_hours is not None else [],
            mode=[wording.concept(mode) for mode in one.mode],
        )
        self.numbering.number(specification)
        return specification

    def award(self, when: datetime) -> tuple[AwardingProcess, list[LearningActivity]]:
        """The award at a moment, and the activities that led to it."""
        known = self._awards.get(when)
        if known is None:
            process = AwardingProcess(id=self._award_id, awarding_body=list(self.bodies.awarding), awarding_date=when)
            activities = [
                LearningActivity(
                    id=identifier,
                    title=specification.title,
                    awarded_by=process,
                    specified_by=specification,
                    directed_by=list(self.bodies.units),
                    temporal=[*self._period()],
                )
                for identifier, specification in zip(self._activity_ids, self._activities, strict=True)
            ]
            known = process, activities
            if len(self._awards) < _MOST_REMEMBERED:
                self._awards[when] = known
        return known

    def _period(self) -> list[PeriodOfTime]:
        start, end = self.course.starts_on, self.course.ends_on
        if start is None and end is None:
            return []
        return [PeriodOfTime(id="urn:epass:period:1", start_date=_moment(start), end_date=_moment(end))]

    def assessed(self, name: str, grade: str | None, when: datetime) -> LearningAssessment:
        """The assessment `name` with a grade; without one it says “passed” in words."""
        known = self._assessed.get((when, name, grade or ""))
        if known is None:
            specification, supervision = self._assessments[name]
            identifier, note_id = self._ids[name]
            known = LearningAssessment(
                id=identifier,
                title=specification.title,
                awarded_by=self.award(when)[0],
                grade=Note(id=note_id, note_literal=self.grade_text(name, grade)),
                id_verification=supervision,
                specified_by=specification,
            )
            if len(self._assessed) < _MOST_REMEMBERED:
                self._assessed[when, name, grade or ""] = known
        return known

    def grade_text(self, name: str, grade: str | None) -> LanguageMap:
        """The words for a grade of the assessment `name`."""
        grading = self.course.grading_of(name)
        if grade is None or (grading is not None and grading.preset == "pass-fail" and grade == "passed"):
            return self.wording.phrase("passed")
        return LanguageMap({self.wording.main: grade})


def _moment(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=UTC) if day is not None else None


def _number(value: object) -> str:
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _duration(hours: object) -> Duration:
    """Hours, and minutes for a part of one."""
    whole, _, part = str(hours).partition(".")
    minutes = round(float(f"0.{part or 0}") * 60)
    return Duration(hours=int(whole), minutes=minutes)
