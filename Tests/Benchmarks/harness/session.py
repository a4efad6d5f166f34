"""A contestant's process: pinned, asleep but while it is asked something."""

import dataclasses
import json
import os
import signal
import subprocess

import numpy as np

from .build import HERE, Failure, fresh
from .contestants import environment


class Session:
    """One running contestant.

    It is stopped (SIGSTOP) between its blocks: some libraries' idle threads spin, and would take the
    core from the contestant whose turn it is.
    """

    def __init__(self, arguments, cores, threads, errors):
        self.errors = errors
        with open(errors, "w") as log:
            self.process = subprocess.Popen(
                [str(a) for a in arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=HERE,
                env=environment(threads),
                preexec_fn=lambda: os.sched_setaffinity(0, cores),
            )

    def ask(self, line):
        self.process.send_signal(signal.SIGCONT)
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline().strip()
        except BrokenPipeError:
            answer = ""
        if not answer or answer == "what?":
            with open(self.errors) as log:
                said = log.read().strip()
            raise Failure(f"no answer to '{line[:60]}': {said[-600:]}")
        self.process.send_signal(signal.SIGSTOP)
        return answer

    def run(self, count):
        """Seconds that `count` repetitions took."""
        return float(self.ask(f"run {count}"))

    def check(self, steps, path):
        self.ask(f"check {steps} {path}")
        return np.fromfile(path)

    def close(self):
        self.process.kill()
        self.process.wait()


def start(contestant, row, tools, cores):
    """Builds what is needed and starts the contestant for a row."""
    folder = fresh(tools.folder / "work" / row.name / contestant.name)
    if contestant.program:
        arguments = [contestant.program(tools, folder, row), folder]
    else:
        module, name = contestant.worker
        arguments = [tools.python, "-m", "workers.worker", module, name, row.threads]
    session = Session(arguments, cores, row.threads, folder / "messages")
    if contestant.worker:
        try:
            session.ask("load " + json.dumps(dataclasses.asdict(row)))
        except Failure:
            session.close()
            raise
    return session
