package handspun.cli;

import static handspun.cli.Trainings.sha256;
import static handspun.cli.Trainings.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import handspun.cli.Shell.Result;
import handspun.cli.Shell.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two executors with a slow cable between them: what it costs, and what happens if it is cut. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterLinkIT {
  private static final Path SPARK = Path.of("target/spark").toAbsolutePath();
  private static final String MASTER = "spark://" + SlowNetwork.NEAR + ":7077";

  /** 500 mini-batches. */
  private static final String[] PLAN = {
    "--preset", "seed", "--epochs", "3", "--validation", "55000"
  };

  private static final int MINI_BATCHES = 500;

  private static final int CUT_MILLIS = 10_000;

  @TempDir private static Path folder;

  private static final List<Running> daemons = new ArrayList<>();
  private static SlowNetwork network;
  private static Trainings trainings;
  private static String expected;

  @BeforeAll
  static void start() throws Exception {
    network = new SlowNetwork(folder);
    String impossible = network.open();
    if (!impossible.isEmpty()) {
      Proofs.note("two network namespaces", "Skipped: " + impossible);
      assumeTrue(false, impossible);
    }
    daemon("near", "Master", "--host", SlowNetwork.NEAR, "--port", "7077")
        .awaitWords("New state: ALIVE");
    worker("near", SlowNetwork.NEAR);
    worker("far", SlowNetwork.FAR);
    trainings = new Trainings(folder, network.within("near"));
    expected = new Trainings(folder.resolve("near")).sha256(words(PLAN, "--master", "local[1]"));
  }

  private static void worker(String end, String address) throws Exception {
    Path files = Files.createDirectory(folder.resolve(end));
    daemon(
            end,
            "Worker",
            "--host",
            address,
            "--cores",
            "1",
            "--memory",
            "1g",
            "--work-dir",
            files.resolve("work").toString(),
            MASTER)
        .awaitWords("Successfully registered");
  }

  private static Running daemon(String end, String name, String... options) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String type = "org.apache.spark.deploy." + name.toLowerCase(Locale.ROOT) + "." + name;
    String[] command = {java, "-Dspark.master.rest.enabled=false", "-cp", SPARK + "/jars/*", type};
    Running running =
        shell(end.equals("near") ? SlowNetwork.NEAR : SlowNetwork.FAR)
            .with("SPARK_HOME", SPARK.toString())
            .with("SPARK_SCALA_VERSION", "2.13")
            .start(network.within(end, words(command, options)));
    daemons.add(running);
    return running;
  }

  private static Shell shell(String address) {
    return new Shell(folder)
        .with("JAVA_HOME", System.getProperty("java.home"))
        .without("SPARK_HOME")
        .with("SPARK_LOCAL_IP", address);
  }

  @AfterAll
  static void stop() throws Exception {
    for (Running daemon : daemons) {
      daemon.process().descendants().forEach(ProcessHandle::destroyForcibly);
      daemon.process().destroyForcibly();
    }
    if (network != null) {
      network.close();
    }
  }

  private static Running train(String... options) throws Exception {
    return trainings.start(
        shell(SlowNetwork.NEAR),
        words(words(PLAN, "--master", MASTER, "--partitions", "2"), options));
  }

  /** Microseconds a mini-batch, in the fastest epoch. */
  private static double microseconds() throws Exception {
    double seconds = Double.POSITIVE_INFINITY;
    List<String> lines = Files.readAllLines(trainings.lastRun().resolve("metrics.csv"));
    int column = List.of(lines.get(0).split(",")).indexOf("seconds");
    for (String line : lines.subList(1, lines.size())) {
      seconds = Math.min(seconds, Double.parseDouble(line.split(",")[column]));
    }
    return seconds * 1e6 / MINI_BATCHES;
  }

  /** A step of recursive doubling costs the latency, and the bytes at the bandwidth. */
  @Test
  @Order(1)
  void aMiniBatchCostsOneStepOverTheCable() throws Exception {
    double base = Double.NaN;
    try (Probe probe = new Probe()) {
      for (String delay : List.of("0", "0.001", "0.010")) {
        network.delay(delay);
        double step = probe.microseconds();
        assertThat(sha256(train().await())).isEqualTo(expected);
        double measured = microseconds();
        if (delay.equals("0")) {
          base = measured - step;
        }
        double predicted = base + step;
        Proofs.note(
            "cable with " + delay + " s of delay, microseconds a mini-batch",
            String.format(
                Locale.ROOT,
                "%.0f measured, %.0f predicted (%.0f a step, %.0f without)",
                measured,
                predicted,
                step,
                base));
        assertThat(measured).isGreaterThan(Double.parseDouble(delay) * 1e6);
        assertThat(measured).isLessThan(2 * predicted);
      }
    }
  }

  @Test
  @Order(2)
  void aCableThatIsCutForTenSecondsHeals() throws Exception {
    network.delay("0.001");
    Running running = train();
    running.awaitWords("Epoch 1 of");
    network.cut();
    Thread.sleep(CUT_MILLIS);
    assertThat(running.process().isAlive()).as("still waiting").isTrue();
    network.delay("0.001");
    Result result = running.await();
    assertThat(sha256(result)).isEqualTo(expected);
    assertThat(result.out()).doesNotContain("run again");
    Proofs.note("cable cut for 10 s in epoch 2, timeout 30 s: goes on", expected);
  }

  @Test
  @Order(3)
  void whoIsCutOffForLongerThanTheTimeoutIsDoneWithout() throws Exception {
    network.delay("0.001");
    Running running = train("--spark", "--conf", "spark.handspun.exchange.timeout=3s");
    running.awaitWords("Epoch 1 of");
    network.cut();
    Thread.sleep(CUT_MILLIS);
    network.delay("0.001");
    Result result = running.await();
    assertThat(sha256(result)).isEqualTo(expected);
    assertThat(result.out()).contains("is run again on").contains("has not been heard of for 3 s");
    Proofs.note("cable cut for 10 s in epoch 2, timeout 3 s: run again", expected);
  }

  /** Measures the cable as executors use it. */
  private static final class Probe implements AutoCloseable {
    private static final int BYTES = 2_000;
    private static final int ROUNDS = 200;

    private final Running far;

    private Probe() throws Exception {
      far = shell(SlowNetwork.FAR).start(probe("far", SlowNetwork.FAR));
      far.awaitWords("port ");
    }

    private static String[] probe(String end, String... words) {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      String classes = Path.of("target/test-classes").toAbsolutePath().toString();
      String[] command = {java, "-cp", classes, LinkProbe.class.getName()};
      return network.within(end, words(command, words));
    }

    /** One exchange of as many bytes as a mini-batch's. */
    private double microseconds() throws Exception {
      String port = Files.readString(far.out()).split(" ")[1];
      Result result =
          shell(SlowNetwork.NEAR)
              .run(
                  probe(
                      "near",
                      SlowNetwork.FAR,
                      port,
                      String.valueOf(BYTES),
                      String.valueOf(ROUNDS)));
      assertThat(result.exit()).as(result.err()).isZero();
      return Double.parseDouble(result.out().strip().split(" ")[1]);
    }

    @Override
    public void close() {
      far.process().destroyForcibly();
    }
  }
}
