"""The test authority makes what its names promise, and marks it."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12

from edc_microcred.errors import SignerError, TrustError
from edc_microcred.testing import FAULTS, KEY_TYPES, Fault, TestAuthority
from edc_microcred.trust import describe
from edc_microcred.trust.authorities import issued_by

NOW = datetime(2026, 3, 1, 12, 0, 0, 123, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority() -> TestAuthority:
    return TestAuthority(now=NOW, key_type="p-256", intermediate=True)


def test_without_arguments_it_is_of_today_and_makes_rsa_3072() -> None:
    authority = TestAuthority()
    assert abs(authority.now - datetime.now(UTC)) < timedelta(minutes=1)
    assert describe(authority.root.certificate).key_bits == 3072
    assert describe(authority.seal_certificate().certificate).key_bits == 3072


@pytest.mark.parametrize("key_type", KEY_TYPES)
def test_a_seal_may_have_any_key_type(authority: TestAuthority, key_type: str) -> None:
    facts = describe(authority.seal_certificate(key_type=key_type).certificate)
    assert key_type == (facts.curve or f"RSA-{facts.key_bits}").lower()


def test_every_certificate_says_that_it_is_a_test_and_names_both_keys(authority: TestAuthority) -> None:
    seal = authority.seal_certificate()
    for certificate in (seal.certificate, authority.issuing.certificate, authority.root.certificate):
        assert "TEST" in certificate.subject.rfc4514_string()
        certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
        certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier)
    with pytest.raises(TrustError, match="does not say that the certificate is one for tests"):
        authority.seal_certificate(common_name="A real university")


def test_a_name_that_no_certificate_can_bear_is_refused(authority: TestAuthority) -> None:
    for wrong in ({"country": "Serbia"}, {"organisation": ""}, {"organisation": "x" * 65}):
        with pytest.raises(TrustError, match="No certificate can bear this name"):
            authority.seal_certificate(**wrong)


def test_the_chain_leads_from_the_seal_to_the_root(authority: TestAuthority) -> None:
    seal = authority.seal_certificate()
    assert seal.chain == (authority.issuing.certificate,)
    assert issued_by(seal.certificate, seal.chain[0])
    assert issued_by(seal.chain[0], authority.root.certificate)


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_makes_a_certificate_and_none_of_them_touches_the_next(fault: Fault) -> None:
    own = TestAuthority(now=NOW, key_type="p-256")
    own.seal_certificate(fault=fault)
    good = own.seal_certificate()
    assert own.crl().get_revoked_certificate_by_serial_number(good.certificate.serial_number) is None


def test_a_revoked_certificate_is_in_the_crl_and_the_ocsp_response(authority: TestAuthority) -> None:
    seal = authority.seal_certificate(fault="revoked")
    entry = authority.crl().get_revoked_certificate_by_serial_number(seal.certificate.serial_number)
    assert entry is not None
    assert entry.revocation_date_utc == authority.ocsp_response(seal.certificate).revocation_time_utc
    assert entry.revocation_date_utc == authority.now - timedelta(hours=1)


def test_crl_numbers_rise(authority: TestAuthority) -> None:
    numbers = [crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number for crl in authority.crls()]
    assert numbers == sorted(set(numbers))


def test_key_and_certificates_can_be_written_as_pkcs12_and_pem(authority: TestAuthority) -> None:
    seal = authority.seal_certificate()
    key, certificate, others = pkcs12.load_key_and_certificates(seal.pkcs12("secret"), b"secret")
    assert (certificate, tuple(others)) == (seal.certificate, seal.chain)
    assert key is not None
    assert key.public_key() == load_pem_private_key(seal.key_pem(), None).public_key()
    assert x509.load_pem_x509_certificates(seal.certificates_pem()) == list(seal.certificates)


def test_a_signer_signs_for_its_certificate(authority: TestAuthority) -> None:
    signer = authority.signer()
    assert (signer.algorithm, len(signer.certificates)) == ("ES256", 2)
    assert authority.seal_certificate(key_type="rsa-2048").signer("PS256").algorithm == "PS256"
    with pytest.raises(SignerError, match="Ed25519"):
        authority.signer(fault="ed25519")


def test_a_private_key_is_in_no_repr(authority: TestAuthority) -> None:
    assert "private_key" not in repr(authority.seal_certificate())


def test_an_unknown_key_type_and_a_clock_without_zone_are_refused() -> None:
    with pytest.raises(TrustError, match="'rsa-512' is no key type"):
        TestAuthority(key_type="rsa-512")
    with pytest.raises(TrustError, match="time zone"):
        TestAuthority(now=datetime(2026, 1, 1), key_type="p-256")  # noqa: DTZ001 - that is the mistake
