"""Measures the functions' errors and writes ACCURACY.md: measure.py [STRIDE of f32] [COUNT of f64].

Takes the formulas in C from the tests (FunctionsInCTests), compiles them with measure.c without contraction, and compares
f32 with f64 and f64 with 113-bit arithmetic. STRIDE 1 visits every f32.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[2]

# Function, bound, range at f64, range at f32 ("0 0" is every number).
ROWS = [
    ("exp", 1, ["-745.2 709.8", "-1 1"], "0 0"),
    ("log", 1, ["0 1.79e308", "0.5 2"], "0 0"),
    ("expm1", 2, ["-50 709.8", "-2 2"], "0 0"),
    ("log1p", 2, ["0 1.79e308", "-1 2"], "0 0"),
    ("tanh", 2, ["-22 22", "-2 2"], "0 0"),
    ("sin", 2, ["-105414357 105414357", "-30 30"], "-12867 12867"),
    ("cos", 2, ["-105414357 105414357", "-30 30"], "-12867 12867"),
    ("erf", 4, ["-6.1 6.1", "0.8 1.2"], "0 0"),
    ("pow", 4, ["0 0"], "0 0"),
    ("sigmoid", 2, ["-745.2 40", "-4 4"], "0 0"),
    ("softplus", 2, ["-745.2 745.2", "-4 4"], "0 0"),
    ("logsigmoid", 2, ["-745.2 745.2", "-4 4"], "0 0"),
    ("gelu", 4, ["-39 39", "-3 3"], "0 0"),
]


def main():
    stride = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10**9
    with tempfile.TemporaryDirectory() as folder:
        header = pathlib.Path(folder) / "functions.h"
        environment = {**os.environ, "NNC_FUNCTIONS_HEADER": str(header)}
        subprocess.run(
            ["swift", "test", "--filter", "FunctionsInCTests"], cwd=ROOT, env=environment, check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        program = pathlib.Path(folder) / "measure"
        subprocess.run(
            ["gcc", "-O2", "-std=gnu11", "-ffp-contract=off", f"-I{folder}", "-o", program,
             HERE / "measure.c", "-lquadmath", "-lm"], check=True)
        operations = {
            f"{p}_{n}": int(c)
            for p, n, c in re.findall(r"// ([df])_(\w+): (\d+) operations", header.read_text())
        }
        lines = []
        for name, bound, wide, narrow in ROWS:
            cells = [name, str(bound)]
            for precision, prefix, limits in (("f64", "d_", wide), ("f32", "f_", [narrow])):
                worst, wrong, tried = ["0"], 0, 0
                for limit in limits:
                    steps = stride if precision == "f32" and name != "pow" else count // len(limits)
                    out = subprocess.run(
                        [program, name, precision, str(steps), *limit.split()], check=True,
                        capture_output=True, text=True).stdout.split()
                    worst = max(worst, out, key=lambda w: float(w[0]))
                    wrong, tried = wrong + int(out[3]), tried + int(out[4])
                at = " ".join(worst[1:3] if name == "pow" else worst[1:2])
                cells += [worst[0], f"({at})", str(wrong), str(tried), str(operations[prefix + name])]
            lines.append("| " + " | ".join(cells) + " |")
            print(lines[-1], flush=True)
    table = "\n".join(lines)
    (HERE / "ACCURACY.md").write_text(TEXT.format(stride=stride, count=count, table=table))


TEXT = """# Measured errors of the functions

Largest error in units in the last place of the exact value, the argument where it was found, results that differed in
being a NaN, an infinity or in sign (none should), arguments tried, and machine operations of the formula itself (one that
applies another function by name counts it as none).

Written by `measure.py {stride} {count}`. f64: numbers spread evenly over the function's range, over its exponents, and (sin,
cos) beside multiples of π/2, against 113-bit arithmetic. f32: every {stride}th of all numbers, infinities and NaNs among
them, against f64; `pow` has pairs of random numbers whose powers spread over all exponents.

| function | bound | f64: ulp | at | wrong | of | operations | f32: ulp | at | wrong | of | operations |
| --- | --: | --: | --- | --: | --: | --: | --: | --- | --: | --: | --: |
{table}

- sin and cos hold their bound for |x| ≤ 2²⁶·π/2 ≈ 1.05·10⁸ (f32: 2¹³·π/2 ≈ 12867), which is the range measured. Beyond it
  the argument acts as if changed by at most half a unit in its last place, so the error grows to |x|·2⁻⁵³ (2⁻²⁴); from 2⁵¹
  (2²²) on sin is ±0 and cos is 1.
- silu is x·sigmoid(x) and loses digits where the sigmoid is a subnormal number, left of −708 (−87).
"""

main()
