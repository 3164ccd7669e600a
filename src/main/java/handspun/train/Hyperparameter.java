package handspun.train;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A setting that the result of a run depends on. A {@link Plan} has a value for each.
 *
 * @param <T> type of its values
 */
public final class Hyperparameter<T> extends Setting<T> {
  private static final Pattern NEXT_WORD = Pattern.compile("[^a-z]+([a-z])");

  private final String words;
  private final Optional<T> before;

  /**
   * One that has a value in every file that was ever written.
   *
   * @param name without the two hyphens that an option has
   * @param kind which values it can have
   * @param otherwise the value where nothing is said
   * @param words what people call it; JSON has the same, as in {@code learningRate}
   * @param help a sentence or two for {@code --help}; the default is told after it
   */
  Hyperparameter(String name, Kind<T> kind, T otherwise, String words, String help) {
    this(new Setting<>(name, kind, otherwise, help), words, Optional.empty());
  }

  private Hyperparameter(Setting<T> same, String words, Optional<T> before) {
    super(same.name(), same.kind(), same.otherwise(), same.description());
    this.words = words;
    this.before = before;
  }

  /** One whose default depends on other values: {@link Plan.Builder#build} finds it. */
  static <T> Hyperparameter<T> derived(
      String name, Kind<T> kind, String otherwiseInWords, String words, String help) {
    return new Hyperparameter<>(
        Setting.optional(name, kind, otherwiseInWords, help), words, Optional.empty());
  }

  /**
   * The same, which models and checkpoints may lack, since it was added later.
   *
   * @param value that their plans had in fact, when there was no choice
   */
  Hyperparameter<T> before(T value) {
    return new Hyperparameter<>(this, words, Optional.of(value));
  }

  @Override
  public String words() {
    return words;
  }

  /** {@return the value of plans from before there was a choice; empty if there always was} */
  public Optional<T> before() {
    return before;
  }

  /** {@return its name in JSON, such as {@code learningRate}} */
  public String jsonName() {
    return NEXT_WORD.matcher(words).replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT));
  }
}
