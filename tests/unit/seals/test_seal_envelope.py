"""Taking a sealed file apart: the three serializations, and text that stays as found."""

import json

import pytest

from edc_microcred.errors import LimitError, UnreadableError
from edc_microcred.limits import Limits
from edc_microcred.seals import Envelope, Serialization, base64url, check_seal, is_sealed
from tests.unit.seals.workshop import (
    PAYLOAD,
    SEALED_AT,
    changed,
    file_of,
    header_members,
    protected_text,
    rules,
    sealed_by_hand,
    value_text,
)


def general() -> dict[str, object]:
    value: dict[str, object] = json.loads(file_of({}))
    return value


def compact(payload: str = base64url.encode(PAYLOAD.encode()), *, b64: bool = True) -> bytes:
    changes = {"typ": "jose"} if not b64 else {"typ": "jose", "b64": None, "crit": ["sigT"]}
    protected = protected_text(header_members(**changes))
    return f"{protected}.{payload}.{value_text(protected, payload)}".encode()


def test_general_flattened_and_compact_give_the_same_payload() -> None:
    whole = general()
    (signature,) = whole["signatures"]
    flattened = json.dumps({"payload": whole["payload"], **signature}).encode()
    for data, form in (
        (json.dumps(whole).encode(), Serialization.GENERAL),
        (flattened, Serialization.FLATTENED),
        (compact(), Serialization.COMPACT),
    ):
        envelope = Envelope.read(data)
        assert (envelope.serialization, envelope.payload, envelope.payload_text) == (form, PAYLOAD.encode(), PAYLOAD)
        assert envelope.findings == ()
        assert check_seal(envelope, at=SEALED_AT).intact
        assert is_sealed(data)


def test_a_compact_seal_may_hold_plain_text_without_full_stops() -> None:
    envelope = Envelope.read(compact("plain text, $5", b64=False))
    assert envelope.payload == b"plain text, $5"
    assert check_seal(envelope, at=SEALED_AT).intact


def test_the_same_text_in_other_json_spellings_is_the_same_seal() -> None:
    good = file_of({})
    escaped = json.dumps(json.loads(good), indent=3).encode()
    as_utf8 = json.dumps(json.loads(good), ensure_ascii=False, separators=(" ,\n", "\t:\r\n")).encode()
    slashes = good.replace(b"T", b"\\u0054")
    for data in (good, escaped, as_utf8, slashes):
        envelope = Envelope.read(data)
        assert envelope.payload_text == PAYLOAD
        assert check_seal(envelope, at=SEALED_AT).intact
    assert len({escaped, as_utf8, good, slashes}) == 4


def test_one_space_more_in_the_payload_breaks_the_seal() -> None:
    good = file_of({})
    assert rules(changed(good, b"Data basics", b"Data  basics")) == {"seal/signature-wrong"}


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\n\n\n"])
def test_line_ends_after_a_compact_seal_are_passed_over(ending: bytes) -> None:
    assert check_seal(Envelope.read(compact() + ending), at=SEALED_AT).intact


@pytest.mark.parametrize(
    "data",
    [b"", b"  ", b"\xef\xbb\xbf{}", b"\xff\xfe{}", b"<html>", b"%PDF-1.7", b"[]", b"null", b'"x"', b"{", b"{hello:1}",
     b'{"payload":"a","payload":"b","signatures":[]}', b'{"payload":"\\ud800","signatures":[]}',
     b'{"payload":NaN,"signatures":[]}', b'{"payload":' + b"[" * 100_000, b"a.b", b"a.b.c.d", b" a.b.c", b"a.b.c ",
     b"e30.\x01.AA", "e30.é.AA".encode(), b'{"payload":1e999}'],
)  # fmt: skip
def test_what_is_no_sealed_file_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(UnreadableError) as refusal:
        Envelope.read(data)
    assert refusal.value.message and refusal.value.remedy


def test_a_duplicate_member_in_a_signature_makes_the_file_unreadable() -> None:
    good = file_of({})
    with pytest.raises(UnreadableError, match="twice"):
        Envelope.read(changed(good, b'"signature":', b'"signature": "AAAA", "signature":'))


def test_limits_on_size_and_signatures_hold() -> None:
    good = file_of({})
    with pytest.raises(LimitError):
        Envelope.read(good, Limits(size=len(good) - 1))
    with pytest.raises(LimitError):
        Envelope.read(file_of({"second": {}}), Limits(signatures=1))


@pytest.mark.parametrize(
    ("data", "sealed"),
    [(b'{"payload":"a","signatures":[]}', True), (b' \n{ "payload" : "a", "signature": "b"}', True),
     (b'{"signatures":[{"protected":"e30","signature":""}]}', True), (b'{"x":1,"payload":"a","signature":"b"}', True),
     (b'{"x":1,"signature":"b"}', False), (b'{"x":{"payload":"a","signatures":[]}}', False), (b"{}", False),
     (b'{"@context":[],"proof":{"signatureValue":"x"}}', False), (b"[]", False), (b"", False), (b"a.b.c", False),
     (b"eyJ9.e30.AAAA", True), (b"eyJ9.e30.AAAA~d~", False), (b'{"signature', False), (b"\xff\"signature", False)],
)  # fmt: skip
def test_a_sealed_file_is_told_from_others_by_its_form(data: bytes, sealed: bool) -> None:
    assert is_sealed(data) is sealed


@pytest.mark.parametrize("payload", [{}, [], 5, True, None, 1.5])
def test_a_payload_that_is_no_text_is_never_accepted(payload: object) -> None:
    whole = general() | {"payload": payload}
    envelope = Envelope.read(json.dumps(whole).encode())
    assert (envelope.payload, envelope.payload_text, envelope.signed_octets) == (None, None, None)
    assert {finding.rule for finding in envelope.findings} == {"seal/payload-not-text"}
    assert check_seal(envelope, at=SEALED_AT).intact is False


def test_a_detached_seal_is_indeterminate_and_not_broken() -> None:
    for data in (file_of({"file": {"payload": None}}), file_of({"file": {"payload": ""}}), compact("")):
        result = check_seal(Envelope.read(data), at=SEALED_AT)
        assert (result.intact, result.outcome) == (None, "indeterminate")


def test_entries_that_are_no_signatures_are_named_and_do_not_hide_the_others() -> None:
    whole = general()
    whole["signatures"] = [5, {"protected": "e30"}, *whole["signatures"], {"signature": 5}]
    envelope = Envelope.read(json.dumps(whole).encode())
    assert len(envelope.signatures) == 1
    assert [finding.pointer for finding in envelope.findings] == ["/signatures/0", "/signatures/1", "/signatures/3"]
    assert check_seal(envelope, at=SEALED_AT).intact
    assert check_seal(envelope, at=SEALED_AT).outcome == "invalid"


@pytest.mark.parametrize("member", ["protected", "header"])
def test_a_header_of_the_wrong_type_is_refused(member: str) -> None:
    assert "seal/signature-unreadable" in rules(file_of({"signature": {member: 5}}))


def test_items_of_etsi_u_are_kept_as_found_in_their_order() -> None:
    clear = {"sigTst": {"tstTokens": []}}
    text = base64url.encode(b'{ "rVals" : {} }')
    envelope = Envelope.read(file_of({"unprotected": {"etsiU": [text, text, clear, "???"]}}))
    items = envelope.signatures[0].etsi_u
    assert [item.name for item in items] == ["rVals", "rVals", "sigTst", None]
    assert [item.raw for item in items] == [text, text, clear, "???"]


def test_a_payload_that_is_not_text_has_octets_and_no_text() -> None:
    member = base64url.encode(b"\xff\xfe")
    envelope = Envelope.read(sealed_by_hand(header_members(b64=None, crit=["sigT"]), member))
    assert (envelope.payload, envelope.payload_text) == (b"\xff\xfe", None)
    assert check_seal(envelope, at=SEALED_AT).outcome == "valid"
