"""stability.json: the exact values (mpmath) of expressions that overflow or cancel when taken literally.

Scalar expressions: value, first and second derivative at about 200 points of [-1000, 1000]; each number
is the exact one rounded to float64, `bits` its pattern in hexadecimal. `condition` is |x f'(x)/f(x)|.
Vector expressions: value and gradient; `condition` is sum |z_i g_i| / |f|.
"""

import struct

import mpmath as mp

from golden import write

mp.mp.dps = 60


def points():
    near = [i / 8 for i in range(1, 17)] + [2.5, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 18, 19.5, 20, 21, 25, 30, 33]
    around = [m + d for m in (36, 709, 745) for d in (-1, -0.5, -0.1, 0, 0.1, 0.5, 0.7, 1)]
    around += [36.04365338911715, 36.7368005696771, 709.782712893384, 709.7827128933841, 744.4400719213812, 745.1332191019412]
    log = [10 ** (e / 4) for e in range(-80, 13, 3)]
    powers = [2.0**-e for e in (52, 53, 54, 27, 26, 30)] + [1e-300]
    wide = [40, 50, 64, 80, 100, 150, 200, 300, 400, 500, 600, 650, 700, 720, 740, 750, 800, 900, 1000]
    positive = sorted({float(x) for x in near + around + log + powers + wide})
    return [-x for x in reversed(positive)] + [0.0] + positive


def s(x):
    return 1 / (1 + mp.exp(-x))


def softplus(x):
    return mp.log1p(mp.exp(x)) if x < 0 else x + mp.log1p(mp.exp(-x))


def entropy(t):
    return lambda x: softplus(x) - t * x


ALL = lambda x: True
curve = lambda x: s(x) * s(-x)
bend = lambda x: s(x) * s(-x) * (s(-x) - s(x))

# expression of x, where it is defined, value, first, second derivative
ROWS = [
    ("log(1/(1 + exp(-x)))", ALL, lambda x: -softplus(-x), lambda x: s(-x), lambda x: -curve(x)),
    ("log(sigmoid(x))", ALL, lambda x: -softplus(-x), lambda x: s(-x), lambda x: -curve(x)),
    ("log(1 + exp(x))", ALL, softplus, s, curve),
    ("log(exp(x) + 1)", ALL, softplus, s, curve),
    ("log(1 + exp(-x))", ALL, lambda x: softplus(-x), lambda x: -s(-x), curve),
    ("exp(x) - 1", lambda x: x < 709, mp.expm1, mp.exp, mp.exp),
    ("log(1 + x)", lambda x: x > -1, mp.log1p, lambda x: 1 / (1 + x), lambda x: -1 / (1 + x) ** 2),
    ("1/(1 + exp(-x))", ALL, s, curve, bend),
    ("1 - 1/(1 + exp(-x))", ALL, lambda x: s(-x), lambda x: -curve(x), lambda x: -bend(x)),
    ("exp(x)/(1 + exp(x))", ALL, s, curve, bend),
    ("log(1 - sigmoid(x))", ALL, lambda x: -softplus(x), lambda x: -s(x), lambda x: -curve(x)),
]
# Binary cross-entropy of one logit x and target t
CROSS = "-(t*log(1/(1 + exp(-x))) + (1 - t)*log(1 - 1/(1 + exp(-x))))"
TARGETS = [0.0, 1.0, 0.3, 0.5]

# Three logits made of one number each
SHAPES = [
    lambda x: (x, 0.0, -x), lambda x: (x, x, x), lambda x: (x, x / 2 + 0.5, 0.25),
    lambda x: (0.0, x, x + 1), lambda x: (1.0, 2.0, x),
]
STEPS = [1e-10, 1e-3, 0.25, 1.0, 3.0, 10.0, 20.0, 36.5, 100.0, 350.0, 709.5, 745.25, 999.0]


def rounded(x):
    """The nearest float64 of an mpmath number, subnormals included."""
    if x == 0:
        return 0.0
    exponent = max(int(mp.floor(mp.log(abs(x), 2))) - 52, -1074)
    with mp.workdps(120):
        return float(mp.nint(x / mp.mpf(2) ** exponent) * mp.mpf(2) ** exponent)


def bits(x):
    return struct.pack(">d", x).hex()


def scalar(expression, xs, functions, extra):
    columns = {"value": [], "first": [], "second": []}
    condition = []
    for x in xs:
        with mp.workdps(1000):  # enough for 1 + exp(-1000)
            exact = [f(mp.mpf(x)) for f in functions]
            condition.append(float("%.2e" % abs(x * exact[1] / exact[0])) if exact[0] else 1.0)
        for column, value in zip(columns.values(), exact):
            column.append(rounded(value))
    hexadecimal = {n: [bits(v) for v in c] for n, c in columns.items()}
    return {"expression": expression} | extra | {"x": xs} | columns | {"bits": hexadecimal, "condition": condition}


def vector(expression, z, value, gradient):
    with mp.workdps(1000):
        exact = [mp.mpf(c) for c in z]
        f, g = value(exact), gradient(exact)
        condition = float("%.2e" % (sum(abs(a * b) for a, b in zip(exact, g)) / abs(f))) if f else 0.0
    f, g = rounded(f), [rounded(c) for c in g]
    return {
        "expression": expression, "z": z, "value": f, "gradient": g,
        "bits": {"value": bits(f), "gradient": [bits(c) for c in g]}, "condition": condition,
    }


def log_sum_exp(z):
    top = max(z)
    return top + mp.log(sum(mp.exp(c - top) for c in z))


def softmax(z):
    total = log_sum_exp(z)
    return [mp.exp(c - total) for c in z]


def vectors():
    for shape in SHAPES:
        for x in [-c for c in reversed(STEPS)] + [0.0] + STEPS:
            z = [float(c) for c in shape(x)]
            yield vector("log(sum(exp(z)))", z, log_sum_exp, softmax)
            for i in range(3):
                yield vector(
                    f"log(softmax(z)[{i}])", z,
                    lambda v, i=i: rest(v, i),
                    lambda v, i=i: [others(v, i) if k == i else -p for k, p in enumerate(softmax(v))],
                )


def rest(z, i):
    """log softmax(z)_i = -log(1 + sum over k != i of e^(z_k - z_i)), without cancellation"""
    return -mp.log1p(sum(mp.exp(c - z[i]) for k, c in enumerate(z) if k != i))


def others(z, i):
    """1 - softmax(z)_i as a sum of the other probabilities"""
    return sum(p for k, p in enumerate(softmax(z)) if k != i)


if __name__ == "__main__":
    xs = points()
    entries = [scalar(e, [x for x in xs if where(x)], f, {}) for e, where, *f in ROWS]
    for t in TARGETS:
        exact = mp.mpf(t)
        f = [entropy(exact), lambda x: s(x) - exact, curve]
        entries.append(scalar(CROSS, xs, f, {"t": t}))
    write("stability.json", entries, vectors=list(vectors()))
    print(len(xs), "points")
