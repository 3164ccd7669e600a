"""Makes the pickles that the tests read.

    python3 src/test/python/make_pickles.py
    python2.7 src/test/python/make_pickles.py     # trained_network-python2.pkl alone

Needs numpy, but for Python 2. The files are committed, so nobody has to run this; it is here to
show what they are.
"""

import gzip
import io
import os
import pickle
import random
import struct
import sys

RESOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "handspun")
DATA = os.path.join(RESOURCES, "data")
STORE = os.path.join(RESOURCES, "store")
SIZES = [6, 4, 3]


def write(folder, name, content):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(content)


def packed(content):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9, mtime=0) as file:
        file.write(content)
    return out.getvalue()


def trained_network():
    """The seed's model: lists of lists of doubles, weights[layer][unit][input]."""
    rng = random.Random(7)
    weights = [
        [[rng.gauss(0, 1) for _ in range(SIZES[l])] for _ in range(SIZES[l + 1])]
        for l in range(len(SIZES) - 1)
    ]
    biases = [[[rng.gauss(0, 1)] for _ in range(SIZES[l + 1])] for l in range(len(SIZES) - 1)]
    return {"sizes": SIZES, "weights": weights, "biases": biases}


def python2():
    write(STORE, "trained_network-python2.pkl", pickle.dumps(trained_network(), 0))


class Python2Pickler(pickle._Pickler if hasattr(pickle, "_Pickler") else object):
    """Writes bytes and texts as Python 2 does: as its str, a string of bytes."""

    def save_str(self, content):
        raw = content if isinstance(content, bytes) else content.encode("latin1")
        if len(raw) < 256:
            self.write(pickle.SHORT_BINSTRING + struct.pack("<B", len(raw)) + raw)
        else:
            self.write(pickle.BINSTRING + struct.pack("<i", len(raw)) + raw)
        self.memoize(content)

    if sys.version_info[0] > 2:
        dispatch = dict(pickle._Pickler.dispatch)
        dispatch[bytes] = save_str
        dispatch[str] = save_str


def digits(numpy):
    """Forty small pictures: a byte for every pixel, most of them 0, and a label each."""
    rng = random.Random(42)
    images = numpy.zeros((40, 16), dtype=numpy.uint8)
    for image in images:
        for pixel in rng.sample(range(16), 5):
            image[pixel] = rng.randrange(1, 256)
    labels = numpy.array([rng.randrange(10) for _ in range(40)], dtype=numpy.int64)
    return images, labels


def split(images, labels):
    return tuple((images[a:b], labels[a:b]) for a, b in ((0, 20), (20, 30), (30, 40)))


def python3():
    import numpy

    images, labels = digits(numpy)
    write(DATA, "digits.bytes", images.tobytes())
    write(DATA, "digits.labels", labels.astype(numpy.uint8).tobytes())
    nielsen = images.astype(numpy.float32) / numpy.float32(256)
    by255 = images.astype(numpy.float32) / numpy.float32(255)

    write(DATA, "digits.pkl.gz", packed(pickle.dumps(split(nielsen, labels), 2)))
    for protocol in (3, 4, 5):
        content = pickle.dumps(split(nielsen, labels), protocol)
        write(DATA, "digits-protocol%d.pkl" % protocol, content)
    old = io.BytesIO()
    Python2Pickler(old, 2).dump(split(nielsen, labels))
    # numpy was one package then.
    write(DATA, "digits-python2.pkl.gz", packed(old.getvalue().replace(b"numpy._core", b"numpy.core")))
    write(DATA, "digits-by-255.pkl", pickle.dumps(split(by255, labels.astype(numpy.uint8)), 2))
    noisy = (by255 * numpy.float32(0.9999)).astype(numpy.float64)
    write(DATA, "digits-noisy.pkl", pickle.dumps(split(noisy, labels.astype(">i4")), 2))
    columns = numpy.asfortranarray(nielsen.astype(">f4"))
    parts = tuple(
        (numpy.asfortranarray(columns[a:b]), labels[a:b].astype(numpy.int16))
        for a, b in ((0, 20), (20, 30), (30, 40))
    )
    write(DATA, "digits-by-columns.pkl", pickle.dumps(parts, 2))

    network = trained_network()
    write(STORE, "trained_network.pkl", pickle.dumps(network))
    arrays = {
        "sizes": numpy.array(SIZES),
        "weights": [numpy.array(w) for w in network["weights"]],
        "biases": [numpy.array(b) for b in network["biases"]],
    }
    write(STORE, "trained_network-arrays.pkl", pickle.dumps(arrays, 2))
    scalars = {
        "sizes": tuple(SIZES),
        "weights": [[[numpy.float64(x) for x in row] for row in w] for w in network["weights"]],
        "biases": [[numpy.float64(b[0]) for b in layer] for layer in network["biases"]],
        "cost": "quadratic",
    }
    write(STORE, "trained_network-scalars.pkl", pickle.dumps(scalars, 4))
    hostile(numpy)


class Call(object):
    """Unpickles to the result of calling something."""

    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


def hostile(numpy):
    import collections
    import datetime
    import decimal

    things = {
        "os-system": Call(os.system, "echo handspun was here"),
        "eval": Call(eval, "1 + 1"),
        "datetime": datetime.datetime(2026, 1, 1),
        "decimal": decimal.Decimal("1.5"),
        "set": {1, 2, 3},
        "bytearray": bytearray(b"abc"),
        "complex": 1 + 2j,
        "ordered-dict": collections.OrderedDict(a=1),
        "own-class": Call(Python2Pickler),
        "objects": numpy.array([1, None, "a"], dtype=object),
        "structure": numpy.zeros(2, dtype=[("a", "f4"), ("b", "i4")]),
        "half": numpy.zeros(2, dtype=numpy.float16),
    }
    for name, thing in things.items():
        write(DATA, "hostile-%s.pkl" % name, pickle.dumps([1.0, thing], 2))
    write(DATA, "hostile-stack-global.pkl", pickle.dumps(things["os-system"], 4))
    write(DATA, "hostile-inst.pkl", b"(S'true'\nios\nsystem\n.")
    write(DATA, "hostile-obj.pkl", b"(cos\nsystem\nS'true'\no.")


if __name__ == "__main__":
    if sys.version_info[0] == 2:
        python2()
    else:
        python3()
