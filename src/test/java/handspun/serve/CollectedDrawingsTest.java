package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.OwnProcess;
import handspun.UsageException;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.data.Examples;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectedDrawingsTest {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  @TempDir private Path folder;

  static byte[] drawing(int number) {
    byte[] pixels = new byte[784];
    Arrays.fill(pixels, (byte) (1 + number));
    return pixels;
  }

  private static void add(CollectedDrawings drawings, int from, int to) {
    for (int number = from; number < to; number++) {
      assertThat(drawings.add(drawing(number), number % 10)).isEqualTo(number + 1);
    }
  }

  /** As {@code train} reads them; it needs some to learn and one to test. */
  private void assertStored(int count) {
    Dataset data = DatasetReader.read(folder, 0);
    assertThat(data.training().count() + data.test().count()).isEqualTo(count);
    for (int number = 0; number < count; number++) {
      boolean isLearned = number < data.training().count();
      Examples set = isLearned ? data.training() : data.test();
      int at = isLearned ? number : number - data.training().count();
      assertThat(set.inputs().pixels(at)).isEqualTo(drawing(number));
      assertThat(set.label(at)).isEqualTo(number % 10);
    }
  }

  @Test
  void trainReadsWhatWasCollected() {
    try (CollectedDrawings drawings = CollectedDrawings.open(folder)) {
      add(drawings, 0, 12);
      assertStored(12);
      add(drawings, 12, 13);
      assertStored(13);
    }
    try (CollectedDrawings drawings = CollectedDrawings.open(folder)) {
      assertThat(drawings.count()).isEqualTo(13);
      add(drawings, 13, 15);
    }
    assertStored(15);
  }

  /** Collects two drawings, and is killed before a write. */
  static final class Collector {
    static final int DRAWINGS = 2;

    public static void main(String[] arguments) {
      int[] left = {Integer.getInteger("writes")};
      CollectedDrawings drawings =
          CollectedDrawings.open(
              Path.of(System.getProperty("folder")),
              () -> {
                if (left[0]-- == 0) {
                  // No hook, no finally, no flushing: as kill -9.
                  Runtime.getRuntime().halt(137);
                }
              });
      for (int number = drawings.count(); number < DRAWINGS; number++) {
        drawings.add(drawing(number), number % 10);
      }
    }
  }

  private boolean isKilledAfter(int writes) throws Exception {
    try {
      OwnProcess.run(Collector.class, "-Dfolder=" + folder, "-Dwrites=" + writes);
      return false;
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("ended with 137");
      return true;
    }
  }

  @Test
  void survivesAKillBeforeAnyWrite() throws Exception {
    // Two headers, then of each drawing its pixels, its label and two counts.
    int[] countedAfter = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1};
    int writes = 0;
    while (isKilledAfter(writes)) {
      try (CollectedDrawings drawings = CollectedDrawings.open(folder)) {
        assertThat(drawings.count()).as("after %d writes", writes).isEqualTo(countedAfter[writes]);
        add(drawings, drawings.count(), 8);
      }
      assertStored(8);
      for (String file : new String[] {IMAGES, LABELS}) {
        Files.delete(folder.resolve(file));
      }
      writes++;
    }
    assertThat(writes).isEqualTo(countedAfter.length);
    try (CollectedDrawings drawings = CollectedDrawings.open(folder)) {
      assertThat(drawings.count()).isEqualTo(Collector.DRAWINGS);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "783, 0", "784, 0", "784, 1", "0, 1"})
  void cutsOffAPartOfADrawing(int bytesOfImage, int bytesOfLabel) throws Exception {
    try (CollectedDrawings drawings = CollectedDrawings.open(folder)) {
      add(drawings, 0, 8);
    }
    append(IMAGES, bytesOfImage);
    append(LABELS, bytesOfLabel);
    try (CollectedDrawings drawings = CollectedDrawings.open(folder)) {
      assertThat(drawings.count()).isEqualTo(8);
    }
    assertStored(8);
  }

  private void append(String name, int bytes) throws IOException {
    Path file = folder.resolve(name);
    byte[] old = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(old, old.length + bytes));
  }

  @Test
  void cutsNothingOffThatMoreThanAKillHasBroken() throws Exception {
    try (CollectedDrawings drawings = CollectedDrawings.open(folder)) {
      add(drawings, 0, 8);
    }
    byte[] labels = Files.readAllBytes(folder.resolve(LABELS));
    byte[] images = Files.readAllBytes(folder.resolve(IMAGES));
    Files.delete(folder.resolve(LABELS));
    assertThatThrownBy(() -> CollectedDrawings.open(folder))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("do not belong together")
        .hasMessageContaining("--collect");
    assertThat(folder.resolve(IMAGES)).hasBinaryContent(images);
    Files.write(folder.resolve(LABELS), labels);
    append(IMAGES, 2 * 784);
    assertThatThrownBy(() -> CollectedDrawings.open(folder)).hasMessageContaining("belong");
    Files.write(folder.resolve(IMAGES), labels);
    assertThatThrownBy(() -> CollectedDrawings.open(folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("does not begin");
  }

  @Test
  void takesNoFolderOfOtherThings() throws Exception {
    Path other = Files.writeString(folder.resolve(IMAGES), "mine");
    assertThatThrownBy(() -> CollectedDrawings.open(folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(IMAGES)
        .hasMessageContaining("--collect");
    assertThat(other).hasContent("mine");
    assertThatThrownBy(() -> CollectedDrawings.open(Path.of("data", "mnist")))
        .isInstanceOf(UsageException.class);
    assertThat(Path.of("data", "mnist", ".collect")).doesNotExist();
  }

  @Test
  void onlyOneServerCollectsInAFolder() {
    try (CollectedDrawings first = CollectedDrawings.open(folder)) {
      add(first, 0, 1);
      assertThatThrownBy(() -> CollectedDrawings.open(folder))
          .isInstanceOf(HandspunException.class)
          .hasMessageContaining("Another server");
    }
    CollectedDrawings.open(folder).close();
  }

  @Test
  void takesNoMoreThanAreAllowed() throws Exception {
    try (CollectedDrawings drawings = CollectedDrawings.open(folder)) {
      add(drawings, 0, 1);
    }
    // Holes take no room on the disk.
    grow(IMAGES, 16 + 784L * CollectedDrawings.MOST);
    grow(LABELS, 8 + CollectedDrawings.MOST);
    try (CollectedDrawings drawings = CollectedDrawings.open(folder)) {
      assertThat(drawings.count()).isEqualTo(CollectedDrawings.MOST);
      assertThatThrownBy(() -> drawings.add(drawing(1), 1))
          .isInstanceOf(RefusedRequest.class)
          .hasMessageContaining("100000 drawings")
          .hasMessageContaining("--collect");
    }
  }

  private void grow(String name, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
      file.setLength(bytes);
      file.seek(4);
      file.writeInt(CollectedDrawings.MOST);
    }
  }

  @Test
  void saysThatADrawingCannotBeStored() throws Exception {
    try (CollectedDrawings drawings = CollectedDrawings.open(folder)) {
      Files.createDirectory(folder.resolve(LABELS));
      assertThatThrownBy(() -> drawings.add(drawing(0), 0))
          .isInstanceOf(HandspunException.class)
          .hasMessageContaining("store the drawing in " + folder);
      Files.delete(folder.resolve(LABELS));
      add(drawings, 0, 8);
    }
    assertStored(8);
  }
}
