"""initial.json: the first values of every initialiser, by a second writing of the generator, in Python.

Philox4x32-10 (Salmon et al., 2011) in integers; uniform values are exact in float64, normal ones are those of
Box and Muller (1958) by mpmath with 60 digits, rounded at the end; `error` is what the rounding of the angle may add to them.
"""

import math

import mpmath

from golden import write

MASK = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & MASK, (a >> 32) ^ c[3] ^ k[1], a & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


assert philox([0] * 4, [0] * 2) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]


def unit(seed, stream, index):
    pair = index // 2
    out = philox([pair & MASK, pair >> 32, stream & MASK, stream >> 32], [seed & MASK, seed >> 32])
    first, second = out[:2] if index % 2 == 0 else out[2:]
    return ((first << 32 | second) >> 11) * 2.0**-53


def uniform(bound, seed, stream, count):
    return [((u + u) - 1.0) * bound for u in (unit(seed, stream, i) for i in range(count))]


def normal(deviation, seed, stream, count):
    values = []
    for pair in range((count + 1) // 2):
        u = mpmath.mpf(unit(seed, stream, 2 * pair))
        v = mpmath.mpf(unit(seed, stream, 2 * pair + 1))
        radius = deviation * mpmath.sqrt(-2 * mpmath.log(1 - u))
        values += [radius * mpmath.cos(2 * mpmath.pi * v), radius * mpmath.sin(2 * mpmath.pi * v)]
    return [float(v) for v in values[:count]]


ROWS = {
    "pytorch": (lambda i, o: 1 / math.sqrt(i), True),
    "he": (lambda i, o: math.sqrt(6 / i), False),
    "xavier": (lambda i, o: math.sqrt(6 / (i + o)), False),
    "lecun": (lambda i, o: math.sqrt(3 / i), False),
    "uniform": (lambda i, o: 0.05, False),
}
IN, OUT = 5, 3
ENTRIES = []
for seed in [0, 42, 2**64 - 1]:
    for name, (bound, drawn) in ROWS.items():
        b = bound(IN, OUT)
        bias = uniform(b, seed, 1, OUT) if drawn else [0.0] * OUT
        values = uniform(b, seed, 0, IN * OUT) + bias
        ENTRIES.append({"init": name, "seed": str(seed), "error": 0, "values": values})
    values = normal(mpmath.mpf(0.05), seed, 0, IN * OUT) + [0.0] * OUT
    ENTRIES.append({"init": "normal", "seed": str(seed), "error": 2e-16, "values": values})
    ENTRIES.append({"init": "zeros", "seed": str(seed), "error": 0, "values": [0.0] * (IN * OUT + OUT)})

write("initial.json", ENTRIES, layer=f"linear {IN}->{OUT}")
