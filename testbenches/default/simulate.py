#!/usr/bin/env python3
"""What 8-bit arithmetic and approximate multipliers do to the default network, without Neartile.

A check from outside: quantisation (per-channel int8 weights, u8 activations, ranges from the calibration
images) and multipliers are written anew here; sums are exact."""
import argparse
import json
import os

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional

import images

HERE = os.path.dirname(os.path.abspath(__file__))


def exact(a, w):
    yield a, w


def truncated(dropped):
    """Leaves out partial products a_i w_j with i + j < dropped."""
    def terms(a, w):
        for i in range(8):
            yield a & (1 << i), w - w % (1 << max(0, dropped - i))
    return terms


def drum(kept):
    """Keeps `kept` bits of each operand from its leading one on, the last of them set."""
    def leading(x):
        shift = (x.clamp(min=1).double().log2().floor().long() - (kept - 1)).clamp(min=0)
        return torch.where(shift > 0, ((x >> shift) | 1) << shift, x)

    def terms(a, w):
        yield leading(a), leading(w)
    return terms


# Multipliers of magnitudes as sums of products f(a) g(w): so each becomes exact convolutions.
MULTIPLIERS = {"exact": exact, "truncated(4)": truncated(4), "truncated(6)": truncated(6),
               "truncated(7)": truncated(7), "truncated(8)": truncated(8), "drum(4)": drum(4),
               "drum(3)": drum(3)}


def pads_of(node):
    return [list(a.ints) for a in node.attribute if a.name == "pads"][0] if node.op_type == "Conv" else [0] * 4


def product(node, x, w):
    """Of a padded input."""
    if node.op_type == "Gemm":
        return x @ w.T
    strides = [list(a.ints) for a in node.attribute if a.name == "strides"][0]
    return functional.conv2d(x, w, None, strides)


def by_channel(node, values):
    return values.view(-1, 1, 1) if node.op_type == "Conv" else values


class Network:
    def __init__(self, path):
        graph = onnx.load(path).graph
        self.nodes = list(graph.node)
        self.weights = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()).double()
                        for t in graph.initializer}
        self.before_relu = {n.input[0] for n in self.nodes if n.op_type == "Relu"}
        self.ranges = {}

    def run(self, x, multiplier=None, observe=None):
        """Logits; in float where `multiplier` is None."""
        values = {"input": x}
        for node in self.nodes:
            inputs = [values[name] for name in node.input if name not in self.weights]
            y = self.operator(node, inputs, multiplier)
            if multiplier is not None and node.output[0] not in self.before_relu:
                y = self.rounded(node.output[0], y)
            values[node.output[0]] = y
        if observe:
            observe(values)
        return values["logits"]

    def operator(self, node, inputs, multiplier):
        x = inputs[0]
        if node.op_type in ("Conv", "Gemm"):
            bias = by_channel(node, self.weights[node.input[2]])
            if multiplier is not None:
                return self.integer_product(node, x, multiplier) + bias
            return product(node, functional.pad(x, pads_of(node)), self.weights[node.input[1]]) + bias
        if node.op_type == "GlobalAveragePool":
            return x.mean((2, 3), keepdim=True)
        return {"Relu": x.relu, "Add": lambda: x + inputs[-1], "Flatten": lambda: x.flatten(1)}[node.op_type]()

    def calibrate(self, x):
        def observe(values):
            self.ranges = {name: (min(0.0, v.min().item()), v.max().item()) for name, v in values.items()}
        self.run(x, observe=observe)

    def encoding(self, name):
        low, high = self.ranges[name]
        return (high - low) / 255, round(-low / ((high - low) / 255))

    def patterns(self, name, x):
        scale, zero = self.encoding(name)
        return ((x / scale).round() + zero).clamp(0, 255)

    def rounded(self, name, x):
        scale, zero = self.encoding(name)
        return (self.patterns(name, x) - zero) * scale

    def integer_product(self, node, x, multiplier):
        """The array sees raw patterns, padding included; the zero point's share is taken off exactly."""
        scale, zero = self.encoding(node.input[0])
        w = self.weights[node.input[1]]
        w_scale = w.abs().flatten(1).max(1).values / 127
        w = (w / w_scale.view([-1] + [1] * (w.dim() - 1))).round()
        q = functional.pad(self.patterns(node.input[0], x), pads_of(node), value=zero).long()
        total = -by_channel(node, zero * w.flatten(1).sum(1))
        for f, g in multiplier(q, w.abs().long()):
            total = total + product(node, f.double(), g.double() * w.sign())
        return total * by_channel(node, scale * w_scale)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draw", required=True, help="the program neartile-draw")
    parser.add_argument("--images", type=int, default=2000, help="test images")
    parser.add_argument("--folder", default=HERE, help="of shapes.onnx and shapes.json")
    options = parser.parse_args()
    with open(os.path.join(options.folder, "shapes.json")) as file:
        facts = json.load(file)
    network = Network(os.path.join(options.folder, "shapes.onnx"))

    def standardise(pixels):
        real = (pixels.astype(np.float32) - np.float32(facts["mean"])) / np.float32(facts["std"])
        return torch.from_numpy(real.transpose(0, 3, 1, 2).copy()).double()

    network.calibrate(standardise(images.draw(options.draw, "calibration", 0, facts["calibration_images"])[0]))
    pixels, labels = images.draw(options.draw, "test", 0, options.images)
    parts = [standardise(part) for part in np.array_split(pixels, max(1, len(pixels) // 250))]
    for name, multiplier in {"float": None, **MULTIPLIERS}.items():
        answers = np.concatenate([network.run(x, multiplier).argmax(1).numpy() for x in parts])
        print(f"{name}: {100 * (answers == labels).mean():.2f} % of {len(labels)} test images", flush=True)


if __name__ == "__main__":
    main()
