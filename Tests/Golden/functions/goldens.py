"""Writes points.txt: values of the functions to twice the precision of f64, for the tests of their formulas.

python3 Tests/Golden/functions/goldens.py > Tests/Golden/functions/points.txt

A line is: function, precision, argument(s), value, remainder; the exact value is value + remainder. The arguments are
numbers of that precision; every number is spelled in hexadecimal.
"""

import random
import struct

import mpmath
from mpmath import mp, mpf

mp.prec = 2400
random.seed(20)

FUNCTIONS = {
    "exp": mpmath.exp,
    "log": mpmath.log,
    "expm1": mpmath.expm1,
    "log1p": mpmath.log1p,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tanh": mpmath.tanh,
    "erf": mpmath.erf,
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
    "softplus": lambda x: mpmath.log1p(mpmath.exp(x)),
    "gelu": lambda x: x * mpmath.erfc(-x / mpmath.sqrt(2)) / 2,
    "pow": mpmath.power,
    "sinh": mpmath.sinh,
    "cosh": mpmath.cosh,
    "sech": mpmath.sech,
    "asinh": mpmath.asinh,
    "atanh": mpmath.atanh,
    "erfc": mpmath.erfc,
    "logcosh": lambda x: mpmath.log(mpmath.cosh(x)),
    "log1mexp": lambda x: mpmath.log(-mpmath.expm1(x)),
    "tanh_rest": lambda x: 2 / (1 + mpmath.exp(2 * abs(x))),
}

# The arguments are drawn evenly from these ranges, and with even exponents between ± the second pair.
RANGES = {
    "f64": {
        "exp": ((-745, 709), (-60, 9)),
        "log": ((0, 3), (-1070, 1020)),
        "expm1": ((-40, 709), (-60, 9)),
        "log1p": ((-1, 2), (-60, 1020)),
        "sin": ((-20, 20), (-60, 1023)),
        "cos": ((-20, 20), (-60, 1023)),
        "tanh": ((-4, 4), (-60, 4)),
        "erf": ((-6, 6), (-60, 2)),
        "sigmoid": ((-30, 30), (-60, 9)),
        "softplus": ((-30, 30), (-60, 9)),
        "gelu": ((-30, 30), (-60, 4)),
        "sinh": ((-710, 710), (-60, 9)),
        "cosh": ((-710, 710), (-60, 9)),
        "sech": ((-708, 708), (-60, 9)),
        "asinh": ((-20, 20), (-60, 1023)),
        "atanh": ((-1, 1), (-60, -1)),
        "erfc": ((-6, 26), (-60, 2)),
        "logcosh": ((-3, 3), (-60, 1023)),
        "log1mexp": ((-40, 0), (-60, 9)),
        "tanh_rest": ((-354, 354), (-60, 8)),
    },
    "f32": {
        "exp": ((-103, 88), (-30, 6)),
        "log": ((0, 3), (-145, 126)),
        "expm1": ((-20, 88), (-30, 6)),
        "log1p": ((-1, 2), (-30, 126)),
        "sin": ((-20, 20), (-30, 127)),
        "cos": ((-20, 20), (-30, 127)),
        "tanh": ((-4, 4), (-30, 3)),
        "erf": ((-4, 4), (-30, 1)),
        "sigmoid": ((-20, 20), (-30, 5)),
        "softplus": ((-20, 20), (-30, 5)),
        "gelu": ((-12, 12), (-30, 2)),
        "sinh": ((-88, 88), (-30, 6)),
        "cosh": ((-88, 88), (-30, 6)),
        "sech": ((-87, 87), (-30, 6)),
        "asinh": ((-20, 20), (-30, 127)),
        "atanh": ((-1, 1), (-30, -1)),
        "erfc": ((-4, 9), (-30, 1)),
        "logcosh": ((-3, 3), (-30, 127)),
        "log1mexp": ((-20, 0), (-30, 6)),
        "tanh_rest": ((-43, 43), (-30, 5)),
    },
}
POSITIVE = {"log"}
NEGATIVE = {"log1mexp"}

# The numbers nearest to multiples of π/2, and those beside the border to what counts as large.
TURNS = {
    "f64": ["0x1.6ac5b262ca1ffp849", "0x1.921fb54442d18p26", "0x1.921fb54442d19p26", "0x1.fffffffffffffp1023"],
    "f32": ["0x1.4a13ap120", "0x1.921fb4p13", "0x1.921fb6p13", "0x1.fffffep127"],
}


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def narrowed(x, precision):
    return x if precision == "f64" else single(x)


def drawn(name, precision, count=60):
    (low, high), (first, last) = RANGES[precision][name]
    for _ in range(count):
        yield narrowed(random.uniform(low, high), precision)
    for i in range(count):
        size = (1 + random.random()) * 2.0 ** random.randint(first, last)
        negative = i % 2 and name not in POSITIVE and not (name == "log1p" and size >= 1)
        if name in ("exp", "expm1", "tanh", "erf", "sinh", "cosh", "sech", "tanh_rest"):
            size = min(size, float(high))
        yield narrowed(-size if negative or name in NEGATIVE else size, precision)


def arguments(name, precision):
    yield from drawn(name, precision)
    if name in ("sin", "cos"):
        for x in map(float.fromhex, TURNS[precision]):
            yield from (x, -x)


def bases(precision, count=160):
    reach = 1000 if precision == "f64" else 120
    for i in range(count):
        a = random.uniform(0, 3) if i % 2 else (1 + random.random()) * 2.0 ** random.randint(-reach, reach)
        a = narrowed(a, precision)
        power = random.uniform(-1, 1) * reach / max(1 / 64, abs(float(mpmath.log(a, 2))))
        b = narrowed(power, precision) if i % 3 else float(round(power))
        if i % 3 == 0 and i % 4 == 0:
            a = -a
        if abs(b * mpmath.log(abs(a), 2)) < reach:
            yield a, b


def line(name, precision, arguments):
    exact = FUNCTIONS[name](*(mpf(a) for a in arguments))
    value = float(exact)
    rest = float(exact - mpf(value))
    print(name, precision, *(float(a).hex() for a in arguments), value.hex(), rest.hex())


for name in FUNCTIONS:
    for precision in ("f64", "f32"):
        if name == "pow":
            for a, b in bases(precision):
                line(name, precision, (a, b))
        else:
            for x in arguments(name, precision):
                line(name, precision, (x,))
