package handspun.train;

import handspun.UsageException;
import handspun.network.Topology;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the values of a {@link Setting} are: how people write them, and which are possible.
 *
 * @param <T> type of the values; immutable, with {@code equals}, and serializable if it is that of
 *     a hyperparameter
 * @param label what stands for a value in a line of usage, such as {@code N}
 * @param range which values are possible, in words that can follow "must be"
 * @param parse makes a value of a text; may throw {@link IllegalArgumentException} or {@link
 *     ArithmeticException} if it is none, {@link UsageException} if there is more to say
 * @param allows whether a value is possible
 * @param format writes a value so that {@code parse} reads it
 * @param json the value for JSON: a number or a text, the same for all values
 */
public record Kind<T>(
    String label,
    String range,
    Function<String, T> parse,
    Predicate<T> allows,
    Function<T, String> format,
    Function<T, Object> json) {

  private static <T> Kind<T> numbers(
      String label, String range, Function<String, T> parse, Predicate<T> allows) {
    return new Kind<>(label, range, parse, allows, String::valueOf, number -> number);
  }

  /** {@return what is written as a text in a way of its own} */
  static <T> Kind<T> texts(
      String label, String range, Function<String, T> parse, Function<T, String> format) {
    return new Kind<>(label, range, parse, value -> true, format, format::apply);
  }

  /** {@return whole numbers of 32 bits from a least one on} */
  public static Kind<Integer> wholeFrom(int least) {
    return numbers(
        "N",
        // digits.
        "a whole number of at least %d".formatted(least),
        Kind::parseWhole,
        number -> number >= least);
  }

  private static int parseWhole(String text) {
    BigDecimal number = new BigDecimal(text);
    if (number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
      throw new UsageException(
          "%s is too large a number: the largest possible is %d."
              .formatted(text, Integer.MAX_VALUE));
    }
    return number.intValueExact();
  }

  /** {@return all whole numbers of 64 bits} */
  public static Kind<Long> wholeOf64Bits() {
    return numbers(
        "N",
        "a whole number of 64 bits",
        text -> new BigDecimal(text).longValueExact(),
        number -> true);
  }

  /** {@return the finite floats above a limit} */
  public static Kind<Float> realAbove(float limit) {
    return numbers(
        "X",
        "a finite number above %s".formatted(plain(limit)),
        Float::valueOf,
        number -> number > limit && Float.isFinite(number));
  }

  /** {@return the floats from a least one to a largest one} */
  public static Kind<Float> realBetween(float least, float most) {
    return numbers(
        "X",
        "a number from %s to %s".formatted(plain(least), plain(most)),
        Float::valueOf,
        number -> number >= least && number <= most);
  }

  private static String plain(float number) {
    return new BigDecimal(Float.toString(number)).stripTrailingZeros().toPlainString();
  }

  /** {@return one of some values, of which {@code toString} is the name} */
  public static <T> Kind<T> oneOf(List<T> values) {
    List<String> names = values.stream().map(String::valueOf).toList();
    String range = String.join(" or ", names);
    return texts(
        String.join("|", names),
        range,
        text ->
            values.stream()
                .filter(value -> value.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(range)),
        String::valueOf);
  }

  /** {@return sizes of layers, with commas between them} */
  public static Kind<Topology> layers() {
    return texts(
        "N,N,...",
        "whole numbers with commas between them",
        Topology::parse,
        topology ->
            Arrays.stream(topology.sizes())
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(",")));
  }

  /** {@return any text, for which the label stands} */
  public static Kind<String> text(String label) {
    return texts(label, "a text", text -> text, text -> text);
  }

  /**
   * @param word a word
   * @param meaning what it stands for
   * @return the same values, of which this one is written as that word
   */
  public Kind<T> or(String word, T meaning) {
    Function<T, String> writing = value -> value.equals(meaning) ? word : format.apply(value);
    return new Kind<>(
        label + "|" + word,
        range + ", or " + word,
        text -> text.equalsIgnoreCase(word) ? meaning : parse.apply(text),
        allows.or(meaning::equals),
        writing,
        writing::apply);
  }
}
