"""Times the reading of tables beside pandas and polars, on the same files, turn by turn.

    swift build -c release --product nnc
    python3 Tests/Benchmarks/reading.py [--rows 200000] [--rounds 3] [--nnc PATH]

Three tables are made with a seed: numbers to all 17 digits, numbers to three decimals with a class, and bytes as images
have them. Of nnc it is `nnc evaluate` of a network of one layer, the whole process with scoring; of the others
`read_csv` alone, in a process of its own that has imported the library before. Each runs on one thread. Told are the
least processor seconds of the rounds, megabytes a second, and the most memory a process had, less what it had before it
read. Needs numpy, pandas, polars and safetensors.
"""

import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
READ = """
import os, resource, sys
import {library}
before = resource.getrusage(resource.RUSAGE_SELF)
table = {library}.read_csv(sys.argv[1])
after = resource.getrusage(resource.RUSAGE_SELF)
print(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss - before.ru_maxrss)
"""


def tables(folder, count):
    draw = np.random.default_rng(0)
    numbers = draw.normal(size=(count, 20))
    head = ",".join(f"x{i}" for i in range(20)) + ",t\n"
    for name, form, last in [("digits17", "%r", "1"), ("decimals3", "%.3f", "abc")]:
        path = folder / f"{name}.csv"
        with path.open("w") as file:
            file.write(head)
            for row in numbers.tolist():
                file.write(",".join(form % value for value in row) + f",{last}\n")
        yield name, path, 20
    path = folder / "bytes.csv"
    pixels = draw.integers(0, 256, (count // 10, 784)) * (draw.random((count // 10, 784)) < 0.5)
    with path.open("w") as file:
        file.write(",".join(f"p{i}" for i in range(784)) + ",t\n")
        for row in pixels.tolist():
            file.write(",".join(map(str, row)) + ",1\n")
    yield "bytes", path, 784


def evaluate(nnc, folder, path, width):
    """Processor seconds and kilobytes of one run of `nnc evaluate`."""
    from safetensors.numpy import save_file

    network, weights = folder / "net.nn", folder / "net.safetensors"
    network.write_text(f"linear {width}->1; loss bce_logits; train sgd\n")
    save_file({"linear1.weight": np.zeros((1, width)), "linear1.bias": np.zeros(1)}, weights)
    call = [nnc, "evaluate", network, "-w", weights, "-d", path, "-t", "t", "--run", "native"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen([*map(str, call)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("nnc evaluate failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def read(library, path):
    environment = os.environ | {"POLARS_MAX_THREADS": "1"}
    call = [sys.executable, "-c", READ.format(library=library), str(path)]
    seconds, kilobytes = subprocess.run(
        call, check=True, capture_output=True, text=True, env=environment
    ).stdout.split()
    return float(seconds), int(kilobytes)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--nnc", default=str(ROOT / ".build/release/nnc"))
    options = parser.parse_args()
    print(f"{'table':10} {'MB':>5}  {'reader':14} {'s':>6} {'MB/s':>6} {'memory MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, path, width in tables(folder, options.rows):
            size = path.stat().st_size / 1e6
            readers = {
                "nnc evaluate": lambda: evaluate(options.nnc, folder, path, width),
                "pandas": lambda: read("pandas", path),
                "polars": lambda: read("polars", path),
            }
            readers["nnc evaluate"]()  # compiles, which the cache then keeps
            found = {reader: [] for reader in readers}
            for _ in range(options.rounds):
                for reader, run in readers.items():
                    found[reader].append(run())
            for reader, runs in found.items():
                seconds, memory = min(s for s, _ in runs), min(m for _, m in runs)
                print(f"{name:10} {size:5.0f}  {reader:14} {seconds:6.2f} {size / seconds:6.0f} {memory / 1e3:9.0f}", flush=True)


if __name__ == "__main__":
    main()
