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
  private final String otherwiseInWords;
  private final String help;

  /**
   * @param name without the two hyphens that an option has
   * @param kind which values it can have
   * @param otherwise the value where nothing is said
   * @param help a sentence or two for {@code --help}; the default is told after it
   */
  public Setting(String name, Kind<T> kind, T otherwise, String help) {
    this(name, kind, Optional.of(otherwise), kind.format(otherwise), help);
  }

  private Setting(
      String name, Kind<T> kind, Optional<T> otherwise, String otherwiseInWords, String help) {
    this.name = name;
    this.kind = kind;
    this.otherwise = otherwise;
    this.otherwiseInWords = otherwiseInWords;
    this.help = help;
  }

  /** A copy, for a setting of which there is more to say. */
  Setting(Setting<T> same) {
    this(same.name, same.kind, same.otherwise, same.otherwiseInWords, same.help);
  }

  /**
   * @param name without the two hyphens that an option has
   * @param kind which values it can have
   * @param otherwiseInWords what happens where nothing is said
   * @param help a sentence or two for {@code --help}; the default is told after it
   * @return a setting that need not have a value
   */
  public static <T> Setting<T> optional(
      String name, Kind<T> kind, String otherwiseInWords, String help) {
    return new Setting<>(name, kind, Optional.empty(), otherwiseInWords, help);
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
    return "%s Default: %s.".formatted(help, otherwiseInWords);
  }

  /**
   * @param text as a person wrote it
   * @return its value
   * @throws UsageException if there is no such value
   */
  public final T parse(String text) {
    T value = kind.parse(text.strip()).orElseThrow(() -> impossible(text));
    require(value);
    return value;
  }

  /**
   * @param value any
   * @throws UsageException if it is impossible
   */
  public final void require(T value) {
    if (!kind.allows(value)) {
      throw impossible(kind.format(value));
    }
  }

  private UsageException impossible(String found) {
    String advice = otherwise.map(value -> ": try " + kind.format(value)).orElse("");
    return new UsageException(
        "%s is %s, but must be %s%s.".formatted(name, found, kind.range(), advice));
  }
}
