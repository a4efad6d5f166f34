#!/usr/bin/env python3
"""Trains with files of 4 GB and says how much memory that took.

    swift build -c release --product nnc
    python3 Tests/Benchmarks/large_data.py            # .npy, IDX and CSV, 4 GB each, deleted afterwards

Each file holds samples of 784 inputs and a class. The .npy and IDX files are sparse but for their first
samples; the CSV, which cannot be, repeats one million bytes. The status is 1 if a run took more than 500 MB.
"""

import argparse
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
INPUTS = 784
LIMIT = 500_000_000
NETWORK = "linear 784->16; relu; linear 16->10; loss cross_entropy; train sgd lr=0.001\n"


def npy_head(shape, descr):
    text = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({', '.join(map(str, shape))},), }}"
    text += " " * (-(10 + len(text) + 1) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode()


def write_npy(path, size):
    rows = size // (8 * (INPUTS + 1))
    with open(path, "wb") as file:
        file.write(npy_head((rows, INPUTS + 1), "<f8"))
        start = file.tell()
        for _ in range(1000):
            numbers = [random.random() for _ in range(INPUTS)] + [float(random.randrange(10))]
            file.write(struct.pack(f"<{INPUTS + 1}d", *numbers))
        file.truncate(start + rows * 8 * (INPUTS + 1))
    return ["--data", path, "--target", str(INPUTS + 1)]


def write_idx(path, size):
    rows = size // INPUTS
    labels = path + ".labels"
    for name, shape, width in [(path, (rows, 28, 28), INPUTS), (labels, (rows,), 1)]:
        with open(name, "wb") as file:
            file.write(struct.pack(f">BBBB{len(shape)}I", 0, 0, 8, len(shape), *shape))
            start = file.tell()
            file.write(bytes(random.randrange(10) for _ in range(1000 * width)))
            file.truncate(start + rows * width)
    return ["--data", path, "--labels", labels]


def write_csv(path, size):
    rows = []
    while sum(map(len, rows)) < 1_000_000:
        cells = [str(random.randrange(256)) for _ in range(INPUTS)] + [str(random.randrange(10))]
        rows.append(",".join(cells) + "\n")
    block = "".join(rows).encode()
    with open(path, "wb") as file:
        file.write(",".join([f"p{i}" for i in range(INPUTS)] + ["label"]).encode() + b"\n")
        for _ in range(size // len(block) + 1):
            file.write(block)
    return ["--data", path, "--target", "label"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nnc", default=str(HERE.parent.parent / ".build/release/nnc"))
    parser.add_argument("--size", type=float, default=4e9, help="bytes of each file")
    parser.add_argument("--only", choices=["npy", "idx", "csv"])
    parser.add_argument("--batch", default="256", help="the samples of a step: a number, or `full`")
    parser.add_argument("--folder", help="where the files are made for the time being")
    options = parser.parse_args()
    random.seed(1)
    wrong = False
    for kind, write in [("npy", write_npy), ("idx", write_idx), ("csv", write_csv)]:
        if options.only not in (None, kind):
            continue
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            network = os.path.join(folder, "net.nn")
            pathlib.Path(network).write_text(NETWORK)
            path = os.path.join(folder, f"data.{kind}")
            arguments = write(path, int(options.size))
            size = os.path.getsize(path)
            command = [options.nnc, "train", network, *arguments]
            command += ["--epochs", "1", "--batch", options.batch, "--scale", "1/255", "--quiet"]
            start = time.monotonic()
            process = subprocess.Popen(command)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            seconds = time.monotonic() - start
            memory = usage.ru_maxrss * 1024
            wrong |= process.returncode != 0 or memory > LIMIT
            print(
                f"{kind}: {size / 1e9:.2f} GB, one epoch in {seconds:.0f} s, "
                f"{memory / 1e6:.0f} MB resident at most, status {process.returncode}", flush=True)
    sys.exit(wrong)


if __name__ == "__main__":
    main()
