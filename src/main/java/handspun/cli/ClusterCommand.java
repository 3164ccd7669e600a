package handspun.cli;

import handspun.HandspunException;
import handspun.cluster.LocalCluster;
import handspun.files.HadoopUser;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code handspun cluster}: a Spark cluster on this machine, to try things on. */
@Command(
    name = "cluster",
    description = "Start, look at and stop a Spark cluster on this machine, to try things on.")
final class ClusterCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Folder of its logs and process ids (default: runs/cluster).")
  private Path folder;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "cluster needs a command: start, status or stop.");
  }

  private LocalCluster cluster() {
    return new LocalCluster(
        folder == null ? Home.resolve("runs/cluster") : folder,
        Home.folder().resolve("target/spark").toAbsolutePath());
  }

  @Command(
      name = "start",
      description = "Start a Master and Workers, which only this machine can reach.")
  void start(
      @Option(
              names = "--workers",
              paramLabel = "N",
              defaultValue = "2",
              description = "How many Workers (default: ${DEFAULT-VALUE}).")
          int workers,
      @Option(
              names = "--cores",
              paramLabel = "N",
              defaultValue = "1",
              description = "Cores of each Worker (default: ${DEFAULT-VALUE}).")
          int cores,
      @Option(
              names = "--memory",
              paramLabel = "SIZE",
              defaultValue = "2g",
              description = "Memory of each Worker for its executors (default: ${DEFAULT-VALUE}).")
          String memory,
      @Option(
              names = "--port",
              paramLabel = "N",
              defaultValue = "7077",
              description = "The Master's port (default: ${DEFAULT-VALUE}).")
          int port) {
    HadoopUser.requireName();
    LocalCluster.Status status =
        cluster().start(new LocalCluster.Size(workers, cores, memory), port);
    print(status);
    status
        .master()
        .ifPresent(found -> say("Train on it:  bin/handspun train --master " + found.master()));
  }

  @Command(
      name = "status",
      description = "Say whether the cluster runs; exit status 1 if not all of it does.")
  void status() {
    LocalCluster cluster = cluster();
    LocalCluster.Status status =
        cluster
            .status()
            .orElseThrow(
                () ->
                    new HandspunException(
                        "There is no cluster with its files in %s: start one with bin/handspun cluster start."
                            .formatted(cluster.folder())));
    print(status);
    if (!status.dead().isEmpty() || status.master().isEmpty()) {
      throw new HandspunException(
          "%s: see the logs in %s, or stop it and start it again."
              .formatted(
                  status.dead().isEmpty()
                      ? "The Master does not answer"
                      : "Of the cluster, %s no longer runs"
                          .formatted(String.join(", ", status.dead())),
                  cluster.folder()));
    }
  }

  @Command(name = "stop", description = "End the cluster's processes.")
  void stop() {
    LocalCluster cluster = cluster();
    say(
        cluster.stop()
            ? "The cluster is stopped; its logs are in %s.".formatted(cluster.folder())
            : "There was no cluster with its files in %s.".formatted(cluster.folder()));
  }

  private void print(LocalCluster.Status status) {
    status
        .master()
        .ifPresent(
            found ->
                say(
                    "Cluster %s: %d worker%s, %d of %d core%s in use; its page is %s"
                        .formatted(
                            found.master(),
                            found.workers(),
                            found.workers() == 1 ? "" : "s",
                            found.coresUsed(),
                            found.cores(),
                            found.cores() == 1 ? "" : "s",
                            status.page())));
  }

  private void say(String sentence) {
    spec.commandLine().getOut().println(sentence);
    spec.commandLine().getOut().flush();
  }
}
