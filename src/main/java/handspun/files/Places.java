package handspun.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Several files or folders in one text, with commas between their names. */
public final class Places {
  private static final String SEPARATOR = ",";

  private Places() {}

  /**
   * @param text names with commas between them; what exists under a name with commas is one place
   * @param resolve finds the place of a name
   * @param exists whether there is anything at a place; asked only where there are commas
   * @return the places, in this order; none if nothing is before or after a comma
   */
  public static List<Location> parse(
      String text, Function<String, Location> resolve, Predicate<Location> exists) {
    String[] names = text.split(SEPARATOR, -1);
    if (Stream.of(names).anyMatch(String::isBlank)) {
      return List.of();
    }
    List<Location> places = new ArrayList<>();
    for (int from = 0; from < names.length; ) {
      int to = from + 1;
      while (to < names.length && !Location.isUri(names[to].strip())) {
        to++;
      }
      Location longest = resolve.apply(joined(names, from, to));
      while (to - from > 1 && !exists.test(longest)) {
        to--;
        longest = resolve.apply(joined(names, from, to));
      }
      places.add(longest);
      from = to;
    }
    return places;
  }

  private static String joined(String[] names, int from, int to) {
    return String.join(SEPARATOR, Arrays.copyOfRange(names, from, to)).strip();
  }

  /** {@return a text of places, independent of the current folder} */
  public static String absolute(List<Location> places) {
    return String.join(
        SEPARATOR, places.stream().map(place -> place.absolute().toString()).toList());
  }
}
