"""The process of a Python contestant: answers one line for each line it is told.

    load {row}        prepares the row (a JSON object)            -> ready
    run K             starts afresh, then K repetitions           -> seconds they took
    check STEPS FILE  starts afresh, STEPS repetitions            -> written

`check` writes float64 numbers: for a prediction the output; for a gradient the mean loss, then the
gradient; for training the loss that the last step found, then the parameters.
The programs in C and Swift speak the same lines, but for `load`: they are built for one row.
"""

import importlib
import json
import os
import pathlib
import sys
import time

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from harness.rows import Row  # noqa: E402


# The clock that the harness names: the process's own time, or the wall's.
clock = time.process_time if os.environ.get("BENCHMARK_CLOCK") == "cpu" else time.perf_counter


def serve(contestant, lines, answer):
    for line in lines:
        word, _, rest = line.strip().partition(" ")
        if word == "load":
            contestant.load(Row(**json.loads(rest)))
            answer("ready")
        elif word == "run":
            contestant.reset()
            start = clock()
            contestant.run(int(rest))
            answer(f"{clock() - start:.9f}")
        elif word == "check":
            steps, _, path = rest.partition(" ")
            contestant.reset()
            contestant.run(int(steps))
            np.asarray(contestant.results(), dtype=np.float64).tofile(path)
            answer("written")
        else:
            answer("what?")


if __name__ == "__main__":
    module, name, threads = sys.argv[1:4]
    # Libraries print what they like; the answers keep standard output for themselves.
    output, sys.stdout = sys.stdout, sys.stderr
    made = getattr(importlib.import_module(f"workers.{module}"), name)(int(threads))
    serve(made, sys.stdin, lambda text: print(text, file=output, flush=True))
