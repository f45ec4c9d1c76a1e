"""Making seals: every form that there is, exactly as it must be written, and nothing that could not be read again."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st
from jwcrypto.jwk import JWK
from jwcrypto.jws import JWS, InvalidJWSSignature

from edc_microcred.errors import SealError
from edc_microcred.seals import ALGORITHMS, Envelope, FileSigner, Header, base64url, check_seal, prepare, seal
from tests.unit.seals.workshop import (
    PAYLOAD,
    SEALED_AT,
    authority,
    base64_of,
    certificate,
    expired_certificate,
    key,
    kind_for,
    signer,
)

FORMS = [
    (header, serialization, b64)
    for header in ("edc", "etsi")
    for serialization in ("general", "flattened", "compact")
    for b64 in (False, True)
]
POSSIBLE = [form for form in FORMS if form[0] == "etsi" or form == ("edc", "general", False)]
PLAIN = "plain ASCII without full stop"


def payload_for(serialization: str, b64: bool) -> str:
    return PLAIN if serialization == "compact" and not b64 else PAYLOAD


@pytest.mark.parametrize(("header", "serialization", "b64"), POSSIBLE)
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_form_is_read_back_as_it_was_sealed(algorithm: str, header: Any, serialization: Any, b64: bool) -> None:
    payload = payload_for(serialization, b64)
    data = seal(payload, signer(algorithm), header=header, serialization=serialization, b64=b64, at=SEALED_AT)
    envelope = Envelope.read(data)
    result = check_seal(envelope, at=SEALED_AT)
    assert (envelope.serialization, envelope.payload_text, result.outcome) == (serialization, payload, "valid")
    assert (envelope.signatures[0].header.b64, result.algorithm, result.claimed_time) == (b64, algorithm, SEALED_AT)
    assert dict(result.levels) == ({"1.1.1": "B", "1.2.1": None} if header == "edc" else {"1.1.1": None, "1.2.1": "B"})


@pytest.mark.parametrize(("header", "serialization", "b64"), [form for form in FORMS if form not in POSSIBLE])
def test_the_edc_header_is_refused_in_any_other_form(header: Any, serialization: Any, b64: bool) -> None:
    with pytest.raises(SealError, match="general serialization and b64=False only") as refusal:
        seal(PLAIN, signer(), header=header, serialization=serialization, b64=b64)
    assert "etsi" in refusal.value.remedy


def test_a_sealed_credential_is_written_as_the_commission_writes_it() -> None:
    data = seal(PAYLOAD, signer(), at=SEALED_AT)
    assert (
        data.startswith(b'{"payload":"{') and b", " not in data.replace(PAYLOAD.replace('"', "").encode(), b"")[-900:]
    )
    whole = json.loads(data)
    assert list(whole) == ["payload", "signatures"] and whole["payload"] == PAYLOAD
    (signature,) = whole["signatures"]
    assert list(signature) == ["protected", "signature"]
    header = base64url.decode(signature["protected"])
    assert header is not None
    members = json.loads(header)
    assert list(members) == ["alg", "cty", "kid", "x5t#S256", "x5c", "typ", "b64", "sigT", "crit"]
    assert header == json.dumps(members, separators=(",", ":")).encode()
    assert (members["cty"], members["typ"], members["b64"], members["sigT"], members["crit"]) == (
        "json", "jose+json", False, "2026-03-01T10:00:00Z", ["b64", "sigT"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("serialization", "b64", "names", "crit"),
    [
        ("general", False, ["b64", "iat", "crit"], ["b64"]),
        ("flattened", True, ["iat"], None),
        ("compact", True, ["iat"], None),
    ],
)
def test_the_etsi_header_has_iat_and_the_shortest_crit(
    serialization: Any, b64: bool, names: list[str], crit: Any
) -> None:
    data = seal(PAYLOAD, signer(), header="etsi", serialization=serialization, b64=b64, at=SEALED_AT)
    members = Envelope.read(data).signatures[0].header.members
    assert list(members) == ["alg", "kid", "x5t#S256", "x5c", "typ", *names]
    assert (members["iat"], members.get("crit")) == (int(SEALED_AT.timestamp()), crit)
    assert members["typ"] == ("jose" if serialization == "compact" else "jose+json")


@pytest.mark.parametrize(
    ("content_type", "cty"),
    [("json", "json"), ("application/json", "json"), ("application/ld+json", "ld+json"), ("text/plain", "text/plain"),
     ("application/a/b", "application/a/b")],
)  # fmt: skip
def test_the_content_type_is_shortened_as_jws_wants_it(content_type: str, cty: str) -> None:
    for header in ("edc", "etsi"):
        data = seal(PAYLOAD, signer(), header=header, content_type=content_type)  # type: ignore[arg-type]  # both are profiles
        assert Envelope.read(data).signatures[0].header.cty == cty


def test_the_chain_stands_in_the_header_without_its_root() -> None:
    middle = certificate("EC P-384", issued=True)
    made = FileSigner(key("EC P-256"), [certificate(issued=True), authority()])
    assert Envelope.read(seal(PAYLOAD, made)).signatures[0].header.certificates == (certificate(issued=True),)
    pending = prepare(PAYLOAD, [certificate(), middle], "ES256")
    header = Header.read(pending.signing_input.split(b".")[0].decode())
    assert header.members["x5c"] == [base64_of(certificate()), base64_of(middle)]


@pytest.mark.parametrize("payload", [PAYLOAD, PAYLOAD.encode()])
def test_text_and_octets_give_the_same_seal(payload: str | bytes) -> None:
    assert Envelope.read(seal(payload, signer())).payload == PAYLOAD.encode()


def test_sealing_with_rsa_is_deterministic() -> None:
    first, second = (seal(PAYLOAD, signer("RS256"), at=SEALED_AT) for _ in range(2))
    assert first == second


def test_the_time_may_be_of_any_zone_and_loses_parts_of_a_second() -> None:
    at = datetime(2026, 3, 1, 12, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=2)))
    assert check_seal(Envelope.read(seal(PAYLOAD, signer(), at=at))).claimed_time == SEALED_AT
    assert check_seal(Envelope.read(seal(PAYLOAD, signer(), header="etsi", at=at))).claimed_time == SEALED_AT


def test_the_default_time_is_now() -> None:
    claimed = check_seal(Envelope.read(seal(PAYLOAD, signer()))).claimed_time
    assert claimed is not None and abs(datetime.now(UTC) - claimed) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("payload", "message"),
    [("", "empty"), (b"", "empty"), ("half \ud83d", "half a character"), (b"\xff", "not UTF-8"), ("\udcff", "half"),
     (b'{"payload":"x","signatures":[]}', "sealed file already"), ("eyJ9.e30.AAAA", "sealed file already")],
)  # fmt: skip
def test_a_payload_that_nobody_could_read_again_is_refused(payload: str | bytes, message: str) -> None:
    with pytest.raises(SealError, match=message) as refusal:
        seal(payload, signer())
    assert refusal.value.remedy and refusal.value.__cause__ is None
    assert refusal.value.__context__ is None or refusal.value.__suppress_context__  # it would show the payload


def test_what_was_sealed_is_not_sealed_again() -> None:
    for form in POSSIBLE:
        header, serialization, b64 = form
        data = seal(payload_for(serialization, b64), signer(), header=header, serialization=serialization, b64=b64)
        with pytest.raises(SealError, match="sealed file already"):
            seal(data, signer())


@pytest.mark.parametrize("payload", ["full. stop", "žuto", "two\nlines", "tab\t", "\x7f"])
def test_a_compact_seal_over_plain_text_takes_url_safe_text_only(payload: str) -> None:
    with pytest.raises(SealError, match="printable ASCII without full stops"):
        seal(payload, signer(), header="etsi", serialization="compact", b64=False)


@pytest.mark.parametrize(
    ("at", "word"), [(datetime(2036, 1, 1, tzinfo=UTC), "expired"), (datetime(2024, 1, 1, tzinfo=UTC), "not valid yet")]
)
def test_a_certificate_outside_its_validity_does_not_seal_unless_that_is_wanted(at: datetime, word: str) -> None:
    with pytest.raises(SealError, match=word):
        seal(PAYLOAD, signer(), at=at)
    assert check_seal(Envelope.read(seal(PAYLOAD, signer(), at=at, outside_validity=True)), at=at).intact


def test_an_expired_certificate_does_not_seal_today() -> None:
    with pytest.raises(SealError, match="has expired"):
        seal(PAYLOAD, FileSigner(key("EC P-256"), [expired_certificate()]))


def test_mistakes_of_the_caller_are_told_before_anything_is_signed() -> None:
    for wrong in (
        {"header": "xades"}, {"serialization": "xml"}, {"at": SEALED_AT.replace(tzinfo=None)}, {"content_type": ""},
        {"content_type": "a\nb"},
    ):  # fmt: skip
        with pytest.raises(SealError) as refusal:
            seal(PAYLOAD, signer(), **wrong)  # type: ignore[arg-type]  # the very mistake
        assert refusal.value.remedy
    for certificates, algorithm in (
        ([certificate()], "RS256"), ([certificate()], "ES384"), ([certificate("RSA-2048")], "ES256"),
        ([certificate("RSA-1024")], "RS256"), ([certificate("Ed25519")], "ES256"),
        ([certificate()], "EdDSA"), ([], "ES256"),
    ):  # fmt: skip
        with pytest.raises(SealError) as refusal:
            prepare(PAYLOAD, certificates, algorithm)
        assert refusal.value.remedy


# Two steps, for a key that is elsewhere.


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize(("header", "serialization", "b64"), POSSIBLE)
def test_two_steps_give_what_one_step_gives(algorithm: str, header: Any, serialization: Any, b64: bool) -> None:
    own = signer(algorithm)
    payload = payload_for(serialization, b64)
    pending = prepare(
        payload, own.certificates, algorithm, header=header, serialization=serialization, b64=b64, at=SEALED_AT
    )
    assert pending.digest == ALGORITHMS[algorithm].digest_of(pending.signing_input)
    assert (pending.algorithm, pending.digest_algorithm) == (algorithm, ALGORITHMS[algorithm].digest)
    data = pending.complete(own.sign_digest(pending.digest))
    assert check_seal(Envelope.read(data), at=SEALED_AT).outcome == "valid"
    if algorithm.startswith("RS"):
        assert data == seal(payload, own, header=header, serialization=serialization, b64=b64, at=SEALED_AT)


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_a_value_that_does_not_fit_is_not_written(algorithm: str) -> None:
    pending = prepare(PAYLOAD, signer(algorithm).certificates, algorithm)
    good = signer(algorithm).sign_digest(pending.digest)
    for value in (b"", good[:-1], good + b"\0", bytes(len(good)), signer(algorithm).sign_digest(bytes(32))):
        with pytest.raises(SealError, match="does not fit"):
            pending.complete(value)


def test_a_value_in_der_is_recognised() -> None:
    from cryptography.hazmat.primitives.asymmetric import ec, utils
    from cryptography.hazmat.primitives.hashes import SHA256

    pending = prepare(PAYLOAD, [certificate()], "ES256")
    with pytest.raises(SealError, match="64 bytes in all, not DER"):
        pending.complete(key("EC P-256").sign(pending.digest, ec.ECDSA(utils.Prehashed(SHA256()))))


def test_a_pending_seal_does_not_show_its_payload() -> None:
    assert "Ćirić" not in repr(prepare(PAYLOAD, [certificate()], "ES256"))


class Elsewhere:
    """A signer of somebody else, which may return anything."""

    algorithm = "ES256"

    def __init__(self, value: bytes | None) -> None:
        self.value = value

    @property
    def certificates(self) -> tuple[x509.Certificate, ...]:
        return (certificate(),)

    def sign_digest(self, digest: bytes) -> bytes:
        return signer().sign_digest(digest) if self.value is None else self.value


def test_any_object_that_signs_a_digest_is_a_signer_and_is_not_believed() -> None:
    assert check_seal(Envelope.read(seal(PAYLOAD, Elsewhere(None)))).outcome == "valid"
    with pytest.raises(SealError, match="does not fit"):
        seal(PAYLOAD, Elsewhere(bytes(64)))


# Others read what we write.


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back_out_of_the_json_as_it_went_in(payload: str) -> None:
    for serialization in ("general", "flattened"):
        data = seal("." + payload, signer(), header="etsi", serialization=serialization)  # type: ignore[arg-type]  # it is one
        assert json.loads(data)["payload"] == "." + payload


def test_every_control_character_is_escaped() -> None:
    payload = "".join(map(chr, range(0x20))) + '\\"\x7f\u2028'
    assert json.loads(seal(payload, signer()))["payload"] == payload


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("serialization", ["general", "flattened", "compact"])
def test_jwcrypto_verifies_our_plain_seals(algorithm: str, serialization: Any) -> None:
    data = seal(PAYLOAD, signer(algorithm), header="etsi", serialization=serialization, b64=True).decode()
    token = JWS()
    token.deserialize(data)
    token.allowed_algs = [algorithm]
    token.verify(JWK.from_pyca(key(kind_for(algorithm)).public_key()))
    assert token.payload == PAYLOAD.encode()
    with pytest.raises(InvalidJWSSignature):
        token.verify(JWK.from_pyca(key(kind_for(algorithm), 4).public_key()))
