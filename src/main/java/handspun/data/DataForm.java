package handspun.data;

import handspun.files.Location;

/** A data set that was found, in one of the forms that are read. */
sealed interface DataForm permits IdxFolder, CsvFiles, PythonDataset {
  /** {@return where it is, as the user named it} */
  Location location();

  /** {@return all of it} */
  SourceSet read();
}
