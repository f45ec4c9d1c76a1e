"""The texts of an XLS file: short ones in records, and the table of shared ones that goes on over many records.

Source: [MS-XLS] 2.4.265 (SST), 2.4.58 (Continue), 2.5.293 (XLUnicodeRichExtendedString).
"""

import struct
from typing import Final

_SST: Final = 0x00FC
_CONTINUE: Final = 0x003C
_WIDE, _EXTENDED, _RICH = 1, 4, 8


def short_text(body: bytes, at: int) -> str:
    """A text whose length is one byte."""
    return _text(body, at + 2, body[at], body[at + 1])


def text_at(body: bytes, at: int) -> str:
    """A text whose length is two bytes."""
    length, flags = struct.unpack_from("<HB", body, at)
    return _text(body, at + 3, length, flags)


def _text(body: bytes, at: int, length: int, flags: int) -> str:
    if flags & _WIDE:
        return body[at : at + 2 * length].decode("utf-16-le", "replace")
    return body[at : at + length].decode("latin-1")


def read_shared_strings(stream: bytes, at: int) -> list[str]:
    """All texts of the table that begins at `at`. Raises `ValueError` and `struct.error` for a damaged one."""
    pieces: list[bytes] = []
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind != (_CONTINUE if pieces else _SST):
            break
        pieces.append(stream[at + 4 : at + 4 + length])
        at += 4 + length
    reader = _Pieces(pieces)
    reader.take(4)
    count = struct.unpack("<I", reader.take(4))[0]
    texts: list[str] = []
    while len(texts) < count and not reader.ended:
        characters, flags = struct.unpack("<HB", reader.take(3))
        runs = struct.unpack("<H", reader.take(2))[0] if flags & _RICH else 0
        extra = struct.unpack("<I", reader.take(4))[0] if flags & _EXTENDED else 0
        texts.append(reader.text(characters, wide=bool(flags & _WIDE)))
        reader.skip(4 * runs + extra)
    return texts


class _Pieces:
    """Bytes that are spread over records; a text that goes on in the next one begins there with its flags anew."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._piece = 0
        self._at = 0

    @property
    def ended(self) -> bool:
        while self._piece < len(self._pieces) and self._at >= len(self._pieces[self._piece]):
            self._piece += 1
            self._at = 0
        return self._piece >= len(self._pieces)

    def take(self, count: int) -> bytes:
        if self.ended:
            raise ValueError("the table of texts ends too early")
        found = self._pieces[self._piece][self._at : self._at + count]
        if len(found) < count:
            raise ValueError("a number is spread over two records")
        self._at += count
        return found

    def skip(self, count: int) -> None:
        while count > 0 and not self.ended:
            step = min(count, len(self._pieces[self._piece]) - self._at)
            self._at += step
            count -= step

    def text(self, characters: int, *, wide: bool) -> str:
        found: list[str] = []
        while characters > 0:
            if self._at >= len(self._pieces[self._piece]):
                if self.ended:
                    raise ValueError("a text ends too early")
                wide = bool(self.take(1)[0] & _WIDE)
                continue
            width = 2 if wide else 1
            step = min(characters, (len(self._pieces[self._piece]) - self._at) // width)
            if step == 0:
                raise ValueError("half a character stands at the end of a record")
            found.append(_text(self._pieces[self._piece], self._at, step, int(wide)))
            self._at += step * width
            characters -= step
        return "".join(found)
