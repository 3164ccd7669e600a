package handspun.bench;

import java.nio.file.Path;

/**
 * The project's folder, whose parts are measured.
 *
 * @param folder the one with bin, src and data in it
 */
record Project(Path folder) {

  Path launcher() {
    return folder.resolve("bin").resolve("handspun").toAbsolutePath();
  }

  Path jar() {
    return folder.resolve("target").resolve("handspun.jar");
  }

  /** {@return what a class path has for the benchmarks and JMH} */
  Path benchJars() {
    return folder.resolve("target").resolve("bench").resolve("*");
  }

  Path script(String name) {
    return folder.resolve("src").resolve("bench").resolve(name);
  }

  Path data() {
    return folder.resolve("data").resolve("mnist");
  }
}
