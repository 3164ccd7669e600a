package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Result;
import handspun.cli.Shell.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** How {@code bin/handspun} builds, step by step in one copy of this project. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LauncherBuildIT {
  private static final String JAVA_HOME = System.getProperty("java.home");

  @TempDir private static Path folder;

  private static Path project;

  @BeforeAll
  static void copyTheSources() throws IOException {
    project = Files.createDirectory(folder.resolve("a fresh clone"));
    for (String part : new String[] {"pom.xml", "bin", "conf", "src/main", "src/bench/java"}) {
      copy(Path.of(part), project.resolve(part));
    }
    // Everything is in the local repository already.
    Path options = project.resolve(".mvn/maven.config");
    Files.createDirectories(options.getParent());
    String repository = System.getProperty("localRepository");
    Files.writeString(
        options, "-o\n" + (repository == null ? "" : "-Dmaven.repo.local=" + repository + "\n"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static Shell shell() {
    return new Shell(folder)
        .with("JAVA_HOME", JAVA_HOME)
        // A Maven of seconds is over before it would pay to compile it well.
        .with("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .without("SPARK_HOME")
        .without("HANDSPUN_BUILD");
  }

  private static String handspun() {
    return project.resolve("bin/handspun").toString();
  }

  @Test
  @Order(1)
  void saysThatMavenIsMissing() throws Exception {
    Path tools = ShellTools.in(folder.resolve("tools"));
    Result result = shell().with("PATH", tools.toString()).run(handspun(), "--version");
    assertThat(result.err()).contains("Maven 3.8 or later").contains("install it");
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  @Order(2)
  void saysThatAJdkIsMissing() throws Exception {
    Path runtime = folder.resolve("runtime");
    Script.write(runtime.resolve("bin/java"), "#!/bin/sh\necho 'openjdk version \"17\"' >&2\n");
    Result result = shell().with("JAVA_HOME", runtime.toString()).run(handspun(), "--version");
    assertThat(result.err()).contains("A JDK is needed").contains(runtime.toString());
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  @Order(3)
  void doesNotBuildWhenItMayNot() throws Exception {
    Result result = shell().with("HANDSPUN_BUILD", "no").run(handspun(), "--version");
    assertThat(result.err()).contains("handspun.jar").contains("HANDSPUN_BUILD=no");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  @Order(4)
  void twoFirstUsesAtOnceBuildOnce() throws Exception {
    Running one = shell().start(handspun(), "--version");
    Running other = shell().start(handspun(), "--version");
    Result first = one.await();
    Result second = other.await();
    assertThat(first.out()).startsWith("handspun ").isEqualTo(second.out());
    assertThat(first.err() + second.err())
        .containsOnlyOnce("Building Handspun (first use")
        .containsOnlyOnce("Built in ");
  }

  @Test
  @Order(5)
  void buildsNothingWhenNothingHasChanged() throws Exception {
    Result result = shell().run(handspun(), "--version");
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
  }

  @Test
  @Order(6)
  void buildsBenchmarksWhenTheyAreFirstAskedForAndThenNoMore() throws Exception {
    Path benchmarks = project.resolve("target/bench");
    Path jar = project.resolve("target/handspun.jar");
    FileTime built = Files.getLastModifiedTime(jar);
    assertThat(benchmarks).doesNotExist();
    assertThat(project.resolve("target/classes/handspun/bench")).doesNotExist();
    Result first = shell().run(handspun(), "bench", "--help");
    assertThat(first.err())
        .startsWith("Building Handspun's benchmarks (first use")
        .contains("Built in ")
        .hasLineCount(2);
    assertThat(first.out()).contains("handspun bench", "train", "scaling", "exchange", "kernels");
    assertThat(first.exit()).isZero();
    assertThat(Files.getLastModifiedTime(jar)).isEqualTo(built);
    Result second = shell().run(handspun(), "bench", "--help");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).isEqualTo(first.out());
  }

  @Test
  @Order(7)
  void showsTheCompilersErrorsAndRunsNothing() throws Exception {
    Path broken = project.resolve("src/main/java/handspun/Broken.java");
    Files.writeString(broken, "package handspun;\n\nfinal class Broken extends Missing {}\n");
    Result result = shell().run(handspun(), "--version");
    assertThat(result.err())
        .contains("the sources have changed")
        .contains("Broken.java:[3,28] cannot find symbol")
        .contains("The build failed")
        .doesNotContain("[Help 1]");
    assertThat(result.out()).isEmpty();
    assertThat(result.exit()).isEqualTo(1);
    Files.delete(broken);
  }

  @Test
  @Order(8)
  void replacesWhatAnInterruptedFirstBuildLeftHalfDone() throws Exception {
    Files.delete(project.resolve("target/spark/laid-for"));
    Path jars = project.resolve("target/spark/jars");
    Files.write(Files.createDirectories(jars).resolve("spark-core_2.13-half.jar"), new byte[10]);
    Result result = shellOfOurMaven().run(handspun(), "--version");
    assertThat(result.err()).contains("Built in ");
    assertThat(result.out()).startsWith("handspun ");
    assertThat(jars.resolve("spark-core_2.13-half.jar")).doesNotExist();
  }

  /** With a Maven that lays out what this build has packaged; the real one has built by now. */
  private static Shell shellOfOurMaven() throws IOException {
    Script.write(
        folder.resolve("maven/mvn"),
        """
        #!/bin/sh
        case "$*" in *-Pbench*) exec cp '%1$s/bench/'*.jar target/bench ;; esac
        mkdir -p target/spark/jars && cp '%1$s/handspun.jar' target && ln -sf '%1$s/spark/jars/'*.jar target/spark/jars
        """
            .formatted(Path.of("target").toAbsolutePath()));
    return shell().with("PATH", folder.resolve("maven") + ":" + System.getenv("PATH"));
  }

  @Test
  @Order(9)
  void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
    Shell shell = shellOfOurMaven();
    Path source = project.resolve("src/main/java/handspun/cli/Main.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now()));
    assertThat(shell.run(handspun(), "--version").err()).contains("the sources have changed");
    Files.delete(project.resolve("src/main/java/handspun/cli/package-info.java"));
    assertThat(shell.run(handspun(), "--version").err()).contains("the sources have changed");
  }

  @Test
  @Order(10)
  void buildsBenchmarksAgainWhenTheyOrTheProgramHaveChangedAndTheProgramOnlyWhenItHas()
      throws Exception {
    Shell shell = shellOfOurMaven();
    String again = "Building Handspun's benchmarks (the sources have changed";
    assertThat(shell.run(handspun(), "bench", "--help").err()).startsWith(again);
    Path source = project.resolve("src/bench/java/handspun/bench/Table.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now()));
    assertThat(shell.run(handspun(), "--version").err()).isEmpty();
    assertThat(shell.run(handspun(), "bench", "--help").err()).startsWith(again);
    assertThat(shell.run(handspun(), "bench", "--help").err()).isEmpty();
  }

  @Test
  @Order(11)
  void doesNotBuildBenchmarksWhenItMayNot() throws Exception {
    Path jar = project.resolve("target/bench/handspun-bench.jar");
    Files.delete(jar);
    Result result = shell().with("HANDSPUN_BUILD", "no").run(handspun(), "bench", "train");
    assertThat(result.err())
        .isEqualTo(
            "handspun: There is no %s, and HANDSPUN_BUILD=no forbids to build it: build it with mvn package.\n"
                .formatted(jar));
    assertThat(result.exit()).isEqualTo(1);
  }

  @AfterAll
  static void deleteLinks() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }
}
