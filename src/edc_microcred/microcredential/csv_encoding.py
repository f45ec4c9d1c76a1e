"""How the letters of a text file are encoded: what it says of itself, what its bytes allow, what its words show.

A byte order mark decides; else the file is UTF-8 if all of it is. Else it is in one of the old encodings, which do not
say which: then the words must show it (`old_encodings`). What was guessed is told; what could be either is refused,
with the words as each would read them.

Sources: WHATWG Encoding Standard, 4 and 9.
"""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edc_microcred.findings import Finding
from edc_microcred.microcredential import learner_rules as rules
from edc_microcred.microcredential.cells import LearnersError
from edc_microcred.microcredential.old_encodings import LATIN, Judgement, judge

_CHUNK: Final = 1 << 20
_MOST_WORDS: Final = 20_000
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORD: Final = re.compile(rb"[A-Za-z\x80-\xff]+")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_MOST_SHOWN: Final = 4
_NAMES: Final = {
    "cp1250": "windows-1250", "cp1251": "windows-1251", "cp1252": "windows-1252", "cp1253": "windows-1253",
    "cp1254": "windows-1254", "iso8859_2": "iso-8859-2", "iso8859_5": "iso-8859-5", "koi8_r": "koi8-r",
    "cp866": "cp866",
}  # fmt: skip
KNOWN: Final = {
    "utf-8": "utf-8-sig", "utf8": "utf-8-sig", "utf-8-sig": "utf-8-sig", "utf-16": "utf-16", "utf16": "utf-16",
    "utf-16le": "utf-16-le", "utf-16-le": "utf-16-le", "utf-16be": "utf-16-be", "utf-16-be": "utf-16-be",
    "windows-1250": "cp1250", "cp1250": "cp1250", "1250": "cp1250", "windows-1251": "cp1251", "cp1251": "cp1251",
    "1251": "cp1251", "windows-1252": "cp1252", "cp1252": "cp1252", "1252": "cp1252",
    "windows-1253": "cp1253", "windows-1254": "cp1254",
    "iso-8859-2": "iso8859_2", "iso-8859-5": "iso8859_5", "koi8-r": "koi8_r", "cp866": "cp866",
    "iso-8859-1": "cp1252", "latin-1": "cp1252",
}  # fmt: skip
"""Encodings that can be named, with Python's name of each."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by Python's name and by the name that is shown, and what is to be said about it."""

    codec: str
    shown: str
    findings: tuple[Finding, ...] = ()


def find_encoding(path: Path, *, said: str | None = None) -> Encoding:
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
    return _from_words(path)


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


def _from_words(path: Path) -> Encoding:
    words = _high_words(path)
    judged = judge(words)
    if judged.codec is None:
        raise _unclear(path, judged, words)
    encoding = _checked(path, Encoding(judged.codec, _NAMES[judged.codec]))
    if judged.sure:
        return encoding
    found = rules.ENCODING_GUESSED.found(encoding=encoding.shown, shown=_letters(words, judged.codec))
    return Encoding(judged.codec, encoding.shown, (found,))


def _high_words(path: Path) -> list[bytes]:
    """The words with bytes beyond ASCII, up to a number that is enough to tell."""
    found: list[bytes] = []
    with path.open("rb") as stream:
        while len(found) < _MOST_WORDS and (chunk := stream.read(_CHUNK)):
            found += [word for word in _WORD.findall(chunk) if _HIGH.search(word)]
    return found


def _unclear(path: Path, judged: Judgement, words: list[bytes]) -> LearnersError:
    first, second = (*judged.others, *(codec for codec in LATIN if codec not in judged.others))[:2]
    read = [(word.decode(first, "replace"), word.decode(second, "replace")) for word in words]
    differing = list(dict.fromkeys(pair for pair in read if pair[0] != pair[1]))[:_MOST_SHOWN] or read[:_MOST_SHOWN]
    found = rules.ENCODING_UNCLEAR.found(
        first=_NAMES[first],
        second=_NAMES[second],
        shown="; ".join(f"“{one}” or “{other}”" for one, other in differing),
        impersonal=f"{_letters(words, first)} or {_letters(words, second)}",
    )
    return LearnersError(str(path), (found,))


def _letters(words: list[bytes], codec: str) -> str:
    """Single letters, not words: a name is nobody's business here."""
    seen = sorted({byte for word in words for byte in word if byte > 0x7F})
    return " ".join(bytes((byte,)).decode(codec, "replace") for byte in seen[:12])
