"""Makes a small fixture of every form of data set and of network that src/docs/data.md lists.

    python3 src/test/python/make_data.py

Needs numpy. The files are committed, so nobody has to run this; it is here to show what they are.
All hold the forty digits of make_pickles.py, thirty to train and ten to test where they are split.
"""

import gzip
import io
import json
import os
import pickle
import shutil
import struct
import sys
import types
import zipfile

import numpy

import make_pickles
from make_pickles import DATA, STORE, digits, packed, trained_network

FORMS = os.path.join(DATA, "forms")
FIRST = (1980, 1, 1, 0, 0, 0)


def write(name, content):
    path = os.path.join(FORMS, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name.replace("_csv", ".csv"), FIRST), content)
    return out.getvalue()


def idx(array):
    codes = {"u1": 8, "i1": 9, "i2": 11, "i4": 12, "f4": 13, "f8": 14}
    header = struct.pack(">BBBB", 0, 0, codes[array.dtype.str[1:]], array.ndim)
    header += b"".join(struct.pack(">I", size) for size in array.shape)
    return header + array.astype(array.dtype.newbyteorder(">")).tobytes()


def idx_folders(images, labels):
    images = images.reshape(40, 4, 4)
    labels = labels.astype(numpy.uint8)

    def put(folder, prefix, train, test, end, dot, pack, nested, images=images, labels=labels):
        content = {"images%sidx3-ubyte": images, "labels%sidx1-ubyte": labels}
        for use, part in ((train, slice(0, 30)), (test, slice(30, 40))):
            for name, array in content.items():
                file = prefix + use + "-" + name % dot + end
                write(
                    "%s/%s%s" % (folder, file + "/" if nested else "", file),
                    pack(idx(array[part])),
                )

    plain = lambda content: content
    put("idx", "", "train", "t10k", "", "-", plain, False)
    put("idx-gz", "", "train", "t10k", ".gz", "-", packed, False)
    put("idx-twice", "", "train", "t10k", ".gz", "-", lambda c: packed(packed(c)), False)
    put("idx-not-packed", "", "train", "t10k", ".gz", "-", plain, False)
    put("idx-zip", "", "train", "t10k", ".zip", "-", lambda c: zipped(content=c), False)
    put("idx-kaggle", "", "train", "t10k", "", "-", plain, True)
    put("idx-kaggle", "", "train", "t10k", "", ".", plain, False)
    put("idx-deeper/MNIST/raw", "", "Train", "Test", ".GZ", "-", packed, False)
    put("idx-channel", "", "train", "t10k", "", "-", plain, False, images=images.reshape(40, 4, 4, 1))
    put("idx-channel-first", "", "train", "t10k", "", "-", plain, False, images=images.reshape(40, 1, 4, 4))
    put("idx-flat", "", "train", "t10k", "", "-", plain, False, images=images.reshape(40, 16))
    put("idx-long-labels", "", "train", "t10k", "", "-", plain, False, labels=labels.astype(numpy.int32))
    put(
        "emnist/gzip", "emnist-digits-", "train", "test", ".gz", "-", packed, False,
        images=numpy.ascontiguousarray(images.transpose(0, 2, 1)),
    )
    qmnist = numpy.zeros((40, 8), dtype=numpy.int32)
    qmnist[:, 0] = labels
    qmnist[:, 1:] = numpy.arange(280).reshape(40, 7) * 1000
    for use, part in (("train", slice(0, 30)), ("test", slice(30, 40))):
        write("qmnist/qmnist-%s-images-idx3-ubyte.gz" % use, packed(idx(images[part])))
        write("qmnist/qmnist-%s-labels-idx2-int.gz" % use, packed(idx(qmnist[part])))
    for number, part in enumerate((slice(0, 12), slice(12, 30))):
        write("idx-parts/train-images-idx3-ubyte-%05d-of-00002" % number, idx(images[part]))
        write("idx-parts/train-labels-idx1-ubyte-%05d-of-00002" % number, idx(labels[part]))
    write("idx-parts/t10k-images-idx3-ubyte", idx(images[30:]))
    write("idx-parts/t10k-labels-idx1-ubyte", idx(labels[30:]))
    write("idx-train-only/train-images-idx3-ubyte", idx(images))
    write("idx-train-only/train-labels-idx1-ubyte", idx(labels))


def table(images, labels, header=None, end="\n", separator=",", quote="", numbered=False):
    rows = [header] if header else []
    for i, (image, label) in enumerate(zip(images, labels)):
        rows.append(([str(i)] if numbered else []) + [str(label)] + [str(p) for p in image])
    lines = [separator.join(quote + value + quote for value in row) for row in rows]
    return (end.join(lines) + end).encode()


def tables(images, labels):
    kaggle = ["label"] + ["pixel%d" % p for p in range(16)]
    mnist = ["label"] + ["%dx%d" % (r + 1, c + 1) for r in range(4) for c in range(4)]
    alone = table(images, labels, kaggle)
    write("digit-recognizer/train.csv", alone)
    unlabelled = "\n".join(",".join(str(p) for p in image) for image in images[:5])
    write("digit-recognizer/test.csv", (",".join(kaggle[1:]) + "\n" + unlabelled).encode())
    write("digit-recognizer/sample_submission.csv", b"ImageId,Label\n1,0\n2,0\n")
    write("csv/train.csv", alone)
    write("csv/train.csv.gz", packed(alone))
    write("csv/train.zip", zipped(train_csv=alone))
    write("mnist-csv/mnist_train.csv", table(images[:30], labels[:30], mnist))
    write("mnist-csv/mnist_test.csv", table(images[30:], labels[30:], mnist))
    write("mnist-csv-plain/mnist_train.csv.gz", packed(table(images[:30], labels[:30])))
    write("mnist-csv-plain/mnist_test.csv.gz", packed(table(images[30:], labels[30:])))
    windows = table(images, labels, kaggle, "\r\n", ",", '"')
    write("csv/windows.csv", b"\xef\xbb\xbf" + windows)
    write("csv/semicolons.csv", table(images, labels, None, "\r", ";"))
    write("csv/pandas.csv", table(images, labels, [""] + kaggle, numbered=True))
    last = "\n".join(
        ",".join([str(float(p)) for p in image] + [str(label)])
        for image, label in zip(images, labels)
    )
    write("csv/label-last.csv", (",".join(kaggle[1:] + ["class"]) + "\n" + last).encode())
    upright = images.reshape(40, 4, 4)
    turned = upright.transpose(0, 2, 1).reshape(40, 16)
    write("emnist-csv/emnist-digits-train.csv", table(turned[:30], labels[:30]))
    write("emnist-csv/emnist-digits-test.csv", table(turned[30:], labels[30:]))


def npz(save, **arrays):
    out = io.BytesIO()
    save(out, **arrays)
    return out.getvalue()


def numpy_files(images, labels):
    square = images.reshape(40, 4, 4)
    sets = dict(
        x_train=square[:30],
        y_train=labels[:30].astype(numpy.uint8),
        x_test=square[30:],
        y_test=labels[30:].astype(numpy.uint8),
    )
    write("npz/mnist.npz", npz(numpy.savez, **sets))
    long_labels = dict(sets, y_train=labels[:30], y_test=labels[30:])
    write("npz/compressed.npz", npz(numpy.savez_compressed, **long_labels))
    floats = {
        name: array / numpy.float32(255) if name.startswith("x") else array.reshape(-1, 1)
        for name, array in long_labels.items()
    }
    write("npz/floats.npz", npz(numpy.savez_compressed, **floats))
    channel = {
        name: numpy.asfortranarray(array.reshape(-1, 4, 4, 1)) if name.startswith("x") else array
        for name, array in sets.items()
    }
    write("npz/fortran.npz", npz(numpy.savez, **channel))
    medmnist = dict(
        train_images=square[:20],
        train_labels=labels[:20].reshape(-1, 1),
        val_images=square[20:30],
        val_labels=labels[20:30].reshape(-1, 1),
        test_images=square[30:],
        test_labels=labels[30:].reshape(-1, 1),
    )
    write("npz/medmnist.npz", npz(numpy.savez_compressed, **medmnist))
    write("npz/train-only.npz", npz(numpy.savez, x_train=square, y_train=labels))


class Python2TextPickler(make_pickles.Python2Pickler):
    """Writes bytes and texts as Python 2 does in protocol 0: as its repr."""

    def save_str(self, content):
        raw = content if isinstance(content, bytes) else content.encode("latin1")
        self.write(b"S" + repr(raw)[1:].encode("ascii") + b"\n")
        self.memoize(content)

    dispatch = dict(make_pickles.Python2Pickler.dispatch)
    dispatch[bytes] = save_str
    dispatch[str] = save_str


def pickles(images, labels):
    nielsen = images.astype(numpy.float32) / numpy.float32(256)
    # As expand_mnist.py leaves them: the training set in lists.
    expanded = (
        [[image for image in nielsen[:20]], [label for label in labels[:20]]],
        (nielsen[20:30], labels[20:30]),
        (nielsen[30:], labels[30:]),
    )
    for protocol in range(6):
        write("pickles/expanded-protocol%d.pkl" % protocol, pickle.dumps(expanded, protocol))
    old = io.BytesIO()
    make_pickles.Python2Pickler(old, 2).dump(expanded)
    write("pickles/expanded-python2.pkl.gz", packed(old.getvalue().replace(b"numpy._core", b"numpy.core")))
    text = io.BytesIO()
    Python2TextPickler(text, 0).dump(expanded)
    write(
        "pickles/expanded-python2-protocol0.pkl.gz",
        packed(text.getvalue().replace(b"numpy._core", b"numpy.core")),
    )
    lists = [
        [[[float(p) for p in image] for image in nielsen[a:b]], [int(l) for l in labels[a:b]]]
        for a, b in ((0, 20), (20, 30), (30, 40))
    ]
    write("pickles/lists.pkl", pickle.dumps(lists, 2))
    write(
        "pickles/two-pairs.pkl",
        pickle.dumps(((images[:30].reshape(30, 4, 4), labels[:30]), (images[30:].reshape(10, 4, 4), labels[30:]))),
    )
    write(
        "pickles/dict.pkl",
        pickle.dumps(
            dict(train_img=images[:30], train_label=labels[:30], test_img=images[30:], test_label=labels[30:])
        ),
    )


class Network(object):
    """The class of the book's network.py, by its attributes."""


def networks():
    network = trained_network()
    arrays = dict(
        sizes=network["sizes"],
        weights=[numpy.array(w) for w in network["weights"]],
        biases=[numpy.array(b) for b in network["biases"]],
    )

    def put(name, content):
        with open(os.path.join(STORE, name), "wb") as file:
            file.write(content)

    put("network2.json", json.dumps(dict(network, cost="CrossEntropyCost")).encode())
    put("network2.json.gz", packed(json.dumps(network, indent=1).encode()))
    Network.__module__ = "network"
    sys.modules["network"] = types.ModuleType("network")
    sys.modules["network"].Network = Network
    book = Network()
    book.__dict__.update(arrays, num_layers=3)
    for protocol in range(6):
        put("network-object-protocol%d.pkl" % protocol, pickle.dumps(book, protocol))
    # An old class of Python 2, whose instances are made by the instruction INST.
    attributes = pickle.dumps(network, 0)[:-1].decode("latin1")
    put("network-object-python2.pkl", ("(i__main__\nNetwork\np99\n" + attributes + "b.").encode("latin1"))
    put("network-tuple.pkl", pickle.dumps((arrays["sizes"], arrays["weights"], arrays["biases"])))
    put("network-list.pkl", pickle.dumps([arrays["weights"], arrays["biases"]], 2))
    put("network-exchanged.pkl", pickle.dumps([arrays["biases"], arrays["weights"]], 4))
    put("network-no-sizes.pkl", pickle.dumps({k: arrays[k] for k in ("weights", "biases")}))
    put(
        "network-fortran.pkl",
        pickle.dumps(dict(arrays, weights=[numpy.asfortranarray(w) for w in arrays["weights"]])),
    )
    named = {}
    for layer in range(2):
        named["weights_%d" % layer] = arrays["weights"][layer]
        named["biases_%d" % layer] = arrays["biases"][layer]
    put("network.npz", npz(numpy.savez_compressed, **named))


if __name__ == "__main__":
    shutil.rmtree(FORMS, ignore_errors=True)
    images, labels = digits(numpy)
    idx_folders(images, labels)
    tables(images, labels)
    numpy_files(images, labels)
    pickles(images, labels)
    networks()
