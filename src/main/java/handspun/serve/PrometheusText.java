package handspun.serve;

import java.nio.charset.StandardCharsets;

/** Writes metrics in Prometheus's text format, version 0.0.4. */
final class PrometheusText {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();
  private String name = "";

  /** What the samples of a family are. */
  enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    SUMMARY,
    UNTYPED
  }

  /** Begins a family, all of whose samples follow. */
  PrometheusText family(String family, Type type, String help) {
    name = family;
    text.append("# HELP ").append(family).append(' ');
    appendEscaped(help, false);
    text.append("\n# TYPE ").append(family).append(' ');
    text.append(
        switch (type) {
          case COUNTER -> "counter";
          case GAUGE -> "gauge";
          case HISTOGRAM -> "histogram";
          case SUMMARY -> "summary";
          case UNTYPED -> "untyped";
        });
    text.append('\n');
    return this;
  }

  /**
   * Adds a sample to the family.
   *
   * @param labels names and values in turn; values may be any text
   */
  PrometheusText sample(double value, String... labels) {
    return sampleOf("", value, labels);
  }

  /** Adds a sample whose name is the family's and a suffix, such as {@code _sum}. */
  PrometheusText sampleOf(String suffix, double value, String... labels) {
    text.append(name).append(suffix);
    if (labels.length > 0) {
      text.append('{');
      for (int i = 0; i < labels.length; i += 2) {
        text.append(i == 0 ? "" : ",").append(labels[i]).append("=\"");
        appendEscaped(labels[i + 1], true);
        text.append('"');
      }
      text.append('}');
    }
    text.append(' ').append(number(value)).append('\n');
    return this;
  }

  /** {@return a number as Go reads it} */
  static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1L << 53
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private void appendEscaped(String value, boolean isLabel) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\n') {
        text.append("\\n");
      } else {
        text.append(c == '\\' || (c == '"' && isLabel) ? "\\" : "").append(c);
      }
    }
  }

  /** {@return all that was written} */
  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
