"""A commented course file written from a few answers; `new` asks them.

Each answer becomes the value of one key. What is not asked stands in the file as a comment, ready to be filled in.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from edc_microcred.findings import Finding, Severity
from edc_microcred.microcredential import read_course


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask. `key` is the path in the course file, `many` that the answer may be a list (with semicolons).

    `sample` is a good answer; it stands in for the ones that were not given yet while one is tried.
    """

    name: str
    key: str
    text: str
    sample: str
    default: str | None = None
    required: bool = True
    many: bool = False


QUESTIONS: Final[tuple[Question, ...]] = (
    Question("language", "languages", "Languages of the texts, the main one first (en, sr, sr-Latn, de, es, ca, …)",
             "en", default="en", many=True),
    Question("title", "title", "Title of the course", "Data basics"),
    Question("body", "awarding_bodies/name", "Legal name of the awarding institution", "Example University"),
    Question("country", "awarding_bodies/country", "Its country (RS, AT, ES, Serbia, …)", "RS"),
    Question("identifier", "awarding_bodies/eidas_identifier",
             "Its identifier in the seal certificate (VATRS-…, NTRAT-…); empty if you do not know it",
             "VATRS-000000000", required=False),
    Question("unit", "organisational_unit", "Faculty or department; empty if none", "Faculty of Data", required=False),
    Question("outcome", "learning_outcomes", "What a learner can do afterwards; several with a semicolon",
             "Explain the dimensions of data quality", many=True),
    Question("workload", "workload", "Workload: credits, hours, or both (3 ECTS; 75 h; 3 ECTS, 75 h)", "3 ECTS"),
    Question("eqf", "eqf", "Level in the European Qualifications Framework, 1 to 8", "6"),
    Question("isced", "isced_f", "Field of study, ISCED-F 2013 (0613, or words); empty if you do not know it", "0613",
             required=False, many=True),
    Question("mode", "mode", "How one takes part: online, blended, on site", "online", default="online", many=True),
    Question("taught_in", "taught_in", "Languages of teaching (en, sr, …)", "en", many=True),
    Question("assessment", "assessment",
             "How it is assessed: written examination, project, …; several with a semicolon",
             "written examination", default="written examination", many=True),
    Question("grading", "grading", "Grades: RS, AT, DE, ES, percent, pass-fail; empty if none are given", "RS",
             required=False),
    Question("quality", "quality_assurance", "How its quality is assured, in a sentence; empty to say it in the file",
             "Internal quality assurance under part 1 of the European standards (ESG 2015)", required=False),
    Question("stacking", "stacking", "Does it stand alone? stand-alone, or: later (to say more in the file)",
             "stand-alone", default="stand-alone", required=False),
)  # fmt: skip


def default_of(question: Question, answers: Mapping[str, str]) -> str | None:
    """What is taken when a question is not answered. Teaching is in the languages of the texts, unless said."""
    if question.name == "taught_in" and "language" in answers:
        return ", ".join(dict.fromkeys(tag.strip().partition("-")[0] for tag in answers["language"].split(",")))
    return question.default


def several(answers: Sequence[str]) -> str:
    """Answers that were given apart as one, in which a semicolon divides nothing."""
    return "\n".join([*answers, ""])


def problems(question: Question, answer: str, others: Mapping[str, str]) -> list[Finding]:
    """What is wrong with one answer: the errors that a course gets by it."""
    given = {**{q.name: q.sample for q in QUESTIONS if q.required}, **others}
    given.pop(question.name, None)
    without = {f.message for f in _errors(given)}
    return [finding for finding in _errors({**given, question.name: answer}) if finding.message not in without]


def _errors(answers: Mapping[str, str]) -> list[Finding]:
    _, findings = read_course(write_course(answers))
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def write_course(answers: Mapping[str, str]) -> str:
    """The text of the course file for answers by the names of their questions."""
    said = {question.key: _value(question, answers.get(question.name, "")) for question in QUESTIONS}
    lines = []
    for line in _TEMPLATE.splitlines():
        key = line[line.find("<") + 1 : line.find(">")] if "<" in line else ""
        if key not in said:
            lines.append(line)
        elif said[key]:
            lines.append(line.replace(f"<{key}>", said[key]))
        else:
            indent = line[: len(line) - len(line.lstrip())]
            lines.append(f"{indent}#{line.lstrip().replace(f'<{key}>', _EXAMPLES.get(key, '…'))}")
    return "\n".join(lines) + "\n"


def _value(question: Question, answer: str) -> str:
    if question.name == "stacking" and answer.strip().lower() in _LATER:
        return ""
    divider = "\n" if "\n" in answer else "," if question.name in _BY_COMMA else ";"
    parts = [part.strip() for part in answer.split(divider)]
    parts = [part for part in parts if part] if question.many else [answer.strip()]
    if not any(parts):
        return ""
    if len(parts) == 1:
        return _scalar(parts[0])
    return "".join(f"\n  - {_scalar(part)}" for part in parts)


def _scalar(text: str) -> str:
    """A text as YAML, in quotation marks unless it is plainly a word or two, or a number."""
    plain = all(character.isalnum() or character in " -.()/" for character in text)
    if plain and text[:1].isalnum() and not (text[:1] == "0" and len(text) > 1) and text == text.strip():
        return text if text.lower() not in _NOT_TEXT else json.dumps(text)
    return json.dumps(text, ensure_ascii=False)


_BY_COMMA: Final = ("language", "taught_in", "isced", "mode")
_LATER: Final = ("later", "no", "n", "more")
_NOT_TEXT: Final = ("no", "yes", "on", "off", "true", "false", "null", "y", "n")
_EXAMPLES: Final = {
    "awarding_bodies/eidas_identifier": "VATRS-123456789",
    "organisational_unit": "Faculty of …",
    "isced_f": '"0613"',
    "grading": "pass-fail",
    "quality_assurance": "Internal review, under the European standards (ESG 2015)",
    "stacking": "{kind: stackable, part_of: Master in …}",
}

_TEMPLATE: Final = """\
# yaml-language-server: $schema=course.schema.json
#
# A course for edc-microcred, written by `edc-microcred new`. docs/course.md explains every key.
#   Check it:      edc-microcred check course.yaml [learners.csv]
#   Issue from it: edc-microcred issue course.yaml learners.csv --key seal.p12 --password-file password.txt
#
# A text may be given in several languages:  title: {en: Data basics, de: Datengrundlagen}
# Lines that start with # are comments. One such as  #key: value  is used when you take the # away.

# The languages of the texts below, the main one first.
languages: <languages>

title: <title>
#description: What the course is about, in a few sentences.

# Who awards it. Several bodies award it jointly: one "- name: …" for each.
awarding_bodies:
  - name: <awarding_bodies/name>
    country: <awarding_bodies/country>
    # As the seal certificate has it: whoever seals must be an awarding body, or name a mandate.
    eidas_identifier: <awarding_bodies/eidas_identifier>
    #homepage: https://www.example.org
organisational_unit: <organisational_unit>

# What a successful learner can do. More may be said of each:
#   - {title: Clean a data set, type: skill, esco: http://data.europa.eu/esco/skill/…}
learning_outcomes: <learning_outcomes>

# Credits and hours:  5 ECTS   or   5 ECTS, 125 h   or   {ects: 5, hours: 125}
workload: <workload>
eqf: <eqf>
# The level in a national framework:  RS 6   or   [RS 6, AT 6]
#nqf: RS 6
isced_f: <isced_f>

mode: <mode>
taught_in: <taught_in>

# How the outcomes are assessed. More may be said of each:
#   - {id: A1, type: written examination, weight: 60, supervision: supervised with ID}
assessment: <assessment>
# The grades of a column "Grade" in the spreadsheet are read by this scheme.
grading: <grading>

quality_assurance: <quality_assurance>
stacking: <stacking>

# The day of the award, where no column of the spreadsheet says it.
#awarded_on: 2026-06-30

# Which column is what. Usual titles (Given name, Family name, Date of birth, E-mail, Student number, …) are known.
#columns: {given_name: Ime, family_name: Prezime, date_of_birth: Rođen, grades: {overall: Ocena}}
# The column that tells learners apart, for ever; otherwise the student number or the e-mail address.
#key_column: Student number
# How a date such as 3/4/2026 is to be read; without this it is refused.
#date_order: day-month-year

#display: {logo: logo.png, colour: "#003366"}
"""
