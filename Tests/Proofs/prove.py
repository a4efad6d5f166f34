"""Proves every rewrite rule over the reals and writes rules.json, which the tests read: a rule that does not stand
there word for word fails them.

Rules of arithmetic, comparisons and choices are proved by z3: no reals, within the guards and where the left side is
defined, make the sides differ. Rules with exponentials and logarithms are proved by sympy, which brings the difference
of the sides, or of their exponentials, to 0. A rule about tensors is proved for three elements and any shift.

Range: the values and intermediate results of the left side lie within 2^±66 (f32's exponents less the margin of 2^60
that `real` grants); then those of the right side are normal numbers of f32. That is tried at 4,000 points a rule.

    python3 -m venv /tmp/proofs && /tmp/proofs/bin/pip install mpmath==1.3.0 sympy==1.14.0 z3-solver
    /tmp/proofs/bin/python Tests/Proofs/prove.py
"""

import itertools
import json
import pathlib
import random
import sys

import mpmath
import sympy
import z3

from formulas import Formula, all_rules, symbols

RATIONAL = {"add", "sub", "mul", "div", "neg", "square", "abs", "select", "lt", "le", "eq", "max", "detach"}


def operations(part):
    names = {part.name} if part.arguments else set()
    return names.union(*(operations(argument) for argument in part.arguments)) if part.arguments else names


# z3 -----------------------------------------------------------------------------------------------------------------


def by_z3(rule):
    conditions = []

    def real(part, is_left):
        if isinstance(part.name, float):
            return z3.RealVal(str(part.name))
        if not part.arguments:
            return z3.Bool("k") if part.name == "k" else z3.Real(part.name)
        a = [real(argument, is_left) for argument in part.arguments]
        if part.name == "div":
            # The left side is defined; the right must be, wherever the left is.
            (conditions if is_left else demands).append(a[1] != 0)
        return {
            "add": lambda: a[0] + a[1], "sub": lambda: a[0] - a[1], "mul": lambda: a[0] * a[1],
            "div": lambda: a[0] / a[1], "neg": lambda: -a[0], "square": lambda: a[0] * a[0],
            "abs": lambda: z3.If(a[0] < 0, -a[0], a[0]), "select": lambda: z3.If(a[0], a[1], a[2]),
            "lt": lambda: a[0] < a[1], "le": lambda: a[0] <= a[1], "eq": lambda: a[0] == a[1],
            "max": lambda: z3.If(a[0] < a[1], a[1], a[0]), "detach": lambda: a[0],
        }[part.name]()

    demands = []
    # A comparison alone is the number 1 or 0.
    left, right = (z3.If(side, z3.RealVal(1), z3.RealVal(0)) if z3.is_bool(side) else side
                   for side in (real(rule.left, True), real(rule.right, False)))
    for kind, name, _ in rule.guards:
        if kind in ("nonzero", "moderate", "invertible", "powerOfTwo"):
            conditions.append(z3.Real(name) != 0)
        if kind == "positive":
            conditions.append(z3.Real(name) > 0)
    solver = z3.Solver()
    solver.set("timeout", 20000)
    solver.add(*conditions)
    solver.add(z3.Or(left != right, *(z3.Not(demand) for demand in demands)))
    return solver.check() == z3.unsat


# sympy --------------------------------------------------------------------------------------------------------------


def broken(exponent):
    """Whether an exponent is a number, and no whole one."""
    return isinstance(exponent.name, float) and exponent.name != int(exponent.name)


def under_logarithm(part, inside=False):
    """The symbols whose logarithm, or root of an odd order, the left side takes: positive where it is defined."""
    if not part.arguments:
        return {part.name} if inside and isinstance(part.name, str) else set()
    if part.name == "exp":
        return set()
    inside = inside or part.name in ("log", "log2", "log10") or part.name == "pow" and broken(part.arguments[1])
    return set().union(*(under_logarithm(argument, inside) for argument in part.arguments))


def by_sympy(rule):
    names = symbols(rule.left)
    guards = {name: kind for kind, name, _ in rule.guards}
    positive = under_logarithm(rule.left)
    is_tensor = "sum" in operations(rule.left)
    choices = {"k": [True, False]}
    for name in names:
        if guards.get(name) in ("positive", "nonnegative") or name in positive:
            choices[name] = ["positive"]
        elif "abs" in operations(rule.left) | operations(rule.right):
            choices[name] = ["positive", "negative", "zero"]
        elif guards.get(name) in ("nonzero", "moderate", "invertible"):
            choices[name] = ["nonzero"]
        elif name != "k":
            choices[name] = ["real"]
    used = names
    for case in itertools.product(*(choices[name] for name in used)):
        known = dict(zip(used, case))

        def value(name, index=None):
            if name == "k":
                return known[name]
            if known[name] == "zero":
                return sympy.Integer(0)
            return sympy.Symbol(name if index is None else f"{name}{index}", **({known[name]: True, "real": True}))

        def form(part, index=None):
            if isinstance(part.name, float):
                return sympy.nsimplify(part.name)
            if not part.arguments:
                return value(part.name, index)
            if part.name == "sum":
                return sum(form(part.arguments[0], i) for i in range(3))
            if part.name == "maximum":
                return sympy.Symbol("m", real=True)
            a = [form(argument, index) for argument in part.arguments]
            sigmoid = lambda x: 1 / (1 + sympy.exp(-x))
            return {
                "add": lambda: a[0] + a[1], "sub": lambda: a[0] - a[1], "mul": lambda: a[0] * a[1],
                "div": lambda: a[0] / a[1], "neg": lambda: -a[0], "square": lambda: a[0] ** 2,
                "abs": lambda: abs(a[0]), "sqrt": lambda: sympy.sqrt(a[0]), "pow": lambda: a[0] ** a[1],
                "exp": lambda: sympy.exp(a[0]), "log": lambda: sympy.log(a[0]),
                "expm1": lambda: sympy.exp(a[0]) - 1, "log1p": lambda: sympy.log(1 + a[0]),
                "sigmoid": lambda: sigmoid(a[0]), "softplus": lambda: sympy.log(1 + sympy.exp(a[0])),
                "sigmoid_tail": lambda: sigmoid(-abs(a[0])), "detach": lambda: a[0],
                "logaddexp": lambda: sympy.log(sympy.exp(a[0]) + sympy.exp(a[1])),
                "select": lambda: a[1] if a[0] else a[2], "lt": lambda: bool(a[0] < a[1]),
                "tanh": lambda: sympy.tanh(a[0]).rewrite(sympy.exp), "sin": lambda: sympy.sin(a[0]),
                "cos": lambda: sympy.cos(a[0]), "sinh": lambda: sympy.sinh(a[0]).rewrite(sympy.exp),
                "cosh": lambda: sympy.cosh(a[0]).rewrite(sympy.exp), "erf": lambda: sympy.erf(a[0]),
                "erfc": lambda: 1 - sympy.erf(a[0]), "sech": lambda: sympy.sech(a[0]).rewrite(sympy.exp),
                "asinh": lambda: sympy.asinh(a[0]).rewrite(sympy.log), "atanh": lambda: sympy.atanh(a[0]).rewrite(sympy.log),
                "acosh": lambda: sympy.acosh(a[0]).rewrite(sympy.log), "tan": lambda: sympy.tan(a[0]),
                "atan": lambda: sympy.atan(a[0]), "floor": lambda: sympy.floor(a[0]), "ceil": lambda: sympy.ceiling(a[0]),
                "log2": lambda: sympy.log(a[0]) / sympy.log(2), "log10": lambda: sympy.log(a[0]) / sympy.log(10),
                "exp2": lambda: 2 ** a[0], "hypot": lambda: sympy.sqrt(a[0] ** 2 + a[1] ** 2),
                "log1mexp": lambda: sympy.log(1 - sympy.exp(a[0])),
                "logcosh": lambda: sympy.log(sympy.cosh(a[0]).rewrite(sympy.exp)),
                "tanh_slope": lambda: 1 - a[1] ** 2, "shift": lambda: a[0], "max": lambda: sympy.Max(*a), "min": lambda: sympy.Min(*a),
            }[part.name]()

        left, right = form(rule.left), form(rule.right)
        if sympy.simplify(left - right) == 0:
            continue
        if sympy.simplify(sympy.expand_log(left - right, force=True)) == 0:
            continue
        quotient = sympy.exp(left) / sympy.exp(right)
        if sympy.simplify(sympy.expand(sympy.simplify(quotient))) == 1:
            continue
        return False
    return True


# Range --------------------------------------------------------------------------------------------------------------

MOVES = {"mul", "div", "square", "add", "sub", "neg", "abs", "select", "sqrt"}


def keeps_range(rule, tries=4000):
    """Whether the right side's intermediate results stay normal numbers of f32 where the left side's are in the middle."""
    if not operations(rule.left) | operations(rule.right) <= MOVES:
        return None
    names = symbols(rule.left)
    guards = {name: kind for kind, name, _ in rule.guards}
    draw = random.Random(7)

    def magnitude(name):
        kind = guards.get(name)
        exponent = draw.uniform(-30, 30) if kind == "moderate" else draw.uniform(-66, 66)
        if kind == "powerOfTwo":
            exponent = float(int(exponent))
        sign = 1 if kind == "positive" else draw.choice((1, -1))
        return sign * mpmath.mpf(2) ** exponent

    def results(part, given, found):
        if isinstance(part.name, float):
            return mpmath.mpf(part.name)
        if not part.arguments:
            return given[part.name]
        a = [results(argument, given, found) for argument in part.arguments]
        value = {
            "add": lambda: a[0] + a[1], "sub": lambda: a[0] - a[1], "mul": lambda: a[0] * a[1],
            "div": lambda: a[0] / a[1], "neg": lambda: -a[0], "square": lambda: a[0] ** 2, "abs": lambda: abs(a[0]),
            "select": lambda: a[1] if a[0] else a[2], "sqrt": lambda: mpmath.sqrt(a[0]),
        }[part.name]()
        found.append(abs(value))
        return value

    for _ in range(tries):
        given = {name: draw.random() < 0.5 if name == "k" else magnitude(name) for name in names}
        for kind, name, other in rule.guards:
            if kind == "close":
                given[other] = given[name] + mpmath.mpf(2) ** draw.uniform(-30, 30)
        left, right = [], []
        try:
            results(rule.left, given, left)
        except ZeroDivisionError:
            continue
        if any(value and not mpmath.mpf(2) ** -66 <= value <= mpmath.mpf(2) ** 66 for value in left):
            continue
        if any(isinstance(value, mpmath.mpc) for value in left):
            continue
        results(rule.right, given, right)
        # What cancels leaves the range as it does on the left.
        if any(value and not mpmath.mpf(2) ** -126 <= value < mpmath.mpf(2) ** 128 for value in right):
            return False
    return True


def main():
    mpmath.mp.prec = 250
    entries, failed = [], []
    for rule in all_rules():
        only_reader = rule.name in ("divide twice", "divide by a quotient")
        by = "z3" if operations(rule.left) | operations(rule.right) <= RATIONAL else "sympy"
        proved = by_z3(rule) if by == "z3" else by_sympy(rule)
        in_range = keeps_range(rule) if rule.keeps == "real" and not only_reader else None
        print(f"{rule.name}: {by} {'proved' if proved else 'NOT PROVED'}", "" if in_range in (None, True) else "LEAVES RANGE")
        if not proved or in_range is False:
            failed.append(rule.name)
            continue
        entries.append({"name": rule.name, "rule": rule.text, "keeps": rule.keeps, "by": by, "range": in_range})
    made = {"sympy": sympy.__version__, "z3": z3.get_version_string(), "mpmath": mpmath.__version__}
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    text = f'{{"made": {json.dumps(made)},\n"proofs": [\n{lines}\n]}}\n'
    pathlib.Path(__file__).with_name("rules.json").write_text(text)
    if failed:
        sys.exit("no proof: " + ", ".join(failed))


main()
