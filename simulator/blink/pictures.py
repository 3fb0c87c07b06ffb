"""Draw what the cameras see: small night scenes as real JPEG files, and a clip."""

from __future__ import annotations

import functools
import zlib

Colour = tuple[int, int, int]

WIDTH, HEIGHT = 40, 30  # in blocks of 8 x 8 pixels
CLIP_SIZE = 200 * 1024
PERSON = (" ## ", " ## ", "####", "####", "####", " ## ", " ## ", "#  #", "#  #")


def make_clip(size: int = CLIP_SIZE) -> bytes:
    """Return bytes that begin as an MP4 file does: a type box, then media data up to `size`."""
    brand = b"isom" + (512).to_bytes(4, "big") + b"isomiso2avc1mp41"
    kind = (8 + len(brand)).to_bytes(4, "big") + b"ftyp" + brand
    filling = size - len(kind) - 8
    data = (bytes(range(256)) * (filling // 256 + 1))[:filling]
    return kind + (8 + filling).to_bytes(4, "big") + b"mdat" + data


@functools.cache
def draw_scene(name: str) -> bytes:
    """Return a JPEG of a person at night in front of a house; each name gets its own."""
    seed = zlib.crc32(name.encode())
    wall = (70 + seed % 60, 70 + (seed >> 8) % 60, 70 + (seed >> 16) % 60)
    left, person = 3 + seed % 8, 20 + (seed >> 4) % 14
    rows: list[list[Colour]] = []
    for y in range(HEIGHT):
        sky, ground = (10, 14, 30 + 3 * y), (40 + 2 * (y - 20), 60 + 2 * (y - 20), 40)
        rows.append([sky if y < 20 else ground] * WIDTH)
    for y in range(9, 22):
        for x in range(left, left + 16):
            rows[y][x] = wall
    for y in range(12, 16):
        for x in range(left + 3, left + 7):
            rows[y][x] = (250, 220, 130)
    for y in range(14, 22):
        for x in range(left + 10, left + 13):
            rows[y][x] = (60, 35, 20)
    for dy, line in enumerate(PERSON):
        for dx, mark in enumerate(line):
            if mark == "#":
                rows[16 + dy][person + dx] = (225, 225, 215)
    return encode_jpeg(rows)


def encode_jpeg(rows: list[list[Colour]]) -> bytes:
    """Encode a picture whose pixels are 8 x 8 blocks as a baseline JPEG.

    A block of one colour has a DC coefficient only, eight times the level; quantised by eight it
    is the level itself. So nine size categories and the end-of-block mark are all the codes there
    are, and no cosine is computed.
    """
    high, wide = len(rows) * 8, len(rows[0]) * 8
    size = high.to_bytes(2, "big") + wide.to_bytes(2, "big")
    head = (
        b"\xff\xd8"
        + _segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        + _segment(0xDB, b"\x00" + bytes([8]) * 64)
        + _segment(0xC0, b"\x08" + size + b"\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00")
        + _segment(0xC4, b"\x00" + bytes([0, 0, 0, 9] + [0] * 12) + bytes(range(9)))
        + _segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\x00")
        + _segment(0xDA, b"\x03\x01\x00\x02\x00\x03\x00\x00\x3f\x00")
    )
    bits: list[str] = []
    before = [0, 0, 0]
    for row in rows:
        for colour in row:
            for part, level in enumerate(_levels(colour)):
                bits.append(_dc_code(level - before[part]) + "0")
                before[part] = level
    text = "".join(bits)
    text += "1" * (-len(text) % 8)
    scan = int(text, 2).to_bytes(len(text) // 8, "big").replace(b"\xff", b"\xff\x00")
    return head + scan + b"\xff\xd9"


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def _levels(colour: Colour) -> tuple[int, int, int]:
    """Return luminance and the two chrominances, each shifted to -128..127."""
    red, green, blue = colour
    light = 0.299 * red + 0.587 * green + 0.114 * blue
    return (
        round(light) - 128,
        max(-128, min(127, round(0.564 * (blue - light)))),
        max(-128, min(127, round(0.713 * (red - light)))),
    )


def _dc_code(difference: int) -> str:
    """Return the bits of one DC difference: four for its size, then its value."""
    length = abs(difference).bit_length()
    if not length:
        return "0000"
    value = difference if difference > 0 else difference + (1 << length) - 1
    return f"{length:04b}{value:0{length}b}"
