"""forms.json: what `expand`, `factor`, `taylor`, `substitute`, repeated derivatives and determinants are to be printed as, each
equal to SymPy's.

`forms.txt` holds a line for each: an expression, `|`, and what it is to be printed as. A line is taken where the difference from
SymPy's is 0, and where as many factors, or terms, stand in it. Run by: python3 forms.py
"""

import json
import pathlib
import platform

import sympy as sp
from sympy.parsing.sympy_parser import convert_xor, parse_expr, standard_transformations

HERE = pathlib.Path(__file__).parent
NAMES = {name: sp.Symbol(name) for name in "abcdxyz"}


def taylor(e, v, a, n):
    return sum(sp.diff(e, v, k).subs(v, a) / sp.factorial(k) * (v - a) ** k for k in range(n + 1))


FUNCTIONS = {
    "taylor": taylor, "substitute": lambda e, v, a: e.subs(v, a), "expand": sp.expand,
    "factor": lambda e, v=None: sp.factor(e), "det": lambda m: sp.Matrix(m).det(), "diff": sp.diff,
    "element": lambda m, i, j: sp.Matrix(m).inv()[i, j], "pi": sp.pi, "e": sp.E,
}


def parsed(text):
    """An element of an inverse, `inv(m)[i, j]`, is written as a call for SymPy."""
    if text.startswith("inv("):
        inner, places = text[4:].rsplit(")[", 1)
        text = f"element({inner}, {places[:-1]})"
    return parse_expr(
        text, local_dict=NAMES | FUNCTIONS, transformations=standard_transformations + (convert_xor,))


def main():
    entries = []
    for line in (HERE / "forms.txt").read_text().splitlines():
        expression, form = line.split(" | ")
        theirs, ours = parsed(expression), sp.nsimplify(parsed(form), rational=True)
        assert sp.simplify(sp.nsimplify(theirs) - ours) == 0, (line, theirs)
        if expression.startswith("factor"):
            assert len(sp.Mul.make_args(theirs)) == len(sp.Mul.make_args(ours)), (line, theirs)
        if expression.startswith("expand"):
            assert len(sp.Add.make_args(theirs)) == len(sp.Add.make_args(ours)), (line, theirs)
        entries.append({"expression": expression, "form": form, "sympy": str(theirs)})
    made = {"sympy": sp.__version__, "python": platform.python_version()}
    lines = ",\n".join(json.dumps(e) for e in entries)
    (HERE / "forms.json").write_text('{"made":' + json.dumps(made) + ',\n"entries":[\n' + lines + "\n]}\n")
    print(f"forms.json: {len(entries)} entries")


main()
