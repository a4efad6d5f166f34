#!/usr/bin/env python3
"""Runs networks as StableHLO through XLA and IREE, and compares every function with the emitted C.

    python3 Tests/Interchange/stablehlo.py NNC [--engine xla|iree] [--real f32|f64|bf16] [--portable] [FILE...]
    python3 Tests/Interchange/stablehlo.py NNC --table FILE

Each function of each network is compiled for a batch of 3 random samples: predict, loss, gradient, and five steps of
training. The greatest difference is stated beside the greatest number, and held to a tolerance: 1e-10 of it at f64, 1e-4 at
f32, 0.15 at bf16, which has three digits. What training changes, `fields`, is held to a looser one, and is as far from it as
the C at f32 is from the C at f64 where that is further: Adam divides rounding by rounding where a gradient is 0, as that of a
bias before batch normalisation. `--portable` takes the text through a portable artifact first. `--table` takes every sample
through XLA at f64, f32 and bf16, through a portable artifact, and through IREE at f32, and writes the table to a file.
Written for jax and jaxlib 0.10.2, iree-base-compiler and iree-base-runtime 3.13.0, NumPy 2.4.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import numpy as np

import oracle

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOLERANCE = {"f64": 1e-10, "f32": 1e-4, "bf16": 0.15}
FIELDS = {"f64": 1e-4, "f32": 1e-2, "bf16": 0.1}
# How many times as far from the C as the C at the other precision is what training changes may be. Squares of what is but
# rounding are in bf16 greater by the square of 2^16.
SPREAD = {"f64": 0, "f32": 16, "bf16": 2 ** 32}
BATCH = 3
STEPS = 5
FUNCTIONS = ("predict", "loss", "gradient", "train")
# What is replaced in the samples whose own sizes take long on two cores. The table has them at f32 alone.
SHORTER = {"gpt2": ("input 1024 of", "input 32 of")}
# Steps of training: of those one.
def steps(stem):
    return 1 if stem in SHORTER else STEPS


# The columns of the table: engine, type, whether by a portable artifact.
COLUMNS = [("xla", "f64", False), ("xla", "f64", True), ("xla", "f32", False), ("xla", "bf16", False), ("iree", "f32", False)]


def signature(text):
    """The arguments of the module's function: names, shapes and types, and the names of the results."""
    head = text[text.index("func.func public"):text.index(") {\n", text.index("func.func public"))]
    arguments = re.findall(r"%([\w.]+): tensor<((?:\d+x)*)(\w+)>", head)
    results = re.findall(r'jax.result_info = "([^"]+)"', head)
    return [(name, tuple(map(int, shape.split("x")[:-1])), kind) for name, shape, kind in arguments], results


class Xla:
    """XLA by jaxlib's client."""

    def __init__(self):
        from jax._src.lib import _jax, xla_client
        from jax.extend.backend import get_backend
        self.backend, self.client, self.jax = get_backend("cpu"), xla_client, _jax
        import ml_dtypes
        self.half = ml_dtypes.bfloat16

    def compile(self, text, real, portable):
        import jax
        if portable:
            from jaxlib.mlir import ir
            from jaxlib.mlir.dialects import stablehlo
            artifact = stablehlo.serialize_portable_artifact_str(text, stablehlo.get_minimum_version())
            with ir.Context() as context:
                text = str(stablehlo.deserialize_portable_artifact(context, artifact))
        devices = self.jax.DeviceList(tuple(self.backend.local_devices()[:1]))
        loaded = self.backend.compile_and_load(text, devices, self.client.CompileOptions())
        types = {"f64": np.float64, "f32": np.float32, "bf16": self.half, "i32": np.int32}

        def run(arguments, kinds):
            given = [jax.device_put(np.asarray(a, types[kind])) for a, kind in zip(arguments, kinds)]
            parts = loaded.execute_sharded(given).disassemble_into_single_device_arrays()
            return [np.asarray(part[0]) for part in parts]
        return run


class Iree:
    """IREE on this machine's processor."""

    def compile(self, text, real, portable):
        from iree import compiler, runtime
        code = compiler.compile_str(
            text, target_backends=["llvm-cpu"], input_type="stablehlo",
            extra_args=["--iree-llvmcpu-target-cpu=host", "--iree-input-demote-f64-to-f32=false",
                        "--iree-input-demote-i64-to-i32=false"])
        config = runtime.Config("local-sync")
        context = runtime.SystemContext(config=config)
        context.add_vm_module(runtime.VmModule.copy_buffer(context.instance, code))
        function = context.modules[re.search(r"module @(\w+)", text).group(1)]["main"]
        types = {"f64": np.float64, "f32": np.float32, "i32": np.int32}

        def run(arguments, kinds):
            result = function(*[np.asarray(a, types[kind]) for a, kind in zip(arguments, kinds)])
            parts = result if isinstance(result, (tuple, list)) else [result]
            return [np.asarray(part) for part in parts]
        return run


def difference(got, expected):
    """The greatest difference, by the greatest number; the numbers of a float type may be infinite alike."""
    got, expected = np.asarray(got, np.float64).ravel(), np.asarray(expected, np.float64).ravel()
    if got.size == 0:
        return 0.0
    same = (got == expected) | (np.isnan(got) & np.isnan(expected))
    gap = np.where(same, 0, np.abs(got - expected))
    return float(np.max(gap) / max(1e-3, np.max(np.abs(np.where(np.isfinite(expected), expected, 0)))))


def flat_fields(net):
    """All parameters, and then the state."""
    return np.concatenate([net.parameters, net.state])


def sample_of(name, shape, kind, text, random):
    """Random numbers for an input or a target of a network."""
    if kind == "i32":
        return random.integers(0, int(re.search(r"of (\d+)", text).group(1)), shape)
    if name == "t" or name.startswith("t_"):
        rows = random.random(shape)
        if "cross" in text:
            return rows / rows.sum(-1, keepdims=True)
        return np.sign(rows - 0.5) if "loss hinge" in text else (rows > 0.5) * 1.0
    return random.normal(size=shape)


class Case:
    """A network, its C, and what was found of each of its functions."""

    def __init__(self, options, source, engine, folder):
        self.options, self.engine, self.folder = options, engine, pathlib.Path(folder)
        self.text = pathlib.Path(source).read_text()
        self.source = self.folder / pathlib.Path(source).name
        self.text = self.text.replace(*SHORTER.get(pathlib.Path(source).stem, ("", "")))
        self.source.write_text(self.text)
        self.net = oracle.Network(
            options.nnc, self.source, self.folder / "c", "f32" if options.real == "f32" else "f64", BATCH)
        # At the other precision: what differs between both is what rounding makes of a step.
        self.other = None
        self.data, self.worst, self.fails = {}, {}, []
        self.random = np.random.default_rng(1)

    def note(self, kind, gap, bound):
        self.worst[kind] = max(self.worst.get(kind, 0), gap)
        if not gap <= bound:
            self.fails.append(kind)

    def check(self, kind):
        """Compares a function."""
        options, net, real = self.options, self.net, self.options.real
        module = subprocess.run(
            [options.nnc, "compile", self.source, "--emit", "stablehlo", "--real", real, "--batch", str(BATCH),
             "--functions", kind], check=True, capture_output=True, text=True).stdout
        arguments, results = signature(module)
        run = self.engine.compile(module, real, options.portable)
        fields = self.fields(arguments, kind)
        inputs, targets = [], []
        for name, shape, type_ in arguments:
            if name in fields:
                continue
            if name not in self.data:
                values = sample_of(name, shape, type_, self.text, self.random)
                if real == "bf16" and type_ != "i32":
                    values = np.asarray(values, np.float32).astype(self.engine.half).astype(np.float64)
                self.data[name] = values
            (targets if name == "t" or name.startswith("t_") else inputs).append(name)
        x, t = self.row(inputs), self.row(targets) if targets else None

        def call():
            flat, types = flat_fields(net), [type_ for _, _, type_ in arguments]
            given = [flat[fields[name]].reshape(shape) if name in fields else self.data[name]
                     for name, shape, _ in arguments]
            return dict(zip(results, run(given, types)))
        bound = TOLERANCE[real]
        if kind == "predict":
            got = call()
            outputs = np.concatenate([got[name].reshape(BATCH, -1) for name in results], 1)
            self.note(kind, difference(outputs, net.call(kind, x)), bound)
        elif kind == "loss":
            self.note(kind, difference(call()["loss"], net.call(kind, x, t)), bound)
        elif kind == "gradient":
            got, (loss, gradient) = call(), net.call(kind, x, t)
            whole = np.concatenate([got[name].ravel() for name in results[1:]] or [np.zeros(0)])
            self.note(kind, max(difference(got["loss"], loss), difference(whole, gradient)), bound)
        else:
            for _ in range(steps(self.source.stem)):
                self.step(call, fields, x, t)

    def fields(self, arguments, kind):
        """Where parameters, and in training the state, stand among all numbers."""
        result, place = {}, 0
        end = self.net.parameters.size + (self.net.state.size if kind == "train" else 0)
        for name, shape, _ in arguments:
            size = int(np.prod(shape, dtype=int))
            if place + size <= end and place < end:
                result[name] = slice(place, place + size)
                place += size
        return result

    def step(self, call, fields, x, t):
        """A step of training from the numbers of the C, which go on."""
        net, real = self.net, self.options.real
        other = self.other = self.other or oracle.Network(
            self.options.nnc, self.source, self.folder / "other", "f64" if real == "f32" else "f32", BATCH)
        other.parameters[:], other.state[:] = net.parameters, net.state
        got, loss = call(), net.call("train", x, t)
        cast = lambda a: a if a is None or a.dtype.kind == "i" else np.ascontiguousarray(a, other.type)
        other.call("train", cast(x), cast(t))
        self.note("train", difference(got["loss"], loss), TOLERANCE[real])
        expected, rounded = flat_fields(net), flat_fields(other)
        for name, place in fields.items():
            if name in got:
                gap = difference(got[name], expected[place])
                spread = SPREAD[real] * difference(rounded[place], expected[place])
                self.note("fields", gap, max(FIELDS[real], spread))
                if self.options.verbose and gap > max(FIELDS[real], spread):
                    print(f"  {name}: {gap:.1e}, by rounding {spread:.1e}")

    def row(self, names):
        """A row a sample of these inputs or targets."""
        joined = np.concatenate([np.asarray(self.data[name]).reshape(BATCH, -1) for name in names], 1)
        return np.ascontiguousarray(joined, np.int32 if joined.dtype.kind == "i" else self.net.type)


def check(options, source, engine):
    """Compares a network's functions: a line that says how, and the names of those that fail."""
    start, stem = time.time(), pathlib.Path(source).stem
    with tempfile.TemporaryDirectory() as folder:
        case = Case(options, source, engine, folder)
        for kind in options.functions.split(","):
            if case.net.has[kind] is not None:
                try:
                    case.check(kind)
                except Exception as error:  # what an engine refuses is a result too
                    print(f"{stem}: {kind}: {type(error).__name__}: {str(error)[:600]}", flush=True)
                    case.worst[kind] = float("nan")
                    case.fails.append(kind)
    print(f"{stem:18} {' '.join(f'{kind} {gap:.1e}' for kind, gap in case.worst.items())}"
          f"{' FAILS' if case.fails else ''} ({time.time() - start:.1f} s)", flush=True)
    return case.worst, case.fails


def table(options, files, path):
    """Every sample through every engine and type, as a table of Markdown."""
    engines = {"xla": Xla(), "iree": Iree()}
    lines = [
        "# Samples as StableHLO beside the C", "",
        "Written by `python3 Tests/Interchange/stablehlo.py NNC --table FILE`: the greatest difference of prediction, loss,",
        f"gradient, and losses of {STEPS} steps, by the greatest number, for {BATCH} random samples. What an engine refuses is —.",
        "GPT-2 is taken with 32 tokens instead of 1024, and one step. Where a cell says fails, what a step of training changes",
        "passes its bound, or what is stated does.", "",
        "| sample | " + " | ".join(f"{engine} {real}{', portable' if portable else ''}"
                                     for engine, real, portable in COLUMNS) + " |",
        "| --- |" + " --- |" * len(COLUMNS)]
    failures = 0
    for source in files:
        cells = []
        for engine, real, portable in COLUMNS:
            if pathlib.Path(source).stem in SHORTER and real != "f32":
                cells.append("")
                continue
            options.real, options.portable = real, portable
            worst, fails = check(options, source, engines[engine])
            failures += bool(fails)
            cells.append(" ".join("—" if worst[kind] != worst[kind] else f"{worst[kind]:.0e}"
                                  for kind in FUNCTIONS if kind in worst) + (" fails" if fails else ""))
        lines.append(f"| {pathlib.Path(source).stem} | " + " | ".join(cells) + " |")
        pathlib.Path(path).write_text("\n".join(lines) + "\n")
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("nnc")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--engine", default="xla", choices=["xla", "iree"])
    parser.add_argument("--real", default="f64", choices=list(TOLERANCE))
    parser.add_argument("--portable", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="name what differs")
    parser.add_argument("--functions", default=",".join(FUNCTIONS))
    parser.add_argument("--table", metavar="FILE")
    options = parser.parse_intermixed_args()
    import jax
    jax.config.update("jax_enable_x64", True)
    files = options.files or sorted(
        [*ROOT.glob("Samples/**/*.nn"), *ROOT.glob("Tests/Interchange/networks/*.nn")], key=lambda path: path.stem)
    if options.table:
        sys.exit(1 if table(options, files, options.table) else 0)
    engine = Xla() if options.engine == "xla" else Iree()
    failures = sum(bool(check(options, path, engine)[1]) for path in files)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
