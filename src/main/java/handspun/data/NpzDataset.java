package handspun.data;

import handspun.files.Location;

/**
 * Arrays in numpy's {@code .npz}, as Keras keeps MNIST: {@code x_train}, {@code y_train}, {@code
 * x_test}, {@code y_test}.
 *
 * @param location the file
 */
record NpzDataset(Location location) implements DataForm {
  @Override
  public SourceSet read() {
    NpzFile file = NpzFile.read(location);
    return PythonSets.of(location, file.arrays(), file.plainName(), file.sha256());
  }
}
