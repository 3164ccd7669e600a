package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import handspun.cli.Shell.Result;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/handspun} on machines as people have them, where this one can be made to be so. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LauncherMachineIT {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final String NAMELESS = "12345";

  @TempDir private static Path folder;

  private static Shell shell() {
    return new Shell(folder)
        .with("JAVA_HOME", System.getProperty("java.home"))
        .without("SPARK_HOME")
        .without("LC_ALL")
        .without("LC_CTYPE")
        .without("LANG");
  }

  /** Handspun in another place: its own script and settings, and what this build has built. */
  private static Path install(String place) throws IOException {
    Path home = Files.createDirectories(folder.resolve(place));
    for (String part : List.of("bin", "conf")) {
      Files.createDirectory(home.resolve(part));
      for (String name : namesIn(ROOT.resolve(part))) {
        Files.copy(ROOT.resolve(part).resolve(name), home.resolve(part).resolve(name));
      }
    }
    for (String part : List.of("target", "data")) {
      Files.createSymbolicLink(home.resolve(part), ROOT.resolve(part));
    }
    return home.resolve("bin/handspun");
  }

  /** How to run a command as a user id without a name; empty, and said, where that cannot be. */
  private static List<String> asNameless() throws IOException, InterruptedException {
    List<String> nameless =
        List.of("setpriv", "--reuid=" + NAMELESS, "--regid=0", "--clear-groups");
    List<String> probe = new ArrayList<>(nameless);
    probe.addAll(List.of("test", "-r", ROOT.resolve("target/handspun.jar").toString()));
    boolean can =
        Files.isExecutable(Path.of("/usr/bin/setpriv"))
            && shell().run(probe.toArray(String[]::new)).exit() == 0;
    if (!can) {
      System.out.println(
          "Not tried with a user id without a name: that needs setpriv, root, and a project that all may read.");
    }
    return can ? nameless : List.of();
  }

  @Test
  @Order(1)
  void aUserWithoutANameTrainsInTheLocaleCBelowFoldersWithUmlauts() throws Exception {
    Path handspun = install("Müller");
    Path place = Files.createDirectory(folder.resolve("ü数"));
    for (Path open : List.of(folder, place)) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    List<String> command = new ArrayList<>(asNameless());
    command.addAll(List.of(handspun.toString(), "train", "--preset", "seed", "--epochs", "1"));
    command.addAll(List.of("--validation", "59000", "--run", "ü数/run 🧮"));
    Result result =
        shell()
            .with("LC_ALL", "C")
            .with("HANDSPUN_JAVA_OPTS", Trainings.QUICK_JAVA)
            .without("HOME")
            .run(command.toArray(String[]::new));
    assertThat(result.out()).contains("model     ü数/run 🧮/model.handspun");
    assertThat(result.exit()).isZero();
    assertThat(place.resolve("run 🧮/model.handspun")).exists();
    assertThat(namesIn(folder)).containsExactlyInAnyOrder("Müller", "ü数");
  }

  @ParameterizedTest
  @Order(2)
  @ValueSource(strings = {"LC_ALL=POSIX", "LANG=xx_YY.UTF-8", "LC_CTYPE=C", "LC_TIME=xx_YY"})
  void readsAPictureBesideTheRunInAnyLocale(String locale) throws Exception {
    Path picture = folder.resolve("ü数/u\u0308 7.png");
    ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY), "png", picture.toFile());
    String[] pair = locale.split("=");
    Result result =
        shell()
            .with(pair[0], pair[1])
            .run(
                folder.resolve("Müller/bin/handspun").toString(),
                "predict",
                "ü数/run 🧮/model.handspun",
                picture.toString());
    assertThat(result.out() + result.err()).contains("ü数/u\u0308 7.png").doesNotContain("?");
  }

  private static List<String> namesIn(Path parent) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  @Order(3)
  void refusesAPlaceThatJavaCannotRead() throws Exception {
    Result result = shell().with("LC_ALL", "C").run(install("🧮").toString(), "--version");
    assertThat(result.err()).startsWith("handspun: The path ").contains("🧮", "elsewhere");
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.exit()).isEqualTo(1);
  }

  @ParameterizedTest
  @Order(3)
  @ValueSource(strings = {"sh", "bash --posix"})
  void runsInAnyShellAlthoughItMayNotBeExecuted(String interpreter) throws Exception {
    Path handspun = install("not executable, " + interpreter);
    Files.setPosixFilePermissions(handspun, PosixFilePermissions.fromString("rw-r--r--"));
    List<String> command = new ArrayList<>(List.of(interpreter.split(" ")));
    command.addAll(List.of(handspun.toString(), "--version"));
    Result result = shell().run(command.toArray(String[]::new));
    assertThat(result.out()).startsWith("handspun ");
    assertThat(result.err()).isEmpty();
  }

  @Test
  @Order(3)
  void aCloneOfGitForWindowsIsTheSame() throws Exception {
    assumeTrue(
        Files.exists(ROOT.resolve(".git"))
            && Files.isExecutable(Path.of("/usr/bin/git"))
            && git(ROOT, "rev-parse", "HEAD").exit() == 0,
        "this project is no clone that git reads, so none is made with core.autocrlf");
    Path clone = folder.resolve("clone");
    Result cloned = git(ROOT, "clone", "-q", "-c", "core.autocrlf=true", ".", clone.toString());
    assertThat(cloned.exit()).isZero();
    assertThat(git(clone, "status", "--porcelain").out()).isEmpty();
    // What has other line ends in a clone has them in the project, as a table from Windows does.
    assertThat(git(clone, "ls-files", "--eol").out().lines())
        .filteredOn(line -> line.contains("w/crlf") || line.contains("w/mixed"))
        .allMatch(line -> line.startsWith("i/crlf") && line.contains("src/test/resources/"));
    Files.createSymbolicLink(clone.resolve("target"), ROOT.resolve("target"));
    assertThat(shell().run(clone.resolve("bin/handspun").toString(), "--help").out())
        .startsWith("Usage: handspun");
  }

  private static Result git(Path place, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", place.toString()));
    command.addAll(List.of(arguments));
    return shell().run(command.toArray(String[]::new));
  }

  @Test
  void numbersAreAsInEnglishWhateverTheLanguage() throws Exception {
    Shell arabic =
        shell()
            .with(
                "HANDSPUN_JAVA_OPTS",
                Trainings.QUICK_JAVA + " -Duser.language=ar -Duser.country=EG");
    Result result =
        arabic.run(
            ROOT.resolve("bin/handspun").toString(), "train", "--batch", "10", "--lanes", "11");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("lanes is 11, but must be 1 to 10, the size of the mini-batch");
  }
}
