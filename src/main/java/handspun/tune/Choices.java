package handspun.tune;

import handspun.math.RandomStream;
import java.util.List;

/**
 * Some values, each as likely as the others.
 *
 * @param values at least one, all different
 */
record Choices(List<String> values) implements Domain {
  /** Makes the list unchangeable. */
  Choices {
    values = List.copyOf(values);
  }

  @Override
  public String draw(RandomStream random) {
    return values.get(random.nextInt(values.size()));
  }

  @Override
  public boolean varies() {
    return values.size() > 1;
  }

  @Override
  public Object told() {
    return varies() ? values : values.get(0);
  }

  @Override
  public String words() {
    return String.join(" | ", values);
  }
}
