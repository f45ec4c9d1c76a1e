"""Which of the old encodings the words of a file are in, when the file does not say: evidence, and never a habit.

A reading of the words is ruled out when it makes what no language writes: æ after a vowel (`Kovaèeviæ` is Kovačević),
ń before one (`Muńoz` is Muñoz), a word that begins with Ð, signs inside words, a capital behind a small letter. What
every reading that is left says alike is sure; one reading that is left alone is a good guess; otherwise nobody can
tell. Cyrillic and Greek words are high octets throughout: there vowels and consonants must take turns, as in a name.

    >>> judge(["Žarko".encode("cp1250"), "Đorđević".encode("cp1250")]).codec
    'cp1250'
    >>> judge(["Petrič".encode("cp1250")])
    Judgement(codec=None, sure=False, others=('cp1250', 'cp1252'))

Source: WHATWG Encoding Standard, 9 and 10; the letters of the alphabets concerned.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

LATIN: Final = ("cp1250", "cp1252", "cp1254", "iso8859_2")
WHOLE: Final = ("cp1251", "koi8_r", "cp1253", "iso8859_5", "cp866")
"""Encodings of scripts whose words have no plain letters: Cyrillic, and Greek."""

_MOST: Final = 20_000
_LEAST_QUALITY: Final = 0.55
_LEAST_LEAD: Final = 0.25
_SURE: Final = frozenset("äöüßÄÖÜéÉáÁíÍóÓúÚçÇâÂôÔîÎšŠžŽ’–—“”„«»…€§°")
_VOWELS: Final = frozenset("аеиоуыэюяіїєёαεηιουωάέήίόύώϊϋ")

_NOT_WESTERN: Final = re.compile(
    r"[aeiouáéíóúöü]æ|[AEIOU]Æ(?![A-Z]?[a-z])"  # Kovaèeviæ
    r"|\bÐ[aeiouAEIOUëö]|[nljNLJ][ðÐ]"  # Ðorðeviæ, Anðelka
    r"|\bÈ[aeiouAEIOU]|\bè[aeiou]|[aeou]è[aeiouk]|[AEOU]È[AEIOUK]|iè[aiou]"  # Èoviæ, Kaèar
    r"|[aeiouáéí]ø[aeiouáéí]"  # Jiøí
    r"|\w*[šžŠŽ]\w*[ðÐèÈæÆøìù]|\w*[ðÐèÈæÆøìù]\w*[šžŠŽ]"  # Rùžièka
    r"|[a-zé][³¹¾¿][a-zé]|[A-Za-z][³¹¾¿]\b|\b[³¹¾¿][a-z]|[a-z]{2}[ºª][a-z]|\b£[a-z]|\b¯[a-z]"  # Micha³
    r"|[a-z]þ\b"  # Ionuþ
)
"""What no Western European language writes, as windows-1252 reads it."""
_NOT_CENTRAL: Final = re.compile(
    r"ñ[aeiouáéíóúü]|Ñ[AEIOUÁÉÍÓÚ]|\bÑ"  # Muñoz
    r"|[ãõ][oe]|[ÃÕ][OE]"  # João
    r"|ør|rø|ØR|RØ|\bØ[a-z]"  # Jørgen
    r"|\bÅ[a-zA-Z]|å\b"  # Åsa
    r"|[a-zé](?<![rlnm])è[bcdfghjklmnpqrstvwxz]e"  # Hélène
    r"|[a-z]à\b"
    r"|[bcdfghjklmnprstv]æ[bcdfghjklmnprstv]"  # Kjær
    r"|[a-z]ÿ"
)
"""What no Central European language writes, as windows-1252 reads it: it has ń, ă, ř, ĺ, č, ŕ, ć in these places."""
_SIGNS: Final = re.compile(
    r"[^\W\d_][\u0080-\u009f†‡‰‚„¤¦¬±¶¨¸©®«»µ¡ˇ˘˛˙˝¢£¥¼½¾¿³¹²·](?<!·)[a-zà-ž]|[\u0080-\u009f]|[a-z][†‡‰‚¤¦¬±¶]|[a-z][ŠŽŚŹŤŸ]\b"
)
"""Signs inside a word, and a capital at the end of a small one: another encoding altogether."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The encoding by Python's name, and whether it is beyond doubt; or, where it is None, those that it could be."""

    codec: str | None
    sure: bool = False
    others: tuple[str, ...] = ()


def judge(words: Sequence[bytes]) -> Judgement:
    """What encoding `words` are in, each of which has an octet beyond ASCII."""
    words = words[:_MOST]
    whole = sum(1 for word in words if len(word) > 1 and not re.search(rb"[A-Za-z]", word))
    among = sum(1 for word in words if re.search(rb"[A-Za-z]", word))
    if whole > 4 * among:
        return _judge_whole(words)
    if among <= 4 * whole and whole:
        return Judgement(None, others=("cp1251", "cp1250"))
    return _judge_latin(words)


def _judge_latin(words: Sequence[bytes]) -> Judgement:
    western = " ".join(word.decode("cp1252", "replace") for word in words)
    readings = {codec: read for codec in LATIN if (read := _read(words, codec)) is not None}
    left = {codec: read for codec, read in readings.items() if _SIGNS.search(read) is None}
    if (found := _NOT_WESTERN.search(western)) is not None:
        left.pop("cp1252", None)
        if not found[0].endswith("þ"):  # which is ş in Turkish
            left.pop("cp1254", None)
    if _NOT_CENTRAL.search(western) is not None:
        left.pop("cp1250", None)
        left.pop("iso8859_2", None)
    if not left:
        return Judgement(None, others=tuple(readings))
    first = next(iter(left))
    if all(read == left[first] for read in left.values()):
        sure = len(left) > 1 and all(letter in _SURE for letter in left[first] if not letter.isascii())
        return Judgement(first, sure=sure)
    second = next(codec for codec, read in left.items() if read != left[first])
    return Judgement(None, others=(first, second))


def _judge_whole(words: Sequence[bytes]) -> Judgement:
    some = [word for word in words if len(word) > 1][:2_000]
    quality = {codec: _quality([word.decode(codec, "replace") for word in some]) for codec in WHOLE}
    best, second = sorted(quality, key=lambda codec: -quality[codec])[:2]
    if best == "cp1251" and quality[best] >= _LEAST_QUALITY and quality[best] - quality[second] >= _LEAST_LEAD:
        return Judgement(best)
    return Judgement(None, others=("cp1251", second) if best == "cp1251" else (best, "cp1251"))


def _quality(words: Sequence[str]) -> float:
    """How often vowels and consonants take turns, from 0 to 1; a word with signs or with capitals inside counts 0."""
    return sum(_turns(word) for word in words) / len(words) if words else 0.0


def _turns(word: str) -> float:
    if not word.isalpha() or not (word[1:].islower() or word.isupper()):
        return 0.0
    small = word.lower()
    pairs = [(one in _VOWELS) != (other in _VOWELS) for one, other in pairwise(small)]
    return sum(pairs) / len(pairs)


def _read(words: Sequence[bytes], codec: str) -> str | None:
    """The words in a row; None where an octet stands for nothing in the encoding."""
    try:
        return " ".join(word.decode(codec) for word in words)
    except UnicodeDecodeError:
        return None
