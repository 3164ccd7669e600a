package handspun.bench;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.store.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a benchmark leaves its tables and, in {@code logs}, what the measured programs print.
 *
 * @param folder an existing one
 */
record OutFolder(Path folder) {

  /**
   * @return the folder of the programs' words, which is made
   * @throws HandspunException if it cannot be
   */
  Path logs() {
    Path logs = folder.resolve("logs");
    try {
      return Files.createDirectories(logs);
    } catch (IOException e) {
      throw new HandspunException(
          "Could not make the folder %s: %s; choose another place with --out."
              .formatted(logs, HandspunException.reason(e)),
          e);
    }
  }

  void write(String name, String text) {
    AtomicFile.replace(Location.of(folder.resolve(name)), text.getBytes(StandardCharsets.UTF_8));
  }
}
