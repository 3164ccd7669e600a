package handspun.train;

import handspun.UsageException;
import java.util.Optional;

/**
 * One thing that a run can be told: as an option of the command line, or in a configuration file
 * under the same name.
 *
 * @param <T> type of its values
 */
public class Setting<T> {
  private final String name;
  private final Kind<T> kind;
  private final Optional<T> otherwise;
  private final String description;

  /**
   * @param name without the two hyphens that an option has
   * @param kind which values it can have
   * @param otherwise the value where nothing is said
   * @param help a sentence or two for {@code --help}; the default is told after it
   */
  public Setting(String name, Kind<T> kind, T otherwise, String help) {
    this(name, kind, Optional.of(otherwise), described(help, kind.format().apply(otherwise)));
  }

  /** With all that is said of it in {@code --help}. */
  Setting(String name, Kind<T> kind, Optional<T> otherwise, String description) {
    this.name = name;
    this.kind = kind;
    this.otherwise = otherwise;
    this.description = description;
  }

  /** The same as the constructor, but in words what happens where nothing is said. */
  public static <T> Setting<T> optional(String name, Kind<T> kind, String otherwise, String help) {
    return new Setting<>(name, kind, Optional.empty(), described(help, otherwise));
  }

  private static String described(String help, String otherwise) {
    return "%s Default: %s.".formatted(help, otherwise);
  }

  /** {@return its name, without the two hyphens that an option has} */
  public final String name() {
    return name;
  }

  /** {@return which values it can have} */
  public final Kind<T> kind() {
    return kind;
  }

  /** {@return the value where nothing is said; empty if that is no fixed one} */
  public final Optional<T> otherwise() {
    return otherwise;
  }

  /** {@return what people call it} */
  public String words() {
    return name;
  }

  /** {@return what it does and what its default is, for {@code --help}} */
  public final String description() {
    return description;
  }

  /**
   * @param text as a person wrote it
   * @return its value
   * @throws UsageException if there is no such value
   */
  public final T parse(String text) {
    try {
      return require(kind.parse().apply(text.strip()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw impossible(text);
    }
  }

  /**
   * @param value any
   * @return the same
   * @throws UsageException if it is impossible
   */
  final T require(T value) {
    if (!kind.allows().test(value)) {
      throw impossible(kind.format().apply(value));
    }
    return value;
  }

  private UsageException impossible(String found) {
    String advice = otherwise.map(value -> ": try " + kind.format().apply(value)).orElse("");
    return new UsageException(
        "%s is %s, but must be %s%s.".formatted(name, found, kind.range(), advice));
  }
}
