"""Judging a seal: what is wrong with it comes out by name, and nothing wrong comes out as valid."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from edc_microcred.errors import SealError
from edc_microcred.findings import Outcome
from edc_microcred.seals import ALGORITHMS, Envelope, SealResult, base64url, check_seal, check_seals, seal
from tests.unit.seals.workshop import (
    PAYLOAD,
    SEALED_AT,
    authority,
    base64_of,
    certificate,
    changed,
    der,
    file_of,
    header_members,
    key,
    protected_text,
    rules,
    sealed_by_hand,
    signer,
    value_text,
)


def check(data: bytes, **more: Any) -> SealResult:
    return check_seal(Envelope.read(data), **{"at": SEALED_AT, **more})


def errors(result: SealResult) -> set[str]:
    return {finding.rule for finding in result.findings if finding.severity == "error"}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_right_seal_is_valid_with_every_algorithm(algorithm: str) -> None:
    result = check(seal(PAYLOAD, signer(algorithm), at=SEALED_AT))
    assert (result.intact, result.outcome, result.algorithm) == (True, Outcome.VALID, algorithm)
    assert (result.claimed_time, result.certificate) == (SEALED_AT, signer(algorithm).certificates[0])
    assert result.unevaluated == () and errors(result) == set()


# The forgeries, as far as they concern the seal itself: each is made of a right seal by one change.


def test_a_changed_letter_of_the_payload_is_found() -> None:
    good = seal(PAYLOAD, signer(), at=SEALED_AT)
    result = check(changed(good, b"Data basics", b"Data Basics"))
    assert (result.intact, result.outcome, errors(result)) == (False, Outcome.INVALID, {"seal/signature-wrong"})


def test_a_changed_protected_header_is_found() -> None:
    good = seal(PAYLOAD, signer(), at=SEALED_AT)
    old = Envelope.read(good).signatures[0].protected
    later = base64url.encode(base64url.decode(old).replace(b"2026-03-01T10", b"2026-03-01T11"))  # type: ignore[union-attr]  # it is good
    assert rules(changed(good, old.encode(), later.encode())) == {"seal/signature-wrong"}


def test_a_changed_signature_value_is_found() -> None:
    good = seal(PAYLOAD, signer(), at=SEALED_AT)
    value = Envelope.read(good).signatures[0].value_text
    other = ("B" if value[0] == "A" else "A") + value[1:]
    assert rules(changed(good, value.encode(), other.encode())) == {"seal/signature-wrong"}


def test_spare_bits_in_the_signature_value_are_no_second_spelling_of_it() -> None:
    good = seal(PAYLOAD, signer(), at=SEALED_AT)  # 64 octets leave four spare bits in the last letter
    value = Envelope.read(good).signatures[0].value_text
    assert value[-1] in "AQgw"
    respelled = value[:-1] + chr(ord(value[-1]) + 1)
    result = check(changed(good, value.encode(), respelled.encode()))
    assert (result.outcome, errors(result)) == (Outcome.INVALID, {"seal/signature-unreadable"})


def test_a_seal_that_asks_for_something_unknown_is_intact_and_invalid() -> None:
    members = header_members(crit=["b64", "sigT", "x-new"], **{"x-new": 1})
    result = check(sealed_by_hand(members))
    assert (result.intact, result.outcome, errors(result)) == (True, Outcome.INVALID, {"seal/crit-unknown"})


def test_a_seal_that_does_not_make_b64_critical_is_intact_and_invalid() -> None:
    result = check(sealed_by_hand(header_members(crit=["sigT"])))
    assert (result.intact, result.outcome, errors(result)) == (True, Outcome.INVALID, {"seal/b64-not-critical"})


def test_a_seal_that_names_another_certificate_is_intact_and_invalid() -> None:
    other = base64url.encode(b"\1" * 32)
    result = check(sealed_by_hand(header_members(**{"x5t#S256": other})))
    assert (result.intact, result.outcome) == (True, Outcome.INVALID)
    assert errors(result) == {"seal/certificate-reference-wrong"}
    assert result.certificate == certificate()


def test_a_seal_that_names_no_certificate_is_intact_and_invalid() -> None:
    result = check(sealed_by_hand(header_members(**{"x5t#S256": None})))
    assert (result.intact, result.outcome) == (True, Outcome.INVALID)
    assert errors(result) == {"seal/certificate-reference-missing"}


@pytest.mark.parametrize("item", [{"sigTst": {"tstTokens": [{"val": "AAAA"}]}}, {"arcTst": {}}, {"rfsTst": None}])
def test_a_time_stamp_that_nobody_evaluated_is_never_valid(item: dict[str, Any]) -> None:
    for kept in (item, base64url.encode(json.dumps(item).encode())):
        result = check(file_of({"unprotected": {"etsiU": [kept]}}))
        assert (result.intact, result.outcome) == (True, Outcome.INDETERMINATE)
        assert errors(result) == {"seal/timestamp-not-evaluated"}
        assert result.unevaluated == tuple(item)


def test_a_content_time_stamp_and_a_policy_are_reported_by_name() -> None:
    members = header_members(adoTst={"tstTokens": []}, sigPId={}, crit=["b64", "sigT", "adoTst", "sigPId"])
    result = check(sealed_by_hand(members))
    assert (result.outcome, result.unevaluated) == (Outcome.INDETERMINATE, ("adoTst", "sigPId"))
    assert errors(result) == {"seal/timestamp-not-evaluated", "seal/policy-not-evaluated"}


def test_a_seal_over_named_documents_is_indeterminate() -> None:
    result = check(sealed_by_hand(header_members(sigD={"mId": "urn:x"}, crit=["b64", "sigT", "sigD"])))
    assert (result.intact, result.outcome, errors(result)) == (None, Outcome.INDETERMINATE, {"seal/payload-detached"})


# Keys and certificates.


def test_the_key_of_another_does_not_verify() -> None:
    members = header_members()
    protected = protected_text(members)
    other = base64url.encode(ALGORITHMS["ES256"].sign(key("EC P-256", 3), ALGORITHMS["ES256"].digest_of(b"x")))
    data = json.dumps({"payload": PAYLOAD, "protected": protected, "signature": other}).encode()
    assert rules(data) == {"seal/signature-wrong"}


@pytest.mark.parametrize(
    ("kind", "alg"),
    [("EC P-256", "ES384"), ("EC P-384", "ES256"), ("EC P-256", "PS256"), ("RSA-2048", "ES256"), ("EC P-521", "RS512")],
)
def test_an_algorithm_that_does_not_fit_the_key_is_refused(kind: str, alg: str) -> None:
    result = check(sealed_by_hand(header_members(kind, alg=alg), kind=kind))
    assert result.intact is False
    assert errors(result) == {"seal/key-algorithm-mismatch"}


def test_a_certificate_over_a_key_that_seals_do_not_have_is_refused() -> None:
    odd = certificate("Ed25519")
    assert isinstance(odd.public_key(), ed25519.Ed25519PublicKey)
    from edc_microcred.seals.references import thumbprint

    members = header_members(x5c=[base64_of(odd)], kid=None, **{"x5t#S256": thumbprint(der(odd))})
    assert rules(sealed_by_hand(members)) == {"seal/key-algorithm-mismatch"}


def test_an_rsa_key_under_2048_bits_is_refused_though_the_seal_is_intact() -> None:
    result = check(file_of({"key": "RSA-1024"}))
    assert (result.intact, result.outcome, errors(result)) == (True, Outcome.INVALID, {"seal/key-too-short"})


def test_the_time_that_a_key_is_relied_upon_is_told_before_and_after_its_end() -> None:
    data = file_of({"key": "RSA-2048"})
    before = check(data, at=datetime(2028, 12, 31, 23, tzinfo=UTC))
    after = check(data, at=datetime(2029, 1, 1, tzinfo=UTC))
    assert [f.rule for f in before.findings] == ["seal/suite-ends"] and before.outcome == Outcome.VALID
    assert [f.rule for f in after.findings] == ["seal/suite-ended"] and after.outcome == Outcome.INDETERMINATE


def test_a_certificate_among_the_validation_data_is_found_by_its_signed_digest() -> None:
    item = {"xVals": [{"x509Cert": {"val": base64_of(authority())}}, {"x509Cert": {"val": base64_of(certificate())}}]}
    result = check(file_of({"protected": {"x5c": None}, "unprotected": {"etsiU": [item]}}))
    assert (result.intact, result.certificate, result.chain) == (True, certificate(), (authority(),))


def test_an_unsigned_certificate_is_never_taken_without_a_signed_digest() -> None:
    item = {"xVals": [{"x509Cert": {"val": base64_of(certificate())}}]}
    result = check(file_of({"protected": {"x5c": None, "x5t#S256": None}, "unprotected": {"etsiU": [item]}}))
    assert (result.intact, result.certificate) == (None, None)
    assert "seal/certificate-missing" in errors(result)


def test_a_certificate_given_along_is_used_when_the_file_has_none() -> None:
    data = file_of({"protected": {"x5c": None}})
    assert check(data).outcome == Outcome.INDETERMINATE
    assert check(data, certificates=[authority()]).outcome == Outcome.INDETERMINATE
    assert check(data, certificates=[authority(), certificate()]).outcome == Outcome.VALID


def test_the_chain_holds_the_other_certificates_of_header_and_validation_data_once() -> None:
    item = {"tstVD": {"xVals": [{"x509Cert": {"val": base64_of(authority())}}, {"otherCert": 5}, 7]}}
    members = {"x5c": [base64_of(certificate()), base64_of(authority())]}
    result = check(file_of({"protected": members, "unprotected": {"etsiU": [item]}}))
    assert result.chain == (authority(),)


# Several signatures, times, levels.


def test_every_signature_of_a_file_is_checked() -> None:
    good = json.loads(file_of({"second": {}}))
    assert [r.outcome for r in check_seals(Envelope.read(json.dumps(good).encode()), at=SEALED_AT)] == ["valid"] * 2
    good["signatures"][1]["signature"] = value_text("another header", PAYLOAD)
    results = check_seals(Envelope.read(json.dumps(good).encode()), at=SEALED_AT)
    assert [result.intact for result in results] == [True, False]
    assert [f.pointer for f in results[1].findings] == ["/signatures/1"]


def test_a_signature_that_is_not_there_is_a_mistake_of_the_caller() -> None:
    envelope = Envelope.read(file_of({}))
    for index in (1, -1):
        with pytest.raises(SealError, match="no number"):
            check_seal(envelope, index)
    assert check_seals(Envelope.read(b'{"payload":"x","signatures":[]}')) == ()


def test_a_time_without_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(SealError, match="time zone"):
        check(file_of({}), at=datetime(2026, 3, 1))  # noqa: DTZ001  # the very mistake


@pytest.mark.parametrize(
    ("changes", "levels"),
    [
        ({}, ("B", None)),
        ({"sigT": "2025-07-14T23:59:59Z"}, ("B", "B")),
        ({"sigT": "2025-07-15T00:00:00Z"}, ("B", None)),
        ({"sigT": None, "iat": 1767225600, "crit": ["b64"]}, (None, "B")),
        ({"sigT": None, "iat": 1767225600, "crit": ["b64", "iat"]}, (None, "B")),
        ({"sigT": None, "iat": 1767225600, "crit": ["b64", "exp"], "exp": 1}, (None, "B")),
        ({"sigT": "2025-01-01T00:00:00Z", "crit": ["b64"]}, (None, "B")),
        ({"sigT": "2025-01-01T00:00:00Z", "crit": None}, (None, None)),
        ({"sigT": "2025-01-01T00:00:00Z", "crit": ["b64", "sigT", "alg"]}, (None, None)),
        ({"sigT": "2025-01-01T00:00:00Z", "crit": ["b64", "sigT", "sigT"]}, (None, None)),
        ({"sigT": "2025-01-01T00:00:00Z", "crit": ["b64", "sigT", "sigD"]}, (None, None)),
        ({"sigT": "2025-01-01T00:00:00Z", "crit": ["b64", "sigT", "nbf"], "nbf": 1}, (None, None)),
        ({"sigT": "2025-01-01T00:00:00Z", "srCms": []}, (None, "B")),
        ({"sigT": "2025-01-01T00:00:00Z", "srCms": [], "crit": ["b64", "sigT", "srCms"]}, ("B", "B")),
        ({"sigT": None, "crit": ["b64"]}, (None, None)),
        ({"x5t#S256": None, "sigT": "2025-01-01T00:00:00Z"}, (None, None)),
        ({"sigX5ts": "the same digest again", "sigT": "2025-01-01T00:00:00Z"}, (None, None)),
    ],
)
def test_the_level_is_told_for_both_editions(changes: dict[str, Any], levels: tuple[str | None, str | None]) -> None:
    result = check(sealed_by_hand(header_members(**changes)))
    assert (result.levels["1.1.1"], result.levels["1.2.1"]) == levels


def test_a_result_says_nothing_of_trust_but_a_broken_seal_is_never_valid() -> None:
    assert check(file_of({"file": {"payload": "x"}})).outcome is Outcome.INVALID
    assert check(file_of({"protected_text": "AAAA"})).outcome is Outcome.INVALID
