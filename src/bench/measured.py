"""What the measured Python programs have in common: options, MNIST, and a line of JSON per epoch."""

import argparse
import gzip
import json
import os
import resource
import sys

import numpy as np

TRAINING = 50_000


def parser(about):
    options = argparse.ArgumentParser(description=about)
    options.add_argument("--data", required=True, help="folder with MNIST's gzipped IDX files")
    options.add_argument("--layers", default="784,16,16,10", type=lambda text: [int(n) for n in text.split(",")])
    options.add_argument("--batch", default=10, type=int)
    options.add_argument("--rate", default=3.0, type=float)
    options.add_argument("--epochs", default=30, type=int)
    options.add_argument("--seed", default=1, type=int)
    return options


def mnist(folder):
    """The first 50,000 training images and their labels, then the other 10,000: uint8, an image a row."""
    images = _idx(folder, "train-images-idx3-ubyte.gz").reshape(-1, 28 * 28)
    labels = _idx(folder, "train-labels-idx1-ubyte.gz")
    return (images[:TRAINING], labels[:TRAINING]), (images[TRAINING:], labels[TRAINING:])


def _idx(folder, name):
    with gzip.open(os.path.join(folder, name)) as file:
        content = file.read()
    dimensions = content[3]
    shape = np.frombuffer(content, ">u4", dimensions, 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def epoch(number, training_seconds, evaluation_seconds, accuracy):
    _line(epoch=number, trainSeconds=training_seconds, evaluationSeconds=evaluation_seconds, accuracy=accuracy)


def end(*versions):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if sys.platform == "darwin":
        peak //= 1024
    python = (f"NumPy {np.__version__}", f"Python {sys.version.split()[0]}")
    _line(version=", ".join(versions + python), peakKilobytes=peak)


def _line(**fields):
    print(json.dumps(fields), flush=True)
