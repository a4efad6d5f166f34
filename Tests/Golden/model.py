"""A second, independent reading of `.nn` sources: dense networks as PyTorch functions.

Only what the goldens need: it trusts its input and gives no diagnostics.
"""

import math
import re

import torch
import torch.nn.functional as F

from golden import rule_tensor
from optimizers import Rule

UNARY = {
    "sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu, "selu": F.selu, "gelu": F.gelu,
    "gelu_tanh": lambda a: F.gelu(a, approximate="tanh"), "silu": F.silu,
    "softplus": lambda a: F.softplus(a, threshold=40), "softsign": F.softsign, "sin": torch.sin, "cos": torch.cos,
    "exp": torch.exp, "log": torch.log, "sqrt": torch.sqrt, "abs": torch.abs,
    "leaky_relu": lambda a, slope=0.01: F.leaky_relu(a, slope),
    "elu": lambda a, alpha=1.0: F.elu(a, alpha),
    "hardtanh": F.hardtanh, "hardswish": F.hardswish,
    "softmax": lambda a: torch.softmax(a, -1), "logsoftmax": lambda a: torch.log_softmax(a, -1),
    "dropout": lambda a: a,
}
TENSOR = {
    "sum": torch.sum, "mean": torch.mean, "max": torch.amax, "min": torch.amin, "where": torch.where,
    "dot": torch.dot, "norm": torch.linalg.vector_norm,
    "diff": lambda e, v: torch.autograd.grad(e, v, create_graph=True)[0],
}
LOSSES = {
    "mse": lambda y, t: ((t - y) ** 2).sum(),
    "mae": lambda y, t: (y - t).abs().sum(),
    "huber": lambda y, t: F.huber_loss(y, t, reduction="sum"),
    # F.binary_cross_entropy has the same value and gradient, but its second derivative is off: measured
    # relative to this, by 1e-11 at y = 0.3, 2e-9 at y = 1e-3 and 2e-6 at y = 1e-6.
    "bce": lambda y, t: -(t * torch.log(y) + (1 - t) * torch.log(1 - y)).sum(),
    "bce_logits": lambda y, t: F.binary_cross_entropy_with_logits(y, t, reduction="sum"),
    "cross_entropy": lambda y, t: F.cross_entropy(y[None], t[None], reduction="sum"),
    "nll": lambda y, t: -(t * y).sum(),
}


def statements(source):
    """Statements in order with `repeat` unrolled; a block `residual` becomes ('residual', [...])."""
    source = re.sub(r"#.*", "", source)
    tokens, depth, word = [], 0, ""
    for c in source:
        if c in "([":
            depth += 1
        if c in ")]":
            depth -= 1
        if depth == 0 and c in "\n;{}":
            tokens += [word.strip(), c]
            word = ""
        else:
            word += c
    tokens = [t for t in tokens + [word.strip()] if t and t not in "\n;"]

    def block(i):
        out = []
        while i < len(tokens) and tokens[i] != "}":
            if i + 1 < len(tokens) and tokens[i + 1] == "{":
                inner, after = block(i + 2)
                head = tokens[i].split()
                out.append(("repeat", int(head[1]), inner) if head[0] == "repeat" else ("residual", inner))
                i = after + 1
            else:
                out.append(tokens[i])
                i += 1
        return out, i

    return block(0)[0]


class Network:
    """A parsed network: `parameters` by name in declaration order, `predict`, `loss`, `optimizer`."""

    def __init__(self, source, gain=1.0):
        self.gain, self.counts, self.parameters, self.frozen = gain, {}, {}, set()
        self.lets, self.loss_text, self.train, self.width, self.widths = {}, None, None, None, {}
        self.values, self.shared, self.inputs, self.outs = {}, {}, {}, []
        self.layers = self.build(statements(source))

    # Building ------------------------------------------------------------

    def build(self, parsed):
        layers = []
        for item in parsed:
            if isinstance(item, tuple) and item[0] == "repeat":
                for _ in range(item[1]):
                    layers += self.build(item[2])
            elif isinstance(item, tuple):
                layers.append(("residual", self.build(item[1])))
            else:
                layers += self.statement(item)
        return layers

    def statement(self, text):
        word = text.split()[0]
        if word in ("network", "seed"):
            return []
        if word == "input":
            *name, width = text.split()[1:]
            self.width = int(width)
            if not name:
                return []
            self.inputs[name[0]] = (sum(n for _, n in self.inputs.values()), self.width)
            self.widths[name[0]] = self.width
            return [("from", name[0], None, None)]
        if word == "from":
            self.width = self.widths[text.split()[1]]
            return [("from", text.split()[1], None, None)]
        if word == "output":
            self.outs = text.split()[1:]
            self.width = sum(self.widths[name] for name in self.outs)
            return []
        if word == "let":
            name, parameters, body = re.match(r"let\s+(\w+)\s*(?:\(([^)]*)\))?\s*=(.*)", text, re.S).groups()
            self.lets[name] = (parameters, body)
            return []
        if word == "loss":
            self.loss_text = text[4:]
            return []
        if word == "train":
            self.train = (text.split()[1], keys(text))
            return []
        label = None
        if match := re.match(r"(\w+)\s*:\s*(.*)", text, re.S):
            label, text = match.groups()
        options = keys(text)
        kind, *rest = re.sub(r"\w+\s*=\s*(\[[^=]*\]|\S+)", "", text).split()
        layer = self.layer(kind, rest, options, label)
        if label:
            self.widths[label] = self.width
        return [layer + (label,)]

    def name(self, kind, label):
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return label or f"{kind}{self.counts[kind]}"

    def declare(self, name, shape, fan, given):
        j = len(self.parameters)
        if isinstance(given, str):
            self.shared[name] = given
            return
        if given is None:
            value = rule_tensor(shape, j, fan, self.gain)
        else:
            value = torch.tensor(given, dtype=torch.float64).expand(shape).clone()
        self.parameters[name] = value.requires_grad_()

    def layer(self, kind, rest, options, label):
        if kind == "linear":
            name = self.name(kind, label)
            before, after = rest[0].split("->") if "->" in rest[0] else ("", rest[0])
            i, o = int(before or self.width), int(after)
            assert self.width in (None, i), name
            self.declare(name + ".weight", (o, i), i, options.get("weight"))
            biased = options.get("bias") != "no"
            if biased:
                self.declare(name + ".bias", (o,), i, options.get("bias"))
            if options.get("frozen") in ("bias", "yes"):
                self.frozen.add(name + ".bias")
            if options.get("frozen") in ("weight", "yes"):
                self.frozen.add(name + ".weight")
            self.width = o
            return ("linear", name, biased)
        if kind == "layernorm":
            name = self.name(kind, label)
            self.declare(name + ".weight", (self.width,), 1, options.get("weight"))
            self.declare(name + ".bias", (self.width,), 1, options.get("bias"))
            return ("layernorm", name, options.get("eps", 1e-5))
        if kind == "concat":
            self.width += self.widths[rest[0]]
        if kind in ("add", "concat"):
            return (kind, rest[0], None)
        return ("map", kind, options)

    # Running -------------------------------------------------------------

    def scope(self):
        scope = dict(UNARY) | TENSOR
        for name, (parameters, body) in self.lets.items():
            code = expression(body)
            if parameters is None:
                scope[name] = eval(code, scope)
            else:
                scope[name] = eval(f"lambda {parameters}: {code}", scope)
        return scope

    def run(self, layers, y, outputs):
        scope = self.scope()
        for layer in layers:
            if layer[0] == "residual":
                y = y + self.run(layer[1], y, outputs)
                continue
            kind, name, extra, label = layer
            if kind == "linear":
                bias = self.parameter(name + ".bias") if extra else None
                y = F.linear(y, self.parameter(name + ".weight"), bias)
            elif kind == "layernorm":
                p = self.parameters
                y = F.layer_norm(y, y.shape[-1:], p[name + ".weight"], p[name + ".bias"], extra)
            elif kind == "from":
                y = outputs[name]
            elif kind == "add":
                y = y + outputs[name]
            elif kind == "concat":
                y = torch.cat([y, outputs[name]], -1)
            else:
                y = scope[name](y, **extra)
            if label:
                outputs[label] = y
        return y

    def parameter(self, name):
        while name in self.shared:
            name = self.shared[name]
        return self.parameters[name]

    def predict(self, x):
        """All outputs, one after the other."""
        outputs = {name: x[begin:begin + n] for name, (begin, n) in self.inputs.items()}
        y = self.run(self.layers, x, outputs)
        self.labelled = outputs
        return torch.cat([outputs[name] for name in self.outs], -1) if self.outs else y

    def loss(self, x, t):
        """The loss of one sample."""
        if "diff(" in self.loss_text and not x.requires_grad:
            x = x.clone().requires_grad_()
        y = self.predict(x)
        scope = self.scope() | {"x": x, "y": y, "t": t}
        for name, function in LOSSES.items():
            if t is not None and re.search(rf"\b{name}\b", self.loss_text):
                scope[name] = function(y, t)
        layers = {}
        for name, value in self.parameters.items():
            owner, field = name.rsplit(".", 1)
            layers.setdefault(owner, type(owner, (), {}))
            setattr(layers[owner], field, value)
        return eval(expression(self.loss_text), scope | layers | self.labelled)

    def mean_loss(self, xs, ts):
        return sum(self.loss(x, t) for x, t in zip(xs, ts)) / len(xs)

    def trained(self):
        return {n: p for n, p in self.parameters.items() if n not in self.frozen}

    def optimizer(self):
        return Rule(self.trained(), *self.train)

    def steps(self, xs, ts, count=5):
        """Trains from the current parameters; yields the loss before each step."""
        self.rule = self.optimizer()
        for _ in range(count):
            self.rule.zero_grad()
            loss = self.mean_loss(xs, ts)
            loss.backward()
            self.rule.step()
            yield loss.item()


def keys(text):
    """key=value pairs: numbers, nested lists, or words."""
    found = {}
    for key, value in re.findall(r"(\w+)\s*=\s*(\[[^=]*\]|\S+)", text):
        try:
            found[key] = eval(value, {"__builtins__": {}})
        except Exception:
            found[key] = value
    return found


def expression(text):
    """`^` binds as Python's `**`; everything else is spelled the same."""
    return "(" + text.strip().replace("^", "**") + ")"
