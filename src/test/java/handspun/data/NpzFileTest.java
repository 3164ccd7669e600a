package handspun.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzFileTest {
  private static final Path FIXTURES = Path.of("src/test/resources/handspun/data/forms/npz");

  @TempDir Path folder;

  private static byte[] npy(String type, String shape, byte... data) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }\n".formatted(type, shape);
    byte[] bytes = new byte[10 + header.length() + data.length];
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0};
    System.arraycopy(start, 0, bytes, 0, 10);
    System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, bytes, 10, header.length());
    System.arraycopy(data, 0, bytes, 10 + header.length(), data.length);
    return bytes;
  }

  private Path write(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return Files.write(folder.resolve("a.npz"), bytes.toByteArray());
  }

  private static Map<String, byte[]> sets() {
    Map<String, byte[]> sets = new LinkedHashMap<>();
    sets.put("x_train.npy", npy("|u1", "2, 2, 2", new byte[8]));
    sets.put("y_train.npy", npy("|u1", "2,", (byte) 3, (byte) 4));
    return sets;
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Map<String, byte[]> entries)
      throws IOException {
    Path file = write(entries);
    return assertThatThrownBy(() -> DatasetReader.read(file, 0))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContaining(file.toString());
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String name, byte[] array)
      throws IOException {
    Map<String, byte[]> sets = sets();
    sets.put(name, array);
    return assertRefused(sets);
  }

  @Test
  void readsArraysByTheirNames() throws IOException {
    NpzFile file = NpzFile.read(Location.of(write(sets())));

    assertThat(file.arrays()).containsOnlyKeys("x_train", "y_train");
    assertThat(file.arrays().get("x_train").shape()).containsExactly(2, 2, 2);
    assertThat(file.arrays().get("y_train").integer(1)).isEqualTo(4);
    assertThat(file.sha256()).isEqualTo(Checksum.of(file.path()));
  }

  @Test
  void runsNothingThatIsPickledInside() throws IOException {
    assertRefused(
            "y_train.npy",
            npy("|O", "2,", "cos\nsystem\n(S'true'\ntR.".getBytes(StandardCharsets.US_ASCII)))
        .hasMessageContainingAll("y_train of Python objects", "not read");
  }

  @Test
  void takesNoMemoryForWhatAHeaderOnlyClaims() throws IOException {
    assertRefused("x_train.npy", npy("|u1", "2000000, 784"))
        .hasMessageContaining("ends in the middle");
    assertRefused("x_train.npy", npy("<f8", "60000000, 784"))
        .hasMessageContainingAll("array x_train", "more than the 2147483639 bytes");
    assertRefused("x_train.npy", npy("<f8", "99999999999999999999, 784"))
        .hasMessageContaining("x_train");
    assertRefused("x_train.npy", npy("|u1", "-1, 4"))
        .hasMessageContaining("header that is not read");
  }

  @Test
  void refusesWhatIsNoArrayOfNumbers() throws IOException {
    assertRefused("y_train.npy", npy("<U5", "2,", new byte[40])).hasMessageContaining("type U5");
    assertRefused("y_train.npy", npy("<f2", "2,", new byte[4])).hasMessageContaining("type f2");
    assertRefused("notes.txt", "hello world".getBytes(StandardCharsets.US_ASCII))
        .hasMessageContaining("has the entry notes.txt, which is not a numpy array");
  }

  @Test
  void refusesArraysThatAreNoSetOfImages() throws IOException {
    assertRefused("y_train.npy", npy("|u1", "3,", new byte[3]))
        .hasMessageContaining("has 2 images, but 3 labels in its training set");
    assertRefused("y_train.npy", npy("<f8", "2,", new byte[16]))
        .hasMessageContainingAll("training labels", "f8 array of 2");
    assertRefused("y_train.npy", npy("<i2", "2,", new byte[] {0, 1, 0, 0}))
        .hasMessageContaining("the label 256 at training example 0");
    assertRefused("x_train.npy", npy("|u1", "2, 2, 2, 3", new byte[24]))
        .hasMessageContainingAll("u1 array of 2 x 2 x 2 x 3", "one channel", "grey");
    assertRefused("x_train.npy", npy("<i2", "2, 1, 1", new byte[] {0, 1, 0, 0}))
        .hasMessageContainingAll("value 256.0 at pixel 0 of training image 0", "0 to 255");
    Map<String, byte[]> sets = sets();
    sets.remove("y_train.npy");
    assertRefused(sets).hasMessageContainingAll("no training labels, but [x_train]", "y_train");
    sets.clear();
    sets.put("arr_0.npy", npy("|u1", "2,", new byte[2]));
    assertRefused(sets).hasMessageContainingAll("no training images, but [arr_0]", "x_train");
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    for (String name : new String[] {"mnist.npz", "compressed.npz"}) {
      byte[] whole = Files.readAllBytes(FIXTURES.resolve(name));
      for (int length = 0; length < whole.length; length += length < 100 ? 1 : 61) {
        Path file = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, length));
        try {
          // Only the archive's table of contents is cut off.
          assertThat(DatasetReader.read(file, 0).test().count()).isIn(10, 4);
        } catch (HandspunException e) {
          assertThat(e).hasMessageContaining("cut.npz");
        }
      }
    }
  }
}
