package handspun.cli;

import static handspun.cli.Trainings.words;
import static org.assertj.core.api.Assertions.assertThat;

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
  /** Few examples, since one job for each of 500 mini-batches takes its time. */
  private static final Map<String, String[]> PLANS =
      Map.of(
          "1 lane",
          options("--batch 10 --validation 57500"),
          "8 lanes, cross-entropy, momentum",
          options("--batch 128 --validation 40000 --cost cross-entropy --momentum 0.9 --rate 0.1"),
          "8 lanes, 5 local steps, momentum",
          options("--batch 80 --validation 40000 --local-steps 5 --momentum 0.5"));

  private static String[] options(String plan) {
    return ("--epochs 2 " + plan).split(" ");
  }

  @TempDir private Path folder;

  private Trainings trainings;

  @Test
  void givesTheSameBitsOnEveryCluster() throws Exception {
    trainings = new Trainings(folder);
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
    for (Map.Entry<String, String[]> plan : PLANS.entrySet()) {
      String sum = trainings.sha256(words(plan.getValue(), options));
      Proofs.note(plan.getKey() + ": " + where, sum);
      sums.computeIfAbsent(plan.getKey(), k -> new ArrayList<>()).add(sum);
    }
  }
}
