"""The numbers every contestant starts from: the same ones, exact in either precision."""

import functools
import pathlib

import numpy as np

from .rows import networks

WORKED_PARAMETERS = [0.15, 0.20, 0.25, 0.30, 0.35, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60, 0.60]
WORKED_INPUT = [0.05, 0.10]
WORKED_TARGET = [0.01, 0.99]

types = {"f32": np.float32, "f64": np.float64}


@functools.lru_cache(maxsize=None)
def numbers(row):
    """(parameters, x, t) of a row in its precision: a flat block, [batch][inputs], [batch][targets].

    The block holds each layer's weight (outputs, inputs), row by row, then its bias.
    """
    network, real = networks[row.network], types[row.real]
    generator = np.random.default_rng(20240229)
    inputs, outputs = network.widths[0], network.widths[-1]
    if network.name == "backprop":
        parameters = np.array(WORKED_PARAMETERS)
        x = generator.uniform(0, 1, (row.batch, inputs))
        t = generator.uniform(0.01, 0.99, (row.batch, outputs))
        x[0], t[0] = WORKED_INPUT, WORKED_TARGET
    else:
        parameters = np.concatenate(
            [generator.uniform(-1, 1, i * o + o) / np.sqrt(i) for i, o in network.layers]
        )
        x = generator.uniform(-0.5, 0.5, (row.batch, inputs))
        if network.loss == "cross_entropy":
            t = np.eye(outputs)[generator.integers(0, outputs, row.batch)]
        else:
            t = generator.uniform(-1, 1, (row.batch, outputs))
    return parameters.astype(real), x.astype(real), t.astype(real)


def split(network, block):
    """[(weight (O, I), bias (O)), …]: views of a flat block."""
    layers, at = [], 0
    for i, o in network.layers:
        weight = block[at : at + i * o].reshape(o, i)
        layers.append((weight, block[at + i * o : at + i * o + o]))
        at += i * o + o
    return layers


def by_columns(network, block, back=False):
    """The block with every weight's elements column by column (or back), as CasADi keeps matrices."""
    result, at = np.array(block), 0
    for i, o in network.layers:
        shape = (i, o) if back else (o, i)
        result[at : at + i * o] = block[at : at + i * o].reshape(shape).T.ravel()
        at += i * o + o
    return result


def write(row, folder, columns=False):
    """Puts p.bin, x.bin and t.bin for the contestants that are no Python."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    parameters, x, t = numbers(row)
    if columns:
        parameters = by_columns(networks[row.network], parameters)
    for name, array in ("p", parameters), ("x", x), ("t", t):
        array.tofile(folder / f"{name}.bin")
