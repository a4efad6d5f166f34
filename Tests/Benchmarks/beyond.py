#!/usr/bin/env python3
"""Times of the generated modules of Python and JAX, as the manual's tables have them.

    python3 Tests/Benchmarks/beyond.py NNC [--calls] [--steps]

`--calls`: what a call of a module of Python costs beside a bare call of its C, in time of the processor. `--steps`: a step of
256 samples of a dense network, 784-512-512-10 at f32, by the C, by XLA on one core and on all, and by two processes of a core
each that share it; every one in a process of its own, in turn, the best of some rounds. Without either, both. What else the
machine does at the time counts: the load is printed beside. Needs what `Tests/Interchange/requirements.txt` names.
"""
import argparse
import ctypes
import importlib
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import timeit

ROOT = pathlib.Path(__file__).resolve().parents[2]
DENSE = """network dense
input 784
linear 512; relu; linear 512; relu; linear 10
loss cross_entropy
train sgd lr=0.01
"""
ROUNDS = 5
STEPS = 30


def emit(nnc, source, kind, folder, *options):
    subprocess.run([nnc, "compile", source, "--emit", kind, *options, "-o", f"{folder}/"], check=True)


def calls(nnc, folder):
    """What a call costs, and how much of it a bare call of the C, in µs."""
    import numpy as np
    emit(nnc, ROOT / "Samples/iris.nn", "python", folder)
    sys.path.insert(0, str(folder))
    iris = importlib.import_module("iris")
    net = iris.Net()
    x, t = np.random.rand(4), np.array([0, 1.0, 0])
    arrays = {"x": x, "t": t, "y": np.zeros(3), "gradient": np.zeros(131)}
    workspace = net._workspace()

    def best(call):
        return min(timeit.repeat(call, number=2000, repeat=100, timer=time.process_time)) / 2000 * 1e6
    print("| call | module, µs | beside the C, µs |\n| --- | --- | --- |")
    for kind, given in (("predict", "xy"), ("loss", "xt"), ("gradient", ["x", "t", "gradient"]), ("train", "xt")):
        bare = ctypes.CDLL(iris._library()._name)[f"iris_{kind}"]
        places = [net._p, *([net._s] if kind == "train" else []), *(arrays[name].ctypes.data for name in given), workspace]
        bare.argtypes, bare.restype = [ctypes.c_void_p] * len(places), ctypes.c_double
        method, own = getattr(net, kind), [x] if kind == "predict" else [x, t]
        alone, whole = best(lambda: bare(*places)), best(lambda: method(*own))
        print(f"| `{kind}` | {whole:.2f} | +{whole - alone:.2f} |")


WORKER = """
import os, sys, time
folder, kind, number, port = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
cores = sorted(os.sched_getaffinity(0))
if kind != "XLA, all cores":
    os.sched_setaffinity(0, {cores[number % len(cores)]})
import numpy as np
sys.path.insert(0, folder)
random = np.random.default_rng(0)
x, t = random.random((256, 784), np.float32), np.eye(10, dtype=np.float32)[random.integers(0, 10, 256)]
times = []
if kind == "C, one core":
    import dense
    net = dense.Net()
    for _ in range(STEPS):
        begin = time.perf_counter()
        net.train(x, t)
        times.append(time.perf_counter() - begin)
else:
    import jax
    if "processes" in kind:
        jax.distributed.initialize(f"127.0.0.1:{port}", 2, number)
        x, t = x[:128], t[:128]
    import dense_jax as net
    marks = []
    def batches():
        for _ in range(STEPS):
            marks.append(time.perf_counter())
            yield x, t
    if "processes" in kind:
        net.fit(jax.make_mesh((2,), ("data",)), batches())
    else:
        step = jax.jit(net.train_step, donate_argnums=(0, 1))
        parameters, state = net.initial()
        for a, b in batches():
            loss, parameters, state = step(parameters, state, a, b)
            loss.block_until_ready()
    times = np.diff(marks)
if number == 0:
    print(min(times) * 1e3)
""".replace("STEPS", str(STEPS))


def step(folder, kind):
    """The best step of one run, in ms."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    count = 2 if "processes" in kind else 1
    workers = [
        subprocess.Popen([sys.executable, "-c", WORKER, folder, kind, str(number), port], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True, env={**os.environ, "JAX_PLATFORMS": "cpu"})
        for number in range(count)]
    said = [worker.communicate(timeout=300) for worker in workers]
    for worker, (_, errors) in zip(workers, said):
        assert worker.returncode == 0, errors[-2000:]
    return float(said[0][0].split()[-1])


def steps(nnc, folder):
    """Times of a step by each engine."""
    source = folder / "dense.nn"
    source.write_text(DENSE)
    emit(nnc, source, "python", folder, "--real", "f32", "--target", "native")
    emit(nnc, source, "jax", folder, "--real", "f32", "--batch", "256")
    kinds = ["C, one core", "XLA, one core", "XLA, all cores"]
    if len(os.sched_getaffinity(0)) > 1:
        kinds.append("XLA, two processes of one core each")
    best = {kind: float("inf") for kind in kinds}
    for _ in range(ROUNDS):
        for kind in kinds:
            best[kind] = min(best[kind], step(str(folder), kind))
    print("| what computes | a step |\n| --- | --- |")
    for kind, milliseconds in best.items():
        print(f"| {kind} | {milliseconds:.1f} ms |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("nnc")
    parser.add_argument("--calls", action="store_true")
    parser.add_argument("--steps", action="store_true")
    options = parser.parse_args()
    nnc = str(pathlib.Path(options.nnc).resolve())
    print(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}\n")
    with tempfile.TemporaryDirectory() as folder:
        if options.calls or not options.steps:
            calls(nnc, pathlib.Path(folder))
            print()
        if options.steps or not options.calls:
            steps(nnc, pathlib.Path(folder))


if __name__ == "__main__":
    main()
