"""What `new` writes: a course file whose comments become keys when their mark is taken away."""

import re

from edc_microcred.cli.course_file import QUESTIONS, default_of, several, write_course
from edc_microcred.microcredential import read_course
from tests.unit.microcredential import workshop

ANSWERS = {question.name: question.sample for question in QUESTIONS if question.required}
ABOUT_VALUES = {"course/level-country", "course/credit-hours", "course/column-unknown-assessment"}


def test_every_key_in_a_comment_can_be_used_by_taking_the_mark_away() -> None:
    text = write_course(ANSWERS)
    used = re.sub(r"(?m)^( *)#(?=[a-z_]+:)", r"\1", text)
    assert used.count("\n#") < text.count("\n#") and "\nquality_assurance: Internal" in used
    _, findings = read_course(used)
    assert not {f.rule for f in findings} & {"course/yaml-syntax", "course/key-unknown", "course/key-repeated"}
    assert not re.search(r"(?m)^ +[a-z_]+:", re.sub(r"(?m)^    .*$", "", used))


def test_the_first_line_names_the_schema_for_editors() -> None:
    assert write_course(ANSWERS).startswith("# yaml-language-server: $schema=course.schema.json\n")


def test_nothing_is_said_of_quality_that_nobody_said() -> None:
    course, _ = read_course(write_course({name: text for name, text in ANSWERS.items() if name != "quality"}))
    assert course is not None and course.quality_assurance is None


def test_teaching_is_in_the_languages_of_the_texts_unless_said() -> None:
    (question,) = (one for one in QUESTIONS if one.name == "taught_in")
    assert default_of(question, {"language": "es"}) == "es"
    assert default_of(question, {"language": "sr-Latn, sr, en"}) == "sr, en"


def test_outcomes_given_apart_keep_their_semicolons() -> None:
    course, findings = read_course(write_course({**ANSWERS, "outcome": several(["- list; that"])}))
    assert course is not None, findings
    assert [dict(outcome.title.items()) for outcome in course.learning_outcomes] == [{"": "- list; that"}]


def test_stand_alone_can_be_put_off() -> None:
    assert "\n#stacking: {kind: stackable" in write_course({**ANSWERS, "stacking": "later"})


def test_credits_and_hours_stand_in_one_text() -> None:
    course = workshop.course(workload="3 ECTS, 84 h")
    assert course.workload == workshop.course(workload={"ects": 3, "hours": 84}).workload
    assert str(workshop.course(workload="84 h").workload.hours) == "84"  # type: ignore[union-attr]  # it has one


def test_a_unit_that_is_none_is_named() -> None:
    (finding,) = workshop.course_findings({"workload": "3 ECTZ"})
    assert finding.rule == "course/number-unreadable" and "“ECTZ” is no unit" in finding.message
