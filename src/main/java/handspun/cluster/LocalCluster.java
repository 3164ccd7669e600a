package handspun.cluster;

import handspun.HandspunException;
import handspun.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Spark's own standalone Master and Workers as processes of this machine, which only it can reach.
 * They outlive the command that starts them; files in a folder tell which they are.
 *
 * @param folder the files' folder; one cluster to a folder
 * @param spark a Spark home: a folder with Spark's jars in {@code jars}
 */
public record LocalCluster(Path folder, Path spark) {
  private static final String HOST = "127.0.0.1";
  private static final String PAGE = "page";

  /** On a busy machine it takes minutes; who has died is noticed at once. */
  private static final long TIMEOUT_MILLIS = 300_000;

  private static final long PAUSE_MILLIS = 200;

  /** How large a cluster is: the memory of each Worker as Spark writes it, such as {@code 2g}. */
  public record Size(int workers, int cores, String memory) {
    /** Refuses what cannot be. */
    public Size {
      requireOne("workers", workers);
      requireOne("cores", cores);
      if (!memory.matches("[1-9][0-9]{0,8}[kmgtKMGT]")) {
        throw new UsageException(
            "memory is %s, but must be a whole number and a unit, such as 2g or 1500m."
                .formatted(memory));
      }
    }

    private static void requireOne(String name, int number) {
      if (number < 1) {
        throw new UsageException("%s is %d, but must be at least 1.".formatted(name, number));
      }
    }
  }

  /**
   * What is known of a cluster: its page, what the Master says unless it does not answer, and which
   * of its processes have ended.
   */
  public record Status(URI page, Optional<MasterPage> master, List<String> dead) {}

  /**
   * Starts a cluster and waits until all Workers have registered.
   *
   * @param size how large
   * @param port the Master's, 1 to 65535
   * @return the running cluster
   * @throws UsageException if the port cannot be one
   * @throws HandspunException if there is one in the folder already, the port is in use, or a
   *     process does not come up; then nothing is left running
   */
  public Status start(Size size, int port) {
    if (port < 1 || port > 65535) {
      throw new UsageException("--port is %d, but must be 1 to 65535: try 7077.".formatted(port));
    }
    URI page = claim();
    try {
      requireFree(port);
      Daemon master = new Daemon(folder, "master");
      run(
          master,
          List.of("org.apache.spark.deploy.master.Master", "--host", HOST),
          List.of("--port", String.valueOf(port), "--webui-port", String.valueOf(page.getPort())));
      await(0);
      for (int w = 1; w <= size.workers(); w++) {
        Daemon worker = new Daemon(folder, "worker-" + w);
        run(
            worker,
            List.of("org.apache.spark.deploy.worker.Worker", "--host", HOST, "--webui-port", "0"),
            List.of(
                "--cores",
                String.valueOf(size.cores()),
                "--memory",
                size.memory(),
                "--work-dir",
                folder.resolve(worker.name()).toAbsolutePath().toString(),
                "spark://" + HOST + ":" + port));
      }
      return await(size.workers());
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  /** Takes the folder for a new cluster, and chooses its page; of two at once, one gets it. */
  private URI claim() {
    try {
      Files.createDirectories(folder);
      URI page = URI.create("http://" + HOST + ":" + freePort());
      Files.writeString(folder.resolve(PAGE), page + "\n", StandardOpenOption.CREATE_NEW);
      return page;
    } catch (FileAlreadyExistsException e) {
      throw new HandspunException(
          "There is a cluster already, with its files in %s: stop it first, with bin/handspun cluster stop."
              .formatted(folder),
          e);
    } catch (IOException e) {
      throw HandspunException.couldNot("write to " + folder, e);
    }
  }

  /** {@return what is known of the folder's cluster; empty if there is none} */
  public Optional<Status> status() {
    URI page;
    try {
      page = URI.create(Files.readString(folder.resolve(PAGE)).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
    List<String> dead =
        daemons().stream().filter(daemon -> daemon.process().isEmpty()).map(Daemon::name).toList();
    return Optional.of(new Status(page, MasterPage.read(page), dead));
  }

  /** Ends the cluster's processes; returns whether there was a cluster. */
  public boolean stop() {
    boolean there = Files.exists(folder.resolve(PAGE));
    // Workers first: a Worker whose Master is gone looks for it.
    List<Daemon> daemons = new ArrayList<>(daemons());
    daemons.sort((a, b) -> b.name().compareTo(a.name()));
    daemons.forEach(Daemon::stop);
    try {
      Files.deleteIfExists(folder.resolve(PAGE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return there;
  }

  private List<Daemon> daemons() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".pid"))
          .sorted()
          .map(name -> new Daemon(folder, name.substring(0, name.length() - ".pid".length())))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(Daemon daemon, List<String> words, List<String> more) {
    List<String> command = new ArrayList<>();
    // A terminal that is closed ends what it has started, but not this.
    command.add("nohup");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // A second way to submit, on a port of its own, which another cluster here may have taken.
    command.add("-Dspark.master.rest.enabled=false");
    command.addAll(List.of("-Xmx512m", "-Dspark.port.maxRetries=0"));
    command.addAll(List.of("-cp", spark.resolve("jars") + "/*"));
    command.addAll(words);
    command.addAll(more);
    daemon.start(
        command,
        Map.of(
            "SPARK_HOME",
            spark.toString(),
            "SPARK_SCALA_VERSION",
            "2.13",
            "SPARK_LOCAL_IP",
            HOST,
            "JAVA_HOME",
            System.getProperty("java.home")));
  }

  private Status await(int workers) {
    long end = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000;
    while (true) {
      Status status = status().orElseThrow();
      if (status.master().filter(found -> found.workers() >= workers).isPresent()) {
        return status;
      }
      if (!status.dead().isEmpty()) {
        Daemon dead = new Daemon(folder, status.dead().get(0));
        throw new HandspunException(
            "The cluster's %s ended at once: its output is in %s."
                .formatted(dead.name(), dead.log()));
      }
      if (System.nanoTime() > end) {
        throw new HandspunException(
            "Of the cluster's %d workers %d had registered after %d seconds: their output is in %s."
                .formatted(
                    workers,
                    status.master().map(MasterPage::workers).orElse(0),
                    TIMEOUT_MILLIS / 1000,
                    folder));
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HandspunException("Stopped while the cluster was starting.", e);
      }
    }
  }

  private static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new HandspunException(
          "Port %d of %s cannot be used (%s): choose another one with --port."
              .formatted(port, HOST, e.getMessage()),
          e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
