"""Assessments: how the outcomes were proved."""

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from edc_microcred.microcredential.codes import AssessmentType, Mode, Supervision
from edc_microcred.microcredential.grading import Grading
from edc_microcred.microcredential.kinds import Identity, Number, Truth
from edc_microcred.microcredential.part import Part, Several
from edc_microcred.microcredential.text import Text

Weight = Annotated[Decimal, Number("0.1", "100", "%")]


class Assessment(Part):
    """One assessment that every learner takes. A bare text is its type: `written examination`."""

    SHORT: ClassVar[str] = "type"
    CALLED: ClassVar[str] = "an assessment"

    id: Identity | None = Field(
        default=None, description="By what `columns.grades` names it; A1, A2, … by place if absent."
    )
    title: Text | None = Field(default=None, description="What it is called, by language; the type's label if absent.")
    type: AssessmentType = Field(
        description="What sort of assessment it is: written examination, project work, quiz, …"
    )
    weight: Weight | None = Field(default=None, description="What it counts, in percent; all weights make 100.")
    criteria: Text | None = Field(default=None, description="What is demanded for a pass, by language.")
    supervision: Supervision | None = Field(
        default=None, description="Supervised or not, with or without a check of identity: `supervised with id`."
    )
    covers: Several[Identity] = Field(default=(), description="The ids of the learning outcomes that it proves.")
    mode: Several[Mode] = Field(default=(), description="How it takes place: online, on site.")
    grading: Grading | None = Field(default=None, description="Its own grading scheme, where it is not the course's.")
    must_pass: Truth = Field(
        default=True,
        description="Whether a grade below the pass mark refuses the learner; false where others make up for it.",
    )
