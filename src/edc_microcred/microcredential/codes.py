"""Values of the EU's controlled lists in a course: by code, URI, label in any language, or as people say it.

>>> from pydantic import TypeAdapter
>>> TypeAdapter(Mode).validate_python("on site").labels["en"]
'Presential'
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from edc_microcred.errors import VocabularyError
from edc_microcred.microcredential import course_rules as rules
from edc_microcred.microcredential.kinds import Read
from edc_microcred.microcredential.refusal import nearest, refusal
from edc_microcred.microcredential.text import Text, fit, kind_of
from edc_microcred.vocabularies import Entry, NqfLevel, entry, nqf_levels, vocabulary
from edc_microcred.vocabularies.folding import fold

_SHOWN_IN_SCHEMA: Final = 300
_ESCO: Final = re.compile(r"http://data\.europa\.eu/esco/skill/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ISCED: Final = re.compile(r"[0-9]{1,3}")

# What people write, folded, and the code of the list that is meant by it.
_MODES: Final = {
    "on site": "9191af2ed9", "onsite": "9191af2ed9", "in person": "9191af2ed9", "face to face": "9191af2ed9",
    "presence": "9191af2ed9", "prasenz": "9191af2ed9", "presencial": "9191af2ed9", "neposredno": "9191af2ed9",
    "distance": "920fbb3cbe", "onlajn": "920fbb3cbe", "kombinovano": "e92d221e4d", "work based": "729f3bed4b",
    "laboratory": "ed4c557045",
}  # fmt: skip
_ACTIVITIES: Final = {
    "lecture": "ff436ea7c9", "lectures": "ff436ea7c9", "exercises": "3c8bd58d62", "computer exercises": "3c8bd58d62",
    "laboratory": "3c8bd58d62", "lab": "3c8bd58d62", "field work": "3c8bd58d62", "field visit": "3c8bd58d62",
    "e learning": "bf2e3a7bae", "live online sessions": "bf2e3a7bae", "independent study": "b660f5dcea",
    "self study": "b660f5dcea", "independent study and assessment": "b660f5dcea", "workshop": "efff75e10a",
    "seminar": "efff75e10a", "conference": "efff75e10a", "mentoring": "c_5665a0ad",
}  # fmt: skip
_ASSESSMENTS: Final = {
    "exam": "6e6cb2cc78", "written exam": "6e6cb2cc78", "test": "b1b68f6735", "oral exam": "d30284d7df",
    "oral defence": "d30284d7df", "practical exam": "6a4db9f11d", "practical examination": "6a4db9f11d",
    "assignment": "2939dae15f", "project": "795dac4096", "attendance": "7331eb4762",
}  # fmt: skip
_SUPERVISIONS: Final = {
    "supervised with id": "70be69aaf9", "supervised with identity verification": "70be69aaf9",
    "supervised online or onsite with identity verification": "70be69aaf9",
    "supervised": "44314532f9", "supervised without id": "44314532f9",
    "supervised with no identity verification": "44314532f9",
    "unsupervised with id": "df2880c5cb", "unsupervised with identity verification": "df2880c5cb",
    "unsupervised": "c598449d64", "unsupervised without id": "c598449d64",
    "unsupervised with no identity verification": "c598449d64",
}  # fmt: skip
_REUSE: Final = {
    "transversal": "transversal", "cross sector": "cross-sector", "sector specific": "sector-specific",
    "occupation specific": "occupation-specific",
}  # fmt: skip
_SETTINGS: Final = {"formal": "6fd4685715", "non formal": "e207a81fc7", "nonformal": "e207a81fc7"}
_SKILL_TYPES: Final = {"competence": "skill", "skills": "skill"}
_FRAMEWORK_ALIASES: Final = {"NQFS": "RS", "NOKS": "RS", "НОКС": "RS", "NQR": "AT", "DQR": "DE", "MECU": "ES"}


@dataclass(frozen=True, eq=False)
class CodeOf:
    """The annotation of a value of a controlled list; `spoken` are folded words that people use for its codes."""

    list_name: str
    called: str
    spoken: Mapping[str, str] = field(default_factory=dict)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Codes and English labels for editors to offer; labels in other languages are taken too, so any text is."""
        offered = [one.label() if len(one.code) == 10 else one.code for one in vocabulary(self.list_name)]
        spoken = [name for name in self.spoken if name not in offered]
        return {"anyOf": [{"enum": [*offered[:_SHOWN_IN_SCHEMA], *spoken]}, {"type": ["string", "integer"]}]}

    def _read(self, value: object) -> Entry:
        if isinstance(value, Entry):
            return value
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise refusal(rules.KIND_WRONG, wanted=f"A value of the list of {self.called}", seen=kind_of(value))
        return find_code(self.list_name, self.called, self.spoken, value)


def find_code(list_name: str, called: str, spoken: Mapping[str, str], value: str | int) -> Entry:
    """The entry that `value` names; refused with the nearest when there is none."""
    text = str(value).strip()
    try:
        return entry(list_name, spoken.get(fold(text), text))
    except VocabularyError as error:
        near = nearest(error, list_name)
        if list_name == "isced-f" and _ISCED.fullmatch(text) and vocabulary("isced-f").by_code("0" + text) is not None:
            near = f"Did you mean 0{text}? Codes begin with a zero where the list has one."
        raise refusal(rules.VALUE_UNKNOWN, value=text, list=called, near=near) from error


Country = Annotated[Entry, CodeOf("country", "countries")]
Language = Annotated[Entry, CodeOf("language", "languages")]
Eqf = Annotated[Entry, CodeOf("eqf", "EQF levels")]
IscedF = Annotated[Entry, CodeOf("isced-f", "fields of study (ISCED-F)")]
Mode = Annotated[Entry, CodeOf("learning-assessment", "forms of participation", _MODES)]
ActivityType = Annotated[Entry, CodeOf("learning-activity", "learning activities", _ACTIVITIES)]
AssessmentType = Annotated[Entry, CodeOf("assessment", "assessment types", _ASSESSMENTS)]
Supervision = Annotated[Entry, CodeOf("supervision-verification", "forms of supervision", _SUPERVISIONS)]
SkillType = Annotated[Entry, CodeOf("skill-type", "skill types", _SKILL_TYPES)]
ReuseLevel = Annotated[Entry, CodeOf("skill-reuse-level", "reuse levels", _REUSE)]
LearningSetting = Annotated[Entry, CodeOf("learning-setting", "learning settings", _SETTINGS)]
TargetGroup = Annotated[Entry, CodeOf("target-group", "target groups")]
AccreditationType = Annotated[Entry, CodeOf("accreditation", "accreditation types")]
DigComp = Annotated[Entry, CodeOf("dcf", "digital competences (DigComp)")]


def activity_type(text: str) -> Entry | None:
    """The type of activity that people mean by `text`, or None where it is only a name."""
    try:
        return entry("learning-activity", _ACTIVITIES.get(fold(text), text))
    except VocabularyError:
        return None


def _esco(value: object) -> Entry:
    """A skill by its name, where it is carried here, by its URI, or by `{uri, label}`."""
    if isinstance(value, Entry):
        return value
    label: Text | None = None
    if isinstance(value, Mapping):
        if set(value) - {"uri", "label"} or not isinstance(value.get("uri"), str):
            raise refusal(
                rules.KIND_WRONG, wanted="A skill: its name, its URI, or {uri: …, label: …}", seen=kind_of(value)
            )
        label = Text._read(value["label"]) if value.get("label") is not None else None
        value = value["uri"]
    if not isinstance(value, str):
        raise refusal(rules.KIND_WRONG, wanted="A skill: its name, its URI, or {uri: …, label: …}", seen=kind_of(value))
    text = fit(value)
    known = vocabulary("esco-skills")
    if not _ESCO.fullmatch(text):
        if "://" in text:
            raise refusal(
                rules.FORM_WRONG, value=text, wanted="URI of an ESCO skill (http://data.europa.eu/esco/skill/…)"
            )
        return find_code("esco-skills", "ESCO skills", {}, text)
    if label is None:
        found = known.by_uri(text)
        return found or Entry("esco-skills", text, text.rpartition("/")[2], {})
    labels = {tag.partition("-")[0] or "en": said for tag, said in label.items()}
    return Entry("esco-skills", text, text.rpartition("/")[2], labels)


_ESCO_SCHEMA: Final = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"uri": {"type": "string", "pattern": f"^{_ESCO.pattern}$"}, "label": {}},
            "required": ["uri"],
            "additionalProperties": False,
        },
    ]
}
EscoSkill = Annotated[Entry, Read(_esco, _ESCO_SCHEMA, "an ESCO skill")]


def _nqf(value: object) -> NqfLevel:
    """A national level: `RS 6`, `{country: RS, level: 6}`, or its URI."""
    if isinstance(value, NqfLevel):
        return value
    if isinstance(value, Mapping) and set(value) == {"country", "level"}:
        value = f"{value['country']} {value['level']}"
    if not isinstance(value, str):
        raise refusal(rules.KIND_WRONG, wanted="A national level such as “RS 6”", seen=kind_of(value))
    text = value.strip()
    if "://" in text:
        return _nqf_by_uri(text)
    country, _, code = text.rpartition(" ")
    if not country:
        raise refusal(rules.VALUE_UNKNOWN, value=text, list="national levels", near="Write country and level: “RS 6”.")
    area = _FRAMEWORK_ALIASES.get(country.strip().upper(), country.strip())
    try:
        levels = nqf_levels(area)
    except VocabularyError as error:
        raise refusal(rules.VALUE_UNKNOWN, value=country, list="countries", near=nearest(error, "country")) from error
    for level in levels:
        if fold(level.code) == fold(code):
            return level
    codes = ", ".join(level.code for level in levels) or "the EU's list has no framework of it"
    raise refusal(rules.VALUE_UNKNOWN, value=text, list="national levels", near=f"Levels of {country}: {codes}.")


def _nqf_by_uri(uri: str) -> NqfLevel:
    found = vocabulary("nqf").by_uri(uri)
    for level in _all_levels():
        if level.uri == uri:
            return level
    near = "It is a framework, not a level." if found is not None else "See `edc-microcred vocab nqf`."
    raise refusal(rules.VALUE_UNKNOWN, value=uri, list="national levels", near=near)


def _all_levels() -> list[NqfLevel]:
    from edc_microcred.vocabularies import frameworks

    return [level for framework in frameworks() for level in framework.levels]


_NQF_SCHEMA: Final = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"country": {"type": "string"}, "level": {"type": ["string", "number"]}},
            "required": ["country", "level"],
            "additionalProperties": False,
        },
    ]
}
NationalLevel = Annotated[NqfLevel, Read(_nqf, _NQF_SCHEMA, "a national level (RS 6)")]
