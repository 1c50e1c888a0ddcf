"""Times full-batch epochs of logistic perceptrons with numpy or PyTorch, on request.

    epoch.py FOLDER-OF-MNIST

Prints "numpy VERSION" and "torch VERSION" for what can be imported, then "ready". Then, for each line "LIBRARY TYPE COLUMNS
EPOCHS" on standard input, prints the median seconds of an epoch: scores, mean cost, gradient and step, on the 60,000
training images alone, with two threads.
"""
import os
import statistics
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "2"

try:
    import numpy
except ImportError:
    numpy = None
try:
    import torch
except ImportError:
    torch = None

CLASSES = 10
RATE = 0.5


def read(folder):
    images = numpy.fromfile(os.path.join(folder, "train-images-idx3-ubyte"), dtype=numpy.uint8)[16:]
    labels = numpy.fromfile(os.path.join(folder, "train-labels-idx1-ubyte"), dtype=numpy.uint8)[8:]
    return images.reshape(len(labels), -1), labels


def targets(labels, columns):
    return (labels[:, None] == numpy.arange(columns)[None, :] % CLASSES).astype(numpy.uint8)


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


def main():
    if torch is not None:
        torch.set_num_threads(2)
    if numpy is not None:
        print("numpy", numpy.__version__)
        if torch is not None:
            print("torch", torch.__version__)
        images, labels = read(sys.argv[1])
    print("ready", flush=True)
    epochs = {}
    for line in sys.stdin:
        library, kind, columns, count = line.split()
        if line not in epochs:
            module, factory = (numpy, NumpyEpoch) if library == "numpy" else (torch, TorchEpoch)
            epochs[line] = factory(images, labels, int(columns), getattr(module, kind))
        seconds = []
        for _ in range(int(count)):
            started = time.perf_counter()
            epochs[line].step()
            seconds.append(time.perf_counter() - started)
        print(statistics.median(seconds), flush=True)


main()
