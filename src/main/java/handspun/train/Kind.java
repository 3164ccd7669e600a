package handspun.train;

import handspun.UsageException;
import handspun.network.Topology;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the values of a {@link Setting} are: how people write them, and which are possible. A type
 * with a notation of its own brings its own kind.
 *
 * @param <T> type of the values; immutable, with {@code equals}, and serializable if it is that of
 *     a hyperparameter
 */
public interface Kind<T> {
  /** {@return what stands for a value in a line of usage, such as {@code N}} */
  String label();

  /** {@return which values are possible, in words that can follow "must be"} */
  String range();

  /**
   * @param text as a person wrote it
   * @return the value, not yet checked to be possible; empty if the text is nothing of this kind
   * @throws UsageException if there is more to say than the range
   */
  Optional<T> parse(String text);

  /**
   * @param value any
   * @return whether it is possible
   */
  boolean allows(T value);

  /**
   * @param value a possible one
   * @return what {@link #parse} makes the same value of
   */
  default String format(T value) {
    return String.valueOf(value);
  }

  /**
   * @param value a possible one
   * @return the same for JSON, which has numbers and texts
   */
  default Object json(T value) {
    return format(value);
  }

  /**
   * Whole numbers of 32 bits.
   *
   * @param least the least one
   * @param named those that are written as a word
   */
  record Whole(int least, Map<String, Integer> named) implements Kind<Integer> {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Integer.MAX_VALUE);

    /**
     * @param least the least one
     * @return these numbers, none of which is written as a word
     */
    public static Whole atLeast(int least) {
      return new Whole(least, Map.of());
    }

    /**
     * @param word a word
     * @param value what it stands for
     * @return the same numbers, of which this one is written as that word
     */
    public Whole or(String word, int value) {
      Map<String, Integer> more = new TreeMap<>(named);
      more.put(word, value);
      return new Whole(least, Map.copyOf(more));
    }

    @Override
    public String label() {
      return "N" + words("|");
    }

    @Override
    public String range() {
      return "a whole number of at least %d%s".formatted(least, words(", or "));
    }

    private String words(String before) {
      return named.keySet().stream().sorted().map(before::concat).collect(Collectors.joining());
    }

    @Override
    public Optional<Integer> parse(String text) {
      for (Map.Entry<String, Integer> word : named.entrySet()) {
        if (word.getKey().equalsIgnoreCase(text)) {
          return Optional.of(word.getValue());
        }
      }
      try {
        BigDecimal number = new BigDecimal(text);
        if (number.compareTo(LARGEST) > 0) {
          throw new UsageException(
              "%s is too large a number: the largest possible is %d."
                  .formatted(text, Integer.MAX_VALUE));
        }
        return Optional.of(number.intValueExact());
      } catch (NumberFormatException | ArithmeticException e) {
        return Optional.empty();
      }
    }

    @Override
    public boolean allows(Integer value) {
      return value >= least;
    }

    @Override
    public String format(Integer value) {
      return named.entrySet().stream()
          .filter(word -> word.getValue().equals(value))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElseGet(value::toString);
    }

    /** A text where some of the numbers are words, so that its type is always the same. */
    @Override
    public Object json(Integer value) {
      return named.isEmpty() ? value : format(value);
    }
  }

  /** Whole numbers of 64 bits, all of them. */
  record WholeLong() implements Kind<Long> {
    @Override
    public String label() {
      return "N";
    }

    @Override
    public String range() {
      return "a whole number of 64 bits";
    }

    @Override
    public Optional<Long> parse(String text) {
      try {
        return Optional.of(new BigDecimal(text).longValueExact());
      } catch (NumberFormatException | ArithmeticException e) {
        return Optional.empty();
      }
    }

    @Override
    public boolean allows(Long value) {
      return true;
    }

    @Override
    public Object json(Long value) {
      return value;
    }
  }

  /**
   * Real numbers, as floats.
   *
   * @param range in words
   * @param least the least one
   * @param most the largest one
   */
  record Real(String range, float least, float most) implements Kind<Float> {
    /**
     * @param limit a number
     * @return the finite numbers above it
     */
    public static Real above(float limit) {
      return new Real(
          "a finite number above %s".formatted(plain(limit)), Math.nextUp(limit), Float.MAX_VALUE);
    }

    /**
     * @param least a number
     * @param most a larger one
     * @return the numbers between the two, and the two
     */
    public static Real between(float least, float most) {
      return new Real("a number from %s to %s".formatted(plain(least), plain(most)), least, most);
    }

    private static String plain(float number) {
      return new BigDecimal(Float.toString(number)).stripTrailingZeros().toPlainString();
    }

    @Override
    public String label() {
      return "X";
    }

    @Override
    public Optional<Float> parse(String text) {
      try {
        return Optional.of(Float.valueOf(text));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    @Override
    public boolean allows(Float value) {
      return value >= least && value <= most;
    }

    @Override
    public Object json(Float value) {
      return value;
    }
  }

  /**
   * A few values that have names.
   *
   * @param values all of them; {@code toString} is the name
   */
  record Choice<T>(List<T> values) implements Kind<T> {
    /** Makes the list unchangeable. */
    public Choice {
      values = List.copyOf(values);
    }

    @Override
    public String label() {
      return names("|");
    }

    @Override
    public String range() {
      return names(" or ");
    }

    private String names(String separator) {
      return values.stream().map(this::format).collect(Collectors.joining(separator));
    }

    @Override
    public Optional<T> parse(String text) {
      return values.stream().filter(value -> format(value).equalsIgnoreCase(text)).findFirst();
    }

    @Override
    public boolean allows(T value) {
      return values.contains(value);
    }
  }

  /** Sizes of layers. */
  record Layers() implements Kind<Topology> {
    @Override
    public String label() {
      return "N,N,...";
    }

    @Override
    public String range() {
      return "whole numbers with commas between them";
    }

    @Override
    public Optional<Topology> parse(String text) {
      return Optional.of(Topology.parse(text));
    }

    @Override
    public boolean allows(Topology value) {
      return true;
    }

    @Override
    public String format(Topology value) {
      return Arrays.stream(value.sizes())
          .mapToObj(String::valueOf)
          .collect(Collectors.joining(","));
    }
  }

  /**
   * Any text, such as a path.
   *
   * @param label what stands for it in a line of usage
   */
  record Text(String label) implements Kind<String> {
    @Override
    public String range() {
      return "a text";
    }

    @Override
    public Optional<String> parse(String text) {
      return Optional.of(text);
    }

    @Override
    public boolean allows(String value) {
      return true;
    }
  }
}
