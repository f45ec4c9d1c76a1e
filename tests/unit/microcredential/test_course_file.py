"""A course file is read with all its errors at once, each at its place; short forms and long ones mean the same."""

import json
import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from edc_microcred.errors import LimitError, UnreadableError
from edc_microcred.findings import Severity
from edc_microcred.microcredential import Course, CourseError, read_course
from edc_microcred.microcredential.course_schema import course_page, course_schema
from tests.conftest import ROOT
from tests.unit.microcredential import workshop

AGENCY = {"name": "NAT", "country": "RS"}
EXAMPLES = ("edna", "data-ml", "gis")

FULL_OF_ERRORS = """\
languages: [en, sr]
title: {en: Data basics}
descripton: About data.
awarding_bodies:
  - name: {en: Example University, sr: Универзитет}
    country: RSS
    homepge: https://example.org
learning_outcome: Explain the dimensions of data quality
workload:
  ects: 010
  activities: {lectures: many}
eqf: 9
mode: onlin
isced_f: [511, 0512]
assessment:
  - {id: A1, type: written examinaton, covers: LO7}
awarded_on: 30.6.2026
prerequisites:
"""


def found(text: str) -> list[tuple[int, int, str]]:
    return [(one.line or 0, one.column or 0, one.rule) for one in read_course(text)[1]]


def test_all_errors_come_at_once_with_line_and_column() -> None:
    assert found(FULL_OF_ERRORS) == [
        (1, 1, "course/key-missing"),
        (1, 1, "course/quality-missing"),
        (2, 8, "course/translation-missing"),
        (3, 1, "course/key-unknown"),
        (6, 14, "course/value-unknown"),
        (7, 5, "course/key-unknown"),
        (8, 1, "course/key-unknown"),
        (10, 9, "course/number-unreadable"),
        (11, 26, "course/number-unreadable"),
        (12, 6, "course/value-unknown"),
        (13, 7, "course/value-unknown"),
        (14, 11, "course/value-unknown"),
        (16, 20, "course/value-unknown"),
        (17, 13, "course/date-unreadable"),
        (18, 1, "course/value-empty"),
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("learning_outcome: x", "“learning_outcomes”"),
        ("awarding_body: x", "“awarding_bodies”"),
        ("key_colum: x", "“key_column”"),
        ("eqf: 11", "Level"),
        ("mode: blendet", "Blended"),
        ("isced_f: 511", "0511"),
        ('workload: {ects: "2,5"}', "2.5"),
        ("title: {en: x, sr_Latn: y}", "“sr-Latn”"),
        ("cycle: secnd", "“second”"),
        ("nqf: RS 9", "7.1"),
        ("assessment: {type: quiz, covers: L01}", ""),
    ],
)
def test_an_error_says_what_was_probably_meant(text: str, meant: str) -> None:
    messages = [finding.message for finding in read_course(text)[1]]
    assert any(meant in message for message in messages), messages


def test_a_course_with_errors_raises_and_names_file_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "course.yaml"
    path.write_text(FULL_OF_ERRORS, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        Course.load(path)
    assert f"{path}:12:6: “9” is not in the list of EQF levels" in str(caught.value)
    assert [one.rule for one in caught.value.findings] == [rule for _, _, rule in found(FULL_OF_ERRORS)]


def short_and_long() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [
        ({"languages": "en"}, {"languages": ["en"]}),
        ({"title": "Data basics"}, {"title": "Data basics"}),
        ({"learning_outcomes": "Explain"}, {"learning_outcomes": [{"title": "Explain"}]}),
        ({"learning_outcomes": {"en": "Explain"}}, {"learning_outcomes": [{"title": {"en": "Explain"}}]}),
        ({"workload": "3 ECTS"}, {"workload": {"ects": 3}}),
        ({"workload": 3}, {"workload": {"ects": "3"}}),
        (
            {"workload": {"ects": 3, "activities": {"lectures": 40, "project work": 44}}},
            {
                "workload": {
                    "ects": "3",
                    "activities": [
                        {"title": "lectures", "type": "classroom coursework", "hours": "40 h"},
                        {"title": "project work", "hours": 44},
                    ],
                }
            },
        ),
        ({"eqf": 6}, {"eqf": "http://data.europa.eu/snb/eqf/6"}),
        ({"nqf": {"RS": 6}}, {"nqf": ["http://data.europa.eu/snb/qdr/c_7e034a16"]}),
        ({"nqf": "RS 6"}, {"nqf": [{"country": "Serbia", "level": "6"}]}),
        ({"mode": "on site"}, {"mode": ["http://data.europa.eu/snb/learning-assessment/9191af2ed9"]}),
        ({"assessment": "written examination"}, {"assessment": [{"type": "6e6cb2cc78"}]}),
        ({"assessment": "Pismeni ispit"}, {"assessment": {"type": "written exam"}}),
        ({"grading": "RS"}, {"grading": {"preset": "RS"}}),
        ({"isced_f": "0511"}, {"isced_f": ["Biology"]}),
        ({"stacking": "stand-alone"}, {"stacking": {"kind": "stand-alone"}}),
        (
            {"quality_assurance": {"accreditations": {"type": "Program License", "agency": AGENCY}}},
            {"quality_assurance": [{"type": "e57dddfcf3", "agency": {**AGENCY, "country": "Srbija"}}]},
        ),
        ({"date_order": "dmy"}, {"date_order": "day-month-year"}),
    ]  # fmt: skip


@pytest.mark.parametrize(("short", "long"), short_and_long(), ids=lambda one: str(one)[:60])
def test_a_short_form_means_the_same_as_the_long_one(short: dict[str, Any], long: dict[str, Any]) -> None:
    columns = {**workshop.COURSE["columns"], "grades": {}}
    one, other = workshop.course(columns=columns, **short), workshop.course(columns=columns, **long)
    if "title" in short or "activities" not in str(short):
        assert one == other
    assert one.model_dump(mode="json") == other.model_dump(mode="json")


def test_a_code_is_four_digits_whether_quoted_or_not() -> None:
    text = workshop.yaml_of(workshop.changed({}))
    for spelling in ("0511", '"0511"', "[0511]"):
        course, findings = read_course(f"{text}isced_f: {spelling}\n")
        assert course is not None and course.isced_f[0].uri.endswith("/0511"), findings


def test_words_that_yaml_1_1_takes_for_truth_stay_words() -> None:
    text = workshop.yaml_of(workshop.changed({"taught_in": None}))
    course, _ = read_course(f"{text}taught_in: [no, en]\n")
    assert course is not None and [entry.code for entry in course.taught_in] == ["NOR", "ENG"]


def test_numbers_in_strange_spellings_are_refused() -> None:
    for spelling in ("010", "0x10", "1_000", "1e3", ".5", "5.", "1.000.000", "-3", "five", "true"):
        rules = {rule for _, _, rule in found(f"workload: {{ects: {spelling}}}")}
        assert rules & {"course/number-unreadable", "course/number-range"}, spelling


def test_a_course_is_frozen_equal_and_can_be_sent_to_processes() -> None:
    course = Course.load(ROOT / "examples" / "edna" / "course.yaml")
    assert course.template is course.template
    sent = pickle.loads(pickle.dumps(course))  # noqa: S301  # our own object
    assert sent == course and sent.path == course.path and "template" not in vars(sent)
    with pytest.raises(ValueError, match="frozen"):
        course.code = "X"
    json.dumps(course.model_dump(mode="json"))


def test_what_a_course_says_is_typed() -> None:
    course = Course.load(ROOT / "examples" / "data-ml" / "course.yaml")
    assert (course.slug, course.languages, course.language_codes) == ("data-ml", ("en", "sr-Latn"), ("en", "sr"))
    assert course.countries == ("SRB", "AUT") and course.key_column == "Student number"
    assert course.workload.ects == Decimal(4) and course.awarded_on == date(2026, 7, 10)
    assert [level.country for level in course.nqf] == ["SRB", "AUT"]
    assert course.assessment_ids == ("A1", "A2", "A3") and course.grading_of("overall") is course.grading


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Data basics: an introduction!", "data-basics-an-introduction"),
        ("Основе података", "osnove-podataka"),
        ("../../etc/passwd", "etc-passwd"),
        ("{{ 7*7 }}", "7-7"),
        ("数据", "course"),
        ("x" * 200, "x" * 60),
    ],
)
def test_the_slug_is_safe_in_a_file_name(title: str, slug: str) -> None:
    assert workshop.course(title=title).slug == slug


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_courses_have_nothing_to_be_said_about(name: str) -> None:
    path = ROOT / "examples" / name / "course.yaml"
    course, findings = read_course(path)
    assert course is not None and findings == [] and course.slug == name
    first = path.read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../schemas/course.schema.json"


def as_an_editor_reads(path: Path) -> Any:
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(path), default=str))


def test_the_schema_for_editors_accepts_the_examples_and_knows_wrong_keys() -> None:
    schema = course_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for name in EXAMPLES:
        assert list(validator.iter_errors(as_an_editor_reads(ROOT / "examples" / name / "course.yaml"))) == []
    for change in ({"learning_outcome": "x"}, {"title": None}, {"kind": "degree"}, {"homepage": "www.example.org"}):
        assert list(validator.iter_errors(workshop.changed(change)))


def test_the_schema_accepts_every_short_form() -> None:
    validator = jsonschema.Draft202012Validator(course_schema())
    for short, _ in short_and_long():
        assert list(validator.iter_errors(workshop.changed(short))) == [], short


def test_the_page_of_keys_names_every_key() -> None:
    page = course_page()
    for key in Course.model_fields:
        assert f"| `{key}` |" in page
    assert "## `awarding_bodies.identifiers`" in page and "names of persons" in page.replace("\n  ", " ")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"columns": {"given_name": {"sr": "Име", "sr-Latn": "Ime"}, "family_name": "x"}}, "/columns/given_name"),
        ({"grading": {"title": {"sr": "а", "sr-Latn": "a", "en": "a"}, "scale": "5-10"}}, "/grading/title"),
    ],
)
def test_a_second_script_is_refused_where_the_model_has_no_place_for_it(change: dict[str, Any], place: str) -> None:
    findings = workshop.course_findings({"languages": ["en", "sr"], **change})
    assert [one.pointer for one in findings if one.rule == "course/script-no-place"] == [place]


# Hostile course files.


def test_a_course_file_of_100_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "course.yaml"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    with pytest.raises(LimitError, match="100,000,000 bytes; the limit for a course file") as caught:
        read_course(path)
    assert "credential" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title: Data basics\n eqf: 6\n", "Wrong indentation|colon inside a text"),
        ("title: a\nmode:\n  - x\n - y\n", "Wrong indentation"),
        ('title: "Data basics\neqf: 6\n', "A quotation mark is not closed"),
        ("eqf: [6, 7\ntitle: x\n", "A bracket is not closed"),
        ("title: Data: basics\n", "A colon inside a text needs quotation marks"),
        ("title:\n\t- x\n", "A tab stands where spaces belong"),
        ("title: @home\n", "A text begins with a sign that needs quotation marks"),
        ('title: "a\\q"\n', "A backslash stands in a text"),
    ],
)
def test_after_a_syntax_error_only_that_is_told_in_words(text: str, words: str) -> None:
    course, findings = read_course(text)
    assert course is None and [finding.rule for finding in findings] == ["course/yaml-syntax"]
    assert any(findings[0].message.startswith(one) or one in findings[0].message for one in words.split("|"))
    assert f"in line {findings[0].line}." in findings[0].message and "expected" not in findings[0].message


def test_of_very_many_errors_the_first_are_shown_and_the_others_counted() -> None:
    _, findings = read_course("title: [" + ", ".join(["*a"] * 100_000) + "]\n")
    assert len(findings) == 201 and findings[-1].rule == "course/more-findings"
    assert findings[-1].message.startswith("… and ") and findings[-1].severity is Severity.ERROR


def test_a_date_with_full_stops_is_shown_as_it_is_wanted() -> None:
    (finding,) = workshop.course_findings({"awarded_on": "3.4.2026."})
    assert "year-month-day" in finding.message and finding.message.endswith("Did you mean 2026-04-03?")


@pytest.mark.parametrize("word", ["yes", "true", True, "No"])
def test_a_bare_yes_is_no_statement_of_quality(word: Any) -> None:
    assert [one.rule for one in workshop.course_findings({"quality_assurance": word})] == ["course/kind-wrong"]


def test_a_message_whose_last_value_is_empty_ends_with_its_sentence() -> None:
    (finding,) = workshop.course_findings({"qqqqqqq": "x"})
    assert finding.message == "“qqqqqqq” is no key of the course."


def test_a_bomb_of_aliases_is_refused_and_costs_nothing() -> None:
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
    )
    course, findings = read_course(bomb)
    assert course is None and {"course/yaml-refused"} <= {one.rule for one in findings}
    assert len(findings) < 1_000


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.system [id]",
        "!!python/name:os.system",
        "!!binary aGk=",
        "!local x",
        "!<tag:x,2026:y> x",
    ],
)
def test_a_tag_is_refused_and_nothing_is_run(tag: str) -> None:
    assert "course/yaml-refused" in {rule for _, _, rule in found(f"title: {tag}\n")}


@pytest.mark.parametrize(
    "text",
    ["", "#", "- a", "x", "a: b: c", "a: [", "\ta: 1", "a: \x01", 'a: "\\UFFFFFFFF"', "---\na: 1\n---\nb: 2",
     "? {a: b}\n: c", "[" * 10_000, "{a: " * 10_000, "a: " * 2_000, "\n".join(f"k{n}: v" for n in range(30_000)),
     "&a *a", "%YAML 9.9\n---\na: 1"],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_text_that_is_no_course_gives_findings_with_places(text: str) -> None:
    course, findings = read_course(text)
    assert course is None and findings
    assert all(finding.line and finding.column for finding in findings)


def test_a_course_that_is_not_utf_8_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "course.yaml"
    path.write_bytes("title: Ž".encode("windows-1250"))
    with pytest.raises(UnreadableError, match="UTF-8"):
        read_course(path)


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.png", "a/../../b", "C:\\x", "file:///etc/passwd"])
def test_files_are_taken_from_beside_the_course_only(path: str) -> None:
    assert "course/form-wrong" in {one.rule for one in workshop.course_findings({"display": {"logo": path}})}


PIECES = st.sampled_from([
    "title", "eqf", "workload", "assessment", "learning_outcomes", "languages", "en", "sr", ": ", ":\n  ", "- ", "\n",
    "[", "]", "{", "}", "6", "x", '"', "'", "&a", "*a", "!!t", "#", "|", ">", "0511", "  ", ",", "\t", "\u202e", "é",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_gives_a_course_or_findings_with_places(text: str) -> None:
    course, findings = read_course(text)
    assert course is not None or findings
    assert all(finding.line and finding.column and finding.message for finding in findings)


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(Course.model_fields)), VALUES)
def test_any_value_of_any_key_is_read_or_refused(key: str, value: Any) -> None:
    text = workshop.yaml_of(workshop.changed({}) | {key: value})
    course, findings = read_course(text)
    assert course is not None or any(finding.severity == "error" for finding in findings)
