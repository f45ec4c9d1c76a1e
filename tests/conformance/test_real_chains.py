"""The certificates, CRLs and OCSP responses inside published credentials, judged as of the days they were sealed."""

import base64
import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509 import ocsp

from edc_microcred.findings import Outcome
from edc_microcred.trust import TrustPolicy, check_path, describe

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sealed:
    certificates: list[x509.Certificate]
    crls: list[x509.CertificateRevocationList]
    ocsp_responses: list[ocsp.OCSPResponse]
    time: datetime

    @property
    def seal(self) -> x509.Certificate:
        return self.certificates[0]

    def issuer_of(self, certificate: x509.Certificate) -> x509.Certificate:
        return next(c for c in self.certificates if c.subject == certificate.issuer)

    def policy(self, anchor: x509.Certificate) -> TrustPolicy:
        return TrustPolicy(anchors=[anchor], crls=self.crls, ocsp_responses=self.ocsp_responses)


def sealed(file: Path) -> Sealed:
    """What the seal of a published file carries; read plainly here, since the reader of seals is another room."""
    signature = json.loads(file.read_text())["signatures"][0]
    header = json.loads(unpadded(signature["protected"]))
    certificates, crls, responses = [base64.b64decode(c) for c in header["x5c"]], [], []
    for item in signature["header"]["etsiU"]:
        part: dict[str, Any] = json.loads(unpadded(item)) if isinstance(item, str) else item
        certificates += [base64.b64decode(c["x509Cert"]["val"]) for c in part.get("xVals", [])]
        values = part.get("rVals", {})
        crls += [x509.load_der_x509_crl(base64.b64decode(v["val"])) for v in values.get("crlVals", [])]
        responses += [ocsp.load_der_ocsp_response(base64.b64decode(v["val"])) for v in values.get("ocspVals", [])]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one of the roots has a serial number that cryptography dislikes
        loaded = [x509.load_der_x509_certificate(c) for c in certificates]
    return Sealed(loaded, crls, responses, datetime.fromisoformat(header["sigT"]).astimezone(UTC))


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.fixture
def file(reference: Path) -> Callable[[str], Sealed]:
    return lambda name: sealed(reference / "credentials" / name)


LT_FILES = [
    "eu-2023/Sample-CertOfPart-signed.jsonld",
    "eu-2023/Sample-MC-Annex1-signed.jsonld",
    "eu-2024/Sample-CertOfPart-signed.jsonld",
    "eu-2024/Sample-MastersDegree-signed.jsonld",
    "mynextid/edc-coa-signed.jsonld",
    "mynextid/edc-coe-signed.jsonld",
    "mynextid/edc-cps-signed.jsonld",
    "mynextid/edc-dc-signed.jsonld",
    "edc-test/credential-jws-invalid.jsonld",
    "edc-test/json_sealed_advanced.json",
    "edc-test/json_sealed_test_output.json",
    "edc-test/json_to_seal-signed-jades-baseline-lta.json",
]


@pytest.mark.parametrize("name", LT_FILES)
def test_with_its_issuing_ca_as_anchor_and_the_answers_inside_it_was_valid_when_it_was_sealed(
    file: Callable[[str], Sealed], name: str
) -> None:
    sample = file(name)
    policy = sample.policy(sample.issuer_of(sample.seal))
    result = check_path(sample.seal, policy=policy, at=sample.time, now=sample.time + timedelta(minutes=5))
    assert (result.outcome, [f.rule for f in result.findings]) == (Outcome.VALID, [])
    assert (result.facts.is_seal, len(result.path)) == (True, 2)


@pytest.mark.parametrize("name", LT_FILES)
def test_today_it_is_not_valid_and_the_reason_is_its_age(file: Callable[[str], Sealed], name: str) -> None:
    sample = file(name)
    policy = sample.policy(sample.issuer_of(sample.seal))
    result = check_path(sample.seal, policy=policy, at=sample.time, now=datetime(2026, 11, 24, tzinfo=UTC))
    expired = result.facts.not_after < datetime(2026, 11, 24, tzinfo=UTC)
    reason = "trust/certificate-expired-now" if expired else "trust/revocation-stale"
    assert (result.outcome, [f.rule for f in result.findings]) == (Outcome.INDETERMINATE, [reason])


def test_under_the_root_the_issuing_ca_needs_a_crl_too(file: Callable[[str], Sealed]) -> None:
    sample = file("mynextid/edc-coa-signed.jsonld")
    ca = sample.issuer_of(sample.seal)
    policy = sample.policy(sample.issuer_of(ca))
    result = check_path(sample.seal, others=sample.certificates, policy=policy, at=sample.time, now=sample.time)
    assert [f.rule for f in result.findings] == ["trust/revocation-missing"]
    assert describe(ca).name in result.findings[0].message


def test_under_the_root_an_ocsp_answer_for_the_ca_serves(file: Callable[[str], Sealed]) -> None:
    sample = file("edc-test/json_sealed_advanced.json")
    root = sample.issuer_of(sample.issuer_of(sample.seal))
    moment = sample.time + timedelta(minutes=5)
    result = check_path(sample.seal, others=sample.certificates, policy=sample.policy(root), at=moment, now=moment)
    assert (result.outcome, len(result.path)) == (Outcome.VALID, 3)


def test_without_anchor_none_is_valid(file: Callable[[str], Sealed]) -> None:
    sample = file("eu-2024/AA-Annex1-MC-signed.jsonld")
    result = check_path(sample.seal, policy=TrustPolicy(), at=sample.time, now=sample.time)
    assert [f.rule for f in result.findings] == ["trust/no-anchor"]


def test_every_certificate_inside_is_described_whole(file: Callable[[str], Sealed]) -> None:
    described = [describe(c) for name in LT_FILES for c in file(name).certificates]
    assert len(described) >= 50
    assert not [facts.name for facts in described if facts.damaged]
