"""Pictures with few colours: nothing lost while the colours are few, little when they are many."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred.rendering.palette import SIGNATURE, with_few_colours

Pixel = tuple[int, int, int]


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def predicted(kind: int, left: int, up: int, corner: int) -> int:
    """The filter as the standard has it, slowly."""
    if kind == 4:
        estimate = left + up - corner
        return min((left, up, corner), key=lambda value: abs(estimate - value))
    return (0, left, up, (left + up) // 2)[kind]


def true_colour(rows: list[list[Pixel]], filters: list[int], *, alpha: bytes = b"\xff") -> bytes:
    """A PNG of these pixels with the filter given for each row, its data in two chunks; no `alpha`: without it."""
    raw, step = b"", 3 + len(alpha)
    above = bytes(len(rows[0]) * step)
    for pixels, kind in zip(rows, filters, strict=True):
        row = b"".join(bytes(pixel) + alpha for pixel in pixels)
        line = bytearray()
        for at, value in enumerate(row):
            left, corner = (row[at - step], above[at - step]) if at >= step else (0, 0)
            line.append((value - predicted(kind, left, above[at], corner)) & 255)
        raw, above = raw + bytes([kind]) + line, row
    data = zlib.compress(raw)
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 6 if alpha else 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", data[:7]), (b"IDAT", data[7:]), (b"IEND", b""))
    return SIGNATURE + b"".join(chunk(name, content) for name, content in parts)


def pixels_of(png: bytes) -> list[list[Pixel]]:
    """The pixels of a picture with a palette, every checksum checked."""
    assert png.startswith(SIGNATURE)
    found: dict[bytes, bytes] = {}
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert png[at : at + 12 + length] == chunk(name, content)
        found[name] = content
        at += 12 + length
    width, height, bits, kind, *_ = struct.unpack(">IIBBBBB", found[b"IHDR"])
    assert kind == 3
    palette = [tuple(found[b"PLTE"][at : at + 3]) for at in range(0, len(found[b"PLTE"]), 3)]
    assert len(palette) <= 1 << bits
    raw, size = zlib.decompress(found[b"IDAT"]), -(-width * bits // 8)
    rows = []
    for line in (raw[at + 1 : at + 1 + size] for at in range(0, height * (size + 1), size + 1)):
        places = [int(f"{int.from_bytes(line):0{size * 8}b}"[x * bits : (x + 1) * bits], 2) for x in range(width)]
        rows.append([palette[place] for place in places])
    return rows  # type: ignore[return-value]  # palette entries are cut in threes


COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


@st.composite
def pictures(draw: st.DrawFn, *, most: int) -> tuple[list[list[Pixel]], list[int]]:
    colours = draw(st.lists(COLOURS, min_size=1, max_size=most, unique=True))
    width, height = draw(st.integers(1, 9)), draw(st.integers(1, 7))
    rows = [[draw(st.sampled_from(colours)) for _ in range(width)] for _ in range(height)]
    return rows, [draw(st.integers(0, 4)) for _ in range(height)]


@given(pictures(most=16))
@settings(deadline=None)
def test_a_picture_of_few_colours_stays_what_it_is_whatever_its_filters(
    picture: tuple[list[list[Pixel]], list[int]],
) -> None:
    rows, filters = picture
    assert pixels_of(with_few_colours(true_colour(rows, filters), 16)) == rows
    assert pixels_of(with_few_colours(true_colour(rows, filters, alpha=b""), 16)) == rows


def test_what_is_transparent_lies_on_white() -> None:
    rows = [[(0, 0, 0), (200, 0, 0)]]
    assert pixels_of(with_few_colours(true_colour(rows, [0], alpha=b"\x00"), 16)) == [[(255, 255, 255)] * 2]
    assert pixels_of(with_few_colours(true_colour(rows, [0], alpha=b"\x80"), 16)) == [[(127,) * 3, (227, 127, 127)]]


@given(pictures(most=60), st.sampled_from([2, 4, 16, 64]))
@settings(deadline=None)
def test_a_picture_never_gets_more_colours_than_asked_for(
    picture: tuple[list[list[Pixel]], list[int]], colours: int
) -> None:
    reduced = pixels_of(with_few_colours(true_colour(*picture), colours))
    assert len({pixel for row in reduced for pixel in row}) <= colours


def test_paper_and_ink_keep_their_colour_and_shades_stay_near() -> None:
    white, ink = (255, 255, 255), (29, 63, 114)
    shades = [tuple(255 - (255 - part) * step // 100 for part in ink) for step in range(1, 100)]
    rows = [[white] * 99, [ink] * 99, shades]
    reduced = pixels_of(with_few_colours(true_colour(rows, [0, 0, 0]), 16))  # type: ignore[arg-type]  # shades are threes
    assert set(reduced[0]) == {white}
    assert max(abs(a - b) for a, b in zip(reduced[1][0], ink, strict=True)) <= 8
    assert all(
        abs(a - b) <= 12 for new, old in zip(reduced[2], shades, strict=True) for a, b in zip(new, old, strict=True)
    )


@pytest.mark.parametrize("other", [b"", b"GIF89a", SIGNATURE, SIGNATURE + chunk(b"IHDR", bytes(13))])
def test_what_typst_would_not_write_comes_back_untouched(other: bytes) -> None:
    assert with_few_colours(other, 16) == other
