#!/usr/bin/env python3
"""Runs networks as StableHLO through XLA and IREE, and compares every function with the emitted C.

    python3 Tests/Interchange/stablehlo.py NNC [--engine xla|iree] [--real f32|f64|bf16] [--portable] [FILE...]
    python3 Tests/Interchange/stablehlo.py NNC --table FILE

Each function of each network is compiled for a batch of 3 random samples: predict, loss, gradient, and five steps of
training, each from the numbers of the C. Results are compared with those of the C at f64, and are right where they are no
further from them than a small factor of what rounding makes of the function in the type: `rounding.py` says what that is. Of
each function the greatest difference is stated, and at the end the greatest in units of the bound's own measure.
A network that fails is taken once more with softplus in the place of relu, whose derivative jumps where a number is 0: two
right engines may differ there by a whole gate, and one that computes the smooth network rightly has failed at no operation but
relu, which other samples hold to their bound. It then fails no longer, and both numbers stand in the table.
`--portable` takes the text through a portable artifact first. `--table` takes every sample through XLA at f64, f32 and bf16,
through a portable artifact, and through IREE at f32, and writes the table to a file.
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
import rounding
from rounding import difference

ROOT = pathlib.Path(__file__).resolve().parents[2]
BATCH = 3
STEPS = 5
# Functions whose derivative jumps, as layers.
GATES = r"\brelu6?\b"
FUNCTIONS = ("predict", "loss", "gradient", "train")
# What is replaced in the samples whose own sizes take long on two cores. The table has them at f32 alone.
SHORTER = {"gpt2": ("input 1024 of", "input 32 of")}
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
        self.options, self.engine, self.folder = options, engine, folder
        folder.mkdir(exist_ok=True)
        self.real = options.real
        stem = pathlib.Path(source).stem
        self.isShortened = stem in SHORTER
        self.text = pathlib.Path(source).read_text().replace(*SHORTER.get(stem, ("", "")))
        self.source = self.folder / pathlib.Path(source).name
        self.source.write_text(self.text)
        # What is true, and what the C makes of it in 32 bits.
        self.truth = oracle.Network(options.nnc, self.source, self.folder / "c", "f64", BATCH)
        self.single = None if self.real == "f64" else oracle.Network(
            options.nnc, self.source, self.folder / "single", "f32", BATCH)
        self.fields = np.concatenate([self.truth.parameters, self.truth.state])
        self.data, self.worst, self.fails, self.greatest = {}, {}, [], 0
        self.random = np.random.default_rng(1)

    def check(self, kind):
        """Compares a function."""
        self.kind = kind
        module = subprocess.run(
            [self.options.nnc, "compile", self.source, "--emit", "stablehlo", "--real", self.real, "--batch", str(BATCH),
             "--functions", kind], check=True, capture_output=True, text=True).stdout
        self.arguments, self.results = signature(module)
        run = self.engine.compile(module, self.real, self.options.portable)
        self.places = self.field_places()
        self.inputs, self.targets = [], []
        for name, shape, type_ in self.arguments:
            if name in self.places:
                continue
            if name not in self.data:
                self.data[name] = rounding.rounded(
                    sample_of(name, shape, type_, self.text, self.random), self.real)
            (self.targets if name == "t" or name.startswith("t_") else self.inputs).append(name)
        # Noise is other numbers at f32: there its C at f32 stands for what is true.
        self.isSingle = self.real != "f64" and "@threefry" in module
        witness = self.by_c(self.truth if self.real == "f64" else self.single)
        if self.real == "bf16":
            witness = self.by_module(self.engine.compile(rounding.emulated(module), "f32", False), lambda kind: "f32")
        for _ in range(STEPS if kind == "train" and not self.isShortened else 1):
            self.compare(self.by_module(run, lambda kind: kind), witness)

    def field_places(self):
        """Where parameters, and in training the state, stand among all numbers."""
        result, place = {}, 0
        end = self.fields.size if self.kind == "train" else self.truth.parameters.size
        for name, shape, _ in self.arguments:
            size = int(np.prod(shape, dtype=int))
            if place + size <= end and place < end:
                result[name] = slice(place, place + size)
                place += size
        return result

    def by_module(self, run, type_of):
        """The function as an engine computes it: from fields and data to named arrays."""
        def compute(fields, data):
            given = [fields[self.places[name]].reshape(shape) if name in self.places else data[name]
                     for name, shape, _ in self.arguments]
            named = dict(zip(self.results, run(given, [type_of(kind) if kind == "bf16" else kind
                                                       for _, _, kind in self.arguments])))
            if self.kind == "predict":
                return {"predict": np.concatenate([named[name].reshape(BATCH, -1) for name in self.results], 1)}
            if self.kind == "gradient":
                parts = [named[name].ravel() for name in self.results[1:]]
                return {"loss": named["loss"], "gradient": np.concatenate(parts or [np.zeros(0)])}
            return named
        return compute

    def by_c(self, net):
        """The function as the C computes it, likewise."""
        def compute(fields, data):
            net.parameters[:], net.state[:] = np.split(fields, [net.parameters.size])
            x = self.row(self.inputs, data, net.type)
            t = self.row(self.targets, data, net.type) if self.targets else None
            result = net.call(self.kind, x, t)
            if self.kind == "gradient":
                return {"loss": result[0], "gradient": result[1]}
            if self.kind != "train":
                return {self.kind: result}
            after = np.concatenate([net.parameters, net.state])
            return {"loss": result, **{name: after[place] for name, place in self.places.items()}}
        return compute

    def row(self, names, data, type_):
        """A row a sample of these inputs or targets."""
        joined = np.concatenate([np.asarray(data[name]).reshape(BATCH, -1) for name in names], 1)
        return np.ascontiguousarray(joined, np.int32 if joined.dtype.kind == "i" else type_)

    def compare(self, engine, witness):
        """Holds the engine's results at the present numbers to what rounding makes of them; in training those go on."""
        for name, _, kind in self.arguments:
            if name in self.places:
                self.fields[self.places[name]] = rounding.rounded(self.fields[self.places[name]], kind)
        fields, data = self.fields, self.data
        true = self.by_c(self.single if self.isSingle else self.truth)(fields, data)
        got = engine(fields, data)
        spread = dict.fromkeys(got, 0.0)
        draws = [0] if self.isShortened else [0] + [1, rounding.SLACK] * rounding.NEIGHBOURS
        for far in draws:
            other = witness(*(self.neighbour(far) if far else (fields, data)))
            for name in got:
                spread[name] = max(spread[name], difference(other[name], true[name]) / max(1, far))
        for name in got:
            gap = difference(got[name], true[name])
            units = gap / max(spread[name], rounding.UNIT[self.real])
            self.greatest = max(self.greatest, units) if units == units else units
            key = self.kind if name in ("loss", self.kind) else "fields"
            self.worst[key] = max(self.worst.get(key, 0), gap)
            if not units <= rounding.SLACK:
                self.fails.append(name)
                print(f"  {self.kind}: {name}: {gap:.1e}, by rounding {spread[name]:.1e}", flush=True)
        if self.kind == "train":
            for name, place in self.places.items():
                self.fields[place] = np.ravel(true[name])

    def neighbour(self, far):
        """Parameters and inputs up to so many ulps away."""
        fields = self.fields.copy()
        count = self.truth.parameters.size
        fields[:count] = rounding.neighbour(fields[:count], self.real, far, self.random)
        moved = {name: rounding.neighbour(self.data[name], self.real, far, self.random) for name in self.inputs}
        return fields, {**self.data, **moved}


def check(options, source, engine, folder):
    """Compares a network's functions, says how it went, and returns what was found. The C is kept in the folder."""
    start, stem = time.time(), pathlib.Path(source).stem
    case = Case(options, source, engine, pathlib.Path(folder) / stem)
    for kind in options.functions.split(","):
        if case.truth.has[kind] is not None:
            try:
                case.check(kind)
            except Exception as error:  # what an engine refuses is a result too
                print(f"{stem}: {kind}: {type(error).__name__}: {str(error)[:600]}", flush=True)
                case.worst[kind] = float("nan")
                case.fails.append(kind)
    case.smooth = None
    text = pathlib.Path(source).read_text()
    if case.fails and re.search(GATES, text):
        twin = pathlib.Path(folder) / f"smooth-{stem}.nn"
        twin.write_text(re.sub(GATES, "softplus", text))
        smooth = check(options, twin, engine, folder)
        if not smooth.fails:
            case.smooth, case.fails = smooth.greatest, []
    print(f"{stem:18} {' '.join(f'{kind} {gap:.1e}' for kind, gap in case.worst.items())} units {case.greatest:.1f}"
          f"{'' if case.smooth is None else f', smooth {case.smooth:.1f}'}"
          f"{' FAILS' if case.fails else ''} ({time.time() - start:.1f} s)", flush=True)
    return case


def table(options, files, path, folder):
    """Every sample through every engine and type, as a table of Markdown."""
    engines = {"xla": Xla(), "iree": Iree()}
    lines = [
        "# Samples as StableHLO beside the C", "",
        "Written by `python3 Tests/Interchange/stablehlo.py NNC --table FILE`: the greatest difference of prediction, loss,",
        f"gradient, and losses of {STEPS} steps from the C at f64, by the greatest number, for {BATCH} random samples. What an",
        "engine refuses is —. GPT-2 is taken with 32 tokens instead of 1024, and one step.", "",
        "The last number of a cell is the greatest difference of anything, all that a step changes included, in units of what",
        "rounding makes of it: how far a computation in the same type at neighbouring numbers is from the C at f64 (at f64 and",
        "f32 the C, at bf16 the same text at f32 with every value rounded). A cell with a number above "
        f"{rounding.SLACK} fails;",
        "`rounding.py` says why that is the measure. Where a second number stands behind it, the first is above the bound, and",
        "the second is that of the same network with softplus in the place of relu: two right engines may differ by a whole gate",
        "where a number is nearly 0.", "",
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
            case = check(options, source, engines[engine], folder)
            failures += bool(case.fails)
            gaps = [case.worst[kind] for kind in FUNCTIONS if kind in case.worst]
            cells.append(" ".join("—" if gap != gap else f"{gap:.0e}" for gap in gaps)
                         + f", {case.greatest:.1f}" + ("" if case.smooth is None else f" ({case.smooth:.1f})")
                         + (" fails" if case.fails else ""))
        lines.append(f"| {pathlib.Path(source).stem} | " + " | ".join(cells) + " |")
        pathlib.Path(path).write_text("\n".join(lines) + "\n")
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("nnc")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--engine", default="xla", choices=["xla", "iree"])
    parser.add_argument("--real", default="f64", choices=list(rounding.UNIT))
    parser.add_argument("--portable", action="store_true")
    parser.add_argument("--functions", default=",".join(FUNCTIONS))
    parser.add_argument("--table", metavar="FILE")
    options = parser.parse_intermixed_args()
    import jax
    jax.config.update("jax_enable_x64", True)
    files = options.files or sorted(
        [*ROOT.glob("Samples/**/*.nn"), *ROOT.glob("Tests/Interchange/networks/*.nn")], key=lambda path: path.stem)
    with tempfile.TemporaryDirectory() as folder:
        if options.table:
            failures = table(options, files, options.table, folder)
        else:
            engine = Xla() if options.engine == "xla" else Iree()
            failures = sum(bool(check(options, path, engine, folder).fails) for path in files)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
