package handspun.parallel;

import static handspun.train.Hyperparameters.SCHEDULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.network.Inputs;
import handspun.network.Topology;
import handspun.train.EpochRunner;
import handspun.train.EpochStart;
import handspun.train.GradientDescent;
import handspun.train.LocalSteps;
import handspun.train.MiniBatches;
import handspun.train.ModelState;
import handspun.train.Plan;
import handspun.train.Schedule;
import handspun.train.WorkingModel;
import handspun.wire.Frame;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Local steps of a network that is small enough to work them out with pencil and paper.
 *
 * <p>It has one pixel and two outputs, and begins with zeros. With two lanes and mini-batches of
 * two examples, lane 0 sees nothing but white pixels of class 0, and lane 1 black ones of class 1.
 * The learning rate is 8.
 *
 * <p>By symmetry the second output's numbers are those of the first with the other sign. Of the
 * first, with z = w x + b and a = sigmoid(z), a step of one example is -8 (a - y) a (1 - a), times
 * x for the weight:
 *
 * <pre>
 * lane 0, x = 1, y = 1            lane 1, x = 0, y = 0
 * z = 0   a = 0.5       step 1          z = 0          a = 0.5       step -1
 * z = 2   a = 0.880797  step 0.100124   z = -1         a = 0.268941  step -0.423017
 *                                       z = -1.423017  a = 0.194189  step -0.243093
 * </pre>
 */
class LaneSummationTest {
  private static final Topology TOPOLOGY = new Topology(1, 2);
  private static final Offset<Float> ROUNDED = within(2e-6f);

  /** Mini-batches {0, 2}, {1, 3} and {4}, of which lane 0 has nothing. */
  private static final int[] ORDER = {0, 2, 1, 3, 4};

  private static final Examples EXAMPLES =
      new Examples(
          1,
          1,
          Inputs.ofPixels(1, new byte[] {(byte) 255, (byte) 255, 0, 0, 0}),
          new byte[] {0, 0, 1, 1, 1});

  private final AtomicInteger steps = new AtomicInteger();

  private static Plan plan(int localSteps) {
    return new Plan(TOPOLOGY, 1, 2, 8f, 1, 2, localSteps);
  }

  /** A process that has one partition of several, or of one. */
  private static Team team(Plan plan, int partitions, int partition) {
    Partitioning partitioning =
        new Partitioning(new MiniBatches(EXAMPLES.count(), plan), partitions);
    Team team = new Team(plan, partitioning, Placement.apart(partitions, partition));
    team.publish(
        partition,
        EXAMPLES.slice(
            partitioning.firstExample(partition), partitioning.firstExample(partition + 1)));
    return team;
  }

  private static ModelState state(float... parameters) {
    return new ModelState(parameters, List.of());
  }

  /** What a partition finds for the start of the epoch, as parameters: two weights, two biases. */
  private float[] compute(Plan plan, int partitions, int partition, int size) {
    Team team = team(plan, partitions, partition);
    team.begin(ORDER, 0, new EpochStart(1, state(new float[4])));
    Summation summation = team.summation(partition, Kernels.fastest(), steps::incrementAndGet);
    summation.compute(0, size);
    return contribution(team, summation, partition);
  }

  private static float[] contribution(Team team, Summation summation, int partition) {
    Frame frame = Frame.onHeap(summation.contribution().mostBytes(partition, partition + 1));
    summation.contribution().write(partition, partition + 1, frame);
    int length = team.layout().gradientLength();
    float[] sum = new float[length];
    Frame received = Frame.of(frame.payload());
    received.take(sum, 0, length);
    assertThat(received.left()).as("more than one sum").isZero();
    assertThat(team.parameters()).as("the common parameters").containsOnly(0f);
    return team.layout().toParameters(sum);
  }

  private static void assertSymmetric(float[] found, double weight, double bias) {
    float w = (float) weight;
    float b = (float) bias;
    assertThat(found).containsExactly(new float[] {w, -w, b, -b}, ROUNDED);
  }

  @Test
  void aRoundEndsWithTheMeanOfTheReplicas() {
    float[] found = compute(plan(2), 1, 0, 4);
    assertSymmetric(found, 1.100124 / 2, (1.100124 - 1 - 0.423017) / 2);
    assertThat(steps).hasValue(4);
  }

  @Test
  void aPartitionGivesItsLanesPartOfThatMean() {
    assertSymmetric(compute(plan(2), 2, 0, 4), 1.100124 / 2, 1.100124 / 2);
    assertSymmetric(compute(plan(2), 2, 1, 4), 0, -1.423017 / 2);
  }

  @Test
  void aLaneWithoutAnExampleInTheLastMiniBatchStaysWhereItIs() {
    assertSymmetric(compute(plan(3), 2, 0, 5), 1.100124 / 2, 1.100124 / 2);
    assertSymmetric(compute(plan(3), 2, 1, 5), 0, -1.666110 / 2);
    assertThat(steps).hasValue(6);
  }

  @Test
  void withoutLocalStepsTheLanesSumTheirGradients() {
    // Each lane has half of the mini-batch's mean gradient.
    assertSymmetric(compute(plan(1), 2, 0, 2), 0.5, 0.5);
    assertSymmetric(compute(plan(1), 2, 1, 2), 0, -0.5);
    assertSymmetric(compute(plan(1), 1, 0, 2), 0.5, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, LocalSteps.EPOCH})
  void theOracleFindsTheSameForAWholeEpoch(int localSteps) {
    Dataset data =
        new Dataset(EXAMPLES, EXAMPLES.slice(0, 0), EXAMPLES.slice(0, 0), "here", Map.of());
    EpochRunner.Outcome outcome =
        new SequentialTrainer(plan(localSteps), data).run(new EpochStart(1, state(new float[4])));
    assertSymmetric(outcome.state().parameters(), 1.100124 / 2, (1.100124 - 1.666110) / 2);
    // Each example's cost is as it was seen by its lane: (1 - a)^2 or a^2, of both outputs.
    double cost = 0.25 + 0.014209 + 0.25 + 0.072329 + 0.037709;
    assertThat(outcome.cost()).isCloseTo(cost / 5, within(1e-5));
  }

  @Test
  void stepsAreOfTheRateThatTheScheduleGives() {
    // Three mini-batches of each of two epochs: the rate of the fifth is 8 (1 + cos(2/3 pi)) / 2.
    Plan plan = plan(1).withEpochs(2).with(SCHEDULE, Schedule.COSINE);
    Team team = team(plan, 1, 0);
    team.begin(new EpochStart(2, state(new float[4])));
    assertThat(team.stepFactor(0, 2)).isEqualTo(-2f);
    assertThat(team.stepFactor(2, 1)).isCloseTo(-2f, ROUNDED);
    assertThat(team.stepFactor(3, 4)).isCloseTo(-0.5f, ROUNDED);
    team.begin(ORDER, 3, new EpochStart(1, state(new float[4])));
    assertThat(team.stepFactor(3, 4)).isCloseTo(-0.5f, ROUNDED);
    assertThat(team(plan(2), 1, 0).stepFactor(4, 3)).isEqualTo(-8f / 3);
  }

  @Test
  void aSecondRoundBeginsWithTheNewParameters() {
    Team team = team(plan(2), 1, 0);
    team.begin(ORDER, 0, new EpochStart(1, state(new float[4])));
    Summation summation = team.summation(0, Kernels.fastest(), () -> {});
    summation.compute(0, 4);
    float[] first = contribution(team, summation, 0);
    summation.compute(0, 4);
    assertThat(contribution(team, summation, 0)).isEqualTo(first);
    team.begin(ORDER, 0, new EpochStart(1, state(2, -2, 0, 0)));
    // Lane 0 alone is at z = 2 now: 0.100124, then z = 2.200249, a = 0.900272, step 0.071631.
    // Lane 1 is where it was.
    summation.compute(0, 4);
    float[] sum = team.layout().newWorking();
    summation.apply(
        new GradientDescent(), new WorkingModel(sum, new float[0][], new float[0]), 1, 1);
    assertSymmetric(team.layout().toParameters(sum), 0.171755 / 2, (0.171755 - 1.423017) / 2);
  }
}
