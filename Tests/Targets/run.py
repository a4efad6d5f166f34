"""Trains networks on emulated targets, and takes sequences step by step, and compares every bit with the interpreter's on
this machine, which takes sequences whole.

    python3 Tests/Targets/run.py --install        # as root: what is missing comes from Debian
    python3 Tests/Targets/run.py --only cortex-m4 avr --steps 1000

Prints a row for each target, network and precision: whether the bits of all parameters, outputs and the loss are equal,
the flash and memory that the network takes (its image less one without it), the stack of a training step, and
the instructions of a step where the emulator counts them (AVR: cycles). Exit status 1 where a bit differs.
"""

import argparse
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile

import images
import networks
import reference
from targets import TARGETS

ROOT = pathlib.Path(__file__).resolve().parents[2]
COLUMNS = ["target", "network", "batch", "real", "steps", "bits", "text", "data", "bss", "stack", "instructions/step"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nnc", default=str(ROOT / ".build/debug/nnc"), help="the compiler under test")
    parser.add_argument("--only", nargs="+", metavar="TARGET", choices=[t.name for t in TARGETS])
    parser.add_argument("--steps", type=int, default=1000, help="training steps, about (default 1000)")
    parser.add_argument("--install", action="store_true", help="install what is missing, by apt-get")
    parser.add_argument("--list", action="store_true", help="list the targets")
    options = parser.parse_args()
    targets = [t for t in TARGETS if not options.only or t.name in options.only]
    if options.list:
        for target in targets:
            print(f"{target.name:16}  {target.what}")
        return 0
    if options.install:
        install(targets)
    rows, failures = [], 0
    expected = {}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        works = networks.works(options.steps)
        for number, work in enumerate(works):
            if isinstance(work, networks.Stream):
                work.train(options.nnc, folder / f"trained{number}")
        for target in targets:
            if target.host not in ("", platform.machine()):
                continue
            if lacking := [tool for tool in images.tools(target) if not shutil.which(tool)]:
                print(f"{target.name}: left out, {', '.join(lacking)} not found (--install)", file=sys.stderr)
                failures += bool(target.packages)
                continue
            for real in target.refused:
                work = works[0]
                if not images.is_refused(options.nnc, target, work, real, folder / f"refused-{target.name}-{real}"):
                    print(f"{target.name}: code for {real} should not compile", file=sys.stderr)
                    failures += 1
            for work in works:
                if isinstance(work, networks.Stream) and target.language != "c":
                    continue
                for real in target.reals if work.room in target.rooms else ():
                    key = (work, target.machine, real)
                    if key not in expected:
                        expected[key] = reference.expected(
                            options.nnc, work, target.machine, real, folder / f"reference{len(expected)}")
                    row = run(options.nnc, target, work, real, expected[key], folder / f"image{len(rows)}")
                    failures += row["bits"] != "equal"
                    rows.append(row)
    print_table(rows, COLUMNS)
    print(f"{len(rows)} runs, {failures} of them wrong" if failures else f"{len(rows)} runs: all bits equal")
    return 1 if failures else 0


def run(nnc, target, work, real, expected, folder):
    """Builds, emulates and compares; a row of the table."""
    image = images.build(nnc, target, work, real, folder)
    told = images.emulate(target, image)
    got = [(kind, word) for kind, word in told if kind in "pyl"]
    facts = {kind: int(word, 16) for kind, word in told if kind not in "pyl"}
    bits = "equal"
    for (kind, name, word), other in zip(expected, got + [("", "nothing")] * len(expected)):
        if (kind, word) != other:
            bits = f"{name}: {other[1]}, not {word}"
            break
    if facts.get("n") != work.steps:
        bits = f"{facts.get('n')} steps, not {work.steps}"
    text, data, bss = images.size(target, work, folder)
    stack = facts.get("s", "-")
    return {
        "target": target.name, "network": work.network, "batch": work.batch, "real": real, "steps": work.steps,
        "bits": bits, "text": text, "data": data, "bss": bss, "stack": f"{stack}+" if stack == target.stack else stack,
        "instructions/step": round(facts["c"] * target.instructions / work.steps) if target.instructions else "-",
    }


def print_table(rows, columns):
    """Aligned; columns of numbers to the right."""
    cells = [columns] + [[str(row[name]) for name in columns] for row in rows]
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns))]
    is_text = [any(isinstance(row[name], str) and row[name] != "-" for row in rows) for name in columns]
    for line in cells:
        print("  ".join(cell.ljust(width) if text else cell.rjust(width)
                        for cell, width, text in zip(line, widths, is_text)).rstrip())


def install(targets):
    wanted = sorted({name for target in targets for name in target.packages})
    known = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n", *wanted],
                           capture_output=True, text=True).stdout
    missing = [name for name in wanted if f"{name} ii" not in known]
    if missing:
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], check=True,
                       stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
