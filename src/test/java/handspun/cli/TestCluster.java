package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.StartedProcesses;
import handspun.cli.Shell.Result;
import handspun.spark.SparkHistory;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A cluster of this machine for a test to train on, and to harm: only its own processes. */
final class TestCluster implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 600;
  private static final int PAUSE_MILLIS = 20;

  private final Trainings trainings;
  private final Path files;
  private final String master;
  private int workers;

  private TestCluster(Trainings trainings, Path files, int workers, String master) {
    this.trainings = trainings;
    this.files = files;
    this.workers = workers;
    this.master = master;
  }

  /**
   * @param folder where its files go, to a folder of their own
   * @param workers how many
   * @param cores of each
   */
  static TestCluster start(Path folder, int workers, int cores) throws Exception {
    Trainings trainings = new Trainings(folder);
    Path files = Files.createTempDirectory(folder, "cluster");
    Files.delete(files);
    String port = freePort();
    Result started =
        trainings.handspun(
            "cluster",
            "start",
            "--workers",
            String.valueOf(workers),
            "--cores",
            String.valueOf(cores),
            "--memory",
            "1g",
            "--port",
            port,
            "--folder",
            files.toString());
    assertThat(started.exit()).as(started.err()).isZero();
    return new TestCluster(trainings, files, workers, "spark://127.0.0.1:" + port);
  }

  static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    }
  }

  /**
   * The first of two free ports that the system gives to no outgoing connection: whoever connects
   * to a port that is not open yet, often enough, may be given that very port, and talk to itself.
   */
  static int twoFreePorts() throws IOException {
    for (int port = 20_000; ; port += 2) {
      try (ServerSocket one = new ServerSocket(port);
          ServerSocket other = new ServerSocket(port + 1)) {
        return Math.min(one.getLocalPort(), other.getLocalPort());
      } catch (BindException e) {
        // Somebody has it.
      }
    }
  }

  String master() {
    return master;
  }

  /** Starts another worker of one core, which the cluster stops with the others. */
  void addWorker() throws IOException {
    workers++;
    Path spark = Path.of("target", "spark").toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            spark + "/jars/*",
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            "127.0.0.1",
            "--webui-port",
            "0",
            "--cores",
            "1",
            "--memory",
            "1g",
            "--work-dir",
            files.resolve("worker-" + workers).toString(),
            master);
    builder.environment().put("SPARK_HOME", spark.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    StartedProcesses.mark(builder.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(files.resolve("worker-" + workers + ".log").toFile());
    Process worker = builder.start();
    Files.writeString(
        files.resolve("worker-" + workers + ".pid"),
        worker.pid() + " " + worker.info().startInstant().orElseThrow() + "\n");
  }

  /** One of its processes: {@code master}, {@code worker-1}, ... */
  ProcessHandle process(String name) throws IOException {
    String number = Files.readString(files.resolve(name + ".pid")).split(" ")[0];
    return ProcessHandle.of(Long.parseLong(number)).orElseThrow();
  }

  /** The executors that a worker has started and that still run. */
  List<ProcessHandle> executors(int worker) throws IOException {
    return process("worker-" + worker).children().filter(ProcessHandle::isAlive).toList();
  }

  /** The one executor of a worker. */
  ProcessHandle executor(int worker) throws IOException {
    List<ProcessHandle> all = executors(worker);
    assertThat(all).as("executors of worker %d", worker).hasSize(1);
    return all.get(0);
  }

  /** Waits until the executors of the last training are gone, as they must be when it has ended. */
  void awaitNoExecutors() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (int w = 1; w <= workers; w++) {
      while (!executors(w).isEmpty()) {
        assertThat(System.nanoTime()).as("an executor of worker %d still runs", w).isLessThan(end);
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /**
   * After executors were lost: only the jobs that were given up have failed, tasks only where they
   * were lost or went down with others, and nobody else complains.
   *
   * @param training a command that has ended well
   * @param events its event log
   * @param result what it said
   */
  void assertOnlyLossesFailed(Shell.Running training, Path events, Result result)
      throws IOException {
    int losses = Trainings.countLosses(result);
    // A job that was waiting for slots had not begun, as Spark sees it.
    int least = losses - Trainings.countLostBeforeTheyStarted(result);
    SparkHistory history = SparkHistory.read(events);
    assertThat(history.applications()).isOne();
    List<String> results = history.jobResults();
    assertThat(results).hasSameSizeAs(history.jobs());
    assertThat(results.stream().filter(end -> !end.equals("JobSucceeded")).count())
        .isBetween((long) least, (long) losses);
    assertThat(results).endsWith("JobSucceeded");
    assertThat(history.stageFailures()).hasSizeBetween(least, losses);
    assertThat(history.taskFailures()).isSubsetOf("ExecutorLostFailure", "TaskKilled");
    assertThat(SparkLog.complaintsButOfLosses(training)).isEmpty();
    for (int w = 1; w <= workers; w++) {
      Path work = files.resolve("worker-" + w).resolve(history.applicationIds().get(0));
      assertThat(SparkLog.complaintsOfExecutors(work)).isEmpty();
    }
  }

  static void kill(ProcessHandle process) throws Exception {
    process.destroyForcibly();
    process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  static void freeze(ProcessHandle process) throws Exception {
    assertThat(signal("STOP", process)).isZero();
  }

  /** Lets a frozen process go on, unless it was killed meanwhile. */
  static void thaw(ProcessHandle process) throws Exception {
    assertThat(signal("CONT", process) == 0 || !process.isAlive()).isTrue();
  }

  /** Tells an executor to go, as YARN, Kubernetes and the notice of a spot instance do. */
  static void decommission(ProcessHandle executor) throws Exception {
    assertThat(signal("PWR", executor)).isZero();
  }

  private static int signal(String name, ProcessHandle process) throws Exception {
    return new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  @Override
  public void close() throws IOException {
    try {
      trainings.handspun("cluster", "stop", "--folder", files.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
