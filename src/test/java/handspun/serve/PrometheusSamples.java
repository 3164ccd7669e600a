package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The samples in a text of Prometheus's format 0.0.4, which is read as strictly as its description
 * allows: every family has a help and a type before its samples, which stand together, and no
 * sample is there twice.
 *
 * @param values by name and labels, as they stand there
 */
record PrometheusSamples(Map<String, Double> values) {
  private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE (\\S+) (counter|gauge|histogram|summary|untyped)");
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"";
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)((?:\\{" + LABEL + "(?:," + LABEL + ")*})?) (\\S+)");
  private static final Pattern SUFFIX = Pattern.compile("_(bucket|sum|count)$");

  static PrometheusSamples parse(String text) {
    assertThat(text).endsWith("\n").doesNotContain("\n\n", "\r");
    Map<String, Double> values = new LinkedHashMap<>();
    Set<String> families = new HashSet<>();
    String family = "";
    String type = "";
    for (String line : text.split("\n")) {
      Matcher help = HELP.matcher(line);
      Matcher typed = TYPE.matcher(line);
      if (help.matches()) {
        family = help.group(1);
        type = "";
        assertThat(families.add(family)).as("%s is there once", family).isTrue();
      } else if (typed.matches()) {
        assertThat(typed.group(1)).isEqualTo(family);
        assertThat(type).as("%s has one type", family).isEmpty();
        type = typed.group(2);
      } else {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        boolean isOfSeveral = type.equals("histogram") || type.equals("summary");
        String name = sample.group(1);
        assertThat(isOfSeveral ? SUFFIX.matcher(name).replaceFirst("") : name)
            .as(line)
            .isEqualTo(family);
        assertThat(type).as("%s has a type", family).isNotEmpty();
        assertThat(values.put(name + sample.group(2), number(sample.group(3))))
            .as("%s is there once", line)
            .isNull();
      }
    }
    return new PrometheusSamples(values);
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** {@return the value of a sample; 0 if it is not there, as counters begin} */
  double get(String series) {
    return values.getOrDefault(series, 0.0);
  }
}
