#!/usr/bin/env python3
"""Runs networks as StableHLO through XLA and IREE, and compares every function with the emitted C.

    python3 Tests/Interchange/stablehlo.py NNC [--engine xla|iree] [--real f32|f64|bf16] [--portable] [FILE...]

Each function of each network is compiled for a batch of 3 random samples: predict, loss, gradient, and five steps of
training. The greatest difference is stated beside the greatest number, and held to a tolerance: 1e-10 of it at f64, 1e-4 at
f32, 0.15 at bf16, which has three digits; what training changes, `fields`, to a looser one. `--portable` takes the text
through a portable artifact first.
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
# Adam divides rounding by rounding where a gradient is 0, as that of a bias before batch normalisation.
FIELDS = {"f64": 1e-4, "f32": 0.2, "bf16": 0.5}
BATCH = 3
STEPS = 5
# Networks whose samples take long: one function each is enough for `.ci/run`.
LARGE = {"gpt2"}


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


def difference(got, expected, real):
    """The greatest difference, by the greatest number; the numbers of a float type may be infinite alike."""
    got, expected = np.asarray(got, np.float64).ravel(), np.asarray(expected, np.float64).ravel()
    if got.size == 0:
        return 0.0
    same = (got == expected) | (np.isnan(got) & np.isnan(expected))
    gap = np.where(same, 0, np.abs(got - expected))
    return float(np.max(gap) / max(1e-3, np.max(np.abs(np.where(np.isfinite(expected), expected, 0)))))


def check(options, source, engine, kinds):
    """Compares a network's functions; the greatest difference of each."""
    nnc, real, portable = options.nnc, options.real, options.portable
    random = np.random.default_rng(1)
    text = pathlib.Path(source).read_text()
    worst = {}
    with tempfile.TemporaryDirectory() as folder:
        net = oracle.Network(nnc, source, folder, "f32" if real == "f32" else "f64")
        shapes, whole = {}, {}
        for kind in ("predict", "loss", "gradient", "train"):
            if kind not in kinds or net.has[kind] is None:
                continue
            module = subprocess.run(
                [nnc, "compile", source, "--emit", "stablehlo", "--real", real, "--batch", str(BATCH), "--functions",
                 kind], check=True, capture_output=True, text=True).stdout
            arguments, results = signature(module)
            run = engine.compile(module, real, portable)
            types = [kind for _, _, kind in arguments]
            values, place, data = {}, 0, []
            flat = np.concatenate([net.parameters, net.state])
            for name, shape, type_ in arguments:
                size = int(np.prod(shape, dtype=int))
                if place + size <= flat.size and place < flat.size and (
                        place < net.parameters.size or kind == "train"):
                    values[name] = flat[place:place + size].reshape(shape)
                    place += size
                    continue
                if name not in shapes:
                    is_target = name == "t" or name.startswith("t_")
                    if type_ == "i32":
                        bound = int(re.search(r"of (\d+)", text).group(1))
                        shapes[name] = random.integers(0, bound, shape)
                    elif is_target:
                        rows = random.random(shape)
                        shapes[name] = rows / rows.sum(-1, keepdims=True) if "cross" in text else (
                            (rows > 0.5) * 1.0 if "loss hinge" not in text else np.sign(rows - 0.5))
                    else:
                        shapes[name] = random.normal(size=shape)
                    if type_ == "bf16" or real == "bf16" and type_ != "i32":
                        shapes[name] = np.asarray(shapes[name], np.float32).astype(engine.half).astype(np.float64)
                values[name] = shapes[name]
                data.append(name)
            def row(names):
                parts = [np.asarray(values[name]).reshape(BATCH, -1) for name in names]
                joined = np.concatenate(parts, 1)
                return np.ascontiguousarray(
                    joined, np.int32 if joined.dtype.kind == "i" else net.type)
            inputs = [name for name in data if not (name == "t" or name.startswith("t_"))]
            targets = [name for name in data if name not in inputs]
            x, t = row(inputs), row(targets) if targets else None
            for _ in range(STEPS if kind == "train" else 1):
                got = dict(zip(results, run([values[name] for name, _, _ in arguments], types)))
                if kind == "predict":
                    outputs = np.concatenate([got[name].reshape(BATCH, -1) for name in results], 1)
                    gap = difference(outputs, net.call("predict", x), real)
                elif kind == "gradient":
                    loss, gradient = net.call("gradient", x, t)
                    begin = 0
                    for name in results[1:] if options.verbose else []:
                        own = difference(got[name], gradient[begin:begin + got[name].size], real)
                        if own > TOLERANCE[real]:
                            print(f"  {name}: {own:.1e}")
                        begin += got[name].size
                    gap = max(difference(got["loss"], loss, real), difference(
                        np.concatenate([got[name].ravel() for name in results[1:]] or [np.zeros(0)]), gradient, real))
                elif kind == "loss":
                    gap = difference(got["loss"], net.call("loss", x, t), real)
                else:
                    loss = net.call("train", x, t)
                    gap = difference(got["loss"], loss, real)
                    values.update({name: got[name] for name in results[1:]})
                    flat, place = np.concatenate([net.parameters, net.state]), 0
                    for name, shape, _ in arguments:
                        size = int(np.prod(shape, dtype=int))
                        if name in data:
                            continue
                        own = difference(values[name], flat[place:place + size], real)
                        if options.verbose and own > FIELDS[real]:
                            print(f"  {name}: {own:.1e}")
                        worst["fields"] = max(worst.get("fields", 0), own)
                        # The next step begins with the same numbers.
                        values[name] = flat[place:place + size].reshape(shape).copy()
                        place += size
                worst[kind] = max(worst.get(kind, 0), gap)
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("nnc")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--engine", default="xla", choices=["xla", "iree"])
    parser.add_argument("--real", default="f64", choices=list(TOLERANCE))
    parser.add_argument("--portable", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="name what differs")
    parser.add_argument("--functions", default="predict,loss,gradient,train")
    options = parser.parse_args()
    import jax
    jax.config.update("jax_enable_x64", True)
    engine = Xla() if options.engine == "xla" else Iree()
    files = options.files or sorted(
        path for path in ROOT.glob("Samples/**/*.nn") if path.stem not in LARGE)
    failures = 0
    for path in files:
        start = time.time()
        try:
            worst = check(options, str(path), engine, options.functions.split(","))
        except Exception as error:  # what an engine refuses is a result too
            print(f"{pathlib.Path(path).stem}: {type(error).__name__}: {str(error)[:600]}", flush=True)
            failures += 1
            continue
        bounds = {kind: (FIELDS if kind == "fields" else TOLERANCE)[options.real] for kind in worst}
        fails = any(not gap <= bounds[kind] for kind, gap in worst.items())
        failures += fails
        print(f"{pathlib.Path(path).stem:18} {' '.join(f'{kind} {gap:.1e}' for kind, gap in worst.items())}"
              f" {'FAILS' if fails else ''} ({time.time() - start:.1f} s)", flush=True)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
