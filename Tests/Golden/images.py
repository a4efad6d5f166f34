"""images.json: every layer for images and signals with every key, in small networks.

Each entry is a source and the same network by `torch.nn.functional`, its parameters by the rule of `samples.json` with
the fan of PyTorch's initialisation. `hvp` is H v over the parameters, `hvpX` over the input alone, as in `layers.json`.
"""

import math

import torch
import torch.nn.functional as F

from golden import RULE, rule_signed, rule_tensor, write
from measure import direction, filled, product

CONV = {1: F.conv1d, 2: F.conv2d}
DECONV = {1: F.conv_transpose1d, 2: F.conv_transpose2d}
MAX = {1: F.max_pool1d, 2: F.max_pool2d}
AVERAGE = {1: F.avg_pool1d, 2: F.avg_pool2d}


def axes(x):
    return x.dim() - 1


def conv(name, **keys):
    return lambda p, x: CONV[axes(x)](x[None], p[name + ".weight"], p.get(name + ".bias"), **keys)[0]


def deconv(name, **keys):
    return lambda p, x: DECONV[axes(x)](x[None], p[name + ".weight"], p.get(name + ".bias"), **keys)[0]


def framed(pad, mode="constant"):
    """`pad` as F.pad takes it: the last axis first."""
    return lambda p, x: F.pad(x[None], pad, mode=mode)[0]


def maxpool(*arguments, **keys):
    return lambda p, x: MAX[axes(x)](x[None], *arguments, **keys)[0]


def avgpool(*arguments, **keys):
    return lambda p, x: AVERAGE[axes(x)](x[None], *arguments, **keys)[0]


def groupnorm(name, groups, eps=1e-5):
    return lambda p, x: F.group_norm(x[None], groups, p.get(name + ".weight"), p.get(name + ".bias"), eps)[0]


def linear(name):
    return lambda p, x: F.linear(x, p[name + ".weight"], p[name + ".bias"])


def flatten(p, x):
    return x.reshape(-1)


def tanh(p, x):
    return torch.tanh(x)


def weights(name, *shape, bias=None):
    """The shapes of a layer's parameters."""
    shapes = {name + ".weight": shape}
    if bias is not False:
        shapes[name + ".bias"] = (shape[0] if bias is None else bias,)
    return shapes


ENTRIES = [
    ("input 2x5x5; conv 2->3 kernel=3", weights("conv1", 3, 2, 3, 3), [conv("conv1")]),
    ("input 2x5x5; conv ->3 kernel=3 bias=no", weights("conv1", 3, 2, 3, 3, bias=False), [conv("conv1")]),
    ("input 2x5x6; conv 3 kernel=2x3", weights("conv1", 3, 2, 2, 3), [conv("conv1")]),
    ("input 2x6x7; conv 3 kernel=3 stride=2", weights("conv1", 3, 2, 3, 3), [conv("conv1", stride=2)]),
    ("input 2x6x7; conv 3 kernel=3 stride=2x1", weights("conv1", 3, 2, 3, 3), [conv("conv1", stride=(2, 1))]),
    ("input 2x4x5; conv 3 kernel=3 pad=1", weights("conv1", 3, 2, 3, 3), [conv("conv1", padding=1)]),
    ("input 2x4x5; conv 3 kernel=3 pad=2x1", weights("conv1", 3, 2, 3, 3), [conv("conv1", padding=(2, 1))]),
    ("input 2x4x5; conv 3 kernel=3 pad=1,2,0,1", weights("conv1", 3, 2, 3, 3), [framed((2, 1, 1, 0)), conv("conv1")]),
    ("input 2x5x5; conv 3 kernel=4 pad=same", weights("conv1", 3, 2, 4, 4), [framed((1, 2, 1, 2)), conv("conv1")]),
    ("input 2x5x6; conv 3 kernel=3 stride=2 pad=same", weights("conv1", 3, 2, 3, 3), [framed((0, 1, 1, 1)), conv("conv1", stride=2)]),
    ("input 2x7x7; conv 3 kernel=3 dilation=2", weights("conv1", 3, 2, 3, 3), [conv("conv1", dilation=2)]),
    ("input 2x7x6; conv 3 kernel=3 dilation=2x1 stride=2 pad=1", weights("conv1", 3, 2, 3, 3), [conv("conv1", dilation=(2, 1), stride=2, padding=1)]),
    ("input 4x4x4; conv 4->6 kernel=2 groups=2", weights("conv1", 6, 2, 2, 2), [conv("conv1", groups=2)]),
    ("input 4x4x4; conv 4->4 kernel=3 groups=4 pad=1", weights("conv1", 4, 1, 3, 3), [conv("conv1", groups=4, padding=1)]),
    ("input 2x4x4; conv 2->3 kernel=1", weights("conv1", 3, 2, 1, 1), [conv("conv1")]),
    ("input 1x4x4; conv 1->1 kernel=3 pad=1", weights("conv1", 1, 1, 3, 3), [conv("conv1", padding=1)]),
    ("input 2x4x5; conv 3 kernel=3 pad=1 padding=reflect", weights("conv1", 3, 2, 3, 3), [framed((1, 1, 1, 1), "reflect"), conv("conv1")]),
    ("input 2x4x5; conv 3 kernel=5 pad=3 padding=replicate", weights("conv1", 3, 2, 5, 5), [framed((3, 3, 3, 3), "replicate"), conv("conv1")]),
    ("input 2x4x5; conv 3 kernel=3 pad=2 padding=circular", weights("conv1", 3, 2, 3, 3), [framed((2, 2, 2, 2), "circular"), conv("conv1")]),
    ("input 3x9; conv 3->2 kernel=4", weights("conv1", 2, 3, 4), [conv("conv1")]),
    ("input 3x9; conv 3->2 kernel=3 stride=2 pad=1", weights("conv1", 2, 3, 3), [conv("conv1", stride=2, padding=1)]),
    ("input 3x9; conv 3->2 kernel=3 dilation=2 pad=causal", weights("conv1", 2, 3, 3), [framed((4, 0)), conv("conv1", dilation=2)]),
    ("input 2x8; conv 3 kernel=3 pad=2 padding=reflect", weights("conv1", 3, 2, 3), [framed((2, 2), "reflect"), conv("conv1")]),
    ("input 3x5x5; depthwise kernel=3", weights("depthwise1", 3, 1, 3, 3), [conv("depthwise1", groups=3)]),
    ("input 3x5x5; depthwise kernel=3 multiplier=2 stride=2 pad=1", weights("depthwise1", 6, 1, 3, 3), [conv("depthwise1", groups=3, stride=2, padding=1)]),
    ("input 3x8; depthwise kernel=3 pad=causal bias=no", weights("depthwise1", 3, 1, 3, bias=False), [framed((2, 0)), conv("depthwise1", groups=3)]),
    ("input 3x4x4; deconv 3->2 kernel=3", weights("deconv1", 3, 2, 3, 3, bias=2), [deconv("deconv1")]),
    ("input 3x3x4; deconv 3->2 kernel=3 stride=2", weights("deconv1", 3, 2, 3, 3, bias=2), [deconv("deconv1", stride=2)]),
    ("input 3x3x4; deconv 2 kernel=3x2 stride=2 pad=1 output_pad=1", weights("deconv1", 3, 2, 3, 2, bias=2), [deconv("deconv1", stride=2, padding=1, output_padding=1)]),
    ("input 4x3x3; deconv 6 kernel=2 stride=2 groups=2", weights("deconv1", 4, 3, 2, 2, bias=6), [deconv("deconv1", stride=2, groups=2)]),
    ("input 3x4x4; deconv 2 kernel=3 dilation=2 pad=1 bias=no", weights("deconv1", 3, 2, 3, 3, bias=False), [deconv("deconv1", dilation=2, padding=1)]),
    ("input 3x5; deconv 2 kernel=4 stride=3 pad=1", weights("deconv1", 3, 2, 4, bias=2), [deconv("deconv1", stride=3, padding=1)]),
    ("input 2x6x6; maxpool 2", {}, [maxpool(2)]),
    ("input 2x7x6; maxpool 3x2 stride=2 pad=1", {}, [maxpool((3, 2), 2, 1)]),
    ("input 2x7x7; maxpool 3 stride=2 ceil=yes", {}, [maxpool(3, 2, ceil_mode=True)]),
    ("input 2x6x6; maxpool 3 stride=2 ceil=yes", {}, [maxpool(3, 2, ceil_mode=True)]),
    ("input 2x7x7; maxpool 2 stride=1 dilation=2", {}, [maxpool(2, 1, dilation=2)]),
    ("input 2x9; maxpool 3 stride=1 pad=1", {}, [maxpool(3, 1, 1)]),
    ("input 2x11; maxpool 7", {}, [maxpool(7)]),
    ("input 2x6x6; avgpool 2", {}, [avgpool(2)]),
    ("input 2x6x5; avgpool 3 stride=2 pad=1", {}, [avgpool(3, 2, 1)]),
    ("input 2x6x5; avgpool 3 stride=2 pad=1 count_pad=no", {}, [avgpool(3, 2, 1, count_include_pad=False)]),
    ("input 2x6x6; avgpool 3 stride=2 pad=1 ceil=yes", {}, [avgpool(3, 2, 1, ceil_mode=True)]),
    ("input 2x9; avgpool 2 stride=3 ceil=yes count_pad=no", {}, [avgpool(2, 3, ceil_mode=True, count_include_pad=False)]),
    ("input 3x4x5; globalavgpool; linear 3->2", weights("linear1", 2, 3), [lambda p, x: x.mean((1, 2)), linear("linear1")]),
    ("input 3x4x5; globalmaxpool; linear 3->2", weights("linear1", 2, 3), [lambda p, x: x.amax((1, 2)), linear("linear1")]),
    ("input 2x5x7; adaptive_avgpool 3", {}, [lambda p, x: F.adaptive_avg_pool2d(x, 3)]),
    ("input 2x6x4; adaptive_avgpool 3x2", {}, [lambda p, x: F.adaptive_avg_pool2d(x, (3, 2))]),
    ("input 2x7; adaptive_avgpool 4", {}, [lambda p, x: F.adaptive_avg_pool1d(x, 4)]),
    ("input 2x3x4; upsample 2", {}, [lambda p, x: F.interpolate(x[None], scale_factor=2)[0]]),
    ("input 2x3x4; upsample 3x2", {}, [lambda p, x: F.interpolate(x[None], scale_factor=(3, 2))[0]]),
    ("input 2x3x4; upsample 2 mode=bilinear", {}, [lambda p, x: F.interpolate(x[None], scale_factor=2, mode="bilinear")[0]]),
    ("input 2x3x4; upsample 3 mode=bilinear", {}, [lambda p, x: F.interpolate(x[None], scale_factor=3, mode="bilinear")[0]]),
    ("input 2x3x4; upsample 2 mode=bilinear align_corners=yes", {}, [lambda p, x: F.interpolate(x[None], scale_factor=2, mode="bilinear", align_corners=True)[0]]),
    ("input 2x5; upsample 2 mode=bilinear", {}, [lambda p, x: F.interpolate(x[None], scale_factor=2, mode="linear")[0]]),
    ("input 4x3x3; groupnorm 2", weights("groupnorm1", 4), [groupnorm("groupnorm1", 2)]),
    ("input 4x5; groupnorm 4 eps=0.1 bias=no", weights("groupnorm1", 4, bias=False), [groupnorm("groupnorm1", 4, 0.1)]),
    ("input 3x4x4; instancenorm", weights("instancenorm1", 3), [groupnorm("instancenorm1", 3)]),
    ("input 3x4x4; instancenorm weight=no bias=no", {}, [groupnorm("instancenorm1", 3)]),
    ("input 3x4x4; dropout2d 0.5; tanh", {}, [tanh]),
    ("input 12; reshape 3x2x2; conv 3->2 kernel=2 pad=1", weights("conv1", 2, 3, 2, 2), [lambda p, x: x.reshape(3, 2, 2), conv("conv1", padding=1)]),
    (
        "input 1x8x8; conv 1->3 kernel=3; tanh; maxpool 2; conv 3->4 kernel=2; tanh; flatten; linear 3",
        weights("conv1", 3, 1, 3, 3) | weights("conv2", 4, 3, 2, 2) | weights("linear1", 3, 16),
        [conv("conv1"), tanh, maxpool(2), conv("conv2"), tanh, flatten, linear("linear1")],
    ),
    (
        "input 2x6x6; conv 4 kernel=3 pad=1; tanh; depthwise kernel=3 stride=2 pad=1; tanh; conv 3 kernel=1; globalavgpool",
        weights("conv1", 4, 2, 3, 3) | weights("depthwise1", 4, 1, 3, 3) | weights("conv2", 3, 4, 1, 1),
        [conv("conv1", padding=1), tanh, conv("depthwise1", groups=4, stride=2, padding=1), tanh, conv("conv2"), lambda p, x: x.mean((1, 2))],
    ),
    (
        "input 2x4x4; conv 3 kernel=3 stride=2 pad=1; tanh; deconv 2 kernel=2 stride=2; tanh; conv 1 kernel=3 pad=1",
        weights("conv1", 3, 2, 3, 3) | weights("deconv1", 3, 2, 2, 2, bias=2) | weights("conv2", 1, 2, 3, 3),
        [conv("conv1", stride=2, padding=1), tanh, deconv("deconv1", stride=2), tanh, conv("conv2", padding=1)],
    ),
    (
        "input 3x12; conv 4 kernel=3 pad=causal; tanh; avgpool 2; conv 2 kernel=3 dilation=2 pad=causal; globalmaxpool",
        weights("conv1", 4, 3, 3) | weights("conv2", 2, 4, 3),
        [framed((2, 0)), conv("conv1"), tanh, avgpool(2), framed((4, 0)), conv("conv2", dilation=2), lambda p, x: x.amax(1)],
    ),
    ("input 2x3x4; a: tanh; square; concat a axis=0", {}, [lambda p, x: torch.cat([torch.tanh(x) ** 2, torch.tanh(x)], 0)]),
    ("input 2x3x4; a: tanh; square; concat a axis=1; conv 2 kernel=2", weights("conv1", 2, 2, 2, 2), [lambda p, x: torch.cat([torch.tanh(x) ** 2, torch.tanh(x)], 1), conv("conv1")]),
    ("input 2x3x4; a: tanh; square; concat a", {}, [lambda p, x: torch.cat([torch.tanh(x) ** 2, torch.tanh(x)], 2)]),
    ("input 2x3x4; a: tanh; square; mul a", {}, [lambda p, x: torch.tanh(x) ** 3]),
    ("input 2x3x4; permute 2,0,1; linear 3->2", weights("linear1", 2, 3), [lambda p, x: x.permute(2, 0, 1), linear("linear1")]),
    ("input 2x3x4; transpose; linear 3->2", weights("linear1", 2, 3), [lambda p, x: x.transpose(-1, -2), linear("linear1")]),
    ("input 2x5x4; slice 1,4 axis=1; tanh", {}, [lambda p, x: x[:, 1:4], tanh]),
    ("input 6; slice 2,5; tanh", {}, [lambda p, x: x[2:5], tanh]),
    ("input 5x3; last; linear 3->2", weights("linear1", 2, 3), [lambda p, x: x[-1], linear("linear1")]),
    ("input 2x3x4; pad 1; tanh", {}, [lambda p, x: F.pad(x, (1, 1, 1, 1)), tanh]),
    ("input 2x3x4; pad 1,0,2,1 padding=reflect; tanh", {}, [framed((0, 1, 1, 2), "reflect"), tanh]),
    ("input 2x5; pad 2,1 padding=replicate; tanh", {}, [framed((2, 1), "replicate"), tanh]),
    ("input 2x3x4; layernorm axes=2", {"layernorm1.weight": (3, 4), "layernorm1.bias": (3, 4)}, [lambda p, x: F.layer_norm(x, (3, 4), p["layernorm1.weight"], p["layernorm1.bias"])]),
    ("input 2x3x4; layernorm axes=3 eps=0.1 bias=no", {"layernorm1.weight": (2, 3, 4)}, [lambda p, x: F.layer_norm(x, (2, 3, 4), p["layernorm1.weight"], None, 0.1)]),
    ("input 2x4; rmsnorm", {"rmsnorm1.weight": (4,)}, [lambda p, x: F.rms_norm(x, (4,), p["rmsnorm1.weight"], 1e-6)]),
    ("input 2x3x4; rmsnorm axes=2 eps=0.1", {"rmsnorm1.weight": (3, 4)}, [lambda p, x: F.rms_norm(x, (3, 4), p["rmsnorm1.weight"], 0.1)]),
    ("input 2x3x4; rmsnorm weight=no", {}, [lambda p, x: F.rms_norm(x, (4,), None, 1e-6)]),
    ("input 3x2x2; softmax axis=0; square", {}, [lambda p, x: torch.softmax(x, 0) ** 2]),
    ("input 3x4; logsoftmax axis=0", {}, [lambda p, x: torch.log_softmax(x, 0)]),
]


def entry(source, shapes, layers):
    """What PyTorch makes of it."""
    shape = tuple(int(n) for n in source.split(";")[0].split()[1].split("x"))
    parameters = {}
    for j, (name, own) in enumerate(shapes.items()):
        fan = math.prod(own[1:]) or 1
        parameters[name] = rule_tensor(own, j, fan).requires_grad_()
    x = torch.tensor([2.0 * rule_signed(k, 1000) for k in range(math.prod(shape))]).reshape(shape).requires_grad_()
    y = x
    for layer in layers:
        y = layer(parameters, y)
    t = torch.tensor([rule_signed(k, 2000) for k in range(y.numel())]).reshape(y.shape)
    loss = ((t - y) ** 2).sum() / 2
    inputs = list(parameters.values()) + [x]
    gradients = torch.autograd.grad(loss, inputs, create_graph=True)
    moved = [direction(p.shape, j) for j, p in enumerate(parameters.values())]
    v = direction(x.shape, 900)
    by_parameters = product(gradients[:-1], moved, inputs)[:-1] if moved else []
    by_x = product(gradients[-1:], [v], inputs)[-1]
    values = filled(gradients, inputs)
    return {
        "source": source + "; loss mse/2",
        "parameters": parameters, "x": x, "t": t, "v": dict(zip(parameters, moved)), "vX": v,
        "output": y, "loss": loss, "gradient": dict(zip(parameters, values[:-1])), "gradientX": values[-1],
        "hvp": dict(zip(parameters, by_parameters)), "hvpX": by_x,
    }


if __name__ == "__main__":
    write("images.json", [entry(*e) for e in ENTRIES], rule=RULE)
