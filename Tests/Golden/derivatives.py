"""derivatives.json: derivatives as a textbook writes them, each equal to SymPy's.

`derivatives.txt` holds a line for each: an expression, `|`, and its derivative by x, as it is to be printed. A line is
taken where the difference from SymPy's derivative is 0 to 50 digits at five points; how many operations each of the
two has is counted, and printed where ours has more. Run by: python3 derivatives.py
"""

import json
import pathlib
import platform

import sympy as sp
from sympy.parsing.sympy_parser import convert_xor, parse_expr, standard_transformations

HERE = pathlib.Path(__file__).parent
x = sp.Symbol("x", positive=True)
NAMES = {name: sp.Symbol(name, positive=True) for name in "abcdty"} | {"x": x}
FUNCTIONS = {
    "sigmoid": lambda u: 1 / (1 + sp.exp(-u)),
    "softplus": lambda u: sp.log(1 + sp.exp(u)),
    "square": lambda u: u**2,
    "abs": sp.Abs,
    "sign": sp.sign,
}
# A name counts as one operation, however it is written out for SymPy.
COUNTED = {name: sp.Function(name) for name in FUNCTIONS}


def parsed(text, functions):
    return parse_expr(
        text, local_dict=NAMES | functions, transformations=standard_transformations + (convert_xor,)
    )


def exact(expression):
    """Decimal numbers as the fractions that people mean by them."""
    return sp.nsimplify(expression, rational=True)


def equal(ours, theirs):
    difference = exact(ours) - exact(theirs)
    symbols = sorted(difference.free_symbols | theirs.free_symbols, key=str)
    for point in range(1, 6):
        values = {s: sp.Rational(2 * point + place, 17) for place, s in enumerate(symbols)}
        value, size = (sp.N(e.subs(values), 50) for e in (difference, exact(theirs)))
        if not value.is_finite:
            continue
        # The constants of erf and of powers of numbers are rounded to float64.
        if abs(value) > sp.Float("1e-15") * (1 + abs(size)):
            return False
    return True


def main():
    entries = []
    for line in (HERE / "derivatives.txt").read_text().splitlines():
        expression, derivative = line.split(" | ")
        theirs = sp.diff(parsed(expression, FUNCTIONS), x)
        ours = parsed(derivative, FUNCTIONS)
        assert equal(ours, theirs), (expression, derivative, theirs)
        entries.append({
            "expression": expression, "derivative": derivative,
            "operations": int(sp.count_ops(parsed(derivative, COUNTED))),
            "sympy": str(sp.diff(parsed(expression, COUNTED | {"abs": sp.Abs, "sign": sp.sign}), x)),
            "sympyOperations": int(sp.count_ops(theirs)),
        })
    made = {"sympy": sp.__version__, "python": platform.python_version()}
    lines = ",\n".join(json.dumps(e) for e in entries)
    (HERE / "derivatives.json").write_text(
        '{"made":' + json.dumps(made) + ',\n"entries":[\n' + lines + "\n]}\n")
    longer = [e for e in entries if e["operations"] > e["sympyOperations"]]
    print(f"derivatives.json: {len(entries)} entries, {len(longer)} of more operations than SymPy's diff")
    for e in longer:
        print(f"  {e['expression']}: {e['derivative']}  |  {e['sympy']}")


main()
