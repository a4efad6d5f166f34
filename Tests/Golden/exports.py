"""Small ONNX files as PyTorch's two exporters and onnx.helper write them, and what the networks give for inputs.

Made with torch 2.13.0 (those of recurrent modules with 2.15.0), onnx 1.23.2 and onnxscript; the files are committed, so that tests need no Python.
"""

import io
import json
import pathlib
import warnings

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from golden import write

warnings.filterwarnings("ignore")
FOLDER = pathlib.Path(__file__).parent / "exports"
FOLDER.mkdir(exist_ok=True)
torch.set_default_dtype(torch.float32)
torch.manual_seed(0)
ENTRIES = []


class Block(nn.Module):
    """A residual block of two convolutions, with a projection where shapes differ."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1)
        self.down = nn.Conv2d(inputs, outputs, 1, stride) if stride > 1 else nn.Identity()

    def forward(self, x):
        return torch.relu(self.conv2(torch.relu(self.conv1(x))) + self.down(x))


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 2, 3, padding=1)
        self.inner = nn.Conv2d(2, 3, 3, padding=1)
        self.up = nn.ConvTranspose2d(3, 2, 2, 2)
        self.last = nn.Conv2d(4, 1, 1)

    def forward(self, x):
        a = torch.relu(self.first(x))
        b = torch.relu(self.inner(nn.functional.max_pool2d(a, 2)))
        return torch.sigmoid(self.last(torch.cat([self.up(b), a], 1)))


class Encoder(nn.Module):
    def __init__(self, norm_first):
        super().__init__()
        self.table = nn.Embedding(7, 8)
        layer = nn.TransformerEncoderLayer(8, 2, 12, batch_first=True, activation="gelu", norm_first=norm_first)
        self.encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        return self.head(self.encoder(self.table(x)).mean(1))


class Gpt(nn.Module):
    """A decoder of two blocks whose last layer has the table of the tokens."""

    def __init__(self, tokens=6, steps=4, width=8, heads=2):
        super().__init__()
        self.heads = heads
        self.wte = nn.Embedding(tokens, width)
        self.wpe = nn.Embedding(steps, width)
        self.blocks = nn.ModuleList(
            nn.ModuleDict({
                "ln_1": nn.LayerNorm(width), "c_attn": nn.Linear(width, 3 * width), "c_proj": nn.Linear(width, width),
                "ln_2": nn.LayerNorm(width), "c_fc": nn.Linear(width, 4 * width), "c_out": nn.Linear(4 * width, width),
            }) for _ in range(2))
        self.ln_f = nn.LayerNorm(width)

    def forward(self, x):
        n, t = x.shape
        h = self.wte(x) + self.wpe(torch.arange(t))
        for b in self.blocks:
            q, k, v = b["c_attn"](b["ln_1"](h)).split(h.shape[2], dim=2)
            cut = lambda a: a.view(n, t, self.heads, -1).transpose(1, 2)
            mixed = nn.functional.scaled_dot_product_attention(cut(q), cut(k), cut(v), is_causal=True)
            h = h + b["c_proj"](mixed.transpose(1, 2).reshape(n, t, -1))
            h = h + b["c_out"](nn.functional.gelu(b["c_fc"](b["ln_2"](h)), approximate="tanh"))
        return self.ln_f(h) @ self.wte.weight.T


def mobile(width, size):
    """Inverted residuals, of which some repeat."""

    class Inverted(nn.Module):
        def __init__(self, inputs, outputs, stride):
            super().__init__()
            inner = 2 * inputs
            self.skips = stride == 1 and inputs == outputs
            self.conv = nn.Sequential(
                nn.Conv2d(inputs, inner, 1, bias=False), nn.BatchNorm2d(inner), nn.ReLU6(),
                nn.Conv2d(inner, inner, 3, stride, 1, groups=inner, bias=False), nn.BatchNorm2d(inner), nn.ReLU6(),
                nn.Conv2d(inner, outputs, 1, bias=False), nn.BatchNorm2d(outputs))

        def forward(self, x):
            return x + self.conv(x) if self.skips else self.conv(x)

    return nn.Sequential(
        nn.Conv2d(3, width, 3, 2, 1), nn.ReLU6(), Inverted(width, width + 1, 2), Inverted(width + 1, width + 1, 1),
        Inverted(width + 1, width + 1, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2),
        nn.Linear(width + 1, 3))


LENET = nn.Sequential(
    nn.Conv2d(1, 2, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(2, 3, 3), nn.Tanh(), nn.AvgPool2d(2),
    nn.Flatten(), nn.Linear(12, 5), nn.ReLU(), nn.Linear(5, 3), nn.LogSoftmax(-1))
MODELS = {
    "mlp": (nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 3), nn.Softmax(-1)), torch.randn(2, 4)),
    "lenet": (LENET, torch.randn(2, 1, 12, 12)),
    "autoencoder": (
        nn.Sequential(nn.Linear(6, 4), nn.BatchNorm1d(4), nn.LeakyReLU(0.2), nn.Linear(4, 2), nn.ELU(), nn.Linear(2, 6)),
        torch.randn(2, 6)),
    "resnet": (
        nn.Sequential(nn.Conv2d(1, 2, 3, padding=1), Block(2, 2), Block(2, 2), Block(2, 3, 2), nn.AdaptiveAvgPool2d(1),
                      nn.Flatten(), nn.Linear(3, 2)), torch.randn(2, 1, 6, 6)),
    "unet": (UNet(), torch.randn(2, 1, 4, 4)),
    "mobilenet": (mobile(2, 8), torch.randn(2, 3, 8, 8)),
    "encoder": (Encoder(False), torch.randint(0, 7, (2, 5))),
    "encoderprenorm": (Encoder(True), torch.randint(0, 7, (2, 5))),
    "gpt": (Gpt(), torch.randint(0, 6, (2, 4))),
}


def keep(name, model, inputs, outputs):
    """Strips what says where the exporter ran, and keeps the file with what it gives."""
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in list(model.graph.value_info) + list(model.graph.input) + list(model.graph.output):
        del value.metadata_props[:]
    del model.graph.value_info[:]
    del model.metadata_props[:]
    del model.graph.metadata_props[:]
    onnx.checker.check_model(model)
    (FOLDER / f"{name}.onnx").write_bytes(model.SerializeToString())
    ENTRIES.append({"name": name, "inputs": inputs, "outputs": outputs})


def exported(models):
    for name, (model, x) in models.items():
        for module in model.modules():
            # What is not trained is alike everywhere, and exporters keep what is alike once.
            for parameter in module.parameters(recurse=False):
                parameter.data += 0.2 * torch.randn_like(parameter)
            if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
                module.running_mean.uniform_(-0.3, 0.3)
                module.running_var.uniform_(0.5, 1.5)
        model.eval()
        rows = lambda t: t.detach().reshape(t.shape[0], -1).double().tolist()
        outputs = rows(model(x))
        batch = torch.export.Dim("batch")
        new = torch.onnx.export(
            model, (x,), dynamo=True, dynamic_shapes=({0: batch},) if name not in FIXED else None, verbose=False)
        keep(name, new.model_proto, rows(x), outputs)
        if name in ["lenet", "mobilenet", "gpt", "encoder", "lstm", "gru"]:
            old = io.BytesIO()
            mode = torch.onnx.TrainingMode.PRESERVE if name == "mobilenet" else torch.onnx.TrainingMode.EVAL
            torch.onnx.export(
                model, (x,), old, dynamo=False, input_names=["image"], output_names=["scores"], training=mode,
                do_constant_folding=name != "mobilenet", opset_version=14, dynamic_axes={"image": {0: "n"}})
            keep(f"{name}-old", onnx.load_from_string(old.getvalue()), rows(x), outputs)


class Recurrent(nn.Module):
    """A recurrent module and a layer behind all its steps, or behind the last one."""

    def __init__(self, module, outputs, last=False):
        super().__init__()
        self.unit, self.last = module, last
        self.head = nn.Linear(module.hidden_size * (2 if module.bidirectional else 1), outputs)

    def forward(self, x):
        y = self.unit(x)[0]
        return self.head(y[:, -1] if self.last else y)


# Exported for one sample: an exporter writes the number of samples into the initial states.
FIXED = {"gpt", "lstm", "gru", "rnn"}
exported(MODELS)
# What is drawn after them stays as it was.
with torch.random.fork_rng():
    torch.manual_seed(1)
    exported({
        "lstm": (Recurrent(nn.LSTM(3, 4, num_layers=2, batch_first=True), 2), torch.randn(1, 5, 3)),
        "gru": (Recurrent(nn.GRU(3, 2, bidirectional=True, batch_first=True), 2, last=True), torch.randn(1, 4, 3)),
        "rnn": (Recurrent(nn.RNN(3, 4, batch_first=True, nonlinearity="relu"), 2), torch.randn(1, 3, 3)),
    })


def made(name, nodes, inputs, outputs, constants, values, expected, version=17):
    """A graph that is written node by node; inputs and outputs as (name, shape)."""
    graph = helper.make_graph(
        nodes, name, [helper.make_tensor_value_info(n, t, s) for n, t, s in inputs],
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in outputs],
        [numpy_helper.from_array(a, n) for n, a in constants.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", version)], producer_name="by hand")
    model.ir_version = 8
    keep(name, model, values, expected)


f, i = TensorProto.FLOAT, TensorProto.INT64
x = np.array([[1, -2, 3], [0.5, 0.25, -1]], np.float32)
w = np.array([[1, 2], [-1, 0.5], [0.25, 4]], np.float16)
# Weights of 16 bits, sums of shapes, an If whose condition is known and a Loop of three rounds.
half = helper.make_graph(
    [helper.make_node("Add", ["h", "h"], ["h2"])], "yes", [], [helper.make_tensor_value_info("h2", f, None)])
same = helper.make_graph(
    [helper.make_node("Identity", ["h"], ["h3"])], "no", [], [helper.make_tensor_value_info("h3", f, None)])
body = helper.make_graph(
    [helper.make_node("Tanh", ["a"], ["a1"]), helper.make_node("Identity", ["c"], ["c1"])], "body",
    [helper.make_tensor_value_info("r", i, []), helper.make_tensor_value_info("c", TensorProto.BOOL, []),
     helper.make_tensor_value_info("a", f, None)],
    [helper.make_tensor_value_info("c1", TensorProto.BOOL, []), helper.make_tensor_value_info("a1", f, None)])
made(
    "control",
    [helper.make_node("Cast", ["w"], ["w32"], to=f), helper.make_node("MatMul", ["x", "w32"], ["h"]),
     helper.make_node("If", ["yes"], ["k"], then_branch=half, else_branch=same),
     helper.make_node("Loop", ["three", "yes", "k"], ["l"], body=body),
     helper.make_node("Shape", ["l"], ["s"]), helper.make_node("Gather", ["s", "zero"], ["n"], axis=0),
     helper.make_node("Concat", ["n", "one", "two"], ["shape"], axis=0), helper.make_node("Reshape", ["l", "shape"], ["y"])],
    [("x", f, ["N", 3])], [("y", ["N", 1, 2])],
    {"w": w, "yes": np.array(True), "three": np.array(3), "zero": np.array([0]), "one": np.array([1]), "two": np.array([2])},
    x.tolist(), np.tanh(np.tanh(np.tanh(2 * x.astype(np.float64) @ w.astype(np.float64)))).tolist())
# Two inputs, two outputs, a fixed number of samples.
made(
    "ports", [helper.make_node("Sub", ["a", "b"], ["d"]), helper.make_node("Mul", ["d", "a"], ["p"])],
    [("a", f, [2, 3]), ("b", f, [2, 3])], [("d", [2, 3]), ("p", [2, 3])], {},
    np.concatenate([x, x[::-1]], 1).tolist(), np.concatenate([x - x[::-1], (x - x[::-1]) * x], 1).tolist())
# What is not supported, three times.
nodes = [helper.make_node("GRU", ["x", "w", "r"], ["", "h"], "memory", hidden_size=2),
         helper.make_node("Det", ["m"], ["d"], "volume"), helper.make_node("Det", ["m"], ["e"])]
graph = helper.make_graph(
    nodes, "unsupported", [helper.make_tensor_value_info("x", f, [4, 1, 3]), helper.make_tensor_value_info("m", f, [2, 2])],
    [helper.make_tensor_value_info("h", f, [1, 1, 2]), helper.make_tensor_value_info("d", f, []),
     helper.make_tensor_value_info("e", f, [])],
    [numpy_helper.from_array(np.zeros((1, 6, 3), np.float32), "w"), numpy_helper.from_array(np.zeros((1, 6, 2), np.float32), "r")])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
model.ir_version = 8
(FOLDER / "unsupported.onnx").write_bytes(model.SerializeToString())


# What torch.save writes: a dictionary of tensors, a checkpoint, a whole module, views of other numbers.
SAVED = []


def save(name, value, tensors):
    torch.save(value, FOLDER / f"{name}.pt")
    SAVED.append({"name": name, "arrays": [
        {"name": k, "shape": list(v.shape), "values": v.detach().double().reshape(-1).tolist()} for k, v in tensors.items()]})


net = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Tanh(), nn.Linear(3, 1))
state = net.state_dict()
save("state", state, state)
step = torch.optim.Adam(net.parameters())
net(torch.randn(4, 2)).sum().backward()
step.step()
save("checkpoint", {"epoch": 3, "optimizer": step.state_dict(), "model_state_dict": net.state_dict(), "loss": 0.5}, net.state_dict())
save("module", net, net.state_dict())
grid = torch.arange(6.0).reshape(2, 3)
views = {"turned": grid.T, "row": grid[1], "every": grid[:, ::2], "half": grid.half(), "bf": grid.bfloat16(),
         "wholes": torch.tensor([3, -1]), "truth": torch.tensor([True, False]), "one": torch.tensor(2.5), "none": torch.zeros(0, 3)}
save("views", views, {k: v for k, v in views.items()})

write("exports.json", ENTRIES, onnx=onnx.__version__, saved=SAVED)
