"""Michael Nielsen's algorithm as a NumPy program does it: example by example, in column vectors.

Stochastic gradient descent on the quadratic cost of a sigmoid network. Every example is a dense
column of float64; its gradient is a list of matrices and a list of columns, and those of a
mini-batch are added up in lists before the weights move.
"""

import random
import time

import numpy as np

import measured


class Network:
    def __init__(self, layers):
        self.biases = [np.random.randn(units, 1) for units in layers[1:]]
        self.weights = [np.random.randn(units, inputs) for inputs, units in zip(layers, layers[1:])]

    def outputs(self, activation):
        for w, b in zip(self.weights, self.biases):
            activation = sigmoid(np.dot(w, activation) + b)
        return activation

    def train_epoch(self, examples, batch, rate):
        random.shuffle(examples)
        for start in range(0, len(examples), batch):
            self.step(examples[start : start + batch], rate)

    def step(self, mini_batch, rate):
        sum_b = [np.zeros(b.shape) for b in self.biases]
        sum_w = [np.zeros(w.shape) for w in self.weights]
        for image, target in mini_batch:
            gradient_b, gradient_w = self.gradient(image, target)
            sum_b = [total + one for total, one in zip(sum_b, gradient_b)]
            sum_w = [total + one for total, one in zip(sum_w, gradient_w)]
        scale = rate / len(mini_batch)
        self.biases = [b - scale * total for b, total in zip(self.biases, sum_b)]
        self.weights = [w - scale * total for w, total in zip(self.weights, sum_w)]

    def gradient(self, image, target):
        activations, weighted_inputs = [image], []
        for w, b in zip(self.weights, self.biases):
            weighted_inputs.append(np.dot(w, activations[-1]) + b)
            activations.append(sigmoid(weighted_inputs[-1]))
        layers = len(self.weights)
        gradient_b, gradient_w = [None] * layers, [None] * layers
        error = (activations[-1] - target) * sigmoid_slope(weighted_inputs[-1])
        for layer in reversed(range(layers)):
            if layer < layers - 1:
                error = np.dot(self.weights[layer + 1].T, error) * sigmoid_slope(weighted_inputs[layer])
            gradient_b[layer] = error
            gradient_w[layer] = np.dot(error, activations[layer].T)
        return gradient_b, gradient_w

    def accuracy(self, examples):
        return sum(int(np.argmax(self.outputs(image)) == label) for image, label in examples) / len(examples)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


def columns(images):
    return [pixels.reshape(-1, 1) / 255 for pixels in images]


def main():
    options = measured.parser(__doc__.splitlines()[0]).parse_args()
    blas = measured.require_fast_blas("NumPy")
    random.seed(options.seed)
    np.random.seed(options.seed)
    (images, labels), (validation_images, validation_labels) = measured.mnist(options.data)
    one_hot = np.eye(options.layers[-1])
    examples = list(zip(columns(images), [one_hot[label].reshape(-1, 1) for label in labels]))
    validation = list(zip(columns(validation_images), validation_labels))
    network = Network(options.layers)
    for epoch in range(1, options.epochs + 1):
        start = time.perf_counter()
        network.train_epoch(examples, options.batch, options.rate)
        trained = time.perf_counter()
        accuracy = network.accuracy(validation)
        measured.epoch(epoch, trained - start, time.perf_counter() - trained, accuracy)
    measured.end(blas)


if __name__ == "__main__":
    main()
