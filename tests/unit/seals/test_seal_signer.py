"""Keys from files: what is taken, what is refused and how, and that no key material leaks."""

import json
import pickle
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from jwcrypto.jwk import JWK

from edc_microcred.errors import SignerError
from edc_microcred.seals import FileSigner, Signer, check_signer
from tests.unit.seals.workshop import (
    QC_SIGNATURE,
    authority,
    base64_of,
    certificate,
    key,
    signer,
)

PASSWORD = "correct horse"


def p12(folder: Path, kind: str = "EC P-256", password: str | None = PASSWORD, *, others: Any = ()) -> Path:
    encryption: KeySerializationEncryption = NoEncryption()
    if password:
        encryption = BestAvailableEncryption(password.encode())
    path = folder / "seal.p12"
    own = certificate(kind, issued=bool(others))
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key(kind), own, list(others), encryption))
    return path


def pem(folder: Path, kind: str = "EC P-256", password: str | None = None, *, certificates: Any = None) -> Path:
    encryption: KeySerializationEncryption = NoEncryption()
    if password:
        encryption = BestAvailableEncryption(password.encode())
    path = folder / "seal.pem"
    path.write_bytes(
        key(kind).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
        + b"".join(c.public_bytes(Encoding.PEM) for c in certificates or [certificate(kind)])
    )
    return path


def jwk(kind: str = "EC P-256", **more: Any) -> str:
    data = key(kind).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    members = json.loads(JWK.from_pem(data).export())
    return json.dumps({**members, "x5c": [base64_of(certificate(kind))], **more})


@pytest.mark.parametrize(
    ("kind", "algorithm"),
    [("RSA-2048", "RS256"), ("EC P-256", "ES256"), ("EC P-384", "ES384"), ("EC P-521", "ES512")],
)
def test_the_three_kinds_of_file_give_the_same_signer(tmp_path: Path, kind: str, algorithm: str) -> None:
    for made in (
        FileSigner.from_pkcs12(p12(tmp_path, kind), PASSWORD),
        FileSigner.from_pem(pem(tmp_path, kind)),
        FileSigner.from_jwk(jwk(kind)),
    ):
        signing: Signer = made
        assert (signing.algorithm, signing.certificates) == (algorithm, (certificate(kind),))


def test_a_password_may_be_text_octets_or_none(tmp_path: Path) -> None:
    assert FileSigner.from_pkcs12(p12(tmp_path), PASSWORD.encode()).algorithm == "ES256"
    assert FileSigner.from_pkcs12(str(p12(tmp_path, password=None)), None).algorithm == "ES256"
    assert FileSigner.from_pem(pem(tmp_path, password=PASSWORD), password=PASSWORD).algorithm == "ES256"


def test_another_algorithm_of_the_same_key_can_be_asked_for(tmp_path: Path) -> None:
    assert FileSigner.from_pkcs12(p12(tmp_path, "RSA-2048"), PASSWORD, "PS384").algorithm == "PS384"
    assert FileSigner.from_jwk(jwk("RSA-2048", alg="PS256")).algorithm == "PS256"
    assert FileSigner.from_jwk(jwk("RSA-2048", alg="PS256"), algorithm="RS512").algorithm == "RS512"


def test_the_certificates_are_put_in_order_from_the_key_upwards(tmp_path: Path) -> None:
    mixed = [certificate("EC P-384"), authority(), certificate(issued=True)]
    assert FileSigner.from_pem(pem(tmp_path, certificates=mixed)).certificates == (
        certificate(issued=True),
        authority(),
    )
    made = FileSigner.from_pkcs12(p12(tmp_path, others=[certificate("EC P-521"), authority()]), PASSWORD)
    assert made.certificates == (certificate(issued=True), authority())


def test_certificates_may_come_from_a_file_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "chain.pem").write_bytes(certificate().public_bytes(Encoding.PEM))
    assert FileSigner.from_pem(pem(tmp_path), tmp_path / "chain.pem").certificates == (certificate(),)
    (tmp_path / "key.jwk").write_text(jwk(x5c=[]))
    assert FileSigner.from_jwk(tmp_path / "key.jwk", tmp_path / "chain.pem").certificates == (certificate(),)
    assert FileSigner.from_jwk(jwk(x5c=[]), [certificate()]).certificates == (certificate(),)


def damaged(folder: Path) -> object:
    return FileSigner.from_jwk('{"kty":"EC","crv":"P-256","d":"AA","x":"AA","y":"AA"}')


def public(folder: Path) -> object:
    return FileSigner.from_jwk(json.dumps({name: value for name, value in json.loads(jwk()).items() if name != "d"}))


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a wrong password": (
        lambda f: FileSigner.from_pkcs12(p12(f), "wrong"), "cannot be opened: the password is wrong, or"),
    "no password": (lambda f: FileSigner.from_pkcs12(p12(f), None), "password is wrong, or the file is damaged"),
    "no file": (lambda f: FileSigner.from_pkcs12(f / "none.p12", None), "cannot be read"),
    "a folder": (lambda f: FileSigner.from_pem(f), "cannot be read"),
    "a PEM as PKCS#12": (lambda f: FileSigner.from_pkcs12(pem(f), None), "damaged"),
    "a PKCS#12 as PEM": (lambda f: FileSigner.from_pem(p12(f)), "no certificate in PEM"),
    "an encrypted PEM without password": (lambda f: FileSigner.from_pem(pem(f, password="x")), "no password was given"),
    "a plain PEM with password": (lambda f: FileSigner.from_pem(pem(f), password="x"), "not encrypted"),
    "a wrong PEM password": (lambda f: FileSigner.from_pem(pem(f, password="x"), password="y"), "password is wrong"),
    "a certificate of another key": (
        lambda f: FileSigner.from_pem(pem(f, certificates=[authority()])), "None of the 1 certificates belongs"),
    "no certificate": (lambda _: FileSigner.from_jwk(jwk(x5c=[])), "no certificate for the key"),
    "a short key": (lambda f: FileSigner.from_pem(pem(f, "RSA-1024")), "RSA-1024; the least for a seal is RSA-2048"),
    "a curve without algorithm": (lambda f: FileSigner.from_pem(pem(f, "EC secp256k1")), "no algorithm of a seal"),
    "a key of another kind": (lambda f: FileSigner.from_pem(pem(f, "Ed25519")), "holds a key of kind Ed25519"),
    "an algorithm of another kind": (lambda f: FileSigner.from_pem(pem(f), algorithm="RS256"), "RS256 does not fit"),
    "an algorithm of another curve": (lambda f: FileSigner.from_pem(pem(f), algorithm="ES384"), "ES384 does not fit"),
    "an unknown algorithm": (lambda f: FileSigner.from_pem(pem(f), algorithm="HS256"), "no algorithm for a seal"),
    "a JWK that is no JSON": (lambda _: FileSigner.from_jwk('{"kty": "EC"'), "not JSON"),
    "a public JWK": (public, "public key"),
    "a JWK for encryption": (lambda _: FileSigner.from_jwk(jwk(use="enc")), "must not sign"),
    "a symmetric JWK": (lambda _: FileSigner.from_jwk('{"kty":"oct","k":"AAAA"}'), "neither RSA nor EC"),
    "a damaged JWK": (damaged, "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("fault", REFUSED)
def test_a_key_that_cannot_be_used_is_refused_with_a_remedy(tmp_path: Path, fault: str) -> None:
    make, message = REFUSED[fault]
    with pytest.raises(SignerError) as refusal:
        make(tmp_path)
    assert message in refusal.value.message
    assert refusal.value.remedy and refusal.value.state == "Nothing was sealed."


def test_no_key_material_is_in_repr_pickle_or_the_trace_of_an_error(tmp_path: Path) -> None:
    secret = json.loads(jwk())["d"]
    made = FileSigner.from_jwk(jwk())
    assert repr(made).startswith("FileSigner(ES256, EC secp256r1, certificate sha256:")
    assert secret not in repr(made) and "PRIVATE" not in repr(made)
    with pytest.raises(SignerError, match="private key"):
        pickle.dumps(made)
    for broken in (jwk()[:-1], jwk(use="enc"), jwk(crv="P-384"), jwk(kty="RSA")):
        with pytest.raises(SignerError) as refusal:
            FileSigner.from_jwk(broken)
        assert secret not in "".join(traceback.format_exception(refusal.value))
        assert refusal.value.__cause__ is None


def test_a_digest_of_the_wrong_length_is_not_signed() -> None:
    with pytest.raises(SignerError, match="SHA-256"):
        signer().sign_digest(bytes(48))


def test_a_signer_is_judged_before_it_seals() -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    assert list(check_signer(signer(), at=at)) == []
    person = FileSigner(key("EC P-256"), [certificate(statements=QC_SIGNATURE)])
    (finding,) = check_signer(person, at=at)
    assert (finding.rule, finding.severity) == ("trust/issued-for-something-else", "error")
    assert [f.rule for f in check_signer(signer("RS256"), at=at)] == ["seal/suite-ends"]
    assert [f.rule for f in check_signer(signer("RS256"), at=datetime(2029, 1, 1, tzinfo=UTC))] == ["seal/suite-ended"]
