"""kinks.json: the subgradients that PyTorch takes at kinks and ties, one for each function of the language that has any.

`expression` is nnc's, of x and perhaps y; `x` and `y` are where, `gradient` PyTorch's by x. Run by: python3 kinks.py
"""

import json
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)

# nnc's expression, PyTorch's, x, y
ROWS = [
    ("abs(x)", torch.abs, 0.0, None),
    ("sqrt(x)", torch.sqrt, 0.0, None),
    ("relu(x)", F.relu, 0.0, None),
    ("relu6(x)", F.relu6, 0.0, None),
    ("relu6(x)", F.relu6, 6.0, None),
    ("leaky_relu(x, slope=0.25)", lambda x: F.leaky_relu(x, 0.25), 0.0, None),
    ("elu(x)", F.elu, 0.0, None),
    ("elu(x, alpha=0.5)", lambda x: F.elu(x, 0.5), 0.0, None),
    ("selu(x)", F.selu, 0.0, None),
    ("softsign(x)", F.softsign, 0.0, None),
    ("hardtanh(x)", F.hardtanh, -1.0, None),
    ("hardtanh(x)", F.hardtanh, 1.0, None),
    ("hardsigmoid(x)", F.hardsigmoid, -3.0, None),
    ("hardsigmoid(x)", F.hardsigmoid, 3.0, None),
    ("hardswish(x)", F.hardswish, -3.0, None),
    ("hardswish(x)", F.hardswish, 3.0, None),
    ("sign(x)", torch.sign, 0.0, None),
    ("floor(x)", torch.floor, 1.0, None),
    ("ceil(x)", torch.ceil, 1.0, None),
    ("round(x)", torch.round, 0.5, None),
    ("trunc(x)", torch.trunc, -1.0, None),
    ("mod(x, y)", torch.remainder, 4.0, 2.0),
    ("clamp(x, -1, 1)", lambda x: torch.clamp(x, -1, 1), -1.0, None),
    ("clamp(x, -1, 1)", lambda x: torch.clamp(x, -1, 1), 1.0, None),
    ("atan2(x, y)", torch.atan2, 0.0, 0.0),
    ("sinc(x)", torch.sinc, 0.0, None),
    ("norm(x)", torch.linalg.vector_norm, [0.0, 0.0], None),
    ("norm(x)", torch.linalg.vector_norm, [0.0, 0.0, 3.0], None),
    ("max(x)", torch.amax, [1.0, 1.0], None),
    ("max(x)", torch.amax, [1.0, 1.0, 0.0], None),
    ("max(x)", torch.amax, [2.0, 2.0, 2.0], None),
    ("min(x)", torch.amin, [1.0, 1.0, 2.0], None),
    ("max(x, y)", torch.maximum, 1.0, 1.0),
    ("min(x, y)", torch.minimum, 1.0, 1.0),
    ("where(x < 0, 0, x)", lambda x: torch.where(x < 0, torch.zeros(()), x), 0.0, None),
    ("x^y", torch.pow, 0.0, 0.0),
    ("x^y", torch.pow, 0.0, 1.0),
    ("x^y", torch.pow, 0.0, 2.0),
    ("mae(x, y)", lambda x, y: F.l1_loss(x, y, reduction="sum"), [1.0, 2.0], [1.0, 1.0]),
    ("huber(x, y)", lambda x, y: F.huber_loss(x, y, reduction="sum"), [0.0, 1.0, -1.0], [0.0, 0.0, 0.0]),
    ("bce(x, y)", lambda x, y: F.binary_cross_entropy(x, y, reduction="sum"), [0.5], [1.0]),
]

entries = []
for expression, function, x, y in ROWS:
    given = torch.tensor(x, requires_grad=True)
    value = function(given) if y is None else function(given, torch.tensor(y))
    gradient = torch.autograd.grad(value.sum(), given)[0].tolist()
    plain = lambda v: v if isinstance(v, list) else [v]
    numbers = ["Infinity" if g == float("inf") else g for g in plain(gradient)]
    entries.append({"expression": expression, "x": plain(x), "y": [] if y is None else plain(y), "gradient": numbers})
lines = ",\n".join(json.dumps(e) for e in entries)
pathlib.Path(__file__).with_name("kinks.json").write_text(
    '{"made": {"torch": "' + torch.__version__ + '"},\n"entries": [\n' + lines + "\n]}\n")
print(len(entries), "kinks")
