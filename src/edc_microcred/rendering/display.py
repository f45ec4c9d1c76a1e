"""The display image inside a credential: one page picture per language, as viewers of European credentials want it.

EDC shows a credential by these pictures and fails without them: it takes the display whose language is the reader's,
else the primary one, and puts a data URI together from the *labels* of the picture's type and encoding, so those must
be there although no shape asks for them. Its languages have no scripts: Serbian in Cyrillic and in Latin letters are
one language (SRP), so both pages stand in one display, the script that was named first as page 1 and the other as
page 2, and the heading is in the script that was named first.

Nothing personal is on a picture unless asked for, so that it is drawn once for a course; whatever looks the same is
drawn once. A picture has 96 dots an inch and 16 colours (64 with a logo), about 35 kB. All pictures of a credential
share one budget: where it is not enough, each has fewer colours, then fewer dots, down to the least that can be read.
"""

from collections.abc import Hashable, Sequence
from contextlib import suppress
from threading import Lock
from typing import Final

from edc_microcred.elm import (
    Agent,
    Concept,
    DisplayDetail,
    DisplayParameter,
    EuropeanDigitalCredential,
    IndividualDisplay,
    LanguageMap,
    LearningAchievement,
    LearningAssessment,
    LearningAssessmentSpecification,
    LearningOutcome,
    MediaObject,
    Note,
    Organisation,
    Person,
    Qualification,
)
from edc_microcred.elm.accreditation import Accreditation
from edc_microcred.rendering.design import DEFAULT_DESIGN, Design, RenderingError
from edc_microcred.rendering.labels import words
from edc_microcred.rendering.notes import about_quality
from edc_microcred.rendering.page import PageContent, SealStatement
from edc_microcred.rendering.palette import with_few_colours
from edc_microcred.rendering.places import main_claim, mandate
from edc_microcred.rendering.reading import read_page
from edc_microcred.vocabularies import concept

LARGEST_PICTURE: Final = 60_000
"""Bytes of one picture; a page that needs more is drawn with fewer colours and dots."""
LARGEST_PICTURES: Final = 146_000
"""Characters of all pictures of a credential, in base64, so that it stays under 250 kB: some 90 kB are its texts in
five languages, as they stand in a sealed file, and 12 kB a seal with its certificates."""
_COLOURS: Final = 16
_COLOURS_WITH_LOGO: Final = 64
# Dots an inch and colours of a picture, one after the other; with less than the last small print cannot be read.
_FEWER: Final = ((96.0, 16), (84.0, 16), (72.0, 16), (66.0, 16), (60.0, 16), (60.0, 12))
# What a step is expected to save: it is not drawn where that would not be nearly enough.
_BY_DOTS: Final = 1.5
_BY_COLOURS: Final = 0.7
_NEARLY: Final = 1.15
_REMEMBERED: Final = 64
_NAMED: Final = words("en").coded
_OUTSIDE: Final = SealStatement("outside")

_drawn: dict[Hashable, DisplayParameter] = {}
_drawing = Lock()


def display_parameter(
    credential: EuropeanDigitalCredential,
    languages: Sequence[str],
    *,
    design: Design | None = None,
    personal: bool = False,
) -> DisplayParameter:
    """How the credential is to be shown in `languages` (BCP 47 tags, the main one first): heading and page pictures.

    With `personal` the pictures show the learner's name, grades, dates and the credential's id, and are drawn anew
    each time. Without, equal content gives the very same object again: copy it before you alter it. Safe to share
    between threads. Raises `RenderingError` for no language, a design that does not work, or Typst missing;
    `VocabularyError` for a language that is not in the EU list.
    """
    if not languages:
        raise RenderingError("There is no language to show the credential in.", remedy='Name at least one: ["en"].')
    design = design or DEFAULT_DESIGN
    if personal:
        return _draw(credential, languages, design, personal=True)
    key = (_shown(credential, languages, design), tuple(languages), design.digest)
    known = _drawn.get(key)
    if known is not None:
        return known
    with _drawing:
        known = _drawn.get(key)
        if known is None:
            known = _draw(credential, languages, design, personal=False)
            while len(_drawn) >= _REMEMBERED:
                del _drawn[next(iter(_drawn))]
            _drawn[key] = known
    return known


def _draw(
    credential: EuropeanDigitalCredential, languages: Sequence[str], design: Design, *, personal: bool
) -> DisplayParameter:
    by_language: dict[str, list[str]] = {}
    for tag in dict.fromkeys(languages):
        by_language.setdefault(tag.partition("-")[0].lower(), []).append(tag)
    # A concept that stands in the credential already is taken as it is: one id with two sets of labels is two things.
    there = {one.id: one for one in credential.walk() if isinstance(one, Concept)}

    def labelled(list_name: str, key: str) -> Concept:
        listed = concept(list_name, key, languages=tuple(by_language))
        found = there.get(listed.id)
        return found if found is not None and found.pref_label else listed

    concepts = {base: labelled("language", base) for base in by_language}
    png, base64 = labelled("file-type", "PNG"), labelled("encoding", "base64")
    most = min(LARGEST_PICTURE, LARGEST_PICTURES // 4 * 3 // sum(map(len, by_language.values())))
    displays: list[IndividualDisplay] = []
    titles: dict[str, str] = {}
    descriptions: dict[str, str] = {}
    for base, tags in by_language.items():
        pages = [read_page(credential, tag, seal=_OUTSIDE, personal=personal) for tag in tags]
        titles.setdefault(_base(pages[0].title.language) or base, pages[0].title.value)
        if (description := pages[0].description) is not None:
            descriptions.setdefault(_base(description.language) or base, description.value)
        pictures = [
            MediaObject(content=_picture(page, design, most), content_type=png, content_encoding=base64)
            for page in pages
        ]
        details = [DisplayDetail(page=number, image=picture) for number, picture in enumerate(pictures, 1)]
        displays.append(IndividualDisplay(language=concepts[base], display_detail=details))
    return DisplayParameter(
        title=LanguageMap(titles),
        description=LanguageMap(descriptions) if descriptions else None,
        language=list(concepts.values()),
        primary_language=concepts[next(iter(by_language))],
        individual_display=displays,
    )


def _base(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _picture(page: PageContent, design: Design, most: int) -> bytes:
    """The picture of a page in `most` bytes; the smallest that can still be read where that is not enough."""
    from edc_microcred.rendering.typst_pages import to_png

    colours = _COLOURS_WITH_LOGO if design.logo is not None or design.template is not None else _COLOURS
    last = (_FEWER[0][0], colours)
    drawn = to_png(page, design, ppi=last[0])
    picture = with_few_colours(drawn, colours)
    for step in _FEWER:
        if len(picture) <= most:
            break
        if step[0] == last[0] and step[1] >= last[1]:
            continue
        saved = (step[0] / last[0]) ** _BY_DOTS * (_BY_COLOURS if step[1] < last[1] else 1)
        if len(picture) * saved > most * _NEARLY and step != _FEWER[-1]:
            continue
        if step[0] != last[0]:
            drawn = to_png(page, design, ppi=step[0])
        picture, last = with_few_colours(drawn, step[1]), step
    return picture


def _shown(credential: EuropeanDigitalCredential, languages: Sequence[str], design: Design) -> Hashable:
    """All that an impersonal picture depends on, read in microseconds for credentials of the usual form."""
    main = main_claim(credential)
    if design.template is None and isinstance(main, LearningAchievement):
        front = _front(credential, main)
        with suppress(TypeError):  # several texts of one language are a list, which has no hash
            hash(front)
            return front
    return tuple(read_page(credential, tag, seal=_OUTSIDE, personal=False) for tag in languages)


def _front(credential: EuropeanDigitalCredential, main: LearningAchievement) -> Hashable:
    """What the first page shows of the credential, and the heading and description of the display.

    Whatever `certificate.typ` puts on an impersonal first page must be here.
    """
    spec = main.specified_by
    agents = main.awarded_by.awarding_body if main.awarded_by is not None else ()
    display = credential.display_parameter
    shown: list[Hashable] = [
        _texts(main.title),
        _texts(main.description),
        _texts(display.title) if display is not None and not main.title else None,
        tuple([_body(agent) for agent in agents]),
        tuple([_agent(unit) for activity in main.influenced_by for unit in activity.directed_by]),
        tuple([(_assessment(one), tuple([_assessment(part) for part in one.has_part])) for one in main.proven_by]),
        tuple([(credit.point, _concept(credit.framework)) for credit in main.credit_received]),
        tuple([_accreditation(one.accreditation) for one in credential.evidence]),
        _notes(main.additional_note),
        (said, _agent(credential.issuer)) if (said := mandate(credential)) else None,
    ]
    if spec is not None:
        summary = spec.learning_outcome_summary
        shown += (
            _texts(spec.alt_label),
            _texts(spec.description) if not main.description else None,
            str(spec.volume_of_learning),
            tuple([(credit.point, _concept(credit.framework)) for credit in spec.credit_point]),
            tuple([_outcome(outcome) for outcome in spec.learning_outcome]),
            _texts(summary.note_literal) if summary is not None else None,
            tuple([_concept(level) for level in spec.education_level]),
            tuple([_planned(plan) for plan in spec.proven_by]),
            _notes(spec.additional_note),
        )
    if isinstance(spec, Qualification):
        shown += (
            _concept(spec.eqf_level),
            tuple([_concept(level) for level in spec.nqf_level]),
            tuple([_accreditation(one) for one in spec.accreditation]),
        )
    return tuple(shown)


def _agent(agent: Agent | None) -> Hashable:
    if isinstance(agent, Organisation):
        return Organisation, _texts(agent.legal_name), _texts(agent.pref_label), _texts(agent.alt_label)
    if isinstance(agent, Person):
        return Person, _texts(agent.full_name), _texts(agent.given_name), _texts(agent.family_name)
    return (Agent, _texts(agent.pref_label), _texts(agent.alt_label)) if agent is not None else None


def _body(agent: Agent) -> Hashable:
    if not isinstance(agent, Organisation):
        return _agent(agent)
    units = tuple([_agent(unit) for unit in agent.has_sub_organization])
    accreditations = tuple([_accreditation(one) for one in agent.accreditation])
    return _agent(agent), _agent(agent.sub_organization_of), units, accreditations


def _assessment(one: LearningAssessment) -> Hashable:
    plan = one.specified_by
    kind = _concept(one.dc_type[0]) if one.dc_type else None
    title = one.title or (plan.title if plan is not None else None)
    return _texts(title), kind, _concept(plan.dc_type[0]) if plan is not None and plan.dc_type else None


def _planned(plan: LearningAssessmentSpecification) -> Hashable:
    return _texts(plan.title), _concept(plan.dc_type[0]) if plan.dc_type else None


def _accreditation(one: Accreditation | None) -> Hashable:
    return (_texts(one.title), _concept(one.dc_type), _agent(one.accrediting_agent)) if one is not None else None


def _outcome(one: LearningOutcome) -> Hashable:
    return _texts(one.title), tuple([_texts(note.note_literal) for note in one.additional_note])


def _notes(notes: Sequence[Note]) -> Hashable:
    """Those that say how quality is assured, and those without a subject, which may hold the other script of a text."""
    return tuple([_texts(note.note_literal) for note in notes if note.subject is None or about_quality(note)])


def _concept(value: Concept | None) -> Hashable:
    if value is None:
        return None
    # What we have a word for is never shown by the label in the file.
    return value.id if value.id is not None and _NAMED(value.id) else (value.id, _texts(value.pref_label))


def _texts(texts: LanguageMap | None) -> Hashable:
    return tuple(texts.as_json().items()) if texts is not None else None
