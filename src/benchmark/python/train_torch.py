"""Trains sigmoid perceptrons on MNIST with PyTorch, full batch, in float32, the perceptrons of all runs in one matrix.

    train_torch.py FOLDER-OF-MNIST OUTPUT EPOCHS (one|sweep)

Cost and error of both sets after every epoch, then the weights. Scores stand as (perceptrons, rows): this way OpenBLAS takes
two thirds of the time that it takes for (rows, perceptrons), where perceptrons are few.
"""
import os
import sys

import mnist
import numpy
import torch


class Examples:
    def __init__(self, folder, name, perceptrons):
        pixels, labels = mnist.read(folder, name)
        self.x = torch.from_numpy(pixels).float().div_(255)
        self.labels = torch.from_numpy(labels).long()
        self.rows = torch.arange(len(labels))
        self.scores = torch.empty(perceptrons, len(labels))

    def of_label(self, matrix):
        """For each run and row, the entry of the row's class."""
        return matrix.view(-1, mnist.CLASSES, len(self.labels))[:, self.labels, self.rows]


class Perceptrons:
    def __init__(self, runs):
        self.logistic = mnist.CLASSES * sum(loss == "logistic" for loss, _ in runs)
        self.rates = torch.tensor([rate for _, rate in runs]).repeat_interleave(mnist.CLASSES)[:, None]
        self.w = torch.zeros(len(self.rates), mnist.PIXELS)
        self.b = torch.zeros(len(self.rates), 1)

    def evaluate(self, data):
        """For each run, the mean cost and the fraction of errors; leaves sigmoids where the scores were."""
        k, n, classes = self.logistic, len(data.labels), mnist.CLASSES
        z = torch.addmm(self.b, self.w, data.x.t(), out=data.scores)
        errors = (z.view(-1, classes, n).max(1).indices != data.labels).sum(1)
        # softplus(z) - t z, with softplus(z) = z - log(sigmoid(z)), which is not 0 for scores of at least -87.
        costs = -data.of_label(z[:k]).sum(1)
        z.clamp_(min=-87)
        costs += z[:k].view(-1, classes * n).sum(1)
        s = z.sigmoid_()
        costs -= torch.log(s[:k]).view(-1, classes * n).sum(1)
        # (s - t)^2 / 2 is s^2 / 2, but for the label's class, where it is s^2 / 2 - s + 1 / 2.
        squares = torch.linalg.vector_norm(s[k:].view(-1, classes * n), dim=1) ** 2
        costs = torch.cat((costs, squares / 2 - data.of_label(s[k:]).sum(1) + n / 2))
        return list(zip((costs / n).tolist(), (errors / n).tolist()))

    def step(self, data):
        """After evaluate, whose sigmoids become derivatives of the costs by the scores."""
        deltas = data.scores
        squared = deltas[self.logistic :]
        slopes = (1 - squared).mul_(squared)
        deltas.view(-1, mnist.CLASSES, len(data.labels))[:, data.labels, data.rows] -= 1
        squared *= slopes
        self.w -= self.rates / len(data.labels) * (deltas @ data.x)
        self.b -= self.rates / len(data.labels) * deltas.sum(1, keepdim=True)


def main():
    folder, output, epochs, runs = sys.argv[1], sys.argv[2], int(sys.argv[3]), mnist.RUNS[sys.argv[4]]
    torch.set_num_threads(mnist.CORES)
    torch.set_grad_enabled(False)
    perceptrons = Perceptrons(runs)
    train, test = (Examples(folder, name, len(perceptrons.w)) for name in ("train", "t10k"))
    metrics = mnist.Metrics(output, runs, epochs)
    for epoch in range(epochs + 1):
        metrics.add(epoch, perceptrons.evaluate(train), perceptrons.evaluate(test))
        if epoch < epochs:
            perceptrons.step(train)
    metrics.close()
    numpy.save(os.path.join(output, "weights.npy"), torch.cat((perceptrons.w, perceptrons.b), 1).numpy())


main()
