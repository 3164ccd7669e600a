package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.math.AllKernels;
import handspun.math.Kernels;
import handspun.math.Share;
import handspun.network.Factors;
import handspun.network.Layout;
import handspun.network.Network;
import handspun.network.Topology;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The one law, for the kernels: the same seed gives the same bits at every width of vectors. */
class SameBitsOfKernelsTest {
  private static final int EPOCHS = 3;

  static Stream<Plan> plans() {
    Topology narrow = new Topology(56, 16, 16, 10);
    return Stream.of(
        new Plan(narrow, EPOCHS, 10, 3f, 7, 1),
        new Plan(narrow, EPOCHS, 64, 3f, 9, 8),
        new Plan(new Topology(56, 7, 1, 13, 10), EPOCHS, 3, 0.5f, 8, 1),
        new Plan(new Topology(56, 100, 17, 10), EPOCHS, 7, 1f, 8, 1),
        new Plan(new Topology(56, 207, 10), EPOCHS, 33, 1f, 10, 5),
        // So many examples in a lane that the first layer goes by columns.
        new Plan(new Topology(56, 40, 10), EPOCHS, 70, 1f, 10, 1),
        new Plan(new Topology(56, 100, 16, 10), EPOCHS, 101, 1f, 10, 4),
        // Lanes that learn on their own; the last mini-batch has 3 examples for 8 lanes.
        new Plan(narrow, EPOCHS, 40, 3f, 9, 8, 5),
        new Plan(new Topology(56, 100, 16, 10), EPOCHS, 33, 1f, 10, 5, LocalSteps.EPOCH));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyImplementationEqualsTheOracle(Plan plan) {
    Dataset data = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);
    float[] expected = Network.random(plan.topology(), plan.seed()).parameters();
    SequentialTrainer oracle = new SequentialTrainer(plan, data);
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      expected = oracle.run(epoch, expected).parameters();
    }
    String sha256 = new Network(plan.topology(), expected).sha256();
    for (Kernels kernels : AllKernels.all()) {
      assertThat(train(plan, data, kernels).sha256()).as(kernels.description()).isEqualTo(sha256);
    }
  }

  @Test
  void moreLocalStepsThanAnEpochHasMiniBatchesAreOneAverageAnEpoch() {
    Dataset data = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);
    Set<String> sums = new TreeSet<>();
    for (int localSteps : new int[] {6, 7, 1000, LocalSteps.EPOCH}) {
      Plan plan = new Plan(new Topology(56, 16, 10), EPOCHS, 40, 3f, 9, 8, localSteps);
      sums.add(train(plan, data, Kernels.fastest()).sha256());
    }
    assertThat(sums).hasSize(1);
    Plan five = new Plan(new Topology(56, 16, 10), EPOCHS, 40, 3f, 9, 8, 5);
    assertThat(train(five, data, Kernels.fastest()).sha256()).isNotIn(sums);
  }

  private static Network train(Plan plan, Dataset data, Kernels kernels) {
    MiniBatches miniBatches = new MiniBatches(data.training().count(), plan);
    Partitioning one = new Partitioning(miniBatches, 1);
    Layout layout = new Layout(plan.topology());
    float[] w = layout.toWorking(Network.random(plan.topology(), plan.seed()).parameters());
    GradientWorker worker = new GradientWorker(plan, layout, kernels, plan.miniBatch());
    LaneGradients lanes = new LaneGradients(plan, one, 0, layout, worker, () -> {});
    Factors factors = new Factors(layout, plan.miniBatch());
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      int[] order = miniBatches.order(plan.seed(), epoch);
      int next;
      for (int t = 0; t < miniBatches.count(); t = next) {
        next = (int) Math.min((long) t + plan.localSteps(), miniBatches.count());
        int first = miniBatches.start(t);
        int size = miniBatches.start(next) - first;
        if (plan.lanes() == 1) {
          worker.clear();
          for (int j = first; j < first + size; j++) {
            worker.take(data.training(), order[j]);
          }
          worker.compute(w, size, factors, 0);
          worker.addGradient(factors, w, Share.WHOLE);
        } else {
          float[][] sums = lanes.compute(w, data.training(), order, first, size);
          assertThat(sums).hasNumberOfRows(1);
          worker.add(sums[0], w, Share.WHOLE);
        }
        layout.refreshTransposed(w, Share.WHOLE);
      }
    }
    return new Network(plan.topology(), layout.toParameters(w));
  }
}
