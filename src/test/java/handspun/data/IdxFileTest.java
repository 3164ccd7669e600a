package handspun.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.data.IdxHeader.Content;
import handspun.files.Location;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxFileTest {
  private static final byte[] IMAGES = IdxSet.images(3, 2, 4);

  @TempDir Path folder;

  @Test
  void readsWhatTheFileHolds() throws IOException {
    Path file = Files.write(folder.resolve("images"), IMAGES);

    assertThat(header(file).shape()).containsExactly(3, 2, 4);
    assertThat(read(file, Content.IMAGES)).isEqualTo(Arrays.copyOfRange(IMAGES, 16, IMAGES.length));
  }

  @Test
  void readsSeveralPackedPartsInARow() throws IOException {
    byte[] first = IdxSet.packed(Arrays.copyOf(IMAGES, 20));
    byte[] second = IdxSet.packed(Arrays.copyOfRange(IMAGES, 20, IMAGES.length));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);

    assertThat(read(Files.write(folder.resolve("images.gz"), both), Content.IMAGES)).hasSize(24);
  }

  @Test
  void refusesAMissingFile() {
    assertRefused(folder.resolve("none"), Content.IMAGES)
        .hasMessageContainingAll("no file", "none");
  }

  @Test
  void refusesAFolder() throws IOException {
    assertRefused(Files.createDirectory(folder.resolve("images")), Content.IMAGES)
        .hasMessageContainingAll("is a folder", "a file is expected");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    assertRefused("images", new byte[0], Content.IMAGES).hasMessageContaining("is empty (0 bytes)");
    assertRefused("images.gz", new byte[0], Content.IMAGES).hasMessageContaining("is empty");
    assertRefused("other.gz", IdxSet.packed(new byte[0]), Content.IMAGES)
        .hasMessageContaining("is empty");
  }

  @Test
  void refusesAFileThatEndsWithinItsHeader() throws IOException {
    for (int length = 1; length < 16; length++) {
      assertRefused("images", Arrays.copyOf(IMAGES, length), Content.IMAGES)
          .hasMessageContainingAll("only " + length + " bytes", "ends within the header");
    }
  }

  @Test
  void saysWhatAFileIsThatIsNotIdx() throws IOException {
    String page = "\ufeff\n <!DOCTYPE html><html><head><title>Not found</title></head></html>";
    for (byte[] bytes : List.of(utf8(page), IdxSet.packed(utf8(page)))) {
      assertRefused("images.gz", bytes, Content.IMAGES)
          .hasMessageContainingAll(
              "images.gz is a web page (a failed download)",
              "but an IDX file of images is expected",
              "download it again");
    }
    assertRefused("labels", utf8("404: Not Found"), Content.LABELS)
        .hasMessageContainingAll("is a text file (\"404: Not Found\")", "an IDX file of labels");
    assertRefused("images", new byte[] {1, 2, 3, 4, 5}, Content.IMAGES)
        .hasMessageContainingAll("no kind that Handspun knows", "01 02 03 04 05");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theBytesTellWhetherAFileIsPackedAndNotItsName() throws IOException {
    byte[] once = IdxSet.packed(IMAGES);
    byte[] twice = IdxSet.packed(once);
    for (byte[] bytes : List.of(IMAGES, once, twice, zipped("images", IMAGES))) {
      for (String name : List.of("images", "images.gz")) {
        Path file = Files.write(folder.resolve(name), bytes);
        assertThat(read(file, Content.IMAGES))
            .isEqualTo(Arrays.copyOfRange(IMAGES, 16, IMAGES.length));
      }
    }
    assertRefused("images.gz", IdxSet.packed(twice), Content.IMAGES)
        .hasMessageContainingAll("packed with gzip, and more than twice", "gunzip");
  }

  @Test
  void refusesAZipArchiveOfSeveralFiles() throws IOException {
    byte[] zip = zipped("images", IMAGES, "__MACOSX/images", IMAGES, "labels", IMAGES);
    assertRefused("images.zip", zip, Content.IMAGES)
        .hasMessageContainingAll("several files, such as images and labels", "unzip");
  }

  private static byte[] zipped(Object... namesAndBytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndBytes.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) namesAndBytes[i]));
        zip.write((byte[]) namesAndBytes[i + 1]);
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "0x09, signed bytes (IDX type 0x09)",
    "0x0b, 16-bit integers",
    "0x0c, 32-bit integers",
    "0x0d, 32-bit floating-point numbers (IDX type 0x0d)",
    "0x0e, 64-bit floating-point numbers"
  })
  void namesTheTypeOfPixelsThatAreNotBytes(int type, String words) throws IOException {
    byte[] other = IMAGES.clone();
    other[2] = (byte) type;
    assertRefused("images", other, Content.IMAGES)
        .hasMessageContainingAll("holds " + words, "must be unsigned bytes (IDX type 0x08)");
  }

  @Test
  void refusesLabelsThatAreNoWholeNumbers() throws IOException {
    byte[] labels = IdxSet.labels(9);
    labels[2] = 0x0d;
    assertRefused("labels", labels, Content.LABELS)
        .hasMessageContainingAll("32-bit floating-point numbers", "must be integers");
  }

  @Test
  void readsImagesOfOneChannelInEveryOrder() throws IOException {
    byte[] pixels = Arrays.copyOfRange(IdxSet.images(3, 4, 4), 16, 64);
    for (int[] shape : new int[][] {{3, 4, 4, 1}, {3, 1, 4, 4}, {3, 16}, {3, 4, 4}}) {
      Path file = Files.write(folder.resolve("images"), IdxSet.idx(shape, pixels));
      IdxHeader header = header(file);
      assertThat(header.count()).isEqualTo(3);
      assertThat(header.rows()).isEqualTo(4);
      assertThat(header.columns()).isEqualTo(4);
    }
  }

  @Test
  void refusesAnotherNumberOfDimensions() throws IOException {
    assertRefused("images", IdxSet.labels(9), Content.IMAGES)
        .hasMessageContainingAll("has 1 dimension, 9", "exchanged?");
    assertRefused("labels", IMAGES, Content.LABELS)
        .hasMessageContainingAll("has 3 dimensions, 3 x 2 x 4", "labels have 1", "exchanged?");
    assertRefused("images", IdxSet.idx(new int[] {2, 2, 2, 3}, new byte[24]), Content.IMAGES)
        .hasMessageContainingAll("fourth dimension: 2 x 2 x 2 x 3", "one channel", "grey");
    assertRefused("images", IdxSet.idx(new int[] {2, 3, 2, 2}, new byte[24]), Content.IMAGES)
        .hasMessageContainingAll("fourth dimension: 2 x 3 x 2 x 2");
    assertRefused("images", IdxSet.idx(new int[] {2, 15}, new byte[30]), Content.IMAGES)
        .hasMessageContainingAll("2 x 15", "15 pixels are not a square");
    assertRefused("images", new byte[] {0, 0, 8, 9, 0, 0}, Content.IMAGES)
        .hasMessageContainingAll("9 dimensions", "1 to 4");
    assertRefused("labels", IdxSet.idx(new int[] {2, 10}, new byte[20]), Content.LABELS)
        .hasMessageContainingAll("2 x 10 numbers", "one number an example");
  }

  @Test
  void readsLabelsOfEveryLength() throws IOException {
    byte[] column = IdxSet.idx(new int[] {3, 1}, (byte) 1, (byte) 200, (byte) 3);
    assertThat(labels(column)).containsExactly(1, (byte) 200, 3);
    byte[] ints = IdxSet.idx(new int[] {2}, new byte[] {0, 0, 0, 7, 0, 0, 0, 9});
    ints[2] = 0x0c;
    assertThat(labels(ints)).containsExactly(7, 9);
    byte[] shorts = IdxSet.idx(new int[] {2}, new byte[] {0, 7, 0, 9});
    shorts[2] = 0x0b;
    assertThat(labels(shorts)).containsExactly(7, 9);
    // QMNIST has eight numbers an example: the digit, where it is from, who wrote it, ...
    ByteBuffer rows = ByteBuffer.allocate(2 * 8 * 4);
    rows.putInt(0, 5).putInt(4, 4711).putInt(32, 6).putInt(60, 99);
    byte[] qmnist = IdxSet.idx(new int[] {2, 8}, rows.array());
    qmnist[2] = 0x0c;
    assertThat(labels(qmnist)).containsExactly(5, 6);
    ints[11] = 1;
    ints[10] = 1;
    Path wrong = Files.write(folder.resolve("labels"), ints);
    assertThatThrownBy(() -> read(wrong, Content.LABELS))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("label 257 at example 0", "0 to 255");
  }

  private byte[] labels(byte[] bytes) throws IOException {
    return read(Files.write(folder.resolve("labels"), bytes), Content.LABELS);
  }

  private static IdxHeader header(Path file) {
    return IdxHeader.read(new PackedFile(Location.of(file)), Content.IMAGES);
  }

  /** The pixels of all images, or all labels. */
  private static byte[] read(Path path, Content content) {
    PackedFile file = new PackedFile(Location.of(path));
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (InputStream in = file.open()) {
      IdxHeader header = IdxHeader.read(file, in, content);
      IdxFile.read(
          header,
          in,
          0,
          header.count(),
          (same, bytes, first, count) ->
              read.writeBytes(
                  content == Content.LABELS
                      ? header.labels(bytes, count, first)
                      : Arrays.copyOf(bytes, count * header.itemBytes())));
    } catch (IOException e) {
      throw file.unreadable(e);
    }
    return read.toByteArray();
  }

  @Test
  void refusesAFileThatIsShorterThanItsHeaderSays() throws IOException {
    byte[] shorter = Arrays.copyOf(IMAGES, IMAGES.length - 1);
    assertRefused("images", shorter, Content.IMAGES)
        .hasMessageContainingAll("shorter", "only 39 bytes", "3 x 2 x 4", "40");
    assertRefused("images.gz", IdxSet.packed(shorter), Content.IMAGES)
        .hasMessageContainingAll("shorter", "only 39 bytes", "3 x 2 x 4", "40");
  }

  @Test
  void refusesAFileThatIsLongerThanItsHeaderSays() throws IOException {
    byte[] longer = Arrays.copyOf(IMAGES, IMAGES.length + 1);
    assertRefused("images", longer, Content.IMAGES)
        .hasMessageContainingAll("longer", "3 x 2 x 4", "40");
    assertRefused("images.gz", IdxSet.packed(longer), Content.IMAGES)
        .hasMessageContainingAll("longer", "3 x 2 x 4", "40");
  }

  @Test
  void refusesEveryTruncationOfAPackedFile() throws IOException {
    byte[] packed = IdxSet.packed(IMAGES);
    for (int length = 1; length < packed.length; length++) {
      assertRefused("images.gz", Arrays.copyOf(packed, length), Content.IMAGES)
          .hasMessageContaining("images.gz")
          .hasMessageContaining("copy or download it again");
    }
  }

  @Test
  void refusesAPackedFileWithAChangedByte() throws IOException {
    byte[] packed = IdxSet.packed(IMAGES);
    packed[packed.length - 6] ^= 1;
    assertRefused("images.gz", packed, Content.IMAGES)
        .hasMessageContainingAll("is damaged", "copy or download it again");
  }

  @Test
  void refusesNoImagesAndImagesOfNothing() throws IOException {
    assertRefused("images", IdxSet.idx(new int[] {0, 28, 28}), Content.IMAGES)
        .hasMessageContainingAll("holds nothing", "0 x 28 x 28", "at least 1");
    assertRefused("images", IdxSet.idx(new int[] {5, 0, 28}), Content.IMAGES)
        .hasMessageContainingAll("holds nothing", "5 x 0 x 28");
  }

  @Test
  void takesNoMemoryForAbsurdHeaders() throws IOException {
    assertRefused("images", IdxSet.idx(new int[] {-1, 28, 28}), Content.IMAGES)
        .hasMessageContainingAll("cannot be right", "4294967295 x 28 x 28");
    assertRefused("images", IdxSet.idx(new int[] {-1, -1, -1}), Content.IMAGES)
        .hasMessageContaining("cannot be right");
    assertRefused("images", IdxSet.idx(new int[] {2_000_000, 28, 28}), Content.IMAGES)
        .hasMessageContainingAll("shorter", "only 16 bytes", "1568000016");
    assertRefused(
            "images.gz", IdxSet.packed(IdxSet.idx(new int[] {2_000_000, 28, 28})), Content.IMAGES)
        .hasMessageContainingAll("shorter", "can hold no more than", "1568000016");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String name, byte[] bytes, Content content) throws IOException {
    return assertRefused(Files.write(folder.resolve(name), bytes), content);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      Path file, Content content) {
    return assertThatThrownBy(() -> read(file, content))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContaining(file.toString());
  }
}
