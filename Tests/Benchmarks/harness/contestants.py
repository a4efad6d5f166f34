"""The contestants: what each is, which rows it takes part in, how its process is started."""

import dataclasses
import fnmatch
import os
import typing

from . import build, ours, ours_swift


@dataclasses.dataclass(frozen=True)
class Contestant:
    """One column of the table.

    `worker` names a module and class of `workers/` for contestants in Python; `program` builds an
    executable for (tools, folder, row) otherwise. `slow` ones are left out of quick runs; `columns`
    says that the contestant keeps weights column by column. One that `is_measure` is no rival but a
    yardstick: the C that a person writes for this one shape and batch size.
    """

    name: str
    title: str
    takes: typing.Callable
    worker: tuple = ()
    program: typing.Callable = None
    is_ours: bool = False
    is_measure: bool = False
    slow: bool = False
    columns: bool = False


def worked(row):
    return row.network == "backprop"


def net(row):
    return not worked(row)


def one_thread(row):
    return row.threads == 1


FAST_MATH = ["-ffast-math"]
TGMATH = ["-include", "tgmath.h"]

def gradient(row):
    return worked(row) and row.kind == "gradient"


def small(row):
    """Rows whose code CasADi generates in reasonable size."""
    return worked(row) or row.network == "c" or (row.network == "a" and row.batch == 1)


contestants = [
    Contestant(
        "nnc-gcc", "nnc C, gcc", lambda r: True, is_ours=True,
        program=lambda t, f, r: ours.c(t, f, r, "gcc")),
    Contestant(
        "nnc-clang", "nnc C, clang", one_thread, is_ours=True,
        program=lambda t, f, r: ours.c(t, f, r, "clang")),
    Contestant(
        "nnc-swift", "nnc Swift", lambda r: True, is_ours=True, program=ours_swift.program),
    Contestant(
        "by-hand", "C by hand", worked, program=build.by_hand),
    Contestant(
        "by-hand-fast", "C by hand, -ffast-math", gradient,
        program=lambda t, f, r: build.by_hand(t, f, r, FAST_MATH)),
    Contestant(
        "plain", "plain C loops, -ffast-math", lambda r: net(r) and one_thread(r),
        program=build.plain, is_measure=True),
    Contestant(
        "casadi", "CasADi C", lambda r: one_thread(r) and small(r),
        program=build.casadi, columns=True),
    Contestant(
        "casadi-tgmath", "CasADi C, tgmath",
        lambda r: one_thread(r) and small(r) and r.real == "f32",
        program=lambda t, f, r: build.casadi(t, f, r, TGMATH), columns=True),
    Contestant("jax", "JAX jit", lambda r: True, worker=("with_jax", "Jit")),
    Contestant(
        "jax-loop", "JAX fori_loop", lambda r: r.kind == "train", worker=("with_jax", "Loop")),
    Contestant("numpy", "NumPy", lambda r: True, worker=("with_numpy", "NumPy")),
    Contestant("torch", "PyTorch eager", lambda r: True, worker=("with_torch", "Eager")),
    Contestant(
        "torch-compile", "torch.compile", lambda r: True,
        worker=("with_torch", "Compiled"), slow=True),
    Contestant(
        "onnxruntime", "ONNX Runtime", lambda r: net(r) and r.kind == "predict",
        worker=("with_onnxruntime", "OnnxRuntime")),
    Contestant(
        "tinygrad", "tinygrad", lambda r: net(r) and one_thread(r),
        worker=("with_tinygrad", "Jit"), slow=True),
]


def chosen(patterns, quick):
    """The contestants whose names match; the slow ones in a quick run only where named exactly."""
    return [
        contestant
        for contestant in contestants
        if any(fnmatch.fnmatch(contestant.name, p) for p in patterns)
        and (not (quick and contestant.slow) or contestant.name in patterns)
    ]


def environment(threads):
    """Every library's own way to be told its number of threads."""
    count = str(threads)
    names = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]
    result = {**os.environ, **{name: count for name in names}}
    result["PYTHONDONTWRITEBYTECODE"] = "1"
    result["JAX_PLATFORMS"] = "cpu"
    result["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=" + ("true" if threads > 1 else "false")
    return result
