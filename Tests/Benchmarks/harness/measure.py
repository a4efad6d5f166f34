"""Measures a row: every contestant in short blocks, in turns."""

import math
import statistics

from . import check, session
from .build import Failure


def quiet_decile(times):
    """The tenth percentile, between neighbours in proportion: what a quiet machine takes."""
    ordered = sorted(times)
    at = (len(ordered) - 1) / 10
    below = math.floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def block_size(running, seconds):
    """How many repetitions last about `seconds`; running them warms the contestant up."""
    count, took = 1, running.run(1)
    while took < seconds / 4:
        count = max(count + 1, min(count * 10, int(count * seconds / max(took, 1e-7))))
        took = running.run(count)
    return max(1, round(count * seconds / took))


class Peak:
    """The measured peak of a core, from the same rounds as everything else."""

    def __init__(self, program, folder, cores):
        self.session = session.Session([program], cores, 1, folder / "peak-messages")

    def rate(self, real):
        return float(self.session.ask(f"{real} 3"))


def row(the_row, contestants, tools, cores, peak, rounds, seconds, say):
    """{"times": {contestant: {…}}, "failures": {contestant: why}, "peak": GFLOP/s of one core}."""
    running, failures, sizes, errors = {}, {}, {}, {}
    folder = tools.folder / "work" / the_row.name
    try:
        for contestant in contestants:
            name = contestant.name
            try:
                opened = session.start(contestant, the_row, tools, cores)
                running[name] = opened
                found = opened.check(check.STEPS, folder / f"{name}.check")
                errors[name] = check.error(the_row, found, contestant.columns)
                if not check.passes(the_row, errors[name]):
                    raise Failure(f"wrong numbers: relative error {errors[name]:.2g}")
                sizes[name] = block_size(opened, seconds)
            except Failure as failure:
                failures[name] = str(failure)
                say(f"  {name}: {failure}")
                if name in running:
                    running.pop(name).close()
        times, peaks = measure_in_turns(running, sizes, peak, the_row.real, rounds)
    finally:
        for opened in running.values():
            opened.close()
    measured = {
        name: {
            "seconds": quiet_decile(found),
            "median": statistics.median(found),
            "repetitions": sizes[name],
            "error": errors[name],
            "rounds": found,
        }
        for name, found in times.items()
    }
    return {"times": measured, "failures": failures, "peak": -quiet_decile([-p for p in peaks])}


def measure_in_turns(running, sizes, peak, real, rounds):
    """Seconds a repetition, by contestant and round; the order turns by one each round."""
    names = list(running)
    times, peaks = {name: [] for name in names}, []
    for turn in range(rounds):
        shift = turn % max(len(names), 1)
        for name in names[shift:] + names[:shift]:
            times[name].append(running[name].run(sizes[name]) / sizes[name])
        peaks.append(peak.rate(real))
    return times, peaks
