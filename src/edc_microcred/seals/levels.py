"""The baseline level that a seal has by what is present in it, under both editions of the standard.

A level is a matter of form: it says what there is, not whether it is right. The two editions contradict each other
(`sigT` and a full `crit` then, `iat` and a short one now), so that no seal of today has a level under both.

B and T are told. LT and LTA depend on which certificates are trusted, because revocation data is wanted for every
certificate below the anchor: a seal that has them is T here.

Clauses: ETSI TS 119 182-1 V1.1.1, 6.3; V1.2.1, 6.3; the date is the one that DSS 6.4 applies.
"""

import base64
import binascii
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from cryptography import x509

from edc_microcred.seals.crit import REGISTERED, UNDERSTOOD, read_crit
from edc_microcred.seals.envelope import Signature
from edc_microcred.seals.references import MEMBERS

EDITIONS: Final = ("1.1.1", "1.2.1")

# DSS up to 6.0, which EDC runs, grants no baseline level unless `crit` lists each of these that is present.
CRIT_OF_2021: Final = frozenset(
    {"b64", "sigT", "x5t#o", "sigX5ts", "srCms", "sigPl", "srAts", "adoTst", "sigPId", "sigD"}
)
_CRIT_OF_2024: Final = frozenset({"b64", "sigD"})
_KNOWN_IN_2021: Final = UNDERSTOOD - {"iat", "exp"}

SIG_T_UNTIL: Final = datetime(2025, 7, 15, tzinfo=UTC)
"""From this time on, V1.2.1 wants `iat`."""


def baseline_levels(signature: Signature, certificate: x509.Certificate | None) -> dict[str, str | None]:
    """For each edition "B", "T", or None without baseline level. `certificate` is the sealer's, if known."""
    baseline = {edition: is_b(signature) for edition, is_b in _IS_B.items()}
    has_timestamp = any(baseline.values()) and certificate is not None and _has_timestamp(signature, certificate)
    level = "T" if has_timestamp else "B"
    return {edition: level if is_b else None for edition, is_b in baseline.items()}


def _is_b_of_2021(signature: Signature) -> bool:
    header = signature.header
    mandatory = {name for name in CRIT_OF_2021 if name in header.members}
    time_is_read = header.signing_time is not None or "iat" in header.members
    return (
        _is_b(signature)
        and "sigT" in header.members
        and time_is_read
        and _crit_is_right(header.members, signature.unprotected, mandatory, _KNOWN_IN_2021)
    )


def _is_b_of_2024(signature: Signature) -> bool:
    header = signature.header
    mandatory = {name for name in _CRIT_OF_2024 if name in header.members}
    time = header.signing_time
    return (
        _is_b(signature)
        and time is not None
        and ("iat" in header.members or time < SIG_T_UNTIL)
        and _crit_is_right(header.members, signature.unprotected, mandatory, UNDERSTOOD)
    )


_IS_B: Final[Mapping[str, Callable[[Signature], bool]]] = dict(
    zip(EDITIONS, (_is_b_of_2021, _is_b_of_2024), strict=True)
)


def _is_b(signature: Signature) -> bool:
    """What both editions want: an algorithm, exactly one certificate reference, at most one stored policy."""
    members = signature.header.members
    policy = members.get("sigPId")
    stored = sum(item.name == "sigPSt" for item in signature.etsi_u)
    return (
        bool(signature.header.alg)
        and sum(name in members for name in MEMBERS) == 1
        and (stored == 0 or (stored == 1 and isinstance(policy, dict) and "digVal" in policy))
    )


def _crit_is_right(
    members: Mapping[str, Any], unprotected: Mapping[str, Any], mandatory: set[str], known: frozenset[str]
) -> bool:
    names = read_crit(members)
    if not names:
        return "crit" not in members and not mandatory
    present = members.keys() | unprotected.keys()
    return (
        len(set(names)) == len(names)
        and mandatory <= set(names)
        and all(name in present and name in known and name not in REGISTERED for name in names)
    )


def _has_timestamp(signature: Signature, certificate: x509.Certificate) -> bool:
    """Whether there are signature time-stamps, one token in each container, all made before the certificate ended."""
    containers = [item.value for item in signature.etsi_u if item.name == "sigTst"]
    times = [_time_of(container) for container in containers]
    try:
        end = certificate.not_valid_after_utc
    except ValueError:
        return False  # a certificate whose dates are damaged
    return bool(times) and all(time is not None and time < end for time in times)


def _time_of(container: object) -> datetime | None:
    """The time that the single token of a time-stamp container claims, unchecked."""
    tokens = container.get("tstTokens") if isinstance(container, dict) else None
    token = tokens[0] if isinstance(tokens, list) and len(tokens) == 1 else None
    value = token.get("val") if isinstance(token, dict) else None
    if not isinstance(value, str):
        return None
    from asn1crypto import cms, tsp  # used for files with time-stamps only: costs 40 ms

    try:
        content = cms.ContentInfo.load(base64.b64decode(value))["content"]
        info = content["encap_content_info"]["content"].parsed
        time = info["gen_time"].native if isinstance(info, tsp.TSTInfo) else None
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, binascii.Error):
        return None  # hostile bytes: the library has no one exception for them
    return time if isinstance(time, datetime) and time.tzinfo else None
