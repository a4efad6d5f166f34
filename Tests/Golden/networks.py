"""networks.json: the networks of Samples/images as PyTorch modules, at parameters by the rule of `samples.json`.

Of each: outputs, loss and gradient outside training at two samples or four, then the loss of five training
steps with all of them, in training mode, and what parameters and buffers came to. The parameters are set by
`load_state_dict`, so that their names and shapes are PyTorch's. Of large tensors some elements are recorded, with sums.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from golden import RULE, rule_signed, rule_tensor, rule_unit, write

SMALL = 400


class Net(nn.Module):
    """Functions in a row, and modules called as nnc calls its layers."""

    def __init__(self, modules, forward):
        super().__init__()
        self.parts = modules
        for name, module in modules.items():
            self.add_module(name.replace(".", "/"), module)
        self.run = forward

    def forward(self, x):
        return self.run(self.parts, x)

    def state(self):
        return {k.replace("/", "."): v for k, v in self.state_dict().items()}

    def load(self, state):
        self.load_state_dict({self.key(k): v for k, v in state.items()})

    def key(self, name):
        layer, field = name.rsplit(".", 1)
        return layer.replace(".", "/") + "." + field


def pad_same(x, kernel, stride):
    sides = []
    for extent, k, s in zip(reversed(x.shape[2:]), reversed(kernel), reversed(stride)):
        total = max(0, ((extent + s - 1) // s - 1) * s + k - extent)
        sides += [total // 2, total - total // 2]
    return F.pad(x, sides)


def lenet():
    m = {"conv1": nn.Conv2d(1, 6, 5, padding=2), "conv2": nn.Conv2d(6, 16, 5), "linear1": nn.Linear(400, 120),
         "linear2": nn.Linear(120, 84), "linear3": nn.Linear(84, 10)}

    def run(m, x):
        x = F.max_pool2d(F.relu(m["conv1"](x)), 2)
        x = F.max_pool2d(F.relu(m["conv2"](x)), 2).flatten(1)
        return m["linear3"](F.relu(m["linear2"](F.relu(m["linear1"](x)))))
    return Net(m, run), (1, 28, 28), 10, lambda p: torch.optim.Adam(p)


def gestures():
    m = {"conv1": nn.Conv1d(3, 6, 5, padding=2), "conv2": nn.Conv1d(6, 8, 3, padding=1), "linear1": nn.Linear(48, 5)}

    def run(m, x):
        x = F.max_pool1d(F.relu(m["conv1"](x)), 2)
        return m["linear1"](F.max_pool1d(F.relu(m["conv2"](x)), 2).flatten(1))
    return Net(m, run), (3, 24), 5, lambda p: torch.optim.Adam(p, lr=0.005)


def batchnorm():
    m = {"conv1": nn.Conv2d(1, 8, 3, padding=1, bias=False), "batchnorm1": nn.BatchNorm2d(8),
         "conv2": nn.Conv2d(8, 16, 3, padding=1, bias=False), "batchnorm2": nn.BatchNorm2d(16), "linear1": nn.Linear(16, 10)}

    def run(m, x):
        x = F.max_pool2d(F.relu(m["batchnorm1"](m["conv1"](x))), 2)
        return m["linear1"](F.relu(m["batchnorm2"](m["conv2"](x))).mean((2, 3)))
    return Net(m, run), (1, 8, 8), 10, lambda p: torch.optim.Adam(p, lr=0.01)


def unet():
    m = {"conv1": nn.Conv2d(1, 8, 3, padding=1), "conv2": nn.Conv2d(8, 16, 3, padding=1), "conv3": nn.Conv2d(16, 16, 3, padding=1),
         "conv4": nn.Conv2d(32, 16, 3, padding=1), "conv5": nn.Conv2d(24, 8, 3, padding=1), "conv6": nn.Conv2d(8, 1, 1)}

    def run(m, x):
        fine = F.relu(m["conv1"](x))
        middle = F.relu(m["conv2"](F.max_pool2d(fine, 2)))
        x = F.relu(m["conv3"](F.max_pool2d(middle, 2)))
        x = F.relu(m["conv4"](torch.cat([F.interpolate(x, scale_factor=2), middle], 1)))
        x = F.relu(m["conv5"](torch.cat([F.interpolate(x, scale_factor=2), fine], 1)))
        return m["conv6"](x)
    return Net(m, run), (1, 8, 8), None, None


def resnet8():
    m = {"conv1": nn.Conv2d(3, 16, 3, padding=1), "batchnorm1": nn.BatchNorm2d(16),
         "conv2": nn.Conv2d(16, 16, 3, padding=1), "batchnorm2": nn.BatchNorm2d(16),
         "conv3": nn.Conv2d(16, 16, 3, padding=1), "batchnorm3": nn.BatchNorm2d(16)}
    for n, (i, o) in ((1, (16, 32)), (2, (32, 64))):
        m |= {f"block{n}.conv1": nn.Conv2d(i, o, 1, 2), f"block{n}.conv2": nn.Conv2d(i, o, 3, 2, 1), f"block{n}.batchnorm1": nn.BatchNorm2d(o),
              f"block{n}.conv3": nn.Conv2d(o, o, 3, 1, 1), f"block{n}.batchnorm2": nn.BatchNorm2d(o)}
    m["linear1"] = nn.Linear(64, 10)

    def run(m, x):
        x = F.relu(m["batchnorm1"](m["conv1"](x)))
        x = F.relu(m["batchnorm3"](m["conv3"](F.relu(m["batchnorm2"](m["conv2"](x))))) + x)
        for n in (1, 2):
            b = f"block{n}."
            inner = F.relu(m[b + "batchnorm1"](m[b + "conv2"](x)))
            x = F.relu(m[b + "batchnorm2"](m[b + "conv3"](inner)) + m[b + "conv1"](x))
        return m["linear1"](x.mean((2, 3)))
    return Net(m, run), (3, 32, 32), 10, lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)


def dscnn():
    m = {"conv1": nn.Conv2d(1, 64, (10, 4), 2), "batchnorm1": nn.BatchNorm2d(64)}
    for n in range(1, 5):
        s = f"separable{n}."
        m |= {s + "depthwise1": nn.Conv2d(64, 64, 3, groups=64), s + "batchnorm1": nn.BatchNorm2d(64),
              s + "conv1": nn.Conv2d(64, 64, 1), s + "batchnorm2": nn.BatchNorm2d(64)}
    m["linear1"] = nn.Linear(64, 12)

    def run(m, x):
        x = F.relu(m["batchnorm1"](m["conv1"](pad_same(x, (10, 4), (2, 2)))))
        for n in range(1, 5):
            s = f"separable{n}."
            x = F.relu(m[s + "batchnorm1"](m[s + "depthwise1"](pad_same(x, (3, 3), (1, 1)))))
            x = F.relu(m[s + "batchnorm2"](m[s + "conv1"](x)))
        return m["linear1"](x.mean((2, 3)))
    return Net(m, run), (1, 49, 10), 12, lambda p: torch.optim.Adam(p, lr=0.0005)


def siamese():
    m = {"a1": nn.Linear(64, 32), "a": nn.Linear(32, 8)}

    def embed(m, x):
        return m["a"](torch.tanh(m["a1"](x)))

    def triplet(net, x, t):
        a, s, o = (embed(net.parts, part) for part in x.split(64, 1))
        return F.relu(((a - s) ** 2).sum(1) - ((a - o) ** 2).sum(1) + 1).mean()
    net = Net(m, lambda m, x: embed(m, x[:, :64]))
    return net, (192,), None, lambda p: torch.optim.Adam(p, lr=0.003), triplet


def ruled(net):
    """Parameters by the rule; running variances are 1 + the rule's magnitude, running means the rule's, half as large."""
    state = {}
    for j, (name, value) in enumerate(net.state().items()):
        if name.endswith("num_batches_tracked"):
            state[name] = torch.tensor(3)
        elif name.endswith("running_var"):
            state[name] = 1 + rule_tensor(value.shape, j).abs()
        elif name.endswith("running_mean"):
            state[name] = rule_tensor(value.shape, j) / 2
        elif "batchnorm" in name and name.endswith("weight"):
            state[name] = 1 + rule_tensor(value.shape, j) / 4
        else:
            fan = math.prod(value.shape[1:]) or 1
            state[name] = rule_tensor(value.shape, j, fan)
    return state


def some(values):
    flat = values.detach().double().reshape(-1)
    if len(flat) <= SMALL:
        return flat
    at = [i * (len(flat) - 1) // 19 for i in range(20)]
    return {"at": at, "values": flat[at], "sum": flat.sum(), "norm1": flat.abs().sum()}


def entry(name, make, count, steps):
    net, shape, classes, optimizer, *own = make()
    net.double()
    net.load(ruled(net))
    size = math.prod(shape)
    x = torch.tensor([[2.0 * rule_signed(k, 2000 + s) for k in range(size)] for s in range(count)]).reshape(count, *shape)
    if classes:
        t = torch.zeros(count, classes)
        for s in range(count):
            t[s, (s * 7 + 1) % classes] = 1
    else:
        t = torch.tensor([[rule_unit(k, 3000 + s) for k in range(size)] for s in range(count)]).reshape(count, *shape)

    def loss():
        if own:
            return own[0](net, x, t)
        y = net(x)
        if classes:
            return F.cross_entropy(y, t)
        return ((y - t) ** 2).sum() / count

    net.eval()
    value = loss()
    trained = dict(net.named_parameters())
    gradient = torch.autograd.grad(value, list(trained.values()))
    result = {
        "sample": name, "count": count, "x": some(x), "t": some(t), "outputs": some(net(x)), "loss": value.detach(),
        "gradient": {k.replace("/", "."): some(g) for k, g in zip(trained, gradient)},
    }
    if optimizer:
        net.train()
        rule = optimizer(list(trained.values()))
        losses, idle = [], set()
        for _ in range(steps):
            rule.zero_grad()
            value = loss()
            value.backward()
            for k, v in trained.items():
                # What comes before a normalisation is taken out again: its gradient is rounding alone, which Adam enlarges.
                if v.grad.abs().max() < 1e-12:
                    idle.add(k.replace("/", "."))
            rule.step()
            losses.append(value.detach())
        result["losses"] = torch.stack(losses)
        result["after"] = {k: some(v) for k, v in net.state().items() if k not in idle}
    return result


if __name__ == "__main__":
    ROWS = [(lenet, 2, 5), (gestures, 4, 5), (batchnorm, 4, 5), (unet, 2, 0), (resnet8, 2, 2), (dscnn, 2, 2), (siamese, 3, 5)]
    write("networks.json", [entry(make.__name__, make, count, steps) for make, count, steps in ROWS], rule=RULE)
