"""What is read from a certificate, and that nothing in one can stop the reading."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred.findings import Outcome
from edc_microcred.testing import TestAuthority, profile
from edc_microcred.testing.faults import Fault
from edc_microcred.testing.keys import make_key
from edc_microcred.trust import check_certificate, describe
from edc_microcred.trust.extensions import Extensions, read_extensions

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority() -> TestAuthority:
    return TestAuthority(now=NOW, key_type="p-256")


def test_the_facts_of_a_seal_certificate_are_read(authority: TestAuthority) -> None:
    certificate = authority.seal_certificate(
        organisation="TEST Универзитет", common_name="TEST Печат", key_type="p-384"
    ).certificate
    facts = describe(certificate)
    assert (facts.organisation, facts.common_name, facts.country) == ("TEST Универзитет", "TEST Печат", "RS")
    assert facts.organisation_identifier == "VATRS-000000000"
    assert (facts.key_kind, facts.key_bits, facts.curve) == ("ECDSA", 384, "P-384")
    assert (facts.is_seal, facts.qc_types, facts.qc_compliance, facts.qc_sscd) == (True, ("eseal",), True, False)
    assert facts.key_usage == {"digitalSignature", "nonRepudiation"}
    assert (facts.not_before, facts.not_after) == (NOW - timedelta(days=30), NOW + timedelta(days=730))
    assert facts.sha256 == certificate.fingerprint(hashes.SHA256()).hex()
    assert int(facts.serial, 16) == certificate.serial_number
    assert list(check_certificate(facts)) == []


@pytest.mark.parametrize(
    ("key_type", "kind", "bits", "curve"),
    [("rsa-2048", "RSA", 2048, None), ("p-256", "ECDSA", 256, "P-256"), ("p-521", "ECDSA", 521, "P-521")],
)
def test_kind_and_size_of_the_key_are_read(
    authority: TestAuthority, key_type: str, kind: str, bits: int, curve: str | None
) -> None:
    facts = describe(authority.seal_certificate(key_type=key_type).certificate)
    assert (facts.key_kind, facts.key_bits, facts.curve) == (kind, bits, curve)


def test_several_types_and_unknown_ones_are_kept() -> None:
    statements = profile.qc_statements(["esign", "eseal"])
    assert read_extensions(certificate_with(statements)).qc_types == ("esign", "eseal")


def test_the_json_of_the_facts_leaves_out_what_is_absent(authority: TestAuthority) -> None:
    members = describe(authority.seal_certificate(organisation_identifier=None).certificate).as_json()
    assert "organisationIdentifier" not in members
    assert (members["key"], members["keyUsage"]) == ("ECDSA P-256", ["digitalSignature", "nonRepudiation"])


def certificate_with(*extensions: x509.ExtensionType) -> x509.Certificate:
    key = make_key("p-256")
    name = profile.name("TEST", "TEST", "RS")
    builder = profile.builder(name, key, name, key.public_key(), NOW, NOW + timedelta(days=1))
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(key, hashes.SHA256())


@pytest.mark.parametrize(
    ("oid", "value"),
    [
        ("2.5.29.15", b"\x03\x02\x09\x80"),
        ("2.5.29.15", b"\x03\x00"),
        ("2.5.29.15", b"\x04\x01\x80"),
        ("2.5.29.19", b"\x30\x80"),
        ("2.5.29.31", b"\x30\x03\x30\x01"),
        ("2.5.29.37", b"\x30\x02\x06\x00"),
        ("2.5.29.37", b"\x30\x03\x06\x01\x80"),
        ("1.3.6.1.5.5.7.1.3", b"\x30\x02\x30\x00"),
        ("1.3.6.1.5.5.7.1.3", b"\x30\x0a\x30\x08\x06\x06\x04\x00\x8e\x46\x01\x06"),
        ("1.3.6.1.5.5.7.1.3", b"\x30\x84\xff\xff\xff\xff"),
    ],
)
def test_a_damaged_extension_is_named_and_hides_no_other(oid: str, value: bytes) -> None:
    broken = x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), value)
    good = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.48.1.5"), b"\x05\x00")
    extensions = read_extensions(certificate_with(broken, good))
    assert extensions.damaged == (oid,)
    assert extensions.ocsp_no_check


def test_an_extension_that_is_named_twice_is_damaged(authority: TestAuthority) -> None:
    certificate = authority.seal_certificate().certificate
    subject_key, authority_key = b"\x06\x03\x55\x1d\x0e", b"\x06\x03\x55\x1d\x23"
    tbs = certificate.tbs_certificate_bytes
    assert tbs.count(authority_key) == 1
    twice = SimpleNamespace(tbs_certificate_bytes=tbs.replace(authority_key, subject_key))
    assert "2.5.29.14" in read_extensions(twice).damaged  # type: ignore[arg-type]  # only its bytes are read


@settings(max_examples=400)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_give_extensions_or_damage_and_nothing_else(data: bytes) -> None:
    holder = SimpleNamespace(tbs_certificate_bytes=data)
    assert isinstance(read_extensions(holder), Extensions)  # type: ignore[arg-type]  # only its bytes are read


READ = {f"2.5.29.{last}": f"551d{last:02x}" for last in (14, 15, 19, 31, 35, 37)}
READ["1.3.6.1.5.5.7.1.3"] = "2b06010505070103"


def der(identifier: int, content: bytes) -> bytes:
    return bytes([identifier, len(content)]) + content


@settings(max_examples=400)
@given(
    oid=st.sampled_from(sorted(READ)),
    value=st.binary(max_size=60) | st.binary(max_size=40).map(lambda content: der(0x30, content)),
)
def test_arbitrary_values_of_an_extension_never_raise(oid: str, value: bytes) -> None:
    extension = der(0x30, der(0x06, bytes.fromhex(READ[oid])) + der(0x04, value))
    holder = SimpleNamespace(tbs_certificate_bytes=der(0x30, der(0xA3, der(0x30, extension))))
    assert read_extensions(holder).damaged in ((), (oid,))  # type: ignore[arg-type]  # only its bytes are read


@pytest.mark.parametrize(
    ("purposes", "good"),
    [
        (["1.3.6.1.5.5.7.3.1"], False),
        (["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"], False),
        (["1.3.6.1.5.5.7.3.8"], False),
        (["1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4"], True),  # as the seals of the Commission's test data have it
        (["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4"], True),  # as a real seal of 2026 has it
        (["1.3.6.1.5.5.7.3.36"], True),
        (["2.5.29.37.0"], True),
        (["1.3.6.1.4.1.311.10.3.12", "1.3.6.1.5.5.7.3.2"], True),
    ],
)
@pytest.mark.parametrize("critical", [True, False])
def test_a_key_for_other_purposes_makes_no_seal(
    authority: TestAuthority, purposes: list[str], good: bool, critical: bool
) -> None:
    extension = x509.ExtendedKeyUsage([x509.ObjectIdentifier(one) for one in purposes])
    facts = describe(authority.seal_certificate(extensions=[(extension, critical)]).certificate)
    assert facts.purposes == frozenset(purposes)
    assert [f.rule for f in check_certificate(facts)] == ([] if good else ["trust/purpose-wrong"])


@pytest.mark.parametrize(
    ("fault", "purpose"), [("of-a-person", "signatures of a person"), ("of-a-ca", "issuing other certificates")]
)
def test_a_certificate_for_something_else_is_no_seal_certificate_and_it_is_said_for_what(
    authority: TestAuthority, fault: Fault, purpose: str
) -> None:
    (finding,) = check_certificate(describe(authority.seal_certificate(fault=fault).certificate))
    assert (finding.rule, finding.outcome) == ("trust/issued-for-something-else", Outcome.INDETERMINATE)
    assert purpose in finding.message


def test_a_certificate_for_persons_and_organisations_is_a_seal_certificate(authority: TestAuthority) -> None:
    assert not list(check_certificate(describe(authority.seal_certificate(qc_types=("esign", "eseal")).certificate)))
