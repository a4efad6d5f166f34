"""training.json: one epoch of the samples `iris` and `digits` with every update rule, in PyTorch.

The parameters begin by the rule, the samples are taken in the order that a seed gives. That order is computed here
from its description alone: Philox4x32-10 and Fisher-Yates.
"""

import csv
import re

import torch

from golden import SAMPLES, write
from model import Network

RULES = [
    "sgd lr=0.05",
    "sgd lr=0.05 momentum=0.9",
    "sgd lr=0.05 momentum=0.9 nesterov=yes weight_decay=1e-4",
    "adam lr=0.01",
    "adam lr=0.01 weight_decay=0.01",
    "adamw lr=0.01",
    "rmsprop lr=0.002",
    "rmsprop lr=0.002 momentum=0.9",
    "adagrad lr=0.05",
    "adadelta",
    "adamax lr=0.01",
    "nadam lr=0.01",
    "radam lr=0.01",
    "asgd lr=0.05",
    "rprop lr=0.001",
    "adafactor lr=0.05",
    "lion lr=0.001",
    "lamb lr=0.01",
    "muon lr=0.01",
]
SETS = [("iris", 16, 1), ("digits", 32, 16)]
SEED = 5
LOW = 0xFFFFFFFF
FIRST_STREAM = 1 << 41


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
        c = [(b >> 32) ^ c[1] ^ k[0], b & LOW, (a >> 32) ^ c[3] ^ k[1], a & LOW]
        k = [(k[0] + 0x9E3779B9) & LOW, (k[1] + 0xBB67AE85) & LOW]
    return c


def uniform(seed, stream, index):
    pair = index // 2
    out = philox((pair & LOW, pair >> 32, stream & LOW, stream >> 32), (seed & LOW, seed >> 32))
    first, second = out[:2] if index % 2 == 0 else out[2:]
    return ((first << 32 | second) >> 11) * 2.0**-53


def order(count, seed, epoch):
    result = list(range(count))
    for place in range(count - 1, 0, -1):
        other = min(place, int(uniform(seed, FIRST_STREAM + 1 + epoch, place) * (place + 1)))
        result[place], result[other] = result[other], result[place]
    return result


def data(name, divisor):
    """All columns but the last are inputs; the last is a class, one-hot in the classes' sorted order."""
    with open(SAMPLES / "data" / f"{name}.csv") as file:
        rows = [row for row in csv.reader(file) if row and not row[0].startswith("#")][1:]
    classes = sorted({row[-1] for row in rows})
    xs = torch.tensor([[float(cell) for cell in row[:-1]] for row in rows]) / divisor
    ts = torch.zeros(len(rows), len(classes))
    for place, row in enumerate(rows):
        ts[place, classes.index(row[-1])] = 1
    return xs, ts


def some(tensor):
    """Some elements, with sums of all."""
    flat = tensor.detach().reshape(-1)
    at = sorted({int(k * (len(flat) - 1) / 15) for k in range(16)})
    return {"at": at, "values": flat[at], "sum": flat.sum(), "norm1": flat.abs().sum()}


def entry(name, batch, divisor, rule):
    source = re.sub(r"^train .*$", f"train {rule}", (SAMPLES / f"{name}.nn").read_text(), flags=re.M)
    network = Network(source)
    xs, ts = data(name, divisor)
    places = order(len(xs), SEED, 0)
    optimizer = network.optimizer()
    total = 0.0
    for start in range(0, len(places), batch):
        chosen = places[start : start + batch]
        optimizer.zero_grad()
        loss = network.mean_loss(xs[chosen], ts[chosen])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(chosen)
    return {
        "sample": name, "batch": batch, "divisor": divisor, "train": rule, "loss": total / len(places),
        "parameters": {n: some(p) for n, p in network.parameters.items()},
    }


if __name__ == "__main__":
    entries = [entry(*facts, rule) for facts in SETS for rule in RULES]
    write("training.json", entries, seed=SEED)
