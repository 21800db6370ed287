#!/usr/bin/env python3
"""Trains the default network on drawn images; README.md beside this file says how."""
import argparse
import json
import os
import time

import numpy as np
import torch
from torch.nn import functional

import images
import network

HERE = os.path.dirname(os.path.abspath(__file__))
HELD_OUT = {"search": 4000, "test": 10000}  # images whose accuracy is printed
STATISTICS = 10000  # train images that mean and std come from


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draw", required=True, help="the program neartile-draw")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--images", type=int, default=30000, help="fresh images an epoch")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=0.005, help="largest learning rate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sheet", metavar="PNG", help="only draws a contact sheet of examples")
    parser.add_argument("--out", default=HERE, help="folder of shapes.onnx and shapes.json")
    return parser.parse_args()


def standardise(pixels, facts):
    """u8 NHWC to float NCHW."""
    mean, std = (np.array(facts[key], np.float32) for key in ("mean", "std"))
    return torch.from_numpy(np.ascontiguousarray(((pixels - mean) / std).transpose(0, 3, 1, 2)))


def facts_of(program):
    """What users of the network need to know beside its weights; mean and std in pixel levels."""
    pixels, _ = images.draw(program, "train", 0, STATISTICS)
    return {"mean": [round(float(x), 1) for x in pixels.mean((0, 1, 2))],
            "std": [round(float(x), 1) for x in pixels.std((0, 1, 2))],
            "classes": images.CLASSES,
            "calibration_images": 128, "search_images": HELD_OUT["search"],
            "test_images": HELD_OUT["test"]}


def right_answers(model, pixels, labels, facts):
    model.eval()
    with torch.no_grad():
        answers = [model(standardise(part, facts)).argmax(1).numpy()
                   for part in np.array_split(pixels, max(1, len(pixels) // 500))]
    return int((np.concatenate(answers) == labels).sum())


def train_epoch(model, optimiser, schedule, pixels, labels, options, facts):
    model.train()
    x, y = standardise(pixels, facts), torch.from_numpy(labels)
    total = 0.0
    for start in range(0, len(x) - options.batch + 1, options.batch):
        part = slice(start, start + options.batch)
        loss = functional.cross_entropy(model(x[part]), y[part])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        total += loss.item() * options.batch
    return total / len(x)


def train(options, facts):
    torch.manual_seed(options.seed)
    torch.use_deterministic_algorithms(True)
    model = network.Network(len(images.CLASSES))
    optimiser = torch.optim.AdamW(model.parameters(), options.rate, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, options.rate, total_steps=options.epochs * (options.images // options.batch),
        pct_start=0.2)
    start = time.time()
    for epoch in range(options.epochs):
        pixels, labels = images.draw(options.draw, "train", epoch * options.images, options.images)
        loss = train_epoch(model, optimiser, schedule, pixels, labels, options, facts)
        print(f"epoch {epoch + 1}: loss {loss:.3f} on fresh images, {time.time() - start:.0f} s", flush=True)
    return model


def report(options, model, facts):
    for split, count in {"train": HELD_OUT["search"], **HELD_OUT}.items():
        right = right_answers(model, *images.draw(options.draw, split, 0, count), facts)
        print(f"{split}: {right} of {count} right ({100 * right / count:.2f} %)")


def main():
    options = parse_arguments()
    if options.sheet:
        images.write_sheet(options.sheet, options.draw)
        return
    facts = facts_of(options.draw)
    model = train(options, facts)
    report(options, model, facts)
    network.write_onnx(model, os.path.join(options.out, "shapes.onnx"))
    with open(os.path.join(options.out, "shapes.json"), "w") as file:
        json.dump(facts, file, indent=2)
        file.write("\n")


if __name__ == "__main__":
    main()
