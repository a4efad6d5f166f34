"""tinygrad: the step captured by TinyJit."""

import numpy as np
from tinygrad import Tensor, TinyJit

from harness import data
from harness.rows import networks

activations = {
    "identity": lambda z: z,
    "relu": Tensor.relu,
    "tanh": Tensor.tanh,
    "sigmoid": Tensor.sigmoid,
}
losses = {
    "half_squares": lambda y, t: ((y - t) ** 2).sum(1) / 2,
    "squares": lambda y, t: ((y - t) ** 2).sum(1),
    "cross_entropy": lambda y, t: -(t * y.log_softmax()).sum(1),
}


class Jit:
    def __init__(self, threads):
        del threads

    def load(self, row):
        self.row, network = row, networks[row.network]
        block, x, t = data.numbers(row)
        self.start = [part.copy() for layer in data.split(network, block) for part in layer]
        self.parameters = [Tensor(part).contiguous().realize() for part in self.start]
        self.x, self.t = Tensor(x).realize(), Tensor(t).realize()

        def output():
            y, count = self.x, len(self.parameters) // 2
            for k in range(count):
                y = y.linear(self.parameters[2 * k].T, self.parameters[2 * k + 1])
                y = activations[network.last if k == count - 1 else network.hidden](y)
            return y

        @TinyJit
        def predict():
            return output().realize()

        @TinyJit
        def step():
            loss = losses[network.loss](output(), self.t).mean()
            slopes = loss.gradient(*self.parameters)
            for part, slope in zip(self.parameters, slopes):
                part.assign(part - network.lr * slope)
            return loss.realize(*self.parameters)

        self.work = predict if row.kind == "predict" else step
        for _ in range(3):  # the jit records at its second call
            self.work()

    def reset(self):
        for part, start in zip(self.parameters, self.start):
            part.assign(Tensor(start)).realize()

    def run(self, count):
        for _ in range(count):
            self.result = self.work()
        self.result.numpy()

    def results(self):
        value = self.result.numpy()
        if self.row.kind == "predict":
            return value.ravel()
        return np.concatenate([[value], *[part.numpy().ravel() for part in self.parameters]])
