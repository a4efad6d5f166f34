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
    "floor": mpmath.floor,
    "ceil": mpmath.ceil,
    "round": mpmath.nint,
    "trunc": lambda x: mpmath.sign(x) * mpmath.floor(abs(x)),
    "mod": lambda a, b: a - b * mpmath.floor(a / b),
    "log2": lambda x: mpmath.log(x) / mpmath.log(2),
    "log10": lambda x: mpmath.log(x) / mpmath.log(10),
    "exp2": lambda x: mpf(2) ** x,
    "asin": mpmath.asin,
    "acos": mpmath.acos,
    "atan": mpmath.atan,
    "atan2": mpmath.atan2,
    "hypot": lambda a, b: mpmath.sqrt(a * a + b * b),
    "acosh": mpmath.acosh,
    "sinc": mpmath.sincpi,
    "sinc_slope": lambda x: (mpmath.cospi(x) - mpmath.sincpi(x)) / x,
    "lgamma": lambda x: mpmath.re(mpmath.loggamma(x)),
    "digamma": lambda x: mpmath.psi(0, x),
    "polygamma": lambda n, x: mpmath.psi(int(n), x),
    "tanh_rest": lambda x: 2 / (1 + mpmath.exp(2 * abs(x))),
    "tan": mpmath.tan,
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
        "floor": ((-30, 30), (-60, 80)),
        "ceil": ((-30, 30), (-60, 80)),
        "round": ((-30, 30), (-60, 80)),
        "trunc": ((-30, 30), (-60, 80)),
        "log2": ((0, 3), (-1070, 1020)),
        "log10": ((0, 3), (-1070, 1020)),
        "exp2": ((-1074, 1023), (-60, 9)),
        "asin": ((-1, 1), (-60, -1)),
        "acos": ((-1, 1), (-60, -1)),
        "atan": ((-4, 4), (-60, 1023)),
        "tan": ((-20, 20), (-60, 1023)),
        "acosh": ((1, 4), (0, 1023)),
        "sinc": ((-10, 10), (-60, 60)),
        "sinc_slope": ((-1.2, 1.2), (-60, -1)),
        "lgamma": ((0, 12), (-60, 1000)),
        "digamma": ((0, 12), (-60, 1000)),
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
        "floor": ((-30, 30), (-30, 40)),
        "ceil": ((-30, 30), (-30, 40)),
        "round": ((-30, 30), (-30, 40)),
        "trunc": ((-30, 30), (-30, 40)),
        "log2": ((0, 3), (-145, 126)),
        "log10": ((0, 3), (-145, 126)),
        "exp2": ((-149, 127), (-30, 6)),
        "asin": ((-1, 1), (-30, -1)),
        "acos": ((-1, 1), (-30, -1)),
        "atan": ((-4, 4), (-30, 127)),
        "tan": ((-20, 20), (-30, 127)),
        "acosh": ((1, 4), (0, 127)),
        "sinc": ((-10, 10), (-30, 40)),
        "sinc_slope": ((-1.2, 1.2), (-30, -1)),
        "lgamma": ((0, 12), (-30, 100)),
        "digamma": ((0, 12), (-30, 100)),
    },
}
POSITIVE = {"log", "log2", "log10", "acosh", "lgamma", "digamma"}
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
        if name in ("exp", "expm1", "tanh", "erf", "sinh", "cosh", "sech", "tanh_rest", "exp2"):
            size = min(size, float(high))
        yield narrowed(-size if negative or name in NEGATIVE else size, precision)


def arguments(name, precision):
    yield from drawn(name, precision)
    if name in ("sin", "cos", "tan"):
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


def pairs(precision, count=160):
    reach = 300 if precision == "f64" else 30
    for i in range(count):
        exponent = random.randint(-reach, reach)
        a = (1 + random.random()) * 2.0**exponent * (1 if i % 2 else -1)
        b = (1 + random.random()) * 2.0 ** (exponent + random.randint(-60, 60)) * (1 if i % 3 else -1)
        yield narrowed(a, precision), narrowed(b, precision)
    for a in range(-7, 8):
        yield float(a), 3.0
        yield float(a), -0.5


def orders(precision, count=100):
    for i in range(count):
        yield float(1 + i % 5), narrowed(random.uniform(0.05, 30), precision)


TWO = {"pow": bases, "mod": pairs, "atan2": pairs, "hypot": pairs, "polygamma": orders}


def line(name, precision, arguments):
    exact = FUNCTIONS[name](*(mpf(a) for a in arguments))
    value = float(exact)
    rest = float(exact - mpf(value))
    print(name, precision, *(float(a).hex() for a in arguments), value.hex(), rest.hex())


for name in FUNCTIONS:
    for precision in ("f64", "f32"):
        if name in TWO:
            for a, b in TWO[name](precision):
                line(name, precision, (a, b))
        else:
            for x in arguments(name, precision):
                line(name, precision, (x,))
