"""The demo folder seals and verifies, keeps its secrets, and is never half there."""

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from edc_microcred.errors import OutputError, TrustError
from edc_microcred.findings import Outcome
from edc_microcred.seals.signer import FileSigner
from edc_microcred.testing import demo_pki, write_demo_pki
from edc_microcred.trust import TrustPolicy, check_path, describe

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def names_in(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def test_the_demo_seal_is_trusted_by_the_demo_folder_with_revocation_required(tmp_path: Path) -> None:
    demo = write_demo_pki(tmp_path / "new" / "demo", key_type="p-256", now=NOW)
    signer = FileSigner.from_pkcs12(demo.key, demo.password_file.read_text().strip())
    policy = TrustPolicy.from_folder(demo.trust)
    for others in (signer.certificates[1:], ()):
        for now in (NOW, NOW + timedelta(days=729)):
            result = check_path(signer.certificates[0], others=others, policy=policy, at=NOW, now=now)
            assert (policy.revocation, result.outcome, result.findings) == ("require", Outcome.VALID, ())
    assert len(result.path) == 3


def test_the_layout_is_the_documented_one_and_holds_no_key_of_a_ca(tmp_path: Path) -> None:
    write_demo_pki(tmp_path, key_type="p-256", now=NOW)
    assert names_in(tmp_path) == {
        "seal.p12",
        "password.txt",
        "trust/root.pem",
        "trust/root.crl",
        "trust/issuing.crl",
        "trust/intermediates/issuing.pem",
    }


def test_the_keys_of_the_cas_are_kept_when_asked_for(tmp_path: Path) -> None:
    write_demo_pki(tmp_path, key_type="p-256", now=NOW, keep_authority_keys=True)
    assert {"authority/root.p12", "authority/issuing.p12"} < names_in(tmp_path)


def test_only_the_owner_can_read_key_and_password(tmp_path: Path) -> None:
    demo = write_demo_pki(tmp_path, key_type="p-256", now=NOW)
    for secret in (demo.key, demo.password_file):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    other = write_demo_pki(tmp_path / "other", key_type="p-256", now=NOW)
    assert demo.password_file.read_text() != other.password_file.read_text()


def test_the_certificate_names_the_organisation_that_was_asked_for(tmp_path: Path) -> None:
    demo = write_demo_pki(
        tmp_path,
        key_type="p-256",
        organisation="A university with a name that is so long that it hardly fits",
        organisation_identifier="VATSI-12345678",
        country="SI",
    )
    facts = describe(demo.issued.certificate)
    assert (facts.organisation_identifier, facts.country) == ("VATSI-12345678", "SI")
    assert facts.organisation == "A university with a name that is so long that it hardly fits"
    assert facts.name.startswith("TEST seal of A university")


@pytest.mark.parametrize("name", ["seal.p12", "password.txt", "trust"])
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(OutputError, match="is there already"):
        write_demo_pki(tmp_path, key_type="p-256")
    assert names_in(tmp_path) == {name}
    assert (tmp_path / name).read_text() == "mine"


def test_a_folder_with_other_things_in_it_will_do(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write_demo_pki(tmp_path, key_type="p-256")
    assert {"notes.txt", "seal.p12"} < names_in(tmp_path)


@pytest.mark.parametrize("failing", [(Path, "write_bytes"), (demo_pki, "move_to_free_place")], ids=["write", "move"])
@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("how", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "stopped"])
def test_a_full_disk_or_an_interrupt_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: tuple[Any, str], after: int, how: BaseException
) -> None:
    calls = 0
    real = getattr(*failing)

    def fail(source: Path, argument: object) -> object:
        nonlocal calls
        calls += 1
        if calls > after:
            raise how
        return real(source, argument)

    monkeypatch.setattr(*failing, fail)
    with pytest.raises((OutputError, KeyboardInterrupt), match=r"No space left on device|^$"):
        write_demo_pki(tmp_path / "demo", key_type="p-256")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["seal.p12", "password.txt", "trust"])
def test_what_appears_while_the_demo_is_made_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).write_text("theirs")
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    with pytest.raises(OutputError, match="exists"):
        write_demo_pki(tmp_path, key_type="p-256")
    assert names_in(tmp_path) == {name}
    assert (tmp_path / name).read_text() == "theirs"


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("mine")
    with pytest.raises(OutputError, match="The demo cannot be written to"):
        write_demo_pki(tmp_path / "demo", key_type="p-256")


def test_an_unknown_key_type_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(TrustError, match="Use one of rsa-2048, rsa-3072"):
        write_demo_pki(tmp_path / "demo", key_type="rsa-1024")
    assert list(tmp_path.iterdir()) == []
