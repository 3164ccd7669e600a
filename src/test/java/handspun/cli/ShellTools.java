package handspun.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the PATH with what every system has: no Java, no Maven. */
final class ShellTools {
  private static final List<String> NAMES =
      List.of(
          "bash",
          "cat",
          "cksum",
          "date",
          "dirname",
          "env",
          "find",
          "mkdir",
          "mv",
          "printenv",
          "readlink",
          "rm",
          "sed",
          "sh",
          "sort");

  private ShellTools() {}

  /**
   * @param folder is made
   * @return the folder
   */
  static Path in(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : NAMES) {
      Path program =
          Stream.of(System.getenv("PATH").split(File.pathSeparator))
              .map(entry -> Path.of(entry, name))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow(() -> new AssertionError("no " + name + " on the PATH"));
      Script.write(folder.resolve(name), "#!/bin/sh\nexec '" + program + "' \"$@\"\n");
    }
    return folder;
  }
}
