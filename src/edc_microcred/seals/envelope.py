"""A sealed file, taken apart and kept as found: payload, signatures, and what stands beside them unsigned.

The three serializations of a JSON Web Signature are read: general and flattened JSON, and compact. What was signed is
the text as found: the protected header, a full stop, and the payload member, so that no byte is ever written again.

    >>> envelope = Envelope.read(b'{"payload": {"name": "Ana"}, "signatures": []}')
    >>> envelope.payload, [finding.rule for finding in envelope.findings]
    (None, ['seal/payload-not-text', 'seal/signature-missing'])

Clauses: RFC 7515, 3 and 7; RFC 7797, 3 and 5; ETSI TS 119 182-1 V1.2.1, 5.3.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from edc_microcred import json_text
from edc_microcred.errors import LimitError, UnreadableError
from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.limits import DEFAULT_LIMITS, Limits
from edc_microcred.seals import base64url
from edc_microcred.seals.crit import listed
from edc_microcred.seals.etsi_u import ETSIU_WRONG, Item, read_items
from edc_microcred.seals.header import Header

PAYLOAD_NOT_TEXT: Final = Rule(
    id="seal/payload-not-text",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7515, 7.2.1; RFC 7797, 5.2",
    title="The payload is not the text that was sealed",
    message="`payload` must be a text; it is {seen}.",
    why="What was sealed are the characters of a text. In another JSON value they are lost: nothing can be checked.",
    fix="Get the file again as the sealer made it: some programs unpack the payload when they store it.",
    wrong={"file": {"payload": {"title": "Data basics"}}},
    right={"file": {}},
)
PAYLOAD_DETACHED: Final = Rule(
    id="seal/payload-detached",
    severity=Severity.ERROR,
    indeterminate=True,
    since="0.1",
    source="RFC 7515, appendix F; ETSI TS 119 182-1 V1.2.1, 5.2.8",
    title="What was sealed is not in the file",
    message="The seal is over something outside the file ({how}), which was not looked for.",
    why="A seal says nothing without the thing that it seals.",
    fix="Check the seal together with its document in a program for detached seals.",
    wrong={"file": {"payload": None}},
    right={"file": {}},
)
SIGNATURE_MISSING: Final = Rule(
    id="seal/signature-missing",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7515, 7.2.1",
    title="The sealed file holds no signature",
    message="There is no signature in the file.",
    why="It has the form of a sealed file, but nobody sealed it.",
    fix="Get the file again from its issuer.",
    wrong={"file": {"signatures": []}},
    right={"file": {}},
)
SIGNATURE_UNREADABLE: Final = Rule(
    id="seal/signature-unreadable",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7515, 7.2",
    title="A signature cannot be read",
    message="{what}",
    why="Readers that guess what was meant may see different signatures in one file.",
    fix="Get the file again as the sealer made it.",
    wrong={"signature": {"signature": "not base64url!"}},
    right={"signature": {}},
)
BASE64URL_WRONG: Final = Rule(
    id="seal/base64url-wrong",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7515, 2 and 3.2",
    title="The payload is not in base64url",
    message="The header says that the payload is in base64url, but it is not in the one form that the standard allows.",
    why="With padding, line breaks or other letters two readers may decode two payloads.",
    fix="Get the file again as the sealer made it. If it was made so, it must be sealed again.",
    wrong={"b64": True, "payload": "e30="},
    right={"b64": True, "payload": "e30"},
)
B64_DIFFERS: Final = Rule(
    id="seal/b64-differs",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7797, 3",
    title="The signatures read the payload differently",
    message="Some signatures take the payload as base64url and others as plain text (`b64`).",
    why="They are then over different octets, and it is not clear which of them are meant.",
    fix="Seal again, with the same `b64` in every signature.",
    wrong={"second": {"b64": True}},
    right={"second": {"b64": False}},
)
SERIALIZATION_MIXED: Final = Rule(
    id="seal/serialization-mixed",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7515, 7.2.1 and 7.2.2",
    title="The file is of two serializations at once",
    message="The file holds `signatures` and `{member}` side by side.",
    why="One reader checks the list of signatures, another the single one: they may say different things.",
    fix="Get the file again as the sealer made it.",
    wrong={"file": {"protected": "e30"}},
    right={"file": {}},
)
MEMBER_UNSIGNED: Final = Rule(
    id="seal/member-unsigned",
    severity=Severity.WARNING,
    since="0.1",
    source="RFC 7515, 7.2.1",
    title="The file holds something that is not sealed",
    message="Beside the sealed payload stands what is not sealed; it was ignored: {names}.",
    why="Anybody can add or change it, and a program that shows it lends it the credit of the seal.",
    fix="Do not rely on it. If it matters, it belongs into the payload before sealing.",
    wrong={"file": {"note": "Passed with honours"}},
    right={"file": {}},
)
HEADER_UNSIGNED: Final = Rule(
    id="seal/header-unsigned",
    severity=Severity.WARNING,
    since="0.1",
    source="RFC 7515, 4 and 7.2.1",
    title="A header member is not sealed",
    message="The unprotected header holds what is not sealed; it was ignored: {names}.",
    why="Anybody can add or change it. Only `etsiU` belongs there.",
    fix="Do not rely on it.",
    wrong={"unprotected": {"remark": "added later"}},
    right={"unprotected": {}},
)
HEADER_TWICE: Final = Rule(
    id="seal/header-twice",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7515, 4 and 7.2.1; RFC 7797, 3",
    title="The unsealed header overrides the sealed one",
    message="The unprotected header holds what must stand in the protected one only: {names}.",
    why="A reader that takes it from there follows whoever added it and not the sealer.",
    fix="Get the file again as the sealer made it.",
    wrong={"unprotected": {"alg": "none"}},
    right={"unprotected": {}},
)

RULES: Final = (
    PAYLOAD_NOT_TEXT, PAYLOAD_DETACHED, SIGNATURE_MISSING, SIGNATURE_UNREADABLE, BASE64URL_WRONG, B64_DIFFERS,
    SERIALIZATION_MIXED, MEMBER_UNSIGNED, HEADER_UNSIGNED, HEADER_TWICE,
)  # fmt: skip

# As DSS has it: only line ends may follow, and a payload that is not base64url is printable ASCII without full stop.
_COMPACT: Final = re.compile(r"([A-Za-z0-9_-]+)\.([\x20-\x2d\x2f-\x7e]*)\.([A-Za-z0-9_-]*)[\r\n]*")
_SEAL_FIRST: Final = re.compile(rb'[ \t\r\n]*\{[ \t\r\n]*"(?:payload|protected|signatures?|header)"')
_OBJECT: Final = re.compile(rb"[ \t\r\n]*\{")
_ABSENT: Final = object()
_NEVER_UNSIGNED: Final = frozenset({"b64", "crit"})


class Serialization(StrEnum):
    """The three forms of a JSON Web Signature, by their names in RFC 7515, 7."""

    GENERAL = "general"
    FLATTENED = "flattened"
    COMPACT = "compact"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature of a sealed file. `protected` and `value_text` are as found; `unprotected` is the other header."""

    protected: str
    header: Header
    value: bytes
    value_text: str
    unprotected: Mapping[str, Any]
    etsi_u: tuple[Item, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed file. What is wrong with its form is in `findings`, with pointers into the file.

    `signed_octets` are those that the seal is over: the payload member's text in UTF-8, as it stands in the file; None
    when there is none or it is no text. `payload` are the octets that the sealer sealed (decoded where `b64` is true),
    `payload_text` is their text; each None when it cannot be had.
    """

    serialization: Serialization
    signed_octets: bytes | None
    payload: bytes | None
    payload_text: str | None
    signatures: tuple[Signature, ...]
    findings: tuple[Finding, ...]

    @classmethod
    def read(cls, data: bytes, limits: Limits = DEFAULT_LIMITS) -> "Envelope":
        """The sealed file `data`. Raises `UnreadableError` when it is neither a JSON object nor a compact JWS."""
        limits.check_size(len(data), "The sealed file")
        if _OBJECT.match(data):
            return _read_json(json_text.parse(data, limits=limits, what="The sealed file"), limits)
        text = json_text.decode(data, what="The sealed file")
        compact = _COMPACT.fullmatch(text)
        if compact is None:
            raise UnreadableError(
                "This is no sealed file: neither a JSON object nor three parts with a full stop between them.",
                remedy="Give the file as the sealer made it; a page, a PDF or a cut download is not a sealed file.",
            )
        signature = _read_signature(compact[1], {}, compact[3], "", limits)
        return _assemble(Serialization.COMPACT, compact[2], [signature], [], "")


def begins_as_sealed(data: bytes) -> bool:
    """Whether `data` begins as the sealed files of all known programs do; a look at the first octets only."""
    return bool(_SEAL_FIRST.match(data)) or data.startswith(b"ey")


def is_sealed(data: bytes) -> bool:
    """Whether `data` has the form of a sealed file; one whose seal is broken or unreadable still has it."""
    if b'"signature' not in data:
        head, _, rest = data.partition(b".")
        return head.startswith(b"ey") and rest.count(b".") == 1 and bool(_COMPACT.fullmatch(data.decode("latin-1")))
    if _SEAL_FIRST.match(data):
        return True
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return has_seal(value)


def has_seal(members: Any) -> bool:
    """Whether a JSON value has the members of a sealed file."""
    if not isinstance(members, dict):
        return False
    if isinstance(members.get("signatures"), list):
        return "payload" in members or any(isinstance(s, dict) and "protected" in s for s in members["signatures"])
    return "signature" in members and ("payload" in members or "protected" in members)


def _read_json(members: Mapping[str, Any], limits: Limits) -> Envelope:
    findings: list[Finding] = []
    entries = members.get("signatures")
    if isinstance(entries, list):
        serialization, own = Serialization.GENERAL, {"payload", "signatures"}
        if len(entries) > limits.signatures:
            raise LimitError(
                f"The sealed file holds {len(entries):,} signatures; the limit is {limits.signatures}.",
                remedy="No credential has so many. If it is meant, raise the limit: Limits(signatures=...).",
            )
        for name in ("signature", "protected", "header"):
            if name in members:
                findings.append(SERIALIZATION_MIXED.found(json_text.pointer(name), member=name))
                own.add(name)
        places = [(entry, json_text.pointer("signatures", i)) for i, entry in enumerate(entries)]
    else:
        serialization, own = Serialization.FLATTENED, {"payload", "protected", "header", "signature"}
        places = [(members, "")] if "signature" in members else []
        if "signatures" in members:
            own.add("signatures")
            findings.append(SIGNATURE_UNREADABLE.found("/signatures", what="`signatures` is no list."))
    findings += _unsigned(MEMBER_UNSIGNED, "", [name for name in members if name not in own])
    signatures = []
    for entry, place in places:
        if not isinstance(entry, dict) or not isinstance(entry.get("signature"), str):
            what = "A signature is no object with a text in `signature`."
            findings.append(SIGNATURE_UNREADABLE.found(place, what=what))
            continue
        if serialization is Serialization.GENERAL:
            unsigned = [name for name in entry if name not in ("protected", "header", "signature")]
            findings += _unsigned(MEMBER_UNSIGNED, place, unsigned)
        protected, unprotected = entry.get("protected", ""), entry.get("header", {})
        signatures.append(_read_signature(protected, unprotected, entry["signature"], place, limits))
    return _assemble(serialization, members.get("payload", _ABSENT), signatures, findings, "/payload")


def _read_signature(protected: object, unprotected: object, value_text: str, place: str, limits: Limits) -> Signature:
    """One signature; `place` is the pointer to its object, empty where the file is the object or is compact."""
    findings: list[Finding] = []
    value = base64url.decode(value_text)
    if value is None:
        what = "The signature value is no base64url text without padding."
        findings.append(SIGNATURE_UNREADABLE.found(place, focus="signature", what=what))
    if not isinstance(protected, str):
        findings.append(SIGNATURE_UNREADABLE.found(place, focus="protected", what="`protected` is no text."))
        protected = ""
    if not isinstance(unprotected, dict):
        findings.append(SIGNATURE_UNREADABLE.found(place, focus="header", what="`header` is no object."))
        unprotected = {}
    header = Header.read(protected, unprotected=frozenset(unprotected), limits=limits)
    findings += [finding.moved(place) for finding in header.findings]
    twice = [name for name in unprotected if name in header.members or name in _NEVER_UNSIGNED]
    findings += _unsigned(HEADER_TWICE, f"{place}/header", twice)
    other = unprotected.keys() - {"etsiU", *twice}
    findings += _unsigned(HEADER_UNSIGNED, f"{place}/header", [name for name in unprotected if name in other])
    items: tuple[Item, ...] = ()
    if "etsiU" in header.members:
        what = "`etsiU` stands in the sealed header, where nothing can have been added after sealing; it was not read."
        findings.append(ETSIU_WRONG.found(place, focus="etsiU", what=what))
    if "etsiU" in unprotected:
        items, found = read_items(unprotected["etsiU"], limits=limits)
        findings += [finding.moved(f"{place}/header/etsiU") for finding in found]
    return Signature(
        protected=protected,
        header=header,
        value=value or b"",
        value_text=value_text,
        unprotected=MappingProxyType(unprotected),
        etsi_u=items,
        findings=tuple(findings),
    )


def _unsigned(rule: Rule, place: str, names: list[str]) -> list[Finding]:
    """One finding of `rule` for all `names` in the object at `place`; none where there are no names."""
    return [rule.found(place + json_text.pointer(names[0]), focus=names[0], names=listed(names))] if names else []


def _assemble(
    serialization: Serialization, member: object, signatures: list[Signature], findings: list[Finding], place: str
) -> Envelope:
    """The envelope, with the payload as the first signature's `b64` says that it is written."""
    readable = [signature.header for signature in signatures if signature.header.tells_b64]
    text = member if isinstance(member, str) else None
    signed = text.encode("utf-8") if text else None
    payload: bytes | None = None
    payload_text: str | None = None
    if text is None and member is not _ABSENT:
        findings.append(PAYLOAD_NOT_TEXT.found(place, seen=_kind(member)))
    elif not text and signatures:
        findings.append(PAYLOAD_DETACHED.found("" if text is None else place, how="the file has no payload"))
    elif text and readable and readable[0].b64:
        payload = base64url.decode(text)
        payload_text = _as_text(payload)
        if payload is None:
            findings.append(BASE64URL_WRONG.found(place))
    elif text and readable:
        payload, payload_text = signed, text
    if len({header.b64 for header in readable}) > 1:
        findings.append(B64_DIFFERS.found(place))
    if not signatures and not any(finding.rule == SIGNATURE_UNREADABLE.id for finding in findings):
        findings.append(SIGNATURE_MISSING.found())
    return Envelope(
        serialization=serialization,
        signed_octets=signed,
        payload=payload,
        payload_text=payload_text,
        signatures=tuple(signatures),
        findings=tuple(findings),
    )


def _as_text(payload: bytes | None) -> str | None:
    try:
        return None if payload is None else payload.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    return kinds.get(type(value), "null")
