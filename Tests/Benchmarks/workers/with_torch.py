"""PyTorch: eager, and through torch.compile."""

import numpy as np
import torch
import torch.nn.functional as F

from harness import data
from harness.rows import networks

activations = {
    "identity": lambda z: z,
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
}
losses = {
    "half_squares": lambda y, t, n: ((y - t) ** 2).sum() / (2 * n),
    "squares": lambda y, t, n: ((y - t) ** 2).sum() / n,
    "cross_entropy": lambda y, t, n: F.cross_entropy(y, t),
}


class Eager:
    compiles = False

    def __init__(self, threads):
        torch.set_num_threads(threads)

    def load(self, row):
        self.row, self.network = row, networks[row.network]
        block, x, t = data.numbers(row)
        parts = [part for layer in data.split(self.network, block) for part in layer]
        self.start = [torch.tensor(part) for part in parts]
        self.parameters = [part.clone().requires_grad_() for part in self.start]
        self.x, self.t = torch.tensor(x), torch.tensor(t)
        if self.network.loss == "cross_entropy":
            self.t = self.t.argmax(dim=1)
        if self.compiles:
            torch._dynamo.reset()
            self.output = torch.compile(self._output, dynamic=False)
            self.value = torch.compile(self._value, dynamic=False)
        else:
            self.output, self.value = self._output, self._value

    def _output(self, parameters, x):
        count = len(parameters) // 2
        for k in range(count):
            x = F.linear(x, parameters[2 * k], parameters[2 * k + 1])
            x = activations[self.network.last if k == count - 1 else self.network.hidden](x)
        return x

    def _value(self, parameters, x, t):
        return losses[self.network.loss](self._output(parameters, x), t, self.row.batch)

    def reset(self):
        with torch.no_grad():
            for part, start in zip(self.parameters, self.start):
                part.copy_(start)

    def predict(self):
        self.y = self.output(self.parameters, self.x)

    def gradient(self):
        for part in self.parameters:
            part.grad = None
        self.loss = self.value(self.parameters, self.x, self.t)
        self.loss.backward()

    def step(self):
        self.gradient()
        with torch.no_grad():
            gradients = [part.grad for part in self.parameters]
            torch._foreach_add_(self.parameters, gradients, alpha=-self.network.lr)

    def run(self, count):
        if self.row.kind == "predict":
            with torch.inference_mode():
                for _ in range(count):
                    self.predict()
        else:
            work = self.gradient if self.row.kind == "gradient" else self.step
            for _ in range(count):
                work()

    def results(self):
        if self.row.kind == "predict":
            return self.y.numpy().ravel()
        parts = self.parameters
        if self.row.kind == "gradient":
            parts = [part.grad for part in parts]
        flat = [part.detach().numpy().ravel() for part in parts]
        return np.concatenate([[self.loss.item()], *flat])


class Compiled(Eager):
    compiles = True
