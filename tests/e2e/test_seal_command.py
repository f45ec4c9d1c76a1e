"""`seal`: which keys it refuses, where it writes, and what it says of it."""

import json
import tempfile
from pathlib import Path

import pytest

from edc_microcred import load
from edc_microcred.testing import TestAuthority
from tests.conftest import ROOT
from tests.e2e.command_line import KEY, filled, run

COURSE = ROOT / "examples" / "edna"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("work"))


def _key_with(fault: str, folder: Path) -> tuple[str, ...]:
    issued = TestAuthority(key_type="p-256").seal_certificate(fault=fault)  # type: ignore[arg-type]  # one of its names
    (folder / f"{fault}.p12").write_bytes(issued.pkcs12("secret"))
    (folder / "secret.txt").write_text("secret\n")
    return ("--key", f"{fault}.p12", "--password-file", "secret.txt")


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("not-for-signing", "trust/key-usage-wrong"),
        ("no-key-usage", "trust/key-usage-missing"),
        ("for-web-servers", "trust/purpose-wrong"),
        ("of-a-ca", "trust/issued-for-something-else"),
        ("of-a-person", "trust/issued-for-something-else"),
    ],
)
def test_a_certificate_that_may_not_seal_seals_nothing(folder: Path, fault: str, rule: str) -> None:
    key = _key_with(fault, folder)
    done = run(folder, "seal", "credential.jsonld", "-o", "never.jsonld", *key, code=1)
    assert rule in done.stdout.decode()
    assert "Nothing was sealed" in done.stderr.decode()
    told = json.loads(run(folder, "seal", "credential.jsonld", "-o", "never.jsonld", *key, "--json", code=1).stdout)
    assert told["files"] == []
    assert rule in {f["rule"] for f in told["findings"]}
    run(folder, "seal", "credential.jsonld", "-o", "never.jsonld", *key, "--dry-run", code=1)
    assert not (folder / "never.jsonld").exists()


@pytest.mark.parametrize("more", [(), ("--processes", "--workers", "1")])
def test_a_certificate_that_may_not_seal_issues_nothing(folder: Path, more: tuple[str, ...]) -> None:
    key = _key_with("not-for-signing", folder)
    course = (str(COURSE / "course.yaml"), str(COURSE / "learners.csv"))
    done = run(folder, "issue", *course, "-o", "never", *key, *more, code=1)
    assert "trust/key-usage-wrong" in done.stderr.decode()
    assert not (folder / "never").exists()


def test_a_certificate_that_is_no_seal_certificate_is_a_warning(folder: Path) -> None:
    done = run(folder, "seal", "credential.jsonld", "-o", "warned.jsonld", *_key_with("not-a-seal", folder))
    assert "warning trust/not-a-seal-certificate" in done.stdout.decode()


def test_b64_takes_its_value(folder: Path) -> None:
    common = ("seal", "credential.jsonld", *KEY, "--header", "etsi")
    run(folder, *common, "-o", "base64url.jsonld", "--b64", "true")
    run(folder, *common, "-o", "plain.jsonld", "--b64", "false")
    assert json.loads((folder / "plain.jsonld").read_bytes())["payload"].startswith("{")
    assert not json.loads((folder / "base64url.jsonld").read_bytes())["payload"].startswith("{")
    run(folder, *common, "-o", "x.jsonld", "--b64", "perhaps", code=2)


def test_a_sealed_file_goes_to_standard_output_with_nothing_else(folder: Path) -> None:
    data = (folder / "credential.jsonld").read_bytes()
    done = run(folder, "seal", "-", "-o", "-", *KEY, stdin=data)
    with tempfile.TemporaryDirectory() as other:
        (sealed := Path(other, "sealed.jsonld")).write_bytes(done.stdout)
        assert load(sealed).is_sealed
    assert "sealed as standard output" in done.stderr.decode()
    assert not (folder / "-").exists()
    run(folder, "seal", "-", "-o", "-", *KEY, "--json", stdin=data, code=2)
    run(folder, "seal", "credential.jsonld", "sealed.jsonld", "-o", "-", *KEY, code=2)


@pytest.mark.parametrize("data", [b"null", b"7", b'{"hello":"world"}'])
def test_other_data_than_a_credential_is_named_as_such(folder: Path, data: bytes) -> None:
    (folder / "other.json").write_bytes(data)
    done = run(folder, "seal", "other.json", "-o", "other.jws", "--force", *KEY)
    assert "other data" in done.stdout.decode()
    told = json.loads(run(folder, "seal", "other.json", "-o", "other.jws", "--force", *KEY, "--json").stdout)
    assert told["files"][0]["credential"] is False
    told = json.loads(run(folder, "seal", "credential.jsonld", "-o", "good.jsonld", *KEY, "--json").stdout)
    assert told["files"][0]["credential"] is True
    (folder / "good.jsonld").unlink()


@pytest.mark.parametrize("target", ["pki/seal.p12", "pki/password.txt", "credential.jsonld"])
def test_nothing_that_is_read_is_sealed_over(folder: Path, target: str) -> None:
    before = (folder / target).read_bytes()
    done = run(folder, "seal", "credential.jsonld", "-o", target, *KEY, "--force", code=2)
    assert "files that are read" in " ".join(done.stderr.decode().split())
    assert (folder / target).read_bytes() == before
