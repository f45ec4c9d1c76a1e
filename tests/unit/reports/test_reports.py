"""Reports on many files: places, settings, baselines and formats."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import Failure, JUnitXml

from edc_microcred import load, seal
from edc_microcred.catalogue import rules
from edc_microcred.document import Document
from edc_microcred.findings import Finding, Severity
from edc_microcred.reports import (
    FORMATS,
    Baseline,
    FileResult,
    Settings,
    validate_file,
    validate_files,
    with_places,
    write_report,
)
from edc_microcred.reports.settings import SettingsError
from edc_microcred.testing import TestAuthority
from edc_microcred.verification.schema import VALIDATION_REPORT
from tests.conftest import ROOT

SIGNER = TestAuthority(key_type="p-256").signer()
EXAMPLE = ROOT / "examples" / "credential.jsonld"


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our example, with an end date that is none and a member of nobody's model, over several lines."""
    value = json.loads(EXAMPLE.read_text())
    value["expirationDate"] = "soon"
    value["credentialSubject"]["shoeSize"] = "Ana 40"
    path = tmp_path_factory.mktemp("files") / "bad.jsonld"
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False))
    return path


@pytest.fixture(scope="module")
def result(bad: Path) -> FileResult:
    return validate_file(str(bad), Settings())


def _finding(pointer: str) -> Finding:
    return Finding(rule="elm/not-a-date", severity=Severity.ERROR, pointer=pointer, message="m")


def test_a_finding_knows_its_line(bad: Path, result: FileResult) -> None:
    lines = bad.read_text().splitlines()
    [date] = [f for f in result.findings if f.rule == "elm/datatype"]
    assert date.line is not None
    assert date.column is not None
    assert lines[date.line - 1][date.column - 1 :].startswith('"soon"')


def test_a_missing_member_is_shown_where_it_should_stand(result: FileResult) -> None:
    [issuer] = [f for f in result.findings if f.path is not None and f.path.endswith("#issuer")]
    assert (issuer.line, issuer.column) == (1, 1)


def _same_letter(document: Document, pointer: str, expected: str) -> None:
    [placed] = with_places(document, [_finding(pointer)])
    assert placed.line is not None
    assert placed.column is not None
    line = document.raw.decode().split("\n")[placed.line - 1]
    assert line[placed.column - 1 :].startswith(expected)


def test_places_inside_a_sealed_file_are_those_of_the_file() -> None:
    text = '{"type": ["VerifiableCredential"],\n "a": {"\\"š\\"": "\\u0161\\ud83d\\ude00", "b/c": ["x", "найђи"]}}'
    document = Document(seal(text, SIGNER, header="edc").raw)
    _same_letter(document, "/a/b~1c/1", '\\"найђи')
    _same_letter(document, '/a/"š"', '\\"\\\\u0161')


def test_places_inside_an_upload_wrapper_are_those_of_the_file() -> None:
    document = Document(b'{"deliveryDetails": {},\n "credential": {"type": "EuropeanDigitalCredential", "id": 7}}')
    _same_letter(document, "/id", "7}")


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.text(min_size=1, max_size=6), st.text(max_size=12), min_size=1, max_size=5),
    st.booleans(),
)
def test_every_place_in_a_sealed_file_is_the_very_letter(members: dict[str, str], ascii_only: bool) -> None:
    text = json.dumps(members, ensure_ascii=ascii_only)
    file = json.loads(seal(text, SIGNER, header="edc").raw)
    document = Document(json.dumps(file, ensure_ascii=ascii_only).encode())
    for name, value in members.items():
        pointer = "/" + name.replace("~", "~0").replace("/", "~1")
        written = json.dumps(json.dumps(value, ensure_ascii=ascii_only), ensure_ascii=ascii_only)[1:-1]
        _same_letter(document, pointer, written)


def test_the_json_report_keeps_its_schema_and_says_what_the_shapes_say(result: FileResult) -> None:
    report = json.loads(FORMATS["json"]([result]))
    jsonschema.validate(report, VALIDATION_REPORT)
    [file] = report["files"]
    assert (file["conforms"], file["profile"]) == (False, "generic-full")
    assert {"elm/datatype", "ld/dropped-term"} <= {f["rule"] for f in file["findings"]}
    assert any("constraint" in f for f in file["findings"])


def test_an_unreadable_file_is_a_result_without_a_verdict(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{")
    unreadable = validate_file(str(tmp_path / "x.json"), Settings())
    assert (unreadable.conforms, [f.rule for f in unreadable.findings]) == (None, ["edc/unreadable"])
    jsonschema.validate(json.loads(FORMATS["json"]([unreadable])), VALIDATION_REPORT)


def junit(report: str, folder: Path) -> JUnitXml:
    """The report as a build server reads it: out of a file."""
    path = folder / "junit.xml"
    path.write_text(report, "utf-8")
    return JUnitXml.fromfile(str(path))


def test_a_junit_parser_reads_a_case_for_each_file_and_the_findings_of_what_failed(
    result: FileResult, tmp_path: Path
) -> None:
    good = FileResult(path="good <&\x01>.json", profile="generic-full", conforms=True)
    suites = junit(FORMATS["junit"]([result, good]), tmp_path)
    assert (suites.tests, suites.failures, suites.errors, suites.skipped) == (2, 1, 0, 0)
    [suite] = suites
    assert (suite.tests, suite.failures) == (2, 1)
    failed, passed = suite
    assert [case.name for case in suite] == [result.path, "good <&\ufffd>.json"]
    assert (failed.is_failure, failed.is_passed, passed.is_failure, passed.is_passed) == (True, False, False, True)
    [failure] = failed.result
    assert isinstance(failure, Failure)
    assert all(finding.rule in failure.text for finding in result.findings)


def test_github_commands_are_one_line_each(result: FileResult) -> None:
    lines = FORMATS["github"]([result]).splitlines()
    assert len(lines) == len(result.findings)
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    assert any(",line=" in line for line in lines)


@pytest.mark.parametrize("form", FORMATS)
def test_a_redacted_report_holds_nothing_of_the_learner(form: str, result: FileResult) -> None:
    text = FORMATS[form]([result], redact=True)
    assert "Ana" not in text
    assert "soon" not in text


def test_settings_weigh_rules_for_all_files_and_for_some(bad: Path) -> None:
    weighed = Settings.of(
        {
            "rules": {"elm/datatype": "warning", "ld/dropped-term": "off"},
            "paths": [{"match": "*.jsonld", "rules": {"elm/missing": "info"}}],
        },
        Path("edc-microcred.toml"),
    )
    found = {f.rule: f.severity for f in validate_file(str(bad), weighed).findings}
    assert found["elm/datatype"] is Severity.WARNING
    assert found["elm/missing"] is Severity.INFO
    assert "ld/dropped-term" not in found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('profil = "generic-full"', "Did you mean 'profile'"),
        ('profile = "nonsense"', "no profile"),
        ('fail-on = "sometimes"', "fail-on"),
        ('elm = "4"', "elm is"),
        ("redact = 1", "must be a bool"),
        ('[rules]\n"elm/mising" = "off"', "Did you mean 'elm/missing'"),
        ('[rules]\n"elmo" = "off"', "Did you mean 'elm'"),
        ('[rules]\n"cvs/*" = "off"', "Did you mean 'cv'"),
        ('[rules]\n"elm/missing" = "loud"', "Use off"),
        ('[[paths]]\nmatch = "x"', "needs `match` and `rules`"),
        ("rules = =", "it is no TOML at line 1, column 9"),
    ],
)
def test_settings_that_mean_nothing_are_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "edc-microcred.toml").write_text(text)
    with pytest.raises(SettingsError, match=said.replace("[", "\\[")):
        Settings.find(tmp_path)


def test_settings_are_found_in_a_folder_above_and_in_pyproject(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.edc-microcred]\nprofile = "accredited"\nbaseline = "known.json"')
    found = Settings.find(below)
    assert (found.profile, found.baseline) == ("accredited", tmp_path / "known.json")
    assert Settings.find(Path("/")) == Settings()


def test_a_baseline_hides_what_is_known_and_shows_a_second_one(tmp_path: Path) -> None:
    known = [_finding("/a"), _finding("/b")]
    Baseline.of([("x.json", known)], folder=tmp_path).save(tmp_path / "known.json")
    read = Baseline.load(tmp_path / "known.json")
    assert read.new("x.json", known) == []
    assert read.new("x.json", [*known, _finding("/a")]) == [_finding("/a")]
    assert read.new("y.json", known) == known


def test_many_files_come_in_order_whoever_reads_them(tmp_path: Path) -> None:
    names = []
    for number in range(40):
        path = tmp_path / f"{number:02}.jsonld"
        path.write_bytes(EXAMPLE.read_bytes() if number % 2 else b"{")
        names.append(str(path))
    alone = list(validate_files(names, Settings(), workers=1))
    shared = list(validate_files(names, Settings(), workers=2))
    assert [r.path for r in shared] == names
    assert shared == alone


def test_a_sealed_file_is_validated_by_what_is_inside() -> None:
    sealed = seal(load(EXAMPLE), SIGNER)
    assert validate_file(sealed, Settings()).conforms is True


def _of(*severities: Severity) -> FileResult:
    found = (Finding(rule="elm/missing", severity=one, pointer="", message="m", values={"value": None})
             for one in severities)  # fmt: skip
    return FileResult(path="x.json", profile="generic-full", conforms=True, findings=tuple(found))


@pytest.mark.parametrize(
    ("severities", "fail_on", "said"),
    [
        ((Severity.WARNING,), "error", None),
        ((Severity.WARNING,), "warning", "1 warning, first: m"),
        ((Severity.ERROR,), "error", "1 error, first: m"),
        ((Severity.WARNING, Severity.ERROR, Severity.ERROR), "warning", "2 errors and 1 warning, first: m"),
    ],
)
def test_junit_counts_as_failed_what_fails_the_build(
    severities: tuple[Severity, ...], fail_on: str, said: str | None, tmp_path: Path
) -> None:
    text = write_report("junit", [_of(*severities)], fail_on=fail_on)
    suites = junit(text, tmp_path)
    assert suites.failures == (0 if said is None else 1)
    [case] = next(iter(suites))
    assert [failure.message for failure in case.result] == ([] if said is None else [said])


def test_a_finding_of_absence_has_no_value_in_the_json() -> None:
    [finding] = json.loads(write_report("json", [_of(Severity.ERROR)]))["files"][0]["findings"]
    assert "value" not in finding


def test_each_finding_says_what_to_do_and_the_text_says_it_once_for_a_rule() -> None:
    result = _of(Severity.ERROR, Severity.ERROR)
    fix = rules()["elm/missing"].fix
    assert [f["fix"] for f in json.loads(write_report("json", [result]))["files"][0]["findings"]] == [fix, fix]
    assert write_report("text", [result, result]).count(f"    Fix: {fix}") == 1
    assert write_report("github", [result]).count("%0AFix: ") == 2


@pytest.mark.parametrize("room", ["ld", "ld/*"])
def test_a_whole_room_is_switched_and_a_rule_of_it_counts_before_the_room(bad: Path, room: str) -> None:
    off = Settings.of({"rules": {room: "off"}}, Path("edc-microcred.toml"))
    assert not any(f.rule.startswith("ld/") for f in validate_file(str(bad), off).findings)
    one = Settings.of({"rules": {"ld/dropped-term": "info", room: "off"}}, Path("edc-microcred.toml"))
    assert {f.severity for f in validate_file(str(bad), one).findings if f.rule.startswith("ld/")} == {Severity.INFO}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Settings that take drafts lightly, and a draft."""
    (tmp_path / "edc-microcred.toml").write_text('[[paths]]\nmatch = "drafts/*"\nrules = {"elm/missing" = "info"}\n')
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "x.jsonld").write_bytes(EXAMPLE.read_bytes())
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    return tmp_path


TYPED = [
    (".", "drafts/x.jsonld"), (".", "./drafts/x.jsonld"), (".", "ABSOLUTE/drafts/x.jsonld"), ("drafts", "x.jsonld"),
    ("drafts", "../drafts/x.jsonld"), (".", "link/drafts/x.jsonld"),
]  # fmt: skip


@pytest.mark.parametrize(("folder", "typed"), TYPED)
def test_settings_for_some_files_hold_however_the_path_is_typed(
    tree: Path, folder: str, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree / folder)
    result = validate_file(typed.replace("ABSOLUTE", str(tree)), Settings.find(Path()))
    assert {f.severity for f in result.findings if f.rule == "elm/missing"} == {Severity.INFO}


@pytest.mark.parametrize(("folder", "typed"), TYPED)
def test_a_baseline_knows_a_file_however_its_path_is_typed(
    tree: Path, folder: str, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / "known").mkdir()
    known = [_finding("/a")]
    Baseline.of([(str(tree / "drafts" / "x.jsonld"), known)], folder=tree / "known").save(tree / "known" / "k.json")
    [entry] = json.loads((tree / "known" / "k.json").read_text())["findings"]
    assert entry["path"] == "../drafts/x.jsonld"
    monkeypatch.chdir(tree / folder)
    read = Baseline.load(Path("../known/k.json" if folder == "drafts" else "known/k.json"))
    assert read.new(typed.replace("ABSOLUTE", str(tree)), known) == []
