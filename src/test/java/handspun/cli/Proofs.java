package handspun.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** What {@code bin/test-cluster} shows in the end: a line for everything that was found. */
final class Proofs {
  private static final Path FILE = Path.of("target", "cluster-proofs.txt");
  private static final int WIDTH = 64;

  private Proofs() {}

  /**
   * Notes what was compared, and what was found.
   *
   * @param subject such as a plan and a cluster
   * @param found such as a SHA-256
   */
  static void note(String subject, String found) {
    String line = String.format(Locale.ROOT, "%-" + WIDTH + "s  %s%n", subject, found);
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, line, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
