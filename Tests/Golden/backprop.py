"""backprop.json: the worked example: outputs, loss, gradients, updates, Hessians, 10,000 steps."""

import torch

from golden import SAMPLES, write
from model import Network

X, T = [0.05, 0.10], [0.01, 0.99]
KEPT = [1, 2, 3, 10, 100, 1000, 10000]


def flat(values):
    return torch.cat([v.reshape(-1) for v in values])


def hessian(network, names):
    """All second derivatives by the named parameters, in their order, row-major."""
    x, t = torch.tensor(X), torch.tensor(T)
    inputs = [network.parameters[n] for n in names]
    gradient = flat(torch.autograd.grad(network.loss(x, t), inputs, create_graph=True))
    rows = [flat(torch.autograd.grad(g, inputs, retain_graph=True)) for g in gradient]
    return torch.stack(rows)


def entry(sample):
    network = Network((SAMPLES / f"{sample}.nn").read_text())
    x, t = torch.tensor([X]), torch.tensor([T])
    names = list(network.parameters)
    output = network.predict(x[0])
    loss = network.loss(x[0], t[0])
    gradient = torch.autograd.grad(loss, list(network.parameters.values()))
    result = {
        "sample": sample, "x": X, "t": T, "frozen": sorted(network.frozen),
        "output": output.detach(), "loss": loss.detach(),
        "gradient": dict(zip(names, gradient)),
        "hessian": {
            "order": names, "rows": hessian(network, names),
            "eigenvalues": torch.linalg.eigvalsh(hessian(network, names)),
        },
        "hessianBias2": hessian(network, ["linear2.bias"]),
        "after": [],
    }
    optimizer = network.optimizer()
    for step in range(1, KEPT[-1] + 1):
        optimizer.zero_grad()
        network.loss(x[0], t[0]).backward()
        optimizer.step()
        if step in KEPT:
            result["after"].append({
                "step": step,
                "parameters": {n: p.detach().clone() for n, p in network.parameters.items()},
                "output": network.predict(x[0]).detach(),
                "loss": network.loss(x[0], t[0]).detach(),
            })
    return result


if __name__ == "__main__":
    write("backprop.json", [entry("backprop"), entry("backprop-frozen")])
