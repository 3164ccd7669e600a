package handspun.tune;

import handspun.UsageException;
import handspun.math.RandomStream;
import handspun.math.RandomUse;
import handspun.train.Hyperparameter;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The plans that a search draws from: a {@link Domain} for each of the {@link Hyperparameters}, but
 * for those whose default follows from the others.
 *
 * <p>Immutable.
 */
public final class SearchSpace {
  /** Before a space is said to hold no more plans. */
  private static final int MOST_DRAWS = 1000;

  /** In the order of the list of hyperparameters. */
  private final Map<Hyperparameter<?>, Domain> domains;

  private SearchSpace(Map<Hyperparameter<?>, Domain> domains) {
    this.domains = Collections.unmodifiableMap(domains);
  }

  /**
   * Reads a space.
   *
   * @param told by name of the hyperparameter: a value; a list of choices; or a range, a map of
   *     {@code from}, {@code to}, and perhaps {@code scale} ({@code linear} or {@code log}) and
   *     {@code step}
   * @param otherwise values of hyperparameters that are not told, by name; what is in neither has
   *     its default
   * @return the space
   * @throws UsageException if a name is unknown or a value impossible
   */
  public static SearchSpace of(Map<String, ?> told, Map<String, String> otherwise) {
    for (String name : told.keySet()) {
      if (Hyperparameters.find(name).isEmpty()) {
        throw new UsageException(
            "%s is no hyperparameter: the names are %s.".formatted(name, names()));
      }
    }
    Map<Hyperparameter<?>, Domain> domains = new LinkedHashMap<>();
    for (Hyperparameter<?> hyperparameter : Hyperparameters.ALL) {
      String name = hyperparameter.name();
      if (told.containsKey(name)) {
        domains.put(hyperparameter, new DomainReader<>(hyperparameter).read(told.get(name)));
      } else if (otherwise.containsKey(name)) {
        domains.put(hyperparameter, new DomainReader<>(hyperparameter).read(otherwise.get(name)));
      } else {
        addDefault(domains, hyperparameter);
      }
    }
    return new SearchSpace(domains);
  }

  private static <T> void addDefault(
      Map<Hyperparameter<?>, Domain> domains, Hyperparameter<T> hyperparameter) {
    hyperparameter
        .otherwise()
        .map(hyperparameter.kind().format())
        .ifPresent(value -> domains.put(hyperparameter, new Choices(List.of(value))));
  }

  /** {@return the names of all hyperparameters, as a part of a sentence} */
  public static String names() {
    return Hyperparameters.ALL.stream().map(Hyperparameter::name).collect(Collectors.joining(", "));
  }

  /** {@return those that have more than one value, with their values} */
  public Map<Hyperparameter<?>, Domain> varying() {
    Map<Hyperparameter<?>, Domain> varying = new LinkedHashMap<>(domains);
    varying.values().removeIf(domain -> !domain.varies());
    return varying;
  }

  /** {@return whether plans have a value from here for it, and not one that follows from others} */
  public boolean tells(Hyperparameter<?> hyperparameter) {
    return domains.containsKey(hyperparameter);
  }

  /** {@return the same as {@link #of} reads it} */
  public Map<String, Object> told() {
    Map<String, Object> told = new LinkedHashMap<>();
    domains.forEach((hyperparameter, domain) -> told.put(hyperparameter.name(), domain.told()));
    return told;
  }

  /**
   * Draws trials: each value of each is a function of the seed, the trial's number and the name of
   * the hyperparameter, so trials stay the same when there are more of them, and the other values
   * when one more hyperparameter varies. What is no plan, or that of an earlier trial, is drawn
   * again.
   *
   * @param count how many, at least 1
   * @param check throws {@link UsageException} if a plan cannot be carried out
   * @return trials of different plans, numbered from 1
   * @throws UsageException if there are not so many
   */
  public List<Trial> draw(int count, long seed, Consumer<Plan> check) {
    List<Trial> trials = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      trials.add(new Trial(number, draw(number, seed, check, trials)));
    }
    return trials;
  }

  private Plan draw(int number, long seed, Consumer<Plan> check, List<Trial> before) {
    String reason = "all are those of earlier trials";
    for (int draw = 0; draw < MOST_DRAWS; draw++) {
      try {
        Plan plan = draw(number, seed, draw);
        if (before.stream().noneMatch(trial -> trial.plan().equals(plan))) {
          check.accept(plan);
          return plan;
        }
      } catch (UsageException e) {
        reason = e.getMessage().replaceFirst("\\.$", "");
      }
    }
    throw new UsageException(
        "Of %d plans that were drawn for trial %d none can be tried (%s): choose fewer trials, or another space."
            .formatted(MOST_DRAWS, number, reason));
  }

  private Plan draw(int number, long seed, int draw) {
    Plan.Builder plan = Plan.builder();
    domains.forEach(
        (hyperparameter, domain) -> {
          RandomStream random =
              new RandomStream(
                  RandomUse.TRIALS, seed, number, draw, hyperparameter.name().hashCode());
          set(plan, hyperparameter, domain.draw(random));
        });
    return plan.build();
  }

  private static <T> void set(Plan.Builder plan, Hyperparameter<T> hyperparameter, String value) {
    plan.set(hyperparameter, hyperparameter.parse(value));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SearchSpace that && domains.equals(that.domains);
  }

  @Override
  public int hashCode() {
    return domains.hashCode();
  }

  @Override
  public String toString() {
    return told().toString();
  }
}
