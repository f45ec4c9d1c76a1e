"""The way from a seal certificate to an anchor: what holds, what does not, and for which reason."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import algos
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred.errors import LimitError, TrustError
from edc_microcred.findings import Outcome
from edc_microcred.testing import IssuedCertificate, TestAuthority, profile
from edc_microcred.testing.keys import make_key
from edc_microcred.trust import PathResult, TrustPolicy, check_path

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEALED = NOW - timedelta(days=2)


@pytest.fixture(scope="module")
def authority() -> TestAuthority:
    return TestAuthority(now=NOW, key_type="p-256", intermediate=True)


@pytest.fixture(scope="module")
def seal(authority: TestAuthority) -> IssuedCertificate:
    return authority.seal_certificate()


def judged(
    seal: IssuedCertificate,
    policy: TrustPolicy,
    *,
    others: tuple[x509.Certificate, ...] | None = None,
    at: datetime = SEALED,
    now: datetime = NOW,
) -> PathResult:
    return check_path(seal.certificate, others=seal.chain if others is None else others, policy=policy, at=at, now=now)


def rules(result: PathResult) -> list[str]:
    return [finding.rule for finding in result.findings]


def without_intermediates(policy: TrustPolicy) -> TrustPolicy:
    return TrustPolicy(anchors=policy.anchors, crls=policy.crls, revocation=policy.revocation)


# The way itself


def test_a_good_chain_is_valid_and_the_path_leads_from_the_seal_to_the_root(
    authority: TestAuthority, seal: IssuedCertificate
) -> None:
    result = judged(seal, authority.policy())
    assert (result.outcome, result.revocation, rules(result)) == (Outcome.VALID, Outcome.VALID, [])
    assert result.path == (seal.certificate, authority.issuing.certificate, authority.root.certificate)
    assert result.facts.organisation_identifier == "VATRS-000000000"


def test_the_issuing_ca_may_come_with_the_seal_or_with_the_policy_and_is_missed_otherwise(
    authority: TestAuthority, seal: IssuedCertificate
) -> None:
    with_it, without_it = authority.policy(), without_intermediates(authority.policy())
    assert judged(seal, with_it, others=()).outcome is Outcome.VALID
    assert judged(seal, without_it).outcome is Outcome.VALID
    missed = judged(seal, without_it, others=())
    assert (missed.outcome, missed.revocation, rules(missed)) == (
        Outcome.INDETERMINATE,
        Outcome.INDETERMINATE,
        ["trust/no-path"],
    )


def test_an_issuing_ca_as_anchor_is_enough_with_its_own_crl(authority: TestAuthority, seal: IssuedCertificate) -> None:
    policy = authority.policy(anchors=[authority.issuing.certificate], crls=[authority.crl()])
    result = judged(seal, policy)
    assert (result.outcome, result.path) == (Outcome.VALID, (seal.certificate, authority.issuing.certificate))


def test_the_nearest_of_two_anchors_ends_the_path(authority: TestAuthority, seal: IssuedCertificate) -> None:
    policy = authority.policy(anchors=[authority.root.certificate, authority.issuing.certificate])
    assert judged(seal, policy).path[-1] == authority.issuing.certificate


def test_a_root_that_was_renewed_with_the_same_key_is_not_called_expired() -> None:
    authority = TestAuthority(now=NOW, key_type="p-256", fault="root-expired")
    old = authority.root
    key = old.private_key
    name, year = old.certificate.subject, timedelta(days=365)
    renewed = (
        profile.builder(name, key, name, key.public_key(), NOW - year, NOW + year)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    seal = authority.seal_certificate()
    assert rules(judged(seal, authority.policy())) == ["trust/anchor-expired"]
    both = authority.policy(anchors=[old.certificate, renewed])
    assert judged(seal, both).outcome is Outcome.VALID


def test_the_holder_of_a_seal_certificate_cannot_issue_another(
    authority: TestAuthority, seal: IssuedCertificate
) -> None:
    child = issued_by_holder(seal)
    below_a_ca = judged(child, authority.policy(), others=(seal.certificate, *seal.chain))
    assert (below_a_ca.outcome, rules(below_a_ca)) == (Outcome.INVALID, ["trust/path-invalid"])
    below_itself = judged(child, authority.policy(anchors=[seal.certificate]), others=(seal.certificate,))
    assert (below_itself.outcome, rules(below_itself)) == (Outcome.INDETERMINATE, ["trust/no-path"])


def issued_by_holder(holder: IssuedCertificate) -> IssuedCertificate:
    key = make_key("p-256")
    names = profile.name("TEST Child", "TEST Child", "RS", "VATRS-1")
    certificate = (
        profile.builder(
            names,
            key,
            holder.certificate.subject,
            holder.private_key.public_key(),
            NOW - timedelta(days=9),
            NOW + timedelta(days=9),
        )
        .add_extension(profile.key_usage(["digitalSignature"]), critical=True)
        .add_extension(profile.qc_statements(["eseal"]), critical=False)
        .sign(holder.private_key, hashes.SHA256())
    )
    return IssuedCertificate(certificate=certificate, private_key=key)


def test_a_ca_without_the_mark_of_a_ca_is_not_followed() -> None:
    authority = TestAuthority(now=NOW, key_type="p-256", fault="intermediate-no-ca")
    assert rules(judged(authority.seal_certificate(), authority.policy())) == ["trust/path-invalid"]


def test_a_certificate_signed_with_sha_1_is_too_weak() -> None:
    authority = TestAuthority(now=NOW, key_type="rsa-2048")
    seal = authority.seal_certificate()
    weak = IssuedCertificate(certificate=signed_with_sha_1(seal, authority), private_key=seal.private_key)
    result = judged(weak, authority.policy())
    assert (result.outcome, rules(result)) == (Outcome.INVALID, ["trust/path-weak"])


def signed_with_sha_1(seal: IssuedCertificate, authority: TestAuthority) -> x509.Certificate:
    """The same certificate with the old digest; cryptography makes none, so the parts are put together here."""
    parts = asn1.Certificate.load(seal.certificate.public_bytes(Encoding.DER))
    algorithm = algos.SignedDigestAlgorithm({"algorithm": "sha1_rsa"})
    parts["tbs_certificate"]["signature"] = algorithm
    parts["signature_algorithm"] = algorithm
    key = authority.root.private_key
    signed = parts["tbs_certificate"].dump(force=True)
    parts["signature_value"] = key.sign(signed, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - the fault under test
    return x509.load_der_x509_certificate(parts.dump(force=True))


def test_qc_statements_may_be_critical_though_the_profile_forbids_it(authority: TestAuthority) -> None:
    statements = profile.qc_statements(["eseal"])
    seal = authority.seal_certificate(qc_types=(), extensions=[(statements, True)])
    assert (judged(seal, authority.policy()).outcome, judged(seal, authority.policy()).facts.is_seal) == (
        Outcome.VALID,
        True,
    )


def test_certificates_that_name_each_other_as_issuers_are_dropped_before_any_search(
    authority: TestAuthority, seal: IssuedCertificate
) -> None:
    key = make_key("p-256")
    root = authority.root.certificate.subject
    ring = tuple(
        profile.builder(root, key, root, key.public_key(), SEALED, NOW + timedelta(days=9))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
        for _ in range(40)
    )
    stranger = authority.seal_certificate(fault="other-issuer")
    started = time.perf_counter()
    assert judged(seal, authority.policy(), others=ring).outcome is Outcome.VALID
    assert judged(stranger, authority.policy(), others=ring).outcome is Outcome.INDETERMINATE
    assert time.perf_counter() - started < 2  # their orders are 40 factorial


# Its own anchor


def test_a_seal_certificate_that_is_its_own_anchor_is_not_valid_unless_revocation_is_waived(
    authority: TestAuthority, seal: IssuedCertificate
) -> None:
    def ask(revocation: str) -> PathResult:
        policy = TrustPolicy(anchors=[seal.certificate], revocation=revocation)
        return judged(seal, policy, others=())

    assert (ask("require").outcome, rules(ask("require"))) == (Outcome.INDETERMINATE, ["trust/anchor-is-leaf"])
    assert (ask("if-present").outcome, rules(ask("if-present"))) == (Outcome.VALID, ["trust/anchor-is-leaf"])
    assert (ask("none").outcome, rules(ask("none"))) == (Outcome.VALID, ["trust/revocation-not-checked"])


def test_its_own_anchor_is_asked_of_its_issuer_when_that_is_at_hand(authority: TestAuthority) -> None:
    good, revoked = authority.seal_certificate(), authority.seal_certificate(fault="revoked")
    for seal, outcome in ((good, Outcome.VALID), (revoked, Outcome.INVALID)):
        policy = authority.policy(anchors=[seal.certificate], revocation="if-present")
        assert judged(seal, policy).outcome is outcome


def test_its_own_anchor_does_not_outlive_its_dates(authority: TestAuthority) -> None:
    expired = authority.seal_certificate(fault="expired")
    policy = TrustPolicy(anchors=[expired.certificate], revocation="none")
    result = judged(expired, policy)
    assert (result.outcome, rules(result)[0]) == (Outcome.INVALID, "trust/certificate-expired")


# Times


@pytest.mark.parametrize(
    ("at", "now", "rule"),
    [
        (timedelta(days=-30), timedelta(), None),
        (timedelta(days=-30, seconds=-1), timedelta(), "trust/certificate-not-yet-valid"),
        (timedelta(days=9), timedelta(days=9), None),
        (timedelta(days=9), timedelta(days=9, seconds=1), "trust/certificate-expired-now"),
        (timedelta(days=9, seconds=1), timedelta(days=9, seconds=1), "trust/certificate-expired"),
        (timedelta(), timedelta(days=-31), "trust/certificate-not-yet-valid"),
    ],
)
def test_both_ends_of_the_dates_belong_to_them(
    authority: TestAuthority, at: timedelta, now: timedelta, rule: str | None
) -> None:
    seal = authority.seal_certificate(not_after=NOW + timedelta(days=9))
    result = judged(seal, authority.policy(), at=NOW + at, now=NOW + now)
    assert rules(result) == ([rule] if rule else [])


def test_times_without_zone_are_refused(authority: TestAuthority, seal: IssuedCertificate) -> None:
    with pytest.raises(TrustError, match="time zone"):
        judged(seal, authority.policy(), at=datetime(2026, 1, 1))  # noqa: DTZ001 - that is the mistake


def test_more_certificates_than_any_seal_needs_are_refused(authority: TestAuthority, seal: IssuedCertificate) -> None:
    with pytest.raises(LimitError, match="65 certificates"):
        judged(seal, authority.policy(), others=(seal.certificate,) * 65)


# Kept results, threads, event loops


def test_a_result_is_kept_until_a_date_is_crossed(authority: TestAuthority, seal: IssuedCertificate) -> None:
    policy = authority.policy()
    first = judged(seal, policy)
    assert judged(seal, policy, at=SEALED + timedelta(hours=1), now=NOW + timedelta(hours=1)) is first
    assert judged(seal, policy, now=NOW + timedelta(days=40)) is not first
    assert rules(judged(seal, policy, now=NOW + timedelta(days=40))) == ["trust/revocation-stale"] * 2
    assert judged(seal, authority.policy(crls=())) is not first


def test_a_kept_result_costs_less_than_50_microseconds(authority: TestAuthority, seal: IssuedCertificate) -> None:
    policy = authority.policy()
    judged(seal, policy)

    def timed() -> float:
        started = time.perf_counter()
        judged(seal, policy)
        return time.perf_counter() - started

    assert min(timed() for _ in range(200)) < 50e-6


def test_threads_share_a_policy(authority: TestAuthority) -> None:
    policy = authority.policy()
    seals = [authority.seal_certificate(fault=fault) for fault in (None, "expired", "weak", "forged")]
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda n: judged(seals[n % 4], policy).outcome, range(80)))
    assert results == [Outcome.VALID, Outcome.INVALID, Outcome.INVALID, Outcome.INVALID] * 20


def test_it_works_where_an_event_loop_runs_already(authority: TestAuthority, seal: IssuedCertificate) -> None:
    async def within() -> Outcome:
        return judged(seal, authority.policy()).outcome

    assert asyncio.run(within()) is Outcome.VALID


# Hostile certificates


MUTATED = TestAuthority(now=NOW, key_type="p-256")
MUTATED_POLICY, MUTATED_SEAL = MUTATED.policy(), MUTATED.seal_certificate().certificate


@settings(max_examples=300, deadline=None)
@given(position=st.integers(0, len(MUTATED_SEAL.public_bytes(Encoding.DER)) - 1), change=st.integers(1, 255))
def test_no_certificate_with_a_changed_byte_is_valid(position: int, change: int) -> None:
    der = bytearray(MUTATED_SEAL.public_bytes(Encoding.DER))
    der[position] ^= change
    try:
        changed = x509.load_der_x509_certificate(bytes(der))
    except (ValueError, x509.InvalidVersion, UserWarning):
        return
    result = check_path(changed, policy=MUTATED_POLICY, at=SEALED, now=NOW)
    # Outside the signed part there is one bit to play with that no library looks at: the unused bits of the signature.
    assert result.outcome is not Outcome.VALID or changed.tbs_certificate_bytes == MUTATED_SEAL.tbs_certificate_bytes
