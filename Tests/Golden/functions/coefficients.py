"""Finds every coefficient of the functions' formulas and writes Sources/Algebra/Arithmetic+Coefficients.swift.

python3 Tests/Golden/functions/coefficients.py > Sources/Algebra/Arithmetic+Coefficients.swift
"""

from mpmath import mp, mpf, exp, log, atanh, sqrt, sin, cos, pi, taylor, log as ln

from minimax import fit, rounded

WIDTH = {"f64": 53, "f32": 24}


def literal(value):
    """A number as a Swift literal that says every bit of it."""
    return float(value).hex()


def series(function, start, x, terms=40):
    """The tail of a power series, for arguments where the closed form cancels."""
    return sum(function(k) * x ** (k - start) for k in range(start, start + terms))


def row(name, note, tables):
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


def parts(value, widths):
    """`value` as a sum of numbers of so many bits each."""
    out, rest = [], mpf(value)
    for width in widths:
        out.append(rounded(rest, width))
        rest -= out[-1]
    return out


def exponential():
    reach = ln(2) / 2 * mpf("1.0005")
    target = lambda r: series(lambda k: 1 / mp.factorial(k), 2, r)
    weight = lambda r: r**2 / exp(r)
    # Counted: degree of (eʳ − 1 − r)/r².
    return {
        p: fit(target, weight, list(range(d + 1)), -reach, reach, WIDTH[p])
        for p, d in {"f64": 9, "f32": 4}.items()
    }


def logarithm():
    reach = ((sqrt(2) - 1) / (sqrt(2) + 1)) ** 2 * mpf("1.0005")
    # 2·atanh(s)/s − 2 = z·(2/3 + 2z/5 + …), z = s²
    target = lambda z: series(lambda k: mpf(2) / (2 * k + 1), 1, z, 60)
    weight = lambda z: z / (2 + z * target(z))
    return {
        p: fit(target, weight, list(range(d + 1)), mpf(0), reach, WIDTH[p])
        for p, d in {"f64": 6, "f32": 2}.items()
    }


print("""/// The coefficients of the transcendental functions, as `Tests/Golden/functions/coefficients.py` finds them.
///
/// Minimax polynomials, each coefficient rounded in turn and the rest fitted anew; constants in parts whose products
/// with the reduction's integer are exact. The error named is the polynomial's own, before any rounding.
struct Coefficients: Sendable {
  let f64: [Double]
  let f32: [Double]

  subscript(precision: Precision) -> [Double] { precision == .f64 ? f64 : f32 }
}

extension Coefficients {""")
row("ln2", "ln 2 in two parts, the first short enough for exact products.",
    {"f64": (parts(ln(2), [40, 53]), None), "f32": (parts(ln(2), [15, 24]), None)})
row("exponential", "(eʳ − 1 − r)/r² in r, on |r| ≤ ln 2 / 2.", exponential())
row("logarithm", "(2·atanh(s)/s − 2)/s² in s², on s ≤ (√2 − 1)/(√2 + 1).", logarithm())
print("}")
