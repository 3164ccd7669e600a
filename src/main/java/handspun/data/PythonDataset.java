package handspun.data;

import handspun.files.Location;
import java.util.function.Function;

/**
 * Sets of images that a Python program has saved: pickled, such as the MNIST of Nielsen's "Neural
 * Networks and Deep Learning" and what its {@code expand_mnist.py} makes of it, or as numpy's
 * {@code .npz}, as Keras keeps MNIST.
 *
 * @param location the file
 * @param reader of files of this kind
 */
record PythonDataset(Location location, Function<Location, UnsplitDataset> reader)
    implements FoundDataset {
  static PythonDataset pickle(Location location) {
    return new PythonDataset(
        location,
        path -> {
          PickleFile file = PickleFile.read(path);
          return PythonSets.of(path, file.value(), file.sha256());
        });
  }

  static PythonDataset npz(Location location) {
    return new PythonDataset(
        location,
        path -> {
          NpzFile file = NpzFile.read(path);
          return PythonSets.of(path, file.arrays(), file.sha256());
        });
  }

  @Override
  public UnsplitDataset read() {
    return reader.apply(location);
  }
}
