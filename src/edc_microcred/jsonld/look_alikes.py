"""Letters that look like Latin ones and are not: a name spelt with them is another name to a computer.

    >>> plain("eIDAS\\u0399dentifier"), strange_letters("eIDAS\\u0399dentifier")
    ('eIDASIdentifier', ['GREEK CAPITAL LETTER IOTA'])

Source: own table of the Greek and Cyrillic letters that common fonts draw like Latin ones; wide forms and ligatures by
Unicode's own compatibility decomposition (UAX 15, NFKC).
"""

import unicodedata
from typing import Final

_GREEK: Final = ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανικορτυχ", "ABEZHIKMNOPTYXavikoptux")
_CYRILLIC: Final = ("АВЕЅІЈКМНОРСТУХѴаеѕіјорсухѵһԁԛԝӏ", "ABESIJKMHOPCTYXVaesijopcyxvhdqwl")
_OTHER: Final = ("ıɡℓ‐‑–", "igl---")
_LATIN: Final = {
    ord(strange): latin for strange_ones, latins in (_GREEK, _CYRILLIC, _OTHER)
    for strange, latin in zip(strange_ones, latins, strict=True)
}  # fmt: skip
_INVISIBLE: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


def plain(name: str) -> str:
    """`name` in the Latin letters that it looks like, without spaces around it and without invisible characters."""
    if name.isascii():
        return name.strip()
    text = unicodedata.normalize("NFKC", "".join(c for c in name.translate(_LATIN) if c not in _INVISIBLE))
    return text.translate(_LATIN).strip()


def strange_letters(name: str) -> list[str]:
    """The Unicode names of the characters of `name` that are not plain ASCII or are blanks, each once."""
    return list(
        dict.fromkeys(
            unicodedata.name(c, f"U+{ord(c):04X}") for c in name if not c.isascii() or not c.isprintable() or c == " "
        )
    )
