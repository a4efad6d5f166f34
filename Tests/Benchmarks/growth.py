#!/usr/bin/env python3
"""Measures how cost grows with the text: growth.py [--nnc .build/release/nnc] [--only SHAPE ...] [--command check] [--seconds 60]

Each shape of text is made in two sizes, the second twice the first, large enough that the first takes a good part of a
second. The table gives processor time and memory of both, and how many times the second takes what the first does; over
2.2 of either is marked.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEAD, TAIL = "linear 2->2\n", "train sgd lr=0.1\n"


def loss(text):
    return f"{HEAD}loss sum({text})\n{TAIL}"


# Each shape: its text for a size; the first size that is measured.
SHAPES = {
    "nested sines": (lambda n: loss("sin(" * n + "y" + ")" * n), 1000),
    "tower to the right": (lambda n: loss("^".join(["y"] * n)), 500),
    "tower of squares": (lambda n: loss("(" * n + "y" + "^2)" * n), 500),
    "product of sines": (lambda n: loss("*".join(f"sin({i + 1}*y)" for i in range(n))), 500),
    "product of sums": (lambda n: loss("*".join(f"(y+{i + 1})" for i in range(n))), 500),
    "sum of multiples": (lambda n: loss("+".join(f"{i + 1}*y" for i in range(n))), 20000),
    "sum of sines": (lambda n: loss("+".join(f"sin({i + 1}*y)" for i in range(n))), 5000),
    "sum of elements": (lambda n: loss(" + ".join(["y[0]"] * n)), 20000),
    "differences": (lambda n: loss("-".join(f"y[{i % 2}]/{i + 2}" for i in range(n))), 5000),
    "repeated sigmoids": (lambda n: f"{HEAD}repeat {n} {{ sigmoid }}\nloss mse\n{TAIL}", 10000),
    "repeated layers": (lambda n: f"{HEAD}repeat {n} {{ linear 2->2; tanh }}\nloss mse\n{TAIL}", 5000),
    "repeat in repeat": (
        lambda n: f"{HEAD}repeat {n // 10} {{ repeat 10 {{ linear 2->2; tanh }} }}\nloss mse\n{TAIL}", 5000),
    "layers in a row": (lambda n: HEAD + "linear 2->2\ntanh\n" * n + "loss mse\n" + TAIL, 5000),
    "residuals in a row": (lambda n: HEAD + "residual { linear 2->2; tanh }\n" * n + "loss mse\n" + TAIL, 2000),
    "residuals in residuals": (
        lambda n: HEAD + "residual { linear 2->2\n" * n + "tanh\n" + "}\n" * n + "loss mse\n" + TAIL, 1000),
    "labels that are joined": (
        lambda n: HEAD + "".join(f"a{i}: linear 2->2\n" for i in range(n))
        + "".join(f"add a{i}\n" for i in range(n)) + "loss mse\n" + TAIL, 1000),
    "open brackets": (lambda n: HEAD + "loss " + "(" * n + "y", 500_000),
    "brackets": (lambda n: loss("(" * n + "y" + ")" * n), 200_000),
    "minus signs": (lambda n: loss("-" * n + "y"), 200_000),
    "constants in a chain": (
        lambda n: HEAD + "let a0 = 1\n" + "".join(f"let a{i + 1} = a{i}/2 + 1\n" for i in range(n)) + "loss mse\n" + TAIL,
        5000),
    "constants that double": (
        lambda n: HEAD + "let a0 = 1\n" + "".join(f"let a{i + 1} = a{i} + a{i}\n" for i in range(n)) + "loss mse\n" + TAIL,
        5000),
    "functions of functions": (
        lambda n: HEAD + "let f0(v) = sin(v)\n" + "".join(f"let f{i + 1}(v) = f{i}(v)/2\n" for i in range(n))
        + f"loss sum(f{n}(y))\n" + TAIL, 500),
    "a long name": (lambda n: f"{HEAD}{'a' * n}: tanh\nloss mse\n{TAIL}", 500_000),
    "a long comment": (lambda n: f"{HEAD}# {'x' * n}\nloss mse\n{TAIL}", 1_000_000),
    "one line": (lambda n: "linear 2->2" + "; tanh; linear 2->2" * n + "; loss mse; train sgd\n", 3000),
    "many errors": (lambda n: "sigmod\n" * n, 20_000),
    "weights in the text": (
        lambda n: f"linear {n}->2 weight=[[{','.join(['0.5'] * n)}],[{','.join(['0.25'] * n)}]]\nloss mse\n{TAIL}", 20_000),
}
COMMANDS = {
    "fmt": ["fmt", "FILE"], "check": ["check", "FILE"], "compile": ["compile", "FILE", "--emit", "c", "-o", "OUT"],
    "explain": ["explain", "FILE", "-o", "OUT"], "graph": ["graph", "FILE", "-o", "OUT"],
    "eval": ["eval", "FILE", "-e", "y"],
}


def measure(nnc, words, seconds):
    """Processor time in seconds, memory in bytes, status; None for the status where it took too long."""
    process = subprocess.Popen([nnc, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               preexec_fn=lambda: __import__("resource").setrlimit(0, (int(seconds) + 1, int(seconds) + 1)))
    _, status, use = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return use.ru_utime + use.ru_stime, use.ru_maxrss * 1024, None if code in (-24, -9) else code


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--nnc", default=str(ROOT / ".build/release/nnc"))
    parser.add_argument("--only", nargs="*", choices=SHAPES)
    parser.add_argument("--command", nargs="*", choices=COMMANDS, default=["check"])
    parser.add_argument("--seconds", type=float, default=60, help="the most for one run")
    parser.add_argument("--scale", type=float, default=1, help="other sizes, such as 0.1 for a debug build")
    options = parser.parse_args()
    worse = 0
    with tempfile.TemporaryDirectory() as folder:
        text, out = pathlib.Path(folder) / "net.nn", pathlib.Path(folder) / "out"
        print(f"{'shape':<24} {'command':<8} {'size':>8} {'seconds':>8} {'twice':>8} {'times':>6} {'MB':>6} {'MB':>6} {'times':>6}")
        for shape in options.only or SHAPES:
            make, size = SHAPES[shape]
            size = max(20, int(size * options.scale))
            for command in options.command:
                found = []
                for n in (size, 2 * size):
                    text.write_text(make(n))
                    words = [str(text) if w == "FILE" else str(out) if w == "OUT" else w for w in COMMANDS[command]]
                    found.append(measure(options.nnc, words, options.seconds))
                    if found[-1][2] is None:
                        break
                (time, memory, status) = found[0]
                if len(found) < 2 or found[1][2] is None:
                    worse += 1
                    print(f"{shape:<24} {command:<8} {size:>8} {time:>8.2f} over {options.seconds:.0f} s  <- too long", flush=True)
                    continue
                twice, more, second = found[1]
                # Below a twentieth of a second, starting is most of the time.
                growth = twice / time if time > 0.05 else 0
                mark = ""
                if growth > 2.2 or more / memory > 2.2:
                    mark, worse = "  <- grows faster", worse + 1
                if status not in (0, 1) or second not in (0, 1):
                    mark, worse = f"  <- ends with {status} and {second}", worse + 1
                print(f"{shape:<24} {command:<8} {size:>8} {time:>8.2f} {twice:>8.2f} {growth:>6.2f} {memory / 1e6:>6.0f} "
                      f"{more / 1e6:>6.0f} {more / memory:>6.2f}{mark}", flush=True)
    print(f"{worse} worse than linear")
    sys.exit(1 if worse else 0)


main()
