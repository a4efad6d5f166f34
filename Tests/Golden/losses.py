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

PAIR = [([0.75, -0.25], [0.01, 0.99]), ([-1.5, 0.5], [2.0, 3.0])]
VARIANCE = [([1.5, 3.0], [0.3, 0.4]), ([0.5, 0.2], [1.0, 2.5])]
COUNTS = [([0.3, -1.2, 1.5, 0.0], [0.0, 1.0, 3.0, 7.0])]
TIE = [([0.0, 1.0, 0.0], [0.0, 1.0, 0.0])]  # gaps of exactly the margin
LABELS = [([0.3, -1.2, 2.5, 0.1], [1.0, 0.0, 1.0, 0.0]), ([1.0, 0.0, 0.5], [1.0, 0.0, 0.0])]
SIGNS = [([0.3, -1.2, 2.5, 0.1], [1.0, -1.0, -1.0, 1.0]), ([1.0, -1.0, 1.0, 0.5], [1.0, -1.0, -1.0, 1.0])]


def T(*numbers):
    return torch.tensor([float(n) for n in numbers])


def pinball(y, t, q):
    return torch.maximum(q * (t - y), (q - 1) * (t - y)).sum()


def bce(y, t, w):
    return -(w * (t * torch.log(y) + (1 - t) * torch.log(1 - y))).sum()


def cosine(a, b, sign, margin):
    return F.cosine_embedding_loss(a[None], b[None], T(sign), margin=margin, reduction="sum")


def multi_margin(y, t, p, margin, w):
    """Written out, since PyTorch has no second derivative of its own; value and gradient are compared with its."""
    c = int(t.argmax())
    gaps = [(margin - y[c] + y[i]).clamp_min(0) ** p for i in range(len(y)) if i != c]
    value = w[c] * sum(gaps) / len(y)
    theirs = F.multi_margin_loss(y[None], t.argmax()[None], p=p, margin=margin, weight=w, reduction="sum")
    mine = torch.autograd.grad(value, y, retain_graph=True)[0]
    assert torch.allclose(value, theirs, rtol=1e-15) and torch.allclose(mine, torch.autograd.grad(theirs, y)[0], rtol=1e-15)
    return value


def multilabel_margin(y, t):
    """Its value by PyTorch, which states no second derivative: the loss is linear."""
    places = [i for i, c in enumerate(t.tolist()) if c] + [-1] * int((t == 0).sum())
    value = F.multilabel_margin_loss(y[None], torch.tensor([places]), reduction="sum")
    return value


def bounded_bce(y, t):
    return F.binary_cross_entropy(y, t, reduction="sum")


# PyTorch has no second derivative of these, which are linear but for kinks.
LINEAR = ["multi_margin", "multilabel_margin"]

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
    # Losses by keys, and those of torch.nn.functional beside them.
    ("mse(weight=[0.5, 2])", lambda y, t: F.mse_loss(y, t, reduction="sum", weight=T(0.5, 2)), PAIR, []),
    ("mae(weight=[0.5, 2])", lambda y, t: F.l1_loss(y, t, reduction="sum", weight=T(0.5, 2)), PAIR, []),
    ("huber(delta=0.7)", lambda y, t: F.huber_loss(y, t, reduction="sum", delta=0.7), REAL + KINK, []),
    ("huber(delta=0.7, weight=[0.5, 2])",
     lambda y, t: F.huber_loss(y, t, reduction="sum", delta=0.7, weight=T(0.5, 2)), PAIR, []),
    ("smooth_l1", lambda y, t: F.smooth_l1_loss(y, t, reduction="sum"), REAL + KINK, []),
    ("smooth_l1(beta=0.7)", lambda y, t: F.smooth_l1_loss(y, t, reduction="sum", beta=0.7), REAL + KINK, []),
    ("smooth_l1(beta=0)", lambda y, t: F.smooth_l1_loss(y, t, reduction="sum", beta=0), REAL + KINK, []),
    ("quantile", lambda y, t: pinball(y, t, 0.5), REAL, []),
    ("quantile(q=0.9)", lambda y, t: pinball(y, t, 0.9), REAL, []),
    ("poisson_nll", lambda y, t: F.poisson_nll_loss(y, t, reduction="sum"), COUNTS, []),
    ("poisson_nll(full=yes)", lambda y, t: F.poisson_nll_loss(y, t, full=True, reduction="sum"), COUNTS, []),
    ("poisson_nll(log_input=no)",
     lambda y, t: F.poisson_nll_loss(y, t, log_input=False, reduction="sum"), PROBABLE, []),
    ("poisson_nll(log_input=no, eps=0.1)",
     lambda y, t: F.poisson_nll_loss(y, t, log_input=False, eps=0.1, reduction="sum"), PROBABLE, []),
    ("gaussian_nll(y, t, [0.5, 2])", lambda y, t: F.gaussian_nll_loss(y, t, T(0.5, 2), reduction="sum"), PAIR, []),
    ("gaussian_nll(y, t, [0.5, 2], full=yes, eps=1)",
     lambda y, t: F.gaussian_nll_loss(y, t, T(0.5, 2), full=True, eps=1.0, reduction="sum"), PAIR, []),
    ("gaussian_nll([0.5, 2], t, y, eps=1)",
     lambda y, t: F.gaussian_nll_loss(T(0.5, 2), t, y, eps=1.0, reduction="sum"), VARIANCE, []),
    ("bce(weight=[0.5, 2])", lambda y, t: bce(y, t, T(0.5, 2)), PROBABLE[:1], []),
    ("bce_logits(weight=[0.5, 2, 1])",
     lambda y, t: F.binary_cross_entropy_with_logits(y, t, T(0.5, 2, 1), reduction="sum"), LOGITS[:3], []),
    ("bce_logits(pos_weight=3)",
     lambda y, t: F.binary_cross_entropy_with_logits(y, t, pos_weight=T(3), reduction="sum"), LOGITS, []),
    ("bce_logits(pos_weight=[0.5, 2, 1], weight=2)",
     lambda y, t: F.binary_cross_entropy_with_logits(y, t, T(2), pos_weight=T(0.5, 2, 1), reduction="sum"),
     LOGITS[:3], []),
    ("cross_entropy(weight=[0.5, 2, 1])",
     lambda y, t: F.cross_entropy(y[None], t[None], T(0.5, 2, 1), reduction="sum"), CLASSES[:2], []),
    ("cross_entropy(smoothing=0.1)",
     lambda y, t: F.cross_entropy(y[None], t[None], label_smoothing=0.1, reduction="sum"), CLASSES[:3], []),
    ("cross_entropy(weight=[0.5, 2, 1], smoothing=0.2)",
     lambda y, t: F.cross_entropy(y[None], t.argmax()[None], T(0.5, 2, 1), label_smoothing=0.2, reduction="sum"),
     CLASSES[:1], []),
    ("nll(weight=[0.5, 2, 1])",
     lambda y, t: F.nll_loss(y[None], t.argmax()[None], T(0.5, 2, 1), reduction="sum"), LOG_PROBABLE[:1], []),
    ("kl_div", lambda y, t: F.kl_div(y, t, reduction="sum"), LOG_PROBABLE, []),
    ("kl_div(log_target=yes)", lambda y, t: F.kl_div(y, t, reduction="sum", log_target=True), LOG_PROBABLE, []),
    ("multi_margin", lambda y, t: F.multi_margin_loss(y[None], t.argmax()[None], reduction="sum"), CLASSES[:1] + TIE, []),
    ("multi_margin(p=2, margin=0.5, weight=[0.5, 2, 1])",
     lambda y, t: multi_margin(y, t, 2, 0.5, T(0.5, 2, 1)), CLASSES[:1], []),
    ("multilabel_margin", multilabel_margin, LABELS, []),
    ("multilabel_soft_margin", lambda y, t: F.multilabel_soft_margin_loss(y[None], t[None], reduction="sum"),
     LOGITS[:3], []),
    ("multilabel_soft_margin(weight=[0.5, 2, 1])",
     lambda y, t: F.multilabel_soft_margin_loss(y[None], t[None], T(0.5, 2, 1), reduction="sum"), LOGITS[:3], []),
    ("hinge", lambda y, t: (1 - t * y).clamp_min(0).sum(), SIGNS, []),
    ("hinge(margin=0.5)", lambda y, t: (0.5 - t * y).clamp_min(0).sum(), SIGNS, []),
    ("hinge_embedding", lambda y, t: F.hinge_embedding_loss(y, t, reduction="sum"), SIGNS, []),
    ("hinge_embedding(margin=0.3)", lambda y, t: F.hinge_embedding_loss(y, t, 0.3, reduction="sum"), SIGNS, []),
    ("soft_margin", lambda y, t: F.soft_margin_loss(y, t, reduction="sum"), SIGNS, []),
    ("margin_ranking(y, [0.5, 2, 1, 0], t)",
     lambda y, t: F.margin_ranking_loss(y, T(0.5, 2, 1, 0), t, reduction="sum"), SIGNS, []),
    ("margin_ranking(y, [0.5, 2, 1, 0], t, margin=0.5)",
     lambda y, t: F.margin_ranking_loss(y, T(0.5, 2, 1, 0), t, 0.5, reduction="sum"), SIGNS, []),
    ("cosine_embedding(y, t, 1)", lambda y, t: cosine(y, t, 1, 0), REAL[:2], []),
    ("cosine_embedding(y, t, -1, margin=-0.9)", lambda y, t: cosine(y, t, -1, -0.9), REAL[:2], []),
    ("triplet_margin(y, t, [0.5, 2])", lambda y, t: F.triplet_margin_loss(y, t, T(0.5, 2)), PAIR, []),
    ("triplet_margin(y, t, [0.5, 2], p=1, margin=5)",
     lambda y, t: F.triplet_margin_loss(y, t, T(0.5, 2), p=1, margin=5.0), PAIR, []),
    ("triplet_margin(y, t, [0.5, 2], p=3, margin=5, eps=0.01)",
     lambda y, t: F.triplet_margin_loss(y, t, T(0.5, 2), p=3, margin=5.0, eps=0.01), PAIR, []),
    ("triplet_margin(t, y, [0.5, 2], swap=yes, margin=5)",
     lambda y, t: F.triplet_margin_loss(t, y, T(0.5, 2), swap=True, margin=5.0), PAIR, []),
]


def entry(name, function, y, t):
    y = torch.tensor(y, requires_grad=True)
    t = torch.tensor(t)
    v = torch.tensor([1.0 - 0.75 * i for i in range(len(y))])
    value = function(y, t)
    gradient = torch.autograd.grad(value, y, create_graph=True)[0]
    hvp = None
    if gradient.requires_grad and name not in LINEAR:
        hvp = torch.autograd.grad((gradient * v).sum(), y, allow_unused=True)[0]
    hvp = torch.zeros_like(y) if hvp is None else hvp + torch.zeros_like(y)
    return {"loss": name, "y": y, "t": t, "value": value, "gradient": gradient, "v": v, "hvp": hvp}


if __name__ == "__main__":
    write(
        "losses.json",
        [entry(n, f, y, t) for n, f, points, _ in ROWS for y, t in points],
        edges=[entry(n, f, y, t) for n, f, _, points in ROWS for y, t in points],
    )
