#!/usr/bin/env python3
"""Times the interpreter beside native code: `nnc train --run interpreter` and `--run native` on digits, batch 32.

    swift build -c release --product nnc
    python3 Tests/Benchmarks/interpreter.py [--rounds 7] [--machines generic,native] [--real f64] [--nnc PATH]

Both run turn by turn, on one core. Seconds are processor time, the median of the rounds: of the whole command with 20
epochs, start-up and reading included, compiling not, since the cache keeps what was compiled; and of one step, which is
what 20 epochs take longer than one, (t(20) - t(1)) / (19 · 45), the samples held out being scored once an epoch. The
saved weights must have the same bytes. The status is 1 if they have not, or with the default machine the interpreter
takes more than five times as long.
"""

import argparse
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
EPOCHS, BATCH = 20, 32
STEPS = -(-1438 // BATCH)
LIMIT = 5


def seconds(words):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--machines", default="generic,native")
    parser.add_argument("--real", default="f64", choices=["f32", "f64"])
    parser.add_argument("--nnc", default=str(ROOT / ".build/release/nnc"))
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    wrong = False
    print(f"{'machine':8} {'':13} {'interpreter':>12} {'native':>10} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for machine in options.machines.split(","):
            call = [options.nnc, "train", ROOT / "Samples/digits.nn", "-d", ROOT / "Samples/data/digits.csv",
                    "-t", "label", "--split", "0.8", "--scale", "1/16", "-b", BATCH, "--real", options.real,
                    "--machine", machine, "-q"]
            times = {}
            for round in range(options.rounds + 1):
                for run in ("interpreter", "native"):
                    for epochs in (1, EPOCHS):
                        out = pathlib.Path(folder, run + ".safetensors")
                        time = seconds([str(word) for word in [*call, "-e", epochs, "--run", run, "-o", out]])
                        if round > 0:  # the first compiles
                            times.setdefault((run, epochs), []).append(time)
                weights = [pathlib.Path(folder, run + ".safetensors").read_bytes() for run in ("interpreter", "native")]
                wrong |= weights[0] != weights[1]
            many = [statistics.median(times[run, EPOCHS]) for run in ("interpreter", "native")]
            few = [statistics.median(times[run, 1]) for run in ("interpreter", "native")]
            step = [(a - b) / ((EPOCHS - 1) * STEPS) for a, b in zip(many, few)]
            print(f"{machine:8} {'whole command':13} {many[0]:10.2f} s {many[1]:8.2f} s {many[0] / many[1]:6.2f}")
            print(f"{machine:8} {'one step':13} {step[0] * 1e6:9.0f} µs {step[1] * 1e6:7.0f} µs {step[0] / step[1]:6.2f}",
                  flush=True)
            wrong |= machine == "generic" and max(many[0] / many[1], step[0] / step[1]) > LIMIT
    sys.exit(wrong)


if __name__ == "__main__":
    main()
