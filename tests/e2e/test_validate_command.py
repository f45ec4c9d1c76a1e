"""`validate` as a build runs it: what it keeps to itself, what it writes and what it refuses."""

import json
from pathlib import Path

import pytest

from tests.e2e.command_line import KEY, filled, run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Also `strange.jsonld`, in which a member is called by the learner's name."""
    folder = filled(tmp_path_factory.mktemp("work"))
    value = json.loads((folder / "credential.jsonld").read_bytes())
    value["credentialSubject"]["Ana Primer"] = "x"
    (folder / "strange.jsonld").write_text(json.dumps(value))
    return folder


def test_what_a_redacted_run_prints_holds_no_name_of_a_member(folder: Path) -> None:
    assert b"Ana" in run(folder, "validate", "strange.jsonld", code=1).stdout
    done = run(folder, "validate", "strange.jsonld", "--redact", code=1)
    assert b"Ana" not in done.stdout + done.stderr
    assert "/credentialSubject/…" in done.stdout.decode()


def test_verify_keeps_the_names_of_members_to_itself(folder: Path) -> None:
    run(folder, "seal", "strange.jsonld", "-o", "strange-sealed.jsonld", "--force", *KEY)
    for more in ((), ("--json",)):
        done = run(folder, "verify", "strange-sealed.jsonld", "--trust", "pki/trust", *more)
        assert b"ld/dropped-term" in done.stdout
        assert b"Ana" not in done.stdout + done.stderr
