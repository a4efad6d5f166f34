"""What is measured: the networks and the rows of the table."""

import dataclasses
import fnmatch


@dataclasses.dataclass(frozen=True)
class Network:
    """A chain of linear layers: an activation after each hidden one, `last` after the last."""

    name: str
    widths: tuple
    hidden: str
    last: str
    loss: str
    lr: float

    @property
    def layers(self):
        """(inputs, outputs) of each linear layer."""
        return list(zip(self.widths, self.widths[1:]))

    @property
    def parameters(self):
        return sum(i * o + o for i, o in self.layers)

    def flops(self, kind, batch):
        """Of the matrix products alone, a multiplication and an addition counted as two.

        Forward 2·I·O a sample and layer, as much again for the weights' gradient, and as much again
        for the gradient that flows to the layer's input, which the first layer does not need.
        """
        forward = sum(i * o for i, o in self.layers)
        if kind == "predict":
            return 2 * batch * forward
        first_inputs, first_outputs = self.layers[0]
        return 2 * batch * (3 * forward - first_inputs * first_outputs)


networks = {
    network.name: network
    for network in [
        #       name        widths                hidden     last        loss             lr
        Network("backprop", (2, 2, 2),            "sigmoid", "sigmoid",  "half_squares",  0.5),
        Network("a",        (784, 128, 10),       "relu",    "identity", "cross_entropy", 0.01),
        Network("b",        (784, 512, 512, 10),  "relu",    "identity", "cross_entropy", 0.01),
        Network("c",        (64, 64, 64, 64, 1),  "tanh",    "identity", "squares",       0.01),
    ]
}


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the table: work on a network, at a batch size, in a precision, on some threads.

    `kind`: "train" is one step of gradient descent on the mean loss of the batch, "predict" the
    output alone, "gradient" the mean loss and its gradient without the update.
    """

    network: str
    kind: str
    batch: int
    real: str = "f32"
    threads: int = 1

    @property
    def name(self):
        if self.network == "backprop":
            return ("step-" if self.kind == "train" else "gradient_many-") + self.real
        suffix = "-2t" if self.threads == 2 else ""
        return f"{self.network}-{self.kind}-{self.batch}{suffix}"

    @property
    def title(self):
        if self.network == "backprop":
            if self.kind == "train":
                return f"worked example, one step, {self.real}"
            return f"worked example, gradient of {self.batch} samples, {self.real}"
        threads = ", 2 threads" if self.threads == 2 else ""
        return f"({self.network}) {self.kind} {self.batch}{threads}"

    @property
    def flops(self):
        return networks[self.network].flops(self.kind, self.batch)


rows = (
    [Row("backprop", "train", 1, real) for real in ("f64", "f32")]
    + [Row("backprop", "gradient", 512, real) for real in ("f64", "f32")]
    + [Row(name, "train", batch) for name in "abc" for batch in (1, 32, 128, 512)]
    + [Row(name, "predict", 1) for name in "abc"]
    + [Row(name, "train", batch, threads=2) for name in "abc" for batch in (32, 128, 512)]
)


def chosen(patterns):
    """The rows whose names match one of the patterns, in the table's order."""
    return [row for row in rows if any(fnmatch.fnmatch(row.name, p) for p in patterns)]
