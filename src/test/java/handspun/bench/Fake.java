package handspun.bench;

import handspun.HandspunException;
import handspun.bench.Measurement.Step;
import handspun.network.Topology;
import handspun.train.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Programs and measurements that are made up. */
final class Fake {
  private Fake() {}

  static Workload workload() {
    return new Workload("tiny", new Plan(new Topology(784, 16, 10), 3, 10, 3f, 7, 1));
  }

  /** Epochs of these seconds, which read 80, 90, 93 and 95 % rightly, one after the other. */
  static Measurement epochs(double... seconds) {
    double[] accuracies = {0.80, 0.90, 0.93, 0.95};
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < seconds.length; i++) {
      steps.add(new Step(i + 1, seconds[i], Double.NaN, accuracies[i]));
    }
    return new Measurement(steps, false, 100, "version 1", "", 0);
  }

  static Measurement withBits(Measurement m, String sha256) {
    return new Measurement(
        m.steps(), m.wholeFits(), m.peakMegabytes(), m.version(), sha256, m.partitions());
  }

  static Measured measured(Contender contender, Measurement... rounds) {
    Measured measured = new Measured(workload(), contender);
    for (int round = 1; round <= rounds.length; round++) {
      measured.add(round, rounds[round - 1]);
    }
    return measured;
  }

  static Contender program(String id, int cores) {
    return new Played(id, cores, new ArrayList<>(), List.of());
  }

  /** Plays measurements, or failures where there is null, and tells in which order. */
  record Played(String id, int cores, List<String> told, List<Measurement> takes)
      implements Contender {
    static Played of(String id, List<String> told, Measurement... takes) {
      return new Played(id, 1, told, new ArrayList<>(Arrays.asList(takes)));
    }

    @Override
    public String name() {
      return id.toUpperCase(java.util.Locale.ROOT);
    }

    @Override
    public Measurement measure(Workload workload, Path logs, String label) {
      told.add(label + " seed " + workload.plan().seed());
      Measurement take = takes.remove(0);
      if (take == null) {
        throw new HandspunException("it fell over");
      }
      return take;
    }
  }
}
