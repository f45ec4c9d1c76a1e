"""Pictures with few colours: the pages that Typst draws, in a third of the bytes.

A page of text has some five hundred shades of three colours, and PNG spends four bytes on each dot. Sixteen shades
look the same to a reader and take half a byte. Only what programs that draw write is read (8 bits, true colour, not
interlaced); other PNG files come back as they are. Whatever is transparent lies on white.

Clauses: PNG (W3C, 3rd edition), 9 (filters), 11.2 (chunks); Heckbert 1982 (median cut).
"""

import struct
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
# Bits, colour type, compression, filter and interlace of true colour, without and with transparency, in bytes a dot.
_TRUE_COLOUR: Final = {(8, 2, 0, 0, 0): 3, (8, 6, 0, 0, 0): 4}


def with_few_colours(png: bytes, colours: int) -> bytes:
    """The picture with at most `colours` (2 to 256) colours on white ground, or `png` itself if it cannot be read."""
    chunks = dict(_chunks(png))
    header = chunks.get(b"IHDR", b"")
    step = _TRUE_COLOUR.get(struct.unpack(">5B", header[8:])) if len(header) == 13 else None
    if step is None or b"IDAT" not in chunks or sys.byteorder != "little":
        return png
    width, height = struct.unpack(">II", header[:8])
    rows = list(_rows(zlib.decompress(chunks[b"IDAT"]), width, height, step))
    different = dict.fromkeys(rows)  # much of a page is the same white row
    pixels = memoryview(b"".join(map(_with_alpha, different) if step == 3 else different)).cast("I")
    places, palette = _median_cut(Counter(pixels), colours)
    bits = next(bits for bits in (1, 2, 4, 8) if len(palette) <= 1 << bits)
    indices = bytes(map(places.__getitem__, pixels))
    packed_rows = {
        row: b"\0" + _packed(indices[number * width : (number + 1) * width], bits)
        for number, row in enumerate(different)
    }
    packed = b"".join(map(packed_rows.__getitem__, rows))
    return SIGNATURE + b"".join(
        _chunk(name, content)
        for name, content in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, bits, 3, 0, 0, 0)),
            (b"PLTE", b"".join(bytes(colour) for colour in palette)),
            (b"IDAT", zlib.compress(packed, 9)),
            (b"IEND", b""),
        )
    )


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of the chunks; the several parts of the picture as one."""
    at, data = len(SIGNATURE), b""
    while at + 12 <= len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        data, at = (data + content if name == b"IDAT" else data), at + 12 + length
        yield name, data if name == b"IDAT" else content


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _with_alpha(row: bytes) -> bytes:
    """A row of dots of three bytes as one of four, all of it opaque."""
    wider = bytearray(b"\xff") * (len(row) // 3 * 4)
    for channel in range(3):
        wider[channel::4] = row[channel::3]
    return bytes(wider)


def _rows(raw: bytes, width: int, height: int, step: int) -> Iterator[bytes]:
    """The rows of the picture, their filters undone; a dot has `step` bytes."""
    size = width * step
    low, high = int.from_bytes(b"\x7f" * size), int.from_bytes(b"\x80" * size)
    above = bytes(size)
    for at in range(0, height * (size + 1), size + 1):
        kind, row = raw[at], raw[at + 1 : at + 1 + size]
        if kind == 1:
            restored = bytearray(size)
            for channel in range(step):
                restored[channel::step] = bytes(value & 255 for value in accumulate(row[channel::step]))
            row = bytes(restored)
        elif kind == 2:
            # All bytes are added at once, in one large number: seven bits each, then the eighth without its carry.
            one, other = int.from_bytes(row), int.from_bytes(above)
            row = (((one & low) + (other & low)) ^ ((one ^ other) & high)).to_bytes(size)
        elif kind == 3:
            row = _average(row, above, step)
        elif kind == 4:
            row = _paeth(row, above, step)
        yield row
        above = row


def _average(row: bytes, above: bytes, step: int) -> bytes:
    restored = bytearray(step) + row
    for at, up in enumerate(above, step):
        restored[at] = (restored[at] + (restored[at - step] + up) // 2) & 255
    return bytes(restored[step:])


def _paeth(row: bytes, above: bytes, step: int) -> bytes:
    restored, over = bytearray(step) + row, bytes(step) + above
    for at in range(step, len(restored)):
        left, up, corner = restored[at - step], over[at], over[at - step]
        if up == corner:
            near = left
        elif left == corner:
            near = up
        else:
            away_left, away_up, away_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
            near = (
                left if away_left <= away_up and away_left <= away_corner else up if away_up <= away_corner else corner
            )
        restored[at] = (restored[at] + near) & 255
    return bytes(restored[step:])


def _packed(indices: bytes, bits: int) -> bytes:
    """A row of palette indices, several to a byte, the first in the high bits."""
    if bits == 8:
        return indices
    in_a_byte = 8 // bits
    indices += bytes(-len(indices) % in_a_byte)
    size = len(indices) // in_a_byte
    packed = 0
    for place in range(in_a_byte):
        packed = packed << bits | int.from_bytes(indices[place::in_a_byte])
    return packed.to_bytes(size)


def _median_cut(counted: Counter[int], colours: int) -> tuple[dict[int, int], list[tuple[int, int, int]]]:
    """The palette index of every pixel value, and the palette: boxes of like colours, cut where they are widest."""
    boxes = [[(_on_white(value), count, value) for value, count in counted.items()]]
    boxes[0].sort()
    while len(boxes) < colours:
        widest = max(boxes, key=lambda box: max(_spread(box)) * len(box) ** 0.5 if len(box) > 1 else 0)
        spread = _spread(widest)
        if max(spread) == 0:
            break
        axis = spread.index(max(spread))
        widest.sort(key=lambda dot: (dot[0][axis], dot))
        middle = (widest[0][0][axis] + widest[-1][0][axis]) / 2
        cut = next(at for at, dot in enumerate(widest) if dot[0][axis] > middle)
        boxes.remove(widest)
        boxes += [widest[:cut], widest[cut:]]
    places = {value: index for index, box in enumerate(boxes) for _, _, value in box}
    return places, [_mean(box) for box in boxes]


def _on_white(value: int) -> tuple[int, int, int]:
    """The colour of a dot: red, green, blue, alpha from the low end, as a little-endian number holds its bytes."""
    alpha = value >> 24
    red, green, blue = value & 255, value >> 8 & 255, value >> 16 & 255
    if alpha == 255:
        return red, green, blue
    ground = 255 * (255 - alpha)
    return (red * alpha + ground) // 255, (green * alpha + ground) // 255, (blue * alpha + ground) // 255


def _spread(box: Iterable[tuple[tuple[int, int, int], int, int]]) -> tuple[int, int, int]:
    reds, greens, blues = zip(*(dot[0] for dot in box), strict=True)
    return max(reds) - min(reds), max(greens) - min(greens), max(blues) - min(blues)


def _mean(box: list[tuple[tuple[int, int, int], int, int]]) -> tuple[int, int, int]:
    """The commonest colour of a box when most dots have it, such as the white of the paper; else the mean."""
    weight = sum(count for _, count, _ in box)
    common = max(box, key=lambda dot: (dot[1], dot))
    if common[1] * 2 > weight:
        return common[0]
    red, green, blue = (round(sum(dot[0][axis] * dot[1] for dot in box) / weight) for axis in range(3))
    return red, green, blue
