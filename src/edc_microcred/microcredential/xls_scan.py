"""What an old XLS file is like before it is read: how large its sheets are, where formulas and errors are.

Like `sheet_scan.py`, for the binary format: the records of the workbook are walked through, nothing is interpreted.

Sources: [MS-CFB] 2.2 to 2.6; [MS-XLS] 2.4 (BoundSheet8, Formula, LabelSst, MulRk, SST), 2.5.293 (strings).
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from edc_microcred.errors import LimitError, UnreadableError
from edc_microcred.microcredential.sheet_scan import Scan

LARGEST: Final = 30_000_000
MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = 0xFFFFFFFA
_BOF, _EOF, _BOUNDSHEET, _SST, _CONTINUE = 0x0809, 0x000A, 0x0085, 0x00FC, 0x003C
_FORMULA, _LABELSST, _BOOLERR, _MULRK = 0x0006, 0x00FD, 0x0205, 0x00BD
_CELLS: Final = frozenset({_FORMULA, _LABELSST, _BOOLERR, 0x0203, 0x027E, 0x0204, 0x00D6})
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def scan_xls(path: Path) -> list[Scan]:
    """The scans of all sheets, in the order of the workbook. Raises `LimitError` and `UnreadableError`."""
    if path.stat().st_size > LARGEST:
        raise LimitError(
            f"{path} has {path.stat().st_size:,} bytes; the limit for XLS files is {LARGEST:,}.",
            remedy="Save it as XLSX or CSV.",
        )
    try:
        return _scan(_workbook(path.read_bytes()), path)
    except (struct.error, IndexError, ValueError) as error:
        raise UnreadableError(
            f"{path} is damaged, or no XLS file.", remedy="Open it in a spreadsheet program and save it as XLSX."
        ) from error


def _scan(stream: bytes, path: Path) -> list[Scan]:
    offsets: list[int] = []
    lengths: list[int] = []
    for kind, body, at in _records(stream, 0):
        if kind == _BOUNDSHEET:
            offsets.append(struct.unpack_from("<I", body)[0])
        elif kind == _SST:
            lengths = _string_lengths(stream, at)
        elif kind == _EOF:
            break
    return [_sheet(stream, offset, lengths, path) for offset in offsets]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes, int]]:
    """Type, body and place of the records from `at` on."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length], at
        at += 4 + length


def _sheet(stream: bytes, offset: int, lengths: list[int], path: Path) -> Scan:
    scan = Scan()
    depth = 0
    for kind, body, _ in _records(stream, offset):
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth == 0:
                break
        elif depth == 1 and kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            scan.cell(row + 1, column, path)
            if kind == _FORMULA:
                scan.formulas.add((row + 1, column))
                if body[12:14] == b"\xff\xff" and body[6] == 2:
                    scan.errors[row + 1, column] = _ERRORS.get(body[8], "#ERROR")
            elif kind == _LABELSST:
                index = struct.unpack_from("<I", body, 6)[0]
                scan.text(lengths[index] if index < len(lengths) else 0, path)
            elif kind == _BOOLERR and body[7]:
                scan.errors[row + 1, column] = _ERRORS.get(body[6], "#ERROR")
        elif depth == 1 and kind == _MULRK:
            row, first = struct.unpack_from("<HH", body)
            scan.cell(row + 1, first, path)
            scan.cell(row + 1, struct.unpack_from("<H", body, len(body) - 2)[0], path)
    return scan


def _string_lengths(stream: bytes, at: int) -> list[int]:
    """The length in characters of each shared string; those that go on in further records included."""
    pieces: list[bytes] = []
    for kind, body, _ in _records(stream, at):
        if kind != (_CONTINUE if pieces else _SST):
            break
        pieces.append(body)
    reader = _Pieces(pieces)
    reader.take(4)
    count = struct.unpack("<I", reader.take(4))[0]
    lengths: list[int] = []
    while len(lengths) < count and not reader.ended:
        characters = struct.unpack("<H", reader.take(2))[0]
        flags = reader.take(1)[0]
        runs = struct.unpack("<H", reader.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", reader.take(4))[0] if flags & 4 else 0
        reader.skip_text(characters, wide=bool(flags & 1))
        reader.skip(4 * runs + extra)
        lengths.append(characters)
    return lengths


class _Pieces:
    """Bytes that are spread over records; text that goes on in the next one begins there with its flags anew."""

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
            raise ValueError("the table of strings ends too early")
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

    def skip_text(self, characters: int, *, wide: bool) -> None:
        while characters > 0:
            if self._at >= len(self._pieces[self._piece]):
                if self.ended:
                    raise ValueError("a string ends too early")
                wide = bool(self.take(1)[0] & 1)
                continue
            room = (len(self._pieces[self._piece]) - self._at) // (2 if wide else 1)
            step = min(characters, room)
            if step == 0:
                raise ValueError("half a character stands at the end of a record")
            self._at += step * (2 if wide else 1)
            characters -= step


def _workbook(data: bytes) -> bytes:
    """The workbook's stream out of the compound file."""
    if not data.startswith(MAGIC):
        raise ValueError("no compound file")
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    small = 1 << struct.unpack_from("<H", data, 32)[0]
    if size not in (512, 4096) or small != 64:
        raise ValueError("no compound file of a known version")
    directory, _, cutoff, small_start, _, difat, count = struct.unpack_from("<IIIIIII", data, 48)
    places = list(struct.unpack_from("<109I", data, 76))
    while difat < _END and count > 0:
        sector = struct.unpack_from(f"<{size // 4}I", data, (difat + 1) * size)
        places += sector[:-1]
        difat, count = sector[-1], count - 1
    fat: list[int] = []
    for place in places:
        if place < _END:
            fat += struct.unpack_from(f"<{size // 4}I", data, (place + 1) * size)
    entries = _chain(data, directory, fat, size)
    root = entries[:128]
    for at in range(0, len(entries) - 127, 128):
        entry = entries[at : at + 128]
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            start, length = struct.unpack_from("<II", entry, 116)
            if length >= cutoff:
                return _chain(data, start, fat, size)[:length]
            ministream = _chain(data, struct.unpack_from("<I", root, 116)[0], fat, size)
            minifat_bytes = _chain(data, small_start, fat, size)
            minifat = list(struct.unpack(f"<{len(minifat_bytes) // 4}I", minifat_bytes))
            return _chain(b"\0" * small + ministream, start, minifat, small)[:length]
    raise ValueError("no workbook in it")


def _chain(data: bytes, start: int, table: list[int], size: int) -> bytes:
    """The sectors that follow each other from `start` on; a chain that turns back on itself is damaged."""
    pieces = []
    seen = 0
    while start < _END:
        pieces.append(data[(start + 1) * size : (start + 2) * size])
        start = table[start]
        seen += 1
        if seen > len(table):
            raise ValueError("a chain of sectors goes round in a circle")
    return b"".join(pieces)
