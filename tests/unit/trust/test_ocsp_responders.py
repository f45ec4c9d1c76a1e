"""Who may answer for an issuer: responders whose certificate, key or signature is not good enough are refused.

Certificates and responses with SHA-1 and MD5 are signed here by hand, because `cryptography` refuses to make them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asn1crypto import algos
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from edc_microcred.findings import Outcome
from edc_microcred.testing import IssuedCertificate, TestAuthority, profile
from edc_microcred.testing.keys import digest_for, make_key
from edc_microcred.trust import PathResult, check_path

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

NOBODY = "its signature was made neither by the issuer nor by a responder whose certificate it carries"
STRANGER = "its responder was not appointed by the issuer"
OTHER_USE = "its responder's certificate is not one for OCSP"
OLD_DIGEST = "its responder's certificate is signed with a digest that no longer counts"
NOT_THEN = "its responder's certificate was not valid when it was made"
MISSING = "trust/revocation-missing"

DIGESTS: dict[str, Any] = {"sha1": hashes.SHA1(), "md5": hashes.MD5()}  # noqa: S303 - the faults under test


@dataclass(frozen=True, kw_only=True)
class Responder:
    """A responder that its CA appointed rightly, as far as nothing else is said."""

    key: Any = None
    uses: tuple[Any, ...] | None = (ExtendedKeyUsageOID.OCSP_SIGNING,)
    not_before: datetime = NOW - 30 * DAY
    not_after: datetime = NOW + 365 * DAY
    digest: str = ""

    def issued_by(self, ca: IssuedCertificate) -> IssuedCertificate:
        key = self.key or make_key("p-256")
        name = profile.name("TEST OCSP responder", "TEST University", "RS")
        builder = profile.builder(
            name, key, ca.certificate.subject, ca.private_key.public_key(), self.not_before, self.not_after
        )
        builder = builder.add_extension(profile.key_usage(("digitalSignature",)), critical=True)
        builder = builder.add_extension(x509.OCSPNoCheck(), critical=False)
        if self.uses is not None:
            builder = builder.add_extension(x509.ExtendedKeyUsage(self.uses), critical=False)
        certificate = builder.sign(ca.private_key, digest_for(ca.private_key))
        if self.digest:
            certificate = signed_anew(certificate, self.digest, ca.private_key)
        return IssuedCertificate(certificate=certificate, private_key=key)


@pytest.fixture(scope="module")
def authority() -> TestAuthority:
    return TestAuthority(now=NOW, key_type="rsa-2048", seal_key_type="p-256")


@pytest.fixture(scope="module")
def seal(authority: TestAuthority) -> IssuedCertificate:
    return authority.seal_certificate()


def signed_anew(certificate: x509.Certificate, digest: str, key: Any) -> x509.Certificate:
    parts = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    parts["tbs_certificate"]["signature"] = algos.SignedDigestAlgorithm({"algorithm": f"{digest}_rsa"})
    parts["signature_algorithm"] = algos.SignedDigestAlgorithm({"algorithm": f"{digest}_rsa"})
    signed = parts["tbs_certificate"].dump(force=True)
    parts["signature_value"] = key.sign(signed, padding.PKCS1v15(), DIGESTS[digest])
    return x509.load_der_x509_certificate(parts.dump(force=True))


def answer_signed_anew(answer: ocsp.OCSPResponse, digest: str, key: Any) -> ocsp.OCSPResponse:
    whole = asn1_ocsp.OCSPResponse.load(answer.public_bytes(Encoding.DER))
    basic = whole["response_bytes"]["response"].parsed
    basic["signature_algorithm"] = algos.SignedDigestAlgorithm({"algorithm": f"{digest}_rsa"})
    basic["signature"] = key.sign(answer.tbs_response_bytes, padding.PKCS1v15(), DIGESTS[digest])
    whole["response_bytes"]["response"] = asn1_ocsp.ParsableOctetString(basic.dump(force=True))
    return ocsp.load_der_ocsp_response(whole.dump(force=True))


def answer(
    responder: IssuedCertificate, certificate: x509.Certificate, issuer: x509.Certificate, nonce: bytes | None = None
) -> ocsp.OCSPResponse:
    """The responder's word that the certificate is good."""
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=certificate, issuer=issuer, algorithm=hashes.SHA256(), cert_status=ocsp.OCSPCertStatus.GOOD,
        this_update=NOW - HOUR, next_update=NOW + DAY, revocation_time=None, revocation_reason=None,
    )  # fmt: skip
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, responder.certificate)
    if responder.certificate != issuer:
        builder = builder.certificates([responder.certificate])
    if nonce is not None:
        builder = builder.add_extension(x509.OCSPNonce(nonce), critical=False)
    return builder.sign(responder.private_key, digest_for(responder.private_key))


def judged(authority: TestAuthority, seal: IssuedCertificate, given: ocsp.OCSPResponse) -> PathResult:
    policy = authority.policy(crls=(), ocsp_responses=[given])
    return check_path(seal.certificate, policy=policy, at=NOW - HOUR, now=NOW, present=NOW)


def reasons(result: PathResult) -> list[object]:
    return [f.values["reason"] for f in result.findings if f.rule == "trust/revocation-not-used"]


def refused(result: PathResult, reason: str) -> None:
    """The answer was set aside for this reason, and nothing else was found than that one is missing now."""
    assert (result.outcome, reasons(result)) == (Outcome.INDETERMINATE, [reason])
    assert [f.rule for f in result.findings] == ["trust/revocation-not-used", MISSING]


@pytest.mark.parametrize("key_type", ["rsa-2048", "p-256", "p-384"])
def test_an_appointed_responder_with_a_good_key_may_answer(
    authority: TestAuthority, seal: IssuedCertificate, key_type: str
) -> None:
    responder = Responder(key=make_key(key_type)).issued_by(authority.root)
    result = judged(authority, seal, answer(responder, seal.certificate, authority.root.certificate))
    assert (result.outcome, result.findings) == (Outcome.VALID, ())


FAULTS: dict[str, tuple[Callable[[], Responder], str]] = {
    "certificate signed with SHA-1": (lambda: Responder(digest="sha1"), OLD_DIGEST),
    "certificate signed with MD5": (lambda: Responder(digest="md5"), OLD_DIGEST),
    "RSA key of 1024 bits": (lambda: Responder(key=make_key("rsa-1024")), NOBODY),
    "RSA key of 2040 bits": (lambda: Responder(key=rsa.generate_private_key(65537, 2040)), NOBODY),  # noqa: S505 - the fault under test
    "key on the curve P-192": (lambda: Responder(key=ec.generate_private_key(ec.SECP192R1())), NOBODY),
    "key on the curve P-224": (lambda: Responder(key=ec.generate_private_key(ec.SECP224R1())), NOBODY),
    "Ed25519 key": (lambda: Responder(key=make_key("ed25519")), NOBODY),
    "no extended key usage": (lambda: Responder(uses=None), OTHER_USE),
    "for other uses": (lambda: Responder(uses=(ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION)),
                       OTHER_USE),
    "for any use": (lambda: Responder(uses=(ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,)), OTHER_USE),
    "expired before it answered": (lambda: Responder(not_after=NOW - 2 * DAY), NOT_THEN),
    "not yet in force when it answered": (lambda: Responder(not_before=NOW + 9999 * DAY, not_after=NOW + 10_000 * DAY),
                                          NOT_THEN),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_responder_with_a_fault_clears_nobody(authority: TestAuthority, seal: IssuedCertificate, fault: str) -> None:
    make, reason = FAULTS[fault]
    responder = make().issued_by(authority.root)
    refused(judged(authority, seal, answer(responder, seal.certificate, authority.root.certificate)), reason)


@pytest.mark.parametrize("digest", DIGESTS)
@pytest.mark.parametrize("appointed", [True, False])
def test_a_response_signed_with_an_old_digest_clears_nobody(
    authority: TestAuthority, seal: IssuedCertificate, digest: str, appointed: bool
) -> None:
    responder = Responder(key=make_key("rsa-2048")).issued_by(authority.root) if appointed else authority.root
    good = answer(responder, seal.certificate, authority.root.certificate)
    assert judged(authority, seal, good).outcome is Outcome.VALID
    refused(judged(authority, seal, answer_signed_anew(good, digest, responder.private_key)), NOBODY)


def test_a_responder_of_another_ca_clears_nobody_be_it_of_the_same_name(
    authority: TestAuthority, seal: IssuedCertificate
) -> None:
    of_the_same_name = TestAuthority(now=NOW, key_type="rsa-2048")
    assert of_the_same_name.root.certificate.subject == authority.root.certificate.subject
    for other in (TestAuthority(now=NOW, key_type="p-256", name="TEST Other"), of_the_same_name):
        responder = Responder().issued_by(other.root)
        refused(judged(authority, seal, answer(responder, seal.certificate, authority.root.certificate)), STRANGER)


def test_a_responder_that_the_root_appointed_does_not_answer_for_the_ca_below() -> None:
    authority = TestAuthority(now=NOW, key_type="p-256", intermediate=True)
    seal = authority.seal_certificate()
    responder = Responder().issued_by(authority.root)
    policy = authority.policy(
        crls=[authority.crl(issuer=authority.root)],
        ocsp_responses=[answer(responder, seal.certificate, authority.issuing.certificate)],
    )
    refused(check_path(seal.certificate, policy=policy, at=NOW - HOUR, now=NOW, present=NOW), STRANGER)


def test_a_response_about_another_certificate_says_nothing(authority: TestAuthority, seal: IssuedCertificate) -> None:
    responder = Responder().issued_by(authority.root)
    about_another = answer(responder, authority.seal_certificate().certificate, authority.root.certificate)
    result = judged(authority, seal, about_another)
    assert (result.outcome, [f.rule for f in result.findings]) == (Outcome.INDETERMINATE, [MISSING])


def test_a_response_about_the_same_number_of_another_ca_says_nothing(
    authority: TestAuthority, seal: IssuedCertificate
) -> None:
    responder = Responder().issued_by(authority.root)
    other = TestAuthority(now=NOW, key_type="p-256", name="TEST Other")
    result = judged(authority, seal, answer(responder, seal.certificate, other.root.certificate))
    assert (result.outcome, [f.rule for f in result.findings]) == (Outcome.INDETERMINATE, [MISSING])


@pytest.mark.parametrize("nonce", [None, b"\x04\x08nonce-of"], ids=["absent", "of somebody's question"])
def test_a_nonce_is_neither_asked_for_nor_in_the_way(
    authority: TestAuthority, seal: IssuedCertificate, nonce: bytes | None
) -> None:
    """Responses are handed over as files: the question was somebody else's, and only dates tell how old they are."""
    responder = Responder().issued_by(authority.root)
    given = answer(responder, seal.certificate, authority.root.certificate, nonce)
    assert judged(authority, seal, given).outcome is Outcome.VALID
    policy = authority.policy(crls=(), ocsp_responses=[given])
    later = check_path(seal.certificate, policy=policy, at=NOW - HOUR, now=NOW + 2 * DAY, present=NOW + 2 * DAY)
    assert [f.rule for f in later.findings] == ["trust/revocation-stale"]
