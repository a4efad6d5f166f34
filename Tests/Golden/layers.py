"""layers.json: every dense layer in a small network with its parameters written out.

`hvp` is H v over the parameters (v by the rule of `samples.json`), `hvpX` over the input alone
(v by the same rule with j = 900).
"""

from golden import RULE, rule_signed, write
from measure import direction, measure
from model import Network

SOURCES = [
    "linear 3->2",
    "linear 3->2 bias=no",
    "linear 3->4; tanh; linear ->2",
    "input 3; linear 2",
    "input 4; softmax",
    "input 4; logsoftmax",
    "linear 3->4; softmax",
    "linear 3->4; logsoftmax",
    "input 5; layernorm",
    "input 5; layernorm eps=0.1",
    "linear 3->4; layernorm; tanh; linear 4->2",
    "linear 3->4; dropout 0.5; linear 4->2",
    "a: linear 3->4; tanh; linear 4->4; add a; sigmoid",
    "a: linear 3->4; b: tanh; linear 4->4; add a; sigmoid; add b",
    "a: linear 3->2; sigmoid; concat a; linear 4->2",
    "a: linear 3->2; b: tanh; linear 2->3; concat b; concat a",
    "input 3; residual { linear 3->3; tanh }; linear 3->1",
    "input 3; residual { residual { linear 3->3; sigmoid }; tanh }",
    "input 3; repeat 3 { linear 3->3; tanh }",
    "input 3; repeat 2 { residual { linear 3->3; silu; linear 3->3 bias=no } }",
    "linear 3->4 weight=0.25 bias=[1, -1, 0.5, 0]; gelu; linear 4->2 frozen=yes",
    "let cube(a) = a^3/3; linear 3->3; cube; linear 3->2",
    "linear 3->3; leaky_relu slope=0.2; linear 3->3; elu alpha=0.5; linear 3->2",
    "linear 3->3; selu; linear 3->3; softsign; linear 3->3; gelu_tanh; linear 3->2",
    "linear 3->3; exp; linear 3->3; abs; sqrt; linear 3->2; cos",
    "linear 3->3; tanh; linear 3->3 weight=linear1.weight",
    "a: linear 3->3 bias=no; tanh; b: linear 3->3 weight=a.weight; sin; linear 3->3 weight=b.weight bias=b.bias",
    "input p 3; input q 2; from p; a: linear 3->4; b: tanh; from q; linear 2->4; add b; sigmoid; linear 4->2",
    "linear 3->4; a: tanh; b: linear 4->2; from a; linear 4->3; c: sin; output c b",
    "input p 3; input q 3; from p; a: linear 3->2; from q; b: linear 3->2 weight=a.weight; output a b",
]


def entry(source):
    text = source + "; loss mse/2"
    network = Network(text)
    first = next(iter(network.parameters.values()), None)
    width = 3 if first is None or "input 3" in source else first.shape[-1]
    if network.inputs:
        width = sum(n for _, n in network.inputs.values())
    if "input 4" in source or "input 5" in source:
        width = int(source.split()[1].rstrip(";"))
    x = [2.0 * rule_signed(k, 1000) for k in range(width)]
    t = [rule_signed(k, 2000) for k in range(network.width)]
    shapes = {n: list(p.shape) for n, p in network.parameters.items()}
    v = {n: direction(p.shape, j) for j, (n, p) in enumerate(network.parameters.items())}
    v |= {n: [0.0] * v[n].numel() if v[n].dim() == 1 else [[0.0] * v[n].shape[1]] * v[n].shape[0] for n in network.frozen}
    return {
        "source": text, "frozen": sorted(network.frozen), "shapes": shapes,
        "parameters": dict(network.parameters), "x": x, "t": t,
        "v": v, "vX": [rule_signed(k, 5900) for k in range(width)],
    } | measure(network, x, t)


if __name__ == "__main__":
    write("layers.json", [entry(s) for s in SOURCES], rule=RULE)
