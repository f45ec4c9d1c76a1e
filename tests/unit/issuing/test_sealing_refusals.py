"""What `seal` does not seal: files that mean something else than would be written, or that `verify` would refuse."""

import json
from pathlib import Path
from typing import Any

import pytest

from edc_microcred import FileSigner, Outcome, load, prepare, seal, verify
from edc_microcred.errors import SealError
from edc_microcred.testing import TestAuthority
from tests.conftest import ROOT
from tests.unit.verification.conftest import NOW

EXAMPLE: dict[str, Any] = json.loads((ROOT / "examples" / "credential.jsonld").read_bytes())
BARE = {name: value for name, value in EXAMPLE.items() if name != "@context"}
PERSON = {"@id": "urn:epass:person:9", "@type": ["http://data.europa.eu/snb/model/elm/Person"]}


@pytest.fixture(scope="module")
def authority() -> TestAuthority:
    return TestAuthority(now=NOW, key_type="p-256")


@pytest.fixture(scope="module")
def signer(authority: TestAuthority) -> FileSigner:
    return authority.signer()


def with_context(*more: Any, **members: Any) -> dict[str, Any]:
    return {**EXAMPLE, "@context": [*EXAMPLE["@context"], *more], **members}


NOT_AS_IT_STANDS: dict[str, tuple[Any, str]] = {
    "two credentials": ([EXAMPLE, {**EXAMPLE, "id": "urn:credential:2"}], "ld/several-credentials"),
    "two in a graph": (
        {"@context": EXAMPLE["@context"], "@graph": [BARE, {**BARE, "id": "urn:credential:2"}]},
        "ld/several-credentials",
    ),
    "data beside the credential": ([EXAMPLE, PERSON], "ld/node-not-reached"),
    "members that its own context drops": (with_context({"x": "urn:example:x"}, lost=1), "ld/dropped-term"),
    "terms of another meaning": (with_context({"title": "urn:example:title"}), "edc/terms-redefined"),
    "contexts that nobody has": ({**EXAMPLE, "@context": ["https://example.org/context"]}, "edc/context-wrong"),
    "a wrapper with more in it": ({"credential": EXAMPLE, "credentialSubject": PERSON}, "credentialSubject"),
}


@pytest.mark.parametrize("name", NOT_AS_IT_STANDS)
def test_what_would_not_be_sealed_as_it_stands_is_refused_with_the_reason(name: str, signer: FileSigner) -> None:
    value, reason = NOT_AS_IT_STANDS[name]
    with pytest.raises(SealError, match=reason):
        seal(load(json.dumps(value).encode()), signer, at=NOW)


TAKEN: dict[str, Any] = {
    "as it is": EXAMPLE,
    "without contexts": BARE,
    "in a graph": {"@context": EXAMPLE["@context"], "@graph": [BARE]},
    "with terms of its own": with_context({"remark": "urn:example:remark"}, remark="x"),
    "in the wrapper for uploads": {"credential": EXAMPLE, "deliveryDetails": {"deliveryAddress": []}},
}


@pytest.mark.parametrize("name", TAKEN)
def test_other_forms_of_one_credential_are_sealed_and_valid(
    name: str, signer: FileSigner, authority: TestAuthority
) -> None:
    sealed = seal(load(json.dumps(TAKEN[name]).encode()), signer, at=NOW)
    assert verify(sealed, authority.policy(), at=NOW).outcome is Outcome.VALID


def test_a_value_that_no_list_has_is_refused_as_it_would_be_when_verifying(signer: FileSigner) -> None:
    text = (ROOT / "examples" / "credential.jsonld").read_text()
    wrong = text.replace("authority/language/ENG", "authority/language/XXX")
    assert wrong != text
    with pytest.raises(SealError, match="cv/"):
        seal(load(wrong.encode()), signer, at=NOW)


def test_a_certificate_without_identifier_does_not_complete_a_credential_without_one(authority: TestAuthority) -> None:
    without = authority.seal_certificate(organisation_identifier=None).signer()
    issuer = {
        "id": "urn:epass:org:9", "type": "Organisation", "legalName": {"en": "TEST University"},
        "eIDASIdentifier": {"id": "urn:epass:legalIdentifier:9", "type": "LegalIdentifier"},
    }  # fmt: skip
    sealed = load(json.dumps({**EXAMPLE, "issuer": issuer, "issued": "2026-09-01T12:00:00Z"}).encode())
    with pytest.raises(SealError, match=r"organisation identifier \(2.5.4.97\)"):
        seal(sealed, without, at=NOW, check=False)


def test_the_reasons_quote_nothing_of_the_learner_and_command_no_terminal(signer: FileSigner, tmp_path: Path) -> None:
    subject = {**EXAMPLE["credentialSubject"], "dateOfBirth": "Secret \x1b[2J", "\x1b[2Jx": 1}
    with pytest.raises(SealError) as refused:
        seal(load(json.dumps({**EXAMPLE, "credentialSubject": subject}).encode()), signer, at=NOW)
    assert "elm/not-a-date at /credentialSubject/dateOfBirth" in str(refused.value)
    assert "Secret" not in str(refused.value)
    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize("name", ["credential.jsonld", "files/credential.jsonld", "", " \n"])
def test_the_name_of_a_file_is_not_sealed_for_its_content(name: str, signer: FileSigner) -> None:
    with pytest.raises(SealError, match="as a Path"):
        seal(name, signer, at=NOW)
    with pytest.raises(SealError, match="as a Path"):
        prepare(name, signer.certificates, signer.algorithm, at=NOW)


def test_a_file_is_sealed_as_what_is_in_it(tmp_path: Path, signer: FileSigner, authority: TestAuthority) -> None:
    sealed = seal(ROOT / "examples" / "credential.jsonld", signer, at=NOW)
    assert verify(sealed, authority.policy(), at=NOW).outcome is Outcome.VALID
    (tmp_path / "other.json").write_text('{"a": 1}')
    assert json.loads(seal(tmp_path / "other.json", signer, at=NOW).raw)["payload"] == '{"a": 1}'
    (tmp_path / "sealed.jsonld").write_bytes(sealed.raw)
    with pytest.raises(SealError, match="sealed already"):
        seal(tmp_path / "sealed.jsonld", signer, at=NOW)


@pytest.mark.parametrize("source", [EXAMPLE, None, 7, bytearray(b"{}")])
def test_what_holds_no_credential_is_refused_by_its_type(source: Any, signer: FileSigner) -> None:
    with pytest.raises(SealError, match=f"A {type(source).__name__} cannot be sealed"):
        seal(source, signer, at=NOW)
