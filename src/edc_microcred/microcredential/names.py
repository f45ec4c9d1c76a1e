"""Names of people: what may be in them, and in which script they are.

>>> script_of("Ана Примерић"), script_of("Ana II")
('Cyrillic', 'Latin')
>>> mixed_word("Marko \u0410nić").letters
'А'
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_MARKS: Final = frozenset(" '’‘ʼ`´-‐‑.·,()")
_JOINERS: Final = frozenset("\u200c\u200d")
"""Zero-width joiners belong into names of Persian and Indic scripts, and nowhere else."""
_JOINED_SCRIPTS: Final = ("ARABIC", "DEVANAGARI", "BENGALI", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA")
_ROMAN: Final = frozenset("IVXLM")
_HIDDEN: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_LETTERS: Final = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc"))


@dataclass(frozen=True, slots=True)
class MixedWord:
    """A word in letters of two scripts: the fewer letters, their script, and the script of the others."""

    word: str
    letters: str
    odd: str
    other: str


def hidden_character(text: str) -> str | None:
    """What the first character is that nobody sees: control, format, unassigned; None when there is none."""
    if text.isprintable():
        return None
    joined = any(unicodedata.name(character, "").startswith(_JOINED_SCRIPTS) for character in text)
    for character in text:
        if unicodedata.category(character) in _HIDDEN and not (joined and character in _JOINERS):
            name = unicodedata.name(character, "a control character")
            return f"U+{ord(character):04X} ({name})"
    return None


def odd_character(text: str) -> str | None:
    """The first character that names do not have: a digit, symbol, bracket, emoji; None when there is none."""
    for character in text:
        if character in _MARKS or character in _JOINERS:
            continue
        if unicodedata.category(character) not in _LETTERS:
            return character
    return None


def mixed_word(text: str) -> MixedWord | None:
    """The first word that mixes letters of two scripts; None when every word is in one."""
    if text.isascii():
        return None
    for word in text.split():
        by_script: dict[str, str] = {}
        for character in word:
            script = _script(character)
            if script:
                by_script[script] = by_script.get(script, "") + character
        if len(by_script) > 1:
            odd = min(by_script, key=lambda script: len(by_script[script]))
            other = max(by_script, key=lambda script: len(by_script[script]))
            other = next(script for script in by_script if script != odd) if odd == other else other
            return MixedWord(word, by_script[odd], odd, other)
    return None


def script_of(text: str) -> str | None:
    """The script of a name whose words are in one each; Roman numerals do not count. None when no letter tells."""
    if text.isascii():
        return "Latin" if any(character.isalpha() for character in text) else None
    found = None
    for word in text.split():
        if set(word) <= _ROMAN:
            continue
        for character in word:
            script = _script(character)
            if script:
                if found is not None and script != found:
                    return "mixed"
                found = script
    return found


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    """The script of a letter in title case; empty for what is no letter."""
    if not character.isalpha():
        return ""
    first = unicodedata.name(character, "").partition(" ")[0]
    if first in ("HIRAGANA", "KATAKANA", "CJK", "KATAKANA-HIRAGANA"):
        return "Japanese"  # kanji and kana go together in one name
    return "" if first in ("MODIFIER", "MASCULINE", "FEMININE") else first.title()
