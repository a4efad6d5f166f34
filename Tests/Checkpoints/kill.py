"""Kills a training at random moments and lets it go on, until it ends; its end must have the bits of an undisturbed run.

    python3 Tests/Checkpoints/kill.py --kills 200 [--nnc .build/debug/nnc] [--run native] [--seed 1]

A checkpoint is written after every step, so many of the kills fall into the writing of one. The last checkpoint, which
holds parameters, state and history, is compared byte by byte. Exit status 0 where all is the same.
"""

import argparse
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
NETWORK = "linear 6->24; tanh; dropout 0.1; linear 24->3; loss cross_entropy; train adam lr=0.01; seed 9\n"


def samples(count):
    lines = ["a,b,c,d,e,f,kind"]
    for i in range(count):
        values = [((i * 7919 + k * 104729) % 1009) / 504 - 1 for k in range(6)]
        lines.append(",".join(f"{v:.6f}" for v in values) + "," + "xyz"[int(sum(values) * 4) % 3])
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--nnc", default=str(ROOT / ".build/debug/nnc"))
    parser.add_argument("--run", default="native")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "net.nn").write_text(NETWORK)
        (folder / "data.csv").write_text(samples(200))
        call = [options.nnc, "train", "net.nn", "--data", "data.csv", "--target", "kind", "--split", "0.8",
                "--schedule", "cosine", "--clip-norm", "1", "--patience", "1000", "--batch", "8", "--every", "1",
                "--quiet", "--run", options.run]

        def run(epochs, name, limit=None):
            """True where it came to its end."""
            words = call + ["--epochs", str(epochs), "--checkpoint", name, "--resume"]
            process = subprocess.Popen(words, cwd=folder)
            try:
                status = process.wait(limit)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                return False
            if status != 0:
                sys.exit(f"a run ended with status {status}")
            return True

        # As many epochs as take about twice the time that is left to the runs that are killed.
        def seconds(epochs, name):
            start = time.monotonic()
            run(epochs, name)
            return time.monotonic() - start

        seconds(1, "compiled")
        few, many = seconds(1, "few"), seconds(21, "many")
        an_epoch = max(1e-4, (many - few) / 20)
        before = max(0.0, few - an_epoch)
        limit = before + 0.2
        epochs = max(20, int(options.kills * 0.2 / an_epoch))
        print(f"{epochs} epochs of {an_epoch * 1000:.1f} ms; kills within {limit:.2f} s")

        kills = 0
        while kills < options.kills:
            if run(epochs, "killed", chance.uniform(0, limit)):
                break
            kills += 1
        run(epochs, "killed")
        run(epochs, "whole")
        same = [(folder / n / "checkpoint.safetensors").read_bytes() for n in ("killed", "whole")]
        left = [p.name for p in (folder / "killed").iterdir() if p.name != "checkpoint.safetensors"]
        print(f"{kills} kills; {'the same' if same[0] == same[1] else 'OTHER'} bits, {len(same[0])} bytes")
        if left:
            print(f"left behind: {left}")
        return 0 if same[0] == same[1] and kills >= options.kills and not left else 1


if __name__ == "__main__":
    sys.exit(main())
