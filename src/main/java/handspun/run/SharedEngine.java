package handspun.run;

import handspun.data.StoredDataset;
import handspun.data.TrainingData;
import handspun.parallel.PartitionChoice;
import handspun.parallel.TrainingPool;
import handspun.parallel.WarmUp;
import handspun.train.Plan;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * An engine that several trainings use, one after the other: it is started for the first one, and
 * goes on until this is closed. Their plans differ by their seeds alone, so the number of
 * partitions that is found for the first is taken for all.
 */
final class SharedEngine implements Engine, AutoCloseable {
  private final Engine engine;
  private Optional<Shared> session = Optional.empty();

  SharedEngine(Engine engine) {
    this.engine = engine;
  }

  @Override
  public void check(Plan plan, OptionalInt partitions) {
    engine.check(plan, partitions);
  }

  @Override
  public boolean computesHere() {
    return engine.computesHere();
  }

  @Override
  public Session start(Consumer<String> notices) {
    if (session.isEmpty()) {
      session = Optional.of(new Shared(engine.start(notices)));
    }
    return session.get();
  }

  @Override
  public void close() {
    session.ifPresent(shared -> shared.session.close());
  }

  private static final class Shared implements Session {
    private final Session session;
    private Optional<PartitionChoice> choice = Optional.empty();

    Shared(Session session) {
      this.session = session;
    }

    @Override
    public Description description() {
      return session.description();
    }

    @Override
    public PartitionChoice choose(Plan plan, OptionalInt requested, Optional<WarmUp> warmUp) {
      if (choice.isPresent()) {
        warmUp.ifPresent(WarmUp::end);
      } else {
        choice = Optional.of(session.choose(plan, requested, warmUp));
      }
      return choice.get();
    }

    /** Sums that are known are not asked for again. */
    @Override
    public TrainingData withSums(TrainingData data) {
      boolean unknown =
          data instanceof StoredDataset stored
              && !stored.sha256().keySet().containsAll(stored.names());
      return unknown ? session.withSums(data) : data;
    }

    @Override
    public Computation begin(Plan plan, TrainingData data, PartitionChoice partitions) {
      return session.begin(plan, data, partitions);
    }

    @Override
    public TrainingPool pool(TrainingData data, int most) {
      return session.pool(data, most);
    }

    /** The next training goes on with it. */
    @Override
    public void close() {}
  }
}
