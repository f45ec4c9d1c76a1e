"""The command line as a user meets it: the installed program, in a folder of its own."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from edc_microcred import UnreadableError, load
from edc_microcred.testing import TestAuthority
from tests.conftest import ROOT

PROGRAM = Path(sys.executable).with_name("edc-microcred")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo PKI, our example unsealed, and the same sealed."""
    folder = tmp_path_factory.mktemp("work")
    (folder / "credential.jsonld").write_bytes((ROOT / "examples" / "credential.jsonld").read_bytes())
    _run(folder, "demo-pki", "pki", "--key-type", "p-256")
    _run(folder, "seal", "credential.jsonld", "-o", "sealed.jsonld", *KEY)
    return folder


KEY = ("--key", "pki/seal.p12", "--password-file", "pki/password.txt")


def _run(
    folder: Path, *arguments: str, stdin: bytes = b"", code: int = 0, limit: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(PROGRAM), *arguments], cwd=folder, input=stdin, capture_output=True, preexec_fn=limit, check=False
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == code, f"{arguments}: {done.returncode}\n{out}\n{err}"
    assert "Traceback" not in err
    return subprocess.CompletedProcess(arguments, done.returncode, out, err)


def test_what_was_sealed_is_valid_with_its_trust_and_undecided_without(folder: Path) -> None:
    assert "✓ sealed.jsonld: Valid" in _run(folder, "verify", "sealed.jsonld", "--trust", "pki/trust").stdout
    assert "trust/no-anchor" in _run(folder, "verify", "sealed.jsonld", code=3).stdout


def test_anchor_and_revocation_list_can_be_named_one_by_one(folder: Path) -> None:
    anchor = ("--trust-anchor", "pki/trust/root.pem")
    crls = [part for path in sorted((folder / "pki" / "trust").glob("*.crl")) for part in ("--crl", str(path))]
    _run(folder, "verify", "sealed.jsonld", *anchor, *crls, code=0)
    assert "trust/revocation-missing" in _run(folder, "verify", "sealed.jsonld", *anchor, code=3).stdout
    unasked = _run(folder, "verify", "sealed.jsonld", *anchor, "--revocation", "none", code=0).stdout
    assert "revoked was not looked at" in unasked
    assert "was not revoked" not in unasked


def test_a_changed_letter_is_found_and_the_json_says_where(folder: Path) -> None:
    forged = (folder / "sealed.jsonld").read_bytes().replace(b"Primer", b"Primes")
    done = _run(folder, "verify", "-", "--trust", "pki/trust", "--json", stdin=forged, code=1)
    report = json.loads(done.stdout)
    assert report["outcome"] == "invalid"
    assert [f["rule"] for f in report["files"][0]["findings"] if f["severity"] == "error"] == ["seal/signature-wrong"]
    assert report["files"][0]["seal"]["intact"] is False


def test_folders_and_patterns_stand_for_the_credentials_in_them(folder: Path) -> None:
    many = folder / "many" / "below"
    many.mkdir(parents=True)
    for name in ("a.jsonld", "b.json", "c.txt"):
        (many / name).write_bytes((folder / "sealed.jsonld").read_bytes())
    done = _run(folder, "verify", "many", "--trust", "pki/trust", "--quiet")
    assert done.stdout.count("Valid") == 2
    assert _run(folder, "verify", "many/**/*.jsonld", "--trust", "pki/trust", "-q").stdout.count("Valid") == 1


def test_wrong_usage_is_exit_code_2(folder: Path) -> None:
    _run(folder, "verify", "nothing-here.jsonld", code=2)
    _run(folder, "verify", "sealed.jsonld", "--at", "yesterday", code=2)
    _run(folder, "verify", "sealed.jsonld", "--revocation", "maybe", code=2)
    _run(folder, "nonsense", code=2)
    _run(folder, "seal", "credential.jsonld", "-o", "x.jsonld", *KEY, "--serialization", "xml", code=2)


def test_a_past_and_a_future_time_change_the_verdict(folder: Path) -> None:
    past = _run(folder, "verify", "sealed.jsonld", "--trust", "pki/trust", "--at", "2020-01-01T00:00:00Z", code=1)
    assert "edc/not-yet-valid" in past.stdout


def test_seal_refuses_and_leaves_nothing_half_written(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonld"
    password = tmp_path / "wrong.txt"
    password.write_text("wrong")
    wrong = _run(
        folder, "seal", "credential.jsonld", "-o", str(target), "--key", "pki/seal.p12",
        "--password-file", str(password), code=1,
    )  # fmt: skip
    assert "password" in wrong.stderr
    sealed = _run(folder, "seal", "sealed.jsonld", "-o", str(target), *KEY, code=1)
    assert "sealed already" in sealed.stderr
    exists = _run(folder, "seal", "credential.jsonld", "-o", "sealed.jsonld", *KEY, code=1)
    assert "exists already" in exists.stderr
    nowhere = _run(folder, "seal", "credential.jsonld", "-o", "no/such/folder/x.jsonld", *KEY, code=1)
    assert "cannot be written" in nowhere.stderr
    assert list(tmp_path.iterdir()) == [password]


def key_with(fault: str, folder: Path) -> tuple[str, ...]:
    """The options for a seal certificate that is wrong in one way, written to `folder`."""
    certificate = TestAuthority(now=datetime.now(UTC), key_type="p-256").seal_certificate(fault=fault)
    (folder / "wrong.p12").write_bytes(certificate.pkcs12("secret"))
    (folder / "secret.txt").write_text("secret")
    return ("--key", str(folder / "wrong.p12"), "--password-file", str(folder / "secret.txt"))


def test_an_expired_certificate_does_not_seal(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonld"
    refused = _run(
        folder, "seal", "credential.jsonld", "-o", str(target), *key_with("expired", tmp_path), code=1
    ).stderr
    assert "The certificate has expired: it is valid from " in refused
    assert "Have a new certificate issued" in refused
    assert not target.exists()


def test_a_certificate_that_is_not_for_seals_seals_with_a_warning_that_verify_repeats(
    folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.jsonld"
    sealed = _run(folder, "seal", "credential.jsonld", "-o", str(target), *key_with("not-a-seal", tmp_path))
    verified = _run(folder, "verify", str(target), code=3)
    for said in (sealed.stdout + sealed.stderr, verified.stdout):
        assert "warning trust/not-a-seal-certificate" in said
        assert "Seal with a certificate for electronic seals" in said


def test_a_full_disk_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = _run(
        folder, "seal", "credential.jsonld", "-o", str(tmp_path / "out.jsonld"), *KEY, code=1, limit=small_files
    )
    assert "cannot be written" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_output_below_a_file_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = _run(folder, "seal", "credential.jsonld", "-o", str(tmp_path / "file" / "out.jsonld"), *KEY, code=1)
    assert "cannot be written" in done.stderr


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(folder: Path, tmp_path: Path) -> None:
    done = _run(folder, "seal", "credential.jsonld", "-o", str(tmp_path / "out.jsonld"), *KEY, "--dry-run")
    assert "would be sealed" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_other_payloads_are_sealed_in_any_serialization(folder: Path, tmp_path: Path) -> None:
    payload = tmp_path / "payload.json"
    payload.write_text('{"hello":"world"}')
    for serialization in ("general", "flattened", "compact"):
        target = tmp_path / f"{serialization}.jws"
        b64 = ("--b64", "true" if serialization == "compact" else "false")
        _run(folder, "seal", str(payload), "-o", str(target), *KEY, "--serialization", serialization, *b64)
        done = _run(folder, "verify", str(target), "--trust", "pki/trust", "--json", code=1)
        checks = {c["check"]: c["outcome"] for c in json.loads(done.stdout)["files"][0]["checks"]}
        assert checks["seal"] == "valid"
        assert checks["format"] == "invalid"  # it is no credential


def test_show_tells_who_and_what_and_that_nothing_was_verified(folder: Path) -> None:
    shown = _run(folder, "show", "sealed.jsonld").stdout
    assert "Ana Primer" in shown
    assert "not verified" in shown


def test_text_of_a_credential_cannot_command_the_terminal(folder: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.json"
    text = (folder / "credential.jsonld").read_text().replace("Ana Primer", "\\u001b[2J[red]Ana\\u202e")
    hostile.write_text(text)
    shown = _run(folder, "show", str(hostile)).stdout
    assert "\x1b[2J" not in shown
    assert "\u202e" not in shown
    assert "[red]" in shown


def test_vocab_rules_and_explain_answer_in_text_and_json(folder: Path) -> None:
    assert "http://data.europa.eu/snb/eqf/6" in _run(folder, "vocab", "eqf", "6").stdout
    assert json.loads(_run(folder, "vocab", "country", "serbia", "--json").stdout)["entries"][0]["code"] == "SRB"
    listed = json.loads(_run(folder, "rules", "--json").stdout)["rules"]
    assert len(listed) > 80
    for rule in ("edc/expired", "seal/signature-wrong", "trust/no-anchor", "elm/not-a-date"):
        assert json.loads(_run(folder, "explain", rule, "--json").stdout)["id"] == rule
    assert "Did you mean" in _run(folder, "explain", "edc/expird", code=2).stderr
    _run(folder, "vocab", "eqf", "nonsense", code=1)


BAD = {
    "not JSON": (b"%PDF-1.7", "not JSON"),
    "not UTF-8": (b'{"a":"\xff"}', "not UTF-8"),
    "byte order mark": (b"\xef\xbb\xbf{}", "byte order mark"),
    "empty": (b"", "empty"),
    "nested 100,000 deep": (b"[" * 100_000, "levels deep"),
    "a list of a million members": (b"[" + b"0," * 1_000_000 + b"0]", "members"),
    "an object of a million members": (b"{" + b",".join(b'"%x":0' % n for n in range(1_000_000)) + b"}", "members"),
    "NaN": (b'{"a":NaN}', "NaN"),
    "a huge number": (b'{"a":1e999}', "out of range"),
    "a number of 5,000 digits": (b'{"a":' + b"9" * 5000 + b"}", "out of range"),
    "a lone surrogate": (b'{"a":"\\ud800"}', "half a character"),
    "a member twice, deep inside": (b'{"a":{"b":[{"c":1,"c":2}]}}', "twice"),
    "another kind of JSON": (b'{"hello":"world"}', "no European Digital Credential"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("verb", ["verify", "validate", "show"])
def test_bad_input_gets_a_message_and_no_traceback(folder: Path, tmp_path: Path, name: str, verb: str) -> None:
    data, said = BAD[name]
    path = tmp_path / "bad.json"
    path.write_bytes(data)
    with pytest.raises(UnreadableError) as refused:
        _ = load(path).members
    if verb == "show" and name == "another kind of JSON":
        assert "no European Digital Credential" in _run(folder, verb, str(path)).stdout
        return
    done = _run(folder, verb, str(path), code=1)
    assert said in done.stdout + done.stderr
    assert refused.value.remedy
    assert refused.value.remedy in done.stdout + done.stderr


def test_bad_input_is_not_sealed_and_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    bad, out = tmp_path / "bad", tmp_path / "out"
    bad.mkdir()
    out.mkdir()
    names = [name for name in BAD if name != "another kind of JSON"]  # a seal can be set to any JSON
    for name in names:
        (bad / f"{name}.json").write_bytes(BAD[name][0])
    done = _run(folder, "seal", str(bad), "-o", str(out), *KEY, code=1)
    for name in names:
        [said] = [line for line in done.stderr.splitlines() if f"{name}.json" in line]
        assert BAD[name][1] in said
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("verb", ["verify", "validate", "show", "seal"])
def test_a_file_of_5_gigabytes_is_refused_before_it_is_read(folder: Path, tmp_path: Path, verb: str) -> None:
    path = tmp_path / "sparse.json"
    with path.open("wb") as stream:
        stream.truncate(5_000_000_000)
    more = ("-o", str(tmp_path / "out.jsonld"), *KEY) if verb == "seal" else ()
    done = _run(folder, verb, str(path), *more, code=1)
    assert "5,000,000,000 bytes; the limit is" in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_context_is_named_and_nothing_is_fetched(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "context.json"
    path.write_text(
        (folder / "credential.jsonld")
        .read_text()
        .replace("http://data.europa.eu/snb/model/context/edc-ap", "https://evil.example/context")
    )
    done = _run(folder, "validate", str(path), code=1)
    assert "https://evil.example/context" in done.stdout
    assert "has the contexts https://www.w3.org/2018/credentials/v1 and http" in done.stdout


def test_media_that_decode_to_far_too_much_are_refused(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "bomb.json"
    text = (folder / "credential.jsonld").read_text()
    start = text.index('"content":"') + len('"content":"')
    end = text.index('"', start)
    path.write_text(text[:start] + "A" * 15_000_000 + text[end:])
    done = _run(folder, "validate", str(path), code=1)
    assert "media" in done.stdout.lower()


HOSTILE_NAME = "\x1b]0;pwned\x07\x9b31m.jsonld"


def controls(text: str) -> set[str]:
    return {c for c in text if not c.isprintable() and c != "\n"}


@pytest.mark.parametrize("verb", ["verify", "validate", "show", "seal", "render"])
@pytest.mark.parametrize("name", [HOSTILE_NAME, "no-utf8-\udcff.jsonld"])
def test_the_name_of_a_file_cannot_command_the_terminal_nor_stop_the_program(
    folder: Path, tmp_path: Path, verb: str, name: str
) -> None:
    for sealed in (True, False):
        path = tmp_path / ("sealed" if sealed else "bare") / name
        path.parent.mkdir()
        path.write_bytes((folder / ("sealed.jsonld" if sealed else "credential.jsonld")).read_bytes())
        (out := tmp_path / f"out-{sealed}").mkdir()
        more = {"seal": (*KEY, "-o", str(out)), "render": ("-o", str(out)), "verify": ("--trust", "pki/trust")}.get(
            verb, ()
        )
        for json_ in ((), ("--json",)) if verb in ("verify", "seal") else ((),):
            done = subprocess.run(
                [str(PROGRAM), verb, str(path), *more, *json_], cwd=folder, capture_output=True, check=False,
                env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
            )  # fmt: skip
            shown = done.stdout.decode() + done.stderr.decode()
            assert "Traceback" not in shown
            assert controls(shown) == set()


@pytest.mark.parametrize("verb", ["verify", "validate", "show", "seal"])
def test_text_and_names_in_a_file_cannot_command_the_terminal(folder: Path, tmp_path: Path, verb: str) -> None:
    members = json.loads((folder / "credential.jsonld").read_bytes())
    members["credentialSubject"]["\x1b[2J\x9b31m\u202e"] = {"\x7f": 1}
    members["credentialSubject"]["dateOfBirth"] = "\x1b[2J\x9b31m\u202e\x7f"
    members["issuer"] = {"\x1b[2J": "\x9b31m"}
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps(members))
    more = {"seal": (*KEY, "-o", str(tmp_path / "out"))}.get(verb, ())
    for json_ in ((), ("--json",)):
        done = subprocess.run(
            [str(PROGRAM), verb, str(path), *more, *json_], cwd=folder, capture_output=True, check=False
        )
        shown = done.stdout.decode() + done.stderr.decode()
        assert "Traceback" not in shown
        assert controls(shown) == set()
    if verb == "show":
        assert json.loads(done.stdout)["issuer"] == members["issuer"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", "LONG"), ("verify", "sealed.jsonld", "--trust", "LONG"),
        ("verify", "sealed.jsonld", "--trust-anchor", "LONG"), ("validate", "LONG"), ("show", "LONG"),
        ("seal", "credential.jsonld", "-o", "LONG", *KEY), ("seal", "LONG", "-o", "x", *KEY),
        ("seal", "credential.jsonld", "-o", "x", "--key", "LONG"),
        ("seal", "credential.jsonld", "-o", "x", "--key", "pki/seal.p12", "--password-file", "LONG"),
        ("demo-pki", "LONG", "--key-type", "p-256"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("long", ["a" * 300, "a/" * 3_000])
def test_a_name_that_no_file_can_have_gets_a_message(folder: Path, arguments: tuple[str, ...], long: str) -> None:
    given = [long if one == "LONG" else one for one in arguments]
    done = subprocess.run([str(PROGRAM), *given], cwd=folder, capture_output=True, check=False)
    assert done.returncode in (1, 2)
    assert b"Traceback" not in done.stderr
    assert done.stderr.strip()


def test_two_files_of_one_name_are_not_sealed_over_each_other(folder: Path, tmp_path: Path) -> None:
    for below in ("a", "b"):
        (tmp_path / "in" / below).mkdir(parents=True)
        (tmp_path / "in" / below / "same.json").write_bytes((folder / "credential.jsonld").read_bytes())
    (tmp_path / "out").mkdir()
    for force in ((), ("--force",)):
        done = _run(folder, "seal", str(tmp_path / "in"), "-o", str(tmp_path / "out"), *KEY, *force, code=2)
        assert "same.jsonld" in done.stderr
        assert list((tmp_path / "out").iterdir()) == []


def test_the_unsealed_file_is_never_sealed_over(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "credential.jsonld"
    original = (folder / "credential.jsonld").read_bytes()
    path.write_bytes(original)
    (tmp_path / "link.jsonld").symlink_to(path)
    for output in (path, tmp_path, tmp_path / "." / "credential.jsonld"):
        _run(folder, "seal", str(path), "-o", str(output), *KEY, "--force", code=2)
        assert path.read_bytes() == original
