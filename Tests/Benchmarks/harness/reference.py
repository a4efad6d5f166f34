"""The numbers that are right: float64 NumPy, written for clarity alone."""

import numpy as np

from . import data
from .rows import networks

activations = {
    # name:     (f(z), f'(z) written in y = f(z))
    "identity": (lambda z: z, lambda y: np.ones_like(y)),
    "relu": (lambda z: np.maximum(z, 0), lambda y: (y > 0).astype(float)),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda y: y * (1 - y)),
    "tanh": (np.tanh, lambda y: 1 - y * y),
}


def softmax(y):
    e = np.exp(y - y.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


losses = {
    # name:         (loss of each sample, its derivative by y)
    "half_squares": (lambda y, t: ((y - t) ** 2).sum(1) / 2, lambda y, t: y - t),
    "squares": (lambda y, t: ((y - t) ** 2).sum(1), lambda y, t: 2 * (y - t)),
    "cross_entropy": (
        lambda y, t: -(t * np.log(softmax(y))).sum(1),
        lambda y, t: softmax(y) - t,
    ),
}


def forward(network, block, x):
    """The values between the layers, the input first and the output last."""
    values = [x]
    layers = data.split(network, block)
    for number, (weight, bias) in enumerate(layers):
        name = network.last if number == len(layers) - 1 else network.hidden
        values.append(activations[name][0](values[-1] @ weight.T + bias))
    return values


def gradient(network, block, x, t):
    """(mean loss, its gradient as a block)."""
    values = forward(network, block, x)
    value, slope = losses[network.loss]
    result = np.zeros_like(block)
    delta = slope(values[-1], t) / len(x) * activations[network.last][1](values[-1])
    layers, slopes = data.split(network, block), data.split(network, result)
    for k in reversed(range(len(layers))):
        slopes[k][0][:] = delta.T @ values[k]
        slopes[k][1][:] = delta.sum(axis=0)
        if k > 0:
            delta = (delta @ layers[k][0]) * activations[network.hidden][1](values[k])
    return value(values[-1], t).mean(), result


def results(row, steps):
    """What a contestant must answer to `check`: see `workers.worker`."""
    network = networks[row.network]
    block, x, t = (array.astype(np.float64) for array in data.numbers(row))
    if row.kind == "predict":
        return forward(network, block, x)[-1].ravel()
    if row.kind == "gradient":
        loss, slopes = gradient(network, block, x, t)
        return np.concatenate([[loss], slopes])
    for _ in range(steps):
        loss, slopes = gradient(network, block, x, t)
        block = block - network.lr * slopes
    return np.concatenate([[loss], block])
