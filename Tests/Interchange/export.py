#!/usr/bin/env python3
"""Writes every sample as ONNX, checks the files, and compares what ONNX Runtime computes with what nnc predicts.

    python3 Tests/Interchange/export.py --nnc .build/debug/nnc [FILE…]

Needs onnx, onnxruntime and NumPy (made with 1.23.2, 1.32.0 and 2.4.6). A file passes where onnx.checker takes it with full
checks, shapes can be inferred strictly, any number of samples runs, and outputs agree within 4 ulp (32 bits) of the largest.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np
import onnx
import onnxruntime

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = sorted(ROOT.glob("Samples/*.nn")) + sorted(ROOT.glob("Samples/images/*.nn")) + [
    ROOT / "Samples/sequences/names.nn", ROOT / "Samples/sequences/chargpt.nn"]
ULPS = 4


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


def outputs(nnc, network, data, folder):
    target = folder / "outputs.csv"
    result = run(nnc, "predict", str(network), "-d", str(data), "--real", "f64", "-o", str(target))
    if result.returncode:
        raise RuntimeError(result.stderr.strip())
    return np.loadtxt(target, delimiter=",", skiprows=1, ndmin=2)


def compare(nnc, network, folder):
    """The difference in ulps of the largest output, between ONNX Runtime and nnc reading the file again."""
    model = folder / "net.onnx"
    result = run(nnc, "export", str(network), "-o", str(model))
    if result.returncode:
        raise RuntimeError(result.stderr.strip())
    onnx.checker.check_model(str(model), full_check=True)
    onnx.shape_inference.infer_shapes(onnx.load(str(model)), check_type=True, strict_mode=True, data_prop=True)
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    bounds = [int(n) for n in re.findall(r"^input .* of (\d+)", network.read_text(), re.M)]
    random = np.random.default_rng(1)
    worst = 0.0
    for count in [1, 3]:
        feeds = {}
        for place, port in enumerate(session.get_inputs()):
            shape = [count] + port.shape[1:]
            if "int64" in port.type:
                feeds[port.name] = random.integers(0, bounds[place], shape)
            else:
                feeds[port.name] = random.standard_normal(shape).astype(np.float32)
        rows = np.concatenate([v.reshape(count, -1) for v in feeds.values()], 1).astype(np.float64)
        np.save(folder / "inputs.npy", rows)
        own = outputs(nnc, model, folder / "inputs.npy", folder)
        other = np.concatenate([v.reshape(count, -1) for v in session.run(None, feeds)], 1)
        # Of classifiers the class stands first.
        own = own[:, -other.shape[1]:]
        worst = max(worst, np.abs(own - other).max() / np.spacing(np.float32(np.abs(other).max())))
    return worst


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--nnc", default=str(ROOT / ".build/debug/nnc"))
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    arguments = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for network in arguments.files or SAMPLES:
            try:
                ulps = compare(arguments.nnc, network, pathlib.Path(folder))
                verdict = f"{ulps:.1f} ulp" + ("" if ulps <= ULPS else "  TOO FAR")
                failed += ulps > ULPS
            except Exception as problem:
                verdict = f"FAILED: {str(problem).splitlines()[0]}"
                failed += 1
            print(f"{network.stem:16} {verdict}")
    if failed:
        sys.exit(f"{failed} networks failed")


if __name__ == "__main__":
    main()
