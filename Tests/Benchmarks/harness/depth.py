"""How compile time grows with depth, and how long `nnc compile` takes to start."""

import time

from .build import HERE, Failure, command, fresh
from .measure import quiet_decile

NETWORK = """network deep
input 16
repeat {depth} {{ linear 16->16; tanh }}
loss mse
train sgd lr=0.01
"""


def timed(arguments, limit, **options):
    start = time.perf_counter()
    command(arguments, timeout=limit, **options)
    return time.perf_counter() - start


def compile_times(tools, depths, repeats, limit, wanted, say):
    """[{"what", "depth", "seconds" or "failure"}]: stages are timed one by one, the best of `repeats`.

    A stage that failed or ran into the limit is not tried at greater depths.
    """
    results, given_up = [], set()

    def note(what, depth, measure):
        if what in given_up:
            return False
        try:
            seconds = min(measure() for _ in range(repeats))
        except Failure as failure:
            given_up.add(what)
            results.append({"what": what, "depth": depth, "failure": str(failure)})
            say(f"  {what} {depth}: {failure}")
            return False
        results.append({"what": what, "depth": depth, "seconds": seconds})
        say(f"  {what} {depth}: {seconds:.3f} s")
        return True

    for depth in depths:
        folder = fresh(tools.folder / "work" / f"depth-{depth}")
        source = folder / "deep.nn"
        source.write_text(NETWORK.format(depth=depth))
        if wanted("nnc"):
            nnc = [tools.nnc, "compile", source, "--emit", "c", "--real", "f32", "-o", f"{folder}/"]
            if note("nnc: .nn to C", depth, lambda: timed(nnc, limit)):
                for name in "gcc", "clang":
                    compiler = [getattr(tools, name), "-std=c99", "-O3", "-c", folder / "deep.c"]
                    compiler += ["-o", folder / "deep.o"]
                    note(f"{name} -O3 on nnc's C", depth, lambda: timed(compiler, limit))
        for kind in "jax", "casadi-mx", "casadi-sx":
            if not wanted(kind.partition("-")[0]):
                continue
            code = folder / f"{kind.replace('-', '_')}.c"
            script = [tools.python, "-m", "workers.depth", kind, depth, code]
            title = {
                "jax": "JAX: trace and compile",
                "casadi-mx": "CasADi MX: gradient and C",
                "casadi-sx": "CasADi SX: gradient and C",
            }[kind]
            done = note(title, depth, lambda: float(command(script, limit, cwd=HERE)))
            if done and kind == "casadi-mx":
                compiler = [tools.gcc, "-O3", "-c", code, "-o", folder / "casadi.o"]
                note("gcc -O3 on CasADi MX's C", depth, lambda: timed(compiler, limit))
    return results


def start_up(tools, repeats):
    """Seconds from start to end: of `nnc compile` on the worked example, and of no work at all."""
    folder = fresh(tools.folder / "work" / "start-up")
    source = HERE / "networks" / "backprop.nn"
    nnc = [tools.nnc, "compile", source, "--emit", "c", "-o", f"{folder}/"]
    found = {"nnc compile backprop.nn": [], "a process that does nothing": []}
    for _ in range(repeats):
        found["nnc compile backprop.nn"].append(timed(nnc, 60))
        found["a process that does nothing"].append(timed(["true"], 60))
    return {name: quiet_decile(times) for name, times in found.items()}
