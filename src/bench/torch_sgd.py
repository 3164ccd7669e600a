"""Mini-batch gradient descent by hand with PyTorch on the CPU, as fast as it can reasonably be put.

The same network, cost and learning rate as nielsen.py, but a whole mini-batch as one matrix of
float32, without autograd: every operation writes into arrays that are made once, and the gradient
goes into the weights without being stored.
"""

import os
import sys
import time

import torch

import measured

sigmoid_backward = torch.ops.aten.sigmoid_backward.grad_input


class Scratch:
    """The arrays for mini-batches of one size, an example a row."""

    def __init__(self, layers, size):
        self.inputs = torch.empty(size, layers[0])
        self.targets = torch.empty(size, layers[-1])
        self.activations = [torch.empty(size, units) for units in layers[1:]]
        self.errors = [torch.empty(size, units) for units in layers[1:]]
        self.errors_across = [errors.t() for errors in self.errors]
        self.ones = torch.ones(size)


class Network:
    def __init__(self, layers):
        self.layers = layers
        self.weights = [torch.randn(units, inputs) for inputs, units in zip(layers, layers[1:])]
        self.weights_across = [w.t() for w in self.weights]
        self.biases = [torch.randn(units) for units in layers[1:]]
        self.scratches = {}

    def train_epoch(self, images, targets, batch, rate):
        for examples in torch.randperm(len(images)).split(batch):
            size = len(examples)
            if size not in self.scratches:
                self.scratches[size] = Scratch(self.layers, size)
            scratch = self.scratches[size]
            torch.index_select(images, 0, examples, out=scratch.inputs)
            torch.index_select(targets, 0, examples, out=scratch.targets)
            self.step(scratch, -rate / size)

    def step(self, scratch, scale):
        values = scratch.inputs
        for w, b, target in zip(self.weights_across, self.biases, scratch.activations):
            values = torch.addmm(b, values, w, out=target).sigmoid_()
        error = scratch.errors[-1]
        torch.sub(values, scratch.targets, out=error)
        sigmoid_backward(error, values, grad_input=error)
        for layer in range(len(self.weights) - 1, -1, -1):
            below = scratch.inputs
            if layer > 0:
                below, error_below = scratch.activations[layer - 1], scratch.errors[layer - 1]
                torch.mm(error, self.weights[layer], out=error_below)
                sigmoid_backward(error_below, below, grad_input=error_below)
            self.weights[layer].addmm_(scratch.errors_across[layer], below, alpha=scale)
            self.biases[layer].addmv_(scratch.errors_across[layer], scratch.ones, alpha=scale)
            if layer > 0:
                error = error_below

    def accuracy(self, images, labels):
        values = images
        for w, b in zip(self.weights_across, self.biases):
            values = torch.addmm(b, values, w).sigmoid_()
        return (values.argmax(1) == labels).sum().item() / len(labels)


def main():
    parser = measured.parser(__doc__.splitlines()[0])
    parser.add_argument("--threads", default=1, type=int)
    options = parser.parse_args()
    blas = "MKL" if torch.backends.mkl.is_available() else measured.require_fast_blas("PyTorch")
    if os.environ.get("OPENBLAS_CORETYPE") == "SKYLAKEX" and blas == "MKL":
        sys.exit("this PyTorch computes with MKL, which does not heed OPENBLAS_CORETYPE")
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(options.seed)
    training, validation = measured.mnist(options.data)
    images, validation_images = (torch.tensor(pixels).float() / 255 for pixels, _ in (training, validation))
    labels, validation_labels = (torch.tensor(labels).long() for _, labels in (training, validation))
    targets = torch.eye(options.layers[-1])[labels]
    with torch.inference_mode():
        network = Network(options.layers)
        for epoch in range(1, options.epochs + 1):
            start = time.perf_counter()
            network.train_epoch(images, targets, options.batch, options.rate)
            trained = time.perf_counter()
            accuracy = network.accuracy(validation_images, validation_labels)
            measured.epoch(epoch, trained - start, time.perf_counter() - trained, accuracy)
    measured.end(f"PyTorch {torch.__version__} ({blas})")


if __name__ == "__main__":
    main()
