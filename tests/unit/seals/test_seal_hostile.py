"""Whatever comes in: an envelope with findings, or `UnreadableError`; never another exception, never *valid*."""

import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Outcome
from edc_microcred.limits import Limits
from edc_microcred.seals import Envelope, Header, base64url, check_seals, is_sealed
from tests.unit.seals.workshop import SEALED_AT, base64_of, certificate, file_of, header_members, sealed_by_hand

NAMES = [
    "alg", "cty", "kid", "x5u", "x5t", "x5t#S256", "x5t#o", "x5c", "typ", "exp", "b64", "iat", "sigT", "sigX5ts",
    "srCms", "sigPl", "srAts", "adoTst", "sigPId", "sigD", "crit", "jku", "jwk", "nbf", "etsiU", "payload",
    "protected", "header", "signature", "signatures", "sigTst", "arcTst", "xVals", "rVals", "tstVD", "x509Cert",
    "val", "tstTokens", "cSig", "sigPSt", "digAlg", "digVal", "xRefs", "anyValData",
]  # fmt: skip
TEXTS = st.sampled_from([*NAMES, "ES256", "S256", base64_of(certificate()), "e30", "AAAA", "2026-01-01T00:00:00Z"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | st.text(), inner, max_size=6),
    max_leaves=25,
)
ANY_HEADER = st.dictionaries(st.sampled_from(NAMES), JSON, max_size=12)


def judged(data: bytes) -> list[Outcome]:
    """The outcomes of all seals in `data`; none when it is unreadable."""
    try:
        envelope = Envelope.read(data)
    except UnreadableError as error:
        assert error.message and error.remedy
        return []
    assert envelope.signatures or envelope.findings
    return [result.outcome for result in check_seals(envelope, at=SEALED_AT)]


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"\x00")
@example(b"eyJ9.e30.")
@settings(max_examples=500)
def test_any_octets_are_read_or_refused(data: bytes) -> None:
    is_sealed(data)
    assert Outcome.VALID not in judged(data)


@given(JSON)
@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
def test_any_json_is_read_or_refused(value: Any) -> None:
    data = json.dumps(value).encode()
    is_sealed(data)
    assert Outcome.VALID not in judged(data)


@given(payload=JSON, protected=JSON, header=JSON, signature=JSON, more=JSON)
@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
def test_anything_in_the_place_of_a_member_is_read_or_refused(
    payload: Any, protected: Any, header: Any, signature: Any, more: Any
) -> None:
    entry = {"protected": protected, "header": header, "signature": signature}
    for value in ({"payload": payload, **entry}, {"payload": payload, "signatures": [entry, more]}):
        assert Outcome.VALID not in judged(json.dumps(value).encode())


@given(ANY_HEADER)
@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
def test_any_header_is_read_and_judged(changes: dict[str, Any]) -> None:
    members = header_members() | changes
    text = base64url.encode(json.dumps(members).encode("utf-8", "surrogatepass"))
    header = Header.read(text)
    assert header.text == text
    judged(sealed_by_hand(json.dumps(members)))


@given(st.binary())
def test_any_octets_in_the_place_of_a_header_are_read(data: bytes) -> None:
    assert Header.read(base64url.encode(data)).findings


@given(st.lists(JSON | st.dictionaries(st.sampled_from(NAMES), JSON, min_size=1, max_size=1), max_size=5))
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_anything_that_is_added_to_a_good_seal_leaves_it_intact_and_is_reported(items: list[Any]) -> None:
    result = check_seals(Envelope.read(file_of({"unprotected": {"etsiU": items}})), at=SEALED_AT)[0]
    assert result.intact
    assert bool(result.findings) == bool(items)


@given(st.integers(0, 10_000), st.integers(1, 255))
@settings(max_examples=400)
def test_any_octet_changed_anywhere_in_a_sealed_file_is_never_valid_as_another_payload(place: int, mask: int) -> None:
    good = file_of({})
    data = bytearray(good)
    data[place % len(data)] ^= mask
    try:
        envelope = Envelope.read(bytes(data))
    except UnreadableError:
        return
    for result in check_seals(envelope, at=SEALED_AT):
        if result.outcome is Outcome.VALID:
            assert envelope.payload == Envelope.read(good).payload


@given(st.integers(0, 2_000), st.integers(1, 255))
@settings(max_examples=300)
def test_a_damaged_certificate_is_passed_over_or_does_not_match(place: int, mask: int) -> None:
    data = bytearray(base64url.decode_leniently(base64_of(certificate())) or b"")
    data[place % len(data)] ^= mask
    members = header_members(x5c=[base64url.encode(bytes(data))])
    assert Outcome.VALID not in judged(sealed_by_hand(members))


def test_twenty_thousand_of_anything_are_told_in_one_finding_each() -> None:
    many = [f"n{number}" for number in range(20_000)]
    items = [{name: 1} for name in many]
    members = header_members(crit=["b64", "sigT", *many, *many], **dict.fromkeys(many, 1), **{f"x{n}": 1 for n in many})
    data = json.loads(sealed_by_hand(members))
    data |= dict.fromkeys(many, 1)
    data["signatures"][0] |= {**dict.fromkeys(many, 1), "header": {**dict.fromkeys(many, 1), "etsiU": items}}
    limits = Limits(members=10**7)
    envelope = Envelope.read(json.dumps(data).encode(), limits)
    (result,) = check_seals(envelope, at=SEALED_AT)
    assert result.intact is True and len(result.findings) < 10
    assert "and 19995 more" in result.findings[0].message


def test_half_a_million_additions_are_counted_and_not_read() -> None:
    data = json.loads(file_of({}))
    data["signatures"][0]["header"] = {"etsiU": ["AAAA"] * 400_000}
    start = time.process_time()
    (result,) = check_seals(Envelope.read(json.dumps(data).encode()), at=SEALED_AT)
    assert time.process_time() - start < 2
    assert (result.outcome, [f.rule for f in result.findings]) == (Outcome.INDETERMINATE, ["seal/etsiu-wrong"])


@pytest.mark.parametrize("crit", [["b64", "sigT"], ["b64", "sigT", "etsiU"]])
def test_additions_in_the_sealed_header_are_not_passed_over_in_silence(crit: list[str]) -> None:
    members = header_members(crit=crit, etsiU=[{"rVals": {"crlVals": []}}])
    (result,) = check_seals(Envelope.read(sealed_by_hand(members)), at=SEALED_AT)
    assert (result.outcome, [f.rule for f in result.findings]) == (Outcome.INDETERMINATE, ["seal/etsiu-wrong"])


def test_no_more_certificates_are_handed_on_than_the_limits_allow() -> None:
    many = [certificate("EC P-256", number) for number in range(10, 90)]
    members = header_members(x5c=[base64_of(certificate()), *(base64_of(one) for one in many[:60])])
    data = json.loads(sealed_by_hand(members))
    data["signatures"][0]["header"] = {"etsiU": [{"xVals": [{"x509Cert": {"val": base64_of(one)}} for one in many]}]}
    (result,) = check_seals(Envelope.read(json.dumps(data).encode()), at=SEALED_AT)
    assert result.chain == tuple(many[:64])


@pytest.mark.parametrize("exp", ["1767225600", None, True, [1767225600], {}, "2026-01-01T00:00:00Z"])
def test_a_time_limit_that_cannot_be_read_is_none_that_is_absent(exp: Any) -> None:
    members = json.dumps({**header_members(), "exp": exp})
    (result,) = check_seals(Envelope.read(sealed_by_hand(members)), at=SEALED_AT)
    assert (result.outcome, [f.rule for f in result.findings]) == (Outcome.INVALID, ["seal/header-member-wrong"])
