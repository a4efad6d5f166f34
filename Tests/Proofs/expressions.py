"""Random expressions, their values and derivatives up to the third, against 60-digit arithmetic.

    swift build --product nnc
    /tmp/proofs/bin/python Tests/Proofs/expressions.py [expressions] [seed] [path of nnc]

`nnc eval` differentiates and computes each expression of x and y at a point: plain, far (2^±1000) or at a kink. Here the
same is done by series of four terms in mpmath. How far apart they may be is measured as well: in three more runs every
intermediate result is off by a random part of 2^-50, which is what rounding does, and the greatest effect of that, 64-fold,
is the bound. Where an intermediate result leaves the range of f64, or an infinite point asks for a limit, a number out
of range is explained. Everything else is listed as unexplained, and the script then fails.
"""

import collections
import json
import pathlib
import random
import subprocess
import sys

import mpmath as mp

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NNC = sys.argv[3] if len(sys.argv) > 3 else ROOT / ".build/debug/nnc"
ORDER = 4
LARGEST, LEAST = mp.mpf(2) ** 1023, mp.mpf(2) ** -1022


class Undefined(Exception):
    """There is no number, or no derivative, here."""


class Series:
    """A function of x near a point: value and scaled derivatives. Every result passes through `noise`."""

    noise = staticmethod(lambda value: value)
    extremes = []

    def __init__(self, terms):
        self.terms = [Series.noise(mp.mpf(term)) for term in terms]
        factorial = 1
        for place, term in enumerate(self.terms):
            factorial *= max(1, place)
            if term:
                Series.extremes.append(abs(term) * factorial)

    value = property(lambda self: self.terms[0])

    def __add__(a, b): return Series([p + q for p, q in zip(a.terms, b.terms)])
    def __sub__(a, b): return Series([p - q for p, q in zip(a.terms, b.terms)])
    def __neg__(a): return Series([-p for p in a.terms])
    def __mul__(a, b): return Series([sum(a.terms[j] * b.terms[i - j] for j in range(i + 1)) for i in range(ORDER)])

    def __truediv__(a, b):
        if b.value == 0:
            raise Undefined
        terms = []
        for i in range(ORDER):
            terms.append(Series.noise((a.terms[i] - sum(terms[j] * b.terms[i - j] for j in range(i))) / b.value))
        Series.extremes += [abs(part / b.value**n) for part in (1, a.value) for n in range(1, ORDER + 1) if part]
        return Series(terms)

    def through(self, derivatives):
        """f of the series, given f and its derivatives at its value."""
        Series.extremes += [abs(derivative) for derivative in derivatives[1:] if derivative]
        # The value stands in many a slope, beside powers of the inner slope.
        Series.extremes += [abs(self.value * self.terms[1] ** n) for n in range(1, ORDER) if self.value and self.terms[1]]
        rest = Series([0] + self.terms[1:])
        power, result, factorial = constant(1), constant(derivatives[0]), 1
        for order in range(1, ORDER):
            power, factorial = power * rest, factorial * order
            result = result + power * constant(derivatives[order] / factorial)
        return result


def constant(value):
    return Series([value] + [0] * (ORDER - 1))


def exp(a):
    if abs(a.value) > 1e6:
        raise Undefined
    return a.through([mp.exp(a.value)] * ORDER)


def expm1(a):
    return exp(a) if a.value < -1e6 else a.through([mp.expm1(a.value)] + [mp.exp(a.value)] * (ORDER - 1))


def log(a):
    if a.value <= 0:
        raise Undefined
    x = a.value
    return a.through([mp.log(x), 1 / x, -1 / x**2, 2 / x**3])


def sqrt(a):
    if a.value <= 0:
        raise Undefined
    r, x = mp.sqrt(a.value), a.value
    return a.through([r, 1 / (2 * r), -1 / (4 * r * x), 3 / (8 * r * x * x)])


def wave(a, shift):
    if abs(a.value) > mp.mpf(2) ** 60:
        raise Undefined
    f = [mp.sin, mp.cos, lambda x: -mp.sin(x), lambda x: -mp.cos(x)]
    return a.through([f[(i + shift) % 4](a.value) for i in range(4)])


def sigmoid(a):
    x = a.value
    s, r = (1 / (1 + mp.exp(-x)), 1 / (1 + mp.exp(x))) if abs(x) < 1e6 else ((x > 0) * mp.mpf(1), (x < 0) * mp.mpf(1))
    # r - s, which is small beside either near 0: what moves r and s moves it as far.
    p, q = Series.noise(s), Series.noise(r)
    difference = (q - r) - (p - s) - (mp.tanh(x / 2) if abs(x) < 1e6 else mp.sign(x))
    return a.through([s, s * r, s * r * difference, s * r * (1 - 6 * s * r)])


def softplus(a):
    x = a.value
    s = sigmoid(Series([x, 1, 0, 0]))
    value = mp.log1p(mp.exp(-abs(x))) + max(x, 0) if abs(x) < 1e6 else max(x, mp.mpf(0))
    return a.through([value, s.terms[0], s.terms[1], 2 * s.terms[2]])


def tanh(a):
    x = a.value
    t, d = (mp.tanh(x), mp.sech(x) ** 2) if abs(x) < 1e6 else (mp.sign(x), mp.mpf(0))
    return a.through([t, d, -2 * t * d, d * (4 - 6 * d)])


def power(a, n):
    x = a.value
    if x == 0 and n < 0:
        raise Undefined
    if x == 0 and n < 3:
        return a * a if n == 2 else a
    f = [x**n, n * x ** (n - 1), n * (n - 1) * x ** (n - 2), n * (n - 1) * (n - 2) * x ** (n - 3)]
    return a.through(f)


def sharp(a, slope):
    """What is linear on either side of its kink, with the slope that the language states; |u| where u turns back at 0, as
    a square does, has no kink there."""
    if a.value == 0 and a.terms[1] == 0 and any(a.terms):
        raise Undefined
    return Series([a.value * slope] + [term * slope for term in a.terms[1:]])


def norm(a):
    """The root of the square, as it is computed: beyond the square's range, and in what cancels, it is no |x|."""
    return sqrt(a * a) if a.value else sharp(a, 0)


half = lambda a, b: Series([a.value] + [(p + q) / 2 for p, q in zip(a.terms[1:], b.terms[1:])])
ONE = {
    "exp": exp, "log": log, "sqrt": sqrt, "sin": lambda a: wave(a, 0), "cos": lambda a: wave(a, 1), "sigmoid": sigmoid,
    "softplus": softplus, "tanh": tanh, "logsigmoid": lambda a: -softplus(-a),
    "abs": lambda a: sharp(a, mp.sign(a.value)), "relu": lambda a: sharp(a, mp.mpf(a.value > 0)),
    "elu": lambda a: a if a.value > 0 else expm1(a), "silu": lambda a: a * sigmoid(a),
    "norm": norm,
}
TWO = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
    "max": lambda a, b: half(a, b) if a.value == b.value else a if a.value > b.value else b,
    "min": lambda a, b: half(a, b) if a.value == b.value else a if a.value < b.value else b,
}


class Maker:
    def __init__(self, draw):
        self.draw = draw

    def make(self, depth):
        """The text of an expression, and the function from x and y to its series."""
        draw = self.draw
        if depth == 0 or draw.random() < 0.12:
            kind = draw.choice("xxxyc")
            if kind == "x":
                return "x", lambda x, y: x
            if kind == "y":
                return "y", lambda x, y: y
            number = draw.choice([2, 3, 0.5, 1, -1, 0.25])
            return f"({number})", lambda x, y: constant(number)
        kind = draw.random()
        if kind < 0.45:
            name = draw.choice(list(ONE))
            text, inner = self.make(depth - 1)
            return f"{name}({text})", lambda x, y: ONE[name](inner(x, y))
        if kind < 0.55:
            exponent = draw.choice([2, 3, 2, -1, -2, 4])
            text, inner = self.make(depth - 1)
            return f"({text})^({exponent})", lambda x, y: power(inner(x, y), exponent)
        (a, f), (b, g) = self.make(depth - 1), self.make(depth - 1)
        if kind < 0.65:
            edge = draw.choice([0, 1, -1])
            c, h = self.make(1)

            def chosen(x, y):
                return f(x, y) if h(x, y).value < edge else g(x, y)

            return f"where({c} < ({edge}), {a}, {b})", chosen
        name = draw.choice(list(TWO) + ["*", "+", "/"])
        text = f"{name}({a}, {b})" if name.isalpha() else f"({a} {name} {b})"
        return text, lambda x, y: TWO[name](f(x, y), g(x, y))


def points(draw):
    kind = draw.random()
    if kind < 0.6:
        return draw.uniform(-4, 4), draw.uniform(-4, 4)
    if kind < 0.75:
        return draw.choice([0.0, 1.0, -1.0, 2.0]), draw.choice([0.0, 1.0, -1.0, 0.5])
    far = lambda: draw.choice((1, -1)) * 2.0 ** draw.uniform(-1000, 1000) if draw.random() < 0.4 else draw.uniform(-900, 900)
    return far(), far()


def exact(f, x, y):
    Series.extremes = []
    terms = f(Series([x, 1, 0, 0]), constant(y)).terms
    return [terms[0], terms[1], 2 * terms[2], 6 * terms[3]], list(Series.extremes)


def bounds(f, x, y, values, draw):
    """How much roundings of 2^-50 at every step move each result."""
    worst = [mp.mpf(0)] * ORDER
    Series.noise = staticmethod(lambda value: value * (1 + draw.uniform(-1, 1) * mp.mpf(2) ** -50))
    try:
        for _ in range(3):
            found, _ = exact(f, x, y)
            worst = [max(w, abs(a - b)) for w, a, b in zip(worst, found, values)]
    except Undefined:
        worst = [mp.inf] * ORDER
    finally:
        Series.noise = staticmethod(lambda value: value)
    return worst


def evaluated(texts, x, y):
    command = [str(NNC), "eval", "--json", "--set", f"x={x!r}", "--set", f"y={y!r}"]
    for text in texts:
        command += ["-e", text]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        if len(texts) == 1:
            return [None]
        middle = len(texts) // 2
        return evaluated(texts[:middle], x, y) + evaluated(texts[middle:], x, y)
    return [json.loads(line).get("value") for line in done.stdout.splitlines()]


def number(value):
    return float(value) if value is not None else None


def main():
    mp.mp.dps = 60
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    draw = random.Random(seed)
    maker = Maker(draw)
    outcome, listed, done = collections.Counter(), [], 0
    while done < count:
        x, y = points(draw)
        batch = []
        while len(batch) < 40:
            text, f = maker.make(draw.choice([2, 3, 3, 4]))
            if "x" not in text:
                continue
            try:
                values, extremes = exact(f, mp.mpf(x), mp.mpf(y))
            except (Undefined, OverflowError, ZeroDivisionError):
                outcome["not defined there, not counted"] += 1
                continue
            batch.append((text, f, values, extremes))
        texts = []
        for text, *_ in batch:
            for order in range(ORDER):
                texts.append(text)
                text = f"diff({text}, x)"
        found = evaluated(texts, x, y)
        for place, (text, f, values, extremes) in enumerate(batch):
            done += 1
            limits = None
            for order in range(ORDER):
                value, right = number(found[ORDER * place + order]), values[order]
                if value is None:
                    outcome["no value"] += 1
                    listed.append((text, x, y, order, value, right))
                    break
                if value == float(right):
                    outcome["same number"] += 1
                    continue
                if any(e > LARGEST or e < LEAST for e in extremes):
                    outcome["a step leaves the range of numbers"] += 1
                    continue
                limits = limits or bounds(f, mp.mpf(x), mp.mpf(y), values, draw)
                scale = 64 * limits[order] + abs(right) * mp.mpf(2) ** -48 + LEAST
                if mp.isfinite(value) and abs(value - right) <= scale:
                    outcome["within rounding"] += 1
                else:
                    outcome["UNEXPLAINED"] += 1
                    listed.append((text, x, y, order, value, mp.nstr(right, 17)))
    print(f"{done} expressions, seed {seed}, {ORDER} results each")
    for kind, times in outcome.most_common():
        print(f"{times:8} {kind}")
    for text, x, y, order, value, right in listed:
        print(f"order {order} of {text} at x={x!r}, y={y!r}: {value}, exact {right}")
    sys.exit(1 if listed else 0)


main()
