"""What the micro-credential counts towards, what leads into it, and who seals it for whom."""

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from edc_microcred.microcredential import course_rules as rules
from edc_microcred.microcredential.kinds import Colour, Line, RelativePath, Truth, Url
from edc_microcred.microcredential.part import Part
from edc_microcred.microcredential.refusal import refusal
from edc_microcred.microcredential.text import Text
from edc_microcred.microcredential.workload import Credits


class Whole(Part):
    """The larger award that the course is part of. A bare text is its title."""

    SHORT: ClassVar[str] = "title"
    CALLED: ClassVar[str] = "`part_of`"

    title: Text = Field(description="Its name, by language.")
    ects: Credits | None = Field(default=None, description="The credits of the whole of it.")
    homepage: Url | None = Field(default=None, description="Its web page.")


class Stacking(Part):
    """Whether the course stands alone or counts towards something larger. A bare word is its kind."""

    SHORT: ClassVar[str] = "kind"
    CALLED: ClassVar[str] = "`stacking`"

    kind: Literal["stand-alone", "stackable", "integrated"] = Field(
        description="`stand-alone`, `stackable` (may count towards an award) or `integrated` (is part of one)."
    )
    part_of: Whole | None = Field(default=None, description="What it counts towards or is part of.")
    partial: Truth | None = Field(
        default=None, description="Whether it is a part of that qualification; by default it is."
    )
    note: Text | None = Field(default=None, description="Anything more on stacking, by language.")

    @model_validator(mode="after")
    def _refuse_contradiction(self) -> "Stacking":
        if self.kind == "stand-alone" and self.part_of is not None:
            raise refusal(rules.STACKING, problem="It is said to stand alone and to be part of something")
        if self.kind != "stand-alone" and self.part_of is None:
            raise refusal(rules.STACKING, problem=f"It is said to be {self.kind}, and not into what")
        return self


class Recognition(Part):
    """Recognition: of these credits elsewhere, and of what learners bring. A bare text is on the credits."""

    SHORT: ClassVar[str] = "credits"
    CALLED: ClassVar[str] = "`recognition`"

    credits: Text | None = Field(default=None, description="Where and how the credits are recognised, by language.")
    prior_learning: Text | None = Field(
        default=None, description="How earlier learning can stand for a part of the course, by language."
    )


class Display(Part):
    """How the certificate page looks."""

    CALLED: ClassVar[str] = "`display`"

    logo: RelativePath | None = Field(default=None, description="A PNG, JPEG or SVG file beside the course file.")
    colour: Colour | None = Field(default=None, description='The main colour of the page: "#003366".')
    templates: RelativePath | None = Field(default=None, description="A folder with the institution's own templates.")
    personal: Truth = Field(
        default=False, description="Whether the picture names the learner; then it is drawn anew for everyone (slower)."
    )


class Delivery(Part):
    """What is written for the delivery of the credential."""

    CALLED: ClassVar[str] = "`delivery`"

    email_in_credential: Truth = Field(
        default=False, description="Whether the learner's e-mail address is written into the credential."
    )


class Mandate(Part):
    """The mandate under which somebody who is no awarding body seals. A bare text is its statement."""

    SHORT: ClassVar[str] = "statement"
    CALLED: ClassVar[str] = "`mandate`"

    statement: Line = Field(description="The mandate in words: who seals for whom, since when, on what grounds.")
    document: RelativePath | None = Field(
        default=None, description="The mandate as a PDF, PNG or JPEG file beside the course file, 500 kB at most."
    )
    sealed_by: Line | None = Field(default=None, description="The name of the organisation that may seal.")
