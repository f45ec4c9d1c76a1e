"""From a credential to what its page shows.

The first learning achievement is what the page is about; a credential without one is shown by its first claim. Values
from EU lists are shown by what their code means, not by the label that the file gives them, wherever we know the code.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Final, TypeVar

from edc_microcred.elm import (
    Agent,
    Claim,
    Concept,
    CreditPoint,
    Duration,
    EuropeanDigitalCredential,
    LanguageMap,
    LearningAchievement,
    LearningAchievementSpecification,
    LearningActivity,
    LearningAssessment,
    LearningAssessmentSpecification,
    LearningOutcome,
    Organisation,
    Person,
    Qualification,
)
from edc_microcred.elm import Note as ElmNote
from edc_microcred.elm.accreditation import Accreditation
from edc_microcred.elm.values import LANGUAGE_TAG
from edc_microcred.rendering import notes, places
from edc_microcred.rendering.design import RenderingError
from edc_microcred.rendering.labels import Words, words
from edc_microcred.rendering.page import (
    Activity,
    Assessment,
    Body,
    Mandate,
    Note,
    Outcome,
    PageContent,
    Quality,
    SealStatement,
)
from edc_microcred.rendering.text import Reader, Text, harmless
from edc_microcred.vocabularies import vocabulary
from edc_microcred.vocabularies.nqf import NqfLevel, frameworks

T = TypeVar("T")
S = TypeVar("S")

MOST: Final = 60
"""The most entries of one kind on a page."""
LONGEST_NAME: Final = 300
LONGEST_ID: Final = 300
_LONGEST_DURATION: Final = 1_000_000
_NIL: Final = "00000000-0000-0000-0000-000000000000"
_SHOWN_THEMSELVES: Final = (LearningActivity, LearningAssessment)


def read_page(
    credential: EuropeanDigitalCredential,
    language: str,
    *,
    seal: SealStatement,
    personal: bool = True,
    date_of_birth: bool = False,
) -> PageContent:
    """What the page of `credential` shows to a reader of `language` (a BCP 47 tag).

    Without `personal` nothing of it belongs to the learner: no name, grades, dates and ids. The date of birth is
    shown only when asked for. Raises `RenderingError` for what is no language tag.
    """
    if not LANGUAGE_TAG.fullmatch(language):
        raise RenderingError(f"{language[:20]!r} is no language tag.", remedy="Write en, sr, sr-Latn, de or es.")
    return _PageReader(language, personal).page(credential, seal, date_of_birth=date_of_birth and personal)


class _PageReader:
    def __init__(self, language: str, personal: bool) -> None:
        self.language = language
        self.personal = personal
        self.words: Words = words(language)
        self.reader = Reader(language)
        self.text = self.reader.text
        self.left_out = 0
        self.further: Sequence[ElmNote] = ()

    def page(self, credential: EuropeanDigitalCredential, seal: SealStatement, *, date_of_birth: bool) -> PageContent:
        subject = credential.credential_subject
        claims = subject.has_claim if isinstance(subject, Person) else []
        main = places.main_claim(credential)
        achieved = main if isinstance(main, LearningAchievement) else None
        spec = achieved.specified_by if achieved is not None else None
        activities = (
            achieved.influenced_by if achieved is not None else [c for c in claims if isinstance(c, LearningActivity)]
        )
        agents = main.awarded_by.awarding_body if main is not None and main.awarded_by is not None else []
        display = credential.display_parameter
        title = self.reader.in_script(
            main.title if main is not None else None, spec.alt_label if spec is not None else None, LONGEST_NAME
        ) or (self.text(display.title, LONGEST_NAME) if display is not None else None)
        entitlements = (*achieved.entitles_to, *(spec.entitles_to if spec else ())) if achieved is not None else ()
        bodies = self._each(agents, self._body)
        units = self._once(places.units(agents, activities), self._name)
        described = (main.description if main else None, spec.description if spec else None)
        there = (*(main.additional_note if main else ()), *(spec.additional_note if spec else ()))
        self.further = there
        description = next(filter(None, map(self.text, described)), None)
        further = list(notes.for_page(there, self.language, main.title if main else None, *described))
        issued = credential.issued or credential.issuance_date
        awarded = main.awarded_by.awarding_date if main is not None and main.awarded_by is not None else None
        return PageContent(
            language=self.language,
            title=title or Text(self.words["credential"], self.words.language),
            seal=seal,
            description=self._scripted(description) if description is not None else None,
            learner=self._learner(subject) if self.personal else None,
            date_of_birth=self._day(subject.date_of_birth) if date_of_birth and isinstance(subject, Person) else None,
            bodies=bodies,
            units=tuple(unit for unit in units if unit not in {body.name for body in bodies}),
            credits=self._credits(achieved, spec),
            workload=self._duration(places.workload(main, spec)),
            levels=self._levels(spec),
            outcomes=self._each(spec.learning_outcome if spec else (), self._outcome),
            outcome_summary=self._note(spec.learning_outcome_summary) if spec else None,
            assessments=self._assessments(claims, achieved, spec),
            quality=(
                *self._once(places.accreditations(credential, agents, spec), self._quality),
                *self._once(filter(notes.about_quality, further), self._quality_note),
            ),
            mandate=self._mandate(credential),
            modes=self._once(places.modes(spec, activities), self._label("learning-assessment")),
            activities=self._each(activities, self._activity),
            fields=self._each(spec.thematic_area if spec else (), self._label("isced-f")),
            taught_in=self._once(places.languages(spec, activities), self._label("language")),
            requirements=self._note(spec.entry_requirement) if spec else None,
            part_of=self._titles((*achieved.is_part_of, *(spec.is_part_of if spec else ())) if achieved else ()),
            parts=self._titles(achieved.has_part or (spec.has_part if spec else ()) if achieved else ()),
            entitles_to=self._titles(entitlements),
            other_claims=self._titles(
                one for one in claims if one is not main and (achieved or type(one) not in _SHOWN_THEMSELVES)
            ),
            notes=self._each((note for note in further if not notes.about_quality(note)), self._noted),
            awarded_on=self._day(awarded) if self.personal else None,
            issued=self._day(issued) if self.personal else None,
            valid_from=self._day(credential.valid_from) if self.personal else None,
            valid_until=self._day(credential.expiration_date or credential.valid_until) if self.personal else None,
            credential_id=self._id(credential) if self.personal and seal.state != "preview" else None,
            left_out=self.left_out,
            dated=_date(issued or credential.valid_from or awarded) if self.personal else None,
        )

    def _id(self, credential: EuropeanDigitalCredential) -> str | None:
        """The id; None for the one of all zeros, which stands for an id that was not made yet."""
        there = credential.id is not None and not credential.id.endswith(_NIL)
        return (harmless(credential.id or "") or None) if there else None

    def _each(self, items: Iterable[T], read: Callable[[T], S | None]) -> tuple[S, ...]:
        """What can be read of `items`, at most `MOST` of them; the rest is counted as left out."""
        found: list[S] = []
        for item in items:
            if len(found) >= MOST:
                self.left_out += 1
            elif (one := read(item)) is not None:
                found.append(one)
        return tuple(found)

    def _once(self, items: Iterable[T], read: Callable[[T], S | None]) -> tuple[S, ...]:
        """As `_each`, without repetitions."""
        return tuple(dict.fromkeys(self._each(items, read)))

    def _learner(self, subject: Agent | None) -> Text | None:
        if not isinstance(subject, Person):
            return None if subject is None else self._name(subject)
        whole = self.reader.name(subject.full_name, LONGEST_NAME)
        if whole is not None:
            return whole
        parts = [self.reader.name(part, LONGEST_NAME // 2) for part in (subject.given_name, subject.family_name)]
        there = [part for part in parts if part is not None]
        return Text(" ".join(part.value for part in there), there[0].language) if there else None

    def _name(self, agent: Agent) -> Text | None:
        if isinstance(agent, Person):
            return self._learner(agent)
        legal = agent.legal_name if isinstance(agent, Organisation) else None
        return self.reader.in_script(legal or agent.pref_label, agent.alt_label, LONGEST_NAME) or self.text(
            agent.alt_label, LONGEST_NAME
        )

    def _body(self, agent: Agent) -> Body | None:
        name = self._name(agent)
        if name is None:
            return None
        whole = agent.sub_organization_of if isinstance(agent, Organisation) else None
        country = next((a.country_code for place in agent.location for a in place.address if a.country_code), None)
        website = next((page.content_url for page in getattr(agent, "homepage", ()) if page.content_url), None)
        return Body(
            name,
            part_of=self._name(whole) if whole is not None else None,
            country=self._coded("country", country),
            identifier=harmless(places.official_number(agent), LONGEST_NAME) if isinstance(agent, Organisation) else "",
            website=harmless(website or "", LONGEST_ID),
        )

    def _credits(
        self, achieved: LearningAchievement | None, spec: LearningAchievementSpecification | None
    ) -> tuple[Text, ...]:
        points: Sequence[CreditPoint] = (achieved.credit_received if achieved else ()) or (
            spec.credit_point if spec else ()
        )

        def read(credit: CreditPoint) -> Text | None:
            if not credit.point:
                return None
            point = self.words.number(harmless(credit.point, 20))
            framework = self._coded("education-credit", credit.framework)
            return Text(f"{point} {framework}" if framework else point, self.words.language)

        return self._each(points, read)

    def _levels(self, spec: LearningAchievementSpecification | None) -> tuple[Text, ...]:
        if spec is None:
            return ()
        levels: list[Text | None] = []
        if isinstance(spec, Qualification):
            levels = [self._eqf(spec.eqf_level), *(self._nqf(level) for level in spec.nqf_level)]
        levels += [self._coded("", level) for level in spec.education_level]
        return self._each(levels, lambda level: level)

    def _eqf(self, level: Concept | None) -> Text | None:
        number = (level.id or "").removeprefix("http://data.europa.eu/snb/eqf/") if level is not None else ""
        if len(number) == 1 and number in "12345678":
            return Text(self.words["eqf"].replace("{level}", number), self.words.language)
        return self._coded("", level)

    def _nqf(self, level: Concept) -> Text | None:
        known = _nqf_level(level.id or "")
        called = self.words.coded(known.framework) if known is not None else None
        if known is not None and called is not None:
            return Text(f"{called} {known.code}", self.words.language)
        return self._coded("nqf", level)

    def _label(self, list_name: str) -> Callable[[Concept], Text | None]:
        return lambda concept: self._coded(list_name, concept)

    def _coded(self, list_name: str, concept: Concept | None) -> Text | None:
        """What a value of the list is called: by us, by the list, or else by the file itself."""
        if concept is None:
            return None
        uri = concept.id or ""
        if (ours := self.words.coded(uri)) is not None:
            return Text(ours, self.words.language)
        return _listed(list_name, uri, self.language) or self.text(concept.pref_label, LONGEST_NAME)

    def _note(self, note: ElmNote | None) -> Text | None:
        return self.reader.in_script(note.note_literal, note.note_literal) if note is not None else None

    def _noted(self, note: ElmNote) -> Note | None:
        text = self._note(note)
        if text is None:
            return None
        return Note(self._scripted(notes.without_subject(text, note.subject)), self._coded("", note.subject))

    def _quality_note(self, note: ElmNote) -> Quality | None:
        text = self._note(note)
        if text is None:
            return None
        said = self._scripted(notes.without_subject(text, note.subject))
        short = Text(harmless(said.value, LONGEST_NAME), said.language)
        return Quality(short, statement=said if short != said else None)

    def _scripted(self, text: Text) -> Text:
        """The text in the script of the page, if a note holds it in that."""
        return notes.in_cyrillic(text, self.further) if self.words.language == "sr" else text

    def _outcome(self, one: LearningOutcome) -> Outcome | None:
        title = self.text(one.title)
        if title is None:
            return None
        if self.words.language == "sr":
            title = notes.in_cyrillic(title, one.additional_note)
        skills = self._each(one.related_esco_skill, self._label("esco-skills"))
        return Outcome(title, self._coded("skill-type", one.dc_type), skills)

    def _titles(self, things: Iterable[Claim | LearningAchievementSpecification]) -> tuple[Text, ...]:
        return self._each(things, lambda thing: self.text(thing.title, LONGEST_NAME))

    def _titled(
        self, list_name: str, texts: LanguageMap | None, kinds: Sequence[Concept]
    ) -> tuple[Text, Text | None] | None:
        """Title and kind of a thing. A title that is but a label of the kind is said in our words, and once."""
        title = self.text(texts, LONGEST_NAME)
        kind = self._coded(list_name, kinds[0]) if kinds else None
        if title is None:
            return (kind, None) if kind is not None else None
        if kind is not None and title.value.casefold() in _labels(list_name, kinds[0].id or ""):
            title = Text(kind.value[:1].upper() + kind.value[1:], kind.language)
        return title, kind if kind is not None and kind.value.casefold() != title.value.casefold() else None

    def _activity(self, activity: LearningActivity) -> Activity | None:
        spec = activity.specified_by
        titled = self._titled(
            "learning-activity", activity.title, activity.dc_type or (spec.dc_type if spec is not None else [])
        )
        if titled is None:
            return None
        modes = spec.mode if spec is not None else []
        return Activity(
            *titled,
            workload=self._duration(activity.workload or (spec.volume_of_learning if spec is not None else None)),
            mode=self._coded("learning-assessment", modes[0]) if modes else None,
        )

    def _assessments(
        self,
        claims: Sequence[Claim],
        achieved: LearningAchievement | None,
        spec: LearningAchievementSpecification | None,
    ) -> tuple[Assessment, ...]:
        made = achieved.proven_by if achieved else [one for one in claims if isinstance(one, LearningAssessment)]
        if made:
            return self._each(places.with_parts(made), self._assessment)
        return self._each(spec.proven_by if spec else (), self._planned)

    def _assessment(self, one: LearningAssessment) -> Assessment | None:
        plan = one.specified_by
        planned = self._planned(plan) if plan is not None else None
        titled = self._titled("assessment", one.title, one.dc_type or (plan.dc_type if plan is not None else []))
        shown = planned if titled is None or (not one.title and planned is not None) else Assessment(*titled)
        if shown is None:
            return None
        return replace(
            shown,
            description=self.text(one.description) or (planned.description if planned is not None else None),
            grade=self._note(one.grade) if self.personal else None,
            scale=planned.scale if planned is not None else None,
            supervision=self._coded("supervision-verification", one.id_verification),
            date=self._day(one.date_issued) if self.personal else None,
        )

    def _planned(self, plan: LearningAssessmentSpecification) -> Assessment | None:
        titled = self._titled("assessment", plan.title, plan.dc_type)
        if titled is None:
            return None
        return Assessment(
            *titled,
            description=self.text(plan.description),
            scale=self.text(plan.grading_scheme.title, LONGEST_NAME) if plan.grading_scheme is not None else None,
        )

    def _quality(self, accreditation: Accreditation) -> Quality | None:
        kind = accreditation.dc_type
        titled = self._titled("accreditation", accreditation.title, [kind] if kind is not None else [])
        if titled is None:
            return None
        agent, report = accreditation.accrediting_agent, accreditation.report
        return Quality(
            *titled,
            agency=self._name(agent) if agent is not None else None,
            report=harmless((report.content_url or "") if report is not None else "", LONGEST_ID),
            valid_until=self._day(accreditation.expiry_date),
        )

    def _mandate(self, credential: EuropeanDigitalCredential) -> Mandate | None:
        statement = harmless(places.mandate(credential))
        issuer = self._name(credential.issuer) if credential.issuer is not None else None
        return Mandate(Text(statement), sealed_by=issuer) if statement else None

    def _day(self, moment: date | datetime | None) -> Text | None:
        day = _date(moment)
        return Text(self.words.day(day), self.words.language) if day is not None else None

    def _duration(self, duration: Duration | None) -> Text | None:
        if duration is None or duration.negative:
            return None
        minutes = duration.minutes + int(duration.seconds / 60)
        parts = [
            ("months", duration.total_months),
            ("hours", duration.days * 24 + duration.hours),
            ("minutes", minutes),
        ]
        if duration.days and not duration.hours:
            parts[1] = ("days", duration.days)
        if any(number > _LONGEST_DURATION for _, number in parts):
            return Text(harmless(str(duration), 40), self.words.language)
        said = [self.words.count(unit, number) for unit, number in parts if number]
        return Text(" ".join(said), self.words.language) if said else None


@lru_cache(maxsize=4096)
def _listed(list_name: str, uri: str, language: str) -> Text | None:
    """The label that the list `list_name` gives a concept, for a reader of `language`; None when it has none."""
    entry = vocabulary(list_name).by_uri(uri) if list_name else None
    return Reader(language).text(LanguageMap(dict(entry.labels)), LONGEST_NAME) if entry is not None else None


@lru_cache(maxsize=1024)
def _labels(list_name: str, uri: str) -> frozenset[str]:
    """What the list calls a concept, in any language, without regard to case."""
    entry = vocabulary(list_name).by_uri(uri)
    return frozenset(label.casefold() for label in entry.labels.values()) if entry is not None else frozenset()


@lru_cache(maxsize=1024)
def _nqf_level(uri: str) -> NqfLevel | None:
    return next((level for framework in frameworks() for level in framework.levels if level.uri == uri), None)


def _date(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment
