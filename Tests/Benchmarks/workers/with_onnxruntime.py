"""ONNX Runtime predicts: a Gemm and an activation a layer."""

import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from harness import data
from harness.rows import networks

operators = {"relu": "Relu", "tanh": "Tanh", "sigmoid": "Sigmoid"}


def model(row):
    """The network as an ONNX model, its parameters inside."""
    network = networks[row.network]
    block, x, _ = data.numbers(row)
    nodes, constants, value = [], [], "x"
    layers = data.split(network, block)
    for k, (weight, bias) in enumerate(layers):
        last = k == len(layers) - 1
        constants += [
            numpy_helper.from_array(weight, f"weight{k}"),
            numpy_helper.from_array(bias, f"bias{k}"),
        ]
        inputs = [value, f"weight{k}", f"bias{k}"]
        value = "y" if last else f"z{k}"
        nodes.append(helper.make_node("Gemm", inputs, [value], transB=1))
        if not last:
            nodes.append(helper.make_node(operators[network.hidden], [value], [f"h{k}"]))
            value = f"h{k}"
    ends = [
        helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape),
        helper.make_tensor_value_info("y", TensorProto.FLOAT, (row.batch, network.widths[-1])),
    ]
    graph = helper.make_graph(nodes, network.name, ends[:1], ends[1:], constants)
    opset = helper.make_opsetid("", 17)
    return helper.make_model(graph, opset_imports=[opset], ir_version=9)


class OnnxRuntime:
    def __init__(self, threads):
        self.options = onnxruntime.SessionOptions()
        self.options.intra_op_num_threads = threads
        self.options.inter_op_num_threads = 1

    def load(self, row):
        self.session = onnxruntime.InferenceSession(
            model(row).SerializeToString(), self.options, providers=["CPUExecutionProvider"]
        )
        self.feed = {"x": data.numbers(row)[1]}

    def reset(self):
        pass

    def run(self, count):
        for _ in range(count):
            self.y = self.session.run(None, self.feed)[0]

    def results(self):
        return self.y.ravel()
