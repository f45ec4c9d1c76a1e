"""How the letters of a text file are encoded: what it says of itself, what its bytes allow, what the course suggests.

A byte order mark decides; else the file is UTF-8 if all of it is. Else it is of one of the old Windows encodings, which
do not say which: Cyrillic words are whole words of high bytes, Latin ones have a few among plain letters; and where
Central and Western European letters share a byte (č and è, đ and ð), the countries that award the course decide. What
was guessed is told; what could be either is refused.

Sources: WHATWG Encoding Standard, 4 and 9; the tables of windows-1250, 1251, 1252.
"""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edc_microcred.findings import Finding
from edc_microcred.microcredential import learner_rules as rules
from edc_microcred.microcredential.cells import LearnersError

_CHUNK: Final = 1 << 20
_MOST_WORDS: Final = 20_000
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORD: Final = re.compile(rb"[A-Za-z\x80-\xff]+")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_CENTRAL: Final = frozenset({"SRB", "HRV", "BIH", "MNE", "SVN", "POL", "CZE", "SVK", "HUN", "ROU", "ALB", "1A0"})
_WESTERN: Final = frozenset(
    {
        "ESP",
        "AUT",
        "DEU",
        "CHE",
        "FRA",
        "ITA",
        "PRT",
        "NLD",
        "BEL",
        "LUX",
        "IRL",
        "GBR",
        "DNK",
        "SWE",
        "NOR",
        "FIN",
        "ISL",
    }
)
_NAMES: Final = {"cp1250": "windows-1250", "cp1251": "windows-1251", "cp1252": "windows-1252"}
KNOWN: Final = {
    "utf-8": "utf-8-sig", "utf8": "utf-8-sig", "utf-8-sig": "utf-8-sig", "utf-16": "utf-16", "utf16": "utf-16",
    "utf-16le": "utf-16-le", "utf-16-le": "utf-16-le", "utf-16be": "utf-16-be", "utf-16-be": "utf-16-be",
    "windows-1250": "cp1250", "cp1250": "cp1250", "1250": "cp1250", "windows-1251": "cp1251", "cp1251": "cp1251",
    "1251": "cp1251", "windows-1252": "cp1252", "cp1252": "cp1252", "1252": "cp1252", "iso-8859-2": "iso8859-2",
    "iso-8859-1": "cp1252", "latin-1": "cp1252",
}  # fmt: skip
"""Encodings that can be named, with Python's name of each."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by Python's name and by the name that is shown, and what is to be said about it."""

    codec: str
    shown: str
    findings: tuple[Finding, ...] = ()


def find_encoding(path: Path, countries: Iterable[str], *, said: str | None = None) -> Encoding:
    """The encoding of a text file. Raises `LearnersError` when it is not clear, or is not the one that was `said`."""
    if said is not None:
        return _as_said(path, said)
    with path.open("rb") as stream:
        start = stream.read(4096)
    for mark, codec in _BOMS:
        if start.startswith(mark):
            return _checked(path, Encoding(codec, "utf-8" if codec == "utf-8-sig" else "utf-16"))
    if (wide := _wide(start)) is not None:
        return _checked(path, Encoding(wide, wide))
    if _fault(path, "utf-8") is None:
        return Encoding("utf-8", "utf-8")
    return _windows(path, frozenset(countries))


def _as_said(path: Path, said: str) -> Encoding:
    codec = KNOWN.get(said.strip().lower().replace("_", "-"))
    if codec is None:
        from edc_microcred.errors import UnreadableError

        raise UnreadableError(
            f"“{said[:40]}” is no encoding that is read here.",
            remedy="Say utf-8, utf-16, windows-1250, windows-1251 or windows-1252, or leave it out.",
        )
    if codec == "utf-16":
        with path.open("rb") as stream:
            start = stream.read(2)
        codec = codec if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-16-le"
    return _checked(path, Encoding(codec, _NAMES.get(codec, said.lower())))


def _checked(path: Path, encoding: Encoding) -> Encoding:
    byte = _fault(path, encoding.codec)
    if byte is not None:
        raise LearnersError(str(path), (rules.ENCODING_WRONG.found(encoding=encoding.shown, byte=f"{byte:,}"),))
    return encoding


def _fault(path: Path, codec: str) -> int | None:
    """The place of the first byte that `codec` cannot read; None when it can read all."""
    decoder = codecs.getincrementaldecoder(codec)()
    at = 0
    with path.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return at + max(error.start, 0)
            if not chunk:
                return None
            at += len(chunk)


def _wide(start: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of plain letters is zero."""
    if len(start) < 8 or b"\x00" not in start:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > len(start) // 8 and odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > len(start) // 8 and even > 4 * odd else None


def _windows(path: Path, countries: frozenset[str]) -> Encoding:
    words = _high_words(path)
    whole = sum(1 for word in words if len(word) > 1 and not re.search(rb"[A-Za-z]", word))
    among = sum(1 for word in words if re.search(rb"[A-Za-z]", word))
    if whole > 4 * among:
        return _guessed(path, "cp1251", words)
    if among <= 4 * whole:
        raise _unclear(path, "windows-1251", "windows-1250", words)
    differing = _differing(words)
    if not differing:  # ä, š, ž, é … have one place in both
        return _guessed(path, "cp1250", words, sure=True)
    if countries & _CENTRAL and not countries - _CENTRAL - {"AUT", "DEU"}:  # German letters have one place in both
        return _guessed(path, "cp1250", words)
    if countries & _WESTERN and not countries & _CENTRAL:
        return _guessed(path, "cp1252", words)
    raise _unclear(path, "windows-1250", "windows-1252", words)


def _high_words(path: Path) -> list[bytes]:
    """The words with bytes beyond ASCII, up to a number that is enough to tell."""
    found: list[bytes] = []
    with path.open("rb") as stream:
        while len(found) < _MOST_WORDS and (chunk := stream.read(_CHUNK)):
            found += [word for word in _WORD.findall(chunk) if _HIGH.search(word)]
    return found


def _differing(words: list[bytes]) -> set[int]:
    """The bytes in `words` that are different letters in Central and in Western Europe."""
    seen = {byte for word in words for byte in word if byte > 0x7F}
    return {byte for byte in seen if _letter(byte, "cp1250") != _letter(byte, "cp1252")}


def _letter(byte: int, codec: str) -> str:
    return bytes((byte,)).decode(codec, "replace")


def _guessed(path: Path, codec: str, words: list[bytes], *, sure: bool = False) -> Encoding:
    encoding = _checked(path, Encoding(codec, _NAMES[codec]))
    if sure:
        return encoding
    found = rules.ENCODING_GUESSED.found(encoding=encoding.shown, shown=_letters(words, codec))
    return Encoding(codec, encoding.shown, (found,))


def _unclear(path: Path, first: str, second: str, words: list[bytes]) -> LearnersError:
    shown = f"{_letters(words, KNOWN[first])} or {_letters(words, KNOWN[second])}"
    return LearnersError(str(path), (rules.ENCODING_UNCLEAR.found(first=first, second=second, shown=shown),))


def _letters(words: list[bytes], codec: str) -> str:
    """Single letters, not words: a name is nobody's business here."""
    seen = sorted({byte for word in words for byte in word if byte > 0x7F})
    return " ".join(_letter(byte, codec) for byte in seen[:12])
