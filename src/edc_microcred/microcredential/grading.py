"""Grading schemes: which grades there are, from which one passes, and how a grade is written.

>>> Grading(preset="RS").read("9,0"), Grading(preset="RS").passes("5"), Grading(preset="DE").read("1,3")
('9', False, '1.3')
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import Field, model_validator

from edc_microcred.microcredential import course_rules as rules
from edc_microcred.microcredential.kinds import Also, Number, Read, Url
from edc_microcred.microcredential.part import Part, Several
from edc_microcred.microcredential.refusal import refusal
from edc_microcred.microcredential.text import Text, kind_of

_RANGE: Final = re.compile(r"\s*([0-9]{1,4}(?:\.[0-9]{1,2})?)\s*(?:-|–|to)\s*([0-9]{1,4}(?:\.[0-9]{1,2})?)\s*")
_GRADE: Final = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,3})?")

ScaleNumber = Annotated[Decimal, Number("0", "9999")]
Step = Annotated[Decimal, Number("0.01", "100")]


class Scale(Part):
    """A scale of numbers, from the worst grade to the best."""

    CALLED: ClassVar[str] = "`scale`"
    ALSO: ClassVar[tuple[Mapping[str, Any], ...]] = ({"type": "string", "pattern": f"^{_RANGE.pattern}$"},)

    worst: ScaleNumber = Field(description="The worst grade.")
    best: ScaleNumber = Field(description="The best grade; smaller than the worst where 1 is best.")
    step: Step = Field(default=Decimal(1), description="The distance between grades: 1, 0.5, 0.1.")

    @model_validator(mode="before")
    @classmethod
    def _from_range(cls, value: Any) -> Any:
        if isinstance(value, str):
            match = _RANGE.fullmatch(value)
            if match is None:
                raise refusal(rules.FORM_WRONG, value=value, wanted="scale such as 5-10, worst grade first")
            return {"worst": match[1], "best": match[2]}
        return value

    def holds(self, grade: Decimal) -> bool:
        """Whether the scale has this grade."""
        low, high = sorted((self.worst, self.best))
        return low <= grade <= high and (grade - low) % self.step == 0

    def at_least(self, grade: Decimal, mark: Decimal) -> bool:
        """Whether `grade` is as good as `mark` or better."""
        return grade >= mark if self.best > self.worst else grade <= mark


PRESETS: Final[Mapping[str, Mapping[str, Any]]] = {
    "RS": {
        "title": Text({
            "en": "Grades 5 to 10 of higher education in Serbia",
            "sr": "Оцене од 5 до 10 у високом образовању Републике Србије",
            "sr-Latn": "Ocene od 5 do 10 u visokom obrazovanju Republike Srbije",
            "de": "Noten 5 bis 10 der Hochschulbildung in Serbien",
            "es": "Calificaciones de 5 a 10 de la educación superior de Serbia",
        }),
        "description": Text({
            "en": "10 (91-100 points) is the best grade; 9: 81-90, 8: 71-80, 7: 61-70, 6: 51-60; 5 is a fail.",
            "sr": "Највиша оцена је 10 (91-100 поена); 9: 81-90, 8: 71-80, 7: 61-70, 6: 51-60; 5 није пролазна.",
            "sr-Latn": "Najviša ocena je 10 (91-100 poena); 9: 81-90, 8: 71-80, 7: 61-70, 6: 51-60; 5 nije prolazna.",
            "de": "10 (91-100 Punkte) ist die beste Note; 9: 81-90, 8: 71-80, 7: 61-70, 6: 51-60; 5 ist ungenügend.",
            "es": "10 (91-100 puntos) es la mejor nota; 9: 81-90, 8: 71-80, 7: 61-70, 6: 51-60; 5 es suspenso.",
        }),
        "scale": "5-10", "pass_mark": "6",
    },
    "AT": {
        "title": Text({
            "en": "Austrian grades 1 to 5", "de": "Österreichische Noten 1 bis 5",
            "sr": "Аустријске оцене од 1 до 5", "sr-Latn": "Austrijske ocene od 1 do 5",
            "es": "Calificaciones austriacas de 1 a 5",
        }),
        "description": Text({
            "en": "1 is the best grade, 4 a pass, 5 a fail.",
            "de": "1 (sehr gut), 2 (gut), 3 (befriedigend), 4 (genügend), 5 (nicht genügend).",
            "sr": "Највиша оцена је 1, пролазна је и 4; 5 није пролазна.",
            "sr-Latn": "Najviša ocena je 1, prolazna je i 4; 5 nije prolazna.",
            "es": "1 es la mejor nota, 4 es aprobado, 5 es suspenso.",
        }),
        "scale": "5-1", "pass_mark": "4",
    },
    "DE": {
        "title": Text({
            "en": "German grades 1.0 to 5.0", "de": "Deutsche Noten 1,0 bis 5,0",
            "sr": "Немачке оцене од 1,0 до 5,0", "sr-Latn": "Nemačke ocene od 1,0 do 5,0",
            "es": "Calificaciones alemanas de 1,0 a 5,0",
        }),
        "description": Text({
            "en": "1.0 is the best grade, 4.0 a pass, 5.0 a fail.",
            "de": "1,0 ist die beste Note, 4,0 ist bestanden, 5,0 ist nicht bestanden.",
            "sr": "Највиша оцена је 1,0, пролазна је и 4,0; 5,0 није пролазна.",
            "sr-Latn": "Najviša ocena je 1,0, prolazna je i 4,0; 5,0 nije prolazna.",
            "es": "1,0 es la mejor nota, 4,0 es aprobado, 5,0 es suspenso.",
        }),
        "scale": {"worst": "5", "best": "1", "step": "0.1"}, "pass_mark": "4",
    },
    "ES": {
        "title": Text({
            "en": "Spanish grades 0 to 10", "es": "Calificaciones de 0 a 10", "de": "Spanische Noten 0 bis 10",
            "sr": "Шпанске оцене од 0 до 10", "sr-Latn": "Španske ocene od 0 do 10",
        }),
        "description": Text({
            "en": "10 is the best grade, 5 a pass.", "es": "10 es la mejor nota, 5 es aprobado.",
            "de": "10 ist die beste Note, ab 5 ist bestanden.", "sr": "Највиша оцена је 10, пролазна је 5.",
            "sr-Latn": "Najviša ocena je 10, prolazna je 5.",
        }),
        "scale": {"worst": "0", "best": "10", "step": "0.1"}, "pass_mark": "5",
    },
    "percent": {
        "title": Text({
            "en": "Percent", "sr": "Проценти", "sr-Latn": "Procenti", "de": "Prozent", "es": "Porcentaje",
        }),
        "scale": {"worst": "0", "best": "100", "step": "0.1"}, "pass_mark": "50",
    },
    "pass-fail": {
        "title": Text({
            "en": "Passed or failed", "sr": "Положено или није положено", "sr-Latn": "Položeno ili nije položeno",
            "de": "Bestanden oder nicht bestanden", "es": "Apto o no apto",
        }),
        "grades": ["passed", "failed"], "pass_mark": "passed",
    },
}  # fmt: skip
"""Usual schemes by name: the countries of the first users, percent, and passed or failed."""

_SAID: Final = {
    "passed": ("passed", "pass", "p", "položeno", "polozeno", "položio", "položila", "положено", "положио", "положила",
               "bestanden", "apto", "apta", "aprobado", "aprobada", "yes", "da", "да", "ja", "sí", "si", "true", "1"),
    "failed": ("failed", "fail", "f", "nije položeno", "nije položio", "nije položila", "није положено", "није положио",
               "није положила", "nicht bestanden", "no apto", "no apta", "suspenso", "no", "ne", "не", "nein", "false",
               "0"),
}  # fmt: skip


def _grade_name(value: object) -> str:
    if not isinstance(value, str | int | float | Decimal) or isinstance(value, bool):
        raise refusal(rules.KIND_WRONG, wanted="A grade", seen=kind_of(value))
    return str(value).strip()


def _best_first(value: object) -> object:
    """`{10: excellent, 9: very good}` as a list of grades."""
    return list(value) if isinstance(value, Mapping) else value


Grade = Annotated[str, Read(_grade_name, {"type": ["string", "number"]}, "a grade")]


class Grading(Part):
    """How grades are given. A bare word is the name of a usual scheme: RS, AT, DE, ES, percent, pass-fail."""

    SHORT: ClassVar[str] = "preset"
    CALLED: ClassVar[str] = "`grading`"
    ONE_SCRIPT: ClassVar[Mapping[str, str]] = {
        "title": "the title of a grading scheme",
        "description": "the description of a grading scheme",
    }

    preset: Literal["RS", "AT", "DE", "ES", "percent", "pass-fail"] | None = Field(
        default=None, description="A usual scheme that needs no further key."
    )
    title: Text | None = Field(default=None, description="What the scheme is called, by language, in one script each.")
    description: Text | None = Field(default=None, description="How its grades are to be read, by language.")
    scale: Scale | None = Field(default=None, description="Grades that are numbers, worst first: 5-10, or 5-1.")
    grades: Annotated[Several[Grade], Also(_best_first, {"type": "object"})] = Field(
        default=(), description="Grades that are words or letters, the best first: [A, B, C, D, E, F]."
    )
    pass_mark: Grade | None = Field(default=None, description="The worst grade with which one passes.")
    homepage: Url | None = Field(default=None, description="A page that explains the scheme.")

    @model_validator(mode="before")
    @classmethod
    def _from_preset(cls, value: Any) -> Any:
        name = value if isinstance(value, str) else value.get("preset") if isinstance(value, Mapping) else None
        if isinstance(name, str) and name in PRESETS:
            return {**PRESETS[name], **(value if isinstance(value, Mapping) else {}), "preset": name}
        return value

    @model_validator(mode="after")
    def _refuse_contradiction(self) -> "Grading":
        if self.title is None:
            raise refusal(rules.KEY_MISSING, key="title", where=self.CALLED, means="what the scheme is called.")
        if bool(self.grades) == (self.scale is not None):
            raise refusal(rules.GRADING, problem="A scheme has either `scale` or `grades`")
        if self.scale is not None and self.scale.worst == self.scale.best:
            raise refusal(rules.GRADING, problem="The best grade is the worst")
        if self.pass_mark is not None and self.read(self.pass_mark) is None:
            raise refusal(rules.GRADING, problem=f"The pass mark {self.pass_mark} is none of the grades")
        return self

    @property
    def shown(self) -> str:
        """The grades in a few words, for messages."""
        if self.scale is not None:
            step = "" if self.scale.step == 1 else f" in steps of {self.scale.step}"
            return f"{self.scale.worst} to {self.scale.best}{step}"
        return ", ".join(self.grades[:12])

    def read(self, cell: str) -> str | None:
        """The grade that a cell holds, as the scheme writes it; None when the scheme has no such grade."""
        text = " ".join(cell.split())
        if self.scale is not None:
            if not _GRADE.fullmatch(text):
                return None
            grade = Decimal(text.replace(",", "."))
            return format(grade.normalize(), "f") if self.scale.holds(grade) else None
        folded = text.casefold()
        for named in self.grades:
            if folded == named.casefold() or (self.preset == "pass-fail" and folded in _SAID[named]):
                return named
        return None

    def passes(self, grade: str) -> bool:
        """Whether a grade that `read` gave is a pass; every one is in a scheme without a pass mark."""
        if self.pass_mark is None:
            return True
        mark = self.read(self.pass_mark) or self.pass_mark
        if self.scale is not None:
            return self.scale.at_least(Decimal(grade), Decimal(mark))
        return self.grades.index(grade) <= self.grades.index(mark)
