"""Keys, certificates and seals for the tests of this room; a seal can be made wrong in one place, or in none."""

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from edc_microcred.seals import ALGORITHMS, Envelope, FileSigner, base64url, check_seals
from edc_microcred.seals.algorithms import PrivateKey, default_algorithm
from edc_microcred.seals.references import key_identifier, thumbprint

SEALED_AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
PAYLOAD = '{"title": "Data basics", "credits": "3", "of": "Ђорђе \\"J\\" Ćirić"}'
# QcCompliance and QcType eseal (0.4.0.1862.1.1 and .6.2), and the latter with esign (.6.1) instead.
QC_SEAL = bytes.fromhex("301f300806060400" + "8e460101" + "3013060604008e4601063009060704008e46010602")
QC_SIGNATURE = QC_SEAL[:-1] + b"\x01"
KINDS = {"RS": "RSA-2048", "PS": "RSA-2048", "ES256": "EC P-256", "ES384": "EC P-384", "ES512": "EC P-521"}


def kind_for(algorithm: str) -> str:
    return KINDS.get(algorithm) or KINDS[algorithm[:2]]


def key(kind: str, number: int = 0) -> Any:
    """A key that is the same for the whole run; another `number` is another key."""
    return _key(kind, number)


@cache
def _key(kind: str, number: int) -> Any:
    if kind == "Ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    if kind.startswith("RSA"):
        return rsa.generate_private_key(65537, int(kind.removeprefix("RSA-")))
    curves = {"P-256": ec.SECP256R1, "P-384": ec.SECP384R1, "P-521": ec.SECP521R1, "P-192": ec.SECP192R1}
    return ec.generate_private_key((curves | {"secp256k1": ec.SECP256K1})[kind.removeprefix("EC ")]())


@cache
def authority(kind: str = "EC P-256") -> x509.Certificate:
    """The self-signed certificate of an authority."""
    return _certificate("Authority TEST", key(kind, 9), "Authority TEST", key(kind, 9), ca=True)


def certificate(
    kind: str = "EC P-256", number: int = 0, *, issued: bool = False, statements: bytes = QC_SEAL
) -> x509.Certificate:
    """A seal certificate for `key(kind, number)`, self-signed or `issued` by the authority."""
    return _seal_certificate(kind, number, issued, statements)


@cache
def _seal_certificate(kind: str, number: int, issued: bool, statements: bytes) -> x509.Certificate:
    issuer, issuing = ("Authority TEST", key("EC P-256", 9)) if issued else ("Seal TEST", key(kind, number))
    return _certificate("Seal TEST", key(kind, number), issuer, issuing, statements=statements)


def _certificate(
    name: str, subject_key: Any, issuer: str, issuing: Any, *, ca: bool = False, statements: bytes | None = None,
) -> x509.Certificate:  # fmt: skip
    def named(common_name: str) -> x509.Name:
        return x509.Name([
            x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "RS"),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "University TEST"),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_IDENTIFIER, "VATRS-000000000"),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name),
        ])  # fmt: skip

    usage = x509.KeyUsage(
        digital_signature=not ca, content_commitment=not ca, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=ca, crl_sign=ca, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(subject_key.public_key())
        .serial_number(
            int.from_bytes(hashlib.sha256(f"{name}{subject_key.public_key()}".encode()).digest()[:9], "big") | 1
        )
        .not_valid_before(datetime(2025, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2035, 1, 1, tzinfo=UTC))
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if statements:
        qc = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"), statements)
        builder = builder.add_extension(qc, critical=False)
    return builder.sign(issuing, None if isinstance(issuing, ed25519.Ed25519PrivateKey) else hashes.SHA256())


def expired_certificate(kind: str = "EC P-256") -> x509.Certificate:
    good = certificate(kind)
    builder = x509.CertificateBuilder(good.issuer, good.subject, good.public_key(), 7)
    return (
        builder.not_valid_before(datetime(2023, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2023, 1, 1, tzinfo=UTC) + timedelta(days=365))
        .sign(key(kind), hashes.SHA256())
    )


def signer(algorithm: str = "ES256", *, issued: bool = False) -> FileSigner:
    kind = kind_for(algorithm)
    return FileSigner(key(kind), [certificate(kind, issued=issued)], algorithm)


def der(some: x509.Certificate) -> bytes:
    return some.public_bytes(Encoding.DER)


def base64_of(some: x509.Certificate) -> str:
    return base64.b64encode(der(some)).decode("ascii")


def header_members(kind: str = "EC P-256", **changes: Any) -> dict[str, Any]:
    """The members of a good `edc` header; a change of None removes the member."""
    own = certificate(kind)
    members: dict[str, Any] = {
        "alg": default_algorithm(key(kind)), "cty": "json", "kid": key_identifier(own),
        "x5t#S256": thumbprint(der(own)), "x5c": [base64_of(own)], "typ": "jose+json", "b64": False,
        "sigT": "2026-03-01T10:00:00Z", "crit": ["b64", "sigT"],
    }  # fmt: skip
    changed = {**members, **{name: _meant(value, kind) for name, value in changes.items()}}
    return {name: value for name, value in changed.items() if value is not None}


def _meant(value: object, kind: str) -> object:
    """What the words in the examples of the rules stand for."""
    certificates = {
        "the sealer's own": base64_of(certificate(kind)),
        "another certificate": base64_of(certificate("EC P-256", 5)),
    }
    if value == "the same digest again":
        return [{"digAlg": "S256", "digVal": thumbprint(der(certificate(kind)))}]
    if isinstance(value, list):
        return [certificates.get(item, item) if isinstance(item, str) else item for item in value]
    return value


def protected_text(members: Mapping[str, Any] | str) -> str:
    text = members if isinstance(members, str) else json.dumps(members, separators=(",", ":"))
    return base64url.encode(text.encode("utf-8"))


def value_text(protected: str, member: str, kind: str = "EC P-256", algorithm: str | None = None) -> str:
    """The signature value over header text and payload member, made with the key whatever the header says."""
    private: PrivateKey = key(kind)
    chosen = ALGORITHMS[algorithm or default_algorithm(private) or ""]
    digest = chosen.digest_of(protected.encode(), b".", member.encode())
    return base64url.encode(chosen.sign(private, digest))


def short_value_text(protected: str, member: str, kind: str) -> str:
    """A right ECDSA value of which both halves began with a zero octet that was dropped; with P-521 one in four."""
    while True:
        value = base64url.decode(value_text(protected, member, kind))
        assert value is not None
        half = len(value) // 2
        if value[0] == value[half] == 0:
            return base64url.encode(value[1:half] + value[half + 1 :])


def sealed_by_hand(members: Mapping[str, Any] | str, payload: str = PAYLOAD, kind: str = "EC P-256") -> bytes:
    """A general serialization whose header is as given and whose signature is right for it."""
    protected = protected_text(members)
    signature = {"protected": protected, "signature": value_text(protected, payload, kind)}
    return json.dumps({"payload": payload, "signatures": [signature]}).encode()


def file_of(example: Mapping[str, Any]) -> bytes:
    """The sealed file that an example of a rule describes (see the package's docstring)."""
    kind = example.get("key", "EC P-256")
    b64 = {"b64": True} if example.get("b64") else {}
    payload = example.get("payload", base64url.encode(PAYLOAD.encode()) if b64 else PAYLOAD)
    headers = [header_members(kind, **{**b64, **example.get("protected", {})})]
    if "second" in example:
        headers.append(header_members(kind, **example["second"]))
    signatures = []
    for members in headers:
        protected = protected_text(members)
        signature: dict[str, Any] = {"protected": protected, "signature": value_text(protected, payload, kind)}
        if "short" in example:
            signature["signature"] = short_value_text(protected, payload, kind)
        if "protected_text" in example:
            signature["protected"] = example["protected_text"]
        if "unprotected" in example:
            signature["header"] = example["unprotected"]
        signatures.append(signature | example.get("signature", {}))
    whole = {"payload": payload, "signatures": signatures, **example.get("file", {})}
    return json.dumps({name: value for name, value in whole.items() if value is not None}).encode()


def rules_of(example: Mapping[str, Any]) -> set[str]:
    """The rules that the file of an example breaks, at the example's time."""
    at = datetime.fromisoformat(example["at"]) if "at" in example else SEALED_AT
    return rules(file_of(example), at=at)


def rules(data: bytes, *, at: datetime = SEALED_AT) -> set[str]:
    envelope = Envelope.read(data)
    results = check_seals(envelope, at=at)
    findings = [finding for result in results for finding in result.findings] or envelope.findings
    return {finding.rule for finding in findings}


def changed(good: bytes, old: bytes, new: bytes) -> bytes:
    assert good.count(old) == 1  # a mutation that misses leaves a test that tests nothing
    return good.replace(old, new)
