"""Texts as a page may show them: with their language, and unable to do anything but be read.

Whatever stands in a credential was written by somebody else. Control characters and those that turn the direction of
the text become `�`, so that a name reads as it is stored; texts that no page could hold are shortened.

    >>> harmless("gnp.\\u202etxt\\x07")
    'gnp.�txt�'
    >>> latin("Љубав и Његош, ДНК")
    'Ljubav i Njegoš, DNK'

Clauses: Unicode Standard Annex 9 (bidirectional algorithm), 2; UTR 36, 3.6; BCP 47.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from edc_microcred.elm import LanguageMap

REPLACEMENT: Final = "\ufffd"
LONGEST: Final = 2000
_MARKS_IN_A_ROW: Final = 4

# Spaces of all kinds and tabs; line ends stay. A byte order mark and its like are nothing at all.
_SPACES: Final = re.compile("[^\\S\\n\u2028\u2029\x1c-\x1f\x0b\x0c\x85]+")
_LINE_ENDS: Final = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
# Direction marks and isolates hold text together that honest writers mixed; a page isolates every text by itself.
_INVISIBLE: Final = re.compile("[\u200b\u200e\u200f\u061c\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_ZERO_WIDTH_JOINERS: Final = "\u200c\u200d"
_FORBIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

_CYRILLIC: Final = dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True)) | {
    "љ": "lj", "њ": "nj", "џ": "dž",
}  # fmt: skip
_TO_LATIN: Final = str.maketrans(_CYRILLIC | {letter.upper(): latin.upper() for letter, latin in _CYRILLIC.items()})
_DIGRAPHS: Final = re.compile("[ЉЊЏ]")
_SERBIAN_CYRILLIC: Final = re.compile("[а-яђјљњћџА-ЯЂЈЉЊЋЏ]")


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its language as a BCP 47 tag; the tag is empty where the language is not known."""

    value: str
    language: str = ""

    def __str__(self) -> str:
        return self.value


def harmless(value: str, longest: int = LONGEST) -> str:
    """`value` without characters that act instead of being read, at most `longest` characters of it."""
    if len(value) > longest:
        value = value[: longest - 1] + "…"
    if value.isascii() and value.isprintable() and "  " not in value:
        return value.strip()
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", value))
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    shown: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > _MARKS_IN_A_ROW:
            continue
        forbidden = category in _FORBIDDEN and character != "\n" and character not in _ZERO_WIDTH_JOINERS
        shown.append(REPLACEMENT if forbidden else character)
    return "".join(shown).strip()


def latin(text: str) -> str:
    """Serbian Cyrillic in Latin letters, letter by letter as the orthography has it; all else stays.

    Љ, Њ and Џ become Lj before small letters and LJ among capitals.
    """
    if not _SERBIAN_CYRILLIC.search(text):
        return text

    def digraph(found: re.Match[str]) -> str:
        after, before = text[found.end() : found.end() + 1], text[max(found.start() - 1, 0) : found.start()]
        letters = found[0].translate(_TO_LATIN)
        return letters if after.isupper() or (before.isupper() and not after.islower()) else letters.capitalize()

    return _DIGRAPHS.sub(digraph, text).translate(_TO_LATIN)


def tags_for(language: str) -> tuple[str, ...]:
    """The tags whose texts suit a reader of `language`, the best first; each also stands for its regions.

    >>> tags_for("sr-Latn"), tags_for("de-AT")
    (('sr-Latn', 'sr', 'sr-Cyrl'), ('de-AT', 'de'))
    """
    primary, _, rest = language.lower().partition("-")
    if primary == "sr":
        return ("sr-Latn", "sr", "sr-Cyrl") if rest.startswith("latn") else ("sr", "sr-Cyrl", "sr-Latn")
    return (language, primary) if rest else (primary,)


def is_latin(text: str) -> bool:
    """Whether a Serbian text is in Latin letters, that is, has no Cyrillic one."""
    return not _SERBIAN_CYRILLIC.search(text)


class Reader:
    """Takes from texts in several languages the one for a reader of `language`, made harmless.

    Serbian in Cyrillic is transcribed for readers of `sr-Latn`, which loses nothing. Names of people never are:
    ask for them with `name`.
    """

    def __init__(self, language: str) -> None:
        self._tags: Final = (*tags_for(language), "en")
        self._transcribes: Final = self._tags[0] == "sr-Latn"

    def text(self, texts: LanguageMap | None, longest: int = LONGEST) -> Text | None:
        """The text in the language asked for, else in English, else in the first there is; None for no text."""
        found = self.name(texts, longest)
        if found is not None and self._transcribes and found.language.lower() in ("sr", "sr-cyrl"):
            return Text(latin(found.value), "sr-Latn")
        return found

    def name(self, texts: LanguageMap | None, longest: int = LONGEST) -> Text | None:
        """As `text`, but in the letters in which it was written."""
        if not texts:
            return None
        tag = self._tag(texts)
        value = harmless(texts[tag], longest)
        if not value:
            return None
        return Text(value, "sr-Latn" if tag in ("sr", "sr-Cyrl") and is_latin(value) else tag)

    def in_script(self, texts: LanguageMap | None, others: LanguageMap | None, longest: int = LONGEST) -> Text | None:
        """As `text`; where that is Serbian in Latin letters and Cyrillic is wanted, the same words among `others`.

        ELM holds one text of a language, so the other script of a title or a name stands among its alternative labels.
        """
        found = self.text(texts, longest)
        if found is None or others is None or self._tags[0] != "sr" or found.language != "sr-Latn":
            return found
        for other in (harmless(other, longest) for tag in self._tags[:2] for other in others.texts(tag)):
            if other != found.value and latin(other).casefold() == found.value.casefold():
                return Text(other, "sr")
        return found

    def _tag(self, texts: LanguageMap) -> str:
        for wanted in self._tags:
            if wanted in texts:
                return wanted
            for tag in texts:
                if tag.lower() == wanted.lower() or tag.lower().startswith(f"{wanted.lower()}-"):
                    return tag
        return next(iter(texts))
