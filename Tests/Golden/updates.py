"""updates.json: every update rule, fifty steps on a small network, one sample and a batch of four."""

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
    "sgd lr=0.1 momentum=0.9 dampening=0.3",
    "sgd lr=0.02 maximize=yes weight_decay=0.1",
    "sgd lr=0.5 clip_norm=0.1",
    "sgd lr=0.5 momentum=0.5 clip_value=0.05",
    "sgd lr=0.2 ema=0.9",
    "adam lr=0.05 amsgrad=yes",
    "adam lr=0.05 weight_decay=0.1 decoupled_weight_decay=yes",
    "adam lr=0.05 betas=0.8,0.99 ema=0.99 clip_norm=0.2",
    "adam lr=0.01 maximize=yes",
    "adamw lr=0.05 amsgrad=yes beta2=0.9",
    "rmsprop centered=yes",
    "rmsprop lr=0.02 centered=yes momentum=0.5 weight_decay=0.1 maximize=yes",
    "rmsprop",
    "rmsprop lr=0.005 alpha=0.9 eps=1e-3",
    "rmsprop lr=0.02 momentum=0.9",
    "rmsprop lr=0.02 momentum=0.5 weight_decay=0.1",
    "adagrad",
    "adagrad lr=0.1 eps=1e-3",
    "adagrad lr=0.1 weight_decay=0.1",
    "adagrad lr=0.1 lr_decay=0.05 initial_accumulator_value=0.3 maximize=yes",
    "adadelta",
    "adadelta lr=0.5 rho=0.8 eps=1e-4 weight_decay=0.1 maximize=yes",
    "adamax",
    "adamax lr=0.05 betas=0.8,0.95 eps=1e-4 weight_decay=0.1 maximize=yes",
    "nadam",
    "nadam lr=0.05 betas=0.8,0.95 eps=1e-4 weight_decay=0.1 momentum_decay=0.1",
    "nadam lr=0.05 weight_decay=0.1 decoupled_weight_decay=yes maximize=yes",
    "radam",
    "radam lr=0.05 betas=0.8,0.95 eps=1e-4 weight_decay=0.1",
    "radam lr=0.05 betas=0.5,0.6",
    "radam lr=0.05 weight_decay=0.1 decoupled_weight_decay=yes maximize=yes",
    "asgd",
    "asgd lr=0.02 lambd=0.01 alpha=0.5 t0=5 weight_decay=0.1 maximize=yes",
    "rprop",
    "rprop lr=0.05 etas=0.4,1.5 step_sizes=0.001,0.2 maximize=yes",
    "adafactor",
    "adafactor lr=0.1 beta2_decay=-0.5 eps1=1e-5 eps2=0.01 d=1.5 weight_decay=0.1 maximize=yes",
    "lion",
    "lion lr=0.01 betas=0.8,0.95 weight_decay=0.1 maximize=yes",
    "lamb",
    "lamb lr=0.05 betas=0.8,0.95 eps=1e-4 weight_decay=0 maximize=yes",
    "muon",
    "muon lr=0.02 nesterov=no weight_decay=0.05 momentum=0.8 ns_steps=3",
    "muon lr=0.02 ns_coefficients=(2,-1.5,0.5) eps=1e-3 adjust_lr_fn=match_rms_adamw betas=0.8,0.9 adamw_eps=1e-4"
    " maximize=yes",
]
AT = [1, 2, 5, 20, 50]
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
    for number, loss in enumerate(network.steps(xs, ts, AT[-1]), 1):
        if number in AT:
            losses.append(loss)
            now = {n: p.detach().clone() for n, p in network.parameters.items()}
            steps.append(now | network.rule.averaged())
    return {"losses": losses, "parameters": steps}


if __name__ == "__main__":
    write(
        "updates.json",
        [{"train": r, "single": run(r, 1), "batch": run(r, 4)} for r in RULES],
        at=AT, source=NETWORK.removesuffix("train "), x=X, t=T, start=START,
    )
