"""Exact values, and first and second derivatives, of both sides of every `stable` rule: stable.json, against which the
tests measure what the compiler makes of the left side and of the right.

The identity itself is proved by prove.py, so the exact value is taken from the right side, in 300 bits, and the
derivatives from differences in 2600. Points go through the whole range of exponents of f64 and f32.

    /tmp/proofs/bin/python Tests/Proofs/measure.py
"""

import json
import pathlib
import random

import mpmath as mp
import numpy as np

from formulas import all_rules, symbols

NEAR = [1e-3, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 7.0, 10.0, 20.0, 36.5, 40.0, 80.0, 87.5, 100.0]
WIDE = {
    "f64": [5e-324, 1e-310, 2.3e-308, 1e-300, 1e-160, 1e-155, 1e-100, 1e-20, 1e-9, 300.0, 500.0, 700.0, 709.5, 720.0, 745.5,
            800.0, 1e4, 1e10, 1e100, 1e153, 1e155, 1e200, 1.7e308],
    "f32": [1e-45, 1e-39, 1.2e-38, 1e-30, 1e-20, 1e-10, 1e-5, 88.5, 90.0, 104.0, 120.0, 1e4, 1e10, 1e18, 1e20, 3e38],
}


def value(part, given):
    """A formula at mpmath numbers, every function in a form that does not cancel; None where it is not defined."""
    if isinstance(part.name, float):
        return mp.mpf(part.name)
    if not part.arguments:
        return given[part.name]
    a = [value(argument, given) for argument in part.arguments]
    if any(argument is None for argument in a):
        return None
    softplus = lambda x: mp.log1p(mp.exp(x)) if x < 0 else x + mp.log1p(mp.exp(-x))
    sigmoid = lambda x: 1 / (1 + mp.exp(-x)) if x >= 0 else mp.exp(x) / (1 + mp.exp(x))
    try:
        result = {
            "add": lambda: a[0] + a[1], "sub": lambda: a[0] - a[1], "mul": lambda: a[0] * a[1],
            "div": lambda: a[0] / a[1], "neg": lambda: -a[0], "square": lambda: a[0] ** 2, "abs": lambda: abs(a[0]),
            "sqrt": lambda: mp.sqrt(a[0]), "exp": lambda: mp.exp(a[0]), "log": lambda: mp.log(a[0]),
            "log1p": lambda: mp.log1p(a[0]), "expm1": lambda: mp.expm1(a[0]), "sigmoid": lambda: sigmoid(a[0]),
            "softplus": lambda: softplus(a[0]), "pow": lambda: mp.power(*a), "lt": lambda: a[0] < a[1],
            "select": lambda: a[1] if a[0] else a[2], "max": lambda: max(a), "min": lambda: min(a),
            "tanh": lambda: mp.tanh(a[0]), "erf": lambda: mp.erf(a[0]),
            "erfc": lambda: mp.erfc(a[0]) if abs(a[0]) < 1e9 else 1 - mp.sign(a[0]),
            "sin": lambda: mp.sin(a[0]), "cos": lambda: mp.cos(a[0]),
            "sinh": lambda: mp.sinh(a[0]), "cosh": lambda: mp.cosh(a[0]), "sech": lambda: mp.sech(a[0]),
            "asinh": lambda: mp.sign(a[0]) * mp.asinh(abs(a[0])), "atanh": lambda: mp.atanh(a[0]),
            "acosh": lambda: mp.acosh(a[0]), "tan": lambda: mp.tan(a[0]),
            "atan": lambda: mp.atan(a[0]), "hypot": lambda: mp.sqrt(a[0] ** 2 + a[1] ** 2), "log2": lambda: mp.log(a[0]) / mp.log(2),
            "log10": lambda: mp.log10(a[0]), "exp2": lambda: mp.mpf(2) ** a[0],
            "log1mexp": lambda: mp.log(-mp.expm1(a[0])) if a[0] > -1 else mp.log1p(-mp.exp(a[0])),
            "logcosh": lambda: mp.log1p(mp.sinh(a[0]) ** 2) / 2 if abs(a[0]) < 99 else abs(a[0]) - mp.log(2),
            "tanh_slope": lambda: mp.sech(given["x"]) ** 2,
            "logaddexp": lambda: max(a) + mp.log1p(mp.exp(-abs(a[0] - a[1]))),
        }[part.name]()
    except (ZeroDivisionError, ValueError):
        return None
    return None if isinstance(result, mp.mpc) or mp.isnan(result) else result


def rounded(x, kind):
    """The nearest number of f64 or f32, subnormal ones included."""
    if x is None:
        return "NaN"
    digits, least, limit = (52, -1074, 1024) if kind == "f64" else (23, -149, 128)
    if mp.isinf(x) or x and mp.mag(x) > limit + 1:
        return "Infinity" if x > 0 else "-Infinity"
    if x == 0:
        return 0.0
    unit = mp.mpf(2) ** max(int(mp.floor(mp.log(abs(x), 2))) - digits, least)
    near = mp.nint(x / unit) * unit
    if abs(near) >= mp.mpf(2) ** limit:
        return "Infinity" if near > 0 else "-Infinity"
    return float(near)


def points(names, kind, draw, count):
    one = sorted({s * x for x in NEAR + WIDE[kind] for s in (1, -1)} | {0.0})
    if kind == "f32":
        one = [float(np.float32(x)) for x in one]
    if len(names) == 1:
        return [(x,) for x in one]
    near = [x for x in one if 1e-3 <= abs(x) <= 100]
    return [tuple(draw.choice(one if draw.random() < 0.4 else near) for _ in names) for _ in range(count)]


def derivative(f, given, name, order):
    with mp.workprec(2600):
        x = given[name]
        h = (abs(x) if x else mp.mpf(1)) * mp.mpf(2) ** -90
        at = lambda d: f({**given, name: x + d * h})
        if order == 1:
            parts = at(1), at(-1)
            return None if None in parts else (parts[0] - parts[1]) / (2 * h)
        parts = at(1), at(0), at(-1)
        return None if None in parts else (parts[0] - 2 * parts[1] + parts[2]) / h**2


def main():
    mp.mp.prec = 300
    draw = random.Random(5)
    entries = []
    for rule in all_rules():
        names = symbols(rule.left)
        text = repr(rule.left) + repr(rule.right)
        if rule.keeps != "stable" or "sum(" in text:
            continue
        f = lambda given: value(rule.right, given)
        # The rests of sigmoids are about y = q of [0, 1/2] and a choice.
        special = "k" in names
        entry = {"name": rule.name, "symbols": names, "values": {}, "derivatives": []}
        # y of the rules that name it beside k is the smaller part of a sigmoid.
        for kind in ("f64", "f32"):
            rows = []
            for point in points(names, kind, draw, 90):
                if special:
                    point = tuple(float(draw.random() < 0.5) if n == "k" else min(abs(p), 0.5) for n, p in zip(names, point))
                given = {name: mp.mpf(x) for name, x in zip(names, point)}
                rows.append(list(point) + [rounded(f(given), kind)])
            entry["values"][kind] = rows
        if rule.name != "sigmoid of an exponential at hand":
            small = [(x,) for x in sorted({s * x for x in NEAR + [300.0, 700.0, 720.0] for s in (1, -1)})]
            if len(names) > 1:
                small = [tuple(draw.choice(small)[0] for _ in names) for _ in range(24)]
            for point in small:
                if special:
                    point = tuple(float(draw.random() < 0.5) if n == "k" else min(abs(p), 0.5) for n, p in zip(names, point))
                given = {name: mp.mpf(x) for name, x in zip(names, point)}
                if f(given) is None:
                    continue
                by = [name for name in names if name != "k"]
                first = [rounded(derivative(f, given, name, 1), "f64") for name in by]
                second = [rounded(derivative(f, given, name, 2), "f64") for name in by]
                entry["derivatives"].append({"at": list(point), "first": first, "second": second})
        entries.append(entry)
        print(rule.name, len(entry["derivatives"]))
    made = {"mpmath": mp.__version__, "numpy": np.__version__}
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in entries)
    text = f'{{"made": {json.dumps(made)},\n"rules": [\n{lines}\n]}}\n'
    pathlib.Path(__file__).with_name("stable.json").write_text(text)


main()
