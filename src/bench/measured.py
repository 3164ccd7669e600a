"""What the measured Python programs have in common: options, MNIST, and a line of JSON per epoch."""

import argparse
import ctypes
import gzip
import json
import os
import re
import resource
import sys

import numpy as np

TRAINING = 50_000
REFERENCE = "reference BLAS"


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


def require_fast_blas(module):
    """The BLAS that this process computes with, by name; ends it if that is the reference BLAS."""
    name = _blas()
    if name == REFERENCE:
        sys.exit(f"{module} computes with the {REFERENCE}, which takes twenty times as long for wide layers and is "
                 "no peer: install OpenBLAS (Debian: libopenblas0-pthread)")
    return name


def _blas():
    for path in _libraries():
        file = os.path.basename(path)
        if "openblas" in path:
            return _openblas(path)
        if "mkl_rt" in file or "mkl_core" in file:
            return "MKL"
        if re.match(r"(libblas|libcblas)\.so", file):
            return REFERENCE
    # Built into the module, or not Linux.
    return "unknown BLAS"


def _libraries():
    """Files of the libraries that are loaded, OpenBLAS before the names that lead to it."""
    return sorted(_mapped(), key=lambda path: ("openblas" not in path, path))


def _mapped():
    try:
        with open("/proc/self/maps") as maps:
            return {os.path.realpath(line.split()[-1]) for line in maps if ".so" in line}
    except OSError:
        return set()


def _openblas(path):
    """Its version and the kind of processor that it computes for."""
    try:
        library = ctypes.CDLL(path)
    except OSError:
        return "OpenBLAS"
    for name in ("openblas_get_config", "scipy_openblas_get_config64_", "openblas_get_config64_"):
        config = getattr(library, name, None)
        if config is not None:
            config.restype = ctypes.c_char_p
            # Such as "OpenBLAS 0.3.21 NO_LAPACK DYNAMIC_ARCH NO_AFFINITY Haswell MAX_THREADS=64".
            words = config().decode().split()
            return " ".join(words[:2] + [word for word in words[2:] if re.search("[a-z]", word)])
    return "OpenBLAS"


def end(*versions):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if sys.platform == "darwin":
        peak //= 1024
    python = (f"NumPy {np.__version__}", f"Python {sys.version.split()[0]}")
    _line(version=", ".join(versions + python), peakKilobytes=peak)


def _line(**fields):
    print(json.dumps(fields), flush=True)
