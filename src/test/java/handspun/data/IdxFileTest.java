package handspun.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
  private static final byte[] IMAGES = IdxSet.images(3, 2, 4);

  @TempDir Path folder;

  @Test
  void readsWhatTheFileHolds() throws IOException {
    IdxFile file = IdxFile.read(Files.write(folder.resolve("images"), IMAGES), 3);

    assertThat(file.shape()).containsExactly(3, 2, 4);
    assertThat(file.elements()).isEqualTo(Arrays.copyOfRange(IMAGES, 16, IMAGES.length));
  }

  @Test
  void readsSeveralPackedPartsInARow() throws IOException {
    byte[] first = IdxSet.packed(Arrays.copyOf(IMAGES, 20));
    byte[] second = IdxSet.packed(Arrays.copyOfRange(IMAGES, 20, IMAGES.length));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);

    assertThat(IdxFile.read(Files.write(folder.resolve("images.gz"), both), 3).elements())
        .hasSize(24);
  }

  @Test
  void refusesAMissingFile() {
    assertRefused(folder.resolve("none"), 3).hasMessageContainingAll("no file", "none");
  }

  @Test
  void refusesAFolder() throws IOException {
    assertRefused(Files.createDirectory(folder.resolve("images")), 3)
        .hasMessageContainingAll("is a folder", "a file is expected");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    assertRefused("images", new byte[0], 3).hasMessageContainingAll("0 bytes", "header");
    assertRefused("images.gz", new byte[0], 3).hasMessageContaining("is empty");
    assertRefused("other.gz", IdxSet.packed(new byte[0]), 3)
        .hasMessageContainingAll("0 bytes", "header");
  }

  @Test
  void refusesAFileThatEndsWithinItsHeader() throws IOException {
    for (int length = 1; length < 16; length++) {
      assertRefused("images", Arrays.copyOf(IMAGES, length), 3)
          .hasMessageContainingAll("only " + length + " bytes", "ends within the header");
    }
  }

  @Test
  void refusesAFileThatIsNotIdx() throws IOException {
    assertRefused("images", "PNG or something else".getBytes(StandardCharsets.UTF_8), 3)
        .hasMessageContainingAll("not an IDX file", "50 4e 47 20", "00 00 08 03");
  }

  @Test
  void recognisesAPackedFileWithAPlainName() throws IOException {
    assertRefused("images", IdxSet.packed(IMAGES), 3)
        .hasMessageContainingAll("1f 8b", "packed with gzip", "must end in .gz");
  }

  @Test
  void refusesAPlainFileWithAPackedName() throws IOException {
    assertRefused("images.gz", IMAGES, 3)
        .hasMessageContainingAll("not packed with gzip", "00 00", "1f 8b");
  }

  @Test
  void refusesElementsThatAreNotBytes() throws IOException {
    byte[] floats = IMAGES.clone();
    floats[2] = 0x0d;
    assertRefused("images", floats, 3).hasMessageContainingAll("type 13", "type 8");
  }

  @Test
  void refusesAnotherNumberOfDimensions() throws IOException {
    assertRefused("images", IdxSet.labels(9), 3)
        .hasMessageContainingAll("has 1 dimension,", "must have 3", "exchanged?");
    assertRefused("labels", IMAGES, 1)
        .hasMessageContainingAll("has 3 dimensions", "must have 1", "exchanged?");
  }

  @Test
  void refusesAFileThatIsShorterThanItsHeaderSays() throws IOException {
    byte[] shorter = Arrays.copyOf(IMAGES, IMAGES.length - 1);
    assertRefused("images", shorter, 3)
        .hasMessageContainingAll("shorter", "only 39 bytes", "3 x 2 x 4", "40");
    assertRefused("images.gz", IdxSet.packed(shorter), 3)
        .hasMessageContainingAll("shorter", "only 39 bytes", "3 x 2 x 4", "40");
  }

  @Test
  void refusesAFileThatIsLongerThanItsHeaderSays() throws IOException {
    byte[] longer = Arrays.copyOf(IMAGES, IMAGES.length + 1);
    assertRefused("images", longer, 3).hasMessageContainingAll("longer", "3 x 2 x 4", "40");
    assertRefused("images.gz", IdxSet.packed(longer), 3)
        .hasMessageContainingAll("longer", "3 x 2 x 4", "40");
  }

  @Test
  void refusesEveryTruncationOfAPackedFile() throws IOException {
    byte[] packed = IdxSet.packed(IMAGES);
    for (int length = 1; length < packed.length; length++) {
      assertRefused("images.gz", Arrays.copyOf(packed, length), 3)
          .hasMessageContaining("images.gz")
          .hasMessageContaining("copy or download it again");
    }
  }

  @Test
  void refusesAPackedFileWithAChangedByte() throws IOException {
    byte[] packed = IdxSet.packed(IMAGES);
    packed[packed.length - 6] ^= 1;
    assertRefused("images.gz", packed, 3)
        .hasMessageContainingAll("is damaged", "copy or download it again");
  }

  @Test
  void refusesNoImagesAndImagesOfNothing() throws IOException {
    assertRefused("images", IdxSet.idx(new int[] {0, 28, 28}), 3)
        .hasMessageContainingAll("holds nothing", "0 x 28 x 28", "at least 1");
    assertRefused("images", IdxSet.idx(new int[] {5, 0, 28}), 3)
        .hasMessageContainingAll("holds nothing", "5 x 0 x 28");
  }

  @Test
  void takesNoMemoryForAbsurdHeaders() throws IOException {
    assertRefused("images", IdxSet.idx(new int[] {-1, 28, 28}), 3)
        .hasMessageContainingAll("cannot be right", "4294967295 x 28 x 28");
    assertRefused("images", IdxSet.idx(new int[] {-1, -1, -1}), 3)
        .hasMessageContaining("cannot be right");
    assertRefused("images", IdxSet.idx(new int[] {2_000_000, 28, 28}), 3)
        .hasMessageContainingAll("shorter", "only 16 bytes", "1568000016");
    assertRefused("images.gz", IdxSet.packed(IdxSet.idx(new int[] {2_000_000, 28, 28})), 3)
        .hasMessageContainingAll("shorter", "can hold no more than", "1568000016");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String name, byte[] bytes, int dimensions) throws IOException {
    return assertRefused(Files.write(folder.resolve(name), bytes), dimensions);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Path file, int dimensions) {
    return assertThatThrownBy(() -> IdxFile.read(file, dimensions))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContaining(file.toString());
  }
}
