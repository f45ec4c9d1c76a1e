"""What a certificate page shows: everything on it, as texts in one language with their fallbacks, and nothing else.

Templates see this and never the credential, so that the HTML page, the PDF and the pictures say the same. All texts
have been made harmless (see `text`); they are still text of unknown people, to be escaped by whoever writes markup.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from edc_microcred.rendering.text import Text

SealState = Literal["says", "none", "preview", "broken", "unread", "unknown", "outside"]
"""What is known of the seal: it names somebody; there is none; there is none yet, because nothing was issued; it does
not fit the content; it cannot be read; nobody looked; or it will be put around the file that the page is part of."""


@dataclass(frozen=True, slots=True)
class SealStatement:
    """What the seal of the file says of itself. Nobody verified it: `edc_microcred.verification` does that."""

    state: SealState
    organisation: str = ""
    identifier: str = ""
    claimed_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One learning outcome: what the learner can do, whether that is knowledge or a skill, and related ESCO skills."""

    title: Text
    kind: Text | None = None
    skills: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation: its legal name, the larger body that it belongs to, country, official number, web address."""

    name: Text
    part_of: Text | None = None
    country: Text | None = None
    identifier: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """How the outcomes were assessed. `grade` and `date` are the learner's; they are absent on an impersonal page."""

    title: Text
    kind: Text | None = None
    description: Text | None = None
    grade: Text | None = None
    scale: Text | None = None
    supervision: Text | None = None
    date: Text | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """A course or other activity through which the learner got there."""

    title: Text
    kind: Text | None = None
    workload: Text | None = None
    mode: Text | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """What underpins the quality: an accreditation or licence, whose it is, and until when; or a statement.

    `title` is short enough for the certificate; a `statement` that is longer stands here in full.
    """

    title: Text
    statement: Text | None = None
    kind: Text | None = None
    agency: Text | None = None
    report: str = ""
    valid_until: Text | None = None


@dataclass(frozen=True, slots=True)
class Mandate:
    """On whose authority somebody else than an awarding body seals: the mandate in words, and who sealed under it."""

    statement: Text
    sealed_by: Text | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Further information, with what it is about."""

    text: Text
    about: Text | None = None


@dataclass(frozen=True, slots=True)
class PageContent:
    """Everything that a certificate page shows. `language` is the language asked for, as a BCP 47 tag.

    The learner, the learner's grades and dates, and the credential's id are absent on an impersonal page. `left_out`
    counts the outcomes, assessments and other entries that were too many for a page. `dated` is the date of the
    document itself: its issue, else its validity, else its award.
    """

    language: str
    title: Text
    seal: SealStatement
    description: Text | None = None
    learner: Text | None = None
    date_of_birth: Text | None = None
    bodies: tuple[Body, ...] = ()
    units: tuple[Text, ...] = ()
    credits: tuple[Text, ...] = ()
    workload: Text | None = None
    levels: tuple[Text, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    outcome_summary: Text | None = None
    assessments: tuple[Assessment, ...] = ()
    quality: tuple[Quality, ...] = ()
    mandate: Mandate | None = None
    modes: tuple[Text, ...] = ()
    activities: tuple[Activity, ...] = ()
    fields: tuple[Text, ...] = ()
    taught_in: tuple[Text, ...] = ()
    requirements: Text | None = None
    part_of: tuple[Text, ...] = ()
    parts: tuple[Text, ...] = ()
    entitles_to: tuple[Text, ...] = ()
    other_claims: tuple[Text, ...] = ()
    notes: tuple[Note, ...] = ()
    awarded_on: Text | None = None
    issued: Text | None = None
    valid_from: Text | None = None
    valid_until: Text | None = None
    credential_id: str | None = None
    left_out: int = 0
    dated: date | None = None
