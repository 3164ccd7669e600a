package handspun.store;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.train.EpochSummary;
import handspun.train.ModelState;
import handspun.train.Optimizer;
import handspun.train.PartitionWork;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The payload of a checkpoint file of format 2, of the parts that {@link PayloadSerializer} tells.
 * In this order:
 *
 * <ol>
 *   <li>the parameters after the last epoch, as a network
 *   <li>the plan
 *   <li>the data, text; the data's sums, map; number of validation examples, varint
 *   <li>number of epochs that are done, varint; for each: cost, double; validation examples read
 *       correctly, varint; seconds, double; number of partitions, varint; the examples that each
 *       computed, varint; number of partitions of which the work is known, varint; for each,
 *       nanoseconds of computing, of waiting, and bytes sent, 8 bytes each
 *   <li>the best epoch, varint
 *   <li>the best network's parameters, unless its epoch is the last one
 *   <li>as many vectors as the plan's optimizer remembers, each like the parameters
 * </ol>
 *
 * <p>Format 1 had the plan by position. Optimizers that remember something came later than format
 * 2, which needs no other number for them: whoever does not know them refuses the plan.
 */
final class CheckpointSerializer extends PayloadSerializer<Checkpoint> {
  private static final int SMALLEST_EPOCH = 8 + 1 + 8 + 1 + 1;
  private static final int WORK = 3 * Long.BYTES;
  private static final int FIRST_WITH_NAMES = 2;

  private final int format;

  /**
   * @param length bytes of the payload that is to be read
   * @param format that it has
   */
  CheckpointSerializer(long length, int format) {
    super(Checkpoint.class, length);
    this.format = format;
  }

  @Override
  public void write(Kryo kryo, Output output, Checkpoint checkpoint) {
    Plan plan = checkpoint.plan();
    TrainingState state = checkpoint.state();
    write(output, plan.network(state.model().parameters()));
    write(output, plan, plan.topology());
    write(output, checkpoint.data());
    write(output, checkpoint.dataSha256());
    output.writeVarInt(checkpoint.validation(), true);
    output.writeVarInt(state.epochsDone(), true);
    for (EpochSummary epoch : state.epochs()) {
      output.writeDouble(epoch.cost());
      output.writeVarInt(epoch.validationCorrect(), true);
      output.writeDouble(epoch.seconds());
      output.writeVarInt(epoch.examplesPerPartition().size(), true);
      for (int examples : epoch.examplesPerPartition()) {
        output.writeVarInt(examples, true);
      }
      output.writeVarInt(epoch.work().size(), true);
      for (PartitionWork work : epoch.work()) {
        output.writeLong(work.computeNanos());
        output.writeLong(work.waitNanos());
        output.writeLong(work.bytesSent());
      }
    }
    output.writeVarInt(state.bestEpoch(), true);
    if (state.bestEpoch() < state.epochsDone()) {
      writeParameters(output, state.best().parameters());
    }
    for (float[] vector : state.model().memory()) {
      writeParameters(output, vector);
    }
  }

  @Override
  Checkpoint read(Input input) {
    Network last = readNetwork(input);
    Topology topology = last.topology();
    Plan plan =
        format >= FIRST_WITH_NAMES
            ? readPlan(input, topology)
            : readPlanByPosition(input, topology, true);
    String data = readText(input);
    Map<String, String> sums = readMap(input);
    int validation = requireNotNegative(input.readVarInt(true), "validation examples");
    List<EpochSummary> epochs = readEpochs(input, plan, validation);
    int done = epochs.size();
    int bestEpoch = input.readVarInt(true);
    if (bestEpoch < 0 || bestEpoch > done || (bestEpoch == 0) != (done == 0)) {
      throw new DamagedPayloadException(
          "its best epoch is %d, but %d are done".formatted(bestEpoch, done));
    }
    Optional<Network> best =
        bestEpoch < done
            ? Optional.of(plan.network(readParameters(input, topology)))
            : Optional.empty();
    List<float[]> memory = new ArrayList<>();
    for (int left = Optimizer.memories(plan); left > 0; left--) {
      memory.add(readParameters(input, topology));
    }
    ModelState model = new ModelState(last.parameters(), memory);
    Network network = plan.network(plan.parameters(model));
    TrainingState state =
        new TrainingState(model, network, best.orElse(network), bestEpoch, epochs);
    return new Checkpoint(plan, data, sums, validation, state);
  }

  private List<EpochSummary> readEpochs(Input input, Plan plan, int validation) {
    int done = count(input, "epochs", SMALLEST_EPOCH);
    if (done > plan.epochs()) {
      throw new DamagedPayloadException(
          "it has %d epochs done, but %d planned".formatted(done, plan.epochs()));
    }
    List<EpochSummary> epochs = new ArrayList<>();
    for (int epoch = 1; epoch <= done; epoch++) {
      double cost = requireNotNegative(input.readDouble(), "as the cost of epoch " + epoch);
      int correct = input.readVarInt(true);
      if (correct < 0 || correct > validation) {
        throw new DamagedPayloadException(
            "it has %d of %d validation examples read correctly".formatted(correct, validation));
      }
      double seconds = requireNotNegative(input.readDouble(), "seconds for epoch " + epoch);
      List<Integer> examples = new ArrayList<>();
      for (int left = count(input, "partitions", 1); left > 0; left--) {
        examples.add(requireNotNegative(input.readVarInt(true), "examples in a partition"));
      }
      epochs.add(
          new EpochSummary(
              epoch, cost, correct, validation, seconds, examples, readWork(input, epoch)));
    }
    return epochs;
  }

  private List<PartitionWork> readWork(Input input, int epoch) {
    List<PartitionWork> work = new ArrayList<>();
    for (int left = count(input, "partitions with work", WORK); left > 0; left--) {
      work.add(
          new PartitionWork(
              requireNotNegative(input.readLong(), "nanoseconds computed in epoch " + epoch),
              requireNotNegative(input.readLong(), "nanoseconds waited in epoch " + epoch),
              requireNotNegative(input.readLong(), "bytes sent in epoch " + epoch)));
    }
    return work;
  }

  private static long requireNotNegative(long number, String what) {
    if (number < 0) {
      throw new DamagedPayloadException("it has " + number + " " + what);
    }
    return number;
  }

  private static int requireNotNegative(int number, String what) {
    requireNotNegative((double) number, what);
    return number;
  }

  private static double requireNotNegative(double number, String what) {
    if (!(number >= 0) || Double.isInfinite(number)) {
      throw new DamagedPayloadException("it has " + number + " " + what);
    }
    return number;
  }
}
