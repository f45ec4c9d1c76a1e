"""What CRLs and OCSP responses say, which of them count, and why the others do not."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred.errors import TrustError
from edc_microcred.findings import Outcome, Severity
from edc_microcred.testing import IssuedCertificate, TestAuthority, profile
from edc_microcred.testing.keys import make_key
from edc_microcred.trust import PathResult, Revocation, TrustPolicy, check_path

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days"))
Revoker = x509.CertificateRevocationList | ocsp.OCSPResponse


@pytest.fixture(scope="module")
def authority() -> TestAuthority:
    return TestAuthority(now=NOW, key_type="p-256")


@pytest.fixture(scope="module")
def seal(authority: TestAuthority) -> IssuedCertificate:
    return authority.seal_certificate()


def judged(
    authority: TestAuthority,
    seal: IssuedCertificate,
    *data: Revoker,
    revocation: Revocation = "require",
    present: datetime = NOW,
) -> PathResult:
    policy = authority.policy(
        crls=[d for d in data if isinstance(d, x509.CertificateRevocationList)],
        ocsp_responses=[d for d in data if isinstance(d, ocsp.OCSPResponse)],
        revocation=revocation,
    )
    return check_path(seal.certificate, policy=policy, at=NOW - DAY, now=NOW, present=present)


def rules(result: PathResult) -> list[str]:
    return [finding.rule for finding in result.findings]


def reasons(result: PathResult) -> Sequence[object]:
    return [f.values["reason"] for f in result.findings if f.rule == "trust/revocation-not-used"]


# CRLs


def test_a_revocation_says_when_and_that_no_time_is_proven(authority: TestAuthority) -> None:
    seal = authority.seal_certificate()
    authority.revoke(seal.certificate, at=NOW - HOUR, reason=x509.ReasonFlags.key_compromise)
    result = judged(authority, seal, authority.crl())
    assert (result.outcome, result.revocation) == (Outcome.INVALID, Outcome.INVALID)
    assert result.revocation_findings[0].message == (
        "“TEST Seal” was revoked on 2026-03-01 11:00 UTC (key compromise), says the CRL. Without a time-stamp nothing "
        "proves that the seal is older."
    )


def test_a_revocation_counts_even_in_a_crl_that_is_out_of_date(authority: TestAuthority) -> None:
    seal = authority.seal_certificate(fault="revoked")
    stale = authority.crl(this_update=NOW - 9 * DAY, next_update=NOW - 8 * DAY)
    assert rules(judged(authority, seal, stale)) == ["trust/certificate-revoked"]


def test_a_revocation_shows_even_in_a_crl_made_after_the_certificate_expired() -> None:
    authority = TestAuthority(now=NOW, key_type="p-256")
    seal = authority.seal_certificate(fault="expired")
    authority.revoke(seal.certificate, at=NOW - 25 * DAY)
    assert rules(judged(authority, seal, authority.crl())) == ["trust/certificate-expired", "trust/certificate-revoked"]


def test_a_crl_of_a_ca_on_the_way_is_demanded_as_well() -> None:
    authority = TestAuthority(now=NOW, key_type="p-256", intermediate=True)
    seal = authority.seal_certificate()
    result = judged(authority, seal, authority.crl())
    assert rules(result) == ["trust/revocation-missing"]
    assert "TEST Issuing CA" in result.findings[0].message
    authority.revoke(authority.issuing.certificate, reason=x509.ReasonFlags.ca_compromise)
    assert rules(judged(authority, seal, *authority.crls())) == ["trust/certificate-revoked"]


def test_a_hold_that_a_later_crl_lifted_is_forgotten() -> None:
    authority = TestAuthority(now=NOW, key_type="p-256")
    seal = authority.seal_certificate(fault="suspended")
    held = authority.crl(this_update=NOW - 2 * HOUR)
    assert rules(judged(authority, seal, held)) == ["trust/certificate-suspended"]
    lifted = TestAuthority(now=NOW, key_type="p-256").crl(
        issuer=authority.root, this_update=NOW - HOUR, signed_by=authority.root.private_key
    )
    assert judged(authority, seal, held, lifted).outcome is Outcome.VALID
    assert judged(authority, seal, lifted, held).outcome is Outcome.VALID


def test_what_was_gathered_after_the_moment_of_judgement_counts(
    authority: TestAuthority, seal: IssuedCertificate
) -> None:
    for later in (
        authority.crl(this_update=NOW + 30 * DAY),
        authority.ocsp_response(seal.certificate, this_update=NOW + 30 * DAY),
    ):
        result = judged(authority, seal, later, present=NOW + 30 * DAY)
        assert (result.outcome, rules(result)) == (Outcome.VALID, [])


@pytest.mark.parametrize("source", ["CRL", "OCSP response"])
def test_what_is_dated_in_the_future_clears_nobody(
    authority: TestAuthority, seal: IssuedCertificate, source: str
) -> None:
    def dated(moment: datetime) -> Revoker:
        if source == "CRL":
            return authority.crl(this_update=moment)
        return authority.ocsp_response(seal.certificate, this_update=moment)

    almost, beyond = dated(NOW + 5 * MINUTE), dated(NOW + 5 * MINUTE + SECOND)
    assert rules(judged(authority, seal, almost)) == []
    result = judged(authority, seal, beyond)
    assert (result.outcome, rules(result)) == (Outcome.INDETERMINATE, ["trust/revocation-in-future"])
    assert f"The {source} that covers “TEST Seal” says that it was made on 2026-03-01 12:05 UTC" in (
        result.findings[0].message
    )
    lenient = judged(authority, seal, beyond, revocation="if-present")
    assert (lenient.outcome, rules(lenient)) == (Outcome.VALID, ["trust/revocation-in-future"])
    assert lenient.findings[0].severity is Severity.WARNING


def test_it_is_the_present_that_the_future_is_after_even_for_a_judgement_kept_from_before(
    authority: TestAuthority, seal: IssuedCertificate
) -> None:
    policy = authority.policy(crls=[authority.crl(this_update=NOW + HOUR)])

    def at(now: datetime, present: datetime) -> list[str]:
        return rules(check_path(seal.certificate, policy=policy, at=NOW - DAY, now=now, present=present))

    future = ["trust/revocation-in-future"]
    assert at(NOW, NOW) == future
    assert at(NOW, NOW + HOUR - 6 * MINUTE) == future
    assert at(NOW, NOW + HOUR - 5 * MINUTE) == []
    assert at(NOW - DAY, NOW + HOUR) == []  # judged for yesterday, with what one has today
    assert at(NOW + HOUR, NOW) == []  # judged for a moment to come: by then it will be there
    assert at(NOW, NOW) == future


def test_what_is_dated_in_the_future_is_set_aside_where_something_current_is_at_hand(
    authority: TestAuthority, seal: IssuedCertificate
) -> None:
    result = judged(authority, seal, authority.crl(this_update=NOW + DAY), authority.ocsp_response(seal.certificate))
    assert (result.outcome, reasons(result)) == (Outcome.VALID, ["it is dated in the future"])
    stale = authority.crl(this_update=NOW - 9 * DAY, next_update=NOW - 8 * DAY)
    result = judged(authority, seal, stale, authority.crl(this_update=NOW + DAY))
    assert rules(result) == ["trust/revocation-not-used", "trust/revocation-stale"]
    assert result.outcome is Outcome.INDETERMINATE


def test_a_revocation_or_a_hold_counts_even_in_what_is_dated_in_the_future() -> None:
    for fault, rule in (("revoked", "trust/certificate-revoked"), ("suspended", "trust/certificate-suspended")):
        authority = TestAuthority(now=NOW, key_type="p-256")
        seal = authority.seal_certificate(fault=fault)  # type: ignore[arg-type]  # both are faults
        assert rules(judged(authority, seal, authority.crl(this_update=NOW + DAY))) == [rule]


def test_a_hold_is_not_lifted_by_what_is_dated_in_the_future() -> None:
    authority = TestAuthority(now=NOW, key_type="p-256")
    seal = authority.seal_certificate(fault="suspended")
    held = authority.crl()
    lifted = TestAuthority(now=NOW, key_type="p-256").crl(
        issuer=authority.root, this_update=NOW + HOUR, signed_by=authority.root.private_key
    )
    result = judged(authority, seal, held, lifted)
    assert rules(result) == ["trust/revocation-not-used", "trust/certificate-suspended"]
    assert judged(authority, seal, held, lifted, present=NOW + HOUR).outcome is Outcome.VALID


def idp(**said: object) -> tuple[x509.ExtensionType, bool]:
    nothing = dict.fromkeys(
        ("only_contains_user_certs", "only_contains_ca_certs", "indirect_crl", "only_contains_attribute_certs"), False
    )
    absent = dict.fromkeys(("full_name", "relative_name", "only_some_reasons"))
    return x509.IssuingDistributionPoint(**{**nothing, **absent, **said}), True


ADDRESS = [x509.UniformResourceIdentifier("http://crl.test.invalid/3.crl")]


@pytest.mark.parametrize(
    ("extension", "reason"),
    [
        ((x509.DeltaCRLIndicator(1), True), "it lists changes only (a delta CRL)"),
        (idp(indirect_crl=True), "it is an indirect CRL"),
        (idp(only_contains_ca_certs=True), "it covers CA certificates only"),
        (idp(only_contains_user_certs=True), ""),
        (
            idp(only_some_reasons=frozenset([x509.ReasonFlags.key_compromise])),
            "it does not cover all reasons and certificates",
        ),
        (idp(full_name=ADDRESS), "it is one part of several, and the certificate names another"),
        (
            (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), True),
            "it has an unknown critical extension (1.2.3.4)",
        ),
        ((x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), False), ""),
    ],
)
def test_a_crl_counts_only_where_it_covers_the_certificate_whole(
    authority: TestAuthority, seal: IssuedCertificate, extension: tuple[x509.ExtensionType, bool], reason: str
) -> None:
    result = judged(authority, seal, authority.crl(extensions=[extension]))
    assert reasons(result) == ([reason] if reason else [])
    assert result.outcome is (Outcome.INDETERMINATE if reason else Outcome.VALID)


def test_a_part_of_a_split_crl_counts_for_the_certificates_that_name_it(authority: TestAuthority) -> None:
    point = x509.CRLDistributionPoints([x509.DistributionPoint(ADDRESS, None, None, None)])
    seal = authority.seal_certificate(extensions=[(point, False)])
    assert judged(authority, seal, authority.crl(extensions=[idp(full_name=ADDRESS)])).outcome is Outcome.VALID


def test_a_crl_of_another_key_older_than_the_certificate_or_too_late_is_set_aside(
    authority: TestAuthority, seal: IssuedCertificate
) -> None:
    forged = authority.crl(signed_by=make_key("p-256"))
    early = authority.crl(this_update=NOW - 40 * DAY, next_update=NOW + DAY)
    late = authority.crl(this_update=NOW + 900 * DAY)
    result = judged(authority, seal, forged, early, late, present=NOW + 900 * DAY)
    assert reasons(result) == [
        "its signature was not made with the issuer's key",
        "it is older than the certificate",
        "it was made after the certificate had expired",
    ]
    assert (result.outcome, rules(result)[-1]) == (Outcome.INDETERMINATE, "trust/revocation-missing")


def test_a_crl_of_another_issuer_says_nothing_and_is_counted(authority: TestAuthority, seal: IssuedCertificate) -> None:
    other = TestAuthority(now=NOW, key_type="p-256", name="TEST Other").crl()
    result = judged(authority, seal, other)
    assert rules(result) == ["trust/revocation-missing"]
    assert "of 1 CRLs and 0 OCSP answers" in result.findings[0].message


def test_what_is_missing_or_stale_is_a_warning_where_the_policy_says_if_present(
    authority: TestAuthority, seal: IssuedCertificate
) -> None:
    stale = authority.crl(this_update=NOW - 9 * DAY, next_update=NOW - 8 * DAY)
    for data, rule in (((), "trust/revocation-missing"), ((stale,), "trust/revocation-stale")):
        result = judged(authority, seal, *data, revocation="if-present")
        assert (result.outcome, rules(result)) == (Outcome.VALID, [rule])
        assert result.findings[0].severity is Severity.WARNING
    revoked = authority.seal_certificate(fault="revoked")
    assert judged(authority, revoked, authority.crl(), revocation="if-present").outcome is Outcome.INVALID


# OCSP


def test_the_issuer_and_a_responder_that_it_appointed_may_answer(
    authority: TestAuthority, seal: IssuedCertificate
) -> None:
    for delegated in (False, True):
        answer = authority.ocsp_response(seal.certificate, delegated=delegated)
        assert (judged(authority, seal, answer).outcome, rules(judged(authority, seal, answer))) == (Outcome.VALID, [])


def test_an_ocsp_response_revokes(authority: TestAuthority) -> None:
    seal = authority.seal_certificate()
    good = authority.ocsp_response(seal.certificate, this_update=NOW - 5 * HOUR)
    authority.revoke(seal.certificate)
    revoked = authority.ocsp_response(seal.certificate)
    result = judged(authority, seal, good, revoked)
    assert (result.outcome, rules(result)) == (Outcome.INVALID, ["trust/certificate-revoked"])
    assert "says the OCSP response" in result.findings[0].message


def test_a_responder_that_may_have_been_revoked_itself_needs_a_crl() -> None:
    authority = TestAuthority(now=NOW, key_type="p-256", intermediate=True)
    seal = authority.seal_certificate()
    answer = authority.ocsp_response(seal.certificate, delegated=True, no_check=False)
    alone = judged(authority, seal, answer, authority.crl(issuer=authority.root))
    assert reasons(alone) == ["nothing says that its responder's certificate was not revoked"]
    assert judged(authority, seal, answer, *authority.crls()).outcome is Outcome.VALID
    authority.revoke(answer.certificates[0])
    assert (
        judged(authority, seal, answer, authority.crl(issuer=authority.root), authority.crl())
        .revocation_findings[0]
        .values["reason"]
        == "nothing says that its responder's certificate was not revoked"
    )


@pytest.mark.parametrize("days", [-9, 1], ids=["out of date", "in the future"])
def test_a_crl_that_is_not_current_clears_no_responder(days: int) -> None:
    authority = TestAuthority(now=NOW, key_type="p-256", intermediate=True)
    seal = authority.seal_certificate()
    answer = authority.ocsp_response(seal.certificate, delegated=True, no_check=False)
    made = NOW + days * DAY
    crl = authority.crl(this_update=made, next_update=made + DAY)
    result = judged(authority, seal, answer, crl, authority.crl(issuer=authority.root))
    assert "nothing says that its responder's certificate was not revoked" in reasons(result)
    assert result.outcome is Outcome.INDETERMINATE


def test_an_answer_by_a_stranger_a_mere_holder_or_nobody_is_set_aside(
    authority: TestAuthority, seal: IssuedCertificate
) -> None:
    stranger = TestAuthority(now=NOW, key_type="p-256")
    holder = authority.seal_certificate()
    for signer, reason in (
        (stranger.seal_certificate(), "its responder was not appointed by the issuer"),
        (holder, "its responder's certificate is not one for OCSP"),
    ):
        assert reasons(judged(authority, seal, answered_by(signer, seal, authority))) == [reason]
    good = authority.ocsp_response(seal.certificate)
    changed = good.public_bytes(Encoding.DER).replace(
        good.signature, good.signature[:-1] + bytes([good.signature[-1] ^ 1])
    )
    assert reasons(judged(authority, seal, ocsp.load_der_ocsp_response(changed))) == [
        "its signature was made neither by the issuer nor by a responder whose certificate it carries"
    ]


def flipped(signature: bytes) -> bytes:
    return signature[:-1] + bytes([signature[-1] ^ 1])


def answered_by(
    signer: IssuedCertificate,
    seal: IssuedCertificate,
    authority: TestAuthority,
    status: ocsp.OCSPCertStatus = ocsp.OCSPCertStatus.GOOD,
    next_update: datetime | None = NOW + DAY,
) -> ocsp.OCSPResponse:
    return (
        ocsp.OCSPResponseBuilder()
        .add_response(
            cert=seal.certificate,
            issuer=authority.root.certificate,
            algorithm=hashes.SHA256(),
            cert_status=status,
            this_update=NOW - HOUR,
            next_update=next_update,
            revocation_time=None,
            revocation_reason=None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.NAME, signer.certificate)
        .certificates([signer.certificate])
        .sign(signer.private_key, hashes.SHA256())
    )


def test_an_unknown_certificate_and_one_of_another_issuer_are_not_known_to_be_good(
    authority: TestAuthority, seal: IssuedCertificate
) -> None:
    unknown = answered_by(authority.root, seal, authority, ocsp.OCSPCertStatus.UNKNOWN)
    assert reasons(judged(authority, seal, unknown)) == ["it says that the certificate is unknown"]
    of_another = authority.ocsp_response(authority.seal_certificate().certificate)
    assert rules(judged(authority, seal, of_another)) == ["trust/revocation-missing"]
    same_serial = answered_by(authority.root, seal, TestAuthority(now=NOW, key_type="p-256"))
    assert rules(judged(authority, seal, same_serial)) == ["trust/revocation-missing"]


def test_an_answer_without_next_update_is_current_for_a_day(authority: TestAuthority, seal: IssuedCertificate) -> None:
    policy = authority.policy(crls=(), ocsp_responses=[answered_by(authority.root, seal, authority, next_update=None)])

    def at(now: datetime) -> list[str]:
        return rules(check_path(seal.certificate, policy=policy, at=NOW, now=now))

    assert at(NOW + 22 * HOUR) == []
    assert at(NOW + 24 * HOUR) == ["trust/revocation-stale"]


def test_one_current_answer_is_enough_beside_a_stale_one(authority: TestAuthority, seal: IssuedCertificate) -> None:
    stale = authority.crl(this_update=NOW - 9 * DAY, next_update=NOW - 8 * DAY)
    assert judged(authority, seal, stale, authority.ocsp_response(seal.certificate)).outcome is Outcome.VALID


def test_revocation_is_not_asked_for_where_there_is_no_path(authority: TestAuthority) -> None:
    stranger = authority.seal_certificate(fault="other-issuer")
    result = check_path(stranger.certificate, policy=TrustPolicy(), at=NOW, now=NOW)
    assert (result.revocation, result.revocation_findings) == (Outcome.INDETERMINATE, ())


# Hostile revocation data

MUTATED = TestAuthority(now=NOW, key_type="p-256")
REVOKED = MUTATED.seal_certificate(fault="revoked")
REVOKING = {
    "CRL": MUTATED.crl().public_bytes(Encoding.DER),
    "OCSP response": MUTATED.ocsp_response(REVOKED.certificate, delegated=True).public_bytes(Encoding.DER),
}


@settings(max_examples=400, deadline=None)
@given(source=st.sampled_from(sorted(REVOKING)), position=st.integers(min_value=0), change=st.integers(1, 255))
def test_no_changed_byte_clears_a_revoked_certificate_or_raises_anything_untyped(
    source: str, position: int, change: int
) -> None:
    der = bytearray(REVOKING[source])
    der[position % len(der)] ^= change
    try:
        changed = (x509.load_der_x509_crl if source == "CRL" else ocsp.load_der_ocsp_response)(bytes(der))
        result = judged(MUTATED, REVOKED, changed)
    except (ValueError, x509.InvalidVersion, TrustError):
        return
    assert result.outcome is not Outcome.VALID


# A seal certificate that is an anchor itself


def look_alike(authority: TestAuthority, *uses: str) -> x509.Certificate:
    """A certificate with the CA's name and public key that anybody can make: it is signed with another key."""
    ca = authority.root
    builder = profile.builder(
        ca.certificate.subject,
        ca.private_key,
        ca.certificate.subject,
        ca.private_key.public_key(),
        NOW - DAY,
        NOW + DAY,
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return builder.add_extension(profile.key_usage(uses), critical=True).sign(make_key("p-256"), hashes.SHA256())


@pytest.mark.parametrize("revocation", ["require", "if-present"])
@pytest.mark.parametrize("real_too", [True, False])
def test_a_certificate_made_like_the_issuers_does_not_hide_a_revocation(
    authority: TestAuthority, revocation: Revocation, real_too: bool
) -> None:
    seal = authority.seal_certificate(fault="revoked")
    others = (look_alike(authority, "keyCertSign"), *([authority.root.certificate] if real_too else []))
    policy = authority.policy(anchors=[seal.certificate], revocation=revocation)
    result = check_path(seal.certificate, others=others, policy=policy, at=NOW - DAY, now=NOW)
    assert (result.outcome, rules(result)) == (Outcome.INVALID, ["trust/certificate-revoked"])


def test_a_crl_of_an_issuer_that_may_not_sign_crls_clears_nobody(authority: TestAuthority) -> None:
    seal = authority.seal_certificate()
    policy = authority.policy(anchors=[seal.certificate])
    only_alike = (look_alike(authority, "keyCertSign"),)
    result = check_path(seal.certificate, others=only_alike, policy=policy, at=NOW - DAY, now=NOW)
    assert (result.outcome, rules(result)) == (
        Outcome.INDETERMINATE, ["trust/revocation-not-used", "trust/revocation-missing"],
    )  # fmt: skip
    both = (*only_alike, authority.root.certificate)
    assert check_path(seal.certificate, others=both, policy=policy, at=NOW - DAY, now=NOW).outcome is Outcome.VALID


def test_of_two_answers_of_one_moment_the_one_that_speaks_against_counts(authority: TestAuthority) -> None:
    seal = authority.seal_certificate()
    good = authority.ocsp_response(seal.certificate)
    authority.revoke(seal.certificate, reason=x509.ReasonFlags.certificate_hold)
    hold = authority.crl(this_update=NOW - timedelta(minutes=30))
    assert rules(judged(authority, seal, good, hold)) == ["trust/certificate-suspended"]
