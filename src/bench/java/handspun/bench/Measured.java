package handspun.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What all rounds so far showed of one program at one workload. */
final class Measured {
  private final Workload workload;
  private final Contender contender;
  private final SortedMap<Integer, Measurement> rounds = new TreeMap<>();
  private String failure;

  /**
   * @param workload what it trains
   * @param contender the program
   */
  Measured(Workload workload, Contender contender) {
    this.workload = workload;
    this.contender = contender;
  }

  Workload workload() {
    return workload;
  }

  Contender contender() {
    return contender;
  }

  void add(int round, Measurement measurement) {
    rounds.put(round, measurement);
  }

  void fail(String reason) {
    failure = reason;
  }

  /** {@return whether it has failed and never succeeded} */
  boolean hopeless() {
    return failure != null && rounds.isEmpty();
  }

  /** {@return why its last failed round failed} */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** {@return the rounds that succeeded, by number} */
  Map<Integer, Measurement> rounds() {
    return rounds;
  }

  /** {@return the first measurement, for what is the same in all} */
  Optional<Measurement> first() {
    return rounds.values().stream().findFirst();
  }

  /** {@return the steady epochs of all rounds} */
  Spread steady() {
    List<Double> seconds = new ArrayList<>();
    rounds.values().forEach(measurement -> seconds.addAll(measurement.steadySeconds()));
    return Spread.of(seconds);
  }

  /**
   * @param figure of a round
   * @return its spread over the rounds
   */
  Spread over(ToDoubleFunction<Measurement> figure) {
    return Spread.of(
        rounds.values().stream()
            .map(figure::applyAsDouble)
            .filter(value -> !value.isNaN())
            .toList());
  }

  /**
   * How many times as fast this is as others, round by round: what happened to the machine in
   * another round does not matter.
   *
   * @param others of which the fastest counts, in every round anew
   * @param seconds of a round; NaN if it has none
   * @return the others' seconds divided by this one's; {@link Spread#NONE} if no round has both
   */
  Spread timesAsFastAs(List<Measured> others, ToDoubleFunction<Measurement> seconds) {
    List<Double> ratios = new ArrayList<>();
    rounds.forEach(
        (round, own) -> {
          double base =
              others.stream()
                  .filter(other -> other.rounds.containsKey(round))
                  .mapToDouble(other -> seconds.applyAsDouble(other.rounds.get(round)))
                  .filter(value -> !Double.isNaN(value))
                  .min()
                  .orElse(Double.NaN);
          double ratio = base / seconds.applyAsDouble(own);
          if (Double.isFinite(ratio)) {
            ratios.add(ratio);
          }
        });
    return Spread.of(ratios);
  }
}
