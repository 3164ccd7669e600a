package handspun.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.files.Location;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredExamplesTest {
  @TempDir private Path whole;
  @TempDir private Path folder;

  /** The 12 training images of {@link IdxSet}, in parts of 5, 1 and 6. */
  @BeforeEach
  void split() throws IOException {
    IdxSet.write(whole);
    IdxSet.write(folder);
    byte[] images = Files.readAllBytes(folder.resolve("train-images-idx3-ubyte"));
    byte[] labels = Files.readAllBytes(folder.resolve("train-labels-idx1-ubyte"));
    Files.delete(folder.resolve("train-images-idx3-ubyte"));
    Files.delete(folder.resolve("train-labels-idx1-ubyte"));
    int[] starts = {0, 5, 6, 12};
    for (int p = 0; p < 3; p++) {
      int count = starts[p + 1] - starts[p];
      Files.write(
          part("images-idx3", p),
          IdxSet.idx(
              new int[] {count, 2, 3},
              Arrays.copyOfRange(images, 16 + 6 * starts[p], 16 + 6 * starts[p + 1])));
      Files.write(
          part("labels-idx1", p),
          IdxSet.idx(
              new int[] {count}, Arrays.copyOfRange(labels, 8 + starts[p], 8 + starts[p + 1])));
    }
  }

  private Path part(String content, int part) {
    return folder.resolve(IdxWriter.partName("train", content, part, 3));
  }

  private TrainingData open(int validation) {
    return open(Location.of(folder), validation);
  }

  private static TrainingData open(Location location, int validation) {
    return DatasetReader.open(DataSources.of(location), validation, false);
  }

  private void pack(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    Files.write(file.resolveSibling(file.getFileName() + ".gz"), IdxSet.packed(bytes));
  }

  private static void assertSame(ExampleSet set, ExampleSet expected) {
    assertThat(set.count()).isEqualTo(expected.count());
    assertThat(set.rows()).isEqualTo(expected.rows());
    assertThat(set.columns()).isEqualTo(expected.columns());
    for (int from = 0; from <= set.count(); from++) {
      for (int to = from; to <= set.count(); to++) {
        Examples read = set.slice(from, to);
        Examples same = expected.slice(from, to);
        assertThat(read.labels()).isEqualTo(same.labels());
        for (int i = 0; i < to - from; i++) {
          assertThat(read.inputs().pixels(i)).isEqualTo(same.inputs().pixels(i));
        }
      }
    }
    for (int label = 0; label < LabelCounts.LABELS; label++) {
      assertThat(set.labelCounts().count(label)).isEqualTo(expected.labelCounts().count(label));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyRangeIsWhatTheWholeFileHolds(boolean packed) throws Exception {
    if (packed) {
      pack(part("images-idx3", 0));
      pack(part("images-idx3", 2));
      pack(part("labels-idx1", 1));
    }
    Dataset expected = DatasetReader.read(whole, 4);
    TrainingData data = open(4);

    assertThat(data.training()).isInstanceOf(StoredExamples.class);
    assertSame(data.training(), expected.training());
    assertSame(data.validation(), expected.validation());
    assertSame(data.test(), expected.test());
    assertSame(copy((StoredExamples) data.validation()), expected.validation());
    assertSame(data.inMemory().training(), expected.training());
  }

  /** As in another process. */
  private static StoredExamples copy(StoredExamples examples) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(examples);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (StoredExamples) in.readObject();
    }
  }

  @Test
  void aUriIsReadWhereItIsUsed() {
    TrainingData data = open(Location.of(whole.toUri().toString(), Map::of), 4);

    assertThat(data.training()).isInstanceOf(StoredExamples.class);
    assertSame(data.training(), DatasetReader.read(whole, 4).training());
    assertThat(data.inMemory().sha256()).isEqualTo(DatasetReader.read(whole, 4).sha256());
    assertThat(open(Location.of(whole), 4).training()).isInstanceOf(Examples.class);
  }

  @Test
  void turnsTheImagesOfEmnist() throws IOException {
    for (String file : Location.of(folder).list()) {
      Files.move(folder.resolve(file), folder.resolve("emnist-digits-" + file));
    }
    Path other = Files.createDirectory(whole.resolve("emnist"));
    IdxSet.write(other, "emnist-digits-train-", "emnist-digits-test-", "-idx", true);

    assertSame(open(2).training(), DatasetReader.read(other, 2).training());
  }

  @Test
  void oneExampleMustRemainToTrain() {
    assertThatThrownBy(() -> open(12))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("validation is 12", "only 12 examples");
  }

  private void assertRefused(String... words) {
    assertThatThrownBy(() -> open(2))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void namesThePartThatIsMissing() throws IOException {
    Files.delete(part("images-idx3", 1));
    assertRefused("not hold all parts of train-images-idx3-ubyte", "2 of 3", "00001 is the first");
    Files.delete(part("images-idx3", 2));
    assertRefused("1 of 3", "00001 is the first");
  }

  @Test
  void refusesPartsOfTwoDivisions() throws IOException {
    Files.copy(
        part("images-idx3", 0), folder.resolve(IdxWriter.partName("train", "images-idx3", 0, 1)));
    assertRefused("both", "00000-of-00001", "00000-of-00003", "remove one");
  }

  @Test
  void refusesAPartBesideTheWhole() throws IOException {
    Files.copy(whole.resolve("train-images-idx3-ubyte"), folder.resolve("train-images-idx3-ubyte"));
    assertRefused("both", "should be the same");
  }

  @Test
  void refusesAPartThatIsCutOff() throws IOException {
    byte[] bytes = Files.readAllBytes(part("images-idx3", 1));
    Files.write(part("images-idx3", 1), Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused("00001-of-00003 is shorter than its header says", "has only 21 bytes");
    Files.write(part("images-idx3", 1), Arrays.copyOf(bytes, bytes.length + 1));
    assertRefused("00001-of-00003 is longer than its header says");
  }

  @Test
  void refusesAPackedPartThatIsCutOffWhenItIsRead() throws IOException {
    byte[] packed = IdxSet.packed(Files.readAllBytes(part("images-idx3", 1)));
    Files.delete(part("images-idx3", 1));
    Files.write(
        folder.resolve(IdxWriter.partName("train", "images-idx3", 1, 3) + ".gz"),
        Arrays.copyOf(packed, packed.length - 3));
    ExampleSet training = open(2).training();
    assertThatThrownBy(() -> training.slice(5, 6))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("00001-of-00003.gz ends in the middle");
    assertThat(training.slice(0, 5).count()).isEqualTo(5);
  }

  @Test
  void refusesImagesAndLabelsOfDifferentNumber() throws IOException {
    Files.write(part("labels-idx1", 1), IdxSet.labels(2));
    assertRefused("images-idx3-ubyte-00001-of-00003 holds 1 images", "holds 2 labels");
  }

  @Test
  void refusesPartsOfImagesWithoutPartsOfLabels() throws IOException {
    for (int p = 0; p < 3; p++) {
      Files.delete(part("labels-idx1", p));
    }
    Files.copy(whole.resolve("train-labels-idx1-ubyte"), folder.resolve("train-labels-idx1-ubyte"));
    assertRefused("3 files of images", "1 of labels");
  }

  @Test
  void refusesPartsOfDifferentSize() throws IOException {
    Files.write(part("images-idx3", 1), IdxSet.images(1, 3, 2));
    assertRefused("2 x 3", "3 x 2", "same data set");
  }

  @Test
  void refusesDataThatChangeMeanwhile() throws IOException {
    ExampleSet training = open(2).training();
    Files.write(part("images-idx3", 0), IdxSet.images(4, 2, 3));
    assertThatThrownBy(() -> training.slice(0, 5))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("holds 4 x 2 x 3 bytes now", "leave the data alone");
  }
}
