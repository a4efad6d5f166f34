"""losses.json: every loss of the language: value, gradient by y and Hessian-vector product.

`edges` are points where a probability is 0 or 1; PyTorch bounds its logarithms below by -100 there.
"""

import torch
import torch.nn.functional as F

from golden import write
from model import LOSSES

REAL = [
    ([0.75, -0.25], [0.01, 0.99]),
    ([0.3, -1.2, 2.5, 0.0], [0.1, 0.4, -2.5, 1.0]),
    ([1e3, -1e-3, 7.0], [-1e3, 1e-3, 7.5]),
    ([0.5], [0.25]),
]
KINK = [([1.0, 2.0, -1.0, 0.5], [1.0, 1.0, 0.0, 1.5])]  # errors of 0 and of exactly 1
PROBABLE = [
    ([0.7513650695523157, 0.7729284653214625], [0.01, 0.99]),
    ([0.5, 0.1, 0.9], [0.0, 1.0, 1.0]),
    ([1e-6, 0.999999, 0.3], [0.25, 1.0, 0.5]),
]
LOGITS = [
    ([0.3, -1.2, 2.5], [0.0, 1.0, 1.0]),
    ([0.0, 40.0, -40.0], [0.3, 0.5, 0.5]),
    ([1000.0, -1000.0, 800.0], [0.0, 1.0, 0.25]),
    ([5.0], [1.0]),
]
CLASSES = [
    ([0.3, -1.2, 2.5], [0.0, 1.0, 0.0]),
    ([0.3, -1.2, 2.5], [0.2, 0.5, 0.3]),
    ([1.0, 1.0, 1.0, 1.0], [0.0, 0.0, 0.0, 1.0]),
    ([1000.0, -1000.0, 0.0], [0.0, 1.0, 0.0]),
    ([0.5, -0.5], [1.0, 0.5]),  # a target that does not sum to 1
]
LOG_PROBABLE = [([-0.5, -2.0, -1.3], [0.0, 1.0, 0.0]), ([-0.1, -3.0], [0.25, 0.75])]



def bounded_bce(y, t):
    return F.binary_cross_entropy(y, t, reduction="sum")


ROWS = [
    ("mse", LOSSES["mse"], REAL + KINK, []),
    ("mse/2", lambda y, t: LOSSES["mse"](y, t) / 2, REAL + KINK, []),
    ("sum((y - t)^2)/2", lambda y, t: ((y - t) ** 2).sum() / 2, REAL + KINK, []),
    ("mae", LOSSES["mae"], REAL + KINK, []),
    ("huber", LOSSES["huber"], REAL + KINK, []),
    ("bce", LOSSES["bce"], PROBABLE, []),
    ("bce", bounded_bce, [], [([0.0, 1.0], [0.0, 1.0]), ([0.0, 1.0], [1.0, 0.0])]),
    ("bce_logits", LOSSES["bce_logits"], LOGITS, []),
    ("cross_entropy", LOSSES["cross_entropy"], CLASSES, []),
    ("nll", LOSSES["nll"], LOG_PROBABLE, []),
]


def entry(name, function, y, t):
    y = torch.tensor(y, requires_grad=True)
    t = torch.tensor(t)
    v = torch.tensor([1.0 - 0.75 * i for i in range(len(y))])
    value = function(y, t)
    gradient = torch.autograd.grad(value, y, create_graph=True)[0]
    if gradient.requires_grad:
        hvp = torch.autograd.grad((gradient * v).sum(), y, allow_unused=True)[0]
    else:
        hvp = None
    hvp = torch.zeros_like(y) if hvp is None else hvp + torch.zeros_like(y)
    return {"loss": name, "y": y, "t": t, "value": value, "gradient": gradient, "v": v, "hvp": hvp}


if __name__ == "__main__":
    write(
        "losses.json",
        [entry(n, f, y, t) for n, f, points, _ in ROWS for y, t in points],
        edges=[entry(n, f, y, t) for n, f, _, points in ROWS for y, t in points],
    )
