"""samples.json: every network under Samples at parameters given by a rule that needs no file.

Each entry: three samples x, t; output, loss and the derivatives at the first; the mean loss of all
three and its gradient; five training steps on the first sample and on the batch. Large networks
record some entries of a tensor (`at`), with the sum and the sum of magnitudes of all.
"""

import math

import torch

from golden import RULE, SAMPLES, rule_signed, rule_unit, write
from measure import filled, measure
from model import Network

SMALL = 400  # up to this many parameters every entry is recorded
COUNT = 3


def real(width, s):
    return [rule_signed(k, 2000 + s) for k in range(width)]


def probable(width, s):
    return [rule_unit(k, 2000 + s) for k in range(width)]


def binary(width, s):
    return [1.0 if rule_unit(k, 2000 + s) < 0.5 else 0.0 for k in range(width)]


def one_hot(width, s):
    return [1.0 if k == (s * 7 + 1) % width else 0.0 for k in range(width)]


def soft_classes(width, s):
    weights = probable(width, s)
    return [w / sum(weights) for w in weights]


# name, gain, targets
ROWS = [
    ("backprop", 1.0, probable),
    ("backprop-frozen", 1.0, probable),
    ("xor", 1.0, binary),
    ("iris", 1.0, one_hot),
    ("wine", 1.0, one_hot),
    ("penguins", 1.0, real),
    ("autoencoder", 1.0, None),
    ("digits", 1.0, one_hot),
    ("regression", 1.0, real),
    ("residual", 1.0, real),
    ("deep", 1.7, real),
    ("stable", 1.0, binary),
    ("stable-softmax", 1.0, one_hot),
    ("skip", 1.0, soft_classes),
    ("layernorm", 1.0, real),
    ("logistic", 1.0, binary),
    ("ode", 1.0, None),
]

# At this gain the outputs of these two saturate and the loss as written is infinite or NaN.
# PyTorch's own stable loss of the logits is then the reference.
SATURATED = [
    ("stable", 400.0, binary, "squash", "bce_logits"),
    ("stable-softmax", 400.0, one_hot, "softmax", "cross_entropy"),
]


def summary(tensor, small):
    flat = tensor.detach().flatten().tolist()
    if small:
        return flat
    stride = max(1, len(flat) // 6)
    at = list(range(0, len(flat), stride))[:8]
    return {"at": at, "values": [flat[i] for i in at], "sum": math.fsum(flat), "norm1": math.fsum(map(abs, flat))}


def digest(values, small):
    """`deep` has 202 tensors; of many tensors the first, some between and the last stand for all."""
    names = list(values)
    if len(names) > 40:
        names = sorted(set(names[:6] + names[6:-6:23] + names[-6:]), key=names.index)
    return {n: summary(values[n], small) for n in names}


def data(network, first_width, targets):
    xs = [[rule_signed(k, 1000 + s) for k in range(first_width)] for s in range(COUNT)]
    ts = [targets(network.width, s) for s in range(COUNT)] if targets else None
    return xs, ts


def trained(source, gain, xs, ts, small):
    network = Network(source, gain)
    losses = list(network.steps(xs, ts))
    losses.append(network.mean_loss(xs, ts).item())
    return {"losses": losses, "parameters": digest(network.parameters, small)}


def entry(name, gain, targets, source=None):
    text = (SAMPLES / f"{name}.nn").read_text()
    source = source or text
    network = Network(source, gain)
    first = next(n for n in network.parameters)
    width = sum(n for _, n in network.inputs.values()) or network.parameters[first].shape[-1]
    xs, ts = data(network, width, targets)
    if name.startswith("backprop"):
        xs[0], ts[0] = [0.05, 0.10], [0.01, 0.99]
    count = sum(p.numel() for p in network.parameters.values())
    small = count <= SMALL
    at_first = measure(network, xs[0], ts and ts[0])
    for key in ("gradient", "hvp"):
        at_first[key] = digest(at_first[key], small)
    X = torch.tensor(xs)
    T = torch.tensor(ts) if ts else [None] * COUNT
    mean = network.mean_loss(X, T)
    parameters = list(network.parameters.values())
    gradients = filled(torch.autograd.grad(mean, parameters, allow_unused=True), parameters)
    names = list(network.parameters)
    return {
        "sample": name, "gain": gain, "count": count, "frozen": sorted(network.frozen),
        "names": names,
        "shapes": [list(p.shape) for p in parameters],
        "start": {n: p.detach().flatten()[:3] for n, p in list(network.parameters.items())[:8]},
        "x": xs, "t": ts,
        "outputs": [network.predict(x) for x in X],
        "first": at_first,
        "batch": {"loss": mean, "gradient": digest(dict(zip(names, gradients)), small)},
        "stepsFirst": trained(source, gain, X[:1], T[:1], small),
        "stepsBatch": trained(source, gain, X, T, small),
    }


def saturated(name, gain, targets, squash, stable):
    """Derivatives at one sample; the last activation moves into the loss."""
    text = (SAMPLES / f"{name}.nn").read_text()
    plain = Network(text, gain)
    lines = text.splitlines()
    last = max(i for i, l in enumerate(lines) if l.rstrip().endswith(squash))
    lines[last] = lines[last].rstrip().removesuffix(squash)
    lines = [f"loss {stable}" if l.startswith("loss") else l for l in lines]
    network = Network("\n".join(lines), gain)
    width = next(iter(network.parameters.values())).shape[-1]
    points = []
    for s in range(COUNT):
        x, t = [rule_signed(k, 1000 + s) for k in range(width)], targets(network.width, s)
        values = measure(network, x, t)
        values["logits"] = values.pop("output")
        points.append({"x": x, "t": t, "output": plain.predict(torch.tensor(x))} | values)
    return {"sample": name, "gain": gain, "reference": stable, "points": points}


if __name__ == "__main__":
    missing = {p.stem for p in SAMPLES.glob("*.nn")} - {r[0] for r in ROWS}
    if missing:
        print("without a row:", sorted(missing))
    write("samples.json", [entry(*r) for r in ROWS], rule=RULE, saturated=[saturated(*r) for r in SATURATED])
