package handspun.data;

import handspun.files.Location;

/** A data set that was found, in one of the formats that are read. */
sealed interface FoundDataset permits IdxFolder, CsvFiles, PythonDataset {
  /** {@return where it is, as the user named it} */
  Location location();

  /** {@return all of it} */
  UnsplitDataset read();
}
