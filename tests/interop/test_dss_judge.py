"""The judge itself: it says of published files what is known of them, fetches nothing, and outlives bad requests."""

import base64
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms, pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from tests.interop.dss_judge import DssJudge, JudgeError

pytestmark = pytest.mark.interop

JUDGED_AT = datetime(2026, 12, 1, tzinfo=UTC)  # fixed, because the policies inside DSS have dates

# file, and what DSS 6.4 says of it with the issuing CA and the TSA as anchors: format, date of the best signature time
PUBLISHED = {
    "eu-2023/Sample-CertOfPart-signed.jsonld": ("JAdES-BASELINE-LTA", "2023-09-27"),
    "eu-2023/Sample-MC-Annex1-signed.jsonld": ("JAdES-BASELINE-LTA", "2023-09-27"),
    "eu-2024/AA-Annex1-MC-signed.jsonld": ("JAdES-BASELINE-T", "2024-05-28"),
    "eu-2024/Sample-CertOfPart-signed.jsonld": ("JAdES-BASELINE-LTA", "2025-02-12"),
    "eu-2024/Sample-MastersDegree-signed.jsonld": ("JAdES-BASELINE-LTA", "2025-02-19"),
    "mynextid/edc-coa-signed.jsonld": ("JSON-NOT-ETSI", "2026-01-12"),
    "mynextid/edc-coe-signed.jsonld": ("JSON-NOT-ETSI", "2026-01-12"),
    "mynextid/edc-cps-signed.jsonld": ("JSON-NOT-ETSI", "2026-01-12"),
    "mynextid/edc-dc-signed.jsonld": ("JSON-NOT-ETSI", "2026-01-12"),
    "edc-test/credential-jws-invalid.jsonld": ("JAdES-BASELINE-LTA", "2022-10-11"),
    "edc-test/json_sealed_advanced.json": ("JAdES-BASELINE-LTA", "2022-07-25"),
    "edc-test/json_sealed_test_output.json": ("JAdES-BASELINE-LTA", "2022-08-02"),
    "edc-test/json_to_seal-signed-jades-baseline-lta.json": ("JAdES-BASELINE-LTA", "2022-08-19"),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_dss_says_of_a_published_file_what_is_known_of_it(
    name: str, reference: Path, judges: dict[str, DssJudge], tmp_path: Path
) -> None:
    file = reference / "credentials" / name
    [verdict] = judges["6.4"].validate(file, anchors=issuing_ca_and_tsa(file, tmp_path), at=JUDGED_AT)
    assert verdict.passed, verdict
    assert verdict.best_signature_time is not None
    assert (verdict.format, verdict.best_signature_time.date().isoformat()) == PUBLISHED[name]


def test_a_published_file_is_trusted_by_nobody_who_names_no_anchor(reference: Path, judge: DssJudge) -> None:
    [verdict] = judge.validate(reference / "credentials" / "eu-2023/Sample-MC-Annex1-signed.jsonld", at=JUDGED_AT)
    assert (verdict.indication, verdict.sub_indication) == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND")
    assert (verdict.intact, verdict.valid) == (True, True)


def test_nothing_that_a_file_names_is_fetched(judge: DssJudge, listener: tuple[str, list[str]]) -> None:
    address, asked = listener
    verdicts = judge.validate(seal_that_names(address))
    assert [(v.intact, v.valid, v.indication) for v in verdicts] == [(True, True, "INDETERMINATE")]
    assert asked == []


UNREADABLE = {
    "empty": b"",
    "no JSON": b"{",
    "no UTF-8": b"\xff\xfe",
    "signatures a number": b'{"payload": "x", "signatures": 3}',
    "nested 100,000 deep": b"[" * 100_000,
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_dss_cannot_read_costs_that_request_only(content: bytes, judge: DssJudge) -> None:
    try:
        assert judge.validate(content) == []
    except JudgeError as error:
        assert "ended without an answer" not in str(error)
    assert judge._ask("version", {})["version"] == judge.version


def test_a_request_that_makes_no_sense_is_answered_with_what_is_wrong(judge: DssJudge) -> None:
    with pytest.raises(JudgeError, match="op must be version, validate, seal"):
        judge._ask("guess", {})
    with pytest.raises(JudgeError, match="anchors must be a list of paths"):
        judge._ask("validate", {"content": "e30=", "anchors": "root.pem"})
    with pytest.raises(JudgeError, match=r"NoSuchFileException: /nowhere\.pem"):
        judge.validate(b"{}", anchors=[Path("/nowhere.pem")])


def issuing_ca_and_tsa(file: Path, folder: Path) -> list[Path]:
    """The anchors: who issued the signer's certificate (the signer's own, if the file has no other) and the TSAs'."""
    found = certificates_in(json.loads(file.read_text("utf-8")))
    signer = found[0]
    issuing = [one for one in found if one.subject == signer.issuer] or [signer]
    stamping = [one for one in found if "time_stamping" in (one.extended_key_usage_value or cms.SetOf([])).native]
    paths = []
    for number, certificate in enumerate(issuing + stamping):
        paths.append(folder / f"{number}.pem")
        paths[-1].write_bytes(pem.armor("CERTIFICATE", certificate.dump()))
    return paths


def certificates_in(sealed: dict[str, Any]) -> list[Any]:
    """Every certificate of the first signature, the signer's first: from `x5c`, `xVals` and the time-stamp tokens."""
    signature = sealed["signatures"][0]
    header = json.loads(decoded(signature["protected"]))
    found = dict.fromkeys(base64.b64decode(one) for one in header["x5c"])

    def walk(value: Any) -> None:
        if isinstance(value, list):
            for item in value:
                walk(item)
        elif isinstance(value, dict):
            if "x509Cert" in value:
                found.setdefault(base64.b64decode(value["x509Cert"]["val"]))
            for token in value.get("tstTokens", ()):
                content = cms.ContentInfo.load(base64.b64decode(token["val"]))["content"]
                found.update(dict.fromkeys(one.chosen.dump() for one in content["certificates"] or ()))
            walk(list(value.values()))

    walk(header)
    walk([json.loads(decoded(item)) for item in signature["header"]["etsiU"]])
    return [asn1_x509.Certificate.load(one) for one in found]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """The address of a web server on this machine, and the paths that it was asked for."""
    asked: list[str] = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_POST = do_GET  # noqa: N815  # http.server calls it so

        def log_message(self, *arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Noting)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def seal_that_names(address: str) -> bytes:
    """An intact seal whose certificate and header give addresses for everything that could be fetched."""
    key, issuer_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())

    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    def at(path: str) -> x509.UniformResourceIdentifier:
        return x509.UniformResourceIdentifier(f"{address}/{path}")

    access = [
        x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, at("issuer")),
        x509.AccessDescription(AuthorityInformationAccessOID.OCSP, at("ocsp")),
    ]
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name("TEST seal"))
        .issuer_name(name("TEST CA"))
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.AuthorityInformationAccess(access), critical=False)
        .add_extension(
            x509.CRLDistributionPoints([x509.DistributionPoint([at("crl")], None, None, None)]), critical=False
        )
        .sign(issuer_key, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )
    policy = {
        "id": {"id": f"{address}/policy", "desc": "TEST", "docRefs": [f"{address}/document"]},
        "digAlg": "S256",
        "digVal": encoded(bytes(32)),
        "sigPQuals": [{"spURI": f"{address}/policy-text"}],
    }
    header = {
        "alg": "ES256",
        "x5u": f"{address}/x5u",
        "x5t#S256": encoded(sha256(certificate).digest()),
        "x5c": [base64.b64encode(certificate).decode()],
        "jku": f"{address}/jku",
        "iat": int(now.timestamp()),
        "sigPId": policy,
    }
    protected, payload = encoded(json.dumps(header).encode()), encoded(b"{}")
    r, s = decode_dss_signature(key.sign(f"{protected}.{payload}".encode(), ec.ECDSA(hashes.SHA256())))
    signature = {"protected": protected, "signature": encoded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))}
    return json.dumps({"payload": payload, "signatures": [signature]}).encode()


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
