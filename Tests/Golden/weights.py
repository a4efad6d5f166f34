"""weights.json: weights of classes by scikit-learn, and an epoch of training with them in PyTorch.

`balanced` has scikit-learn's `compute_class_weight("balanced")` of how often each class occurs. `trainings` take some
samples of `iris` by the order of `training.py`. The loss of a batch is the sum over its samples of wᵢ·lᵢ divided by how many
they are: PyTorch's `CrossEntropyLoss(weight=w, reduction="none")(y, t).mean()`. Its own mean divides by the sum of the wᵢ
instead; `weightedMean` has it for the first batch, times Σwᵢ/n, which must be the same.
"""

import numpy as np
import sklearn
import torch
import torch.nn.functional as F
from sklearn.utils.class_weight import compute_class_weight

from golden import write
from model import Network
from training import SEED, data, order, some


def balanced(labels):
    weights = compute_class_weight("balanced", classes=np.unique(labels), y=labels)
    return {"labels": labels.tolist(), "weights": weights.tolist()}


# Samples of each class in turn: the classes are far from equally frequent.
SOME = {
    "3 classes": list(range(50)) + list(range(50, 70)) + list(range(100, 109)),
    "2 classes": list(range(50)) + list(range(50, 62)),
}
NETWORKS = {
    "cross_entropy": "input 4\nlinear 4->8\ntanh\nlinear 8->3\nloss cross_entropy\ntrain sgd lr=0.05 momentum=0.9\n",
    "nll": "input 4\nlinear 4->8\ntanh\nlinear 8->3\nlogsoftmax\nloss nll\ntrain adam lr=0.01\n",
    "mse": "input 4\nlinear 4->8\ntanh\nlinear 8->3\nloss mse\ntrain sgd lr=0.01\n",
    "bce_logits": "input 4\nlinear 4->8\ntanh\nlinear 8->1\nloss bce_logits\ntrain adam lr=0.01\n",
    "bce": "input 4\nlinear 4->8\ntanh\nlinear 8->1\nsigmoid\nloss bce\ntrain sgd lr=0.05\n",
}


def losses(kind, y, t, w):
    """The loss of each sample."""
    if kind == "cross_entropy":
        return F.cross_entropy(y, t.argmax(1), weight=w, reduction="none")
    if kind == "nll":
        return F.nll_loss(y, t.argmax(1), weight=w, reduction="none")
    if kind == "mse":
        return (w[t.argmax(1)][:, None] * (y - t) ** 2).sum(1)
    if kind == "bce_logits":
        return F.binary_cross_entropy_with_logits(
            y, t, weight=w[0], pos_weight=w[1] / w[0], reduction="none"
        ).sum(1)
    return F.binary_cross_entropy(y, t, weight=w[t.long()], reduction="none").sum(1)


def outputs(kind, network, xs):
    p = network.parameters
    hidden = torch.tanh(xs @ p["linear1.weight"].T + p["linear1.bias"])
    y = hidden @ p["linear2.weight"].T + p["linear2.bias"]
    return F.log_softmax(y, 1) if kind == "nll" else torch.sigmoid(y) if kind == "bce" else y


def training(kind, batch=16):
    xs, ts = data("iris", 1)
    rows = SOME["2 classes" if kind.startswith("bce") else "3 classes"]
    classes = ts.argmax(1)[rows].numpy()
    w = torch.tensor(compute_class_weight("balanced", classes=np.unique(classes), y=classes))
    if kind.startswith("bce"):
        ts = ts.argmax(1, keepdim=True).double()
    source = NETWORKS[kind].replace("logsoftmax\n", "").replace("sigmoid\n", "")
    source = source.replace("loss nll", "loss cross_entropy").replace("loss bce\n", "loss bce_logits\n")
    network = Network(source)
    optimizer = network.optimizer()
    places = order(len(rows), SEED, 0)
    total, check = 0.0, None
    for start in range(0, len(places), batch):
        chosen = [rows[place] for place in places[start : start + batch]]
        optimizer.zero_grad()
        y, t = outputs(kind, network, xs[chosen]), ts[chosen]
        loss = losses(kind, y, t, w).mean()
        if kind == "cross_entropy" and check is None:
            mean = F.cross_entropy(y, t.argmax(1), weight=w) * w[t.argmax(1)].sum() / len(chosen)
            assert abs(mean - loss) < 1e-14
            check = mean.item()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(chosen)
    return {
        "loss": kind, "network": NETWORKS[kind], "rows": rows, "batch": batch, "weights": w,
        "meanLoss": total / len(places), "weightedMean": check,
        "parameters": {n: some(p) for n, p in network.parameters.items()},
    }


if __name__ == "__main__":
    draw = np.random.default_rng(11)
    labels = [np.sort(draw.choice(k, size=n, p=draw.dirichlet(np.ones(k)))) for k, n in [(2, 30), (3, 90), (6, 500)]]
    write(
        "weights.json", [balanced(some_labels) for some_labels in labels],
        trainings=[training(kind) for kind in NETWORKS], seed=SEED, sklearn=sklearn.__version__,
    )
