"""What the scripts beside this one share: MNIST's files, the runs, a line for each epoch, and as many threads as there are cores.

Import it before numpy and PyTorch, for these read how many threads they get when they are loaded.
"""
import os

CORES = len(os.sched_getaffinity(0))
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = str(CORES)
# PyTorch's threads do not spin while they wait, for OpenBLAS has threads of its own on the same cores: up to a third faster.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

CLASSES = 10
PIXELS = 784
RUNS = {
    "one": [("logistic", 0.5)],
    "sweep": [(loss, rate) for loss in ("logistic", "mse") for rate in (0.01, 0.05, 0.1, 0.5, 1, 1.5, 2, 5, 10)],
}


def read(folder, name):
    """Pixels, a row for each image, and labels of the set "train" or "t10k"."""
    import numpy

    pixels = numpy.fromfile(os.path.join(folder, name + "-images-idx3-ubyte"), numpy.uint8, offset=16)
    labels = numpy.fromfile(os.path.join(folder, name + "-labels-idx1-ubyte"), numpy.uint8, offset=8)
    return pixels.reshape(-1, PIXELS), labels


class Metrics:
    """Writes a line for each epoch and run, and prints one for each epoch."""

    def __init__(self, folder, runs, epochs):
        os.makedirs(folder, exist_ok=True)
        self.file = open(os.path.join(folder, "metrics.csv"), "w")
        self.file.write("epoch,run,loss,learning_rate,train_cost,train_error,test_cost,test_error\n")
        self.runs = runs
        self.epochs = epochs

    def add(self, epoch, train, test):
        """train and test: for each run, its mean cost and the fraction of errors."""
        for (loss, rate), of_train, of_test in zip(self.runs, train, test):
            self.file.write("%d,%s-%g,%s,%g,%r,%r,%r,%r\n" % (epoch, loss, rate, loss, rate, *of_train, *of_test))
        print("epoch %d/%d  train cost %.6f  test error %.4f" % (epoch, self.epochs, train[0][0], test[0][1]), flush=True)

    def close(self):
        self.file.close()
