package handspun.bench;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/**
 * What a soak showed.
 *
 * @param first what the server held after a tenth of the requests, when no client was connected
 * @param last the same in the end
 * @param errors by kind of request and what was wrong
 */
record SoakReport(SoakWatch.Sample first, SoakWatch.Sample last, Map<String, Integer> errors) {
  /** Java's own: what it has compiled and loaded since. */
  private static final double MEGABYTES_OF_NO_ACCOUNT = 1;

  private static final double PART_OF_NO_ACCOUNT = 0.05;

  private static final Comparator<Map.Entry<String, Integer>> MOST_FIRST =
      Map.Entry.<String, Integer>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  /** {@return how many requests got something wrong, or nothing} */
  int errorCount() {
    return errors.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** {@return whether the heap is larger than chance explains} */
  boolean heapGrew() {
    double grown = last.megabytes() - first.megabytes();
    return grown > MEGABYTES_OF_NO_ACCOUNT + PART_OF_NO_ACCOUNT * first.megabytes();
  }

  /** {@return whether more descriptors are open} */
  boolean descriptorsGrew() {
    return last.descriptors() > first.descriptors();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            requests     %,d in %.0f s
            heap         %.1f MB after %,d requests, %.1f MB in the end: %s
            descriptors  %d after %,d requests, %d in the end: %s
            errors       %s
            """,
            last.requests(),
            last.seconds(),
            first.megabytes(),
            first.requests(),
            last.megabytes(),
            heapGrew() ? "it GREW" : "flat",
            first.descriptors(),
            first.requests(),
            last.descriptors(),
            descriptorsGrew() ? "they GREW" : "flat",
            errors.isEmpty() ? "none" : String.format(Locale.ROOT, "%,d", errorCount())));
    errors.entrySet().stream()
        .sorted(MOST_FIRST)
        .forEach(
            error ->
                text.append(
                    String.format(Locale.ROOT, "  %,8d  %s%n", error.getValue(), error.getKey())));
    return text.toString();
  }
}
