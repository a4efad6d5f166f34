"""NumPy as a careful user writes it: the batch at once, results into arrays made beforehand."""

import numpy as np

from harness import data
from harness.rows import networks


def sigmoid(z):
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1
    np.reciprocal(z, out=z)


activate = {
    "identity": lambda z: None,
    "relu": lambda z: np.maximum(z, 0, out=z),
    "tanh": lambda z: np.tanh(z, out=z),
    "sigmoid": sigmoid,
}
backward = {
    "identity": lambda d, y: None,
    "relu": lambda d, y: np.multiply(d, y > 0, out=d),
    "tanh": lambda d, y: np.multiply(d, 1 - y * y, out=d),
    "sigmoid": lambda d, y: np.multiply(d, y * (1 - y), out=d),
}


class NumPy:
    def __init__(self, threads):
        pass  # OpenBLAS reads its number of threads from the environment

    def load(self, row):
        self.row, self.network = row, networks[row.network]
        self.start, self.x, self.t = data.numbers(row)
        self.block = self.start.copy()
        self.slopes = np.zeros_like(self.block)
        self.layers = data.split(self.network, self.block)
        self.gradients = data.split(self.network, self.slopes)
        shapes = [(row.batch, width) for width in self.network.widths[1:]]
        self.values = [self.x] + [np.empty(shape, self.x.dtype) for shape in shapes]
        self.deltas = [np.empty(shape, self.x.dtype) for shape in shapes]
        self.rate = self.x.dtype.type(self.network.lr)

    def reset(self):
        self.block[:] = self.start

    def forward(self):
        last = len(self.layers) - 1
        for k, (weight, bias) in enumerate(self.layers):
            z = self.values[k + 1]
            np.dot(self.values[k], weight.T, out=z)
            z += bias
            activate[self.network.last if k == last else self.network.hidden](z)

    def gradient(self):
        self.forward()
        y, delta = self.values[-1], self.deltas[-1]
        if self.network.loss == "cross_entropy":
            np.subtract(y, y.max(axis=1, keepdims=True), out=delta)
            picked = (delta * self.t).sum()
            np.exp(delta, out=delta)
            total = delta.sum(axis=1, keepdims=True)
            self.loss = (np.log(total).sum() - picked) / len(y)
            delta /= total
            delta -= self.t
        else:
            np.subtract(y, self.t, out=delta)
            squares = np.vdot(delta, delta) / len(y)
            half = self.network.loss == "half_squares"
            self.loss = squares / 2 if half else squares
            if not half:
                delta *= 2
        if len(y) > 1:
            delta *= 1 / self.x.dtype.type(len(y))
        backward[self.network.last](delta, y)
        for k in reversed(range(len(self.layers))):
            delta = self.deltas[k]
            np.dot(delta.T, self.values[k], out=self.gradients[k][0])
            np.sum(delta, axis=0, out=self.gradients[k][1])
            if k > 0:
                np.dot(delta, self.layers[k][0], out=self.deltas[k - 1])
                backward[self.network.hidden](self.deltas[k - 1], self.values[k])

    def step(self):
        self.gradient()
        self.slopes *= self.rate
        self.block -= self.slopes

    def run(self, count):
        work = {"predict": self.forward, "gradient": self.gradient, "train": self.step}
        work = work[self.row.kind]
        for _ in range(count):
            work()

    def results(self):
        if self.row.kind == "predict":
            return self.values[-1].ravel()
        rest = self.slopes if self.row.kind == "gradient" else self.block
        return np.concatenate([[self.loss], rest])
