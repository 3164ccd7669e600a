package handspun.serve;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What follows the question mark in a request's address. Names that are not described are passed
 * over: browsers and proxies add some of their own.
 *
 * @param values by name, decoded, in the order in which they are said; empty where none is said
 */
record Query(Map<String, List<String>> values) {
  /** Of an address without a question mark. */
  static final Query NONE = new Query(Map.of());

  /** The largest number that can be said. */
  static final int MOST_NUMBER = 999_999_999;

  /** More of what a client has sent is not handed back. */
  private static final int MOST_TOLD = 80;

  private static final int MOST_DIGITS = 9;

  /**
   * {@return the pairs of names and values in a text, percent-encoded with {@code &} between them}
   *
   * @param described which names mean something
   */
  static Query parse(String encoded, List<Parameter> described) {
    Set<String> names =
        described.stream()
            .filter(one -> one.in().equals(Parameter.QUERY))
            .map(Parameter::name)
            .collect(Collectors.toSet());
    Map<String, List<String>> values = new HashMap<>();
    for (String pair : encoded.split("&")) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        String name = decode(parts[0]);
        String value = parts.length == 1 ? "" : decode(parts[1]);
        if (names.contains(name)) {
          values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
      }
    }
    return new Query(values);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new RefusedRequest(
          400,
          "The address has \"%s\", which is not percent-encoded as it should be: encode it again."
              .formatted(shortened(text)));
    }
  }

  /** {@return whether a name is said, with or without a value} */
  boolean has(Parameter parameter) {
    return values.containsKey(parameter.name());
  }

  /** {@return the value of a name; refuses a name that is said twice} */
  Optional<String> text(Parameter parameter) {
    String name = parameter.name();
    List<String> said = values.getOrDefault(name, List.of());
    if (said.size() > 1) {
      throw new RefusedRequest(
          400, "The address says \"%s\" %d times: say it once.".formatted(name, said.size()));
    }
    return said.stream().findFirst();
  }

  /** {@return the value of a name; refuses what is no whole number from 0 on} */
  OptionalInt number(Parameter parameter) {
    Optional<String> text = text(parameter);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    String digits = text.get();
    if (digits.length() > MOST_DIGITS || !digits.matches("[0-9]+")) {
      throw new RefusedRequest(
          400,
          "The address says \"%s\" is \"%s\", but it must be a whole number of at most %d digits."
              .formatted(parameter.name(), shortened(digits), MOST_DIGITS));
    }
    return OptionalInt.of(Integer.parseInt(digits));
  }

  /** {@return a client's words as they may be handed back} */
  static String shortened(String text) {
    return text.length() <= MOST_TOLD ? text : text.substring(0, MOST_TOLD) + "...";
  }
}
