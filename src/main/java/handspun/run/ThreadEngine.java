package handspun.run;

import handspun.data.Dataset;
import handspun.data.StoredDataset;
import handspun.data.TrainingData;
import handspun.parallel.LocalRunner;
import handspun.parallel.PartitionChoice;
import handspun.parallel.Partitioning;
import handspun.parallel.TrainingPool;
import handspun.parallel.WarmUp;
import handspun.train.Plan;
import handspun.train.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Threads of this process. */
record ThreadEngine() implements Engine {

  @Override
  public void check(Plan plan, OptionalInt partitions) {
    Partitioning.require(plan, partitions);
  }

  @Override
  public boolean computesHere() {
    return true;
  }

  @Override
  public Session start(Consumer<String> notices) {
    return new Threads();
  }

  private static final class Threads implements Session {
    private Optional<LocalRunner> running = Optional.empty();

    @Override
    public Description description() {
      return new Description(
          "threads of this process", Optional.empty(), Optional.empty(), Map.of());
    }

    @Override
    public PartitionChoice choose(Plan plan, OptionalInt requested, Optional<WarmUp> warmUp) {
      warmUp.ifPresent(WarmUp::end);
      return requested.isPresent()
          ? PartitionChoice.asTold(requested.getAsInt())
          : warmUp.orElseThrow().tune(Runtime.getRuntime().availableProcessors());
    }

    @Override
    public TrainingData withSums(TrainingData data) {
      return data instanceof StoredDataset stored ? stored.withSums() : data;
    }

    @Override
    public Computation begin(Plan plan, TrainingData data, PartitionChoice partitions) {
      close();
      LocalRunner runner = new LocalRunner(plan, data, partitions.partitions());
      running = Optional.of(runner);
      return new Computation(runner, () -> Progress.NONE, List.of());
    }

    @Override
    public TrainingPool pool(TrainingData data, int most) {
      Dataset examples = data.inMemory();
      BooleanSupplier cancelled = () -> Thread.currentThread().isInterrupted();
      return new TrainingPool(
          Math.min(most, Runtime.getRuntime().availableProcessors()),
          training -> training.run(examples, cancelled));
    }

    @Override
    public void close() {
      running.ifPresent(LocalRunner::close);
    }
  }
}
