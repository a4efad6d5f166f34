"""batches.json: values of the whole batch. `batchnorm` in evaluation and in training, losses that depend on the batch,
and the parameters and buffers after each of five steps.

Every network is written twice, as a source of ours and by PyTorch's own modules. `start` holds parameters and buffers by
their names, `eval` and `train` the outputs, the mean loss and its gradient in both modes, and `steps` what five steps of
each rule leave behind, with all samples or with the first alone.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

from golden import rule_signed, rule_unit, write

RULES = {
    "sgd lr=0.1 momentum=0.9": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    "adam lr=0.02": lambda p: torch.optim.Adam(p, lr=0.02),
}


def squares(y, t):
    """mse of ours: the sum over the outputs, for each sample."""
    return ((y - t) ** 2).flatten(1).sum(1)


class Plain(nn.Module):
    """Layers one after the other, and a loss for each sample."""

    def __init__(self, layers, loss=lambda y, t: squares(y, t) / 2, shape=None):
        super().__init__()
        for name, layer in layers:
            self.add_module(name, layer)
        self.names, self.loss, self.shape = [n for n, _ in layers], loss, shape

    def forward(self, x):
        if self.shape:
            x = x.reshape(-1, *self.shape)
        for name in self.names:
            x = getattr(self, name)(x)
        return x.flatten(1)


class Centre(nn.Module):
    def forward(self, x):
        return x - x.mean(0)


class Residual(nn.Module):
    """linear1, batchnorm1, and the sum with a block of batchnorm2, tanh, linear2."""

    def __init__(self):
        super().__init__()
        self.linear1, self.batchnorm1 = nn.Linear(3, 4, bias=False), nn.BatchNorm1d(4)
        self.batchnorm2, self.linear2, self.linear3 = nn.BatchNorm1d(4), nn.Linear(4, 4), nn.Linear(4, 2)

    def forward(self, x):
        h = self.batchnorm1(self.linear1(x))
        return self.linear3(h + self.linear2(torch.tanh(self.batchnorm2(h))))

    def loss(self, y, t):
        return squares(y, t) / 2


class Contrast(nn.Module):
    """Two views of each sample through one layer, and the spectral contrastive loss of HaoChen et al. (2021):
    -2 E[a.b] + E over pairs of samples [(a.b')^2]."""

    def __init__(self):
        super().__init__()
        self.one = nn.Linear(3, 4)

    def forward(self, x):
        return torch.cat([torch.tanh(self.one(x[:, :3])), torch.tanh(self.one(x[:, 3:]))], 1)

    def loss(self, y, t):
        a, b = y[:, :4], y[:, 4:]
        return -2 * (a * b).sum(1).mean() + ((a @ b.T) ** 2).mean()


class Spread(nn.Module):
    """A loss of each sample by its distance from the others, squared, without the batch as a matrix of pairs."""

    def __init__(self):
        super().__init__()
        self.linear1 = nn.Linear(3, 2)

    def forward(self, x):
        return torch.sigmoid(self.linear1(x))

    def loss(self, y, t):
        apart = ((y[:, None] - y[None]) ** 2).sum(2).mean(1)
        return squares(y, t) + 1 / (0.5 + apart) + 0.01 * (self.linear1.weight ** 2).sum()


def spread_loss(y, t):
    deviation = torch.sqrt(((y - y.mean(0)) ** 2).mean(0) + 0.01)
    return squares(y, t) + F.relu(1 - deviation).sum()


CASES = [
    ("linear 3->4 bias=no; batchnorm; tanh; linear 4->2; loss mse/2", lambda: Plain([
        ("linear1", nn.Linear(3, 4, bias=False)), ("batchnorm1", nn.BatchNorm1d(4)), ("tanh", nn.Tanh()),
        ("linear2", nn.Linear(4, 2))])),
    ("linear 3->4 bias=no; batchnorm eps=0.01 momentum=0.3; sigmoid; linear 4->3 bias=no; batchnorm affine=no; loss mse/2", lambda: Plain([
        ("linear1", nn.Linear(3, 4, bias=False)), ("batchnorm1", nn.BatchNorm1d(4, eps=0.01, momentum=0.3)),
        ("sigmoid", nn.Sigmoid()), ("linear2", nn.Linear(4, 3, bias=False)), ("batchnorm2", nn.BatchNorm1d(3, affine=False))])),
    ("input 2x3x2; batchnorm; tanh; flatten; linear 12->2; loss mse/2", lambda: Plain([
        ("batchnorm1", nn.BatchNorm2d(2)), ("tanh", nn.Tanh()), ("flatten", nn.Flatten()),
        ("linear1", nn.Linear(12, 2))], shape=(2, 3, 2))),
    ("linear 3->4 bias=no; batchnorm; residual { batchnorm; tanh; linear 4->4 }; linear 4->2; loss mse/2", Residual),
    ("let centre(v) = v - batchmean(v); linear 3->4 bias=no; centre; sigmoid; linear 4->2; loss mse/2", lambda: Plain([
        ("linear1", nn.Linear(3, 4, bias=False)), ("centre", Centre()), ("sigmoid", nn.Sigmoid()), ("linear2", nn.Linear(4, 2))])),
    ("linear 3->2; tanh; loss mse + sum(relu(1 - sqrt(batchmean((y - batchmean(y))^2) + 0.01)))", lambda: Plain([
        ("linear1", nn.Linear(3, 2)), ("tanh", nn.Tanh())], loss=spread_loss)),
    ("input p 3; input q 3; from p; one: linear 3->4; a: tanh; from q; linear 3->4 weight=one.weight bias=one.bias; b: tanh; output a b; "
     "loss -2*batchmean(dot(a, b)) + sum(batchmean(outer(a, a))*batchmean(outer(b, b)))", Contrast),
    ("linear 3->2; sigmoid; loss mse + 1/(0.5 + norm(y)^2 - 2*dot(y, batchmean(y)) + samples(sum(y^2))/samples(1)) + "
     "0.01*sum(linear1.weight^2)", Spread),
]


# A bias before a mean that is taken away has the derivative 0, which rounding makes any small number, and Adam any step:
# such layers go without.


def start(model):
    """Parameters and buffers by the rule; variances are positive."""
    with torch.no_grad():
        for j, (name, tensor) in enumerate(model.state_dict().items()):
            if name.endswith("num_batches_tracked"):
                tensor.fill_(7)
                continue
            flat = [rule_signed(k, j) for k in range(tensor.numel())]
            if name.endswith("running_var"):
                flat = [0.5 + rule_unit(k, j) for k in range(tensor.numel())]
            tensor.copy_(torch.tensor(flat).reshape(tensor.shape))


def tensors(model):
    return {n: p.detach().clone().to(torch.float64) for n, p in model.state_dict().items()}


def mode(model, x, t, is_training):
    """Outputs, mean loss and gradient; the buffers stay as they are."""
    kept = {n: p.clone() for n, p in model.state_dict().items()}
    model.train(is_training)
    y = model(x)
    loss = model.loss(y, t).mean()
    names = [n for n, _ in model.named_parameters()]
    gradients = torch.autograd.grad(loss, list(model.parameters()))
    model.load_state_dict(kept)
    return {"output": y, "loss": loss, "gradient": dict(zip(names, gradients))}


def steps(build, rule, x, t):
    model = build()
    start(model)
    model.train()
    optimizer = RULES[rule](model.parameters())
    losses, after = [], []
    for _ in range(5):
        optimizer.zero_grad()
        loss = model.loss(model(x), t).mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
        after.append(tensors(model))
    return {"losses": losses, "after": after}


def entry(source, build):
    model = build()
    start(model)
    width = 12 if "2x3x2" in source else 6 if "input p" in source else 3
    count = 5
    x = torch.tensor([[2 * rule_signed(k, 1000 + s) for k in range(width)] for s in range(count)])
    wide = model(x).shape[1]
    t = torch.tensor([[rule_signed(k, 2000 + s) for k in range(wide)] for s in range(count)])
    start(model)
    shape = {"start": tensors(model), "x": x, "t": t}
    modes = {"eval": mode(model, x, t, False), "train": mode(model, x, t, True)}
    # Alone a sample has no variance: PyTorch refuses that where a channel is one number.
    counts = [count, 1] if "2x3x2" in source or "batchnorm" not in source else [count]
    taken = [
        {"train": rule, "count": n} | steps(build, rule, x[:n], t[:n]) for rule in RULES for n in counts
    ]
    return {"source": source} | shape | modes | {"steps": taken}


if __name__ == "__main__":
    write("batches.json", [entry(s, b) for s, b in CASES])
