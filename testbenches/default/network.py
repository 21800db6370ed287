"""The default network: a small residual CNN in torch, and its ONNX file with folded normalisation."""
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

WIDTHS = (16, 16, 32, 48)  # of the stem and of the three stages


class Convolution(nn.Module):
    """A convolution without bias, then batch normalisation."""

    def __init__(self, inputs, outputs, kernel, stride):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return self.norm(self.conv(x))

    def folded(self):
        """Weights and bias of the one convolution that does both."""
        factor = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        bias = self.norm.bias - self.norm.running_mean * factor
        return (self.conv.weight * factor[:, None, None, None]).detach(), bias.detach()


class Stage(nn.Module):
    """Two convolutions beside a 1x1 shortcut; halves height and width."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv1 = Convolution(inputs, outputs, 3, 2)
        self.conv2 = Convolution(outputs, outputs, 3, 1)
        self.shortcut = Convolution(inputs, outputs, 1, 2)

    def forward(self, x):
        return torch.relu(self.conv2(torch.relu(self.conv1(x))) + self.shortcut(x))


class Network(nn.Module):
    """Standardised images [n, 3, 32, 32] to logits [n, 10]."""

    def __init__(self, classes=10):
        super().__init__()
        self.conv1 = Convolution(3, WIDTHS[0], 3, 1)
        self.stages = nn.ModuleList(Stage(*pair) for pair in zip(WIDTHS, WIDTHS[1:]))
        self.fc = nn.Linear(WIDTHS[-1], classes)

    def forward(self, x):
        x = torch.relu(self.conv1(x))
        for stage in self.stages:
            x = stage(x)
        return self.fc(x.mean((2, 3)))


class OnnxWriter:
    """Collects nodes and weights; a tensor is named like the node that makes it."""

    def __init__(self):
        self.nodes, self.weights = [], []

    def node(self, kind, name, inputs, output=None, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output or name], name, **attributes))
        return output or name

    def parameter(self, name, values):
        self.weights.append(numpy_helper.from_array(values.detach().numpy().astype(np.float32), name))
        return name

    def convolution(self, name, layer, source):
        weight, bias = layer.folded()
        (kernel, _), (stride, _), (pad, _) = layer.conv.kernel_size, layer.conv.stride, layer.conv.padding
        parameters = [self.parameter(name + ".weight", weight), self.parameter(name + ".bias", bias)]
        return self.node("Conv", name, [source] + parameters, kernel_shape=[kernel, kernel],
                         strides=[stride, stride], pads=[pad] * 4)


def write_onnx(network, path):
    """Writes the network for inference: input [N, 3, 32, 32], logits [N, 10]."""
    out = OnnxWriter()
    x = out.node("Relu", "relu1", [out.convolution("conv1", network.conv1, "input")])
    for i, stage in enumerate(network.stages, 1):
        name = f"stage{i}."
        main = out.convolution(name + "conv1", stage.conv1, x)
        main = out.convolution(name + "conv2", stage.conv2, out.node("Relu", name + "relu1", [main]))
        shortcut = out.convolution(name + "shortcut", stage.shortcut, x)
        x = out.node("Relu", name + "relu2", [out.node("Add", name + "add", [main, shortcut])])
    x = out.node("Flatten", "flatten", [out.node("GlobalAveragePool", "pool", [x])], axis=1)
    parameters = [out.parameter("fc.weight", network.fc.weight), out.parameter("fc.bias", network.fc.bias)]
    out.node("Gemm", "fc", [x] + parameters, output="logits", transB=1)
    graph = helper.make_graph(
        out.nodes, "shapes",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["N", 3, 32, 32])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", network.fc.out_features])],
        out.weights)
    model = helper.make_model(graph, producer_name="neartile", ir_version=7,
                              opset_imports=[helper.make_opsetid("", 13)])
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)
