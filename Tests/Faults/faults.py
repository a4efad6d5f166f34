#!/usr/bin/env python3
"""Lets every system call that writes fail in turn: faults.py [--nnc .build/debug/nnc] [--seconds 60] [--all]

For each command, each kind of call and each of its calls, the command runs once with that call failing (`faults.c`).
What must hold: the file that is written is the old one or the new one, whole; where the command says that it went well,
it is the new one; else its status is that of a failure and its message names a file or standard output; it never crashes
but for want of memory, for which Swift ends a process. Where the calls are too many for the time, they are sampled
evenly, and the table says how many were tried of how many.
"""
import argparse
import errno
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
NETWORK = "linear 3->4; tanh; linear 4->2; loss mse; train adam lr=0.01; seed 9\n"
KINDS = [("write", errno.ENOSPC), ("write", errno.EIO), ("fsync", errno.EIO), ("rename", errno.EACCES),
         ("open", errno.EMFILE), ("mkdir", errno.EROFS), ("malloc", errno.ENOMEM)]
# Name, call, the files that it writes.
COMMANDS = [
    ("train", ["train", "n.nn", "-d", "d.csv", "-t", "4,5", "--epochs", "2", "--run", "interpreter", "-o", "w.safetensors"],
     ["w.safetensors"]),
    ("train --checkpoint", ["train", "n.nn", "-d", "d.csv", "-t", "4,5", "--epochs", "2", "--run", "interpreter",
                            "--every", "2", "--checkpoint", "run", "--resume"], ["run/checkpoint.safetensors"]),
    ("compile", ["compile", "n.nn", "--emit", "c", "-o", "net.c"], ["net.c", "net.h"]),
    ("weights", ["weights", "given.npz", "-o", "out.safetensors"], ["out.safetensors"]),
    ("weights .npz", ["weights", "given.npz", "-o", "out.npz"], ["out.npz"]),
]


def make(folder, nnc, library):
    """What every run begins with."""
    (folder / "n.nn").write_text(NETWORK)
    rows = "\n".join(",".join(str((i * 7 + k * 5) % 11 / 11) for k in range(5)) for i in range(24))
    (folder / "d.csv").write_text(rows + "\n")
    subprocess.run([nnc, "train", "n.nn", "-d", "d.csv", "-t", "4,5", "--epochs", "1", "--run", "interpreter",
                    "-o", "given.npz", "--quiet"], cwd=folder, check=True, capture_output=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--nnc", default=str(ROOT / ".build/debug/nnc"))
    parser.add_argument("--seconds", type=float, default=60, help="for all; shared evenly")
    parser.add_argument("--all", action="store_true", help="every call, however long it takes")
    options = parser.parse_args()
    nnc = str(pathlib.Path(options.nnc).resolve())
    problems, rows = [], []
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        library = place / "faults.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, ROOT / "Tests/Faults/faults.c", "-ldl"], check=True)
        given = place / "given"
        given.mkdir()
        make(given, nnc, library)
        share = options.seconds / (len(COMMANDS) * len(KINDS))
        for name, call, outputs in COMMANDS:
            good = place / "good"

            def run(folder, **extra):
                shutil.rmtree(folder, ignore_errors=True)
                shutil.copytree(given, folder)
                for output in outputs:
                    (folder / output).parent.mkdir(exist_ok=True)
                    # A checkpoint from before would have to be sound.
                    if "checkpoint" not in output:
                        (folder / output).write_text("the old one")
                environment = dict(os.environ, LD_PRELOAD=str(library), SWIFT_BACKTRACE="enable=no", TMPDIR=str(place), **extra)
                return subprocess.run([nnc, *call], cwd=folder, env=environment, capture_output=True, text=True, timeout=60)

            done = run(good)
            if done.returncode != 0:
                sys.exit(f"{name} fails without a fault: {done.stderr}")
            # A checkpoint is replaced several times: what it holds after some step is whole too.
            new = {output: (good / output).read_bytes() for output in outputs}
            for kind, code in KINDS:
                count_file = place / "count"
                run(place / "work", NNC_FAULT=kind, NNC_FAULT_COUNT=str(count_file))
                total = int(count_file.read_text())
                tried, told, well, start = 0, 0, 0, time.monotonic()
                least = 12 if total > 12 and not options.all else total
                step = max(1, total // (2000 if options.all and kind == "malloc" else 100000 if options.all else 40))
                for at in range(1, total + 1, step):
                    if not options.all and tried >= least and time.monotonic() - start > share:
                        break
                    folder = place / "work"
                    done = run(folder, NNC_FAULT=kind, NNC_FAULT_AT=str(at), NNC_FAULT_ERRNO=str(code))
                    tried += 1
                    what = f"{name}: {kind} {at} of {total} fails with {errno.errorcode[code]}: "
                    crashed = done.returncode < 0 or done.returncode > 128
                    if crashed and kind != "malloc":
                        problems.append(f"{what}it crashes with {done.returncode}: {done.stderr[-300:]}")
                    for output in outputs:
                        path = folder / output
                        held = path.read_bytes() if path.exists() else None
                        is_new = held == new[output]
                        is_old = held == b"the old one" or held is None and "checkpoint" in output
                        if "checkpoint" in output and held is not None and not is_new:
                            listed = subprocess.run([nnc, "weights", str(path)], capture_output=True)
                            is_old = listed.returncode == 0
                        if not is_new and not is_old:
                            problems.append(f"{what}`{output}` is neither the old nor the new one")
                        if done.returncode == 0 and not is_new:
                            problems.append(f"{what}it says that all went well, but `{output}` is not new")
                    if done.returncode == 0:
                        well += 1
                    elif not crashed:
                        told += 1
                        names = [*outputs, "standard output", "run", "temporary", "folder"]
                        # A message that cannot be written is told by the status alone.
                        if not any(n in done.stderr for n in names) and not (kind == "write" and done.stderr == ""):
                            problems.append(f"{what}its message names no file: {done.stderr!r}")
                    left = [p.name for p in folder.rglob("*.tmp")]
                    if left and not crashed:
                        problems.append(f"{what}it leaves {left}")
                rows.append((name, kind, errno.errorcode[code], tried, total, told, well, tried - told - well))
    print(f"{'command':<20} {'call':<7} {'error':<7} {'tried':>6} {'of':>7} {'told':>6} {'harmless':>9} {'ended':>6}")
    for row in rows:
        print(f"{row[0]:<20} {row[1]:<7} {row[2]:<7} {row[3]:>6} {row[4]:>7} {row[5]:>6} {row[6]:>9} {row[7]:>6}")
    for problem in problems[:40]:
        print(problem)
    print(f"{sum(row[3] for row in rows)} faults, {len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
