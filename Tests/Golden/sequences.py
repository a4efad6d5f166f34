"""sequences.json: layers of sequences and of whole numbers, alone and in small networks, against PyTorch's modules.

Each entry is a source and the same network by PyTorch, its parameters by the rule of `samples.json`. Inputs of whole numbers
are tokens, targets for `cross_entropy` and `nll` class numbers. `hvp` is H v over the parameters, `hvpX` over an input of
numbers. `losses` are those of five steps of training on the one sample, `after` what the parameters came to.
"""

import math

import torch
import torch.nn.functional as F

from golden import RULE, rule_signed, rule_tensor, rule_unit, write
from measure import direction, filled, product

ADAMW = "adamw lr=0.01 weight_decay=0.1"
# The keys' bias has no influence, and a gradient of roundings, which Adam would divide by its size.
SGD = "sgd lr=0.1 momentum=0.9"


def embedding(name):
    return lambda p, x: F.embedding(x, p[name + ".weight"])


def linear(name, weight=None):
    return lambda p, x: F.linear(x, p[weight or name + ".weight"], p.get(name + ".bias"))


def layernorm(name):
    return lambda p, x: F.layer_norm(x, x.shape[-1:], p[name + ".weight"], p.get(name + ".bias"))


def learned(name):
    return lambda p, x: x + p[name + ".weight"]


def waves(p, x):
    steps, width = x.shape
    place = torch.arange(steps, dtype=torch.float64)[:, None]
    rate = torch.exp(torch.arange(0, width, 2, dtype=torch.float64) * (-math.log(10000.0) / width))
    rows = torch.stack([torch.sin(place * rate), torch.cos(place * rate)], -1).reshape(steps, -1)
    return x + rows[:, :width]


def attention(name, heads, causal=False):
    """`torch.nn.MultiheadAttention` of a sequence to itself."""

    def run(p, x):
        steps, width = x.shape
        own = {k[len(name) + 1:]: v for k, v in p.items() if k.startswith(name + ".")}
        module = torch.nn.MultiheadAttention(width, heads, bias="in_proj_bias" in own, batch_first=True).double()
        mask = torch.triu(torch.ones(steps, steps, dtype=torch.bool), 1) if causal else None
        return torch.func.functional_call(module, own, (x[None],) * 3, {"attn_mask": mask})[0][0]
    return run


def to_rows(name, heads, first, rest, causal=False):
    """`torch.nn.MultiheadAttention` of some rows to others."""

    def run(p, x):
        own = {k[len(name) + 1:]: v for k, v in p.items() if k.startswith(name + ".")}
        module = torch.nn.MultiheadAttention(x.shape[1], heads, bias="in_proj_bias" in own, batch_first=True).double()
        q, k = x[None, first], x[None, rest]
        mask = torch.triu(torch.ones(q.shape[1], k.shape[1], dtype=torch.bool), 1) if causal else None
        return torch.func.functional_call(module, own, (q, k, k), {"attn_mask": mask})[0][0]
    return run


def masked(name, heads, mask):
    """The same with a mask of the steps that are looked at."""

    def run(p, x):
        own = {k[len(name) + 1:]: v for k, v in p.items() if k.startswith(name + ".")}
        module = torch.nn.MultiheadAttention(x.shape[1], heads, batch_first=True).double()
        hidden = torch.tensor(mask) == 0
        keys = {"key_padding_mask": hidden[None]} if hidden.dim() == 1 else {"attn_mask": hidden}
        return torch.func.functional_call(module, own, (x[None],) * 3, keys)[0][0]
    return run


def turned(t, pairs, base):
    """Rotary positions of heads x steps x size: of complex numbers, of which each place turns each by its angle."""
    steps, size = t.shape[-2:]
    rates = base ** (-torch.arange(0, size, 2, dtype=torch.float64) / size)
    turns = torch.polar(torch.ones(steps, size // 2, dtype=torch.float64), torch.arange(steps)[:, None] * rates)
    if pairs:
        return torch.view_as_real(torch.view_as_complex(t.reshape(*t.shape[:-1], -1, 2)) * turns).reshape(t.shape)
    both = torch.complex(*t.chunk(2, -1)) * turns
    return torch.cat([both.real, both.imag], -1)


def grouped(name, heads, groups, causal=False, rope=None, base=10_000.0):
    """The same with fewer heads of keys and values, by `scaled_dot_product_attention`."""

    def run(p, x):
        steps, width = x.shape
        size = width // heads
        q, k, v = F.linear(x, p[name + ".in_proj_weight"], p[name + ".in_proj_bias"]).split([width, groups * size, groups * size], 1)
        q = q.reshape(steps, heads, size).transpose(0, 1)
        k, v = (t.reshape(steps, groups, size).transpose(0, 1).repeat_interleave(heads // groups, 0) for t in (k, v))
        if rope:
            q, k = (turned(t, rope == "pairs", base) for t in (q, k))
        scores = q @ k.transpose(1, 2) / math.sqrt(size)
        if causal:
            scores = scores.masked_fill(torch.triu(torch.ones(steps, steps, dtype=torch.bool), 1), -math.inf)
        mixed = (torch.softmax(scores, -1) @ v).transpose(0, 1).reshape(steps, width)
        return F.linear(mixed, p[name + ".out_proj.weight"], p[name + ".out_proj.bias"])
    return run


def residual(*layers):
    def run(p, x):
        y = x
        for layer in layers:
            y = layer(p, y)
        return x + y
    return run


def flatten(p, x):
    return x.reshape(-1)


def last(p, x):
    return x[-1]


def gelu_tanh(p, x):
    return F.gelu(x, approximate="tanh")


def two(p, x):
    """Two inputs of whole numbers, of 3 and of 2, each with a table of its own."""
    a = F.embedding(x[:3], p["embedding1.weight"]).reshape(-1)
    b = F.embedding(x[3:], p["embedding2.weight"]).reshape(-1)
    return F.linear(torch.cat([b, a]), p["linear1.weight"], p["linear1.bias"])


def weights(name, *shape, bias=True):
    shapes = {name + ".weight": shape}
    if bias:
        shapes[name + ".bias"] = (shape[0],)
    return shapes


def heads(name, width, keys=None, bias=True):
    rows = width + 2 * (keys or width)
    own = {"in_proj_weight": (rows, width), "in_proj_bias": (rows,), "out_proj.weight": (width, width), "out_proj.bias": (width,)}
    return {f"{name}.{k}": v for k, v in own.items() if bias or not k.endswith("bias")}


TRANSFORMER = "embedding 7->4; positions; residual { layernorm; attention heads=2 causal=yes }; residual { layernorm; linear ->6; gelu_tanh; linear ->4 }; layernorm; linear ->7 weight=embedding1.weight bias=no"
TRANSFORMER_SHAPES = (
    weights("embedding1", 7, 4, bias=False) | weights("positions1", 5, 4, bias=False)
    | weights("layernorm1", 4) | heads("attention1", 4) | weights("layernorm2", 4) | weights("linear1", 6, 4) | weights("linear2", 4, 6)
    | weights("layernorm3", 4)
)
TRANSFORMER_LAYERS = [
    embedding("embedding1"), learned("positions1"),
    residual(layernorm("layernorm1"), attention("attention1", 2, True)),
    residual(layernorm("layernorm2"), linear("linear1"), gelu_tanh, linear("linear2")),
    layernorm("layernorm3"), linear("head", "embedding1.weight"),
]

# Source, tokens of the input (None: numbers), shapes of the parameters, layers, loss.
ENTRIES = [
    ("input 5 of 7; embedding 7->3", [0, 6, 3, 3, 1], weights("embedding1", 7, 3, bias=False), [embedding("embedding1")], "mse/2"),
    ("input 1 of 4; embedding ->5", [2], weights("embedding1", 4, 5, bias=False), [embedding("embedding1")], "mse/2"),
    ("input 2x3 of 6; embedding 9->2; flatten; linear 3", [5, 0, 5, 5, 1, 2],
     weights("embedding1", 9, 2, bias=False) | weights("linear1", 3, 12), [lambda p, x: embedding("embedding1")(p, x.reshape(2, 3)), flatten, linear("linear1")], "mse/2"),
    ("input 4 of 6; embedding 3 init=zeros; flatten; linear 5", [1, 1, 5, 0],
     weights("embedding1", 6, 3, bias=False) | weights("linear1", 5, 12), [embedding("embedding1"), flatten, linear("linear1")], "cross_entropy"),
    ("input 4 of 6; embedding 3; linear 5; logsoftmax", [1, 1, 5, 0],
     weights("embedding1", 6, 3, bias=False) | weights("linear1", 5, 3), [embedding("embedding1"), linear("linear1"), lambda p, x: torch.log_softmax(x, -1)], "nll"),
    ("input 6 of 6; embedding 3; linear 4", [1, 1, 5, 0, 2, 3],
     weights("embedding1", 6, 3, bias=False) | weights("linear1", 4, 3), [embedding("embedding1"), linear("linear1")], "cross_entropy(ignore=2)"),
    ("input 4 of 6; embedding 3; linear 5; logsoftmax", [1, 1, 5, 0],
     weights("embedding1", 6, 3, bias=False) | weights("linear1", 5, 3), [embedding("embedding1"), linear("linear1"), lambda p, x: torch.log_softmax(x, -1)], "nll(ignore=1)"),
    ("input 4 of 6; onehot; linear 3", [4, 0, 4, 2], weights("linear1", 3, 6), [lambda p, x: F.one_hot(x, 6).double(), linear("linear1")], "mse/2"),
    ("input 4 of 6; = onehot(x, 6); linear 3", [4, 0, 4, 2], weights("linear1", 3, 6), [lambda p, x: F.one_hot(x, 6).double(), linear("linear1")], "cross_entropy"),
    ("input a 3 of 5; input b 2 of 9; from a; embedding 5->2; e: flatten; from b; embedding 9->3; flatten; concat e; linear 2", [4, 0, 4, 8, 2],
     weights("embedding1", 5, 2, bias=False) | weights("embedding2", 9, 3, bias=False) | weights("linear1", 2, 12), [two], "mse/2"),
    ("input 6 of 8; slice 1,5; reshape 2x2; transpose; embedding 8->2", [7, 6, 5, 4, 3, 2],
     weights("embedding1", 8, 2, bias=False), [lambda p, x: x[1:5].reshape(2, 2).t(), embedding("embedding1")], "mse/2"),
    ("input 5 of 7; slice 3,5; embedding 7->3", [0, 6, 3, 3, 1], weights("embedding1", 7, 3, bias=False), [lambda p, x: x[3:5], embedding("embedding1")], "mse/2"),
    ("input 4x3; positions", None, weights("positions1", 4, 3, bias=False), [learned("positions1")], "mse/2"),
    ("input 5x4; positions sin; linear 2", None, weights("linear1", 2, 4), [waves, linear("linear1")], "mse/2"),
    ("input 4x3; positions sin", None, {}, [waves], "mse/2"),
    ("input 4x4; attention heads=1", None, heads("attention1", 4), [attention("attention1", 1)], "mse/2"),
    ("input 3x6; attention heads=3", None, heads("attention1", 6), [attention("attention1", 3)], "mse/2"),
    ("input 4x4; attention heads=2 causal=yes", None, heads("attention1", 4), [attention("attention1", 2, True)], "mse/2"),
    ("input 4x4; attention heads=2 bias=no", None, heads("attention1", 4, bias=False), [attention("attention1", 2)], "mse/2"),
    ("input 3x4; attention heads=4 kv_heads=2 causal=yes", None, heads("attention1", 4, 2), [grouped("attention1", 4, 2, True)], "mse/2"),
    ("input 3x6; attention heads=3 kv_heads=1", None, heads("attention1", 6, 2), [grouped("attention1", 3, 1)], "mse/2"),
    ("input 1x4; attention heads=2 causal=yes", None, heads("attention1", 4), [attention("attention1", 2, True)], "mse/2"),
    ("input 4x4; attention heads=2; tanh; last; linear 3", None, heads("attention1", 4) | weights("linear1", 3, 4),
     [attention("attention1", 2), lambda p, x: torch.tanh(x), last, linear("linear1")], "mse/2"),
    ("input 7x4; k: slice 4,7 axis=0; from x; slice 0,4 axis=0; attention heads=2 to=k", None, heads("attention1", 4),
     [to_rows("attention1", 2, slice(0, 4), slice(4, 7))], "mse/2"),
    ("input 7x4; k: slice 4,7 axis=0; from x; slice 0,4 axis=0; attention heads=1 to=k bias=no causal=yes", None, heads("attention1", 4, bias=False),
     [to_rows("attention1", 1, slice(0, 4), slice(4, 7), True)], "mse/2"),
    ("input 4x4; attention heads=2 mask=[1, 0, 1, 1]", None, heads("attention1", 4), [masked("attention1", 2, [1, 0, 1, 1])], "mse/2"),
    ("input 3x4; attention heads=2 mask=[[1, 0, 1], [0, 1, 1], [1, 1, 0]]", None, heads("attention1", 4),
     [masked("attention1", 2, [[1, 0, 1], [0, 1, 1], [1, 1, 0]])], "mse/2"),
    ("input 4x8; attention heads=2 causal=yes rope=half", None, heads("attention1", 8), [grouped("attention1", 2, 2, True, "half")], "mse/2"),
    ("input 4x8; attention heads=2 kv_heads=1 rope=pairs rope_base=100", None, heads("attention1", 8, 4),
     [grouped("attention1", 2, 1, False, "pairs", 100.0)], "mse/2"),
    ("input 5 of 7; " + TRANSFORMER, [3, 6, 0, 3, 3], TRANSFORMER_SHAPES, TRANSFORMER_LAYERS, "cross_entropy"),
]


def loss_of(name, y, t):
    if name == "mse/2":
        return ((t - y) ** 2).sum() / 2
    rows = y.reshape(-1, y.shape[-1])
    name, _, ignored = name.rstrip(")").partition("(ignore=")
    keys = {"ignore_index": int(ignored)} if ignored else {}
    return (F.cross_entropy if name == "cross_entropy" else F.nll_loss)(rows, t.reshape(-1), **keys)


def entry(source, tokens, shapes, layers, loss_name):
    """What PyTorch makes of it."""
    parameters = {}
    for j, (name, own) in enumerate(shapes.items()):
        parameters[name] = rule_tensor(own, j, math.prod(own[1:]) or 1).requires_grad_()
    if tokens is None:
        shape = tuple(int(n) for n in source.split(";")[0].split()[1].split("x"))
        x = torch.tensor([2.0 * rule_signed(k, 1000) for k in range(math.prod(shape))]).reshape(shape).requires_grad_()
    else:
        x = torch.tensor(tokens)

    def predict():
        y = x
        for layer in layers:
            y = layer(parameters, y)
        return y

    y = predict()
    if loss_name == "mse/2":
        t = torch.tensor([rule_signed(k, 2000) for k in range(y.numel())]).reshape(y.shape)
    else:
        classes = y.shape[-1]
        t = torch.tensor([int(rule_unit(k, 2000) * classes) for k in range(y.numel() // classes)])
    loss = loss_of(loss_name, y, t)
    inputs = list(parameters.values()) + ([x] if tokens is None else [])
    gradients = torch.autograd.grad(loss, inputs, create_graph=True)
    moved = [direction(p.shape, j) for j, p in enumerate(parameters.values())]
    by_parameters = product(gradients[: len(moved)], moved, inputs)[: len(moved)] if moved else []
    values = filled(gradients, inputs)
    result = {
        "source": source + f"; loss {loss_name}",
        "parameters": {k: v.detach().clone() for k, v in parameters.items()}, "x": x, "t": t, "v": dict(zip(parameters, moved)),
        "output": y, "loss": loss, "gradient": dict(zip(parameters, values)), "hvp": dict(zip(parameters, by_parameters)),
    }
    if tokens is None:
        v = direction(x.shape, 900)
        result |= {"vX": v, "gradientX": values[-1], "hvpX": product(gradients[-1:], [v], inputs)[-1]}
    if parameters:
        attends = any("in_proj" in name for name in parameters)
        optimizer = (
            torch.optim.SGD(parameters.values(), lr=0.1, momentum=0.9) if attends
            else torch.optim.AdamW(parameters.values(), lr=0.01, weight_decay=0.1)
        )
        losses = []
        for _ in range(5):
            optimizer.zero_grad()
            loss = loss_of(loss_name, predict(), t)
            loss.backward()
            losses.append(loss.detach())
            optimizer.step()
        result |= {"train": SGD if attends else ADAMW, "losses": losses, "after": parameters}
    return result


if __name__ == "__main__":
    write("sequences.json", [entry(*e) for e in ENTRIES], rule=RULE)
