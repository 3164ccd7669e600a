package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image for Kubernetes, as far as it can be built without a daemon and a registry. */
class SparkImageIT {
  private static final Path FILE = Path.of("src/docs/spark/Containerfile");
  private static final Path ROOT = Path.of("").toAbsolutePath();

  @TempDir private Path folder;

  private static List<String[]> copied() throws IOException {
    return Files.readAllLines(FILE).stream()
        .filter(line -> line.startsWith("COPY "))
        .map(line -> line.substring("COPY ".length()).split(" "))
        .toList();
  }

  @Test
  void whatItCopiesIsThere() throws Exception {
    assertThat(copied()).hasSize(3);
    for (String[] words : copied()) {
      for (int w = 0; w < words.length - 1; w++) {
        assertThat(Path.of(words[w])).exists();
      }
    }
  }

  @Test
  void itHasEveryPresetThatTheProjectHas() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("conf"))) {
      assertThat(copied().get(0))
          .contains(
              files
                  .map(Path::toString)
                  .filter(name -> name.endsWith(".conf") && !name.contains("spark-defaults"))
                  .toArray(String[]::new));
    }
  }

  @Test
  void theLauncherSubmitsTheJarByTheNameThatItHasThere() throws Exception {
    Matcher submitted =
        Pattern.compile("submitted_jar=local://(\\S+)")
            .matcher(Files.readString(Path.of("bin/handspun")));
    assertThat(submitted.find()).isTrue();
    assertThat(copied()).anyMatch(words -> words[words.length - 1].equals(submitted.group(1)));
  }

  @Test
  void buildahBuildsItsStepsOnAnEmptyImage() throws Exception {
    requireBuildah();
    String[] store = {
      "--storage-driver",
      "vfs",
      "--root",
      folder.resolve("store").toString(),
      "--runroot",
      folder.resolve("run").toString()
    };
    Result built =
        buildah(
            store,
            "build",
            "--build-arg",
            "SPARK=scratch",
            "--file",
            FILE.toString(),
            "--tag",
            "handspun-spark",
            ROOT.toString());
    assertThat(built.exit()).as(built.err()).isZero();
    Result told = buildah(store, "inspect", "--type", "image", "handspun-spark");
    JsonNode config = new ObjectMapper().readTree(told.out()).at("/OCIv1/config");
    assertThat(config.path("User").textValue()).isEqualTo("185");
    assertThat(config.path("Entrypoint").get(0).textValue()).isEqualTo("/opt/entrypoint.sh");
    Path jar;
    try (Stream<Path> all = Files.walk(folder.resolve("store"))) {
      Optional<Path> found = all.filter(path -> path.endsWith("handspun.jar")).findFirst();
      jar = found.orElseThrow();
    }
    // As in the pod: nothing says where Handspun is but its jar.
    Result trained =
        new Shell(folder)
            .run(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                jar + ":" + ROOT.resolve("target/spark/jars") + "/*",
                "-Dspark.submit.deployMode=cluster",
                "-Dspark.master=k8s://https://nowhere",
                "-Dhandspun.submission=true",
                "handspun.cli.Main",
                "train",
                "--run",
                "/runs/1");
    assertThat(trained.exit()).as(trained.err()).isZero();
    assertThat(jar.resolve("../../conf/small.conf").normalize()).exists();
    assertThat(jar.resolve("../../data/mnist").normalize()).isDirectory();
  }

  private Result buildah(String[] store, String... words) throws Exception {
    return new Shell(ROOT)
        .run(Trainings.words(Trainings.words(new String[] {"buildah"}, store), words));
  }

  private static void requireBuildah() throws Exception {
    boolean isThere;
    try {
      isThere = new Shell(ROOT).run("buildah", "--version").exit() == 0;
    } catch (IOException e) {
      isThere = false;
    }
    if (!isThere || !System.getProperty("user.name").equals("root")) {
      String skipped =
          "The build of the image for Kubernetes is skipped: it needs buildah (Debian: apt-get install buildah) and root.";
      System.out.println(skipped);
      Assumptions.abort(skipped);
    }
  }
}
