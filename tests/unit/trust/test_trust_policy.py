"""A trust policy is what the caller handed over, and says which file it cannot use."""

import pickle
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from edc_microcred.errors import TrustError
from edc_microcred.findings import Outcome
from edc_microcred.testing import TestAuthority
from edc_microcred.trust import TrustPolicy, check_path

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority() -> TestAuthority:
    return TestAuthority(now=NOW, key_type="p-256", intermediate=True)


@pytest.fixture
def folder(tmp_path: Path, authority: TestAuthority) -> Path:
    (tmp_path / "root.pem").write_bytes(authority.root.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "root.crl").write_bytes(authority.crl(issuer=authority.root).public_bytes(Encoding.PEM))
    (tmp_path / "issuing.CRL").write_bytes(authority.crl().public_bytes(Encoding.DER))
    (tmp_path / "intermediates").mkdir()
    (tmp_path / "intermediates" / "ca.der").write_bytes(authority.issuing.certificate.public_bytes(Encoding.DER))
    (tmp_path / "README.txt").write_text("notes")
    (tmp_path / ".hidden").write_bytes(b"\x00")
    return tmp_path


def test_a_folder_gives_anchors_crls_and_intermediates_in_pem_or_der(folder: Path, authority: TestAuthority) -> None:
    policy = TrustPolicy.from_folder(folder)
    assert policy == TrustPolicy.from_folder(str(folder))
    assert policy.anchors == (authority.root.certificate,)
    assert policy.intermediates == (authority.issuing.certificate,)
    seal = authority.seal_certificate()
    assert check_path(seal.certificate, policy=policy, at=NOW, now=NOW).outcome is Outcome.VALID


def test_a_folder_gives_ocsp_responses_too(folder: Path, authority: TestAuthority) -> None:
    seal = authority.seal_certificate()
    (folder / "issuing.CRL").unlink()
    (folder / "seal.ocsp").write_bytes(authority.ocsp_response(seal.certificate).public_bytes(Encoding.DER))
    policy = TrustPolicy.from_folder(folder)
    assert check_path(seal.certificate, policy=policy, at=NOW, now=NOW).outcome is Outcome.VALID


def test_every_certificate_of_a_pem_file_is_taken(tmp_path: Path, authority: TestAuthority) -> None:
    both = [authority.root.certificate, authority.issuing.certificate]
    (tmp_path / "both.pem").write_bytes(b"notes\n" + b"".join(c.public_bytes(Encoding.PEM) for c in both))
    assert TrustPolicy.from_files(anchors=[tmp_path / "both.pem"]).anchors == tuple(both)


@pytest.mark.parametrize("name", ["bad.pem", "bad.der", "bad.crl", "bad.ocsp", "intermediates/bad.pem", "bad.p7b"])
@pytest.mark.parametrize("content", [b"", b"\x30\x82", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"])
def test_a_file_that_cannot_be_read_is_named(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(TrustError) as caught:
        TrustPolicy.from_folder(folder)
    assert str(folder / name) in str(caught.value)


def test_a_private_key_among_the_anchors_is_refused_and_not_shown(folder: Path, authority: TestAuthority) -> None:
    key = authority.seal_certificate().key_pem()
    (folder / "key.pem").write_bytes(key)
    with pytest.raises(TrustError) as caught:
        TrustPolicy.from_folder(folder)
    assert "key.pem holds no certificate" in str(caught.value)
    assert key.decode().splitlines()[1] not in str(caught.value)


def test_a_missing_folder_or_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrustError, match="nowhere is no folder"):
        TrustPolicy.from_folder(tmp_path / "nowhere")
    with pytest.raises(TrustError, match=r"root\.pem cannot be read: No such file"):
        TrustPolicy.from_files(anchors=[tmp_path / "root.pem"])


def test_an_empty_folder_trusts_nobody(tmp_path: Path, authority: TestAuthority) -> None:
    policy = TrustPolicy.from_folder(tmp_path)
    seal = authority.seal_certificate()
    result = check_path(seal.certificate, others=seal.chain, policy=policy, at=NOW, now=NOW)
    assert (result.outcome, [f.rule for f in result.findings]) == (Outcome.INDETERMINATE, ["trust/no-anchor"])


def test_bytes_instead_of_certificates_are_refused_with_the_way_to_read_them(authority: TestAuthority) -> None:
    with pytest.raises(TrustError, match="from_files"):
        TrustPolicy(anchors=[authority.root.certificate.public_bytes(Encoding.PEM)])
    with pytest.raises(TrustError, match="no way to treat revocation"):
        TrustPolicy(revocation="sometimes")


def test_an_ocsp_response_that_answers_nothing_is_refused(tmp_path: Path) -> None:
    refusal = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER)
    with pytest.raises(TrustError, match="the responder said try_later"):
        TrustPolicy(ocsp_responses=[refusal])
    (tmp_path / "late.ocsp").write_bytes(refusal.public_bytes(Encoding.DER))
    with pytest.raises(TrustError, match=r"late\.ocsp holds no answer"):
        TrustPolicy.from_folder(tmp_path)


def test_policies_of_the_same_data_are_equal_in_any_order_and_others_are_not(authority: TestAuthority) -> None:
    crls = authority.crls()
    one, same = authority.policy(crls=crls), authority.policy(crls=crls[::-1])
    assert (one, hash(one)) == (same, hash(same))
    assert one != authority.policy(crls=crls, revocation="none")
    assert one != authority.policy(crls=crls[:1])
    swapped = TrustPolicy(anchors=one.intermediates, intermediates=one.anchors, crls=crls)
    assert one != swapped


def test_a_policy_travels_to_other_processes(authority: TestAuthority) -> None:
    seal = authority.seal_certificate()
    policy = authority.policy(ocsp_responses=[authority.ocsp_response(seal.certificate)])
    arrived = pickle.loads(pickle.dumps(policy))  # noqa: S301 - our own bytes, as a process pool sends them
    assert arrived == policy
    assert check_path(seal.certificate, policy=arrived, at=NOW, now=NOW).outcome is Outcome.VALID


def test_a_joined_policy_holds_what_both_hold(authority: TestAuthority) -> None:
    anchors, crls = authority.policy(crls=()), TrustPolicy(crls=authority.crls(), revocation="none")
    joined = anchors.joined(crls)
    assert (joined.revocation, len(joined.anchors), len(joined.crls)) == ("require", 1, 2)


def test_a_policy_cannot_be_altered_from_outside(authority: TestAuthority) -> None:
    anchors: list[x509.Certificate] = [authority.root.certificate]
    policy = TrustPolicy(anchors=anchors)
    anchors.clear()
    assert len(policy.anchors) == 1
    with pytest.raises(AttributeError):
        policy.anchors = ()  # type: ignore[misc]  # that is the mistake


@pytest.mark.parametrize("name", ["a" * 300, "a\0b", "nothing-here"])
def test_a_name_that_no_file_can_have_is_a_trust_error(name: str) -> None:
    with pytest.raises(TrustError, match="no folder"):
        TrustPolicy.from_folder(Path(name))
    with pytest.raises(TrustError, match="cannot be read"):
        TrustPolicy.from_files(anchors=[Path(name)])
