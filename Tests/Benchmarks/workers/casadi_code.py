"""Writes CasADi's C for a row: `python casadi_code.py ROW.json FILE.c`.

The worked example is a graph of scalars (SX), the others are graphs of matrices (MX), which is
what CasADi's C is good at; many samples of the worked example are mapped, sums inside.
A matrix lies column by column, so the parameters come so, and x is (inputs, batch).
"""

import json
import pathlib
import sys

import casadi as ca

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from harness.rows import Row, networks  # noqa: E402

activations = {
    "identity": lambda z: z,
    "relu": lambda z: ca.fmax(z, 0),
    "tanh": ca.tanh,
    "sigmoid": lambda z: 1 / (1 + ca.exp(-z)),
}


def cross_entropy(y, t):
    # Without the largest output taken off: the logits stay small here, and CasADi has no maximum
    # over one axis that can be differentiated.
    return ca.sum1(ca.log(ca.sum1(ca.exp(y)))) - ca.sum1(t * y)


losses = {
    "half_squares": lambda y, t: ca.sum1((y - t) ** 2) / 2,
    "squares": lambda y, t: ca.sum1((y - t) ** 2),
    "cross_entropy": cross_entropy,
}


def function(row):
    network = networks[row.network]
    scalars = network.name == "backprop"
    batch = 1 if scalars else row.batch
    kind = ca.SX if scalars else ca.MX
    block = kind.sym("p", network.parameters)
    x, t = kind.sym("x", network.widths[0], batch), kind.sym("t", network.widths[-1], batch)
    y, at, count = x, 0, len(network.layers)
    for k, (i, o) in enumerate(network.layers):
        weight = ca.reshape(block[at : at + i * o], o, i)
        bias = block[at + i * o : at + i * o + o]
        y = weight @ y + (bias if batch == 1 else ca.repmat(bias, 1, batch))
        y = activations[network.last if k == count - 1 else network.hidden](y)
        at += i * o + o
    if row.kind == "predict":
        return ca.Function("bench", [block, x], [y])
    loss = ca.sum2(losses[network.loss](y, t)) / batch
    slopes = ca.gradient(loss, block)
    if row.kind == "train":
        return ca.Function("bench", [block, x, t], [loss, block - network.lr * slopes])
    one = ca.Function("one", [block, x, t], [loss, slopes])
    many = one.map("many", "serial", row.batch, [0], [0, 1])
    p = ca.MX.sym("p", network.parameters)
    xs = ca.MX.sym("x", network.widths[0], row.batch)
    ts = ca.MX.sym("t", network.widths[-1], row.batch)
    total, sums = many(p, xs, ts)
    return ca.Function("bench", [p, xs, ts], [total / row.batch, sums / row.batch])


if __name__ == "__main__":
    row = Row(**json.loads(pathlib.Path(sys.argv[1]).read_text()))
    path = pathlib.Path(sys.argv[2]).resolve()
    options = {"casadi_real": "float" if row.real == "f32" else "double"}
    generator = ca.CodeGenerator(path.name, options)
    generator.add(function(row))
    generator.generate(str(path.parent) + "/")
