package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Result;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The archive of classes that the build makes, in one copy of this project. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedClassesIT {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  @TempDir private static Path folder;

  private static Path project;

  /** A refusal where all is well. */
  private static Result usual;

  @BeforeAll
  static void copyWhatIsBuilt() throws IOException {
    project = Files.createDirectory(folder.resolve("a project"));
    for (String part : List.of("pom.xml", "bin", "conf", "src/main", "data/mnist")) {
      copy(ROOT.resolve(part), project.resolve(part));
    }
    // Instead of compiling: what this build has packaged. The archive is made as ever.
    String repository = System.getProperty("localRepository");
    Script.write(
        folder.resolve("tools/mvn"),
        """
        #!/bin/sh
        cp '%1$s/target/handspun.jar' target
        if ! [ -d target/spark/jars ]; then
          mkdir -p target/spark/jars
          ln -s '%1$s/target/spark/jars/'*.jar target/spark/jars
        fi
        PATH='%2$s' exec mvn -o -q %3$s exec:exec@archive-classes
        """
            .formatted(
                ROOT,
                System.getenv("PATH"),
                repository == null ? "" : "'-Dmaven.repo.local=" + repository + "'"));
  }

  @AfterAll
  static void deleteLinks() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static Shell shell(Path javaHome) {
    return new Shell(folder)
        .with("JAVA_HOME", javaHome.toString())
        .with("PATH", folder.resolve("tools") + ":" + System.getenv("PATH"))
        .with("HANDSPUN_JAVA_OPTS", Trainings.QUICK_JAVA)
        .without("SPARK_HOME")
        .without("HANDSPUN_BUILD");
  }

  private static String handspun() {
    return project.resolve("bin/handspun").toString();
  }

  /** Starts Spark's JVM and our program in it, but no training. */
  private static Result refusal(Shell shell, String... more) throws Exception {
    Result result =
        shell.run(Trainings.words(new String[] {handspun(), "train", "--rate", "fast"}, more));
    assertThat(result.exit()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains("rate is fast, but must be a finite number above 0");
    return result;
  }

  private static Path archive() {
    return project.resolve("target/spark/classes.jsa");
  }

  @Test
  @Order(1)
  void isThereWhenTheBuildHasEnded() throws Exception {
    assertThat(refusal(shell(JAVA_HOME)).err()).contains("Built in ");
    assertThat(archive()).isNotEmptyFile();
    assertThat(archive().resolveSibling("archived")).doesNotExist();
  }

  @Test
  @Order(2)
  void holdsSparksClassesAndOurs() throws Exception {
    Path log = folder.resolve("classes");
    usual =
        refusal(
            shell(JAVA_HOME)
                .with(
                    "HANDSPUN_JAVA_OPTS", Trainings.QUICK_JAVA + " -Xlog:class+load:file=" + log));
    assertThat(usual.out()).isEmpty();
    assertThat(log)
        .content()
        .contains("org.apache.spark.deploy.SparkSubmit source: shared objects file (top)")
        .contains("handspun.cli.TrainCommand source: shared objects file (top)");
  }

  enum Damage {
    GONE,
    CUT_OFF,
    BYTES_CHANGED,
    OF_ANOTHER_JAVA
  }

  @ParameterizedTest
  @EnumSource
  @Order(3)
  void doesNotMatterWhenItIsDamaged(Damage damage) throws Exception {
    Path archive = archive();
    Path kept = Files.move(archive, folder.resolve("kept"));
    switch (damage) {
      case GONE -> {}
      case CUT_OFF -> {
        Files.copy(kept, archive);
        change(archive, file -> file.setLength(file.length() / 2));
      }
      case BYTES_CHANGED -> {
        Files.copy(kept, archive);
        change(
            archive,
            file -> {
              file.seek(file.length() / 2);
              file.write(new byte[100_000]);
            });
      }
      case OF_ANOTHER_JAVA -> {
        Files.copy(kept, archive);
        change(
            archive,
            file -> {
              byte[] header = new byte[2000];
              file.readFully(header);
              int name = new String(header, StandardCharsets.ISO_8859_1).indexOf(" VM (");
              assertThat(name).isPositive();
              file.seek(name);
              file.write(" VM (10".getBytes(StandardCharsets.ISO_8859_1));
            });
      }
    }
    assertThat(refusal(shell(JAVA_HOME))).isEqualTo(usual);
    Files.move(kept, archive, StandardCopyOption.REPLACE_EXISTING);
  }

  private interface Change {
    void make(RandomAccessFile file) throws IOException;
  }

  private static void change(Path archive, Change change) throws IOException {
    assertThat(archive.toFile().setWritable(true)).isTrue();
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
      change.make(file);
    }
  }

  @Test
  @Order(4)
  void doesNotMatterWhereItDoesNotFit() throws Exception {
    assertThat(refusal(shell(JAVA_HOME), "--spark", "--driver-class-path", folder.toString()))
        .isEqualTo(usual);
    assertThat(refusal(shell(JAVA_HOME).with("HADOOP_CONF_DIR", folder.toString())))
        .isEqualTo(usual);
    assertThat(refusal(shell(JAVA_HOME), "--spark", "--driver-memory", "40g")).isEqualTo(usual);
  }

  @Test
  @Order(5)
  void isMadeOnlyOnce() throws Exception {
    FileTime made = Files.getLastModifiedTime(archive());
    Files.writeString(project.resolve("conf/fast.conf"), "\n", StandardOpenOption.APPEND);
    assertThat(refusal(shell(JAVA_HOME)).err()).contains("Built in ");
    assertThat(Files.getLastModifiedTime(archive())).isEqualTo(made);
  }

  @Test
  @Order(6)
  void isTriedOnlyOnceWhereItCannotBeMade() throws Exception {
    Path java = folder.resolve("java without archives");
    Script.write(
        java.resolve("bin/java"),
        "#!/bin/sh\ncase \"$*\" in *ArchiveClassesAtExit*) echo no >&2; exit 1 ;; esac\nexec '%s/bin/java' \"$@\"\n"
            .formatted(JAVA_HOME));
    Files.createSymbolicLink(java.resolve("bin/javac"), JAVA_HOME.resolve("bin/javac"));
    Files.createSymbolicLink(java.resolve("release"), JAVA_HOME.resolve("release"));
    Path size = archive().resolveSibling("classes.size");
    Files.delete(size);
    Files.writeString(project.resolve("conf/fast.conf"), "\n", StandardOpenOption.APPEND);
    assertThat(refusal(shell(java)).err()).contains("Built in ");
    assertThat(size).content().isBlank();
    assertThat(archive()).doesNotExist();
    assertThat(refusal(shell(java))).isEqualTo(usual);
  }
}
