"""Measures the errors of the functions as they are emitted, and writes ACCURACY.md and worst.txt.

python3 Tests/Golden/functions/measure.py [--only NAME,NAME] [--parts N] [--nnc PATH] [--table]

Every function is compiled by nnc (release or debug, whichever was built last) from a network of one layer, at both
precisions, unfused (generic) and fused (x86-64-v4), and compared by measure.c with a higher precision: f32 over every
number, f64 over a billion. What is measured is kept in accuracy.json with a fingerprint of the function's values, part
by part, so that the work may be stopped and taken up again; a function whose values have changed is measured anew.
--parts stops after so many parts, --table only writes the table. It needs gcc, glibc on x86-64 with AVX2, and mpmath.
"""

import argparse
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[2]
STATE = HERE / "accuracy.json"
PARTS = 16
COUNT = 1 << 30  # numbers of f64, and pairs
# The same bits, whichever is at hand.
FUSED = "x86-64-v4" if "avx512f" in pathlib.Path("/proc/cpuinfo").read_text() else "x86-64-v3"


class Row:
    """A function: its bound in units in the last place, the network's lines, its values in double, extended and 113-bit
    precision as C expressions of a and b, and the ranges of f64: numbers drawn evenly (E) or by their bits (B).
    A bound of None is none; numbers below `least` and above `most` (f64, f32) are left out.
    Where extended precision is not enough, and 113-bit arithmetic slow, fewer numbers are measured (scarce)."""

    def __init__(self, name, bound, wide, long=None, quad=None, ranges="", source=None, arity=1, scarce=False,
                 least=None, most=None):
        self.name, self.bound, self.wide, self.arity = name, bound, wide, arity
        self.long, self.quad = long or wide.replace("(", "l("), quad or wide.replace("(", "q(")
        self.source = source or name
        self.count = COUNT // 16 if scarce else COUNT
        self.least = least or (-math.inf, -math.inf)
        self.most = most or (math.inf, math.inf)
        self.ranges = [(r[0], *map(float, r[1:].split(":"))) for r in ranges.split()]
        self.kinds = ["f32", "f64"] if arity == 1 else ["pairs f32", "pairs f64"]

    def all(self, kind):
        return 1 << 32 if kind == "f32" else self.count


def doubled(suffix):
    """The argument of the sigmoid in gelu_tanh."""
    return f"(1.5957691216057307117597842397375274738902744645986575{suffix}*a*(1 + 0.044715{suffix}*a*a))"


ROWS = [
    Row("exp", 1, "exp(a)", ranges="E-745.2:709.8 B-745.2:709.8 E-1:1"),
    Row("log", 1, "log(a)", ranges="B0:1.797e308 E0.5:2 E0:1000"),
    Row("sigmoid", 2, "gate(a)", "gate_long(a)", "gate_quad(a)", "E-745.2:40 E-4:4 B-745.2:745.2 E-40:40"),
    Row("tanh", 2, "tanh(a)", ranges="E-22:22 E-2:2 B-22:22"),
    Row("softplus", 2, "(a > 0 ? a : 0) + log1p(exp(-fabs(a)))", "(a > 0 ? a : 0) + log1pl(expl(-fabsl(a)))",
        "(a > 0 ? a : 0) + log1pq(expq(-fabsq(a)))", "E-745.2:745.2 E-4:4 B-745.2:745.2"),
    Row("expm1", 2, "expm1(a)", ranges="E-50:709.8 E-2:2 B-50:709.8 E-40:1"),
    Row("log1p", 2, "log1p(a)", ranges="B0:1.797e308 E-1:2 B-1:1 E0:1000"),
    Row("sin", 2, "sin(a)", ranges="E-105414357:105414357 E-30:30 B-1e8:1e8 B1e8:1.797e308 E-3.2:3.2"),
    Row("cos", 2, "cos(a)", ranges="E-105414357:105414357 E-30:30 B-1e8:1e8 B1e8:1.797e308 E-3.2:3.2"),
    Row("erf", 4, "erf(a)", ranges="E-6.1:6.1 E0.8:1.2 B-6.1:6.1 E-1.5:1.5"),
    # At −∞ it is what it tends to.
    Row("gelu", 4, "(a == -INFINITY ? -0.0 : 0.5*a*erfc(-a*M_SQRT1_2))", "0.5L*a*tail_long(a)",
        "0.5Q*a*erfcq(-a*M_SQRT1_2q)", "E-39:39 E-3:3 B-39:39 E-8:8"),
    Row("gelu_tanh", 4, f"(a == -INFINITY ? -0.0 : a*gate({doubled('')}))", f"a*(long double)gate_quad({doubled('Q')})",
        f"a*gate_quad({doubled('Q')})", "E-22:22 E-3:3 B-22:22", scarce=True),
    Row("silu", 4, "a*gate(a)", "a*gate_long(a)", "a*gate_quad(a)", "E-708:40 E-4:4 B-708:708 E-40:40", least=(-708, -87)),
    # Where the sigmoid is a subnormal number its digits are lost, half of the least number, and x times as many here.
    Row("silu(x)", 374, "a*gate(a)", "a*gate_long(a)", "a*gate_quad(a)", "E-746:-708", least=(-746, -105),
        most=(-708, -87), scarce=True),
    Row("sinh", 2, "sinh(a)", ranges="E-710.4:710.4 E-2:2 B-710:710", scarce=True),
    Row("cosh", 2, "cosh(a)", ranges="E-710.4:710.4 E-2:2 B-710:710", scarce=True),
    Row("sech", 2, "1/cosh(a)", "1/coshl(a)", "1/coshq(a)", "E-708:708 E-2:2 B-708:708", scarce=True),
    Row("asinh", 2, "asinh(a)", ranges="B-1.797e308:1.797e308 E-4:4 B-1:1", scarce=True),
    Row("atanh", 2, "atanh(a)", ranges="E-1:1 B-1:1", scarce=True),
    Row("erfc", 4, "erfc(a)", ranges="E-6:26.5 E-1:1 B-6:26.5", scarce=True),
    Row("logcosh", 2, "lncosh(a)", "lncosh_long(a)", "lncosh_quad(a)", "E-30:30 E-2:2 B-1.797e308:1.797e308", scarce=True),
    Row("log1mexp", 4, "rest(a)", "rest_long(a)", "rest_quad(a)", "E-40:0 E-2:0 B-745:0", scarce=True),
    Row("tan", 2, "tan(a)", ranges="E-30:30 B-1e8:1e8 B1e8:1.797e308 E-3.2:3.2", scarce=True),
    Row("mish", 4, "a*tanh(log1p(exp(a)))", "a*tanhl(log1pl(expl(a)))", "a*tanhq(log1pq(expq(a)))", "E-708:40 E-4:4 B-708:700",
        scarce=True, least=(-708, -87)),
    Row("mish(x)", 374, "a*tanh(log1p(exp(a)))", "a*tanhl(log1pl(expl(a)))", "a*tanhq(log1pq(expq(a)))", "E-746:-708",
        least=(-746, -105), most=(-708, -87), scarce=True),
    Row("floor", 0, "floor(a)", ranges="E-100:100 B-1e30:1e30", scarce=True),
    Row("ceil", 0, "ceil(a)", ranges="E-100:100 B-1e30:1e30", scarce=True),
    Row("round", 0, "rint(a)", ranges="E-100:100 B-1e30:1e30", scarce=True),
    Row("trunc", 0, "trunc(a)", ranges="E-100:100 B-1e30:1e30", scarce=True),
    Row("log2", 1, "log2(a)", ranges="B0:1.797e308 E0.5:2 E0:1000", scarce=True),
    Row("log10", 1, "log10(a)", ranges="B0:1.797e308 E0.5:2 E0:1000", scarce=True),
    Row("exp2", 2, "exp2(a)", "exp2l(a)", "powq(2, a)", "E-1075:1024 B-1075:1024 E-1:1", scarce=True),
    Row("asin", 1, "asin(a)", ranges="E-1:1 B-1:1", scarce=True),
    Row("acos", 1, "acos(a)", ranges="E-1:1 B-1:1", scarce=True),
    Row("atan", 1, "atan(a)", ranges="E-4:4 B-1.797e308:1.797e308", scarce=True),
    Row("acosh", 3, "acosh(a)", ranges="E1:4 B1:1.797e308", scarce=True),
    Row("sinc", 3, "cardinal(a)", "cardinal_long(a)", "cardinal_quad(a)", "E-10:10 B-1e15:1e15", scarce=True),
    Row("lgamma", 4, "lgamma(a)", ranges="E0:12 B0:1e300 E1:3", scarce=True, least=(0, 0)),
    Row("digamma", 4, "(double)digamma_long(a)", "digamma_long(a)", "digamma_quad(a)", "E0:12 B0:1e300 E1:2", scarce=True,
        least=(0, 0)),
    Row("atan2", 2, "atan2(a, b)", arity=2, source="atan2(v[0], v[1])", ranges="E0:1", scarce=True),
    Row("hypot", 1.5, "hypot(a, b)", arity=2, source="hypot(v[0], v[1])", ranges="E0:1", scarce=True),
    Row("sqrt", 0.5, "sqrt(a)", ranges="B0:1.797e308 E0:4"),
    Row("1/sqrt(x)", 2, "1/sqrt(a)", "1/sqrtl(a)", "1/sqrtq(a)", "B0:1.797e308 E0:4"),
    Row("sqrt(sqrt(x))", 1, "sqrt(sqrt(a))", "sqrtl(sqrtl(a))", "sqrtq(sqrtq(a))", "B0:1.797e308 E0:4"),
    Row("a^b", 4, "pow(a, b)", source="v[0]^v[1]", arity=2, ranges="E0:1"),
] + [
    Row(f"x^({b})", 4, f"pow(a, {b})", f"powl(a, {b}L)", f"powq(a, {b}Q)", "B0:1.797e308 E0:4")
    for b in ("-1.5", "0.375", "2.5", "7.0")
]


def compiler():
    """The nnc that was built last."""
    built = [p for p in (ROOT / ".build/release/nnc", ROOT / ".build/debug/nnc") if p.exists()]
    if not built:
        sys.exit("nnc is not built: swift build -c release --product nnc")
    return max(built, key=lambda p: p.stat().st_mtime)


def program(row, folder, nnc):
    """Compiles the program that measures a row."""
    layer = row.source
    lines = ["network f", f"input {row.arity}"]
    if not layer.isidentifier():
        lines.append(f"let f({'v' if row.arity == 2 else 'x'}) = {layer}")
        layer = "f"
    source = folder / "f.nn"
    source.write_text("\n".join(lines + [layer]) + "\n")
    flags = ["-O3", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math"]
    objects = []
    for real, letter in (("f64", "d"), ("f32", "f")):
        for target, form in (("generic", "u"), (FUSED, "v")):
            name = letter + form
            subprocess.run(
                [nnc, "compile", source, "--emit", "c", "--real", real, "--target", target,
                 "--prefix", name, "--max-samples", "4096", "--output", folder / f"{name}.c"], check=True)
            subprocess.run(
                ["gcc", "-std=c11", *flags, "-c", f"{name}.c", "-o", f"{name}.o"], cwd=folder, check=True)
            objects.append(f"{name}.o")
    ranges = ", ".join(f"{{{int(k == 'B')}, {low!r}, {high!r}}}" for k, low, high in row.ranges)
    (folder / "row.h").write_text(
        f"#define ARITY {row.arity}\n#define WIDE(a, b) ({row.wide})\n#define LONG(a, b) ({row.long})\n"
        f"#define QUAD(a, b) ({row.quad})\n#define LEAST {'-INFINITY' if row.least[1] == -math.inf else row.least[1]}\n"
        f"#define MOST {'INFINITY' if row.most[1] == math.inf else row.most[1]}\n#define POWERS {int(row.name == 'a^b')}\n"
        f"#define RANGE_LIST {ranges}\n#define COUNT UINT64_C({row.count})\n")
    for name, more in (("measure", []), ("reference", ["-D__FAST_MATH__"])):
        subprocess.run(
            ["gcc", "-std=gnu11", *flags, *more, "-include", folder / "row.h", "-I", HERE, "-c",
             HERE / f"{name}.c", "-o", folder / f"{name}.o"], check=True)
    subprocess.run(
        ["gcc", "-o", "measure", "measure.o", "reference.o", *objects, "-lquadmath", "-lmvec", "-lm"],
        cwd=folder, check=True)
    return folder / "measure"


def run(path, *words):
    return subprocess.run([path, *map(str, words)], check=True, capture_output=True, text=True).stdout


def measure(row, kind, known, path):
    """Measures the next part of a kind, and adds it to what is known of it."""
    floors = [form["worst"][-1][0] if len(form["worst"]) == 4 else 0 for form in known["forms"]]
    lines = run(path, *kind.split(), known["parts"], PARTS, *floors).splitlines()
    for form, floor, line in zip(known["forms"], floors, lines):
        wrong, a, b, *rest = line.split()
        if int(wrong) and not form["wrong"]:
            form["wrong_at"] = [float(a), float(b)][: row.arity]
        form["wrong"] += int(wrong)
        found = [
            [float(e), *map(float, at[: row.arity])]
            for e, *at in zip(rest[::3], rest[1::3], rest[2::3]) if float(e) > floor]
        form["worst"] = sorted(form["worst"] + found, reverse=True)[:4]
    known["parts"] += 1


def fresh():
    return {"parts": 0, "forms": [{"wrong": 0, "worst": []} for _ in range(2)]}


def load():
    return json.loads(STATE.read_text()) if STATE.exists() else {}


def save(state):
    text = json.dumps(state, indent=1)
    # One line for each argument.
    text = re.sub(r"\[\s+((?:[-\d.e+]+|Infinity|NaN)(?:,\s+[-\d.e+]+)*)\s+\]", lambda m: "[" + " ".join(m[1].split()) + "]", text)
    temporary = STATE.with_suffix(".tmp")
    temporary.write_text(text + "\n")
    temporary.replace(STATE)


def number(value):
    return f"{value:.9g}"


def counted(count):
    return "all" if count == 1 << 32 else f"{count:.3g}".replace("e+0", "·10^").replace("e+", "·10^")


def write_table(state):
    """ACCURACY.md and worst.txt, from what is measured."""
    lines, points = [], []
    for row in ROWS:
        for kind in row.kinds:
            known = state.get(row.name, {}).get(kind)
            if not known or not known["parts"]:
                continue
            real = kind.split()[-1]
            cells = [f"`{row.name}`", real, "–" if row.bound is None else f"{row.bound:g}", counted(row.all(kind) * known["parts"] // PARTS)]
            for form in known["forms"]:
                worst = form["worst"][0] if form["worst"] else [0, *[0] * row.arity]
                cells += [f"{worst[0]:.3f}", ", ".join(map(number, worst[1:])), str(form["wrong"])]
                points += [(row, real, tuple(at)) for _, *at in form["worst"] if row.bound]
            lines.append("| " + " | ".join(cells) + " |")
    (HERE / "ACCURACY.md").write_text(TEXT.format(table="\n".join(lines)))
    with (HERE / "worst.txt").open("w") as out:
        for row, real, at in dict.fromkeys(points):
            value, rest = exact(row, at)
            out.write(" ".join([row.name.replace(" ", ""), real, *(x.hex() for x in at), value.hex(), rest.hex()]) + "\n")


def exact(row, at):
    """A function's value as a number and what that lacks, by mpmath."""
    from mpmath import mp, mpf
    import mpmath

    mp.prec = 2400
    gate = lambda x: 1 / (1 + mp.exp(-x))
    names = {
        **{n: getattr(mpmath, n) for n in ("tan", "floor", "ceil", "asin", "acos", "atan", "acosh", "log10", "exp", "log", "expm1", "log1p", "sin", "cos", "tanh", "erf", "erfc", "sqrt")},
        "sigmoid": gate, "silu": lambda x: x * gate(x), "softplus": lambda x: mpmath.log1p(mp.exp(x)),
        "gelu": lambda x: x * mpmath.erfc(-x / mpmath.sqrt(2)) / 2,
        "sinh": mpmath.sinh, "cosh": mpmath.cosh, "sech": mpmath.sech, "asinh": mpmath.asinh, "atanh": mpmath.atanh,
        "logcosh": lambda x: mp.log(mp.cosh(x)) if abs(x) < 1e4 else abs(x) - mp.log(2),
        "log1mexp": lambda x: mp.log(-mp.expm1(x)),
        "mish": lambda x: x * mpmath.tanh(mpmath.log1p(mp.exp(x))), "round": mpmath.nint,
        "digamma": lambda x: mpmath.psi(0, x), "atan2": mpmath.atan2, "hypot": mpmath.hypot,
        "trunc": lambda x: mpmath.sign(x) * mpmath.floor(abs(x)), "log2": lambda x: mp.log(x) / mp.log(2),
        "exp2": lambda x: mpf(2) ** x, "sinc": mpmath.sincpi, "lgamma": mpmath.loggamma,
        "gelu_tanh": lambda x: x * gate(2 * mpmath.sqrt(2 / mp.pi) * (x + mpf("0.044715") * x**3)),
    }
    a, b = mpf(at[0]), mpf(at[-1])
    if row.name.isidentifier():
        value = names[row.name](*(a, b)[: row.arity])
    else:
        text = row.name.replace("^", "**")
        value = eval(text, {**names, "x": a, "a": a, "b": b, "mpf": mpf})
    return float(value), float(value - mpf(float(value)))


TEXT = """# Measured errors of the functions

Written by `measure.py`. Largest error in units in the last place of the exact value, the argument where it was found,
and results that were wrong: a NaN, an infinity or a sign that should not be, or is missing. Each function is measured as
it is emitted, in two forms: unfused, every operation rounded on its own (`--target generic`), and fused, products added
with one rounding (`--target x86-64-v4`, and the same bits for x86-64-v3 and arm64). Bound is the largest error allowed.

f32: every number (or so many), against double precision, whose own error is below 2^-26 of a unit. f64: numbers drawn
evenly, and evenly by their bits, from ranges chosen for the function, against x87's extended precision, whose error is
below 0.005 units; what comes within 0.01 units of the largest errors known is compared again with 113-bit arithmetic.
`a^b`: pairs of random numbers whose powers spread over all exponents.

| function | precision | bound | arguments | unfused | at | wrong | fused | at | wrong |
| --- | --- | --: | --: | --: | --- | --: | --: | --- | --: |
{table}

- silu and mish are measured from -708 on (-87 at f32). Left of that, in the rows silu(x) and mish(x), the sigmoid is a
  subnormal number whose digits are lost: the error is at most |x|/2 + 1 of the least numbers, which is the unit there.
- lgamma and digamma: left of 0, where they have a zero between any two whole numbers, they are left out.
- atan2 and hypot: pairs of any signs and sizes, half of them near each other.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="the functions, divided by commas")
    parser.add_argument("--parts", type=int, default=1 << 30, help="stop after so many parts")
    parser.add_argument("--table", action="store_true", help="only write the table and the worst arguments")
    parser.add_argument("--nnc", type=pathlib.Path, help="the compiler; by default the one that was built last")
    options = parser.parse_args()
    nnc = None if options.table else options.nnc or compiler()
    state = load()
    names = options.only.split(",") if options.only else [row.name for row in ROWS]
    rows = [row for row in ROWS if row.name in names]
    left = 0 if options.table else options.parts
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        # First a look at every function, then f32 whole, then the rest of f64.
        for turn in ("f64 first", "f32 first", "f32", "f64") if left else ():
            for row in rows:
                kind = next(k for k in row.kinds if k.endswith(turn[:3]))
                known = state.get(row.name, {}).get(kind)
                if row.name in paths and known and known["parts"] >= (1 if turn.endswith("first") else PARTS):
                    continue
                if row.name not in paths:
                    place = pathlib.Path(folder) / str(len(paths))
                    place.mkdir()
                    paths[row.name] = program(row, place, nnc)
                    fingerprint = run(paths[row.name], "fingerprint").strip()
                    if state.get(row.name, {}).get("fingerprint") != fingerprint:
                        state[row.name] = {"fingerprint": fingerprint}
                known = state[row.name].setdefault(kind, fresh())
                while known["parts"] < (1 if turn.endswith("first") else PARTS) and left:
                    measure(row, kind, known, paths[row.name])
                    left -= 1
                    save(state)
                print(row.name, kind, known["parts"], *(f["worst"][0] if f["worst"] else 0 for f in known["forms"]),
                      *(f["wrong"] for f in known["forms"]), flush=True)
    write_table(state)


main()
