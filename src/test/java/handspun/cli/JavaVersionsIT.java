package handspun.cli;

import static handspun.cli.Trainings.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same bits with every Java that Spark runs on, with vectors and without. A JDK is looked for
 * in the system property {@code java.home.21}, in variables such as {@code JAVA_HOME_21_X64}, which
 * continuous integration sets, and where systems put them.
 */
@Tag("cluster")
class JavaVersionsIT {
  private static final Map<String, String> PLANS = new LinkedHashMap<>();

  static {
    PLANS.put("1 lane", "--preset seed --epochs 1 --validation 57500");
    PLANS.put(
        "8 lanes, 5 local steps",
        "--preset seed --epochs 1 --batch 80 --local-steps 5 --momentum 0.5 --validation 55000");
    PLANS.put("preset drawn", "--preset drawn --epochs 1 --validation 59000");
  }

  private static Map<String, String> expected;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {17, 21, 25})
  void trainsTheSameBits(int version) throws Exception {
    Optional<Path> home = homes(version).filter(found -> isOf(version, found)).findFirst();
    if (home.isEmpty()) {
      String skipped =
          "Skipped: no JDK %d was found (name one in JAVA_HOME_%d_X64)".formatted(version, version);
      Proofs.note("Java " + version, skipped);
      System.out.println(skipped + ".");
      assumeTrue(false, skipped);
    }
    Trainings trainings = new Trainings(folder);
    if (expected == null) {
      expected = new LinkedHashMap<>();
      for (Map.Entry<String, String> plan : PLANS.entrySet()) {
        String[] words = (plan.getValue() + " --master local[1]").split(" ");
        expected.put(plan.getKey(), trainings.sha256(words));
      }
    }
    for (Map.Entry<String, String> plan : PLANS.entrySet()) {
      for (String kernels : new String[] {"vectors", "no vectors"}) {
        Shell shell =
            trainings
                .shell()
                .with("JAVA_HOME", home.orElseThrow().toString())
                .with(
                    "HANDSPUN_JAVA_OPTS",
                    kernels.equals("vectors") ? "" : "-Dhandspun.kernels=scalar");
        String[] words = (plan.getValue() + " --master local[2] --partitions 2").split(" ");
        String sum = sha256(trainings.start(shell, words).await());
        Proofs.note("Java " + version + ", " + kernels + ", " + plan.getKey(), sum);
        assertThat(sum).isEqualTo(expected.get(plan.getKey()));
      }
    }
  }

  private static Stream<Path> homes(int version) throws IOException {
    Stream<String> named =
        Stream.concat(
            Stream.ofNullable(System.getProperty("java.home." + version)),
            System.getenv().entrySet().stream()
                .filter(entry -> entry.getKey().matches("JAVA_HOME_" + version + "(_.*)?"))
                .map(Map.Entry::getValue));
    Stream<Path> homes = Stream.of(Path.of(System.getProperty("java.home")));
    for (String place :
        new String[] {"/usr/lib/jvm", "/Library/Java/JavaVirtualMachines", "/opt/java"}) {
      if (Files.isDirectory(Path.of(place))) {
        try (Stream<Path> all = Files.list(Path.of(place))) {
          homes =
              Stream.concat(
                  homes,
                  all
                      .sorted()
                      .flatMap(found -> Stream.of(found, found.resolve("Contents/Home")))
                      .toList()
                      .stream());
        }
      }
    }
    return Stream.concat(named.map(Path::of), homes);
  }

  private static boolean isOf(int version, Path home) {
    try {
      return Files.isExecutable(home.resolve("bin/java"))
          && Files.readString(home.resolve("release"))
              .matches("(?s).*JAVA_VERSION=\"" + version + "[.\"].*");
    } catch (IOException e) {
      return false;
    }
  }
}
