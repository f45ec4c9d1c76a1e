"""One stream out of a compound file, the container of old XLS files.

Sizes and chains of sectors in it are the file's own word; every one is held against the bytes that are there.

Source: [MS-CFB] 2.2 (header) to 2.6 (directory).
"""

import struct
from typing import Final

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = 0xFFFFFFFA
_SMALL: Final = 64
_ENTRY: Final = 128


def read_stream(data: bytes, *names: str) -> bytes:
    """The stream called one of `names`. Raises `ValueError`, `struct.error` or `IndexError` for a damaged file."""
    if not data.startswith(MAGIC):
        raise ValueError("no compound file")
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 20)
    if size not in (512, 4096) or struct.unpack_from("<H", data, 32)[0] != 6:
        raise ValueError("no compound file of a known version")
    directory, _, cutoff, small_start, _, more_start, more_count = struct.unpack_from("<7I", data, 48)
    places = list(struct.unpack_from("<109I", data, 76))
    while more_start < _END and more_count > 0:
        sector = struct.unpack_from(f"<{size // 4}I", data, (more_start + 1) * size)
        places += sector[:-1]
        more_start, more_count = sector[-1], more_count - 1
        if len(places) > len(data):
            raise ValueError("a chain of sectors goes round in a circle")
    table: list[int] = []
    for place in places:
        if place < _END:
            table += struct.unpack_from(f"<{size // 4}I", data, (place + 1) * size)
    entries = _chain(data, directory, table, size)
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        entry = entries[at : at + _ENTRY]
        length_of_name = min(max(struct.unpack_from("<H", entry, 64)[0] - 2, 0), 62)
        if entry[:length_of_name].decode("utf-16-le", "replace") not in names:
            continue
        start, length = struct.unpack_from("<II", entry, 116)
        if length >= cutoff:
            return _chain(data, start, table, size)[:length]
        small_sectors = _chain(data, struct.unpack_from("<I", entries, 116)[0], table, size)
        small_table_bytes = _chain(data, small_start, table, size)
        small_table = list(struct.unpack(f"<{len(small_table_bytes) // 4}I", small_table_bytes))
        return _chain(b"\0" * _SMALL + small_sectors, start, small_table, _SMALL)[:length]
    raise ValueError("the stream is not in it")


def _chain(data: bytes, start: int, table: list[int], size: int) -> bytes:
    """The sectors that follow each other from `start` on."""
    pieces: list[bytes] = []
    while start < _END:
        piece = data[(start + 1) * size : (start + 2) * size]
        if not piece or len(pieces) >= len(table):
            raise ValueError("a chain of sectors leads out of the file, or round in a circle")
        pieces.append(piece)
        start = table[start]
    return b"".join(pieces)
