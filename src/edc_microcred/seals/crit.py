"""`crit`: what a sealer says must be understood, and the one member that changes what was signed, `b64`.

A reader who skips these rules reads another payload than was sealed, or passes over a condition that the sealer set.
DSS only lowers the level when one of them is broken; here the seal is then not valid.

    >>> [finding.rule for finding in check_crit({"crit": ["iat", "iat"], "iat": 1767225600})]
    ['seal/crit-twice']

Clauses: RFC 7515, 4.1.11; RFC 7797, 6; ETSI TS 119 182-1 V1.2.1, 5.1.9.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from edc_microcred.findings import Finding, Rule, Severity

REGISTERED: Final = frozenset({
    "alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit", "epk", "apu", "apv", "iv", "tag",
    "p2s", "p2c", "enc", "zip",
})  # fmt: skip
"""The names of RFC 7515 and RFC 7518, which every reader knows and `crit` must therefore not hold."""

UNDERSTOOD: Final = frozenset({
    "sigT", "x5t#o", "sigX5ts", "srCms", "sigPl", "srAts", "adoTst", "sigPId", "sigD", "iat", "exp", "b64", "etsiU",
})  # fmt: skip
"""The names that may stand in `crit` because they are read here, or reported as not evaluated."""

CRIT_WRONG: Final = Rule(
    id="seal/crit-wrong",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7515, 4.1.11",
    title="`crit` is no list of names",
    message="`crit` must be a list of at least one name; it is {seen}.",
    why="It lists what a reader must understand before trusting the seal; a list that cannot be read hides that.",
    fix="Seal again with `crit` as an array of names, or without it.",
    wrong={"protected": {"crit": []}},
    right={"protected": {"crit": ["b64", "sigT"]}},
)
CRIT_TWICE: Final = Rule(
    id="seal/crit-twice",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7515, 4.1.11",
    title="`crit` holds a name twice",
    message="`crit` holds more than once: {names}.",
    why="The standard forbids it, and a sealer that does so did not follow it elsewhere either.",
    fix="Seal again with every name once.",
    wrong={"protected": {"crit": ["b64", "sigT", "sigT"]}},
    right={"protected": {"crit": ["b64", "sigT"]}},
)
CRIT_REGISTERED: Final = Rule(
    id="seal/crit-registered",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7515, 4.1.11",
    title="`crit` holds a name of the base standard",
    message="`crit` holds names that every reader knows and that must not stand there: {names}.",
    why="Readers that follow the standard refuse such a seal.",
    fix="Seal again and leave this name out of `crit`.",
    wrong={"protected": {"crit": ["b64", "sigT", "alg"]}},
    right={"protected": {"crit": ["b64", "sigT"]}},
)
CRIT_ABSENT_MEMBER: Final = Rule(
    id="seal/crit-absent-member",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7515, 4.1.11",
    title="`crit` names a member that is not there",
    message="`crit` says what must be understood, but the header has no such member: {names}.",
    why="What the sealer held to be decisive was left out or removed.",
    fix="Seal again with the member, or without its name in `crit`.",
    wrong={"protected": {"crit": ["b64", "sigT", "sigPId"]}},
    right={"protected": {"crit": ["b64", "sigT"]}},
)
CRIT_UNKNOWN: Final = Rule(
    id="seal/crit-unknown",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7515, 4.1.11",
    title="`crit` names a member that is not understood",
    message="The sealer says that members must be understood which JAdES does not define: {names}.",
    why="The sealer made the seal depend on something that nobody here can check, so it must not be accepted.",
    fix="Ask the sealer what it means; a seal for everybody has only the members of ETSI TS 119 182-1 in `crit`.",
    wrong={"protected": {"crit": ["b64", "sigT", "urn:example:condition"], "urn:example:condition": True}},
    right={"protected": {"crit": ["b64", "sigT"]}},
)
B64_NOT_CRITICAL: Final = Rule(
    id="seal/b64-not-critical",
    severity=Severity.ERROR,
    since="0.1",
    source="RFC 7797, 6; ETSI TS 119 182-1 V1.2.1, 5.1.9",
    title="`b64` is not in `crit`",
    message="`b64` is {value}, but `crit` does not say that it must be understood.",
    why="A reader that does not know `b64` decodes the payload and sees other octets than those that were sealed.",
    fix="Seal again with `b64` in `crit`.",
    wrong={"protected": {"crit": ["sigT"]}},
    right={"protected": {"crit": ["b64", "sigT"]}},
)

RULES: Final = (CRIT_WRONG, CRIT_TWICE, CRIT_REGISTERED, CRIT_ABSENT_MEMBER, CRIT_UNKNOWN, B64_NOT_CRITICAL)


def listed(names: Sequence[str]) -> str:
    """Some names for a message: one finding tells of all, because a hostile file can hold a hundred thousand."""
    shown = ", ".join(f"“{name}”" for name in names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown


def read_crit(members: Mapping[str, Any]) -> tuple[str, ...]:
    """The names in `crit`; empty when it is absent or no list of names."""
    crit = members.get("crit")
    return tuple(crit) if isinstance(crit, list) and all(isinstance(name, str) for name in crit) else ()


def check_crit(members: Mapping[str, Any], unprotected: Collection[str] = ()) -> Iterator[Finding]:
    """What is wrong with `crit` in the protected header `members`; `unprotected` are the names in the other header."""
    names = read_crit(members)
    if "crit" in members and not names:
        seen = "an empty list" if members["crit"] == [] else f"{members['crit']!r:.80}"
        yield CRIT_WRONG.found(focus="crit", seen=seen)
        return
    counted = Counter(names)
    present = members.keys() | set(unprotected)
    for rule, wrong in (
        (CRIT_TWICE, [name for name, number in counted.items() if number > 1]),
        (CRIT_REGISTERED, [name for name in counted if name in REGISTERED]),
        (CRIT_UNKNOWN, [name for name in counted if name not in UNDERSTOOD and name not in REGISTERED]),
        (CRIT_ABSENT_MEMBER, [name for name in counted if name in UNDERSTOOD and name not in present]),
    ):
        if wrong:
            yield rule.found(focus="crit", names=listed(wrong))
    if "b64" in members and "b64" not in names:
        yield B64_NOT_CRITICAL.found(focus="b64", value=str(members["b64"]).lower())
