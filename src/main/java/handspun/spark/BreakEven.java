package handspun.spark;

import handspun.network.Topology;
import handspun.train.LocalSteps;
import handspun.train.Plan;
import java.util.Optional;

/**
 * Whether it can pay to share the mini-batches of a plan between executors: the cost model of
 * src/docs/performance.md, with the fastest network that there is, the one within a machine. On a
 * real network an exchange takes longer, and a mini-batch must be larger still.
 *
 * @param executors how many there are, at least 2
 */
record BreakEven(Plan plan, int executors) {
  /** Of an exchange of nothing between two executors of one machine. */
  private static final double STEP_SECONDS = 12e-6;

  /** Of writing, checking, sending, receiving and adding up. */
  private static final double SECONDS_PER_BYTE = 0.5e-9;

  /** Of a core, with all that goes with the arithmetic; later layers are dense. */
  private static final double FIRST_LAYER_OPERATIONS_PER_SECOND = 20e9;

  private static final double OPERATIONS_PER_SECOND = 100e9;

  /** Of MNIST's pixels. */
  private static final double INKED = 0.2;

  /** An image forward and in the update, and for all layers after the first backward too. */
  private static double secondsPerExample(Topology topology) {
    double seconds =
        4 * INKED * topology.inputs() * topology.size(1) / FIRST_LAYER_OPERATIONS_PER_SECOND;
    for (int l = 2; l < topology.layers(); l++) {
      seconds += 6.0 * topology.size(l - 1) * topology.size(l) / OPERATIONS_PER_SECOND;
    }
    return seconds;
  }

  private static int steps(int executors) {
    int steps = Integer.SIZE - Integer.numberOfLeadingZeros(executors - 1);
    // The rest beyond a power of two hand their part over before, and get the whole after.
    return Integer.bitCount(executors) == 1 ? steps : steps + 1;
  }

  /** That an executor receives. Of factors, everybody gets those of all others. */
  private double bytes(int miniBatch) {
    Topology topology = plan.topology();
    return plan.lanes() == 1
        ? miniBatch
            * (2.0 * Float.BYTES * topology.units() + Shards.BYTES_PER_PIXEL * topology.inputs())
            * (1 - 1.0 / executors)
        : (double) steps(executors) * Float.BYTES * topology.parameterCount();
  }

  /** How much longer a mini-batch takes than on one executor; negative if it takes less. */
  private double lossSeconds(int miniBatch, double localSteps) {
    double exchange = steps(executors) * STEP_SECONDS + bytes(miniBatch) * SECONDS_PER_BYTE;
    double computing = miniBatch * secondsPerExample(plan.topology());
    return exchange / localSteps - computing * (1 - 1.0 / executors);
  }

  /** {@return why the plan cannot pay, with what would; empty if it may} */
  Optional<String> advice() {
    if (plan.localSteps() == LocalSteps.EPOCH
        || lossSeconds(plan.miniBatch(), plan.localSteps()) <= 0) {
      return Optional.empty();
    }
    int enough = plan.miniBatch();
    while (lossSeconds(enough, plan.localSteps()) > 0 && enough < 1 << 20) {
      enough += Math.max(1, enough / 20);
    }
    return Optional.of(
        "Mini-batches of %d shared between %d executors take longer than on one: it may pay from about %d examples on (--batch), with averages once in many mini-batches (--local-steps), or use one executor (--partitions 1)."
            .formatted(plan.miniBatch(), executors, enough));
  }
}
