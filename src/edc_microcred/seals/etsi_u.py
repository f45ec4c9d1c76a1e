"""`etsiU`: what was added to a seal after it was made: time-stamps, certificates, revocation data, counter-signatures.

An item is kept as found, because time-stamps are made over its text: a base64url string as everybody writes it today,
or a clear object. Nothing in it is covered by the seal itself.

    >>> items, findings = read_items(["eyJzaWdUc3QiOnsidHN0VG9rZW5zIjpbXX19"])
    >>> items[0].name, items[0].value, findings
    ('sigTst', {'tstTokens': []}, ())

Clauses: ETSI TS 119 182-1 V1.2.1, 5.3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography import x509

from edc_microcred import json_text
from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.limits import DEFAULT_LIMITS, Limits
from edc_microcred.seals import base64url
from edc_microcred.seals.crit import listed
from edc_microcred.seals.header import read_certificate

TIMESTAMPS: Final = frozenset({"sigTst", "arcTst", "rfsTst", "sigRTst"})
CERTIFICATES: Final = frozenset({"xVals", "axVals"})
VALIDATION_DATA: Final = CERTIFICATES | {
    "rVals", "arVals", "tstVD", "anyValData", "xRefs", "axRefs", "rRefs", "arRefs",
}  # fmt: skip
COUNTER_SIGNATURE: Final = "cSig"
POLICY_STORE: Final = "sigPSt"
MOST_ITEMS: Final = 1_000
"""A seal that is extended every year has a handful more each time; to read half a million takes a minute."""
KNOWN: Final = TIMESTAMPS | VALIDATION_DATA | {COUNTER_SIGNATURE, POLICY_STORE}

ETSIU_WRONG: Final = Rule(
    id="seal/etsiu-wrong",
    severity=Severity.ERROR,
    indeterminate=True,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 5.3.1",
    title="What was added to the seal cannot be read",
    message="{what}",
    why="It may be a time-stamp or revocation data that the seal needs. It is not part of what was sealed, so it "
    "proves nothing against the seal.",
    fix="Get the file again from its issuer.",
    wrong={"unprotected": {"etsiU": ["AAAA"]}},
    right={"unprotected": {}},
)
ETSIU_UNKNOWN: Final = Rule(
    id="seal/etsiu-unknown",
    severity=Severity.WARNING,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 5.3",
    title="Something unknown was added to the seal",
    message="`etsiU` holds what JAdES does not define; it was ignored: {names}.",
    why="Anybody can add it after sealing.",
    fix="Nothing, if it is known where it comes from.",
    wrong={"unprotected": {"etsiU": [{"remark": "added later"}]}},
    right={"unprotected": {"etsiU": []}},
)

RULES: Final = (ETSIU_WRONG, ETSIU_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of `etsiU`: its name, its text (or clear object) as found, and the value that belongs to the name.

    `name` is None for an item that cannot be read: it keeps its place, because time-stamps cover what is before them.
    """

    name: str | None
    raw: Any
    value: Any


def read_items(etsi_u: object, *, limits: Limits = DEFAULT_LIMITS) -> tuple[tuple[Item, ...], tuple[Finding, ...]]:
    """The items of an `etsiU` in their order, and what is wrong with them."""
    if not isinstance(etsi_u, list):
        return (), (ETSIU_WRONG.found(focus="etsiU", what="`etsiU` is no list."),)
    if len(etsi_u) > MOST_ITEMS:
        what = f"`etsiU` has {len(etsi_u):,} items, and no more than {MOST_ITEMS} are read; none of them was."
        return (), (ETSIU_WRONG.found(focus="etsiU", what=what),)
    items = tuple(_read_item(raw, limits) for raw in etsi_u)
    findings = []
    unreadable = [index for index, item in enumerate(items) if item.name is None]
    if unreadable:
        what = f"{len(unreadable)} items of `etsiU` are no object with one member, the first at place {unreadable[0]}."
        findings.append(ETSIU_WRONG.found(f"/{unreadable[0]}", focus="etsiU", what=what))
    named = [(index, item.name) for index, item in enumerate(items) if item.name is not None]
    unknown = [(index, name) for index, name in named if name not in KNOWN]
    if unknown:
        names = listed([name for _, name in unknown])
        findings.append(ETSIU_UNKNOWN.found(f"/{unknown[0][0]}", focus="etsiU", names=names))
    if len({isinstance(item.raw, str) for item in items}) > 1:
        what = "`etsiU` mixes text and clear items; no time-stamp over such a list can be checked."
        findings.append(ETSIU_WRONG.found(focus="etsiU", what=what))
    return items, tuple(findings)


def _read_item(raw: object, limits: Limits) -> Item:
    content: object = raw
    if isinstance(raw, str):
        data = base64url.decode_leniently(raw)
        try:
            content = json_text.parse(json_text.decode(data or b"", what="It"), limits=limits, what="It")
        except UnreadableError:
            content = None
    if isinstance(content, dict) and len(content) == 1:
        ((name, value),) = content.items()
        return Item(name, raw, value)
    return Item(None, raw, None)


def certificates_in(items: tuple[Item, ...], *, limits: Limits = DEFAULT_LIMITS) -> tuple[x509.Certificate, ...]:
    """The certificates of `xVals`, `axVals` and the validation data, as many as can be read and the limits allow.

    They are not signed: good for finding a path, never for trust.
    """
    values: list[object] = []
    for item in items:
        if item.name in CERTIFICATES:
            values += _list(item.value)
        elif item.name in ("tstVD", "anyValData") and isinstance(item.value, dict):
            values += _list(item.value.get("xVals"))
    found = (_certificate(value) for value in values[: limits.certificates])
    return tuple(dict.fromkeys(certificate for certificate in found if certificate is not None))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _certificate(value: object) -> x509.Certificate | None:
    """The certificate in `{"x509Cert": {"val": base64 of DER}}`."""
    inner = value.get("x509Cert") if isinstance(value, Mapping) else None
    text = inner.get("val") if isinstance(inner, Mapping) else None
    return read_certificate(base64url.decode_leniently(text)) if isinstance(text, str) else None
