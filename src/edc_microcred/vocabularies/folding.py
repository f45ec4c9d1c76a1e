"""Texts as people type them: without regard to case, accents, punctuation, and Serbian Cyrillic or Latin script.

>>> fold("Vršnjačka procena") == fold("ВРШЊАЧКА  ПРОЦЕНА") == "vrsnjacka procena"
True
"""

import re
import unicodedata
from typing import Final

# Letters that Unicode does not decompose: Serbian Cyrillic as Latin without accents, and Latin letters of others.
_LETTERS: Final = str.maketrans(
    dict(zip("абвгдежзијклмнопрстћуфхцчш", "abvgdezzijklmnoprstcufhccs", strict=True))
    | {"ђ": "dj", "љ": "lj", "њ": "nj", "џ": "dz", "đ": "dj", "ð": "d", "þ": "th"}
    | {"ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h"}
)
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """`text` in lower-case words with one space between; empty when it holds no letter and no digit."""
    if text.isascii():
        letters = text.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        letters = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
    return _BETWEEN_WORDS.sub(" ", letters).strip()
