"""activations.json: layers and functions of `torch.nn.functional` that are more than a row of `functions.json`.

`x` flows in, `y` flows out, `parameters` are the layer's; the loss is the sum of y + y²/2, `gradient` and `hvp` are by x, the
latter along `v`, and `weight` is the gradient by the weight. Points at kinks are among them; their second derivatives, which
PyTorch does not state apart, are not: at such places v is 0.
"""

import torch
import torch.nn.functional as F

from golden import rule_signed, write

POINTS = [-30.0, -3.0, -1.0, -0.6, -0.5, -0.3, -1e-3, 0.0, 1e-3, 0.1, 0.3, 0.5, 0.6, 1.0, 3.0, 30.0]
VECTOR = [0.3, -1.2, 2.5, 0.7]
WIDE = [0.3, -1.2, 2.5, 0.7, -0.4, 1.1, 0.0, -2.0]

# layer, shape, x, kinks, the function, and the weight where it has one
ROWS = [
    ("celu", [16], POINTS, [0], F.celu, None),
    ("celu alpha=0.5", [16], POINTS, [0], lambda x: F.celu(x, 0.5), None),
    ("softshrink", [16], POINTS, [-0.5, 0.5], F.softshrink, None),
    ("softshrink lambd=0.3", [16], POINTS, [-0.3, 0.3], lambda x: F.softshrink(x, 0.3), None),
    ("hardshrink", [16], POINTS, [-0.5, 0.5], F.hardshrink, None),
    ("hardshrink lambd=0.3", [16], POINTS, [-0.3, 0.3], lambda x: F.hardshrink(x, 0.3), None),
    ("tanhshrink", [16], POINTS, [], F.tanhshrink, None),
    ("threshold threshold=0.1 value=-2", [16], POINTS, [0.1], lambda x: F.threshold(x, 0.1, -2.0), None),
    ("softplus beta=2", [16], POINTS, [], lambda x: F.softplus(x, 2, threshold=60), None),
    ("softplus beta=0.5 threshold=1", [16], POINTS, [], lambda x: F.softplus(x, 0.5, threshold=1), None),
    ("gelu", [16], POINTS, [], F.gelu, None),
    ("gelu approximate=none", [16], POINTS, [], F.gelu, None),
    ("gelu approximate=tanh", [16], POINTS, [], lambda x: F.gelu(x, approximate="tanh"), None),
    ("relu6", [16], POINTS, [0], F.relu6, None),
    ("hardtanh min=-0.5 max=0.3", [16], POINTS, [-0.5, 0.3], lambda x: F.hardtanh(x, -0.5, 0.3), None),
    ("selu", [16], POINTS, [0], F.selu, None),
    ("mish", [16], POINTS, [], F.mish, None),
    ("softsign", [16], POINTS, [0], F.softsign, None),
    ("logsigmoid", [16], POINTS, [], F.logsigmoid, None),
    ("rrelu", [16], POINTS, [0], lambda x: F.rrelu(x), None),
    ("rrelu lower=0.2 upper=0.4", [16], POINTS, [0], lambda x: F.rrelu(x, 0.2, 0.4), None),
    ("prelu", [16], POINTS, [0], lambda x, w: F.prelu(x, w), [0.25]),
    ("prelu weight=-0.4", [8], WIDE, [0], lambda x, w: F.prelu(x, w), [-0.4]),
    ("prelu num_parameters=8 weight=[1, 2, 3, -1, 0.5, 0, 0.1, -0.2]", [8], WIDE, [0],
     lambda x, w: F.prelu(x[None], w)[0], [1, 2, 3, -1, 0.5, 0, 0.1, -0.2]),
    ("prelu num_parameters=2 weight=[0.3, -0.7]", [2, 4], WIDE, [0], lambda x, w: F.prelu(x[None], w)[0], [0.3, -0.7]),
    ("glu", [4], VECTOR, [], F.glu, None),
    ("glu", [2, 4], WIDE, [], F.glu, None),
    ("glu axis=0", [2, 4], WIDE, [], lambda x: F.glu(x, 0), None),
    ("swiglu", [4], VECTOR, [], lambda x: x[:2] * F.silu(x[2:]), None),
    ("swiglu axis=0", [2, 4], WIDE, [], lambda x: x[:1] * F.silu(x[1:]), None),
    ("softmin", [4], VECTOR, [], lambda x: F.softmin(x, -1), None),
    ("softmin axis=0", [2, 4], WIDE, [], lambda x: F.softmin(x, 0), None),
    ("normalize", [4], VECTOR, [], lambda x: F.normalize(x, dim=-1), None),
    ("normalize axis=0 eps=2", [2, 4], WIDE, [], lambda x: F.normalize(x, dim=0, eps=2.0), None),
    ("normalize eps=4", [2, 4], WIDE, [], lambda x: F.normalize(x, dim=-1, eps=4.0), None),
    ("= softmin(x)", [2, 4], WIDE, [], lambda x: F.softmin(x, -1), None),
    ("= normalize(x)", [2, 4], WIDE, [], lambda x: F.normalize(x, dim=-1), None),
    ("= glu(x, axis=0)", [2, 4], WIDE, [], lambda x: F.glu(x, 0), None),
    ("= swiglu(x)", [4], VECTOR, [], lambda x: x[:2] * F.silu(x[2:]), None),
    ("= prelu(x, 0.3)", [8], WIDE, [0], lambda x: F.prelu(x, torch.tensor([0.3])), None),
    ("= cosine_similarity(x, [0.5, 0.1, -0.2, 1.3])", [4], VECTOR, [],
     lambda x: F.cosine_similarity(x, torch.tensor([0.5, 0.1, -0.2, 1.3]), dim=0), None),
    ("= pairwise_distance(x, [0.5, 0.1, -0.2, 1.3])", [4], VECTOR, [],
     lambda x: F.pairwise_distance(x, torch.tensor([0.5, 0.1, -0.2, 1.3])), None),
    ("= pairwise_distance(x, [0.5, 0.1, -0.2, 1.3], eps=0.1)", [4], VECTOR, [],
     lambda x: F.pairwise_distance(x, torch.tensor([0.5, 0.1, -0.2, 1.3]), eps=0.1), None),
    ("= pairwise_distance(x, [0.5, 0.1, -0.2, 1.3], p=3)", [4], VECTOR, [],
     lambda x: F.pairwise_distance(x, torch.tensor([0.5, 0.1, -0.2, 1.3]), p=3), None),
    ("= pairwise_distance(x, [0.5, 0.1, -0.2, 1.3], 1)", [4], VECTOR, [],
     lambda x: F.pairwise_distance(x, torch.tensor([0.5, 0.1, -0.2, 1.3]), p=1), None),
]


def entry(layer, shape, x, kinks, function, weight):
    given = torch.tensor(x).reshape(shape).requires_grad_()
    weights = [] if weight is None else [torch.tensor(weight, dtype=torch.float64).requires_grad_()]
    y = function(given, *weights)
    loss = (y + y**2 / 2).sum()
    gradient, *rest = torch.autograd.grad(loss, [given] + weights, create_graph=True)
    v = [0.0 if p in kinks else rule_signed(k, 5900) for k, p in enumerate(x)]
    product = (gradient * torch.tensor(v).reshape(shape)).sum()
    hvp = torch.autograd.grad(product, given)[0] if product.requires_grad else torch.zeros(shape)
    return {
        "layer": layer, "shape": shape, "x": x, "kinks": [k for k, p in enumerate(x) if p in kinks],
        "y": y.reshape(-1), "gradient": gradient.reshape(-1), "v": torch.tensor(v).reshape(shape),
        "hvp": hvp.reshape(-1), "weight": rest[0] if rest else [],
    }


if __name__ == "__main__":
    write("activations.json", [entry(*row) for row in ROWS])
