package handspun.tune;

import static handspun.train.Hyperparameters.BATCH;
import static handspun.train.Hyperparameters.EPOCHS;
import static handspun.train.Hyperparameters.LANES;
import static handspun.train.Hyperparameters.LAYERS;
import static handspun.train.Hyperparameters.MOMENTUM;
import static handspun.train.Hyperparameters.RATE;
import static handspun.train.Hyperparameters.SEED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import handspun.UsageException;
import handspun.train.Hyperparameter;
import handspun.train.Plan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchSpaceTest {
  private static SearchSpace space(String hocon) {
    return SearchSpace.of(ConfigFactory.parseString(hocon).root().unwrapped(), Map.of());
  }

  private static List<Trial> draw(String hocon, int count) {
    return space(hocon).draw(count, 1, plan -> {});
  }

  private static <T> List<T> values(String hocon, int count, Hyperparameter<T> of) {
    return draw(hocon, count).stream().map(trial -> trial.plan().get(of)).toList();
  }

  @Test
  void whatIsNotNamedHasItsDefault() {
    Plan plan = draw("epochs = 5", 1).get(0).plan();
    assertThat(plan).isEqualTo(Plan.builder().set(EPOCHS, 5).build());
  }

  @Test
  void orWhatTheConfigurationSays() {
    SearchSpace space = SearchSpace.of(Map.of("epochs", 5), Map.of("batch", "100", "epochs", "7"));
    Plan plan = space.draw(1, 1, one -> {}).get(0).plan();
    assertThat(plan).isEqualTo(Plan.builder().set(EPOCHS, 5).set(BATCH, 100).build());
    assertThat(plan.lanes()).as("derived from the mini-batch").isEqualTo(8);
    assertThat(space.tells(LANES)).isFalse();
    assertThat(space.tells(BATCH)).isTrue();
  }

  @Test
  void saysItselfAsItIsRead() {
    String hocon =
        """
        layers = ["784,16,10", [784, 30, 10]]
        rate = { from = 1e-3, to = 1, scale = log }
        batch = { from = 16, to = 64, step = 16 }
        momentum { from = 0, to = 0.9 }
        epochs = 3
        """;
    SearchSpace space = space(hocon);
    assertThat(SearchSpace.of(space.told(), Map.of())).isEqualTo(space).hasToString(space + "");
    assertThat(space.varying().entrySet().stream().map(SearchSpaceTest::words))
        .containsExactly(
            "layers: 784,16,10 | 784,30,10",
            "batch: 16 to 64 in steps of 16",
            "rate: 0.001 to 1 (log)",
            "momentum: 0 to 0.9");
    assertThat(space).isNotEqualTo(space(hocon.replace("0.9", "0.8")));
  }

  private static String words(Map.Entry<Hyperparameter<?>, Domain> varying) {
    return varying.getKey().name() + ": " + varying.getValue().words();
  }

  @Test
  void drawsWhatItHasAlwaysDrawn() {
    String hocon =
        """
        layers = ["784,16,10", "784,30,10", "784,100,10"]
        batch = { from = 10, to = 1000, scale = log }
        rate = { from = 0.01, to = 10, scale = log }
        momentum = { from = 0, to = 0.95, step = 0.05 }
        """;
    assertThat(
            draw(hocon, 5).stream()
                .map(trial -> trial.plan())
                .map(
                    plan ->
                        "%s %d %s %s"
                            .formatted(
                                plan.text(LAYERS),
                                plan.get(BATCH),
                                plan.text(RATE),
                                plan.text(MOMENTUM))))
        .containsExactly(
            "784,100,10 13 1.974 0.2",
            "784,30,10 173 0.02748 0.25",
            "784,100,10 11 0.04583 0.6",
            "784,16,10 21 1.818 0.95",
            "784,100,10 273 0.2485 0.2");
  }

  @Test
  void aTrialDependsOnItsNumberAloneAndAValueOnItsNameAlone() {
    String rate = "rate = { from = 0.01, to = 10, scale = log }\n";
    List<Trial> ten = draw(rate, 10);
    assertThat(draw(rate, 4)).isEqualTo(ten.subList(0, 4));
    assertThat(values(rate + "batch = [10, 20]", 10, RATE)).isEqualTo(values(rate, 10, RATE));
    assertThat(space(rate).draw(10, 2, plan -> {})).isNotEqualTo(ten);
  }

  @Test
  void wholeNumbersAreAsLikelyAtTheEndsOfTheirRange() {
    Map<Integer, Long> counts = counts("batch = { from = 3, to = 6 }\nseed = {from=1,to=1000000}");
    assertThat(counts).containsOnlyKeys(3, 4, 5, 6);
    assertThat(counts.values()).allMatch(count -> count > 400 && count < 600);
  }

  @Test
  void onALogarithmicScaleRatiosAreAsLikely() {
    Map<Integer, Long> counts =
        counts("batch = { from = 1, to = 7, scale = log }\nseed = {from=1,to=1000000}");
    assertThat(counts).containsOnlyKeys(1, 2, 3, 4, 5, 6, 7);
    // 1 alone is a third of the way from 1 to 8; so are 2 and 3, and 4 to 7.
    assertThat(counts.get(1)).isBetween(560L, 780L);
    assertThat(counts.get(2) + counts.get(3)).isBetween(560L, 780L);
  }

  private static Map<Integer, Long> counts(String hocon) {
    return values(hocon, 2000, BATCH).stream()
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }

  @Test
  void stepsBeginAtTheBeginAndEndBeforeTheEnd() {
    assertThat(values("rate = { from = 0.1, to = 1, step = 0.4 }", 3, RATE))
        .containsExactlyInAnyOrder(0.1f, 0.5f, 0.9f);
    assertThat(values("batch = { from = 16, to = 64, step = 16 }", 4, BATCH))
        .containsExactlyInAnyOrder(16, 32, 48, 64);
  }

  @Test
  void numbersStayInTheirRangeAndAreRoundedToFourDigits() {
    // Rounded to 0.1234 or 0.1235, both of which are outside.
    assertThat(values("rate = { from = 0.12341, to = 0.12349 }", 2, RATE))
        .containsExactlyInAnyOrder(0.12341f, 0.12349f);
    assertThat(values("rate = { from = 0.01, to = 10 }", 50, RATE))
        .allMatch(rate -> rate.toString().replaceAll("^0\\.0*|\\.", "").length() <= 5);
    assertThat(values("seed = { from = 1, to = 9000000000000 }", 20, SEED))
        .allMatch(seed -> seed >= 1 && seed <= 9_000_000_000_000L)
        .anyMatch(seed -> seed > Integer.MAX_VALUE);
  }

  @Test
  void drawsAgainWhatIsNoPlanAndWhatWasDrawnBefore() {
    // More lanes than examples are no plan.
    List<Trial> trials = draw("batch = [4, 10]\nlanes = [2, 8]", 3);
    assertThat(trials)
        .extracting(trial -> trial.plan().lanes() <= trial.plan().miniBatch())
        .containsOnly(true);
    assertThat(trials).extracting(Trial::plan).doesNotHaveDuplicates();
    assertThat(trials).extracting(Trial::number).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> draw("batch = [4, 10]\nlanes = [2, 8]", 4))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            "Of 1000 plans that were drawn for trial 4 none can be tried (lanes is 8")
        .hasMessageEndingWith("choose fewer trials, or another space.");
    assertThatThrownBy(() -> draw("batch = [4, 10]", 3))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("trial 3 none can be tried (all are those of earlier trials)");
  }

  @Test
  void asksWhetherAPlanCanBeCarriedOut() {
    SearchSpace space = space("batch = { from = 10, to = 1000 }");
    List<Trial> trials =
        space.draw(
            20,
            1,
            plan -> {
              if (plan.miniBatch() > 100) {
                throw new UsageException("Too large.");
              }
            });
    assertThat(trials).allMatch(trial -> trial.plan().miniBatch() <= 100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "speed = 3                                 | speed is no hyperparameter: the names are layers, ",
        "rate = []                                 | rate has no choices: name at least one.",
        "rate = [1, 1.0]                           | rate has the choice 1.0 twice",
        "rate = [1, 0]                             | rate is 0.0, but must be a finite number above 0",
        "rate = null                               | rate is null, but must be a value, a list of them, or a range.",
        "rate = [{ from = 1, to = 2 }]             | rate is {from=1, to=2}, but must be a value",
        "rate = { from = 1 }                       | rate has a range without \"to\": a range is like { from = 0.01,",
        "rate = { to = 1 }                         | rate has a range without \"from\"",
        "rate = { form = 1, to = 2 }               | rate has a range with \"form\", which is not known",
        "rate = { from = 2, to = 1 }               | rate goes from 2 to 1: the first number must be below",
        "rate = { from = 1, to = 1.0 }             | rate goes from 1 to 1: the first",
        "rate = { from = 0, to = 1 }               | rate is 0.0, but must be a finite number above 0",
        "rate = { from = 1, to = 1e99 }            | rate is Infinity, but must be a finite number",
        "rate = { from = 1, to = 2, scale = lin }  | rate has a range with the scale lin, but it must be linear or log.",
        "rate = { from = 1, to = 2, step = 0 }     | rate has a step of 0, but it must be above 0 and at most 1.",
        "rate = { from = 1, to = 2, step = 1.5 }   | rate has a step of 1.5, but",
        "rate = { from = 1, to = 2, step = x }     | rate has a range with the step x, but only numbers",
        "rate = { from=1,to=2,scale=log,step=1 }   | rate has a step of 1 on a logarithmic scale",
        "rate = { from = 0x1p0, to = 2 }           | rate has a range with the from 0x1p0, but only numbers",
        "momentum = { from=0, to=0.9, scale=log }  | momentum begins at 0, but a range on a logarithmic scale",
        "batch = { from = 1.5, to = 3 }            | batch is 1.5, but must be a whole number",
        "batch = { from = 1, to = 3, step = 0.5 }  | batch has a step of 0.5, but its values are whole numbers.",
        "cost = { from = 1, to = 2 }               | cost is 1, but must be quadratic or",
        "cost = [quadratic, cubic]                 | cost is cubic, but must be quadratic or",
        "layers = [784, 16, 10]                    | In a space a list holds choices, each of them a whole value, such as layers = [\"784,16,16,10\"]."
      })
  void refusesWhatIsNoSpace(String hocon, String message) {
    assertThatThrownBy(() -> space(hocon))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }
}
