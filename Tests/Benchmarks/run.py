#!/usr/bin/env python3
"""Measures the compiled networks against every rival; see README.md beside this file."""

import argparse
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--setup", action="store_true", help="make the virtual environment first")
    add("--venv", default=os.environ.get("BENCHMARK_VENV"),
        help="the virtual environment (or $BENCHMARK_VENV; default .build/benchmarks/venv)")
    add("--rows", default="*", help="names or patterns, by commas, as 'step-*,b-train-128,depth'")
    add("--contestants", default="*", help="names or patterns, by commas, as 'nnc-*,jax'")
    add("--rounds", type=int, default=0, help="turns of every contestant (21; quick 5)")
    add("--block", type=float, default=20, help="milliseconds that a contestant runs in a turn")
    add("--clock", choices=["wall", "cpu"], default="wall",
        help="cpu: the process's own time, where others keep the cores busy")
    add("--quick", action="store_true", help="few rounds, no slow contestant, shallow depths")
    add("--cores", default="", help="cores to be pinned to, as '1,0'; the first for one thread")
    add("--nnc", default=str(ROOT / ".build/release/nnc"), help="the compiler")
    add("--nnc-options", help="more options of `nnc compile` (default: --target native if it knows it)")
    add("--max-samples", type=int, default=512, help="what nnc is told")
    for name in "gcc", "clang", "swiftc":
        add(f"--{name}", default=name)
    add("--output", type=pathlib.Path, default=ROOT / ".build/benchmarks", help="folder of the table")
    add("--list", action="store_true", help="print the rows and contestants")
    return parser.parse_args()


def enter(venv):
    """Goes on inside the virtual environment."""
    python = venv / "bin" / "python"
    if not python.exists():
        sys.exit(f"{venv}: no virtual environment; run with --setup, or say --venv")
    if pathlib.Path(sys.prefix).resolve() != venv.resolve():
        os.execv(python, [str(python), str(HERE / "run.py"), *sys.argv[1:]])


def set_up(venv):
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "-r"]
    subprocess.run([*pip, str(HERE / "requirements.txt")], check=True)


def main():
    options = arguments()
    venv = pathlib.Path(options.venv or ROOT / ".build/benchmarks/venv")
    inside = pathlib.Path(sys.prefix).resolve() == venv.resolve()
    if options.setup and not inside:
        set_up(venv)
    enter(venv)
    # Only from here on there are NumPy and the others.
    sys.path.insert(0, str(HERE))
    from harness import bench

    return bench.main(options)


if __name__ == "__main__":
    sys.exit(main())
