"""Reports without anything from the files: also what a member is called may be somebody's name."""

import json
from pathlib import Path

import pytest

from edc_microcred.findings import Finding, Severity
from edc_microcred.reports import FORMATS, Baseline, FileResult, Settings, validate_file
from edc_microcred.reports.redaction import redacted_pointer, without_strange_names
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "credential.jsonld"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> FileResult:
    """Our example with members that are called by a learner's name, by a number, and by a name in a language map."""
    value = json.loads(EXAMPLE.read_text())
    value["credentialSubject"] |= {"Ana Primer": "x", "3006998710123": "y"}
    value["credentialSubject"]["fullName"]["Ana"] = "z"
    path = tmp_path_factory.mktemp("files") / "strange.jsonld"
    path.write_text(json.dumps(value))
    return validate_file(str(path), Settings())


def test_the_strange_names_are_found_where_nothing_is_redacted(result: FileResult) -> None:
    text = FORMATS["json"]([result])
    assert "/credentialSubject/Ana Primer" in text
    assert "/credentialSubject/3006998710123" in text


@pytest.mark.parametrize("form", FORMATS)
def test_no_name_of_a_member_is_in_a_redacted_report(form: str, result: FileResult) -> None:
    text = FORMATS[form]([result], redact=True)
    assert "Ana" not in text
    assert "3006998710123" not in text
    assert "/credentialSubject/…" in text.replace("\\u2026", "…")


def test_no_name_of_a_member_is_in_a_redacted_baseline_which_still_knows_the_findings(
    result: FileResult, tmp_path: Path
) -> None:
    Baseline.of([(result.path, result.findings)], redact=True, folder=tmp_path).save(tmp_path / "known.json")
    text = (tmp_path / "known.json").read_text()
    assert "Ana" not in text
    assert "3006998710123" not in text
    assert Baseline.load(tmp_path / "known.json").new(result.path, result.findings) == []


@pytest.mark.parametrize(
    ("pointer", "left"),
    [
        ("", ""),
        ("/credentialSubject/hasClaim/12/title/sr-Latn", "/credentialSubject/hasClaim/12/title/sr-Latn"),
        ("/issuer/legalName/en", "/issuer/legalName/en"),
        ("/credentialSubject/Ana~1Primer", "/credentialSubject/…"),
        ("/credentialSubject/givenName/Ana", "/credentialSubject/givenName/…"),
        ("/credentialSubject/en", "/credentialSubject/…"),
        ("/credentialSubject/19980630", "/credentialSubject/…"),
        ("/0/http:~1~1data.europa.eu~1snb~1model~1elm~1hasClaim/0/@id", None),
        ("/@graph/3/elm:hasClaim", None),
        ("/@graph/3/elm:ana", "/@graph/3/…"),
        ("/http:~1~1example.org~1ana", "/…"),
    ],
)
def test_of_a_pointer_the_standards_names_are_left(pointer: str, left: str | None) -> None:
    assert redacted_pointer(pointer) == (pointer if left is None else left)


def test_a_message_that_quotes_the_member_loses_it_too() -> None:
    finding = Finding(
        rule="ld/dropped-term", severity=Severity.WARNING, pointer="/credentialSubject/Ana Primer",
        message="“Ana Primer” is no term.",
    )  # fmt: skip
    assert without_strange_names(finding).message == "“…” is no term."
