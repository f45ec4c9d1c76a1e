"""A zip archive whose true sizes are known before anybody unpacks it whole.

The sizes that an archive states of itself can lie, and a few kilobytes can hold gigabytes; so every entry is inflated
here once, piece by piece, and counted. Nothing is written to disk, no entry's name is used as a path.

Clause: APPNOTE.TXT 6.3.10, 4.3.7 and 4.4.5.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from edc_microcred.errors import LimitError, UnreadableError

MOST_BYTES: Final = 150_000_000
"""The most bytes of all entries together: a sheet of 200,000 learners with ten columns has 90 million."""
MOST_ENTRIES: Final = 2_000
_CHUNK: Final = 1 << 16
_LOCAL_HEADER: Final = struct.Struct("<4s5H3I2H")


class Archive:
    """The entries of a zip file. Raises `LimitError` for one that would unpack to too much, `UnreadableError` else."""

    def __init__(self, path: Path) -> None:
        self.path: Final = path
        try:
            with zipfile.ZipFile(path) as opened:
                self._entries: Final = {entry.filename: entry for entry in opened.infolist()}
                count = len(opened.infolist())
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
            raise _damaged(path) from error
        if count > MOST_ENTRIES:
            raise LimitError(f"{path} holds {count:,} entries; the limit is {MOST_ENTRIES:,}.", remedy=_REMEDY)
        folded = {name.lower() for name in self._entries}
        if count != len(folded) or any("\\" in name for name in folded):  # two programs could read two different sheets
            raise _damaged(path)
        left = MOST_BYTES
        for name in self._entries:
            for piece in self.stream(name):
                left -= len(piece)
                if left < 0:
                    raise LimitError(
                        f"{path} unpacks to more than {MOST_BYTES:,} bytes.", remedy=_REMEDY, state="It was not read."
                    )

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """The whole of an entry; nothing for one that is not there."""
        return b"".join(self.stream(name)) if name in self._entries else b""

    def stream(self, name: str) -> Iterator[bytes]:
        """The bytes of an entry, piece by piece, as many as there are and not as many as it says."""
        entry = self._entries[name]
        if entry.flag_bits & 1:
            raise UnreadableError(f"{self.path} is protected by a password.", remedy="Save it without one.")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged(self.path)
        with self.path.open("rb") as stream:
            stream.seek(entry.header_offset)
            head = stream.read(_LOCAL_HEADER.size)
            if len(head) != _LOCAL_HEADER.size or not head.startswith(b"PK\x03\x04"):
                raise _damaged(self.path)
            *_, name_length, extra_length = _LOCAL_HEADER.unpack(head)
            stream.seek(name_length + extra_length, 1)
            inflater = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
            left = entry.compress_size
            try:
                while left > 0 and (piece := stream.read(min(_CHUNK, left))):
                    left -= len(piece)
                    if inflater is None:
                        yield piece
                        continue
                    while piece:
                        yield inflater.decompress(piece, _CHUNK)
                        piece = inflater.unconsumed_tail
                if inflater is not None:
                    yield inflater.flush()
            except zlib.error as error:
                raise _damaged(self.path) from error


_REMEDY: Final = "No list of learners is so large. Copy the learners alone into a new file, or save them as CSV."


def _damaged(path: Path) -> UnreadableError:
    return UnreadableError(
        f"{path} is damaged, or no spreadsheet.", remedy="Open it in a spreadsheet program and save it again."
    )
