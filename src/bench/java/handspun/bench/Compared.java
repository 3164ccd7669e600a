package handspun.bench;

import handspun.train.Plan;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of one program, beside all that trained the same.
 *
 * @param measured its figures
 * @param all those of all programs, its own among them
 */
record Compared(Measured measured, List<Measured> all) {

  /**
   * @param all what was measured, workload by workload
   * @return each, beside those of its workload
   */
  static List<Compared> of(List<List<Measured>> all) {
    return all.stream()
        .flatMap(same -> same.stream().map(measured -> new Compared(measured, same)))
        .toList();
  }

  Plan plan() {
    return measured.workload().plan();
  }

  Contender contender() {
    return measured.contender();
  }

  /** {@return how Handspun was run, where only Handspun is measured} */
  HandspunTraining training() {
    return (HandspunTraining) measured.contender();
  }

  /** {@return why there are no figures, for people; empty if there are some} */
  Optional<String> unmeasured() {
    return measured.rounds().isEmpty()
        ? Optional.of("not measured: " + measured.failure().orElse("no round is over yet") + ".")
        : Optional.empty();
  }

  /**
   * @param others with which it is compared
   * @param seconds of a round; NaN if it has none
   * @return as {@link Measured#timesAsFastAs} has it
   */
  Spread timesAsFastAs(Predicate<HandspunTraining> others, ToDoubleFunction<Measurement> seconds) {
    return measured.timesAsFastAs(
        all.stream().filter(o -> others.test((HandspunTraining) o.contender())).toList(), seconds);
  }
}
