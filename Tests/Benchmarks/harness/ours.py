"""The compiler's own code as a contestant: nnc, then gcc, clang or swiftc."""

import pathlib
import re

from . import data
from .build import HERE, Failure, command, link
from .rows import networks

# What the manual recommends: all of the machine, and rounding exactly as the source says.
FLAGS = ["-O3", "-march=native", "-ffp-contract=off", "-std=c99"]

# What stands for a parameter of an emitted function, by its name and whether the row trains.
values = {
    "p": "&p",
    "parameters": "&p",
    "n": "BATCH",
    "count": "BATCH",
    "x": "bench_x",
    "t": "bench_t",
    "y": "output",
    "g": "&g",
    "gradient": "&g",
    "s": "&s",
    "state": "&s",
    "w": "&w",
    "workspace": "&w",
}

MAIN = """
#include "contestant.h"
#include "{name}.h"
#include <string.h>

#define ALIGNED __attribute__((aligned(64)))
static {name}_parameters p ALIGNED, g ALIGNED;
{storage}
static REAL output[BATCH * OUTPUTS];
static REAL loss;

void bench_prepare(void) {{ (void)loss, (void)output, (void)g; }}

void bench_reset(void) {{
  {initialize}
  memcpy(&p, bench_start, sizeof p);
}}

void bench_run(long count) {{
  for (long k = 0; k < count; k++) {call};
}}

long bench_results(double *results) {{
#ifdef PREDICT
  for (int k = 0; k < BATCH * OUTPUTS; k++) results[k] = output[k];
  return BATCH * OUTPUTS;
#else
  results[0] = loss;
#ifdef TRAIN
  const REAL *rest = (const REAL *)&p;
#else
  const REAL *rest = (const REAL *)&g;
#endif
  for (int k = 0; k < PARAMETERS; k++) results[1 + k] = rest[k];
  return 1 + PARAMETERS;
#endif
}}
"""


def emit(tools, folder, row, form):
    """Runs `nnc compile` for a row's network; the files it wrote lie in `folder`."""
    if not tools.nnc or not pathlib.Path(tools.nnc).exists():
        raise Failure("no nnc: build it with `swift build -c release --product nnc`, or say --nnc")
    source = HERE / "networks" / f"{row.network}.nn"
    options = ["--real", row.real, "--max-samples", str(tools.max_samples)]
    options += tools.nnc_options
    if row.threads > 1:
        options += ["--threads", str(row.threads)]
    command([tools.nnc, "compile", source, "--emit", form, *options, "-o", f"{folder}/"])


def call(header, function):
    """A call of an emitted function with our arguments, written after its declaration."""
    found = re.search(rf"^\s*(?:[\w ]+[\s*])\s*{function}\s*\(([^;]*)\)\s*;", header, re.M | re.S)
    if not found:
        raise Failure(f"the header declares no {function}")
    arguments = []
    for parameter in re.sub(r"\[[^\]]*\]", "", found.group(1)).split(","):
        name = re.findall(r"\w+", parameter)[-1]
        if name not in values:
            raise Failure(f"{function}: what is the parameter '{parameter.strip()}'?")
        arguments.append(values[name])
    return f"{function}({', '.join(arguments)})"


def entry(row):
    """The emitted function that does the row's work."""
    many = row.batch > 1
    return f"{row.network}_{row.kind}" + ("_many" if many else "")


def c(tools, folder, row, compiler):
    data.write(row, folder)
    emit(tools, folder, row, "c")
    name = networks[row.network].name
    header = (folder / f"{name}.h").read_text()
    storage = [
        f"static {name}_{kind} {letter} ALIGNED;"
        for kind, letter in (("state", "s"), ("workspace", "w"))
        if re.search(rf"\}}\s*{name}_{kind}\s*;|struct\s+{name}_{kind}\s*\{{", header)
    ]
    has_state = any("_state" in line for line in storage)
    text = MAIN.format(
        name=name,
        storage="\n".join(storage),
        initialize=f"{call(header, name + '_initialize')};" if has_state else "",
        call=("" if row.kind == "predict" else "loss = ") + call(header, entry(row)),
    )
    main = folder / "main.c"
    main.write_text(text)
    extra = ["-fopenmp"] if row.threads > 1 else []
    flags = [*FLAGS, *extra, "-I", folder]
    parts = [(getattr(tools, compiler), flags, folder / f"{name}.c")]
    return link(tools, folder, row, main, parts, includes=[folder])
