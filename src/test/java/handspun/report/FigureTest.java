package handspun.report;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.files.Location;
import java.awt.AWTError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FigureTest {
  @TempDir Path folder;

  @Test
  void writesWhatIsDrawnAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("a.svg");
    assertThat(Figure.write(Location.of(file), () -> bytes("old"))).isEmpty();
    assertThat(Figure.write(Location.of(file), () -> bytes("new"))).isEmpty();
    assertThat(file).hasContent("new");
    assertOnly(file);
  }

  /**
   * What Java 17 throws where fontconfig, fonts or libfreetype are missing, first and afterwards.
   */
  static Stream<Error> missingFonts() {
    return Stream.of(
        new InternalError(new RuntimeException("Fontconfig head is null")),
        new NoClassDefFoundError("Could not initialize class sun.font.SunFontManager"),
        new UnsatisfiedLinkError("libfreetype.so.6: cannot open shared object file"),
        new ExceptionInInitializerError("no fonts"),
        new AWTError("no toolkit"));
  }

  @ParameterizedTest
  @MethodSource("missingFonts")
  void saysWhatToInstallWhereJavaHasNoFonts(Error error) throws IOException {
    Path file = folder.resolve("curve.svg");
    Optional<String> warning =
        Figure.write(
            Location.of(file),
            () -> {
              throw error;
            });
    assertThat(warning.orElseThrow())
        .startsWith("curve.svg was not drawn")
        .contains("fonts", "install fontconfig", "fonts-dejavu-core")
        .doesNotContain("\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void namesTheRootOfWhatWentWrong() {
    Error error = new InternalError(new RuntimeException("Fontconfig head is null"));
    Optional<String> warning =
        Figure.write(
            Location.of(folder.resolve("curve.svg")),
            () -> {
              throw error;
            });
    assertThat(warning.orElseThrow()).contains("(Fontconfig head is null)");
  }

  static Stream<Exception> otherFailures() {
    return Stream.of(
        new IOException("odd"),
        new IllegalArgumentException("odd"),
        new UncheckedIOException(new IOException("odd")));
  }

  @ParameterizedTest
  @MethodSource("otherFailures")
  void turnsEveryOtherFailureIntoAWarningToo(Exception failure) {
    Optional<String> warning =
        Figure.write(
            Location.of(folder.resolve("curve.svg")),
            () -> {
              if (failure instanceof IOException e) {
                throw e;
              }
              throw (RuntimeException) failure;
            });
    assertThat(warning.orElseThrow()).contains("curve.svg was not drawn", "odd");
  }

  @Test
  void warnsWhereTheFolderIsMissing() {
    Path file = folder.resolve("missing").resolve("curve.svg");
    assertThat(Figure.write(Location.of(file), () -> bytes("x")).orElseThrow())
        .contains("Could not write " + file, "there is no folder");
  }

  @Test
  void warnsWhereAFolderHasTheFilesName() throws IOException {
    Path file = Files.createDirectories(folder.resolve("curve.svg").resolve("inside")).getParent();
    assertThat(Figure.write(Location.of(file), () -> bytes("x")).orElseThrow())
        .contains("it is a folder");
    assertOnly(file);
  }

  private void assertOnly(Path file) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
