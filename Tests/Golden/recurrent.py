"""recurrent.json: recurrent layers, alone and in small networks, against torch.nn.RNN, LSTM and GRU.

The entries are as those of `sequences.json`.
"""

import torch

from golden import RULE, write
from sequences import embedding, entry, last, linear, weights

GATES = {"rnn": 1, "lstm": 4, "gru": 3}
MODULES = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}


def shapes(kind, inputs, width, layers=1, both=False, bias=True, number=1):
    """The parameters in nnc's order: layer by layer, direction by direction, as PyTorch's."""
    result = {}
    for layer in range(layers):
        for end in ["", "_reverse"] if both else [""]:
            end = f"_l{layer}{end}"
            own = {"weight_ih": (GATES[kind] * width, inputs if layer == 0 else width * (2 if both else 1)), "weight_hh": (GATES[kind] * width, width)}
            if bias:
                own |= {"bias_ih": (GATES[kind] * width,), "bias_hh": (GATES[kind] * width,)}
            result |= {f"{kind}{number}.{name}{end}": shape for name, shape in own.items()}
    return result


def recurrent(kind, inputs, width, layers=1, both=False, bias=True, number=1, gives_last=False, **keys):
    """PyTorch's module with a network's parameters."""
    module = MODULES[kind](inputs, width, layers, bias=bias, bidirectional=both, batch_first=True, **keys).double()
    name = f"{kind}{number}."

    def run(p, x):
        own = {k[len(name):]: v for k, v in p.items() if k.startswith(name)}
        y, state = torch.func.functional_call(module, own, (x[None],))
        if not gives_last:
            return y[0]
        h = state[0] if kind == "lstm" else state
        return h[-2 if both else -1:, 0].reshape(-1)
    return run


def one(source, kind, inputs, width, after=(), more=(), **keys):
    """A network whose first layer is recurrent."""
    own = {k: v for k, v in keys.items() if k in ("layers", "both", "bias", "number")}
    return (source, None, shapes(kind, inputs, width, **own) | dict(more), [recurrent(kind, inputs, width, **keys), *after], "mse/2")


def words(p, x):
    return torch.tanh(x)


def scan(step, *carried):
    """A loop over the rows of a sequence; `step` gives what flows out and what is carried on."""

    def run(p, x):
        left, rows = [torch.zeros(n, dtype=torch.float64) for n in carried], []
        for row in x:
            y, left = step(p, row, *left)
            rows.append(y)
        return torch.stack(rows)
    return run


def joined(p, x, h):
    h = torch.tanh(torch.nn.functional.linear(torch.cat([x, h]), p["linear1.weight"], p["linear1.bias"]))
    return h, [h]


def memory(p, x, h, c):
    gates = torch.nn.functional.linear(torch.cat([x, h]), p["linear1.weight"], p["linear1.bias"]).reshape(3, 2)
    kept = torch.sigmoid(gates[0])
    c = kept * c + (1 - kept) * torch.tanh(gates[1])
    h = torch.sigmoid(gates[2]) * torch.tanh(c)
    return h, [h, c]


def swapped(p, x, a, b):
    y = torch.sigmoid(p["linear1.weight"] @ x + b)
    return y * a, [b, y]


def momenta(p, x, m):
    m = p["r"] * m + (1 - p["r"]) * x
    return x - m, [m]


ENTRIES = [
    *(one(f"input 4x3; {kind} 3->2", kind, 3, 2) for kind in GATES),
    one("input 1x3; gru 2", "gru", 3, 2),
    one("input 4x2; lstm 2 bias=no give=last", "lstm", 2, 2, bias=False, gives_last=True),
    one("input 3x2; gru 2 bidirectional=yes", "gru", 2, 2, both=True),
    one("input 3x2; lstm 2 layers=2", "lstm", 2, 2, layers=2),
    one("input 3x2; rnn 2 layers=2 bidirectional=yes give=last", "rnn", 2, 2, layers=2, both=True, gives_last=True),
    one("input 3x2; rnn 2 nonlinearity=relu", "rnn", 2, 2, nonlinearity="relu"),
    one("input 5x2; lstm 2; tanh; last; linear 2", "lstm", 2, 2, after=[words, last, linear("linear1")], more=weights("linear1", 2, 2)),
    ("input 4x2; gru 3; gru 2", None, shapes("gru", 2, 3) | shapes("gru", 3, 2, number=2), [recurrent("gru", 2, 3), recurrent("gru", 3, 2, number=2)], "mse/2"),
    ("input 4 of 5; embedding 5->2; lstm 2; linear 5", [3, 4, 0, 3], weights("embedding1", 5, 2, bias=False) | shapes("lstm", 2, 2) | weights("linear1", 5, 2),
     [embedding("embedding1"), recurrent("lstm", 2, 2), linear("linear1")], "cross_entropy"),
    ("input 4x3; scan h=2 { concat h; linear 2; tanh }", None, weights("linear1", 2, 5), [scan(joined, 2)], "mse/2"),
    ("input 4x3; scan h=2 c=2 { concat h; linear 6; gates: reshape 3x2; c: = sigmoid(gates[0])*c + (1 - sigmoid(gates[0]))*tanh(gates[1]); h: = sigmoid(gates[2])*tanh(c) }", None,
     weights("linear1", 6, 5), [scan(memory, 2, 2)], "mse/2"),
    ("input 5x2; scan a=2 b=2 { linear 2 bias=no; s: = sigmoid(x + b); product: = x*a; a: = b; b: = s; from product }", None,
     weights("linear1", 2, 2, bias=False), [scan(swapped, 2, 2)], "mse/2"),
    ("input 5x2; param r 2; scan m=2 { e: = x; m: = r*m + (1 - r)*x; = e - x }", None, {"r": (2,)}, [scan(momenta, 2)], "mse/2"),
]

if __name__ == "__main__":
    write("recurrent.json", [entry(*e) for e in ENTRIES], rule=RULE)
