"""The networks that are trained on every target, and their samples."""

import csv
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "Samples"


@dataclass(frozen=True)
class Work:
    network: str
    room: str
    batch: int
    epochs: int
    inputs: tuple
    targets: tuple

    @property
    def source(self):
        return SAMPLES / f"{self.network}.nn"

    @property
    def steps(self):
        return self.epochs * -(-len(self.inputs) // self.batch)

    @property
    def scored(self):
        """The samples whose loss is compared: those of one call."""
        return self.batch if self.batch > 1 else len(self.inputs)


@dataclass(eq=False)
class Stream:
    """Sequences that are taken step by step, after a training on this machine."""
    network: str
    room: str
    frames: int
    outputs: int
    inputs: tuple
    batch: int = 1
    source: Path | None = None

    def train(self, nnc, folder):
        """Trains a little, and puts a network with the parameters that came of it into the folder."""
        folder.mkdir(parents=True)
        sample = SAMPLES / f"{self.network}.nn"
        subprocess.run([nnc, "train", sample, "--data", SAMPLES / "data" / "gestures.csv", "--target", "gesture", "--epochs",
                        "5", "--quiet", "--output", folder / "trained.safetensors"], check=True)
        self.source = folder / sample.name
        self.source.write_text(sample.read_text() + 'weights "trained.safetensors"\n')

    @property
    def steps(self):
        return self.frames * len(self.inputs)

    @property
    def scored(self):
        return 1


def gestures(count):
    """Numbers of the first gestures: three axes, moment by moment."""
    with open(SAMPLES / "data" / "gestures.csv") as file:
        rows = list(csv.reader(file))[1 : count + 1]
    return tuple(tuple(float(cell) for cell in row[:-1]) for row in rows)


def irises():
    """The table's numbers, and the species as ones among zeros."""
    with open(SAMPLES / "data" / "iris.csv") as file:
        rows = list(csv.reader(file))[1:]
    kinds = sorted({row[-1] for row in rows})
    inputs = tuple(tuple(float(cell) for cell in row[:-1]) for row in rows)
    targets = tuple(tuple(float(row[-1] == kind) for kind in kinds) for row in rows)
    # Every third, so that each batch has all species.
    return inputs[::3], targets[::3]


CORNERS = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))
ODD = ((0.0,), (1.0,), (1.0,), (0.0,))


def works(steps):
    """The works, of about so many steps."""
    return [
        Work("backprop", "small", 1, steps, ((0.05, 0.10),), ((0.01, 0.99),)),
        Work("xor", "small", 1, steps // 4, CORNERS, ODD),
        Work("xor", "small", 4, steps, CORNERS, ODD),
        Work("iris", "large", 16, max(1, steps // 40), *irises()),
        Stream("sequences/gru-stream", "large", 24, 5, gestures(4)),
        Stream("sequences/stream", "large", 24, 5, gestures(4)),
    ]


def rounded(value, real):
    """The number as the network's samples hold it."""
    return struct.unpack("<f", struct.pack("<f", value))[0] if real == "f32" else value


def write_samples(path, inputs, targets):
    """A table that `nnc train` reads."""
    names = [f"x{i}" for i in range(len(inputs[0]))] + [f"t{i}" for i in range(len(targets[0]))]
    lines = [names] + [[repr(value) for value in (*x, *t)] for x, t in zip(inputs, targets)]
    path.write_text("".join(",".join(line) + "\n" for line in lines))
    return [name for name in names if name.startswith("t")]
