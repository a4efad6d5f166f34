"""Formulas as people write them, over -1000..1000 and tiny numbers: how far value and gradient are from the exact ones,
in units of the last place, for nnc, JAX and PyTorch.

    swift build --product nnc
    python3 Tests/Golden/naive.py [path of nnc]

Each formula is the same text for all three, differentiated by what each offers, in float64. The exact numbers are
mpmath's, of the same text by dual numbers with 1000 digits. A formula counts where value and every element of the gradient
are within 64 ulps at every point at which the exact ones are numbers of float64; subnormal ones have not all digits, and a
difference below the least normal number is none. Points have few digits, so that differences of two are exact. The table is written to naive.json, whose column `nnc` the tests hold the compiler to.
"""

import json
import math
import pathlib
import re
import subprocess
import sys

import mpmath as mp

HERE = pathlib.Path(__file__).parent
NNC = sys.argv[1] if len(sys.argv) > 1 else str(HERE.parent.parent / ".build/debug/nnc")
BOUND = 64
DIGITS = 1000

REAL, POSITIVE, NEGATIVE, UNIT, ABOVE = "real", "positive", "negative", "unit", "above one"
PAIR, TRIPLE, SUM = "pair", "triple", "angles"

# A formula, what its variables are, and what it is
FORMULAS = [
    ("log(1 + exp(x))", REAL, "softplus"),
    ("log(1 + exp(-x))", REAL, "softplus, mirrored"),
    ("1/(1 + exp(-x))", REAL, "sigmoid"),
    ("1/(1 + exp(x))", REAL, "sigmoid, mirrored"),
    ("exp(x)/(1 + exp(x))", REAL, "sigmoid as a quotient"),
    ("1 - 1/(1 + exp(-x))", REAL, "its complement"),
    ("log(1/(1 + exp(-x)))", REAL, "log of a sigmoid"),
    ("log(1 - 1/(1 + exp(-x)))", REAL, "log of its complement"),
    ("exp(x)/(1 + exp(x))^2", REAL, "logistic density"),
    ("exp(-x)/(1 + exp(-x))^2", REAL, "logistic density, mirrored"),
    ("x/(1 + exp(-x))", REAL, "silu"),
    ("exp(x) - 1", REAL, "expm1"),
    ("1 - exp(x)", REAL, "its negative"),
    ("1 - exp(-x)", REAL, "exponential distribution"),
    ("log(1 + x)", ABOVE, "log1p"),
    ("log(1 - x)", UNIT, "log1p, mirrored"),
    ("log(exp(x) - 1)", POSITIVE, "inverse softplus"),
    ("log(1 - exp(-x))", POSITIVE, "log1mexp"),
    ("log(1 - exp(x))", NEGATIVE, "log1mexp, mirrored"),
    ("(exp(x) - exp(-x))/(exp(x) + exp(-x))", REAL, "tanh by hand"),
    ("(exp(2*x) - 1)/(exp(2*x) + 1)", REAL, "tanh by one exponential"),
    ("(1 - exp(-2*x))/(1 + exp(-2*x))", REAL, "tanh by one exponential, mirrored"),
    ("2/(1 + exp(-2*x)) - 1", REAL, "tanh by a sigmoid"),
    ("tanh(x)", REAL, "tanh"),
    ("1 - tanh(x)^2", REAL, "slope of tanh"),
    ("(exp(x) - exp(-x))/2", REAL, "sinh"),
    ("(exp(x) + exp(-x))/2", REAL, "cosh"),
    ("2/(exp(x) + exp(-x))", REAL, "sech"),
    ("log(exp(x) + exp(-x))", REAL, "log of 2 cosh"),
    ("log((exp(x) + exp(-x))/2)", REAL, "log cosh"),
    ("1 - erf(x)", REAL, "erfc"),
    ("0.5*(1 + erf(x/sqrt(2)))", REAL, "normal distribution"),
    ("0.5*x*(1 + erf(x/sqrt(2)))", REAL, "gelu"),
    ("x*tanh(log(1 + exp(x)))", REAL, "mish"),
    ("sqrt(x + 1) - sqrt(x)", POSITIVE, "difference of roots"),
    ("sqrt(1 + x) - 1", POSITIVE, "root less one"),
    ("sqrt(x^2 + 1) - 1", REAL, "root of a square less one"),
    ("sqrt(x^2 + 1) - x", REAL, "root less its argument"),
    ("1/x - 1/(x + 1)", POSITIVE, "difference of reciprocals"),
    ("1/sqrt(x) - 1/sqrt(x + 1)", POSITIVE, "difference of reciprocal roots"),
    ("log(x + 1) - log(x)", POSITIVE, "difference of logarithms"),
    ("(x + 1)^2 - x^2", REAL, "difference of squares"),
    ("1/(x + 1) - 1/(x - 1)", POSITIVE, "difference of reciprocals, two apart"),
    ("x/(x + 1) - (x - 1)/x", POSITIVE, "difference of quotients"),
    ("1 - cos(x)", REAL, "one less a cosine"),
    ("(1 - cos(x))/x^2", REAL, "its quotient"),
    ("sin(x)/x", REAL, "sinc"),
    ("tanh(x)/x", REAL, "tanhc"),
    ("log(1 + x)/x", ABOVE, "logarithm's quotient"),
    ("(exp(x) - 1)/x", REAL, "exponential's quotient"),
    ("log(x + sqrt(x^2 + 1))", REAL, "asinh"),
    ("0.5*log((1 + x)/(1 - x))", UNIT, "atanh"),
    ("0.5*(log(1 + x) - log(1 - x))", UNIT, "atanh by two logarithms"),
    ("log((1 + x)/(1 - x))", UNIT, "its double"),
    ("log(x/(1 - x))", "probability", "logit"),
    ("log(x) - log(1 - x)", "probability", "logit by two logarithms"),
    ("sqrt(1 - x^2)", UNIT, "circle"),
    ("x*log(x)", POSITIVE, "entropy of one"),
    ("log(exp(x) + exp(y))", PAIR, "log of two exponentials"),
    ("log(exp(x) + 2*exp(y))", PAIR, "with weights"),
    ("log(0.25*exp(x) + 0.75*exp(y))", PAIR, "log of a mixture"),
    ("log(1 + exp(x) + exp(y))", PAIR, "with a one"),
    ("exp(x)/(exp(x) + exp(y))", PAIR, "softmax of two"),
    ("log(exp(x)/(exp(x) + exp(y)))", PAIR, "its logarithm"),
    ("-log(exp(x)/(exp(x) + exp(y) + exp(z)))", TRIPLE, "InfoNCE by hand"),
    ("log(exp(x) + exp(y) + exp(z))", TRIPLE, "log of three exponentials"),
    ("exp(x)/(exp(x) + exp(y) + exp(z))", TRIPLE, "softmax of three"),
    ("log((exp(x) + exp(y) + exp(z))/3)", TRIPLE, "log of a mean of exponentials"),
    ("log(exp(-(x - 1)^2/2) + exp(-(x + 1)^2/2))", REAL, "mixture of Gaussians"),
    ("exp(x)*exp(-y)", PAIR, "product of exponentials"),
    ("exp(x)/exp(y)", PAIR, "quotient of exponentials"),
    ("log(exp(x)*exp(y))", PAIR, "log of a product"),
    ("sqrt(x^2 + y^2)", PAIR, "hypot"),
    ("x/sqrt(x^2 + y^2)", PAIR, "direction"),
    ("x^2 - y^2", PAIR, "difference of two squares"),
    ("sin(x + y) - sin(x)", SUM, "difference of sines"),
    ("cos(x + y) - cos(x)", SUM, "difference of cosines"),
    ("(x^2 + y^2)/2 - ((x + y)/2)^2", PAIR, "variance of two, as E[x^2] - E[x]^2"),
]


# Exact numbers -------------------------------------------------------------------------------------------------------


class Dual:
    """A number and its derivatives by the variables."""

    def __init__(self, value, slopes):
        self.value, self.slopes = value, slopes

    @staticmethod
    def of(number, count):
        return number if isinstance(number, Dual) else Dual(mp.mpf(number), [mp.mpf(0)] * count)

    def through(self, value, slope):
        return Dual(value, [slope * s for s in self.slopes])

    def both(a, b, value, left, right):
        return Dual(value, [left * p + right * q for p, q in zip(a.slopes, b.slopes)])

    def __add__(a, b): b = Dual.of(b, len(a.slopes)); return a.both(b, a.value + b.value, 1, 1)
    def __radd__(a, b): return Dual.of(b, len(a.slopes)) + a
    def __sub__(a, b): b = Dual.of(b, len(a.slopes)); return a.both(b, a.value - b.value, 1, -1)
    def __rsub__(a, b): return Dual.of(b, len(a.slopes)) - a
    def __mul__(a, b): b = Dual.of(b, len(a.slopes)); return a.both(b, a.value * b.value, b.value, a.value)
    def __rmul__(a, b): return a * b
    def __truediv__(a, b):
        b = Dual.of(b, len(a.slopes))
        return a.both(b, a.value / b.value, 1 / b.value, -a.value / b.value**2)
    def __rtruediv__(a, b): return Dual.of(b, len(a.slopes)) / a
    def __neg__(a): return a.through(-a.value, -1)
    def __pow__(a, n): return a.through(a.value**n, n * a.value ** (n - 1))


def exact_functions():
    def tanh(u):
        # 1 - tanh^2 needs more digits than there are: 4e^(-2|u|) to all of them.
        t = mp.tanh(u.value)
        return u.through(t, 1 - t * t)

    return {
        "exp": lambda u: u.through(mp.exp(u.value), mp.exp(u.value)),
        "log": lambda u: u.through(mp.log(u.value), 1 / u.value),
        "sqrt": lambda u: mp.sqrt(u) if not isinstance(u, Dual) else u.through(mp.sqrt(u.value), 1 / (2 * mp.sqrt(u.value))),
        "sin": lambda u: u.through(mp.sin(u.value), mp.cos(u.value)),
        "cos": lambda u: u.through(mp.cos(u.value), -mp.sin(u.value)),
        "tanh": tanh,
        "erf": lambda u: u.through(mp.erf(u.value), 2 / mp.sqrt(mp.pi) * mp.exp(-(u.value**2))),
    }


def rounded(x):
    """The nearest float64, subnormal ones included; None beyond them."""
    if x == 0:
        return 0.0
    unit = mp.mpf(2) ** max(int(mp.floor(mp.log(abs(x), 2))) - 52, -1074)
    with mp.workdps(60):
        near = mp.nint(x / unit) * unit
        return float(near) if abs(near) < mp.mpf(2) ** 1024 else None


def exact(code, names, point):
    with mp.workdps(DIGITS):
        count = len(names)
        given = {n: Dual(mp.mpf(v), [mp.mpf(i == j) for j in range(count)]) for i, (n, v) in enumerate(zip(names, point))}
        try:
            result = Dual.of(eval(code, exact_functions() | given), count)
        except (ZeroDivisionError, ValueError):
            return None
        numbers = [result.value] + result.slopes
        if any(isinstance(n, mp.mpc) or not mp.isfinite(n) for n in numbers):
            return None
        numbers = [rounded(n) for n in numbers]
        return None if None in numbers else numbers


# Points --------------------------------------------------------------------------------------------------------------

NEAR = [0.125, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 18.0, 20.0, 25.0, 36.0, 37.0, 40.0]
WIDE = [50.0, 80.0, 100.0, 200.0, 350.0, 500.0, 700.0, 709.0, 710.0, 720.0, 745.0, 746.0, 800.0, 1000.0]
TINY = [2.0**-e for e in (4, 7, 10, 14, 20, 26, 27, 30, 40, 52, 53, 54, 80, 200, 500, 1000)]


def grid(kind):
    sizes = sorted(TINY + NEAR + WIDE)
    both = [-s for s in reversed(sizes)] + [0.0] + sizes
    inside = [s for s in sizes if s < 1] + [1 - 2.0**-e for e in (3, 7, 20, 40)]
    if kind in (PAIR, TRIPLE):
        some = [-1000.0, -720.0, -100.0, -36.0, -2.0, -0.5, 0.0, 2.0**-30, 0.25, 1.0, 3.0, 20.0, 40.0, 350.0, 745.0, 1000.0]
        if kind == PAIR:
            return [(a, b) for a in some for b in some]
        few = some[::3] + [0.25, 1000.0]
        return [(a, b, c) for a in few for b in few for c in few]
    if kind == SUM:
        return [(a, b) for a in (-100.0, -1.0, 0.25, 1.5, 20.0) for b in TINY[:10] + [0.5, 1.0, 3.0]]
    return [(x,) for x in {
        REAL: both, POSITIVE: sizes, NEGATIVE: [-s for s in sizes], UNIT: [-x for x in inside] + [0.0] + inside,
        ABOVE: [-x for x in inside] + [0.0] + sizes, "probability": inside,
    }[kind]]


# The three -----------------------------------------------------------------------------------------------------------


def by_nnc(text, names, points):
    lines = []
    for point in points:
        lines += [f"{n} = {v!r}" for n, v in zip(names, point)]
        lines += [text] + [f"diff({text}, {n})" for n in names]
    done = subprocess.run([NNC, "eval", "--digits", "full"], input="\n".join(lines) + "\n", capture_output=True, text=True)
    numbers = [float(line) for line in done.stdout.split()]
    width = len(names) + 1
    assert len(numbers) == width * len(points), (text, done.stderr[:400])
    return [numbers[i : i + width] for i in range(0, len(numbers), width)]


def by_torch(code, names, points):
    import torch

    functions = {n: getattr(torch, n) for n in ("exp", "log", "sin", "cos", "tanh", "erf")}
    functions["sqrt"] = lambda u: torch.sqrt(torch.as_tensor(u, dtype=torch.float64))
    columns = [torch.tensor(c, dtype=torch.float64, requires_grad=True) for c in zip(*points)]
    value = eval(code, functions | dict(zip(names, columns)))
    slopes = torch.autograd.grad(value.sum(), columns)
    return list(zip(value.tolist(), *(s.tolist() for s in slopes)))


def by_jax(code, names, points):
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    functions = {n: getattr(jnp, n) for n in ("exp", "log", "sin", "cos", "tanh", "sqrt")} | {"erf": jax.scipy.special.erf}
    f = lambda *given: eval(code, functions | dict(zip(names, given)))
    columns = [jnp.array(c) for c in zip(*points)]
    value = jax.vmap(f)(*columns)
    slopes = jax.vmap(jax.grad(f, argnums=tuple(range(len(names)))))(*columns)
    return list(zip(value.tolist(), *(s.tolist() for s in slopes)))


def ulps(found, right):
    """A difference below the least normal number counts as none."""
    if found == right or abs(found - right) < sys.float_info.min:
        return 0.0
    if not math.isfinite(found):
        return math.inf
    return abs(found - right) / math.ulp(right)


def main():
    rows, counts = [], {"nnc": 0, "JAX": 0, "PyTorch": 0}
    for text, kind, what in FORMULAS:
        names = {PAIR: "xy", TRIPLE: "xyz", SUM: "xy"}.get(kind, "x")
        code = text.replace("^", "**")
        points = [(p, e) for p in grid(kind) if (e := exact(code, names, p))]
        row = {"formula": text, "what": what, "points": len(points)}
        for who, by in (("nnc", by_nnc), ("JAX", by_jax), ("PyTorch", by_torch)):
            found = by(text if who == "nnc" else code, names, [p for p, _ in points])
            worst, place = max(
                (ulps(a, b), (p, i)) for (p, right), values in zip(points, found) for i, (a, b) in enumerate(zip(values, right)))
            row[who] = {"worst": worst if math.isfinite(worst) else "inf", "at": list(place[0]), "order": int(place[1] > 0)}
            counts[who] += worst <= BOUND
        # A dozen points for the tests, from end to end.
        step = max(1, len(points) // 12)
        row["samples"] = [list(p) + e for p, e in points[::step]]
        rows.append(row)
        cells = "  ".join(f"{row[w]['worst'] if row[w]['worst'] == 'inf' else format(row[w]['worst'], '.3g'):>9}" for w in counts)
        print(f"{text:46} {cells}  nnc at {row['nnc']['at']}, {'gradient' if row['nnc']['order'] else 'value'}", flush=True)
    print(f"within {BOUND} ulps everywhere, of {len(rows)}: " + ", ".join(f"{w} {n}" for w, n in counts.items()))
    lines = ",\n".join(json.dumps(r) for r in rows)
    (HERE / "naive.json").write_text(f'{{"bound": {BOUND}, "counts": {json.dumps(counts)},\n"formulas": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
