"""Finds every coefficient of the functions' formulas and writes Sources/Algebra/Coefficients+*.swift.

python3 Tests/Golden/functions/coefficients.py && swift format --in-place Sources/Algebra/Coefficients+*.swift
"""

import contextlib
import pathlib

from mpmath import mp, mpf, nint, exp, log, atanh, sqrt, sin, cos, pi, taylor, log as ln

from minimax import fit, rounded

WIDTH = {"f64": 53, "f32": 24}


def literal(value):
    """A number as a Swift literal that says every bit of it."""
    return float(value).hex()


def series(function, start, x, terms=40):
    """The tail of a power series, for arguments where the closed form cancels."""
    return sum(function(k) * x ** (k - start) for k in range(start, start + terms))


def row(name, note, tables):
    """Prints one table: a static constant with its note and, where there is one, the error at each precision."""
    print(f"  /// {note}")
    for precision, (values, error) in tables.items():
        if error is not None:
            print(f"  /// {precision}: relative error at most 2^{float(ln(error, 2)):.1f}.")
    print(f"  static let {name} = Coefficients(")
    for precision, (values, _) in tables.items():
        print(f"    {precision}: [")
        for value in values:
            print(f"      {literal(value)},")
        print("    ]" + (")" if precision == "f32" else ","))
    print()


def cut(value, width):
    """`value`, positive, without the binary digits after the first `width`."""
    unit = mpf(2) ** (int(mp.floor(ln(value, 2))) + 1 - width)
    return mp.floor(value / unit) * unit


def parts(value, widths):
    """`value` as a sum of numbers of so many bits each, all but the last cut off: none is negative."""
    out, rest = [], mpf(value)
    for width in widths[:-1]:
        out.append(cut(rest, width))
        rest -= out[-1]
    return out + [rounded(rest, widths[-1])]


def parts_to_nearest(value, width):
    """`value` as the number nearest to it and what is left, which may be negative."""
    first = rounded(value, width)
    return [first, rounded(value - first, width)]


def parts3(value, width):
    """`value` as the number nearest to it, the one nearest to what is left, and the rest."""
    first, left = parts_to_nearest(value, width)
    second, rest = parts_to_nearest(value - first, width)
    return [first, second, rest]


def steps(value, grid, count, width):
    """`value` as a sum: multiples of 2^(1 − grid), 2^(1 − 2·grid) …, `count` of them, then a rest of `width` bits."""
    out, rest = [], mpf(value)
    for i in range(1, count + 1):
        unit = mpf(2) ** (1 - grid * i)
        out.append(nint(rest / unit) * unit)
        rest -= out[-1]
    return out + [rounded(rest, width)]


def base_digits(value, width, zeros, count):
    """The first digits of a number below 1 to the base 2^width, with zeros before them."""
    out, rest = [mpf(0)] * zeros, mpf(value)
    for _ in range(count):
        rest *= 2**width
        out.append(mp.floor(rest))
        rest -= out[-1]
    return out


def exponential(low, high, degrees):
    low, high = (mpf(reach) * ln(2) * mpf("1.0005") for reach in (low, high))
    target = lambda r: series(lambda k: 1 / mp.factorial(k), 2, r)
    weight = lambda r: r**2 / exp(r)
    # Counted: degree of (eʳ − 1 − r)/r².
    return {
        p: fit(target, weight, list(range(d + 1)), low, high, WIDTH[p])
        for p, d in zip(WIDTH, degrees)
    }


def with_its_diagonal(start):
    """The number c next above `start`, of 2^14 neighbours, whose product with √2 is nearest to a number; and that one."""
    out = {}
    for p, width in WIDTH.items():
        unit = mpf(2) ** (1 - width)
        near = [rounded(mpf(start), width) + k * unit for k in range(2**14)]
        c = min(near, key=lambda c: abs(c * sqrt(2) - rounded(c * sqrt(2), width)))
        out[p] = ([c, rounded(c * sqrt(2), width)], None)
    return out


def logarithm():
    reach = ((sqrt(2) - 1) / (sqrt(2) + 1)) ** 2 * mpf("1.0005")
    # 2·atanh(s)/s − 2 = z·(2/3 + 2z/5 + …), z = s²
    target = lambda z: series(lambda k: mpf(2) / (2 * k + 1), 1, z, 60)
    weight = lambda z: z / (2 + z * target(z))
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(0), reach, WIDTH[p])
        for p, d in {"f64": 6, "f32": 2}.items()
    }


def sine():
    reach = (pi / 4 * mpf("1.0005")) ** 2
    # (sin r − r)/r³ in z = r²
    target = lambda z: series(lambda k: (-1) ** k / mp.factorial(2 * k + 1), 1, z, 30)
    weight = lambda z: z / (1 + z * target(z))
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(0), reach, WIDTH[p])
        for p, d in {"f64": 5, "f32": 2}.items()
    }


def cosine():
    reach = (pi / 4 * mpf("1.0005")) ** 2
    # (cos r − 1 + r²/2)/r⁴ in z = r²
    target = lambda z: series(lambda k: (-1) ** k / mp.factorial(2 * k), 2, z, 30)
    weight = lambda z: z**2 / (1 - z / 2 + z**2 * target(z))
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(0), reach, WIDTH[p])
        for p, d in {"f64": 5, "f32": 2}.items()
    }


def tanh_near():
    # (tanh(x)/x − 1)/x² in z = x²; its series has the Bernoulli numbers.
    term = lambda k: 4**k * (4**k - 1) * mp.bernoulli(2 * k) / mp.factorial(2 * k)
    target = lambda z: series(term, 2, z)
    weight = lambda z: z / (1 + z * target(z))
    reach = mpf("0.5625") ** 2 * mpf("1.0005")
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(0), reach, WIDTH[p])
        for p, d in {"f64": 10, "f32": 4}.items()
    }


def power_of_two():
    # (2ᶠ − 1)/f
    target = lambda f: series(lambda k: ln(2) ** k / mp.factorial(k), 1, f)
    weight = lambda f: f / mpf(2) ** f
    reach = mpf("0.5005")
    return {
        p: fit(target, weight, list(range(d + 1)), -reach, reach, WIDTH[p])
        for p, d in {"f64": 10, "f32": 5}.items()
    }


def erf_near():
    # erf(x)/x − 1 in z = x²
    target = lambda z: series(
        lambda k: 2 / sqrt(pi) * (-1) ** k / mp.factorial(k) / (2 * k + 1), 0, z, 60) - 1
    weight = lambda z: 1 / (1 + target(z))
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(0), mpf(1), WIDTH[p])
        for p, d in {"f64": 11, "f32": 5}.items()
    }


def erf_far():
    # log₂ erfc(1 + u); what counts is the error it leaves in erf
    target = lambda u: ln(mp.erfc(1 + u), 2)
    weight = lambda u: mp.erfc(1 + u) * ln(2) / mp.erf(1 + u)
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(0), reach, WIDTH[p])
        for p, d, reach in (("f64", 17, mpf(5)), ("f32", 6, mpf(3)))
    }


def normal_middle():
    # (Φ(x) − ½)/x in z = x²
    target = lambda z: series(
        lambda k: (-1) ** k / (mp.factorial(k) * mpf(2) ** k * (2 * k + 1) * sqrt(2 * pi)), 0, z)
    weight = lambda z: 1 / target(z)
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(0), mpf("0.8125") ** 2, WIDTH[p])
        for p, d in {"f64": 10, "f32": 5}.items()
    }


def normal_tail():
    # a·e^(a²/2)·Q(a) in v = a/(a + 4) − ½, Q the upper tail of the normal distribution
    half = mpf(1) / 2

    def target(v):
        a = 4 * (half + v) / (half - v)
        return mp.erfc(a / sqrt(2)) / 2 * exp(a * a / 2) * a

    weight = lambda v: 1 / target(v)
    low = mpf("0.8125") / mpf("4.8125") - half
    return {
        p: fit(target, weight, list(range(d + 1)), low, mpf(reach) / (reach + 4) - half, WIDTH[p])
        for p, d, reach in (("f64", 20, 39), ("f32", 8, 15))
    }


def error_function_tail():
    # x·e^(x²)·erfc(x) in v = x/(x + 2) − ½
    half = mpf(1) / 2

    def target(v):
        x = 2 * (half + v) / (half - v)
        return mp.erfc(x) * exp(x * x) * x

    weight = lambda v: 1 / target(v)
    low = mpf("0.5625") / mpf("2.5625") - half
    return {
        p: fit(target, weight, list(range(d + 1)), low, mpf(reach) / (reach + 2) - half, WIDTH[p])
        for p, d, reach in (("f64", 22, 28), ("f32", 9, 11))
    }


def hyperbolic_sine():
    # (sinh(√z)/√z − 1)/z
    target = lambda z: series(lambda k: 1 / mp.factorial(2 * k + 1), 1, z, 30)
    weight = lambda z: z / (1 + z * target(z))
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(0), mpf("1.001"), WIDTH[p])
        for p, d in {"f64": 6, "f32": 2}.items()
    }


def arctangent():
    # (atan(√z)/√z − 1)/z
    target = lambda z: series(lambda k: mpf((-1) ** k) / (2 * k + 1), 1, z, 120)
    weight = lambda z: z / (1 + z * target(z))
    reach = mpf(7) / 16 * mpf("1.0005")
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(0), reach**2, WIDTH[p])
        for p, d in {"f64": 10, "f32": 4}.items()
    }


def arcsine():
    # (asin(√z)/√z − 1)/z
    term = lambda k: mp.factorial(2 * k) / (4**k * mp.factorial(k) ** 2 * (2 * k + 1))
    target = lambda z: series(term, 1, z, 160)
    weight = lambda z: z / (1 + z * target(z))
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(0), mpf("0.25") * mpf("1.0005"), WIDTH[p])
        for p, d in {"f64": 12, "f32": 4}.items()
    }


def logarithm_of_hyperbolic_cosine():
    # (ln cosh(√z)/z − ½)/z; near 0 by its series, as the difference cancels
    term = lambda k: mpf(2) ** (2 * k - 1) * (4**k - 1) * mp.bernoulli(2 * k) / (k * mp.factorial(2 * k))

    def target(z):
        if z < mpf("0.01"):
            return series(term, 2, z, 30)
        x = sqrt(z)
        return (ln(mp.cosh(x)) / z - mpf(1) / 2) / z

    weight = lambda z: z / (mpf(1) / 2 + z * target(z))
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(0), mpf("1.001"), WIDTH[p])
        for p, d in {"f64": 14, "f32": 6}.items()
    }


def log_gamma_near():
    # ln Γ(2 + u)/(u·(u + 1)) in u: the zeros at 1 and 2 are taken out
    def target(u):
        if abs(u) < mpf(10) ** -12 or abs(u + 1) < mpf(10) ** -12:
            with mp.workdps(90):
                h = mpf(10) ** -20
                return (mp.loggamma(2 + u + h) / ((u + h) * (u + h + 1)) + mp.loggamma(2 + u - h) / ((u - h) * (u - h + 1))) / 2
        return mp.loggamma(2 + u) / (u * (u + 1))

    weight = lambda u: 1 / target(u)
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(-1), mpf(1), WIDTH[p])
        for p, d in {"f64": 27, "f32": 12}.items()
    }


def digamma_near():
    # ψ(2 + u)/(u − root) in u, root + 2 the only positive zero of ψ
    root = DIGAMMA_ROOT - 2
    target = lambda u: mp.psi(0, 2 + u) / (u - root)
    weight = lambda u: 1 / target(u)
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(-1), mpf(1), WIDTH[p])
        for p, d in {"f64": 30, "f32": 14}.items()
    }


DIGAMMA_ROOT = mp.findroot(lambda x: mp.psi(0, x), mpf("1.4616321449683622"))


def log_gamma_far():
    # x·(ln Γ(x) − (x − ½)·(ln x − 1) − (½·ln 2π − ½)) in z = 1/x², x ≥ 8
    term = lambda k: mp.bernoulli(2 * k) / (2 * k * (2 * k - 1))

    def target(z):
        if z < mpf(1) / 4000:
            return sum(term(k) * z ** (k - 1) for k in range(1, 16))
        x = 1 / sqrt(z)
        return x * (mp.loggamma(x) - (x - mpf(1) / 2) * (ln(x) - 1) - (ln(2 * pi) - 1) / 2)

    # What counts is the error it leaves in ln Γ, 1/x of its own.
    weight = lambda z: sqrt(z) / mp.loggamma(1 / sqrt(z)) if z else mpf(0)
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(2) ** -40, mpf(1) / 64, WIDTH[p])
        for p, d in {"f64": 5, "f32": 2}.items()
    }


def digamma_far():
    # (ln x − 1/(2x) − ψ(x))/z in z = 1/x², x ≥ 8
    def target(z):
        if z < mpf(1) / 4000:
            return sum(mp.bernoulli(2 * k) / (2 * k) * z ** (k - 1) for k in range(1, 16))
        x = 1 / sqrt(z)
        return (ln(x) - 1 / (2 * x) - mp.psi(0, x)) / z

    weight = lambda z: z / ln(1 / sqrt(z)) if z else mpf(0)
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(2) ** -40, mpf(1) / 64, WIDTH[p])
        for p, d in {"f64": 6, "f32": 2}.items()
    }


def cardinal():
    # (sinc(x) − 1)/z in z = x²
    term = lambda k: (-1) ** k * pi ** (2 * k) / mp.factorial(2 * k + 1)
    target = lambda z: series(term, 1, z, 40)
    weight = lambda z: z / (1 + z * target(z))
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(0), mpf("0.5") ** 2 * mpf("1.001"), WIDTH[p])
        for p, d in {"f64": 8, "f32": 4}.items()
    }


def cardinal_slope():
    # sinc′(x)/x in z = x²
    term = lambda k: (-1) ** k * pi ** (2 * k) * 2 * k / mp.factorial(2 * k + 1)
    target = lambda z: series(term, 1, z, 40)
    weight = lambda z: 1 / target(z)
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(0), mpf("0.5") ** 2 * mpf("1.001"), WIDTH[p])
        for p, d in {"f64": 8, "f32": 4}.items()
    }


CENTRES = [mpf(97) / 128, mpf(223) / 256, mpf(1), mpf(147) / 128, mpf(169) / 128]


def base_two_logarithm():
    # (log₂((1 + s)/(1 − s)) − 2s/ln 2)/s³ in z = s², m = c·(1 + s)/(1 − s)
    edges = [sqrt(mpf(1) / 2)] + [sqrt(a * b) for a, b in zip(CENTRES, CENTRES[1:])] + [sqrt(mpf(2))]
    reach = max(
        abs(m - c) / (m + c) for i, c in enumerate(CENTRES) for m in (edges[i], edges[i + 1])) ** 2
    target = lambda z: series(lambda k: 2 / ln(2) / (2 * k + 1), 1, z, 40)
    weight = lambda z: z / (2 / ln(2) + z * target(z))
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(0), reach * mpf("1.001"), WIDTH[p])
        for p, d in {"f64": 5, "f32": 2}.items()
    }


def ladder():
    """The boundaries between the centres, the centres, and their binary logarithms in two parts."""
    out = {}
    for p, grid in (("f64", 36), ("f32", 14)):
        bounds = [rounded(sqrt(a * b), 10) for a, b in zip(CENTRES, CENTRES[1:])]
        logs = [ln(c, 2) for c in CENTRES]
        heads = [nint(l * 2**grid) / mpf(2) ** grid for l in logs]
        out[p] = {
            "Bounds": bounds,
            "Centres": CENTRES,
            "Heads": heads,
            "Tails": [rounded(l - h, WIDTH[p]) for l, h in zip(logs, heads)],
        }
    return out


@contextlib.contextmanager
def file(name, title):
    """A file of tables, Coefficients+`name`.swift."""
    path = pathlib.Path(__file__).parents[3] / "Sources" / "Algebra" / f"Coefficients+{name}.swift"
    with path.open("w") as out, contextlib.redirect_stdout(out):
        print(f"/// {title} Written by `Tests/Golden/functions/coefficients.py`.")
        print("extension Coefficients {")
        yield
        print("}")


with file("Exp", "For eˣ and 2ˣ."):
    row("ln2", "ln 2 in two parts, the first short enough for exact products, and both positive.",
        {"f64": (parts(ln(2), [40, 53]), None), "f32": (parts(ln(2), [15, 24]), None)})
    row("exponential", "(eʳ − 1 − r)/r² in r, on |r| ≤ ½·ln 2.", exponential("-0.5", "0.5", (9, 4)))
    row("exponentialHalf", "(eʳ − 1 − r)/r² in r, on |r| ≤ ¼·ln 2.", exponential("-0.25", "0.25", (7, 3)))
    row("halfLn2", "½·ln 2 as two numbers.",
        {"f64": (parts_to_nearest(ln(2) / 2, 53), None), "f32": (parts_to_nearest(ln(2) / 2, 24), None)})
    row("diagonal", "A number c, and c·√2 within 2⁻¹⁴ of a unit.", with_its_diagonal("1.384"))
    row("tanhNear", "(tanh(x)/x − 1)/x² in x², on |x| ≤ 0.5625.", tanh_near())
    row("powerOfTwo", "(2ᶠ − 1)/f in f, on |f| ≤ ½.", power_of_two())

with file("Sinh", "For sinh."):
    row("sinhNear", "(sinh(x)/x − 1)/x² in x², on |x| ≤ 1.", hyperbolic_sine())

with file("Log", "For ln."):
    row("logarithm", "(2·atanh(s)/s − 2)/s² in s², on s ≤ (√2 − 1)/(√2 + 1).", logarithm())

with file("Sin", "For sin and cos."):
    row("quarterTurn", "π/2 in parts, each short enough for exact products with n < 2²⁶ (2¹³ at f32).",
        {"f64": (steps(pi / 2, 27, 4, 53), None), "f32": (steps(pi / 2, 11, 4, 24), None)})
    with mp.workprec(1400):
        row("twoByPi", "The digits of 2/π to the base 2²⁴ (2¹¹ at f32), two zeros before them.",
            {"f64": (base_digits(2 / pi, 24, 2, 49), None), "f32": (base_digits(2 / pi, 11, 2, 18), None)})
    row("quarterTurnHalves", "π/2 in two parts, the first half as long as a number.",
        {"f64": (parts(pi / 2, [26, 53]), None), "f32": (parts(pi / 2, [12, 24]), None)})
    row("sine", "(sin r − r)/r³ in r², on |r| ≤ π/4.", sine())
    row("cosine", "(cos r − 1 + r²/2)/r⁴ in r², on |r| ≤ π/4.", cosine())

with file("Erf", "For erf."):
    row("erfNear", "erf(x)/x − 1 in x², on |x| ≤ 1.", erf_near())
    row("erfTail", "x·e^(x²)·erfc(x) in x/(x + 2) − ½, on 0.5625 ≤ x ≤ 28 (11 at f32).", error_function_tail())
    row("erfFar", "log₂ erfc(1 + u) in u, on 0 ≤ u ≤ 5 (3 at f32); the error is that of 1 − erfc.", erf_far())

with file("Gelu", "For gelu."):
    row("normalMiddle", "(Φ(x) − ½)/x in x², Φ the normal distribution, on |x| ≤ 0.8125.", normal_middle())
    row("normalTail", "a·e^(a²/2)·(1 − Φ(a)) in a/(a + 4) − ½, on 0.8125 ≤ a ≤ 39 (15 at f32).", normal_tail())

with file("GeluTanh", "For gelu_tanh."):
    linear = 2 * sqrt(2 / pi)
    for name, note, value in (
        ("geluLinear", "2·√(2/π) in two parts, the first half as long as a number.", linear),
        ("geluCubic", "0.044715 times that, likewise.", linear * mpf("0.044715")),
    ):
        row(name, note, {"f64": (parts(value, [26, 53]), None), "f32": (parts(value, [12, 24]), None)})

with file("Pow", "For log₂ in more than the precision."):
    row("binaryLogarithm", "(log₂((1 + s)/(1 − s)) − 2s/ln 2)/s³ in s², on |s| ≤ 0.036.", base_two_logarithm())
    row("binaryLogarithmScale", "2/ln 2 in two parts, the first half as long as a number.",
        {"f64": (parts(2 / ln(2), [26, 53]), None), "f32": (parts(2 / ln(2), [12, 24]), None)})
    rungs = ladder()
    for name, note in (
        ("Bounds", "Where one centre's part of √½ ≤ m < √2 ends and the next one's begins."),
        ("Centres", "The centres c."),
        ("Heads", "log₂ c, first parts: whole exponents can be added to them exactly."),
        ("Tails", "log₂ c, second parts."),
    ):
        row("pow" + name, note, {p: (rungs[p][name], None) for p in rungs})

with file("Atan", "For the inverse trigonometric functions."):
    row("arctangent", "(atan(√z)/√z − 1)/z in z, on √z ≤ 7/16.", arctangent())
    row("arctangents", "atan of ½, 1, 3/2 and ∞, and what these lack.",
        {p: ([half for x in (mpf(1) / 2, mpf(1), mpf(3) / 2, mpf("inf"))
              for half in parts_to_nearest(mp.atan(x), w)], None) for p, w in WIDTH.items()})
    row("arcsine", "(asin(√z)/√z − 1)/z in z, on z ≤ ¼.", arcsine())

with file("Gamma", "For ln Γ and its derivatives, ln cosh and sinc."):
    row("logCosh", "(ln cosh(√z)/z − ½)/z in z, on z ≤ 1.", logarithm_of_hyperbolic_cosine())
    row("logGammaNear", "ln Γ(2 + u)/(u·(u + 1)) in u, on |u| ≤ 1.", log_gamma_near())
    row("logGammaFar", "x·(ln Γ(x) − (x − ½)·(ln x − 1) − ½·(ln 2π − 1)) in 1/x², on x ≥ 8.", log_gamma_far())
    row("digammaNear", "ψ(2 + u)/(u − root) in u, on |u| ≤ 1.", digamma_near())
    row("digammaRoot", "The zero of ψ, less 2, in three parts.",
        {p: (parts3(DIGAMMA_ROOT - 2, w), None) for p, w in WIDTH.items()})
    row("digammaFar", "(ln x − 1/(2x) − ψ(x))·x² in 1/x², on x ≥ 8.", digamma_far())
    row("cardinal", "(sinc(x) − 1)/x² in x², on |x| ≤ ½.", cardinal())
    row("cardinalSlope", "sinc′(x)/x in x², on |x| ≤ ½.", cardinal_slope())
    row("piParts", "π in two parts, the first half as long as a number.",
        {"f64": (parts(pi, [26, 53]), None), "f32": (parts(pi, [12, 24]), None)})
    row("log10of2", "log₁₀ 2 in two parts, the first half as long as a number.",
        {"f64": (parts(ln(2) / ln(10), [26, 53]), None), "f32": (parts(ln(2) / ln(10), [12, 24]), None)})
