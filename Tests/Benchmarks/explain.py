#!/usr/bin/env python3
"""Time and memory of `nnc explain` on every sample: a page with everything must take under 2 s and 200 MB.

    swift build -c release --product nnc
    python3 Tests/Benchmarks/explain.py [--nnc PATH]

Prints for each sample the processor time (the best of three runs), the peak of resident memory and the size of the page,
and ends with status 1 where a bound is broken.
"""

import argparse
import os
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECONDS, MEGABYTES = 2, 200


def run(command):
    """Processor time in seconds and peak memory in MB of a command, which must succeed."""
    child = os.posix_spawn(command[0], command, os.environ)
    _, status, usage = os.wait4(child, 0)
    if status:
        sys.exit(f"explain: {' '.join(command)} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nnc", default=str(ROOT / ".build/release/nnc"))
    nnc = parser.parse_args().nnc
    broken = 0
    print(f"{'sample':18} {'seconds':>8} {'MB':>6} {'page KB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        page = os.path.join(folder, "page.html")
        for sample in sorted((ROOT / "Samples").glob("*.nn")):
            runs = [run([nnc, "explain", str(sample), "-o", page]) for _ in range(3)]
            seconds, memory = min(r[0] for r in runs), max(r[1] for r in runs)
            is_bad = seconds > SECONDS or memory > MEGABYTES
            broken += is_bad
            size = os.path.getsize(page) / 1024
            print(f"{sample.stem:18} {seconds:8.2f} {memory:6.0f} {size:8.0f}{'  too much' if is_bad else ''}")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
