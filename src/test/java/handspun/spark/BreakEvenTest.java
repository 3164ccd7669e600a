package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.network.Topology;
import handspun.train.LocalSteps;
import handspun.train.Plan;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BreakEvenTest {
  private static final Topology NARROW = new Topology(784, 16, 16, 10);
  private static final Topology WIDE = new Topology(784, 512, 512, 10);

  private static int enough(Plan plan, int executors) {
    String advice = new BreakEven(plan, executors).advice().orElseThrow();
    Matcher number = Pattern.compile("from about (\\d+) examples").matcher(advice);
    assertThat(number.find()).isTrue();
    return Integer.parseInt(number.group(1));
  }

  @Test
  void saysThatASmallMiniBatchDoesNotPayAndWhatWould() {
    assertThat(new BreakEven(new Plan(NARROW, 1, 10, 3f, 1, 1), 2).advice())
        .hasValueSatisfying(
            advice ->
                assertThat(advice)
                    .startsWith("Mini-batches of 10 shared between 2 executors take longer")
                    .contains("--batch", "--local-steps", "--partitions 1"));
    assertThat(enough(new Plan(NARROW, 1, 10, 3f, 1, 1), 2)).isBetween(60, 100);
  }

  @Test
  void saysNothingWhereItMayPay() {
    assertThat(new BreakEven(new Plan(NARROW, 1, 1000, 3f, 1, 8), 2).advice()).isEmpty();
    assertThat(new BreakEven(new Plan(WIDE, 1, 10, 3f, 1, 1), 2).advice()).isEmpty();
    assertThat(new BreakEven(new Plan(NARROW, 1, 80, 3f, 1, 8, 50), 2).advice()).isEmpty();
    assertThat(new BreakEven(new Plan(NARROW, 1, 8, 3f, 1, 8, LocalSteps.EPOCH), 64).advice())
        .isEmpty();
  }

  @Test
  void wantsLargerMiniBatchesForMoreExecutorsAndMoreBytes() {
    Plan factors = new Plan(NARROW, 1, 10, 3f, 1, 1);
    Plan gradients = new Plan(NARROW, 1, 10, 3f, 1, 8);
    assertThat(enough(factors, 3)).isGreaterThan(enough(factors, 2));
    assertThat(enough(gradients, 2)).isGreaterThan(enough(factors, 2));
  }
}
