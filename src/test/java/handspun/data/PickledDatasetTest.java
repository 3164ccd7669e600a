package handspun.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.files.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PickledDatasetTest {
  private static final Path FIXTURES = Path.of("src/test/resources/handspun/data");
  private static final String F4 = "f4";
  private static final String I8 = "i8";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "digits.pkl.gz",
        "digits-protocol3.pkl",
        "digits-protocol4.pkl",
        "digits-protocol5.pkl",
        "digits-python2.pkl.gz",
        "digits-by-255.pkl",
        "digits-noisy.pkl",
        "digits-by-columns.pkl"
      })
  void givesTheVeryBytesThatWerePickled(String name) throws IOException {
    byte[] pixels = Files.readAllBytes(FIXTURES.resolve("digits.bytes"));
    byte[] labels = Files.readAllBytes(FIXTURES.resolve("digits.labels"));

    Dataset data = DatasetReader.read(FIXTURES.resolve(name), 10);

    assertThat(data.training().count()).isEqualTo(20);
    assertThat(data.validation().count()).isEqualTo(10);
    assertThat(data.test().count()).isEqualTo(10);
    int first = 0;
    for (Examples set : new Examples[] {data.training(), data.validation(), data.test()}) {
      assertThat(set.rows()).isEqualTo(4);
      assertThat(set.columns()).isEqualTo(4);
      for (int i = 0; i < set.count(); i++) {
        assertThat(set.inputs().pixels(i))
            .isEqualTo(Arrays.copyOfRange(pixels, 16 * (first + i), 16 * (first + i + 1)));
        assertThat(set.label(i)).isEqualTo(labels[first + i]);
      }
      first += set.count();
    }
  }

  @Test
  void namesTheUnpackedFileAndItsSum() {
    assertThat(DatasetReader.read(FIXTURES.resolve("digits.pkl.gz"), 10).sha256())
        .containsOnlyKeys("digits.pkl")
        .containsValue("122bdb4ac996b09fbfec83e137635a1fccee0d9d50dc19b36bde2d18813db7fc");
  }

  @Test
  void bringsItsOwnSplit() {
    Path file = FIXTURES.resolve("digits.pkl.gz");

    assertThat(DatasetReader.read(file, 10_000).validation().count()).isEqualTo(10);
    assertThat(DatasetReader.read(file, 0).validation().count()).isEqualTo(10);
    assertThatThrownBy(() -> DatasetReader.open(DataSources.of(Location.of(file)), 5, true))
        .isExactlyInstanceOf(UsageException.class)
        .hasMessageContainingAll("validation is 5", "digits.pkl.gz brings its own");
  }

  @Test
  void theValidationSetMayBeEmpty() throws IOException {
    Dataset data = read(pair(2, 4, 0.5f, 1), pair(0, 4, 0, 0), pair(1, 4, 1, 3));

    assertThat(data.validation().count()).isZero();
    assertThat(data.test().inputs().pixels(0)).containsOnly(255);
    // One pixel of the file is no byte divided by 256, so all are taken for bytes divided by 255.
    assertThat(data.training().inputs().pixels(0)).containsOnly(128);
  }

  @Test
  void readsAByteDividedBy256WhenAllAre() throws IOException {
    Dataset data = read(pair(2, 4, 0.5f, 1), pair(1, 4, 0.25f, 0), pair(1, 4, 255 / 256f, 3));

    assertThat(data.training().inputs().pixels(0)).containsOnly(128);
    assertThat(data.validation().inputs().pixels(0)).containsOnly(64);
    assertThat(data.test().inputs().pixels(0)).containsOnly(255);
    assertThat(data.test().label(0)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, -0.001f, 1.001f, Float.POSITIVE_INFINITY})
  void refusesBrightnessOutsideOfZeroToOneByItsPlace(float brightness) throws IOException {
    float[] pixels = new float[12];
    pixels[9] = brightness;
    String pair = "(" + array(F4, floats(pixels), 3, 4) + array(I8, longs(1, 2, 3), 3) + "t";
    assertRefused(pair(1, 4, 0, 0), pair, pair(1, 4, 0, 0))
        .hasMessageContainingAll(
            String.valueOf((double) brightness), "pixel 1 of validation image 2", "0 to 1");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 256, Long.MAX_VALUE})
  void refusesLabelsThatAreNoBytes(long label) throws IOException {
    String pair = "(" + array(F4, floats(new float[8]), 2, 4) + array(I8, longs(1, label), 2) + "t";
    assertRefused(pair(1, 4, 0, 0), pair(1, 4, 0, 0), pair)
        .hasMessageContainingAll("label " + label, "test example 1", "0 to 255");
  }

  @Test
  void refusesAsManyImagesAsLabelsNot() throws IOException {
    String pair = "(" + array(F4, floats(new float[8]), 2, 4) + array(I8, longs(1, 2, 3), 3) + "t";
    assertRefused(pair, pair(1, 4, 0, 0), pair(1, 4, 0, 0))
        .hasMessageContainingAll("2 images", "3 labels", "training set");
  }

  @Test
  void refusesAnEmptyTrainingOrTestSet() throws IOException {
    assertRefused(pair(0, 4, 0, 0), pair(1, 4, 0, 0), pair(1, 4, 0, 0))
        .hasMessageContaining("no images in its training set");
    assertRefused(pair(1, 4, 0, 0), pair(1, 4, 0, 0), pair(0, 4, 0, 0))
        .hasMessageContaining("no images in its test set");
  }

  @Test
  void refusesImagesThatAreNoSquares() throws IOException {
    assertRefused(pair(1, 5, 0, 0), pair(1, 5, 0, 0), pair(1, 5, 0, 0))
        .hasMessageContainingAll("images of 5 pixels", "square");
  }

  @Test
  void refusesSetsWithImagesOfDifferentSize() throws IOException {
    assertRefused(pair(1, 4, 0, 0), pair(1, 4, 0, 0), pair(1, 9, 0, 0))
        .hasMessageContainingAll("training images of 4 pixels", "test images of 9");
  }

  @Test
  void refusesWhatIsNotThreePairsOfArrays() throws IOException {
    String pair = pair(1, 4, 0, 0);
    assertRefused(pair).hasMessageContainingAll("three pairs", "list or tuple of 1");
    assertRefused(pair, "(I1\nt", pair)
        .hasMessageContainingAll("no pair", "validation set", "list or tuple of 1");
    assertRefused(pair, "N", pair).hasMessageContainingAll("validation set", "None");
    assertRefused(pair, "(I1\nI2\nt", pair)
        .hasMessageContainingAll("validation images", "n x 784", "a Integer");
    String labels = array(I8, longs(1), 1);
    assertRefused(pair, "(" + labels + labels + "t", pair)
        .hasMessageContainingAll("validation images", "i8 array of 1");
    String images = array(F4, floats(new float[4]), 1, 4);
    assertRefused(pair, "(" + images + images + "t", pair)
        .hasMessageContainingAll("validation labels", "f4 array of 1 x 4");
    Path dict = Files.writeString(folder.resolve("dict.pkl"), "}q\001.");
    assertThatThrownBy(() -> DatasetReader.read(dict, 0))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("no training images", "x_train, y_train");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String... sets)
      throws IOException {
    return assertThatThrownBy(() -> read(sets))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContaining("sets.pkl");
  }

  private Dataset read(String... sets) throws IOException {
    String pickle = "(" + String.join("", sets) + "t.";
    Path file = folder.resolve("sets.pkl");
    return DatasetReader.read(Files.write(file, pickle.getBytes(StandardCharsets.ISO_8859_1)), 0);
  }

  /** A pair of as many equal images and labels. */
  private static String pair(int count, int pixels, float brightness, long label) {
    float[] values = new float[count * pixels];
    Arrays.fill(values, brightness);
    long[] labels = new long[count];
    Arrays.fill(labels, label);
    return "(" + array(F4, floats(values), count, pixels) + array(I8, longs(labels), count) + "t";
  }

  /** A numpy array as Python 2 pickles it, little-endian. */
  private static String array(String type, String data, int... shape) {
    StringBuilder text =
        new StringBuilder(
            "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntU\1btR(I1\n(");
    Arrays.stream(shape).forEach(size -> text.append("I").append(size).append("\n"));
    return text.append("tcnumpy\ndtype\n(U\2")
        .append(type)
        .append("I0\nI1\ntR(I3\nU\1<NNNtb")
        .append("I00\nU")
        .append((char) data.length())
        .append(data)
        .append("tb")
        .toString();
  }

  private static String floats(float... values) {
    StringBuilder text = new StringBuilder();
    for (float value : values) {
      int bits = Float.floatToIntBits(value);
      IntStream.range(0, 4).forEach(b -> text.append((char) (bits >>> (8 * b) & 0xff)));
    }
    return text.toString();
  }

  private static String longs(long... values) {
    StringBuilder text = new StringBuilder();
    for (long value : values) {
      IntStream.range(0, 8).forEach(b -> text.append((char) (value >>> (8 * b) & 0xff)));
    }
    return text.toString();
  }
}
