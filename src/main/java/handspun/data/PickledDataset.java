package handspun.data;

import handspun.files.Location;

/**
 * Sets of images that a Python program has pickled, such as the MNIST of Nielsen's "Neural Networks
 * and Deep Learning" and what its {@code expand_mnist.py} makes of it.
 *
 * @param location the file
 */
record PickledDataset(Location location) implements DataForm {
  @Override
  public SourceSet read() {
    PickleFile file = PickleFile.read(location);
    return PythonSets.of(location, file.value(), file.plainName(), file.sha256());
  }
}
