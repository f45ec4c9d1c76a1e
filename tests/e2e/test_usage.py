"""Exit codes: 2 for what a command line says wrongly, 1 for a credential that is not good."""

import subprocess
from pathlib import Path

import pytest

from edc_microcred.shapes import PROFILES
from tests.conftest import ROOT
from tests.e2e.command_line import KEY, PROGRAM, filled, run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = filled(tmp_path_factory.mktemp("work"))
    (folder / "no-certificate.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    (folder / "unknown-setting.toml").write_text('profil = "generic-full"\n')
    (folder / "unknown-rule.toml").write_text('rules = { "elm/mising" = "off" }\n')
    (folder / "no-baseline.txt").write_text("{")
    for name in ("course.yaml", "learners.csv"):
        (folder / name).write_bytes((ROOT / "examples" / "edna" / name).read_bytes())
    return folder


WRONG = [
    ("verify sealed.jsonld --trust nothere", "--trust"),
    ("verify sealed.jsonld --trust-anchor nothere.pem", "--trust-anchor"),
    ("verify sealed.jsonld --trust-anchor no-certificate.pem", "--trust-anchor"),
    ("verify sealed.jsonld --crl no-certificate.pem", "--crl"),
    ("verify sealed.jsonld --ocsp no-certificate.pem", "--ocsp"),
    ("verify sealed.jsonld --profile nonsense", "--profile"),
    ("validate credential.jsonld --settings nothere.toml", "--settings"),
    ("validate credential.jsonld --settings unknown-setting.toml", "--settings"),
    ("validate credential.jsonld --settings unknown-rule.toml", "'elm/missing'"),
    ("validate credential.jsonld --baseline nothere.json", "--baseline"),
    ("validate credential.jsonld --baseline no-baseline.txt", "--baseline"),
    ("validate credential.jsonld --diff --json", "--format"),
    ("validate credential.jsonld --diff --format sarif", "--format"),
    ("validate credential.jsonld --dry-run -o report.txt", "--output"),
    ("validate credential.jsonld --diff --write-baseline known.json", "--write-baseline"),
    ("validate credential.jsonld --write-baseline known.json --json", "--format"),
    ("validate credential.jsonld --json --format sarif", "--json"),
    ("seal credential.jsonld -o x.jsonld --key pki/seal.p12 --password-file pki/password.txt --alg none", "--alg"),
    ("demo-pki other --key-type foo", "--key-type"),
    ("demo-pki other --country Serbia", "--country"),
    ("explain elm/mising", "elm/missing"),
    ("vocab countri", "country"),
    ("show nothere.json", "nothere.json"),
    ("check course.yaml learners.csv --encoding foo", "--encoding"),
    ("check course.yaml learners.csv --delimiter foo", "--delimiter"),
    ("seal credential.jsonld -o x.jsonld --key pki/seal.p12", "--password-file"),
]


@pytest.mark.parametrize(("line", "said"), WRONG)
def test_what_a_command_line_says_wrongly_is_exit_code_2(folder: Path, line: str, said: str) -> None:
    before = sorted(folder.iterdir())
    done = run(folder, *line.split(), code=2)
    assert said in done.stderr.decode()
    assert done.stdout == b""
    assert sorted(folder.iterdir()) == before


OVERWRITING = [
    "validate credential.jsonld -o credential.jsonld",
    "validate credential.jsonld -o ./pki/../credential.jsonld",
    "validate credential.jsonld --write-baseline credential.jsonld",
    "validate credential.jsonld --settings good.toml -o good.toml",
    "render credential.jsonld -o credential.jsonld --force",
    "issue course.yaml manifest.csv -o . --key pki/seal.p12 --password-file pki/password.txt",
]


@pytest.mark.parametrize("line", OVERWRITING)
def test_nothing_is_written_over_what_is_read(folder: Path, line: str) -> None:
    (folder / "good.toml").write_text("redact = true\n")
    (folder / "manifest.csv").write_bytes((folder / "learners.csv").read_bytes())
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    done = run(folder, *line.split(), code=2)
    assert "files that are read" in " ".join(done.stderr.decode().split())
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_baseline_in_the_folder_is_no_credential_and_is_renewed(folder: Path) -> None:
    (archive := folder / "archive").mkdir()
    (archive / "old.jsonld").write_bytes((folder / "credential.jsonld").read_bytes())
    for _ in range(2):
        run(archive, "validate", ".", "--write-baseline", "known.json")
    done = run(archive, "validate", ".", "--baseline", "known.json")
    assert "known.json" not in done.stdout.decode()
    run(folder, "validate", "archive", "--baseline", "archive/known.json")


def test_the_command_line_can_take_back_that_the_settings_redact(folder: Path) -> None:
    (folder / "redacting.toml").write_text("redact = true\n")
    common = ("validate", "credential.jsonld", "--settings", "redacting.toml", "--json")
    assert "has no “issuer”" not in run(folder, *common, code=1).stdout.decode()
    assert "has no “issuer”" in run(folder, *common, "--no-redact", code=1).stdout.decode()


def test_a_value_that_no_list_has_is_told_with_what_is_near(folder: Path) -> None:
    done = run(folder, "vocab", "eqf", "9", code=1)
    assert "Nearest: 8 (" in done.stderr.decode()


def test_reports_and_pages_go_to_standard_output(folder: Path) -> None:
    assert run(folder, "validate", "credential.jsonld", "--json", "-o", "-", code=1).stdout.startswith(b"{")
    assert run(folder, "render", "credential.jsonld", "-o", "-").stdout.lower().startswith(b"<!doctype html")
    assert not (folder / "-").exists()


def test_a_wrong_password_is_no_wrong_usage(folder: Path) -> None:
    (folder / "wrong.txt").write_text("wrong")
    run(folder, "seal", "credential.jsonld", "-o", "x.jsonld", *KEY[:2], "--password-file", "wrong.txt", code=1)


VERBS = (
    "new",
    "check",
    "issue",
    "verify",
    "validate",
    "seal",
    "show",
    "render",
    "vocab",
    "rules",
    "explain",
    "demo-pki",
)


@pytest.mark.parametrize("verb", VERBS)
def test_help_names_what_is_to_be_given_in_plain_words(folder: Path, verb: str) -> None:
    text = run(folder, verb, "--help").stdout.decode()
    assert not set("{}<") & set(text)
    if "--profile" in text:
        assert all(name in " ".join(text.split()).replace("- ", "-") for name in PROFILES)


def test_help_tells_the_exit_codes(folder: Path) -> None:
    text = run(folder, "--help").stdout.decode()
    assert "Exit codes: 0 good, 1 not good, 2 wrong usage, 3 indeterminate." in text


def test_a_clean_report_is_empty(folder: Path) -> None:
    (folder / "lenient.toml").write_text('rules = { "elm" = "off" }')
    done = run(folder, "validate", "credential.jsonld", "--settings", "lenient.toml", "--format", "text")
    assert done.stdout == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_standard_output_is_named_as_such(folder: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123  # a device
        done = subprocess.run([str(PROGRAM), "vocab"], cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert b"standard output: " in done.stderr
    assert b"Exception" not in done.stderr
