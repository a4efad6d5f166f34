#!/usr/bin/env python3
"""Proves by Frama-C's Eva that the C of networks has no undefined behaviour: eva.py NNC [SAMPLE ...]

For each network a main is made that gives every function all parameters, states, inputs and targets of magnitudes up to
10^30 (f32) or 10^300 (f64), and every number of samples that the header allows. Eva then computes, for all of them at
once, a superset of the values of every expression: an access outside of an array, a read of what was not written, an
overflow of a whole number, a shift too far or a pointer misused would be an alarm. Infinities and NaN are values like
others (-warn-special-float none): IEEE 754 arithmetic defines them.
"""
import concurrent.futures
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
# A name, and the options that it is compiled with.
NETWORKS = [
    ("backprop", []), ("backprop", ["--real", "f32"]), ("backprop-frozen", []), ("xor", []),
    ("logistic", []), ("iris", ["--unroll", "0"]), ("iris", ["--unroll", "0", "--weights-in", "source"]),
    ("wine", ["--unroll", "0", "--real", "f32"]),
]


def driver(name, header):
    """A main that calls every function that a header declares."""
    real = "float" if "float " in header else "double"
    bound = "1e30f" if real == "float" else "1e300"
    macro = name.upper()
    blocks, calls = {}, []
    for function, arguments in re.findall(rf"\w+ ({name}_\w+)\(([^)]*)\);", header):
        names = []
        for argument in re.sub(r"\s+", " ", arguments).strip().split(", "):
            words = re.match(r"(?:const )?(\w+) \*?(\w+)", argument).groups()
            kind, short = words
            if short == "n":
                names.append("n")
                continue
            if kind == real:
                size = {"x": "INPUTS", "t": "TARGETS", "y": "OUTPUTS"}[short]
                many = f" * {macro}_MAX_SAMPLES" if f"{macro}_MAX_SAMPLES" in header else ""
                blocks[short] = f"static {real} {short}[{macro}_{size}{many}];"
                names.append(short)
            else:
                blocks[short] = f"static {kind} {short};"
                names.append(f"&{short}")
        calls.append((function, names))
    text = [f'#include "__fc_builtin.h"\n#include <stddef.h>\n#include "{name}.h"']
    text += blocks.values()
    text.append(f"static void any({real} *values, size_t count) {{")
    text.append(f"  for (size_t i = 0; i < count; ++i) values[i] = Frama_C_{real}_interval(-{bound}, {bound});\n}}")
    text.append("int main(void) {\n  size_t n = Frama_C_unsigned_long_interval(1, 256);")
    for function, names in calls:
        for short in ["p", "s", "x", "t"]:
            if short in blocks:
                place = short if "[" in blocks[short] else f"&{short}"
                text.append(f"  any(({real} *){place}, sizeof {short} / sizeof({real}));")
        text.append(f"  (void){function}({', '.join(names)});")
    return "\n".join(text) + "\n  return 0;\n}\n"


def prove(nnc, sample, options):
    """Analyses one network; its row of the table and whether it is proved."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        name = sample.replace("-", "_")
        subprocess.run(
            [nnc, "compile", ROOT / f"Samples/{sample}.nn", "--emit", "c", *options, "-o", f"{folder}/"],
            check=True)
        (folder / "main.c").write_text(driver(name, (folder / f"{name}.h").read_text()))
        done = subprocess.run(
            ["frama-c", "-eva", "-eva-precision", "1", "-eva-no-show-progress", "-eva-no-print",
             "-warn-special-float", "none", folder / "main.c", folder / f"{name}.c"],
            cwd=folder, capture_output=True, text=True)
        output = done.stdout + done.stderr
        found = [
            re.search(pattern, output) for pattern in
            [r"(\d+) functions analyzed \(out of (\d+)\)", r"(\d+) statements reached",
             r"(\d+) alarms? generated", r"Preconditions +(\d+) valid +(\d+) unknown +(\d+) invalid"]]
        if done.returncode != 0 or not all(found):
            return f"{sample} {' '.join(options)}: Eva failed\n{output[-3000:]}", False
        functions, statements, alarms, conditions = found
        is_well = alarms[1] == "0" and conditions[2] == conditions[3] == "0" and functions[1] == functions[2]
        row = (f"{' '.join([sample, *options]):<44} {functions[1]:>3} of {functions[2]} functions, "
               f"{statements[1]:>5} statements, {conditions[1]} preconditions proved, {alarms[1]} alarms")
        if not is_well:
            row += "\n" + "\n".join(line for line in output.splitlines() if "alarm" in line or "assert" in line)
        return row, is_well


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__.splitlines()[0])
    nnc = pathlib.Path(sys.argv[1]).resolve()
    networks = [(sample, []) for sample in sys.argv[2:]] or NETWORKS
    is_well = True
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for row, well in pool.map(lambda network: prove(nnc, *network), networks):
            print(row, flush=True)
            is_well = is_well and well
    sys.exit(0 if is_well else 1)


main()
