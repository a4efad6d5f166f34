"""functions.json: every elementwise function, its first and its second derivative.

Values are PyTorch's, at kinks its subgradients. Away from kinks each is checked against mpmath; where
PyTorch itself is off by more than 1e-13 relative (cancellation) the exact value stands instead,
PyTorch's is kept under `torch`, and `slack` is the absolute error that float64 may show there.
"""

import sys

import mpmath as mp
import torch
import torch.nn.functional as F

from golden import write

VERBOSE = "-v" in sys.argv
HALF = [1e-8, 1e-3, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 3.5, 5, 6, 6.5, 10, 20, 20.5, 40, 100, 600]
EVERY = [-x for x in reversed(HALF)] + [0.0] + [float(x) for x in HALF]
POSITIVE = [1e-300] + [float(x) for x in HALF] + [1e300]
MODERATE = [x for x in EVERY if abs(x) <= 40]
UNIT = [-0.999, -0.75, -0.5, -0.1, -1e-8, 0.0, 1e-8, 0.1, 0.5, 0.75, 0.999]

SELU_A, SELU_S = mp.mpf("1.6732632423543772848170429916717"), mp.mpf("1.0507009873554804934193349852946")
sig = lambda x: 1 / (1 + mp.exp(-x))
clip = lambda x, a, b: min(max(x, mp.mpf(a)), mp.mpf(b))
cdf = lambda x: mp.erfc(-x / mp.sqrt(2)) / 2
tanh_gelu = lambda x: x * sig(2 * mp.sqrt(2 / mp.pi) * (x + mp.mpf(0.044715) * x**3))

# PyTorch's backward takes 1/6 in single precision (0.1666666716337204), even for float64.
# Its second derivative of sinc cancels near 0, and its polygamma is off by 1e-11.
PYTORCH_IS_WRONG = ["hardsigmoid", "sinc", "lgamma", "digamma"]

# name, keys, inputs, kinks, PyTorch, mpmath, inputs at the edge of the domain
ROWS = [
    ("sigmoid", {}, EVERY, [], torch.sigmoid, sig, [-1000.0, 1000.0]),
    ("tanh", {}, EVERY, [], torch.tanh, mp.tanh, [-1000.0, 1000.0]),
    ("relu", {}, EVERY, [0], torch.relu, lambda x: max(x, mp.mpf(0)), []),
    ("leaky_relu", {}, EVERY, [0], F.leaky_relu, lambda x: x if x > 0 else x * mp.mpf(0.01), []),
    ("leaky_relu", {"slope": 0.2}, EVERY, [0], lambda x: F.leaky_relu(x, 0.2), lambda x: x if x > 0 else x * mp.mpf(0.2), []),
    ("elu", {}, EVERY, [0], F.elu, lambda x: x if x > 0 else mp.expm1(x), []),
    ("elu", {"alpha": 0.5}, EVERY, [0], lambda x: F.elu(x, 0.5), lambda x: x if x > 0 else mp.expm1(x) / 2, []),
    ("selu", {}, EVERY, [0], F.selu, lambda x: SELU_S * (x if x > 0 else SELU_A * mp.expm1(x)), []),
    ("gelu", {}, EVERY, [], F.gelu, lambda x: x * cdf(x), []),
    ("gelu_tanh", {}, EVERY, [], lambda x: F.gelu(x, approximate="tanh"), tanh_gelu, []),
    ("silu", {}, EVERY, [], F.silu, lambda x: x * sig(x), [-1000.0, 1000.0]),
    # PyTorch turns linear above 20, which is 1e-10 off; above 40 the two agree to the last bit.
    ("softplus", {}, EVERY, [], lambda x: F.softplus(x, threshold=40), lambda x: mp.log1p(mp.exp(x)), [-1000.0, 1000.0]),
    ("softplus", {"beta": 2}, EVERY, [], lambda x: F.softplus(x, 2, threshold=40), lambda x: mp.log1p(mp.exp(2 * x)) / 2, []),
    ("softsign", {}, EVERY, [0], F.softsign, lambda x: x / (1 + abs(x)), []),
    ("hardtanh", {}, EVERY, [-1, 1], F.hardtanh, lambda x: clip(x, -1, 1), []),
    ("hardtanh", {"min": -2, "max": 0.5}, EVERY, [-2, 0.5], lambda x: F.hardtanh(x, -2, 0.5), lambda x: clip(x, -2, 0.5), []),
    ("hardsigmoid", {}, EVERY, [-3, 3], F.hardsigmoid, lambda x: clip(x / 6 + 0.5, 0, 1), []),
    ("hardswish", {}, EVERY, [-3, 3], F.hardswish, lambda x: x * clip(x / 6 + 0.5, 0, 1), []),
    ("relu6", {}, EVERY, [0, 6], F.relu6, lambda x: clip(x, 0, 6), []),
    ("mish", {}, EVERY, [], F.mish, lambda x: x * mp.tanh(mp.log1p(mp.exp(x))), [1000.0]),
    ("logsigmoid", {}, EVERY, [], F.logsigmoid, lambda x: -mp.log1p(mp.exp(-x)), [-1000.0, 1000.0]),
    ("exp", {}, EVERY, [], torch.exp, mp.exp, [-1000.0, 1000.0]),
    ("expm1", {}, EVERY, [], torch.expm1, mp.expm1, [-1000.0]),
    ("log", {}, POSITIVE, [], torch.log, mp.log, [0.0, -1.0]),
    ("log1p", {}, [x for x in EVERY if x > -1] + [-0.999], [], torch.log1p, mp.log1p, [-1.0]),
    ("sqrt", {}, POSITIVE, [], torch.sqrt, mp.sqrt, [0.0, -1.0]),
    ("square", {}, EVERY, [], torch.square, lambda x: x * x, []),
    ("abs", {}, EVERY, [0], torch.abs, abs, []),
    ("sign", {}, EVERY, [0], torch.sign, mp.sign, []),
    ("floor", {}, EVERY, [float(i) for i in range(-600, 601)], torch.floor, mp.floor, []),
    ("sin", {}, EVERY, [], torch.sin, mp.sin, []),
    ("cos", {}, EVERY, [], torch.cos, mp.cos, []),
    ("tan", {}, EVERY, [], torch.tan, mp.tan, []),
    ("atan", {}, EVERY, [], torch.atan, mp.atan, []),
    ("asin", {}, UNIT, [], torch.asin, mp.asin, []),
    ("acos", {}, UNIT, [], torch.acos, mp.acos, []),
    ("sinh", {}, EVERY, [], torch.sinh, mp.sinh, []),
    ("cosh", {}, EVERY, [], torch.cosh, mp.cosh, []),
    ("ceil", {}, EVERY, [float(i) for i in range(-600, 601)], torch.ceil, mp.ceil, []),
    ("round", {}, EVERY, [i + 0.5 for i in range(-600, 601)], torch.round, mp.nint, []),
    ("trunc", {}, EVERY, [float(i) for i in range(-600, 601)], torch.trunc, lambda x: mp.sign(x) * mp.floor(abs(x)), []),
    ("log2", {}, POSITIVE, [], torch.log2, lambda x: mp.log(x) / mp.log(2), [0.0, -1.0]),
    ("log10", {}, POSITIVE, [], torch.log10, mp.log10, [0.0, -1.0]),
    ("exp2", {}, EVERY, [], torch.exp2, lambda x: mp.mpf(2) ** x, [-2000.0, 2000.0]),
    ("asinh", {}, EVERY, [], torch.asinh, mp.asinh, []),
    ("acosh", {}, [x for x in EVERY if x > 1], [], torch.acosh, mp.acosh, [0.5]),
    ("atanh", {}, UNIT, [], torch.atanh, mp.atanh, []),
    ("sinc", {}, MODERATE, [], torch.sinc, mp.sincpi, []),
    ("lgamma", {}, POSITIVE[1:-1] + [-0.5, -1.5, -2.25], [], torch.lgamma, lambda x: mp.re(mp.loggamma(x)), [0.0]),
    ("digamma", {}, POSITIVE[2:-1] + [-0.5, -1.5, -2.25], [], torch.digamma, lambda x: mp.psi(0, x), []),
    ("erfc", {}, MODERATE, [], torch.erfc, mp.erfc, []),
    ("erf", {}, MODERATE, [], torch.erf, mp.erf, [-100.0, 100.0]),
]

# expression of a and b, PyTorch, kinks excluded from nothing: ties are PyTorch's
PAIRS = [
    ("a^b", torch.pow, [(2, 3), (0.5, -1.5), (1e-3, 0.1), (3, 0), (10, 2.5), (1.5, -20)]),
    ("a^2", lambda a, b: a**2 + 0 * b, [(-3, 0), (0, 0), (0.1, 0)]),
    ("a^3", lambda a, b: a**3 + 0 * b, [(-3, 0), (0, 0), (0.1, 0)]),
    ("a^0.5", lambda a, b: a**0.5 + 0 * b, [(3, 0), (0.1, 0)]),
    ("a^(-2)", lambda a, b: a**-2 + 0 * b, [(-3, 0), (0.1, 0)]),
    ("2^b", lambda a, b: 2**b + 0 * a, [(0, -3), (0, 0), (0, 0.1), (0, 30)]),
    ("a/b", lambda a, b: a / b, [(1, 3), (-2, 0.7), (0, 5)]),
    ("max(a, b)", torch.maximum, [(1, 2), (2, 1), (-1, -1), (0, 0)]),
    ("min(a, b)", torch.minimum, [(1, 2), (2, 1), (-1, -1), (0, 0)]),
    ("atan2(a, b)", torch.atan2, [(1, 2), (-1, 2), (1, -2), (-3, -0.5), (0, 1), (0, 0), (2, 0)]),
    ("hypot(a, b)", torch.hypot, [(3, 4), (-1, 2), (0, 1), (1e-3, 5)]),
    ("mod(a, b)", torch.remainder, [(7, 3), (-7, 3), (7, -3), (0.5, 0.75), (5.5, 2)]),
    ("clamp(a, b, 2)", lambda a, b: torch.clamp(a, b, torch.full_like(a, 2)), [(1, 0), (-1, 0), (3, 0), (2, 1), (1, 1), (1, 3)]),
    ("clamp(a, -1, 1)", lambda a, b: torch.clamp(a, -1, 1) + 0 * b, [(0.5, 0), (-1, 0), (1, 0), (2, 0)]),
    ("where(a < b, a*b, a - b)", lambda a, b: torch.where(a < b, a * b, a - b), [(1, 2), (2, 1), (1, 1)]),
]

VECTORS = [[0.3, -1.2, 2.5], [3.0, 3.0, -1.0, 3.0], [-2.0], [0.0, 0.0], [1e-3, 100.0, -7.0, 0.5, 100.0]]
# The gradient and Hessian-vector product of a reduction of the vector a (v is the direction)
REDUCTIONS = [
    ("sum(a)", torch.sum),
    ("mean(a)", torch.mean),
    ("max(a)", torch.amax),
    ("min(a)", torch.amin),
    ("norm(a)", torch.linalg.vector_norm),
    ("dot(a, a)", lambda a: torch.dot(a, a)),
    ("sum(a^2)/2", lambda a: (a**2).sum() / 2),
    ("sum(softmax(a)^2)", lambda a: (torch.softmax(a, 0) ** 2).sum()),
    ("sum(exp(logsoftmax(a)/2))", lambda a: torch.exp(torch.log_softmax(a, 0) / 2).sum()),
]


def derivative(y, x):
    if not y.requires_grad:
        return torch.zeros_like(x)
    try:
        g = torch.autograd.grad(y.sum(), x, create_graph=True, allow_unused=True)[0]
    except RuntimeError as refusal:  # hardsigmoid is piecewise linear, PyTorch has no second derivative
        assert "hardsigmoid_backward is not implemented" in str(refusal)
        g = None
    return torch.zeros_like(x) if g is None else g + torch.zeros_like(x)


def curve(function, xs):
    x = torch.tensor(xs, requires_grad=True)
    y = function(x)
    first = derivative(y, x)
    return [v.detach().tolist() for v in (y, first, derivative(first, x))]


def row(name, keys, xs, kinks, torch_function, exact_function, edges):
    columns = curve(torch_function, xs)
    slack, replaced, worst = {}, {}, 0.0
    for order, label in enumerate(("value", "first", "second")):
        for i, x in enumerate(xs):
            if x in kinks:
                continue
            point = mp.mpf(x)
            with mp.workdps(700):
                if order == 0:
                    exact = exact_function(point)
                else:
                    step = mp.mpf(10) ** -20 * min(abs(point) or 1, 1)
                    exact = stencil(exact_function, point, step, order)
            got = columns[order][i]
            target = float(exact)
            error = abs(got - target)
            if abs(target) < 1e-300 and error < 1e-300:
                columns[order][i] = got
                continue
            relative = error / abs(target) if target else float("inf")
            worst = max(worst, relative)
            if relative > 1e-13:
                wrong = name in PYTORCH_IS_WRONG
                slack.setdefault(label, {})[i] = 0.0 if wrong else max(8 * error, 1e-15)
                assert wrong or error < 1e-13, (name, x, label, got, target)
                replaced.setdefault(label, {})[i] = got
                columns[order][i] = target
                if VERBOSE:
                    print("   ", label, x, got, target)
    print(f"  {name} {keys}: replaced {sum(map(len, replaced.values()))}, worst {worst:.1e}")
    entry = {"function": name, "keys": keys, "x": xs, "value": columns[0], "first": columns[1], "second": columns[2]}
    if replaced:
        entry |= {"torch": replaced, "slack": slack}
    if edges:
        value, first, second = curve(torch_function, edges)
        entry["edges"] = {"x": edges, "value": value, "first": first, "second": second}
    return entry


def stencil(f, x, h, order):
    """Central differences of fourth order, meant for hundreds of digits."""
    a, b, c, d = f(x - 2 * h), f(x - h), f(x + h), f(x + 2 * h)
    if order == 1:
        return (a - 8 * b + 8 * c - d) / (12 * h)
    return (-a + 16 * b - 30 * f(x) + 16 * c - d) / (12 * h * h)


def pair(expression, function, points):
    a = torch.tensor([float(p[0]) for p in points], requires_grad=True)
    b = torch.tensor([float(p[1]) for p in points], requires_grad=True)
    y = function(a, b)
    da, db = derivative(y, a), derivative(y, b)
    return {
        "expression": expression, "a": a, "b": b, "value": y, "da": da, "db": db,
        "daa": derivative(da, a), "dab": derivative(da, b), "dbb": derivative(db, b),
    }


def reduction(expression, function, values):
    a = torch.tensor(values, requires_grad=True)
    v = torch.tensor([0.5 + i * 0.25 for i in range(len(values))])
    y = function(a)
    gradient = derivative(y, a)
    return {"expression": expression, "a": a, "v": v, "value": y, "gradient": gradient, "hvp": derivative((gradient * v).sum(), a)}


if __name__ == "__main__":
    entries = [row(*r) for r in ROWS]
    write(
        "functions.json", entries,
        pairs=[pair(*p) for p in PAIRS],
        reductions=[reduction(e, f, v) for e, f in REDUCTIONS for v in VECTORS],
    )
