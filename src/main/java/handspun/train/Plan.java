package handspun.train;

import static handspun.train.Hyperparameters.ACTIVATION;
import static handspun.train.Hyperparameters.ALL;
import static handspun.train.Hyperparameters.AVERAGE;
import static handspun.train.Hyperparameters.BATCH;
import static handspun.train.Hyperparameters.COST;
import static handspun.train.Hyperparameters.EPOCHS;
import static handspun.train.Hyperparameters.INITIAL_WEIGHTS;
import static handspun.train.Hyperparameters.LANES;
import static handspun.train.Hyperparameters.LAYERS;
import static handspun.train.Hyperparameters.LOCAL_STEPS;
import static handspun.train.Hyperparameters.PATIENCE;
import static handspun.train.Hyperparameters.RATE;
import static handspun.train.Hyperparameters.SEED;
import static handspun.train.Hyperparameters.TEACHER;

import handspun.UsageException;
import handspun.data.ExampleSet;
import handspun.data.TrainingData;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.network.Units;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A value for each of the {@link Hyperparameters}. Together with the data they are all that the
 * result of a run depends on: where and on how many partitions it is computed is not in here.
 *
 * <p>Immutable.
 */
public final class Plan implements Serializable {
  private static final long serialVersionUID = 2L;

  /** By name. */
  private final HashMap<String, Object> values;

  // The same again, for whoever asks in every mini-batch.
  private final Topology topology;
  private final int epochs;
  private final int miniBatch;
  private final float learningRate;
  private final long seed;
  private final int lanes;
  private final int localSteps;

  private Plan(Map<String, Object> values) {
    this.values = new HashMap<>(values);
    ALL.forEach(hyperparameter -> requirePossible(hyperparameter));
    topology = get(LAYERS);
    epochs = get(EPOCHS);
    miniBatch = get(BATCH);
    learningRate = get(RATE);
    seed = get(SEED);
    lanes = get(LANES);
    localSteps = get(LOCAL_STEPS);
    requireConsistent();
  }

  /**
   * A plan that says no more than this. Hyperparameters that were added later have the value from
   * before there was a choice, so that what a program or test means by this stays the same.
   *
   * @throws UsageException if a value is impossible
   */
  public Plan(
      Topology topology,
      int epochs,
      int miniBatch,
      float learningRate,
      long seed,
      int lanes,
      int localSteps) {
    this(
        builder()
            .set(LAYERS, topology)
            .set(EPOCHS, epochs)
            .set(BATCH, miniBatch)
            .set(RATE, learningRate)
            .set(SEED, seed)
            .set(LANES, lanes)
            .set(LOCAL_STEPS, localSteps)
            .setOthersAsBefore()
            .values);
  }

  /**
   * The same with one local step.
   *
   * @throws UsageException if a value is impossible
   */
  public Plan(
      Topology topology, int epochs, int miniBatch, float learningRate, long seed, int lanes) {
    this(topology, epochs, miniBatch, learningRate, seed, lanes, 1);
  }

  /** {@return a plan to be, of which nothing is said yet} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads a plan that was stored, perhaps before a hyperparameter was added.
   *
   * @param texts what {@link #chosenTexts} gave
   * @return the plan
   * @throws UsageException if a value is missing that was always there, or impossible
   */
  public static Plan ofTexts(Map<String, String> texts) {
    Builder builder = builder();
    for (Hyperparameter<?> hyperparameter : ALL) {
      String text = texts.get(hyperparameter.name());
      if (text != null) {
        builder.parse(hyperparameter, text);
      }
    }
    return new Plan(builder.setOthersAsBefore().values);
  }

  /** Says of a plan what is not as usual. */
  public static final class Builder {
    private final Map<String, Object> values = new HashMap<>();

    private Builder() {}

    /**
     * @param hyperparameter one of {@link Hyperparameters#ALL}
     * @param value its value; {@link #build} checks it
     * @return this
     */
    public <T> Builder set(Hyperparameter<T> hyperparameter, T value) {
      values.put(hyperparameter.name(), value);
      return this;
    }

    private <T> void parse(Hyperparameter<T> hyperparameter, String text) {
      set(hyperparameter, hyperparameter.parse(text));
    }

    private Builder setOthersAsBefore() {
      for (Hyperparameter<?> other : ALL) {
        other.before().ifPresent(value -> values.putIfAbsent(other.name(), value));
      }
      return this;
    }

    /**
     * @return the plan; what was not said has its default
     * @throws UsageException if a value is impossible
     */
    public Plan build() {
      for (Hyperparameter<?> other : ALL) {
        other.otherwise().ifPresent(value -> values.putIfAbsent(other.name(), value));
      }
      values.computeIfAbsent(
          LANES.name(),
          name ->
              Lanes.defaultFor(
                  value(values, LAYERS), value(values, BATCH), value(values, LOCAL_STEPS)));
      return new Plan(values);
    }
  }

  @SuppressWarnings("unchecked") // The builder takes only values of the hyperparameter's type.
  private static <T> T value(Map<String, Object> values, Hyperparameter<T> hyperparameter) {
    return (T) values.get(hyperparameter.name());
  }

  private <T> void requirePossible(Hyperparameter<T> hyperparameter) {
    T value = get(hyperparameter);
    if (value == null) {
      throw new UsageException("The plan does not say %s.".formatted(hyperparameter.name()));
    }
    hyperparameter.require(value);
  }

  private void requireConsistent() {
    if (lanes > miniBatch) {
      throw new UsageException(
          "lanes is %d, but must be 1 to %d, the size of the mini-batch: every lane sums at least one example."
              .formatted(lanes, miniBatch));
    }
    if (localSteps > 1 && lanes == 1) {
      throw new UsageException(
          "local-steps is %s, but lanes is 1, and a lane alone has nothing to be averaged with: choose at least 2 lanes and a mini-batch of at least as many examples, or local-steps 1."
              .formatted(text(LOCAL_STEPS)));
    }
  }

  /**
   * @param hyperparameter one of {@link Hyperparameters#ALL}
   * @return its value, which whoever computes with it keeps in a field
   */
  public <T> T get(Hyperparameter<T> hyperparameter) {
    return value(values, hyperparameter);
  }

  /**
   * @param hyperparameter one of {@link Hyperparameters#ALL}
   * @param value another one for it
   * @return the same plan in all else
   * @throws UsageException if the value is impossible
   */
  public <T> Plan with(Hyperparameter<T> hyperparameter, T value) {
    Map<String, Object> changed = new HashMap<>(values);
    changed.put(hyperparameter.name(), value);
    return new Plan(changed);
  }

  /**
   * @param other passes over the training examples
   * @return the same plan for that many epochs
   */
  public Plan withEpochs(int other) {
    return with(EPOCHS, other);
  }

  /**
   * @param hyperparameter one of {@link Hyperparameters#ALL}
   * @return its value as people write it
   */
  public <T> String text(Hyperparameter<T> hyperparameter) {
    return hyperparameter.kind().format().apply(get(hyperparameter));
  }

  /**
   * @param hyperparameter one of {@link Hyperparameters#ALL}
   * @return its value for JSON: a number or a text
   */
  public <T> Object json(Hyperparameter<T> hyperparameter) {
    return hyperparameter.kind().json().apply(get(hyperparameter));
  }

  /** {@return all values as people write them, by name, in the order of the list} */
  public Map<String, String> texts() {
    return texts(ALL);
  }

  /** {@return the same without what is as it was before there was a choice} */
  public Map<String, String> chosenTexts() {
    return texts(chosen());
  }

  private Map<String, String> texts(List<Hyperparameter<?>> some) {
    Map<String, String> texts = new LinkedHashMap<>();
    some.forEach(hyperparameter -> texts.put(hyperparameter.name(), text(hyperparameter)));
    return texts;
  }

  private List<Hyperparameter<?>> chosen() {
    return ALL.stream().filter(one -> !one.before().equals(Optional.of(get(one)))).toList();
  }

  /** {@return in words what was chosen, without the layers} */
  public String words() {
    return chosen().stream()
        .filter(hyperparameter -> hyperparameter != LAYERS)
        .map(hyperparameter -> hyperparameter.words() + " " + text(hyperparameter))
        .collect(Collectors.joining(", "));
  }

  /** {@return the untrained network that training begins with} */
  public Network initialNetwork() {
    return Network.random(topology, get(INITIAL_WEIGHTS), seed).with(units());
  }

  /**
   * @param parameters weights and biases
   * @return the network of this plan that has them
   */
  public Network network(float[] parameters) {
    return new Network(topology, parameters).with(units());
  }

  /**
   * @param state of training by this plan, after a mini-batch
   * @return the parameters of the network that has come of it
   */
  public float[] parameters(ModelState state) {
    return averages() ? state.memory().get(state.memory().size() - 1) : state.parameters();
  }

  /** {@return what the units compute} */
  public Units units() {
    return new Units(get(ACTIVATION), get(COST).outputs());
  }

  /** {@return whether another network's answers are learned from} */
  public boolean hasTeacher() {
    return !get(TEACHER).equals(Hyperparameters.NO_TEACHER);
  }

  /** {@return whether the network is a {@link WeightAverage}} */
  public boolean averages() {
    return get(AVERAGE) > 0;
  }

  /** {@return layer sizes} */
  public Topology topology() {
    return topology;
  }

  /** {@return passes over the training examples, at least 1} */
  public int epochs() {
    return epochs;
  }

  /** {@return examples per update, at least 1} */
  public int miniBatch() {
    return miniBatch;
  }

  /** {@return eta, finite and above 0} */
  public float learningRate() {
    return learningRate;
  }

  /** {@return where the initial weights and the order of the examples come from} */
  public long seed() {
    return seed;
  }

  /** {@return virtual workers that a mini-batch is summed by, 1..miniBatch} */
  public int lanes() {
    return lanes;
  }

  /** {@return mini-batches from one average of the lanes to the next, at least 1} */
  public int localSteps() {
    return localSteps;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Plan that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return texts().toString();
  }

  /**
   * Checks that this plan can be carried out on that data.
   *
   * @param data what is to be learned
   * @throws UsageException if the layers do not fit the images and labels, the mini-batch is larger
   *     than the training set, or there is nothing to tell the best epoch by
   */
  public void requireFits(TrainingData data) {
    ExampleSet training = data.training();
    if (miniBatch > training.count()) {
      throw new UsageException(
          "batch is %d, but there are only %d training examples: choose a smaller mini-batch."
              .formatted(miniBatch, training.count()));
    }
    LayerFit.require(topology, data);
    if (StoppingRule.of(this).keepsBest() && data.validation().count() == 0) {
      throw new UsageException(
          "patience is %s, but there are no validation examples to tell which epoch is better: set some aside with --validation, or leave patience out."
              .formatted(text(PATIENCE)));
    }
  }
}
