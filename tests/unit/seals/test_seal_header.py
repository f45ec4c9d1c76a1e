"""Reading a protected header: what it says, and what it says wrongly."""

import base64
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from asn1crypto import tsp
from asn1crypto import x509 as asn1

from edc_microcred.limits import Limits
from edc_microcred.seals import Header
from edc_microcred.seals.references import contradicts, key_identifier
from tests.unit.seals.workshop import (
    authority,
    base64_of,
    certificate,
    der,
    header_members,
    protected_text,
)


def read(**changes: object) -> Header:
    return Header.read(protected_text(header_members(**changes)))


def found(header: Header) -> set[str]:
    return {finding.rule.removeprefix("seal/") for finding in header.findings}


def test_a_good_header_is_read_without_findings() -> None:
    header = read()
    assert found(header) == set()
    assert (header.alg, header.cty, header.typ, header.b64, header.crit) == (
        "ES256", "json", "jose+json", False, ("b64", "sigT"),
    )  # fmt: skip
    assert header.signing_time == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert header.certificates == (certificate(),)
    assert [reference.matches(der(certificate())) for reference in header.references] == [True]
    assert list(header.members) == ["alg", "cty", "kid", "x5t#S256", "x5c", "typ", "b64", "sigT", "crit"]


@pytest.mark.parametrize(
    "text",
    ["", "e30=", "é", "e30\n", "AAAA", protected_text("[]"), protected_text('"x"'), protected_text('{"alg":"ES256"'),
     protected_text('{"alg": NaN}'), protected_text("\ufeff{}"), protected_text("[" * 100_000)],
)  # fmt: skip
def test_a_header_that_cannot_be_read_says_nothing_but_that(text: str) -> None:
    header = Header.read(text)
    assert found(header) == {"header-unreadable"}
    assert (header.alg, header.signing_time, header.certificates, dict(header.members)) == (None, None, (), {})


def test_a_member_named_twice_makes_the_header_unreadable() -> None:
    good = json.dumps(header_members())
    twice = good.replace('"alg": "ES256"', '"alg": "ES256", "alg": "none"')
    assert twice != good
    assert found(Header.read(protected_text(twice))) == {"header-unreadable"}


@pytest.mark.parametrize(
    "alg", ["none", "None", "HS256", "EdDSA", "RS1", "", "1.2.840.10045.3.1.7", 5, None, ["ES256"]]
)
def test_any_other_algorithm_is_refused(alg: object) -> None:
    members = header_members() | {"alg": alg}
    assert found(Header.read(protected_text(members))) == {"algorithm-refused"}


def test_a_header_without_algorithm_is_refused() -> None:
    assert found(read(alg=None)) == {"algorithm-refused"}


@pytest.mark.parametrize(
    "sig_t",
    ["2026-03-01T10:00:00.000Z", "2026-03-01T10:00:00+00:00", "2026-03-01", "2026-02-30T10:00:00Z",
     "2026-03-01T25:00:00Z", "2026-03-01T10:00:00Z\n", "٢٠٢٦-03-01T10:00:00Z", "", 1767225600, False, {}],
)  # fmt: skip
def test_a_sig_t_in_another_form_is_no_time(sig_t: object) -> None:
    header = read(sigT=sig_t)
    assert (header.signing_time, found(header)) == (None, {"signing-time-wrong"})


@pytest.mark.parametrize("iat", ["1767225600", 1767225600.5, True, 10**30, -(10**20), None])
def test_an_iat_in_another_form_is_no_time(iat: object) -> None:
    members = {k: v for k, v in header_members(crit=["b64"]).items() if k != "sigT"} | {"iat": iat}
    header = Header.read(protected_text(members))
    assert (header.signing_time, found(header)) == (None, {"signing-time-wrong"})


def test_iat_is_read_in_utc() -> None:
    assert read(sigT=None, iat=1767225600, crit=["b64"]).signing_time == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("crit", "rule"),
    [("b64", "crit-wrong"), ([], "crit-wrong"), ([1], "crit-wrong"), ({"b64": 1}, "crit-wrong"),
     (["b64", "sigT", "b64"], "crit-twice"), (["b64", "sigT", "x5c"], "crit-registered"),
     (["b64", "sigT", "adoTst"], "crit-absent-member"), (["b64", "sigT", "etsiU"], "crit-absent-member"),
     (["b64", "sigT", "nbf"], "crit-unknown"), (["sigT"], "b64-not-critical")],
)  # fmt: skip
def test_a_broken_crit_is_named_for_what_is_wrong(crit: object, rule: str) -> None:
    assert rule in found(read(crit=crit))


def test_b64_without_any_crit_is_not_critical() -> None:
    assert found(read(crit=None)) == {"b64-not-critical"}


def test_an_unknown_critical_member_is_refused_even_when_it_is_there() -> None:
    assert found(read(crit=["b64", "sigT", "nbf"], nbf=1)) == {"crit-unknown"}


def test_crit_may_name_what_stands_in_the_other_header() -> None:
    text = protected_text(header_members(crit=["b64", "sigT", "etsiU"]))
    assert found(Header.read(text, unprotected={"etsiU"})) == set()


@pytest.mark.parametrize("digest", ["S256", "S384", "S512", "S3-256", "S3-384", "S3-512"])
def test_a_certificate_can_be_referred_to_with_every_digest_of_the_standard(digest: str) -> None:
    name = digest.replace("S3-", "sha3_").replace("S", "sha", 1) if "3-" in digest else digest.replace("S", "sha")
    value = hashlib.new(name, der(certificate())).digest()
    other = {"digAlg": digest, "digVal": base64.urlsafe_b64encode(value).decode()}
    header = read(**{"x5t#S256": None, "x5t#o": other})
    assert found(header) == set()
    assert header.references[0].matches(der(certificate()))
    assert not header.references[0].matches(der(authority()))


@pytest.mark.parametrize(
    "other", [None, "x", {}, {"digAlg": "S256"}, {"digAlg": "S1", "digVal": "AAAA"}, {"digAlg": 1, "digVal": 2}]
)
def test_a_reference_that_cannot_be_read_matches_nothing(other: Any) -> None:
    members = header_members() | {"x5t#o": other}
    del members["x5t#S256"]
    header = Header.read(protected_text(members))
    assert [reference.matches(der(certificate())) for reference in header.references] == [False]


def test_certificates_in_other_base64_are_read_and_other_things_are_passed_over() -> None:
    good = base64_of(certificate())
    header = read(
        x5c=[good.rstrip("="), good.replace("+", "-").replace("/", "_"), "", 5, "AAAA", base64_of(authority())]
    )
    assert header.certificates == (certificate(), certificate(), authority())
    assert [finding.values["index"] for finding in header.findings] == [2, 3, 4]


@pytest.mark.parametrize("x5c", ["one certificate", {}, 5, False])
def test_x5c_that_is_no_list_is_refused(x5c: object) -> None:
    assert found(read(x5c=x5c)) == {"header-member-wrong"}


def test_more_certificates_than_allowed_are_refused() -> None:
    text = protected_text(header_members(x5c=[base64_of(certificate())] * 3))
    assert found(Header.read(text, limits=Limits(certificates=2))) == {"header-member-wrong"}


@pytest.mark.parametrize(("member", "value"), [("cty", 5), ("typ", []), ("kid", {}), ("b64", None), ("exp", "2030")])
def test_a_member_of_the_wrong_type_is_named(member: str, value: object) -> None:
    header = Header.read(protected_text(header_members() | {member: value}))
    assert [(finding.rule, finding.focus) for finding in header.findings] == [("seal/header-member-wrong", member)]


def test_kid_is_the_issuer_and_serial_number_as_asn1crypto_writes_them() -> None:
    for some in (certificate(), certificate("RSA-2048", issued=True), authority()):
        parsed = asn1.Certificate.load(der(some))
        issuer = asn1.GeneralName("directory_name", parsed.issuer)
        expected = tsp.IssuerSerial({"issuer": [issuer], "serial_number": parsed.serial_number}).dump()
        assert key_identifier(some) == base64.b64encode(expected).decode()


@pytest.mark.parametrize("kid", ["", "2026-key", "MAA", "MIAAAA", "AAAA", "MA0wCw", "😀"])
def test_a_kid_that_is_no_issuer_and_serial_contradicts_nothing(kid: str) -> None:
    assert not contradicts(kid, certificate())


def test_a_kid_of_another_certificate_contradicts() -> None:
    assert contradicts(key_identifier(authority()), certificate(issued=True))
    assert not contradicts(key_identifier(certificate()), certificate())
