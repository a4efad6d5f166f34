"""Runs the rows that were asked for and writes the table."""

import fnmatch
import os
import sys

from . import build, contestants, depth, measure, rows, table


def say(text):
    print(text, file=sys.stderr, flush=True)


def tools_of(options):
    folder = options.output.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return build.Tools(
        folder=folder,
        python=sys.executable,
        nnc=options.nnc,
        gcc=options.gcc,
        clang=options.clang,
        swiftc=options.swiftc,
        max_samples=options.max_samples,
        nnc_options=nnc_options(options),
    )


def nnc_options(options):
    """What `nnc compile` is told: by default to make the most of this machine, where it can be told."""
    if options.nnc_options is not None:
        return options.nnc_options.split()
    try:
        help_text = build.command([options.nnc, "compile", "--help"])
    except build.Failure:
        return []
    return ["--target", "native"] if "--target" in help_text else []


def cores_of(options):
    """The core for one thread, and the cores for two."""
    if options.cores:
        listed = [int(core) for core in options.cores.split(",")]
    else:
        listed = sorted(os.sched_getaffinity(0), reverse=True)
    return {1: set(listed[:1]), 2: set(listed[:2])}


def main(options):
    patterns = options.rows.split(",")
    names = options.contestants.split(",")
    taking_part = contestants.chosen(names, options.quick)
    chosen = rows.chosen(patterns)
    if options.list:
        print("rows:", *[row.name for row in rows.rows], "depth", "start-up")
        print("contestants:", *[contestant.name for contestant in contestants.contestants])
        return 0
    tools, cores = tools_of(options), cores_of(options)
    rounds = options.rounds or (5 if options.quick else 21)
    seconds = options.block / 1e3
    extra = {"rounds": rounds, "block": seconds, "clock": options.clock}
    if options.clock == "cpu" and any(row.threads > 1 for row in chosen):
        say("--clock cpu adds up the threads' times: rows with two threads are left out")
        chosen = [row for row in chosen if row.threads == 1]
    os.environ["BENCHMARK_CLOCK"] = options.clock
    results = []

    def finish():
        found = table.document(results, taking_part, extra)
        table.write(found, taking_part, tools.folder)
        return found

    peak = measure.Peak(build.peak(tools, tools.folder), tools.folder, cores[1])
    try:
        for row in chosen:
            if len(cores[row.threads]) < row.threads:
                say(f"{row.name}: needs {row.threads} cores")
                continue
            say(row.name)
            playing = [contestant for contestant in taking_part if contestant.takes(row)]
            result = measure.row(row, playing, tools, cores[row.threads], peak, rounds, seconds, say)
            for name, found in sorted(result["times"].items(), key=lambda item: item[1]["seconds"]):
                say(f"  {table.duration(found['seconds']):>9}  {name}")
            results.append((row, result))
            finish()
    finally:
        peak.session.close()
    special = {name: any(fnmatch.fnmatch(name, p) for p in patterns) for name in ("depth", "start-up")}
    if special["depth"]:
        say("depth")
        depths, repeats, limit = ((1, 10, 100), 1, 60) if options.quick else ((1, 10, 100, 1000), 3, 120)
        wanted = lambda name: any(fnmatch.fnmatch(name, p) or p.startswith(name + "-") for p in names)
        extra["depth"] = depth.compile_times(tools, depths, repeats, limit, wanted, say)
    if special["start-up"]:
        try:
            extra["start_up"] = depth.start_up(tools, 5 if options.quick else 30)
        except build.Failure as failure:
            say(f"start-up: {failure}")
    print(table.markdown(finish(), taking_part))
    return 0
