"""Do a contestant's numbers agree with float64?"""

import numpy as np

from . import data, reference
from .rows import networks

STEPS = 5

tolerances = {
    # (kind, real): largest relative error, in the Euclidean norm
    ("predict", "f32"): 1e-5,
    ("gradient", "f32"): 1e-4,
    ("gradient", "f64"): 1e-12,
    # The change of the parameters, a small difference of rounded numbers.
    ("train", "f32"): 5e-3,
    ("train", "f64"): 1e-12,
}


def distance(found, expected):
    return float(np.linalg.norm(found - expected) / max(np.linalg.norm(expected), 1e-300))


def error(row, found, columns=False):
    """The largest relative error of the loss and of the rest, the block kept by columns or not."""
    expected = reference.results(row, STEPS)
    if columns and row.kind != "predict" and found.shape == expected.shape:
        block = data.by_columns(networks[row.network], found[1:], back=True)
        found = np.concatenate([found[:1], block])
    if found.shape != expected.shape or not np.isfinite(found).all():
        return float("inf")
    if row.kind == "predict":
        return distance(found, expected)
    start = data.numbers(row)[0] if row.kind == "train" else 0
    return max(
        distance(found[:1], expected[:1]), distance(found[1:] - start, expected[1:] - start)
    )


def passes(row, value):
    return value <= tolerances[row.kind, row.real]
