"""Trains sigmoid perceptrons on MNIST with numpy, full batch, in float32, the perceptrons of all runs in one matrix.

    train_numpy.py FOLDER-OF-MNIST OUTPUT EPOCHS (one|sweep)

Cost and error of both sets after every epoch, then the weights. Scores stand as (perceptrons, rows), as in train_torch.py.
"""
import os
import sys

import mnist
import numpy


class Examples:
    def __init__(self, folder, name, perceptrons):
        pixels, labels = mnist.read(folder, name)
        self.x = pixels.astype(numpy.float32)
        self.x /= 255
        self.labels = labels
        self.rows = numpy.arange(len(labels))
        self.scores = numpy.empty((perceptrons, len(labels)), numpy.float32)

    def of_label(self, matrix):
        """For each run and row, the entry of the row's class."""
        return matrix.reshape(-1, mnist.CLASSES, len(self.labels))[:, self.labels, self.rows]


class Perceptrons:
    def __init__(self, runs):
        self.logistic = mnist.CLASSES * sum(loss == "logistic" for loss, _ in runs)
        self.rates = numpy.repeat(numpy.float32([rate for _, rate in runs]), mnist.CLASSES)[:, None]
        self.w = numpy.zeros((len(self.rates), mnist.PIXELS), numpy.float32)
        self.b = numpy.zeros((len(self.rates), 1), numpy.float32)

    def evaluate(self, data):
        """For each run, the mean cost and the fraction of errors; leaves sigmoids where the scores were."""
        k, n, classes = self.logistic, len(data.labels), mnist.CLASSES
        z = numpy.matmul(self.w, data.x.T, out=data.scores)
        z += self.b
        errors = (z.reshape(-1, classes, n).argmax(1) != data.labels).sum(1)
        # softplus(z) - t z, with softplus(z) = z + log(1 + e^-z), where float32 has room for e^-z if z is at least -88.
        costs = -data.of_label(z[:k]).sum(1)
        numpy.maximum(z, -88, out=z)
        costs += z[:k].reshape(-1, classes * n).sum(1)
        s = numpy.negative(z, out=z)
        numpy.exp(s, out=s)
        s += 1
        costs += numpy.log(s[:k]).reshape(-1, classes * n).sum(1)
        numpy.reciprocal(s, out=s)
        # (s - t)^2 / 2 is s^2 / 2, but for the label's class, where it is s^2 / 2 - s + 1 / 2.
        squares = [numpy.vdot(run, run) for run in s[k:].reshape(-1, classes * n)]
        costs = numpy.append(costs, numpy.float32(squares) / 2 - data.of_label(s[k:]).sum(1) + n / 2)
        return list(zip((costs / n).tolist(), (errors / n).tolist()))

    def step(self, data):
        """After evaluate, whose sigmoids become derivatives of the costs by the scores."""
        deltas = data.scores
        squared = deltas[self.logistic :]
        slopes = 1 - squared
        slopes *= squared
        deltas.reshape(-1, mnist.CLASSES, len(data.labels))[:, data.labels, data.rows] -= 1
        squared *= slopes
        self.w -= self.rates / len(data.labels) * (deltas @ data.x)
        self.b -= self.rates / len(data.labels) * deltas.sum(1, keepdims=True)


def main():
    folder, output, epochs, runs = sys.argv[1], sys.argv[2], int(sys.argv[3]), mnist.RUNS[sys.argv[4]]
    perceptrons = Perceptrons(runs)
    train, test = (Examples(folder, name, len(perceptrons.w)) for name in ("train", "t10k"))
    metrics = mnist.Metrics(output, runs, epochs)
    for epoch in range(epochs + 1):
        metrics.add(epoch, perceptrons.evaluate(train), perceptrons.evaluate(test))
        if epoch < epochs:
            perceptrons.step(train)
    metrics.close()
    numpy.save(os.path.join(output, "weights.npy"), numpy.concatenate((perceptrons.w, perceptrons.b), 1))


main()
