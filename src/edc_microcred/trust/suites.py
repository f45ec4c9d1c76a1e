"""How long a key size or a digest can be relied upon: a dated table, as data.

A date is the first day on which the suite no longer counts; a use is good while its time lies before that day. None
means that no end is known. The dates are those of the catalogue; validators may be stricter: DSS 5.11.1, which the
Commission's issuer runs, ends RSA under 3000 bits with 2025 and everything else with 2028, DSS 6.4 follows this table.

    >>> suite_end("RSA", 2048), suite_end("ECDSA", 256)
    (datetime.date(2029, 1, 1), None)
    >>> digest_end("SHA-1"), digest_end("sha256")
    (datetime.date(2012, 8, 1), None)

Source: ETSI TS 119 312 V1.5.1, as DSS 6.4 has it in its default policy.
"""

from datetime import date
from typing import Final

from edc_microcred.errors import TrustError

_NO_END: Final = None

SUITES: Final[dict[str, tuple[tuple[int, date | None], ...]]] = {
    "RSA": (
        (1900, date(2029, 1, 1)),
        (1024, date(2019, 10, 1)),
        (0, date(2010, 8, 1)),
    ),
    "RSASSA-PSS": (
        (3000, _NO_END),
        (1900, date(2029, 1, 1)),
        (1024, date(2019, 10, 1)),
        (0, date(2010, 8, 1)),
    ),
    "ECDSA": (
        (256, _NO_END),
        (224, date(2021, 10, 1)),
        (0, date(2012, 8, 1)),
    ),
}
"""For each kind of signature, largest first: from this many bits of key upward, the first day that no longer counts."""

DIGESTS: Final[dict[str, date | None]] = {
    "MD5": date(2004, 8, 1),
    "SHA-1": date(2012, 8, 1),
    "RIPEMD-160": date(2014, 8, 1),
    "WHIRLPOOL": date(2020, 12, 1),
    "SHA-224": date(2029, 1, 1),
    "SHA-256": _NO_END,
    "SHA-384": _NO_END,
    "SHA-512": _NO_END,
    "SHA3-256": _NO_END,
    "SHA3-384": _NO_END,
    "SHA3-512": _NO_END,
}
"""For each digest, the first day that no longer counts."""

_DIGESTS_AS_TYPED: Final = {name.replace("-", ""): end for name, end in DIGESTS.items()}


def suite_end(kind: str, bits: int) -> date | None:
    """The first day on which signatures of `kind` (a key of `SUITES`) with keys of `bits` no longer count, or None.

    Raises `TrustError` for a kind that the catalogue does not hold: nothing unknown is taken for endless.
    """
    if kind not in SUITES:
        raise TrustError(f"{kind!r:.80} is no signature kind of the catalogue.", remedy=f"Known: {', '.join(SUITES)}.")
    return next(end for least, end in SUITES[kind] if bits >= least or least == 0)


def digest_end(name: str) -> date | None:
    """The first day on which the digest `name` ("SHA-256"; case and hyphens do not matter) no longer counts, or None.

    Raises `TrustError` for a digest that the catalogue does not hold.
    """
    key = name.upper().replace("-", "")
    if key not in _DIGESTS_AS_TYPED:
        raise TrustError(f"{name!r:.80} is no digest of the catalogue.", remedy=f"Known: {', '.join(DIGESTS)}.")
    return _DIGESTS_AS_TYPED[key]
