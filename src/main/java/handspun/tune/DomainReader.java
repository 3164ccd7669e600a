package handspun.tune;

import handspun.UsageException;
import handspun.train.Hyperparameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads what a space says of one hyperparameter: a value, a list of values, or a range.
 *
 * @param <T> type of its values
 */
final class DomainReader<T> {
  static final String FROM = "from";
  static final String TO = "to";
  static final String SCALE = "scale";
  static final String STEP = "step";
  private static final List<String> KEYS = List.of(FROM, TO, SCALE, STEP);
  private static final String EXAMPLE = "{ from = 0.01, to = 1, scale = log }";

  private final Hyperparameter<T> hyperparameter;

  DomainReader(Hyperparameter<T> hyperparameter) {
    this.hyperparameter = hyperparameter;
  }

  /**
   * @param told numbers, texts, lists and maps, as they come out of HOCON or JSON
   * @return the values that are meant
   * @throws UsageException if none are
   */
  Domain read(Object told) {
    if (told instanceof Map<?, ?> range) {
      return range(range);
    }
    if (told instanceof Collection<?> list) {
      return choices(list);
    }
    return new Choices(List.of(value(told)));
  }

  private Choices choices(Collection<?> list) {
    if (list.isEmpty()) {
      throw refused("has no choices: name at least one");
    }
    List<String> values = new ArrayList<>();
    for (Object one : list) {
      String value = one instanceof Collection<?> parts ? value(joined(parts)) : choice(one);
      if (values.contains(value)) {
        throw refused("has the choice %s twice: name each once".formatted(value));
      }
      values.add(value);
    }
    return new Choices(values);
  }

  private String choice(Object one) {
    try {
      return value(one);
    } catch (UsageException e) {
      throw new UsageException(
          "%s In a space a list holds choices, each of them a whole value, such as %s = [\"%s\"]."
              .formatted(
                  e.getMessage(),
                  hyperparameter.name(),
                  hyperparameter
                      .otherwise()
                      .map(hyperparameter.kind().format())
                      .orElse(hyperparameter.kind().label())));
    }
  }

  private static String joined(Collection<?> parts) {
    return parts.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** The value as its hyperparameter writes it. */
  private String value(Object told) {
    if (told == null || told instanceof Map<?, ?>) {
      throw refused("is %s, but must be a value, a list of them, or a range".formatted(told));
    }
    return hyperparameter.kind().format().apply(hyperparameter.parse(String.valueOf(told)));
  }

  private Range range(Map<?, ?> told) {
    for (Object key : told.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw refused(
            "has a range with \"%s\", which is not known: a range is like %s, perhaps with a step"
                .formatted(key, EXAMPLE));
      }
    }
    BigDecimal from = end(told, FROM);
    BigDecimal to = end(told, TO);
    if (from.compareTo(to) >= 0) {
      throw refused(
          "goes from %s to %s: the first number must be below the other".formatted(from, to));
    }
    Scale scale = scale(told);
    if (scale == Scale.LOG && from.signum() <= 0) {
      throw refused(
          "begins at %s, but a range on a logarithmic scale must begin above 0".formatted(from));
    }
    boolean whole = isWhole(from);
    return new Range(from, to, scale, step(told, scale, to.subtract(from), whole), whole);
  }

  private BigDecimal end(Map<?, ?> told, String key) {
    Object end = told.get(key);
    if (end == null) {
      throw refused(
          "has a range without \"%s\": a range is like %s, perhaps with a step"
              .formatted(key, EXAMPLE));
    }
    value(end);
    return number(key, end);
  }

  private BigDecimal number(String key, Object told) {
    try {
      return new BigDecimal(String.valueOf(told).strip());
    } catch (NumberFormatException e) {
      throw refused(
          "has a range with the %s %s, but only numbers have ranges: list its choices"
              .formatted(key, told));
    }
  }

  private Scale scale(Map<?, ?> told) {
    Object named = told.containsKey(SCALE) ? told.get(SCALE) : Scale.LINEAR;
    for (Scale scale : Scale.values()) {
      if (scale.toString().equals(String.valueOf(named))) {
        return scale;
      }
    }
    throw refused("has a range with the scale %s, but it must be linear or log".formatted(named));
  }

  /** Whether the values are whole numbers, of which those with a decimal point are none. */
  private boolean isWhole(BigDecimal from) {
    T value = hyperparameter.parse(from.toPlainString());
    return value instanceof Integer || value instanceof Long;
  }

  private Optional<BigDecimal> step(Map<?, ?> told, Scale scale, BigDecimal length, boolean whole) {
    if (!told.containsKey(STEP)) {
      return Optional.empty();
    }
    BigDecimal step = number(STEP, told.get(STEP));
    if (scale == Scale.LOG) {
      throw refused(
          "has a step of %s on a logarithmic scale: leave one of them out, or list its choices"
              .formatted(step));
    }
    if (step.signum() <= 0 || step.compareTo(length) > 0) {
      throw refused(
          "has a step of %s, but it must be above 0 and at most %s".formatted(step, length));
    }
    if (whole && step.stripTrailingZeros().scale() > 0) {
      throw refused("has a step of %s, but its values are whole numbers".formatted(step));
    }
    return Optional.of(step);
  }

  private UsageException refused(String what) {
    return new UsageException("%s %s.".formatted(hyperparameter.name(), what));
  }
}
