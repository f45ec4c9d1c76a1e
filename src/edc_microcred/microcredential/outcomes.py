"""Learning outcomes: what a learner can do afterwards, and how that is known elsewhere."""

from typing import ClassVar

from pydantic import Field

from edc_microcred.microcredential.codes import DigComp, EscoSkill, ReuseLevel, SkillType
from edc_microcred.microcredential.kinds import Identity
from edc_microcred.microcredential.part import Part, Several
from edc_microcred.microcredential.text import Text


class LearningOutcome(Part):
    """One thing that a successful learner can do. A bare text is its title."""

    SHORT: ClassVar[str] = "title"
    CALLED: ClassVar[str] = "a learning outcome"

    id: Identity | None = Field(
        default=None, description="By what assessments name it; LO1, LO2, … by place if absent."
    )
    title: Text = Field(description="The outcome, beginning with a verb that can be assessed, by language.")
    type: SkillType | None = Field(default=None, description="`knowledge` or `skill`.")
    esco: Several[EscoSkill] = Field(
        default=(), description="ESCO skills that it corresponds to: by URI, or {uri: …, label: …}."
    )
    reuse: ReuseLevel | None = Field(
        default=None, description="How widely it can be used: transversal, cross-sector, sector-, occupation-specific."
    )
    digcomp: Several[DigComp] = Field(default=(), description="Digital competences (DigComp) that it corresponds to.")
