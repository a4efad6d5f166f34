"""Writes the networks of ../../Samples as ONNX files, with the weights of a trained file. Needs Python's `onnx`."""

import json
import struct

import onnx
from onnx import TensorProto, helper

# Of each network the operator behind every linear layer.
OPERATORS = {"backprop": ["Sigmoid", "Sigmoid"], "xor": ["Tanh", "Sigmoid"], "iris": ["Relu", None]}


def weights(path):
    """Shape and numbers of each parameter in a safetensors file, by its name."""
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    found = {}
    for name, field in header.items():
        first, end = (8 + length + place for place in field["data_offsets"])
        found[name] = field["shape"], struct.unpack(f"<{(end - first) // 4}f", data[first:end])
    return found


def write(work, parameters, path):
    """One sample in, its output out: Gemm and activation, layer by layer."""
    constants, nodes, here = [], [], "x"
    operators = OPERATORS[work.network]
    for layer, operator in enumerate(operators, 1):
        names = [f"linear{layer}.weight", f"linear{layer}.bias"]
        for name in names:
            shape, numbers = parameters[name]
            constants.append(helper.make_tensor(name.replace(".", "_"), TensorProto.FLOAT, shape, numbers))
        last = "y" if layer == len(operators) else f"h{layer}"
        linear = f"z{layer}" if operator else last
        nodes.append(helper.make_node("Gemm", [here, *(name.replace(".", "_") for name in names)], [linear], transB=1))
        if operator:
            nodes.append(helper.make_node(operator, [linear], [last]))
        here = last

    def value(name, width):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, width])

    graph = helper.make_graph(nodes, work.network, [value("x", len(work.inputs[0]))],
                              [value("y", len(work.targets[0]))], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, path)
