package handspun.data;

import java.util.Map;

/** What a run learns from: three sets of examples and where they come from. */
public sealed interface TrainingData permits Dataset, StoredDataset {
  /** {@return what is learned} */
  ExampleSet training();

  /** {@return what is looked at after every epoch; may be empty} */
  ExampleSet validation();

  /** {@return what is looked at once, in the end} */
  Examples test();

  /** {@return the folder or file as the user named it} */
  String location();

  /** {@return SHA-256 of every unpacked file by its plain name, in hexadecimal, as far as known} */
  Map<String, String> sha256();

  /** {@return the same, all in memory} */
  Dataset inMemory();
}
