"""The three example courses: exactly the wrong rows are refused, and every credential meets the published shapes."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from edc_microcred import load
from edc_microcred.elm import (
    DisplayDetail,
    DisplayParameter,
    IndividualDisplay,
    LanguageMap,
    MediaObject,
    read_credential,
)
from edc_microcred.issuing import sealing
from edc_microcred.microcredential import Course, Learner, RowError, build, read_learners
from edc_microcred.shapes import validator_for
from edc_microcred.testing import TestAuthority
from edc_microcred.verification.spotless import spotless
from edc_microcred.vocabularies import concept
from tests.conftest import ROOT

AT = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
NAMES = ("edna", "data-ml", "gis")
# A PNG of one grey dot.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000 3a7e9b55 0000000a 49444154 789c6360000000020001"
    "48afa471 00000000 49454e44 ae426082".replace(" ", "")
)


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "examples" / name / "expected-refusals.json").read_text("utf-8"))
    return found


def course_and_learners(name: str) -> tuple[Course, list[Learner], list[RowError]]:
    course = Course.load(ROOT / "examples" / name / "course.yaml")
    table = read_learners(ROOT / "examples" / name / expected(name)["learners"], course, today=AT.date())
    read = list(table)
    return course, [one for one in read if isinstance(one, Learner)], [one for one in read if isinstance(one, RowError)]


def display(course: Course) -> DisplayParameter:
    languages = {tag: concept("language", tag, languages=course.language_codes) for tag in course.language_codes}
    image = MediaObject(
        content=DOT,
        content_type=concept("file-type", "PNG", languages=course.language_codes),
        content_encoding=concept("encoding", "base64", languages=course.language_codes),
    )
    titles, _ = course.title.in_languages(course.languages)
    return DisplayParameter(
        title=LanguageMap(titles),
        language=list(languages.values()),
        primary_language=languages[course.main_language],
        individual_display=[
            IndividualDisplay(language=language, display_detail=[DisplayDetail(page=1, image=image)])
            for language in languages.values()
        ],
    )


@pytest.mark.parametrize("name", NAMES)
def test_exactly_the_rows_that_are_wrong_on_purpose_are_refused(name: str) -> None:
    _, learners, refused = course_and_learners(name)
    wanted = {int(row): rules for row, rules in expected(name)["refused"].items()}
    assert {one.row: [finding.rule for finding in one.findings] for one in refused} == wanted
    assert len(learners) == expected(name)["issued"]
    assert 8 <= len(learners) + len(refused) <= 20


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("sealed")
    signer = TestAuthority(now=AT).signer()
    written = []
    for name in NAMES:
        course, learners, _ = course_and_learners(name)
        shown = display(course)
        for number, learner in enumerate(learners):
            identifier = f"urn:credential:00000000-0000-4000-8000-{NAMES.index(name):04d}{number:08d}"
            credential = build(course, learner, credential_id=identifier, at=AT, display=shown)
            path = folder / f"{name}-{number}.jsonld"
            path.write_bytes(sealing.seal(credential, signer, at=AT).raw)
            written.append(path)
    return written


def test_every_credential_passes_the_published_generic_full_shapes_with_no_dropped_term(
    reference: Path, sealed: list[Path]
) -> None:
    tool = reference.parent / "tools" / "official_shacl.py"
    if not tool.exists():
        pytest.skip("the program that runs the published shapes is not at hand")
    done = subprocess.run(
        [sys.executable, str(tool), "--profile", "generic-full", *map(str, sealed)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert len(reports) == len(sealed) == sum(expected(name)["issued"] for name in NAMES)
    assert all(report["conforms"] == {"generic-full": True} and not report["dropped_terms"] for report in reports)
    assert all(report["credentials"] == 1 and report["triples"] > 300 for report in reports)


def test_every_credential_is_accepted_by_the_json_schema(sealed: list[Path]) -> None:
    validator = Draft202012Validator(json.loads((ROOT / "schemas" / "credential.schema.json").read_text("utf-8")))
    for path in sealed:
        credential = json.loads(json.loads(path.read_bytes())["payload"])
        assert [error.json_path for error in validator.iter_errors(credential)] == [], path.name


def test_content_of_every_credential_is_checked_in_one_pass(sealed: list[Path]) -> None:
    validator = validator_for("generic-full")
    assert [path.name for path in sealed if spotless(load(path).value, validator) is None] == []


def test_every_credential_is_read_back_as_it_was_built(sealed: list[Path]) -> None:
    for path in sealed:
        members = json.loads(json.loads(path.read_bytes())["payload"])
        _, findings = read_credential(members)
        assert findings == [], path.name


def test_the_lists_are_those_that_the_program_beside_them_writes(tmp_path: Path) -> None:
    from tools import example_learners

    for name in NAMES:
        (tmp_path / name).mkdir()
    example_learners.main(tmp_path)
    for name in NAMES:
        file = expected(name)["learners"]
        course = Course.load(ROOT / "examples" / name / "course.yaml")
        kept = list(read_learners(ROOT / "examples" / name / file, course, today=AT.date()))
        assert list(read_learners(tmp_path / name / file, course, today=AT.date())) == kept
