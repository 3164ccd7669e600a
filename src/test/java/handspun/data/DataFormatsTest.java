package handspun.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of forms in src/docs/data.md: each row has a fixture, and all hold the same images. */
class DataFormatsTest {
  private static final Path TABLE = Path.of("src/docs/data.md");
  private static final Path FIXTURES = Path.of("src/test/resources/handspun/data");

  static List<String> fixtures() throws IOException {
    List<String> rows =
        Files.readAllLines(TABLE).stream()
            .dropWhile(line -> !line.startsWith("| form | where"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.replaceFirst(".*\\| `([^`]+)` \\|$", "$1"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(40).noneMatch(row -> row.contains("|"));
    return rows;
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void everyFormGivesTheSameExamples(String fixture) throws IOException {
    Dataset data = DatasetReader.read(FIXTURES.resolve(fixture), 10);

    assertThat(data.training().count() + data.validation().count() + data.test().count())
        .isEqualTo(40);
    assertThat(sum(data)).isEqualTo(expected());
    assertThat(data.validation().count()).isEqualTo(10);
    assertThat(data.test().count()).isIn(10, 40 / 7);
  }

  @Test
  void noFixtureIsForgotten() throws IOException {
    List<String> rows = fixtures();
    Set<String> forgotten = new TreeSet<>();
    try (Stream<Path> files = Files.walk(FIXTURES.resolve("forms"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = FIXTURES.relativize(file).toString();
        if (rows.stream().noneMatch(name::startsWith)) {
          forgotten.add(name);
        }
      }
    }
    assertThat(forgotten).isEmpty();
  }

  /** SHA-256 of all labels and pixels in their order: to train, to validate, to test. */
  static String sum(Dataset data) {
    MessageDigest digest = Checksum.sha256();
    for (Examples set : List.of(data.training(), data.validation(), data.test())) {
      for (int i = 0; i < set.count(); i++) {
        digest.update((byte) set.label(i));
        digest.update(set.inputs().pixels(i));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String expected() throws IOException {
    byte[] pixels = Files.readAllBytes(FIXTURES.resolve("digits.bytes"));
    byte[] labels = Files.readAllBytes(FIXTURES.resolve("digits.labels"));
    MessageDigest digest = Checksum.sha256();
    for (int i = 0; i < labels.length; i++) {
      digest.update(labels[i]);
      digest.update(pixels, 16 * i, 16);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
