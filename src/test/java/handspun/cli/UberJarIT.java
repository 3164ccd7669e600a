package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the build packages. */
class UberJarIT {
  private static final Path JAR = Path.of("target/handspun.jar");
  private static final Path BENCH_JAR = Path.of("target/bench/handspun-bench.jar");
  private static final Path SPARK_JARS = Path.of("target/spark/jars");

  @Test
  void holdsNoClassThatSparkBrings() throws IOException {
    Set<String> ours = classes(JAR);
    assertThat(ours).contains("handspun/cli/Main.class", "picocli/CommandLine.class");
    for (Path jar : sparkJars()) {
      Set<String> both = new HashSet<>(classes(jar));
      both.retainAll(ours);
      assertThat(both).as("classes of %s in our jar", jar.getFileName()).isEmpty();
    }
  }

  @Test
  void holdsNothingThatMeasures() throws IOException {
    assertThat(classes(JAR))
        .noneMatch(name -> name.startsWith("handspun/bench/"))
        .noneMatch(name -> name.startsWith("org/openjdk/jmh/"));
    assertThat(classes(BENCH_JAR))
        .contains("handspun/bench/BenchMain.class", "handspun/bench/kernels/KernelBenchmarks.class")
        .allMatch(name -> name.startsWith("handspun/bench/"));
  }

  @Test
  void startsTheCommandLine() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
          .isEqualTo(Main.class.getName());
    }
  }

  @Test
  void laysOutOneSparkAndNothingOfTheTests() throws IOException {
    List<String> names = sparkJars().stream().map(jar -> jar.getFileName().toString()).toList();
    assertThat(names).filteredOn(name -> name.startsWith("spark-core_")).hasSize(1);
    assertThat(names)
        .noneMatch(
            name ->
                name.matches("(junit|assertj|archunit|selenium|jmh|jopt-simple|kryo5|picocli).*"));
  }

  private static List<Path> sparkJars() throws IOException {
    try (Stream<Path> files = Files.list(SPARK_JARS)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  private static Set<String> classes(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
          .filter(name -> !name.endsWith("module-info.class"))
          .collect(Collectors.toSet());
    }
  }
}
