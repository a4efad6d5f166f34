"""updates.json: every update rule, five steps on a small network, one sample and a batch of four."""

import torch

from golden import rule_signed, write
from model import Network

NETWORK = "linear 2->3; tanh; linear 3->1; loss mse/2; train "
RULES = [
    "sgd",
    "sgd lr=0.5",
    "sgd lr=0.1 momentum=0.9",
    "sgd lr=0.1 weight_decay=0.01",
    "sgd lr=0.1 momentum=0.9 nesterov=yes",
    "sgd lr=0.1 momentum=0.9 nesterov=no",
    "sgd lr=0.1 momentum=0.8 nesterov=yes weight_decay=0.05",
    "adam",
    "adam lr=0.05",
    "adam lr=0.05 beta1=0.8 beta2=0.95 eps=1e-4",
    "adam lr=0.05 weight_decay=0.1",
    "adamw",
    "adamw lr=0.05 weight_decay=0.1",
    "adamw lr=0.05 beta1=0.5 beta2=0.9 eps=1e-6 weight_decay=0",
    "rmsprop",
    "rmsprop lr=0.02 alpha=0.9 eps=1e-3",
    "rmsprop lr=0.02 momentum=0.9",
    "rmsprop lr=0.02 momentum=0.5 weight_decay=0.1",
    "adagrad",
    "adagrad lr=0.1 eps=1e-3",
    "adagrad lr=0.1 weight_decay=0.1",
]
X = [[0.05, 0.10], [-0.8, 0.3], [1.5, -0.6], [0.2, 0.9]]
T = [[0.7], [-0.2], [0.4], [1.1]]
START = {
    "linear1.weight": [[0.15, -0.20], [0.25, 0.30], [-0.45, 0.60]],
    "linear1.bias": [0.35, -0.10, 0.05],
    "linear2.weight": [[0.40, -0.55, 0.50]],
    "linear2.bias": [0.20],
}


def run(rule, count):
    network = Network(NETWORK + rule)
    for name, values in START.items():
        network.parameters[name].data.copy_(torch.tensor(values))
    xs, ts = torch.tensor(X[:count]), torch.tensor(T[:count])
    losses, steps = [], []
    for loss in network.steps(xs, ts):
        losses.append(loss)
        steps.append({n: p.detach().clone() for n, p in network.parameters.items()})
    return {"losses": losses, "parameters": steps}


if __name__ == "__main__":
    write(
        "updates.json",
        [{"train": r, "single": run(r, 1), "batch": run(r, 4)} for r in RULES],
        source=NETWORK.removesuffix("train "), x=X, t=T, start=START,
    )
