"""Every rule of verification finds its wrong example, and does not find its right one."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography import x509

from edc_microcred import load, validate
from edc_microcred.elm import read_credential
from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Finding, Rule
from edc_microcred.seals import check_seals
from edc_microcred.testing import TestAuthority
from edc_microcred.trust import CertificateFacts, describe
from edc_microcred.verification import RULES, awarding, dates, issuer, status
from edc_microcred.verification.awarding import findings_of_awarding
from edc_microcred.verification.dates import check_dates_of
from edc_microcred.verification.issuer import check_issuer_of
from edc_microcred.verification.seal import SEAL_ABSENT, SEALED_LATER, check_seal_of
from edc_microcred.verification.status import check_status_of
from tests.unit.verification.conftest import NOW

HEAD = {"id": "urn:credential:1", "type": ["VerifiableCredential", "EuropeanDigitalCredential"]}


@pytest.fixture(scope="module")
def facts() -> CertificateFacts:
    certificate: x509.Certificate = (
        TestAuthority(now=NOW, key_type="p-256")
        .seal_certificate(organisation="Example University", organisation_identifier="VATRS-1", country="RS")
        .certificate
    )
    return describe(certificate)


def _found(rule: Rule, example: Any, facts: CertificateFacts, sealed: bytes, unsealed: Any) -> list[Finding]:
    at = datetime(2026, 6, 1, tzinfo=UTC)
    if rule in dates.RULES:
        return list(check_dates_of(read_credential({**HEAD, **example})[0], at).findings)
    if rule in issuer.RULES:
        return list(check_issuer_of(read_credential({**HEAD, **example})[0], facts).findings)
    if rule in status.RULES:
        return list(check_status_of(read_credential({**HEAD, **example})[0]).findings)
    if rule in awarding.RULES:
        return list(findings_of_awarding(example, facts))
    if rule is SEAL_ABSENT:
        return [] if example["sealed"] else list(check_seal_of(unsealed, (), at).findings)
    if rule is SEALED_LATER:
        document = load(sealed)
        assert document.envelope is not None
        moment = datetime.fromisoformat(example["sealed_at"])
        results = [replace(one, claimed_time=moment) for one in check_seals(document.envelope, at=at)]
        return list(check_seal_of(document, results, at).findings)
    if isinstance(example, str):
        return validate(example.encode())
    try:
        document = load(json.dumps(example).encode())
        _ = document.members
    except UnreadableError as error:
        return [rule.found(seen="")] if error.remedy == rule.fix else []
    return list(document.findings)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_wrong_example_and_not_its_right_one(
    rule: Rule, facts: CertificateFacts, sealed: bytes, unsealed: Any
) -> None:
    assert rule.id in {f.rule for f in _found(rule, rule.wrong, facts, sealed, unsealed)}
    assert rule.id not in {f.rule for f in _found(rule, rule.right, facts, sealed, unsealed)}
