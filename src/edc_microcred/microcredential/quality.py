"""Quality assurance: accreditations, their agencies, and internal assurance under the European standards (ESG)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import Field, model_validator

from edc_microcred.microcredential import course_rules as rules
from edc_microcred.microcredential.bodies import Agency
from edc_microcred.microcredential.codes import AccreditationType
from edc_microcred.microcredential.kinds import Day, Line, Read, Truth, Url
from edc_microcred.microcredential.part import Part, Several
from edc_microcred.microcredential.refusal import did_you_mean, refusal
from edc_microcred.microcredential.text import Text, fit, kind_of

ESG: Final[Mapping[str, str]] = {
    "1.1": "Policy for quality assurance",
    "1.2": "Design and approval of programmes",
    "1.3": "Student-centred learning, teaching and assessment",
    "1.4": "Student admission, progression, recognition and certification",
    "1.5": "Teaching staff",
    "1.6": "Learning resources and student support",
    "1.7": "Information management",
    "1.8": "Public information",
    "1.9": "On-going monitoring and periodic review of programmes",
    "1.10": "Cyclical external quality assurance",
}
"""The standards of part 1 of the ESG 2015."""


_BARE_WORDS: Final = frozenset({"yes", "no", "true", "false", "on", "off", "y", "n"})


class Accreditation(Part):
    """An approval by a quality authority, of the institution or of the programme."""

    CALLED: ClassVar[str] = "an accreditation"

    type: AccreditationType = Field(description="Institutional or programme, licence or quality assurance.")
    agency: Agency = Field(description="The quality authority that gave it.")
    title: Text | None = Field(default=None, description="What it is called, by language; the type's label if absent.")
    number: Line | None = Field(default=None, description="The number of the decision.")
    issued: Day | None = Field(default=None, description="The day of the decision: 2022-03-01.")
    expires: Day | None = Field(default=None, description="The day on which it runs out.")
    report: Url | None = Field(default=None, description="The published report or decision.")
    covers: Literal["institution", "programme"] | None = Field(
        default=None, description="What was approved; by default what the type says."
    )
    body: int | None = Field(
        default=None, ge=1, description="Which awarding body it is of, by place in the list (1); the first if absent."
    )
    as_evidence: Truth = Field(default=False, description="Whether it is also written as evidence of the credential.")

    @property
    def of_programme(self) -> bool:
        """Whether the programme was approved, and not the institution."""
        if self.covers is not None:
            return self.covers == "programme"
        return "program" in self.type.labels.get("en", "").lower()

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and last day of it, as far as stated."""
        return self.issued, self.expires


def _standards(value: object) -> dict[str, str]:
    """Answers to the ESG by number: a text or a web address each. `true` means that all ten are met."""
    if value is True or value == "true":
        return {}
    if not isinstance(value, Mapping):
        raise refusal(rules.KIND_WRONG, wanted="true, or an answer to each standard by its number", seen=kind_of(value))
    answers = {}
    for number, answer in value.items():
        if str(number) not in ESG:
            raise refusal(
                rules.VALUE_UNKNOWN, value=number, list="standards of ESG part 1", near=did_you_mean(str(number), ESG)
            )
        if not isinstance(answer, str):
            raise refusal(rules.KIND_WRONG, wanted="A text or web address", seen=kind_of(answer))
        answers[str(number)] = fit(answer)
    return answers


Standards = Annotated[
    dict[str, str],
    Read(_standards, {
        "anyOf": [
            {"const": True},
            {
                "type": "object",
                "properties": {number: {"type": "string", "description": title} for number, title in ESG.items()},
                "additionalProperties": False,
            },
        ]
    }, "`true`, or keys: the number of each standard with a text or web address, `{1.1: …, 1.9: …}`"),
]  # fmt: skip


class QualityAssurance(Part):
    """What underpins the quality. A bare text is a statement, a list is the accreditations."""

    SHORT: ClassVar[str] = "statement"
    CALLED: ClassVar[str] = "`quality_assurance`"
    ALSO: ClassVar[tuple[Mapping[str, Any], ...]] = ({"type": "array"},)

    accreditations: Several[Accreditation] = Field(default=(), description="Accreditations, each with its agency.")
    statement: Text | None = Field(default=None, description="How quality is assured, in words, by language.")
    esg: Standards | None = Field(
        default=None,
        description="Internal quality assurance under part 1 of the European standards (ESG 2015): `true`, or an "
        "answer to each standard by its number.",
    )

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, value: Any) -> Any:
        if isinstance(value, bool) or (isinstance(value, str) and value.strip().lower() in _BARE_WORDS):
            raise refusal(
                rules.KIND_WRONG,
                wanted="A sentence on how quality is assured, or the accreditations,",
                seen=f"“{str(value).lower()}”",
            )
        return {"accreditations": value} if isinstance(value, list | tuple) else value
