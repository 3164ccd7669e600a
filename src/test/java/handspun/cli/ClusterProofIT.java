package handspun.cli;

import static handspun.cli.Trainings.words;
import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Result;
import handspun.network.Topology;
import handspun.train.EveryOption;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import handspun.train.PlanOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one law on every kind of cluster. */
@Tag("cluster")
class ClusterProofIT {
  private static final Topology NARROW = new Topology(784, 16, 16, 10);

  @TempDir private Path folder;

  private Trainings trainings;
  private Map<String, String[]> plans;

  /** Few examples, since one job for each of 500 mini-batches takes its time. */
  private Map<String, String[]> plans(Path stored, Path teacher) {
    Map<String, String[]> plans = new LinkedHashMap<>();
    plans.put("1 lane", options("--preset seed --batch 10 --validation 57500"));
    plans.put(
        "8 lanes, cross-entropy, momentum",
        options(
            "--preset seed --batch 128 --validation 40000 --cost cross-entropy --momentum 0.9 --rate 0.1"));
    plans.put(
        "8 lanes, 5 local steps, momentum",
        options("--preset seed --batch 80 --validation 40000 --local-steps 5 --momentum 0.5"));
    plans.put("preset drawn", options("--preset drawn --validation 57500"));
    plans.put("preset small", options("--preset small --validation 40000"));
    List<Plan> one = EveryOption.together(new Plan(NARROW, 2, 10, 0.01f, 1, 1)).toList();
    plans.put("Adam and all else, 1 lane", PlanOptions.of(one.get(0), "--validation", "57500"));
    List<Plan> eight = EveryOption.together(new Plan(NARROW, 2, 100, 0.01f, 1, 8)).toList();
    plans.put(
        "Nesterov, augmentation and all else, 8 lanes, with a teacher, stored data",
        words(
            PlanOptions.of(
                eight
                    .get(1)
                    .with(Hyperparameters.TEACHER, teacher.toString())
                    .with(Hyperparameters.TEACHER_SHARE, 0.7f)),
            "--data",
            stored.toString(),
            "--validation",
            "1000"));
    return plans;
  }

  private static String[] options(String plan) {
    return ("--epochs 2 " + plan).split(" ");
  }

  @Test
  void givesTheSameBitsOnEveryCluster() throws Exception {
    trainings = new Trainings(folder);
    Path stored = folder.resolve("stored");
    // In parts, so that executors read them.
    Result generated =
        trainings.handspun("generate", "--images=6000", "--parts=4", "--out=" + stored);
    assertThat(generated.exit()).as(generated.err()).isZero();
    assertThat(trainings.run(options("--validation 57500")).exit()).isZero();
    plans = plans(stored, trainings.lastRun().resolve("model.handspun"));
    Map<String, List<String>> sums = new LinkedHashMap<>();
    compare(sums, "local[1]", "--master", "local[1]");
    for (String partitions : List.of("1", "2")) {
      compare(
          sums,
          "local[2], " + partitions + " partition(s)",
          "--master",
          "local[2]",
          "--partitions",
          partitions);
    }
    for (String aggregate : List.of("exchange", "jobs")) {
      compare(
          sums,
          "local-cluster[2,1,1024], " + aggregate,
          "--master",
          "local-cluster[2,1,1024]",
          "--aggregate",
          aggregate);
    }
    compareOnCluster(sums, 2, 1);
    compareOnCluster(sums, 1, 2);
    compareOnCluster(sums, 3, 1);
    sums.forEach(
        (plan, found) -> assertThat(found).as(plan).hasSize(11).containsOnly(found.get(0)));
  }

  private void compareOnCluster(Map<String, List<String>> sums, int workers, int cores)
      throws Exception {
    try (TestCluster cluster = TestCluster.start(folder, workers, cores)) {
      for (String aggregate : List.of("exchange", "jobs")) {
        compare(
            sums,
            workers + " worker(s) of " + cores + " core(s), " + aggregate,
            "--master",
            cluster.master(),
            "--aggregate",
            aggregate,
            "--partitions",
            String.valueOf(workers * cores));
      }
    }
  }

  private void compare(Map<String, List<String>> sums, String where, String... options)
      throws Exception {
    for (Map.Entry<String, String[]> plan : plans.entrySet()) {
      String sum = trainings.sha256(words(plan.getValue(), options));
      Proofs.note(plan.getKey() + ": " + where, sum);
      sums.computeIfAbsent(plan.getKey(), k -> new ArrayList<>()).add(sum);
    }
  }
}
