"""pictures.json: small pictures in every form of PNG and Netpbm, and the pixels that Pillow reads from them.

PNG files are written here byte by byte, so that every filter, depth and the interlaced order occur; Pillow is the reader
that they are compared with. Values of 16 bits count by their first 8. Needs Pillow; made with Pillow 13.0.0.
"""

import io
import json
import pathlib
import random
import struct
import zlib

from PIL import Image

HERE = pathlib.Path(__file__).parent
random.seed(7)
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def packed_row(pixels, depth):
    """One row of samples in `depth` bits each."""
    if depth == 16:
        return b"".join(struct.pack(">H", s) for p in pixels for s in p)
    if depth == 8:
        return bytes(s for p in pixels for s in p)
    bits = "".join(format(p[0], f"0{depth}b") for p in pixels)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))


def filtered(rows, bpp, first):
    """Rows with the filters 0 to 4 in turn."""
    out, above = b"", bytes(len(rows[0]) if rows else 0)
    for number, row in enumerate(rows):
        kind = (first + number) % 5
        line = bytearray()
        for i, x in enumerate(row):
            a = row[i - bpp] if i >= bpp else 0
            b = above[i]
            c = above[i - bpp] if i >= bpp else 0
            p = a + b - c
            paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            line.append((x - [0, a, b, (a + b) // 2, paeth][kind]) % 256)
        out += bytes([kind]) + bytes(line)
        above = row
    return out


def png(width, height, colour, depth, interlaced, first):
    n = SAMPLES[colour]
    top = 1 << depth
    colours = min(top, 11) if colour == 3 else top
    pixels = [[[random.randrange(colours) for _ in range(n)] for _ in range(width)] for _ in range(height)]
    bpp = max(1, n * depth // 8)
    data = b""
    for x, y, dx, dy in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        rows = [packed_row(row[x::dx], depth) for row in pixels[y::dy] if row[x::dx]]
        data += filtered(rows, bpp, first)
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    palette = chunk(b"PLTE", bytes(random.randrange(256) for _ in range(3 * colours))) if colour == 3 else b""
    body = zlib.compress(data, 9)
    half = len(body) // 2
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"tEXt", b"Comment\0made for a test") + palette
        + chunk(b"IDAT", body[:half]) + chunk(b"IDAT", body[half:]) + chunk(b"IEND", b"")
    )


def entry(name, data):
    image = Image.open(io.BytesIO(data))
    image.load()
    if name.startswith("4-16"):  # which Pillow brings to red, green and blue, all the same
        image = image.getchannel(0)
    if image.mode in ("I;16", "I", "I;16B"):
        size, values = image.size, [v >> 8 for v in image.getdata()]
        channels = 1
    else:
        channels = 1 if image.mode in ("1", "L", "LA") else 3
        plain = image.convert("L" if image.mode in ("1", "LA") else image.mode if channels == 1 else "RGB")
        size = plain.size
        values = list(plain.tobytes())
    grey = list((image if channels == 3 else Image.frombytes("L", size, bytes(values))).convert("RGB").convert("L").tobytes())
    return {
        "file": name, "hex": data.hex(), "width": size[0], "height": size[1], "channels": channels,
        "bytes": bytes(values).hex(), "grey": bytes(grey).hex(),
    }


def netpbm():
    grey = [random.randrange(256) for _ in range(12)]
    yield "plain.pgm", b"P2\n# a comment\n4 3\n255\n" + b" ".join(b"%d" % v for v in grey) + b"\n"
    yield "raw.pgm", b"P5 4 3 255\n" + bytes(grey)
    yield "raw7.pgm", b"P5 4 3 7\n" + bytes(v % 8 for v in grey)
    colours = [random.randrange(256) for _ in range(36)]
    yield "plain.ppm", b"P3\n4 3 # of colours\n255\n" + b"\n".join(b"%d" % v for v in colours)
    yield "raw.ppm", b"P6\n4 3\n255\n" + bytes(colours)
    yield "plain.pbm", b"P1\n5 2\n10110\n0 1 0 0 1\n"
    yield "raw.pbm", b"P4\n11 2\n" + bytes([0b10110011, 0b01000000, 0b00001111, 0b10100000])


def main():
    entries = []
    for colour, depths in {0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]}.items():
        for depth in depths:
            for interlaced in (False, True):
                width, height = random.choice([(9, 7), (5, 11), (13, 10), (1, 6), (16, 8)])
                name = f"{colour}-{depth}{'-interlaced' if interlaced else ''}.png"
                entries.append(entry(name, png(width, height, colour, depth, interlaced, random.randrange(5))))
    entries += [entry(name, data) for name, data in netpbm()]
    text = json.dumps({"script": "Tests/Golden/pictures.py, Pillow 13.0.0", "entries": entries}, indent=1)
    (HERE / "pictures.json").write_text(text + "\n")


main()
