#!/usr/bin/env python3
"""Tries what `--emit jax` writes: each function against the emitted C, the transformations of JAX, and many processes.

    python3 Tests/Interchange/jaxmodule.py NNC [--processes] [--large]

`--processes` trains in 1, 2 and 4 processes on this machine, kills one of two, and goes on from the checkpoint; `--large`
takes 100 steps of a convolutional network and of a GPT of 4 layers beside the C. `Tests/Benchmarks/beyond.py` has times.
Written for jax and jaxlib 0.10.2, NumPy 2.4.
"""
import argparse
import importlib
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

import numpy as np

import oracle

ROOT = pathlib.Path(__file__).resolve().parents[2]
STEPS = 200

GPT = """
network gpt
input 16 of 32
embedding 32->32 init=uniform
positions
repeat 4 {
  residual { layernorm; attention heads=4 causal=yes }
  residual { layernorm; linear ->64; gelu_tanh; linear ->32 }
}
layernorm
linear ->32 weight=embedding1.weight bias=no
loss cross_entropy
train adamw lr=0.001
"""


def module(nnc, source, folder, real="f64", batch=32):
    """A network's module of JAX."""
    subprocess.run(
        [nnc, "compile", str(source), "--emit", "jax", "--real", real, "--batch", str(batch), "-o", f"{folder}/"],
        check=True)
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return importlib.import_module(pathlib.Path(source).stem + "_jax")


def transformations(nnc, folder):
    """jit, grad, vmap and scan; and any number of samples in `predict`."""
    import jax
    import jax.numpy as jnp
    net = module(nnc, ROOT / "Samples/iris.nn", folder, batch=8)
    c = oracle.Network(nnc, ROOT / "Samples/iris.nn", folder / "c")
    parameters, state = net.initial()
    flat = np.concatenate([np.ravel(value) for value in parameters.values()])
    assert np.array_equal(flat, c.parameters), "the initial parameters differ"
    random = np.random.default_rng(0)
    x, t = random.random((8, 4)), np.eye(3)[random.integers(0, 3, 8)]
    close = lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-10, atol=1e-13)
    close(net.predict(parameters, x), c.call("predict", x))
    many = random.random((21, 4))
    close(net.predict(parameters, many), c.call("predict", many))
    close(net.loss(parameters, x, t), c.call("loss", x, t))
    loss, gradient = jax.jit(jax.value_and_grad(net.loss))(parameters, x, t)
    expected = c.call("gradient", x, t)[1]
    close(np.concatenate([np.ravel(gradient[name]) for name in net.PARAMETERS]), expected)
    close(net.gradient(parameters, x, t)[1]["linear2.bias"], gradient["linear2.bias"])
    try:
        jax.grad(net.loss, argnums=1)(parameters, jnp.asarray(x), t)
        raise AssertionError("a gradient by the input was given")
    except TypeError as error:
        assert "none by inputs" in str(error)
    xs, ts = random.random((5, 8, 4)), np.eye(3)[random.integers(0, 3, (5, 8))]
    close(jax.vmap(net.loss, (None, 0, 0))(parameters, xs, ts),
          [net.loss(parameters, a, b) for a, b in zip(xs, ts)])

    def step(carry, batch):
        loss, *carry = net.train_step(*carry, *batch)
        return tuple(carry), loss
    (_, _), losses = jax.lax.scan(step, (parameters, state), (xs, ts))
    close(losses, [c.call("train", np.ascontiguousarray(a), np.ascontiguousarray(b)) for a, b in zip(xs, ts)])
    path = folder / "iris.safetensors"
    net.save(path, parameters, state, step=3)
    assert all(np.array_equal(net.load(path)[0][name], value) for name, value in parameters.items())
    # nnc reads it.
    subprocess.run([nnc, "compile", ROOT / "Samples/iris.nn", "--emit", "c", "--weights", path, "-o", f"{folder}/read/"],
                   check=True)
    names = module(nnc, ROOT / "Samples/sequences/names.nn", folder, batch=4)
    parameters, _ = names.initial()
    assert names.predict(parameters, np.zeros((3, 8), int)).shape == (3, 30)
    several = module(nnc, ROOT / "Samples/images/siamese.nn", folder, batch=4)
    parameters, state = several.initial()
    inputs = {name: random.random((4, 64)) for name in several.INPUTS}
    several.train_step(parameters, state, inputs)
    print("transformations: as the C")


def large(nnc, folder):
    """100 steps of larger networks beside the C: the greatest difference of a loss, relative to it."""
    import jax
    (folder / "gpt.nn").write_text(GPT)
    for source, batch in ((ROOT / "Samples/images/lenet.nn", 16), (folder / "gpt.nn", 8)):
        for real in ("f64", "f32"):
            place = folder / real
            place.mkdir(exist_ok=True)
            sys.modules.pop(f"{source.stem}_jax", None)
            sys.path[:] = [path for path in sys.path if not path.startswith(str(folder))]
            net = module(nnc, source, place, batch=batch, real=real)
            c = oracle.Network(nnc, source, place / f"c-{source.stem}", real)
            parameters, state = net.initial()
            random = np.random.default_rng(1)
            step = jax.jit(net.train_step, donate_argnums=(0, 1))
            worst = 0
            for _ in range(100):
                if source.stem == "gpt":
                    x = random.integers(0, 32, (batch, 16)).astype(np.int32)
                    t = np.ascontiguousarray(np.roll(x, -1, 1))
                else:
                    x = random.random((batch, 1, 28, 28)).astype(c.type)
                    t = np.eye(10, dtype=c.type)[random.integers(0, 10, batch)]
                loss, parameters, state = step(parameters, state, x, t)
                expected = c.call("train", x, t)
                worst = max(worst, abs(float(loss) - expected) / abs(expected))
            print(f"{source.stem}, {real}: 100 steps, losses equal to {worst:.1e}", flush=True)
            assert worst < 1e-5, worst


WORKER = """
import os, sys, time
import numpy as np
import jax
folder, count, number, port, checkpoint, slow = sys.argv[1:]
count, number = int(count), int(number)
if count > 1:
    jax.distributed.initialize(f"127.0.0.1:{port}", count, number, heartbeat_timeout_seconds=10)
sys.path.insert(0, folder)
import wine_jax as net
mesh = jax.make_mesh((jax.device_count(),), ("data",))
random = np.random.default_rng(0)
size = net.BATCH // count
def batches():
    for step in range(STEPS):
        x, classes = random.random((net.BATCH, 13)), random.integers(0, 3, net.BATCH)
        t = np.eye(3)[classes]
        if slow == "slow":
            time.sleep(0.03)
        yield x[number * size:(number + 1) * size], t[number * size:(number + 1) * size]
begin = time.time()
losses, parameters, state = net.fit(mesh, batches(), checkpoint=checkpoint or None, every=20)
if number == 0:
    np.save(os.path.join(folder, "losses.npy"), losses)
    np.save(os.path.join(folder, "parameters.npy"), np.concatenate([np.ravel(v) for v in parameters.values()]))
    print(f"{len(losses)} steps in {time.time() - begin:.2f} s")
""".replace("STEPS", str(STEPS))


def start(folder, count, checkpoint="", slow=""):
    """Processes that train together."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "JAX_PLATFORMS": "cpu"}
    return [
        subprocess.Popen([sys.executable, "-c", WORKER, folder, str(count), str(number), str(port), checkpoint, slow],
                         env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for number in range(count)]


def finish(workers, timeout=300):
    results = [worker.communicate(timeout=timeout) for worker in workers]
    for worker, (output, errors) in zip(workers, results):
        assert worker.returncode == 0, errors[-3000:]
    return results[0][0].strip()


def processes(nnc, folder):
    """Equal losses in 1, 2 and 4 processes; a process that is killed; and training that goes on."""
    subprocess.run([nnc, "compile", ROOT / "Samples/wine.nn", "--emit", "jax", "--batch", "32", "-o", f"{folder}/"],
                   check=True)
    alone = None
    for count in (1, 2, 4):
        said = finish(start(str(folder), count))
        losses = np.load(folder / "losses.npy")
        if alone is None:
            alone, parameters = losses, np.load(folder / "parameters.npy")
        gap = float(np.max(np.abs(losses - alone)))
        print(f"{count} processes: {said}; losses differ by {gap:.1e} at most")
        assert len(losses) == STEPS and gap < 1e-6
    checkpoint = str(folder / "wine.safetensors")
    workers = start(str(folder), 2, checkpoint, "slow")
    while not pathlib.Path(checkpoint).exists():
        time.sleep(0.05)
        assert workers[0].poll() is None, workers[0].communicate()[1][-3000:]
    workers[1].send_signal(signal.SIGKILL)
    begin = time.time()
    _, errors = workers[0].communicate(timeout=200)
    print(f"one of two is killed: the other ends after {time.time() - begin:.1f} s with status {workers[0].returncode}:")
    print("  " + next((line for line in errors.splitlines() if "another process" in line), errors[-400:])[:160])
    assert workers[0].returncode != 0 and "another process" in errors, errors[-3000:]
    finish(start(str(folder), 2, checkpoint))
    losses = np.load(folder / "losses.npy")
    gap = float(np.max(np.abs(losses - alone[-len(losses):])))
    print(f"it goes on for {len(losses)} steps; losses differ by {gap:.1e} at most")
    assert 0 < len(losses) < STEPS and gap < 1e-6
    assert np.max(np.abs(np.load(folder / "parameters.npy") - parameters)) < 1e-6


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("nnc")
    parser.add_argument("--processes", action="store_true")
    parser.add_argument("--large", action="store_true")
    options = parser.parse_args()
    nnc = str(pathlib.Path(options.nnc).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        transformations(nnc, folder)
        if options.large:
            large(nnc, folder)
        if options.processes:
            (folder / "many").mkdir()
            processes(nnc, folder / "many")


if __name__ == "__main__":
    main()
