"""The verdict: valid only when everything was checked and good, and otherwise for the reason there is."""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred import (
    Document,
    FileSigner,
    NotValidError,
    Outcome,
    TrustPolicy,
    load,
    seal,
    verify,
)
from edc_microcred.errors import TrustError, UnreadableError
from edc_microcred.testing import TestAuthority
from tests.unit.verification.conftest import NOW


def changed(good: bytes, old: bytes, new: bytes) -> bytes:
    assert good.count(old) >= 1  # a change that misses leaves a test that tests nothing
    return good.replace(old, new)


def signed_with_header(authority: TestAuthority, sealed: bytes, change: Callable[[dict], None]) -> bytes:
    """The same credential under a header that was changed before it was signed, with a right signature value."""
    signer = authority.signer()
    file = json.loads(seal(load(sealed).text, signer, header="edc", at=NOW).raw)
    text = file["signatures"][0]["protected"]
    header = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    change(header)
    new = json.dumps(header, separators=(",", ":")).encode()
    protected = base64.urlsafe_b64encode(new).rstrip(b"=")
    value = signer.sign_digest(hashlib.sha256(protected + b"." + file["payload"].encode()).digest())
    signature = base64.urlsafe_b64encode(value).rstrip(b"=").decode()
    file["signatures"] = [{"protected": protected.decode(), "signature": signature}]
    return json.dumps(file, ensure_ascii=False, separators=(",", ":")).encode()


def test_a_sealed_credential_is_valid_for_whoever_trusts_the_authority(sealed: bytes, policy: TrustPolicy) -> None:
    report = verify(sealed, policy, at=NOW)
    assert (report.outcome, report.rules) == (Outcome.VALID, frozenset())
    assert [check.check for check in report.checks] == [
        "format", "seal", "signer", "path", "revocation", "dates", "status", "issuer", "content",
    ]  # fmt: skip
    assert report.sentence.startswith("Valid: sealed by ")
    report.require_valid()


def test_a_report_has_no_truth_value(sealed: bytes, policy: TrustPolicy) -> None:
    report = verify(sealed, policy, at=NOW)
    with pytest.raises(TypeError, match=r"\.outcome"):
        bool(report)


def test_without_an_anchor_nothing_is_decided(sealed: bytes) -> None:
    report = verify(sealed, TrustPolicy(), at=NOW)
    assert (report.outcome, report.rules) == (Outcome.INDETERMINATE, {"trust/no-anchor"})
    with pytest.raises(NotValidError, match="indeterminate"):
        report.require_valid()


@pytest.mark.parametrize(("demand", "said"), [("none", "not looked at"), ("if-present", "is not known")])
def test_a_revocation_that_nobody_looked_at_is_not_said_to_be_none(
    sealed: bytes, policy: TrustPolicy, demand: str, said: str
) -> None:
    report = verify(sealed, TrustPolicy(anchors=policy.anchors, revocation=demand), at=NOW)
    assert report.outcome is Outcome.VALID
    check = next(check for check in report.as_json()["checks"] if check["check"] == "revocation")
    assert said in check["message"]
    assert "was not revoked" not in check["message"]


@pytest.mark.parametrize("demand", ["require", "if-present"])
def test_a_certificate_that_current_data_clear_is_said_not_to_be_revoked(
    sealed: bytes, policy: TrustPolicy, demand: str
) -> None:
    given = TrustPolicy(anchors=policy.anchors, crls=policy.crls, revocation=demand)
    assert verify(sealed, given, at=NOW).check("revocation").message == "The certificate was not revoked."


def test_a_list_that_is_no_longer_current_is_not_said_to_clear(sealed: bytes, policy: TrustPolicy) -> None:
    given = TrustPolicy(anchors=policy.anchors, crls=policy.crls, revocation="if-present")
    later = max(crl.next_update_utc for crl in policy.crls) + timedelta(hours=1)
    check = verify(sealed, given, at=later).check("revocation")
    assert (check.outcome, "no newer ones" in check.message) == (Outcome.VALID, True)


def test_without_revocation_data_nothing_is_decided(sealed: bytes, authority: TestAuthority) -> None:
    report = verify(sealed, authority.policy(crls=()), at=NOW)
    assert (report.outcome, report.rules) == (Outcome.INDETERMINATE, {"trust/revocation-missing"})
    assert report.check("revocation").outcome is Outcome.INDETERMINATE


def test_one_changed_letter_of_the_name_breaks_the_seal(sealed: bytes, policy: TrustPolicy) -> None:
    report = verify(changed(sealed, b"Primer", b"Primes"), policy, at=NOW)
    assert (report.outcome, report.rules) == (Outcome.INVALID, {"seal/signature-wrong"})


def test_an_unsealed_credential_is_not_decided(unsealed: Document, policy: TrustPolicy) -> None:
    report = verify(unsealed, policy, at=NOW)
    assert report.check("seal").outcome is Outcome.INDETERMINATE
    assert "edc/seal-absent" in report.rules
    assert report.seal is None


def test_somebody_elses_seal_is_not_the_issuers(
    unsealed: Document, signer: FileSigner, authority: TestAuthority, policy: TrustPolicy
) -> None:
    completed = seal(unsealed, signer, at=NOW).text
    other = authority.seal_certificate(
        organisation="Another University (TEST)", organisation_identifier="VATRS-999999999"
    ).signer()
    report = verify(seal(completed, other, header="edc", at=NOW), policy, at=NOW)
    assert (report.outcome, report.rules) == (
        Outcome.INVALID,
        {"edc/issuer-identifier-differs", "edc/issuer-name-differs"},
    )


def test_an_expired_credential_is_invalid(unsealed: Document, signer: FileSigner, policy: TrustPolicy) -> None:
    credential = unsealed.credential.model_copy(update={"expiration_date": NOW + timedelta(days=10)})
    sealed = seal(credential, signer, at=NOW)
    assert verify(sealed, policy, at=NOW).outcome is Outcome.VALID
    report = verify(sealed, policy, at=NOW + timedelta(days=11))
    assert "edc/expired" in report.rules
    assert report.check("dates").outcome is Outcome.INVALID


def test_a_sealed_file_that_holds_no_credential_is_invalid(signer: FileSigner, policy: TrustPolicy) -> None:
    report = verify(seal('{"hello":"world"}', signer, at=NOW), policy, at=NOW)
    assert (report.outcome, report.rules) == (Outcome.INVALID, {"edc/unreadable"})
    assert report.check("seal").outcome is Outcome.VALID


def test_a_revoked_certificate_makes_the_seal_invalid(unsealed: Document) -> None:
    authority = TestAuthority(now=NOW, key_type="p-256")
    issued = authority.seal_certificate()
    sealed = seal(unsealed, issued.signer(), at=NOW)
    assert verify(sealed, authority.policy(), at=NOW).outcome is Outcome.VALID
    authority.revoke(issued.certificate)
    report = verify(sealed, authority.policy(), at=NOW)
    assert (report.outcome, report.rules) == (Outcome.INVALID, {"trust/certificate-revoked"})


def self_signed(authority: TestAuthority, sealed: bytes) -> bytes:
    """A copy-cat certificate of the same name, around a credential with another learner's name."""
    text = load(sealed).text.replace("Ana Primer", "Eva Primer")
    return seal(text, authority.signer(fault="self-signed"), header="edc", at=NOW).raw


def expired(authority: TestAuthority, sealed: bytes) -> bytes:
    """Sealed, by its own word, when the certificate was in force; it is not any more."""
    before, after = NOW - timedelta(days=60), NOW - timedelta(days=30)
    signer = authority.seal_certificate(not_before=before, not_after=after).signer()
    return seal(load(sealed).text, signer, header="edc", at=NOW - timedelta(days=45)).raw


def unknown_crit(authority: TestAuthority, sealed: bytes) -> bytes:
    """`crit` names a member, which is there, and nobody knows what it demands."""

    def change(header: dict) -> None:
        header["urn:example:must-know"] = True
        header["crit"].append("urn:example:must-know")

    return signed_with_header(authority, sealed, change)


def wrong_reference(authority: TestAuthority, sealed: bytes) -> bytes:
    """The signed digest is of another certificate."""
    other = base64.urlsafe_b64encode(bytes(32)).rstrip(b"=").decode()
    return signed_with_header(authority, sealed, lambda header: header.update({"x5t#S256": other}))


def b64_not_critical(authority: TestAuthority, sealed: bytes) -> bytes:
    """`b64` stands in the header and not in `crit`: other software takes the payload for base64."""
    return signed_with_header(authority, sealed, lambda header: header["crit"].remove("b64"))


def foreign_timestamp(_: TestAuthority, sealed: bytes) -> bytes:
    """A time-stamp of something else, put where the seal's own belongs."""
    file = json.loads(sealed)
    item = {"sigTst": {"tstTokens": [{"val": "MIAGCSqGSIb3DQEHAqCAMIACAQMxAA=="}]}}
    encoded = base64.urlsafe_b64encode(json.dumps(item).encode()).rstrip(b"=").decode()
    file["signatures"][0]["header"] = {"etsiU": [encoded]}
    return json.dumps(file, ensure_ascii=False).encode()


FORGERIES: dict[str, tuple[Callable[[TestAuthority, bytes], bytes], str]] = {
    "self-signed with a changed name": (self_signed, "trust/self-signed-not-trusted"),
    "expired": (expired, "trust/certificate-expired-now"),
    "unknown crit": (unknown_crit, "seal/crit-unknown"),
    "wrong x5t#S256": (wrong_reference, "seal/certificate-reference-wrong"),
    "b64 not in crit": (b64_not_critical, "seal/b64-not-critical"),
    "foreign time-stamp": (foreign_timestamp, "seal/timestamp-not-evaluated"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_not_valid_and_the_reason_is_named(
    name: str, authority: TestAuthority, policy: TrustPolicy, sealed: bytes
) -> None:
    make, rule = FORGERIES[name]
    report = verify(make(authority, sealed), policy, at=NOW)
    assert report.outcome is not Outcome.VALID
    assert report.rules == {rule}


def test_a_correct_ps256_seal_is_valid(unsealed: Document) -> None:
    authority = TestAuthority(now=NOW, key_type="p-256", seal_key_type="rsa-2048")
    report = verify(seal(unsealed, authority.signer("PS256"), at=NOW), authority.policy(), at=NOW)
    assert report.outcome is Outcome.VALID


def test_a_time_without_a_zone_is_refused(sealed: bytes, policy: TrustPolicy) -> None:
    with pytest.raises(TrustError, match="zone"):
        verify(sealed, policy, at=datetime(2026, 1, 1))  # noqa: DTZ001  # the mistake that is meant


@pytest.mark.parametrize(
    "data",
    [b"", b"not json", b"\xff\xfe", b'{"a":1,"a":2}', b"[" * 100_000, b'{"payload":"x"', b"\xef\xbb\xbf{}"],
)  # fmt: skip
def test_what_cannot_be_read_is_invalid_and_never_an_exception(data: bytes, policy: TrustPolicy) -> None:
    report = verify(data, policy, at=NOW)
    assert (report.outcome, report.rules) == (Outcome.INVALID, {"edc/unreadable"})


def test_the_report_holds_nothing_of_the_learner(sealed: bytes, policy: TrustPolicy) -> None:
    text = json.dumps(verify(sealed, policy, at=NOW).as_json(), ensure_ascii=False)
    assert "Primer" not in text
    assert "1999" not in text


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_report_that_is_not_valid(data: bytes) -> None:
    assert verify(data, TrustPolicy(), at=datetime(2026, 9, 1, tzinfo=UTC)).outcome is not Outcome.VALID


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda below: st.lists(below, max_size=3)
    | st.dictionaries(
        st.sampled_from(["@context", "@graph", "id", "type", "credentialSubject", "issuer", "payload", "signatures",
                         "signature", "protected", "header", "credential", "validFrom", "title"]) | st.text(max_size=5),
        below, max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(_VALUES)
def test_any_json_gives_a_report_that_is_not_valid(value: object) -> None:
    data = json.dumps(value).encode()
    report = verify(data, TrustPolicy(), at=datetime(2026, 9, 1, tzinfo=UTC))
    assert report.outcome is not Outcome.VALID
    assert report.sentence


def test_load_raises_for_what_is_no_json() -> None:
    with pytest.raises(UnreadableError, match="not JSON"):
        load(b"{")


def test_what_is_nobodys_data_is_said_in_a_verdict(sealed: bytes, policy: TrustPolicy) -> None:
    foreign = changed(sealed, b"http://data.europa.eu/snb/model/context/edc-ap", b"https://example.org/context")
    messages = [finding.message for finding in verify(foreign, policy, at=NOW).findings]
    assert any("The context https://example.org/context is not one of those" in message for message in messages)
    level = b"http://data.europa.eu/snb/eqf/7"
    invented = changed(sealed, level, b"http://data.europa.eu/snb/eqf/9")
    messages = [finding.message for finding in verify(invented, policy, at=NOW).findings]
    assert any("has no value http://data.europa.eu/snb/eqf/9." in message for message in messages)


@pytest.mark.parametrize(
    "nothing",
    [
        b"[]",
        b'[{"@id": "urn:p:1", "@type": ["http://data.europa.eu/snb/model/elm/Person"]}]',
        b'{"@context": ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"]}',
    ],
)
def test_a_file_without_a_credential_is_not_said_to_hold_one(nothing: bytes, policy: TrustPolicy) -> None:
    report = verify(nothing, policy, at=NOW)
    assert report.check("format").outcome is Outcome.INVALID
    assert report.sentence.startswith("Invalid: ")
    assert "credential" in report.sentence.lower()
    assert not load(nothing).holds_credential


def test_a_credential_of_a_misspelt_type_is_none(sealed: bytes, policy: TrustPolicy) -> None:
    misspelt = changed(sealed, b"EuropeanDigitalCredential", b"EuropeanDigitalCredentia1")
    assert verify(misspelt, policy, at=NOW).check("format").outcome is Outcome.INVALID
