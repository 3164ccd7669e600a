package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Result;
import handspun.math.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks as a user starts them, on the bundled MNIST. */
class BenchIT {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final String HANDSPUN = ROOT.resolve("bin/handspun").toString();

  @TempDir private Path folder;

  private static Result bench(Shell shell, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(HANDSPUN, "bench"));
    command.addAll(List.of(options));
    return shell.run(command.toArray(String[]::new));
  }

  /** Why NumPy cannot be measured here; empty if it can. */
  private String whyNotNumpy() throws InterruptedException {
    String program =
        "import sys; sys.path.insert(0, '%s'); import measured; measured.require_fast_blas('NumPy')"
            .formatted(Path.of("src", "bench").toAbsolutePath());
    try {
      Result asked = new Shell(folder).run("python3", "-B", "-c", program);
      return asked.exit() == 0 ? "" : asked.err().strip().replaceAll("(?s).*\n", "");
    } catch (IOException e) {
      return "there is no python3";
    }
  }

  @Test
  void trainsWithHandspunTheOracleAndNumpyFromTheSameBeginToTheSameEnd() throws Exception {
    String whyNot = whyNotNumpy();
    boolean numpy = whyNot.isEmpty();
    if (!numpy) {
      System.out.println("Not compared with NumPy: " + whyNot + ".");
    }
    Result result =
        bench(
            new Trainings(folder).shell(),
            "train",
            "--case",
            "narrow",
            "--rounds",
            "1",
            "--epochs",
            "1",
            "--cores",
            "1,2",
            "--only",
            numpy ? "handspun,oracle,numpy" : "handspun,oracle",
            "--out",
            "measured");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("narrow: 784-16-16-10, mini-batch 10, learning rate 3.0, 1 epoch")
        .containsPattern("Handspun +1 +[\\d.]+ +[\\d.]+ to [\\d.]+ +[\\d.]+ +- ")
        .contains("Same bits in every round: Handspun (1), Handspun (2), Oracle (1)")
        .contains("measured/train.csv");
    List<String> epochs = Files.readAllLines(folder.resolve("measured/epochs.csv"));
    assertThat(epochs)
        .filteredOn(line -> line.startsWith("narrow,1,handspun-exchange-1,handspun,1,"))
        .singleElement()
        .asString()
        .matches(".*,0\\.[89]\\d+");
    if (numpy) {
      assertThat(result.out()).containsPattern("NumPy +1 +[\\d.]+ +[\\d.]+ to [\\d.]+ +1\\.00 +- ");
      assertThat(epochs).filteredOn(line -> line.contains(",numpy,")).hasSize(1);
    }
  }

  @Test
  void scalesFromOneCoreToTwo() throws Exception {
    Result result =
        bench(
            new Trainings(folder).shell(),
            "scaling",
            "--case",
            "narrow",
            "--rounds",
            "1",
            "--epochs",
            "2",
            "--batches",
            "100",
            "--cores",
            "1,2",
            "--out",
            "measured");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out())
        .containsPattern("784-16-16-10 +100 +exchange +1 +[\\d.]+ +[\\d.]+ to [\\d.]+ +1\\.00 +-")
        .containsPattern("784-16-16-10 +100 +exchange +default: \\d ");
    assertThat(folder.resolve("measured/scaling.svg")).content().contains("<svg");
    assertThat(Files.readAllLines(folder.resolve("measured/scaling.csv"))).hasSize(4);
  }

  @Test
  void measuresEveryKernelAtEveryWidth() throws Exception {
    Shell shell =
        new Shell(folder).with("JAVA_HOME", System.getProperty("java.home")).without("SPARK_HOME");
    Result result = bench(shell, "kernels", "--quick", "--out", "kernels");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("--quick: these figures mean nothing")
        .containsPattern("peak +[\\d.]+ GFLOP/s of one core")
        .containsPattern("bandwidth +[\\d.]+ GB/s of one core")
        .containsPattern("affine +512x128 +scalar +[\\d.]+ +[\\d.]+ to [\\d.]+ +1\\.00 ")
        .containsPattern("prediction +784-800-10 +128 +[\\d.]+ ")
        .contains("kernels/kernels.csv");
    List<String> rows = Files.readAllLines(folder.resolve("kernels/kernels.csv"));
    List<String> kernels =
        List.of(
            "decode",
            "affineSparse",
            "affine",
            "sigmoid",
            "outputErrors",
            "sigmoidErrors",
            "addOuterSparse",
            "addOuter",
            "prediction");
    for (String kernel : kernels) {
      for (String implementation : implementations()) {
        assertThat(rows)
            .anyMatch(
                row -> row.startsWith(kernel + ",") && row.contains("," + implementation + ","));
      }
    }
    for (String implementation : implementations()) {
      assertThat(rows).anyMatch(row -> row.contains("Columns,512x128," + implementation + ","));
    }
  }

  @Test
  void asksTheServerAndATrivialOneWithEveryBodyInBothLoops() throws Exception {
    Shell shell =
        new Shell(folder).with("JAVA_HOME", System.getProperty("java.home")).without("SPARK_HOME");
    Result result = bench(shell, "serve", "--quick", "--out", "served");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("--quick: these figures mean nothing")
        .containsPattern("JSON, 64 connections: rate / trivial's +[\\d.]+ \\(")
        .containsPattern("binary, 10,000 images, 2 connections: images/s +\\d+ \\(")
        .containsPattern("JSON, 64 connections, open loop: p99 / trivial's +[\\d.]+ \\(")
        .contains("served/serve.csv");
    List<String> rows = Files.readAllLines(folder.resolve("served/serve.csv"));
    assertThat(rows).hasSize(1 + 2 * (4 * 3 + 2 + 1));
    // All were measured: rates, latencies and processor time are no empty fields.
    assertThat(rows.subList(1, rows.size()))
        .allMatch(row -> row.matches("[\\w-]+,\\d+,\\d+,(closed|open),\\w+(,[\\d.e+-]+){15}.*"));
    // Without the server's own properties, the trivial one would wait 44 ms for each packet.
    assertThat(rows)
        .filteredOn(row -> row.startsWith("json,1,1,closed,serve,"))
        .singleElement()
        .extracting(row -> Double.valueOf(row.split(",")[row.split(",").length - 1]))
        .satisfies(timesTrivial -> assertThat(timesTrivial).isBetween(0.0, 5.0));
    for (String body : List.of("json", "binary", "png-28", "png-280", "batch")) {
      for (String server : List.of("serve", "trivial")) {
        assertThat(rows)
            .anyMatch(row -> row.startsWith(body + ",") && row.contains(",closed," + server + ","));
      }
    }
  }

  @Test
  void sendsTheServerRequestsOfAllKindsAndFindsNoWrongAnswer() throws Exception {
    Shell shell =
        new Shell(folder).with("JAVA_HOME", System.getProperty("java.home")).without("SPARK_HOME");
    Result result = bench(shell, "soak", "--requests", "1500", "--out", "soaked");
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .containsPattern("requests +1,500 in \\d+ s")
        .containsPattern("heap +[\\d.]+ MB after 150 requests, [\\d.]+ MB in the end: ")
        .containsPattern("descriptors +\\d+ after 150 requests, \\d+ in the end: ")
        .containsPattern("errors +none");
    assertThat(result.err())
        .containsPattern("1,500 requests, 0 errors, heap [\\d.]+ MB after a full collection, \\d+");
    assertThat(Files.readAllLines(folder.resolve("soaked/soak.csv")))
        .hasSizeGreaterThan(2)
        .last()
        .asString()
        .matches("[\\d.]+,1500,0,\\d+,\\d+,\\d+");
  }

  /** What this machine can compute with: vectors up to its own width. */
  private static List<String> implementations() {
    Matcher width =
        Pattern.compile("Vector API, (\\d+) bit").matcher(Kernels.fastest().description());
    assertThat(width.find()).isTrue();
    List<String> implementations = new ArrayList<>(List.of("scalar"));
    for (int bits = 128; bits <= Integer.parseInt(width.group(1)); bits *= 2) {
      implementations.add(String.valueOf(bits));
    }
    return implementations;
  }
}
