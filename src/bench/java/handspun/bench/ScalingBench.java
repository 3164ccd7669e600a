package handspun.bench;

import handspun.UsageException;
import handspun.files.Location;
import handspun.network.Topology;
import handspun.parallel.Partitioning;
import handspun.train.Lanes;
import handspun.train.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Handspun on one core and on more: {@code bench scaling}. */
final class ScalingBench {
  static final String EXCHANGE = "exchange";
  static final String JOBS = "jobs";

  private static final int TRAINING = 50_000;

  /** A job costs milliseconds: with more of them in an epoch there is nothing to learn. */
  private static final int MOST_JOBS = 200;

  private static final Map<String, Preset> NETWORKS = networks();

  private final Project project;
  private final Machine machine;
  private final int rounds;
  private final List<Integer> cores;
  private final Consumer<String> progress;

  private record Preset(Topology topology, int epochs) {}

  /**
   * @param project whose Handspun is run
   * @param machine that it runs on
   * @param rounds how often everything is run, at least 1
   * @param cores the fixed numbers of partitions, ascending, at least one; Handspun's own choice is
   *     made among the last one
   * @param progress is told a line for every run
   */
  ScalingBench(
      Project project,
      Machine machine,
      int rounds,
      List<Integer> cores,
      Consumer<String> progress) {
    this.project = project;
    this.machine = machine;
    this.rounds = rounds;
    this.cores = List.copyOf(cores);
    this.progress = progress;
  }

  private static Map<String, Preset> networks() {
    Map<String, Preset> networks = new LinkedHashMap<>();
    networks.put("narrow", new Preset(new Topology(784, 16, 16, 10), 20));
    networks.put("wide", new Preset(new Topology(784, 512, 10), 5));
    return Collections.unmodifiableMap(networks);
  }

  /**
   * @param names of networks as typed, or {@code all}
   * @param miniBatches sizes, each 1 to 50,000
   * @param epochs instead of the networks' own; empty for these
   * @return what is to be trained, network by network
   * @throws UsageException if there is no network of one of the names, or a size is impossible
   */
  static List<Workload> workloads(
      List<String> names, List<Integer> miniBatches, OptionalInt epochs) {
    List<Workload> workloads = new ArrayList<>();
    for (String name : names.contains("all") ? List.copyOf(NETWORKS.keySet()) : names) {
      Preset network = NETWORKS.get(name);
      if (network == null) {
        throw new UsageException(
            "There is no network "
                + name
                + " to measure: name some of "
                + String.join(", ", NETWORKS.keySet())
                + ", or all.");
      }
      for (int miniBatch : miniBatches) {
        if (miniBatch < 1 || miniBatch > TRAINING) {
          throw new UsageException(
              "A mini-batch is " + miniBatch + ", but must be 1 to " + TRAINING + " examples.");
        }
        workloads.add(
            new Workload(
                name + "-" + miniBatch,
                new Plan(
                    network.topology(),
                    epochs.orElse(network.epochs()),
                    miniBatch,
                    3f,
                    1,
                    Lanes.defaultFor(network.topology(), miniBatch, 1))));
      }
    }
    return workloads;
  }

  /**
   * What came of it.
   *
   * @param text the table for people
   * @param warning why there is no picture; empty if there is one
   */
  record Outcome(String text, Optional<String> warning) {}

  /**
   * Measures. The tables in the folder, scaling.csv and epochs.csv, are written anew after every
   * round; in the end there is scaling.svg, too.
   *
   * @param workloads what is trained
   * @param out an existing folder
   * @return the table
   * @throws handspun.HandspunException if nothing could be measured, or a file not be written
   */
  Outcome run(List<Workload> workloads, Path out) {
    Rounds turns = new Rounds(out, progress);
    List<List<Measured>> all =
        workloads.stream().map(what -> Rounds.nothingYet(what, contenders(what))).toList();
    ScalingTable table = new ScalingTable(machine);
    for (int round = 1; round <= rounds; round++) {
      turns.run(round, all, "scaling.csv", () -> table.csv(all));
    }
    turns.requireAnything(all);
    List<SpeedUpChart.Line> lines = ScalingTable.lines(all);
    return new Outcome(
        table.text(all),
        lines.isEmpty()
            ? Optional.of("scaling.svg was not drawn: there is nothing to compare one core with.")
            : SpeedUpChart.write(Location.of(out.resolve("scaling.svg")), lines));
  }

  private List<Contender> contenders(Workload workload) {
    List<Contender> contenders = new ArrayList<>();
    int jobs = (TRAINING + workload.plan().miniBatch() - 1) / workload.plan().miniBatch();
    for (String aggregate : jobs <= MOST_JOBS ? List.of(EXCHANGE, JOBS) : List.of(EXCHANGE)) {
      for (int partitions : cores) {
        if (partitions <= Partitioning.most(workload.plan())) {
          contenders.add(handspun(partitions, aggregate, OptionalInt.of(partitions)));
        }
      }
      if (cores.size() > 1) {
        contenders.add(handspun(Collections.max(cores), aggregate, OptionalInt.empty()));
      }
    }
    return contenders;
  }

  private Contender handspun(int cores, String aggregate, OptionalInt partitions) {
    return HandspunTraining.local(project.launcher(), project.data(), cores, aggregate, partitions);
  }
}
