package handspun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void replacesAnOlderFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "a much longer old content");

    AtomicFile.write(Location.of(file), out -> out.write("new".getBytes(StandardCharsets.UTF_8)));

    assertThat(file).hasContent("new");
    assertThatFolderHoldsOnly(file);
  }

  @Test
  void aFullDiskLeavesTheOlderFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    Location.of(file),
                    out -> {
                      out.write("half".getBytes(StandardCharsets.UTF_8));
                      throw new IOException("No space left on device");
                    }))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll(
            "Could not write " + file, "No space left", "older file", "unchanged", "Make room");
    assertThat(file).hasContent("old");
    assertThatFolderHoldsOnly(file);
  }

  @Test
  void aFailureOfAnyKindLeavesNothing() throws IOException {
    Path file = folder.resolve("file");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    Location.of(file),
                    out -> {
                      throw new UncheckedIOException(new IOException("broken pipe"));
                    }))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("broken pipe", "nothing is left");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    Location.of(file),
                    out -> {
                      throw new IllegalStateException("a mistake");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThatFolderHoldsOnly();
  }

  @Test
  void refusesAFolderThatDoesNotExistOrIsNone() throws IOException {
    assertThatThrownBy(() -> AtomicFile.write(Location.of(folder.resolve("no/file")), out -> {}))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("Could not write", "there is no folder " + folder.resolve("no"));
    Path inAFile = Files.writeString(folder.resolve("plain"), "").resolve("file");
    assertThatThrownBy(() -> AtomicFile.write(Location.of(inAFile), out -> {}))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContaining("there is no folder");
    assertThatThrownBy(() -> AtomicFile.write(Location.of(folder), out -> {}))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("it is a folder", "name a file");
  }

  @Test
  void refusesAFolderThatNobodyMayWriteInto() {
    Path forbidden = Path.of("/proc/self");
    assumeTrue(Files.isDirectory(forbidden), "This system has no folder that refuses everybody.");

    assertThatThrownBy(() -> AtomicFile.write(Location.of(forbidden.resolve("file")), out -> {}))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("Could not write /proc/self/file", "nothing is left");
  }

  private void assertThatFolderHoldsOnly(Path... files) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      assertThat(found).containsExactly(files);
    }
  }
}
