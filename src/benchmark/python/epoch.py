"""Times full-batch epochs of logistic perceptrons with numpy or PyTorch, on request.

    epoch.py FOLDER-OF-MNIST

Prints "numpy VERSION" and "torch VERSION" for what can be imported, then "ready". Then, for each line "SUBJECT TYPE COLUMNS
EPOCHS" on standard input, prints the median seconds of an epoch: scores, mean cost, gradient and step, on the 60,000
training images alone, with as many threads as there are cores. SUBJECT is numpy, torch, or torch-transposed.
"""
import statistics
import sys
import time

import mnist

try:
    import numpy
except ImportError:
    numpy = None
try:
    import torch
except ImportError:
    torch = None

RATE = 0.5


def targets(labels, columns):
    return (labels[:, None] == numpy.arange(columns)[None, :] % mnist.CLASSES).astype(numpy.uint8)


class NumpyEpoch:
    def __init__(self, images, labels, columns, kind):
        self.x = images.astype(kind) / kind(255)
        self.t = targets(labels, columns).astype(kind)
        self.w = numpy.zeros((images.shape[1], columns), kind)
        self.b = numpy.zeros(columns, kind)

    def step(self):
        n = len(self.x)
        z = self.x @ self.w
        z += self.b
        e = numpy.exp(-numpy.abs(z))
        cost = (numpy.maximum(z, 0) + numpy.log1p(e) - self.t * z).sum() / n
        delta = numpy.where(z >= 0, 1, e) / (1 + e) - self.t
        self.w -= RATE / n * (self.x.T @ delta)
        self.b -= RATE / n * delta.sum(axis=0)
        return float(cost)


class TorchEpoch:
    def __init__(self, images, labels, columns, kind):
        self.x = torch.from_numpy(images).to(kind) / 255
        self.t = torch.from_numpy(targets(labels, columns)).to(kind)
        self.w = torch.zeros(images.shape[1], columns, dtype=kind)
        self.b = torch.zeros(columns, dtype=kind)

    def step(self):
        n = len(self.x)
        z = torch.addmm(self.b, self.x, self.w)
        cost = (torch.nn.functional.softplus(z).sum() - (self.t * z).sum()) / n
        delta = torch.sigmoid(z) - self.t
        self.w -= RATE / n * (self.x.t() @ delta)
        self.b -= RATE / n * delta.sum(dim=0)
        return float(cost)


class TorchTransposedEpoch:
    """Scores as (columns, rows), which suits OpenBLAS better where columns are few, and no memory asked for twice."""

    def __init__(self, images, labels, columns, kind):
        self.x = torch.from_numpy(images).to(kind) / 255
        self.t = torch.from_numpy(targets(labels, columns)).to(kind).t().contiguous()
        self.w = torch.zeros(columns, images.shape[1], dtype=kind)
        self.b = torch.zeros(columns, 1, dtype=kind)
        self.z = torch.empty_like(self.t)

    def step(self):
        n = len(self.x)
        z = torch.addmm(self.b, self.w, self.x.t(), out=self.z)
        cost = (torch.nn.functional.softplus(z).sum() - torch.dot(self.t.view(-1), z.view(-1))) / n
        delta = z.sigmoid_().sub_(self.t)
        self.w -= RATE / n * (delta @ self.x)
        self.b -= RATE / n * delta.sum(dim=1, keepdim=True)
        return float(cost)


EPOCHS = {"numpy": NumpyEpoch, "torch": TorchEpoch, "torch-transposed": TorchTransposedEpoch}


def main():
    if torch is not None:
        torch.set_num_threads(mnist.CORES)
    if numpy is not None:
        print("numpy", numpy.__version__)
        if torch is not None:
            print("torch", torch.__version__)
        images, labels = mnist.read(sys.argv[1], "train")
    print("ready", flush=True)
    epochs = {}
    for line in sys.stdin:
        subject, kind, columns, count = line.split()
        if line not in epochs:
            module = numpy if subject == "numpy" else torch
            epochs[line] = EPOCHS[subject](images, labels, int(columns), getattr(module, kind))
        seconds = []
        for _ in range(int(count)):
            started = time.perf_counter()
            epochs[line].step()
            seconds.append(time.perf_counter() - started)
        print(statistics.median(seconds), flush=True)


main()
