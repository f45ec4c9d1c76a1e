"""`show` as a user meets it: what it is, who, when, by whom sealed, in the words of the language asked for."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from edc_microcred import seal
from edc_microcred.cli.app import app
from edc_microcred.document import load
from edc_microcred.elm import (
    CreditPoint,
    EuropeanDigitalCredential,
    LearningAchievement,
    LearningAchievementSpecification,
    Note,
    write_credential,
)
from edc_microcred.rendering import LANGUAGES
from edc_microcred.rendering.labels import words
from edc_microcred.seals import FileSigner
from edc_microcred.testing import TestAuthority
from edc_microcred.vocabularies import concept
from tests.conftest import ROOT
from tests.unit.rendering import samples
from tests.unit.rendering.samples import achievement, specification
from tests.unit.rendering.test_page_notes import STATEMENT, about


def whole() -> EuropeanDigitalCredential:
    credential = samples.credential()
    specification(credential).additional_note = [about("quality-assurance", STATEMENT)]
    ects = concept("education-credit", "European Credit Transfer System")
    achievement(credential).has_part = [
        LearningAchievement(
            title={"en": "Module one"},
            specified_by=LearningAchievementSpecification(
                title={"en": "Module one"}, credit_point=[CreditPoint(framework=ects, point="2")]
            ),
        )
    ]
    return credential


def shown(credential: EuropeanDigitalCredential, folder: Path, *options: str) -> str:
    path = folder / "credential.jsonld"
    path.write_text(write_credential(credential), encoding="utf-8")
    done = CliRunner().invoke(app, ["show", str(path), *options], env={"COLUMNS": "400", "NO_COLOR": "1"})
    assert done.exit_code == 0, done.output
    return done.output


def test_it_tells_in_words_what_a_page_tells(tmp_path: Path) -> None:
    text = shown(whole(), tmp_path)
    for line in (
        "Awarded to: Ana Primer", "Example University of Belgrade (TEST), Serbia (VATRS-1)",
        "Date of award: 30 June 2026",
        "Issued: 1 July 2026", "Credits: 5.5 ECTS", "Workload: 142 hours", "Level: EQF level 7; NQFS level 7.1",
        "Field of education: Biology", "Form of participation: blended", "Language of instruction: English",
        "Independent study, 112 hours",
        "Laboratory record (practical assessment): 10 (ten)", "Supervision: supervised, identity verified",
        "Agency: Example Accreditation Body (TEST)", "Reviewed every year", "Credits: 2 ECTS", "Not sealed",
    ):  # fmt: skip
        assert line in text, line
    assert not re.search(r"PT\d|T\d\d:|LearningA|urn:edc-microcred|[a-z]Assessment", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_asked_for(language: str, tmp_path: Path) -> None:
    text = shown(whole(), tmp_path, "--language", language)
    said = words(language)
    for name in ("outcomes", "assessment", "quality", "activities", "workload", "awarded_on", "not_sealed"):
        assert said[name] in text
    assert read_title(language) in text


def read_title(language: str) -> str:
    return {**samples.TITLES, "sr-Latn": "Metode eDNK u praćenju biodiverziteta"}[language]


def test_what_is_no_language_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    assert CliRunner().invoke(app, ["show", str(tmp_path / "x.json"), "--language", "no tag"]).exit_code == 2


def test_it_names_the_sealer_and_says_that_nobody_verified_it(tmp_path: Path) -> None:
    issued = TestAuthority(key_type="p-256").seal_certificate(organisation="Sealing House")
    signer = FileSigner(issued.private_key, [issued.certificate, *issued.chain])
    (tmp_path / "sealed.jsonld").write_bytes(seal(load(ROOT / "examples" / "credential.jsonld"), signer).raw)
    done = CliRunner().invoke(app, ["show", str(tmp_path / "sealed.jsonld")], env={"COLUMNS": "400", "NO_COLOR": "1"})
    for line in ("Electronic seal (not verified here)", "Organisation: Sealing House", "Claimed time: ", " UTC",
                 "Issuer: Sealing House"):  # fmt: skip
        assert line in done.output, done.output
    good = (tmp_path / "sealed.jsonld").read_bytes()
    assert b"Ana Primer" in good
    (tmp_path / "sealed.jsonld").write_bytes(good.replace(b"Ana Primer", b"Eva Primer"))
    done = CliRunner().invoke(app, ["show", str(tmp_path / "sealed.jsonld")], env={"COLUMNS": "400", "NO_COLOR": "1"})
    assert "seal of the file is broken" in done.output


def test_hundreds_of_parts_within_parts_end(tmp_path: Path) -> None:
    credential = samples.credential()
    below = achievement(credential)
    for number in range(20):
        below.has_part = [LearningAchievement(title={"en": f"Part {number}-{each}"}) for each in range(40)]
        below = below.has_part[0]
    assert 200 <= len(shown(credential, tmp_path).splitlines()) <= 400


def test_the_json_is_the_credentials_own(tmp_path: Path) -> None:
    credential = samples.credential()
    achievement(credential).additional_note = [Note(note_literal={"en": "x"})]
    assert json.loads(shown(credential, tmp_path, "--json")) == json.loads(write_credential(credential))
