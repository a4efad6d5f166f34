#!/usr/bin/env python3
"""An ONNX backend over nnc, and the official onnx.backend.test suite through it.

    python3 Tests/Interchange/onnx_backend.py --nnc .build/debug/nnc             # report, and the manual's table
    python3 Tests/Interchange/onnx_backend.py --nnc .build/debug/nnc --only relu # cases whose names hold a word, at length

Needs onnx and NumPy (made with onnx 1.23.2 and NumPy 2.4.6). A case is passed, failed (other numbers: there must be none) or
not supported, with nnc's own words. A network's inputs are data; what must be known when a network is compiled, such as
shapes, axes and weights, and what stands as an input of a test's graph, is given to nnc as a constant of the file.
"""
import argparse
import collections
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np
import onnx
import onnx.backend.base
from onnx import numpy_helper
from onnx.backend.test.case.node import collect_testcases
from onnx.backend.test.loader import load_model_tests

ROOT = pathlib.Path(__file__).resolve().parents[2]
NNC = str(ROOT / ".build/debug/nnc")
MANUAL = ROOT / "Sources/NNC/NNC.docc/OnnxOperators.md"


# Some units in the last place of 16 bits.
HALF = 4 * 2.0 ** -10


class NotSupported(Exception):
    """What nnc says that it does not have."""


class Wrong(Exception):
    """nnc failed otherwise."""


def tool(*arguments, timeout=300):
    return subprocess.run([NNC, *arguments], capture_output=True, text=True, timeout=timeout)


class Prepared(onnx.backend.base.BackendRep):
    """A model that nnc reads."""

    def __init__(self, model):
        self.model = model

    def run(self, inputs, **_):
        """The outputs for inputs, in the graph's order; raises NotSupported with the reason."""
        graph = self.model.graph
        constants = {t.name for t in graph.initializer}
        names = [p.name for p in graph.input if p.name not in constants]
        values = dict(zip(names, inputs))
        reasons = []
        for free in self.choices(names, values):
            try:
                return self.attempt(values, free)
            except NotSupported as problem:
                reasons.append((len(free), str(problem)))
        # Why it is not read with as much as possible given as constants.
        raise NotSupported(min(reasons)[1] if reasons else "no input is a tensor of numbers")

    @staticmethod
    def choices(names, values):
        """Which inputs are data: all, then one alone, the largest real ones first."""
        def fits(name):
            value = values[name]
            return isinstance(value, np.ndarray) and value.dtype.kind in "fiub" and value.size > 0

        data = [n for n in names if fits(n)]
        if len(data) == len(names) and data:
            yield data
        real = sorted(data, key=lambda n: (values[n].dtype.kind != "f", names.index(n)))
        if len(names) > 1:
            for count in (2, 1):
                if len(real) > count:
                    yield real[:count]
            for name in real[1:3]:
                yield [name]

    def attempt(self, values, free):
        model = onnx.ModelProto()
        model.CopyFrom(self.model)
        for port in list(model.graph.input):
            if port.name in values and port.name not in free:
                value = values[port.name]
                if not isinstance(value, np.ndarray):
                    raise NotSupported(f"input `{port.name}` is no tensor")
                model.graph.input.remove(port)
                model.graph.initializer.append(numpy_helper.from_array(value, port.name))
        # The shapes of tests are known; a file that leaves them open has its data's.
        for port in model.graph.input:
            if port.name in free:
                shape = port.type.tensor_type.shape
                del shape.dim[:]
                for extent in values[port.name].shape:
                    shape.dim.add().dim_value = extent
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "model.onnx")
            onnx.save(model, path)
            read = tool("import", path)
            if read.returncode == 1:
                raise NotSupported(reason(read.stderr))
            if read.returncode:
                raise Wrong(read.stderr[-300:])
            batch = re.search(r"computes (\d+) samples at once", read.stderr)
            samples = int(batch.group(1)) if batch else 1
            ports = [p.name for p in model.graph.input if p.name in free]
            rows = np.concatenate([values[n].reshape(samples, -1).astype(np.float64) for n in ports], 1)
            data = os.path.join(folder, "data.npy")
            np.save(data, rows)
            target = os.path.join(folder, "outputs.csv")
            said = tool("predict", path, "-d", data, "--run", "interpreter", "-o", target)
            if said.returncode == 1:
                raise NotSupported(reason(said.stderr))
            if said.returncode:
                raise Wrong(said.stderr[-300:])
            if "empty prediction" in said.stderr:
                raise NotSupported("data that are not finite")
            return np.loadtxt(target, delimiter=",", skiprows=1, ndmin=2)


def reason(text):
    """nnc's words for what is not supported, without names of files."""
    lines = [l for l in text.replace("nnc: ", "", 1).splitlines() if l.strip()]
    if len(lines) > 2 and "holds what is not supported" in lines[0]:
        return re.split(r"\s{2,}", lines[2].strip(), maxsplit=3)[-1]
    return re.sub(r"^(`[^`]*`:? ?|/\S+npy: )", "", lines[0]) if lines else "no reason"


class Backend(onnx.backend.base.Backend):
    """nnc as `onnx.backend` has it."""

    @classmethod
    def prepare(cls, model, device="CPU", **_):
        return Prepared(model)

    @classmethod
    def supports_device(cls, device):
        return device == "CPU"


def tensors(folder, kind):
    """The tensors of a test's folder; others are None."""
    result = []
    for place in range(len([f for f in os.listdir(folder) if f.startswith(kind)])):
        tensor = onnx.TensorProto()
        data = open(os.path.join(folder, f"{kind}_{place}.pb"), "rb").read()
        try:
            tensor.ParseFromString(data)
            result.append(numpy_helper.to_array(tensor))
        except Exception:
            result.append(None)
    return result


def cases(kind):
    """The official cases of a kind: name, model, data and tolerances."""
    if kind == "node":
        for test in collect_testcases(None):
            yield test.name, test.model, [tuple(d) for d in test.data_sets or []], test.rtol, test.atol
        return
    for test in load_model_tests(kind=kind):
        if not test.model_dir or not os.path.isdir(test.model_dir):
            continue
        folders = [os.path.join(test.model_dir, f) for f in sorted(os.listdir(test.model_dir)) if f.startswith("test_data_set")]
        data = [(tensors(f, "input"), tensors(f, "output")) for f in folders]
        yield test.name, onnx.load(os.path.join(test.model_dir, "model.onnx")), data, test.rtol, test.atol


def array(value):
    """A tensor as an array; None of sequences and what else a test may hold."""
    if isinstance(value, onnx.TensorProto):
        value = numpy_helper.to_array(value)
    return np.asarray(value) if isinstance(value, (np.ndarray, np.generic, int, float, bool)) else None


def judge(model, data, rtol, atol):
    """passed, failed or unsupported, and why."""
    if not data:
        return "unsupported", "no data"
    for inputs, expected in data:
        inputs, expected = [array(i) for i in inputs], [array(e) for e in expected]
        try:
            table = Backend.prepare(model).run(inputs)
        except NotSupported as problem:
            return "unsupported", str(problem)
        except (Wrong, subprocess.TimeoutExpired) as problem:
            return "failed", str(problem)
        if any(e is None for e in expected):
            return "unsupported", "outputs that are no tensors"
        sizes = [e.size // table.shape[0] for e in expected]
        if sum(sizes) > table.shape[1]:
            return "failed", f"{table.shape} numbers for {sizes}"
        columns = table[:, table.shape[1] - sum(sizes):]
        start = 0
        for size, wanted in zip(sizes, expected):
            own = columns[:, start:start + size].reshape(wanted.shape)
            start += size
            half = wanted.dtype == np.float16
            wanted = wanted.astype(np.float64)
            # What was computed in 16 bits is rounded to those; nnc computes in more.
            near = max(rtol, HALF) if half else rtol
            if not np.allclose(own, wanted, rtol=near, atol=atol, equal_nan=True):
                worst = np.nanmax(np.abs(own - wanted)) if own.size else 0
                return "failed", f"off by {worst:.3g}"
    return "passed", ""


TENSORS = {onnx.TensorProto.DataType.Value(n) for n in
           "FLOAT DOUBLE FLOAT16 BFLOAT16 INT8 INT16 INT32 INT64 UINT8 UINT16 UINT32 UINT64 BOOL".split()}


def is_plain(model):
    """Whether a case is one node on tensors of real numbers, whole numbers and truth values."""
    ports = list(model.graph.input) + list(model.graph.output)
    return len(model.graph.node) == 1 and all(
        p.type.HasField("tensor_type") and p.type.tensor_type.elem_type in TENSORS for p in ports)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--nnc", default=NNC)
    parser.add_argument("--only", default="")
    parser.add_argument("--write", action="store_true", help="write the manual's table")
    arguments = parser.parse_args()
    globals()["NNC"] = arguments.nnc
    counts = collections.defaultdict(collections.Counter)
    reasons = collections.defaultdict(collections.Counter)
    totals = collections.defaultdict(collections.Counter)
    failures = []
    for kind in ["node", "simple", "pytorch-converted", "pytorch-operator"]:
        for name, model, data, rtol, atol in cases(kind):
            # What a function of the standard is made of is tested a second time, written out.
            if arguments.only not in name or "_expanded" in name:
                continue
            plain = kind != "node" or is_plain(model)
            if not plain:
                continue
            try:
                verdict, why = judge(model, data, rtol, atol)
            except Exception as problem:
                verdict, why = "failed", repr(problem)[:200]
            group = f"{kind}, one operator on plain tensors" if kind == "node" and plain else kind
            totals[group][verdict] += 1
            operator = model.graph.node[0].op_type if kind == "node" else kind
            counts[operator][verdict] += 1
            if verdict == "unsupported":
                reasons[operator][why] += 1
            if verdict == "failed":
                failures.append((name, why))
            if arguments.only or verdict == "failed":
                print(name, verdict, why, flush=True)
    for group, verdicts in totals.items():
        print(group, dict(verdicts))
    for operator in sorted(counts):
        row = counts[operator]
        if row["unsupported"]:
            print(f"  {operator}: {row['passed']} passed, {row['unsupported']} not supported:",
                  "; ".join(f"{w} ({n})" for w, n in reasons[operator].most_common(3)))
    if arguments.write:
        write(counts, reasons, totals)
    sys.exit(1 if failures else 0)


def write(counts, reasons, totals):
    """The manual's table, an operator a line."""
    head, _, _ = MANUAL.read_text().partition("<!-- made by Tests/Interchange/onnx_backend.py -->")
    lines = ["<!-- made by Tests/Interchange/onnx_backend.py -->", ""]
    plain = totals["node, one operator on plain tensors"]
    lines += [f"Of the {sum(plain.values())} cases of onnx {onnx.__version__} with one operator on tensors of real numbers, whole "
              f"numbers or truth values {plain['passed']} pass, {plain['unsupported']} are not supported and "
              f"{plain['failed']} give other numbers.", "",
              "| operator | passed | not supported | why not |", "| --- | --- | --- | --- |"]
    for operator in sorted(o for o in counts if o[0].isupper()):
        row = counts[operator]
        why = "; ".join(w.replace("|", "/") for w, _ in reasons[operator].most_common(2))
        lines.append(f"| {operator} | {row['passed']} | {row['unsupported']} | {why} |")
    MANUAL.write_text(head + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
