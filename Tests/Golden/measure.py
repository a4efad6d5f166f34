"""Output, loss, gradients and Hessian-vector products of a network at one sample."""

import math

import torch

from golden import rule_signed


def direction(shape, j):
    return torch.tensor([rule_signed(k, j + 5000) for k in range(math.prod(shape))]).reshape(shape)


def filled(gradients, inputs):
    """None (no dependence) as zeros."""
    return [torch.zeros_like(i) if g is None else g.detach() + torch.zeros_like(i) for g, i in zip(gradients, inputs)]


def product(gradients, directions, inputs):
    """H v by a second backward pass."""
    along = sum((g * v).sum() for g, v in zip(gradients, directions) if g is not None and g.requires_grad)
    if not isinstance(along, torch.Tensor):
        return [torch.zeros_like(i) for i in inputs]
    return filled(torch.autograd.grad(along, inputs, retain_graph=True, allow_unused=True), inputs)


def measure(network, x, t):
    """Everything at one sample: gradients and products by the parameters and by x."""
    x = torch.tensor(x, requires_grad=True)
    t = None if t is None else torch.tensor(t)
    names = list(network.parameters)
    parameters = list(network.parameters.values())
    output = network.predict(x)
    loss = network.loss(x, t)
    inputs = parameters + [x]
    gradients = torch.autograd.grad(loss, inputs, create_graph=True, allow_unused=True)
    moved = [
        torch.zeros_like(p) if n in network.frozen else direction(p.shape, j)
        for j, (n, p) in enumerate(zip(names, parameters))
    ]
    by_parameters = product(gradients[:-1], moved, inputs)[:-1]
    by_x = product(gradients[-1:], [direction(x.shape, 900)], inputs)[-1]
    values = filled(gradients, inputs)
    return {
        "output": output,
        "loss": loss,
        "gradient": dict(zip(names, values[:-1])),
        "gradientX": values[-1],
        "hvp": dict(zip(names, by_parameters)),
        "hvpX": by_x,
    }
