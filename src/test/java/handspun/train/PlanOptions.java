package handspun.train;

import java.util.ArrayList;
import java.util.List;

/** Plans as a user asks for them. */
public final class PlanOptions {
  private PlanOptions() {}

  /**
   * @param more options that follow
   * @return the options of {@code handspun train} that ask for all of a plan
   */
  public static String[] of(Plan plan, String... more) {
    List<String> options = new ArrayList<>();
    plan.texts().forEach((name, text) -> options.addAll(List.of("--" + name, text)));
    options.addAll(List.of(more));
    return options.toArray(String[]::new);
  }
}
