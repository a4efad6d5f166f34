"""Builds the contestants that are programs: each (contestant, row) in a folder of its own."""

import dataclasses
import json
import os
import pathlib
import shutil
import signal
import subprocess

from . import data
from .rows import networks

HERE = pathlib.Path(__file__).resolve().parent.parent
C = HERE / "c"


class Failure(Exception):
    """Something could not be built or run; the message says what."""


def command(arguments, timeout=600, **options):
    """Runs a command and answers its standard output, or fails with its messages."""
    arguments = [str(a) for a in arguments]
    try:
        running = subprocess.Popen(
            arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, **options
        )
    except FileNotFoundError:
        raise Failure(f"{arguments[0]}: not found") from None
    try:
        output, messages = running.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        # A compiler's driver leaves its passes behind.
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        raise Failure(f"{arguments[0]}: longer than {timeout} s") from None
    if running.returncode != 0:
        raise Failure(f"{' '.join(arguments)}: {(messages or output).strip()[:2000]}")
    return output


def defines(row):
    """The macros of c/contestant.h for a row."""
    network = networks[row.network]
    return [
        f"-DREAL={'float' if row.real == 'f32' else 'double'}",
        f"-DINPUTS={network.widths[0]}",
        f"-DOUTPUTS={network.widths[-1]}",
        f"-DPARAMETERS={network.parameters}",
        f"-DBATCH={row.batch}",
        f"-D{row.kind.upper()}",
    ]


@dataclasses.dataclass
class Tools:
    """Where things are, from the command line."""

    folder: pathlib.Path
    python: str
    nnc: str
    gcc: str
    clang: str
    swiftc: str
    max_samples: int
    nnc_options: list


def fresh(folder):
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def link(tools, folder, row, main, parts, includes=()):
    """Compiles driver.c, `main` and `parts`, [(compiler, flags, file)], to one program.

    The parts are objects of their own, so that no compiler sees a repetition from the outside.
    """
    flags = ["-std=gnu99", "-O2", "-I", C, *defines(row)]
    flags += [word for path in includes for word in ("-I", path)]
    objects = []
    for compiler, options, path in [
        (tools.gcc, flags, C / "driver.c"),
        (tools.gcc, flags, main),
        *parts,
    ]:
        objects.append(folder / f"{len(objects)}.o")
        command([compiler, *options, "-c", path, "-o", objects[-1]])
    program = folder / "contestant"
    command([tools.gcc, *objects, "-o", program, "-lm", "-fopenmp"])
    return program


FASTEST = ["-O3", "-march=native"]


def by_hand(tools, folder, row, extra=()):
    data.write(row, folder)
    flags = ["-std=gnu99", *FASTEST, *extra, "-I", C, *defines(row)]
    parts = [(tools.gcc, flags, C / "by_hand.c")]
    return link(tools, folder, row, C / "by_hand_main.c", parts)


def plain(tools, folder, row):
    data.write(row, folder)
    network = networks[row.network]
    shape = [
        f"-DLAYERS={len(network.layers)}",
        f"-DWIDTHS={','.join(map(str, network.widths))}",
        f"-DTOTAL={sum(network.widths[1:])}",
        f"-DHIDDEN={['identity', 'relu', 'tanh'].index(network.hidden)}",
        f"-DCROSS_ENTROPY={int(network.loss == 'cross_entropy')}",
        f"-DRATE={network.lr}{'f' if row.real == 'f32' else ''}",
    ]
    flags = ["-std=gnu99", *FASTEST, "-ffast-math", "-I", C, *defines(row), *shape]
    parts = [(tools.gcc, flags, C / "plain.c")]
    return link(tools, folder, row, C / "plain_main.c", parts)


def casadi(tools, folder, row, extra=()):
    data.write(row, folder, columns=True)
    description = folder / "row.json"
    description.write_text(json.dumps(dataclasses.asdict(row)))
    code = folder / "bench.c"
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    command(
        [tools.python, HERE / "workers" / "casadi_code.py", description, code], env=environment
    )
    flags = ["-std=gnu99", *FASTEST, *extra]
    return link(tools, folder, row, C / "casadi_main.c", [(tools.gcc, flags, code)])


def peak(tools, folder):
    program = folder / "peak"
    flags = ["-std=gnu99", *FASTEST, "-ffp-contract=fast"]
    command([tools.gcc, *flags, C / "peak.c", "-o", program])
    return program
