package handspun.train;

import static handspun.train.Hyperparameters.LOCAL_STEPS;
import static handspun.train.Hyperparameters.SEED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import handspun.network.Topology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class HyperparametersTest {
  static final List<Hyperparameter<?>> ALL = Hyperparameters.ALL;

  @ParameterizedTest
  @FieldSource("ALL")
  <T> void theDefaultIsPossibleAndReadAsItIsWritten(Hyperparameter<T> hyperparameter) {
    Stream.of(hyperparameter.otherwise(), hyperparameter.before())
        .flatMap(Optional::stream)
        .forEach(
            value ->
                assertThat(hyperparameter.parse(hyperparameter.kind().format().apply(value)))
                    .isEqualTo(value));
  }

  @Test
  void noTwoHaveTheSameName() {
    assertThat(ALL).extracting(Setting::name).doesNotHaveDuplicates();
    assertThat(ALL).extracting(Hyperparameter::jsonName).doesNotHaveDuplicates();
  }

  @Test
  void jsonCallsThemAsItAlwaysDid() {
    assertThat(ALL)
        .extracting(Hyperparameter::jsonName)
        .contains("layers", "epochs", "miniBatch", "learningRate", "seed", "lanes", "localSteps")
        .contains("costFunction", "initialWeights", "activation", "schedule", "patience");
  }

  @Test
  void areFoundByTheirNames() {
    assertThat(Hyperparameters.find("local-steps")).hasValue(LOCAL_STEPS);
    assertThat(Hyperparameters.find("localSteps")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "5", "2147483646", "epoch"})
  void localStepsAreReadAsTheyAreWritten(String text) {
    assertThat(LOCAL_STEPS.kind().format().apply(LOCAL_STEPS.parse(text))).isEqualTo(text);
  }

  @Test
  void localStepsKnowTheEpoch() {
    assertThat(LOCAL_STEPS.parse("Epoch")).isEqualTo(LocalSteps.EPOCH);
    assertThat(LOCAL_STEPS.parse("5")).isEqualTo(5);
    assertThat(LOCAL_STEPS.kind().json().apply(5)).isEqualTo("5");
    assertThat(LOCAL_STEPS.kind().label()).isEqualTo("N|epoch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "five", "1.5", "0", "-1", "epochs"})
  void localStepsAreAtLeastOneOrAnEpoch(String text) {
    assertRefused(
        LOCAL_STEPS,
        text,
        "local-steps is %s, but must be a whole number of at least 1, or epoch: try 1."
            .formatted(text));
  }

  private static void assertRefused(Setting<?> setting, String text, String sentence) {
    assertThatThrownBy(() -> setting.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessage(sentence);
  }

  @Test
  void wholeNumbersMayBeWrittenInEveryWay() {
    Setting<Integer> setting = new Setting<>("depth", Kind.wholeFrom(-3), 2, "");
    assertThat(setting.parse(" 7 ")).isEqualTo(7);
    assertThat(setting.parse("7.0")).isEqualTo(7);
    assertThat(setting.parse("1e3")).isEqualTo(1000);
    assertThat(setting.parse("-3")).isEqualTo(-3);
    assertThat(setting.parse("2147483647")).isEqualTo(Integer.MAX_VALUE);
    assertRefused(
        setting,
        "2147483648",
        "2147483648 is too large a number: the largest possible is 2147483647.");
    assertThat(SEED.parse("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "9223372036854775808"})
  void numbersOfAbsurdSizeAreRefused(String text) {
    assertThatThrownBy(() -> LOCAL_STEPS.parse(text)).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> SEED.parse(text)).isInstanceOf(UsageException.class);
  }

  @Test
  void realNumbersHaveTheirRangeInTheirSentence() {
    Setting<Float> above = new Setting<>("rate", Kind.realAbove(0), 3.0f, "");
    String range = "but must be a finite number above 0: try 3.0.";
    assertThat(above.parse("1e-3")).isEqualTo(0.001f);
    assertThat(above.parse("1e-45")).isEqualTo(Float.MIN_VALUE);
    assertRefused(above, "-1", "rate is -1.0, " + range);
    assertRefused(above, "1e-60", "rate is 0.0, " + range);
    assertRefused(above, "Infinity", "rate is Infinity, " + range);
    assertRefused(above, "NaN", "rate is NaN, " + range);
    assertRefused(above, "fast", "rate is fast, " + range);
    Setting<Float> between = new Setting<>("momentum", Kind.realBetween(0, 0.5f), 0f, "");
    assertThat(between.parse("0")).isZero();
    assertThat(between.parse("0.5")).isEqualTo(0.5f);
    assertRefused(
        between, "0.51", "momentum is 0.51, but must be a number from 0 to 0.5: try 0.0.");
  }

  private enum Colour {
    RED,
    GREEN
  }

  @Test
  void choicesAreNamed() {
    Setting<Colour> colour =
        Setting.optional("colour", Kind.oneOf(List.of(Colour.values())), "none", "Of it.");
    assertThat(colour.parse("green")).isEqualTo(Colour.GREEN);
    assertThat(colour.kind().label()).isEqualTo("RED|GREEN");
    assertThat(colour.description()).isEqualTo("Of it. Default: none.");
    assertRefused(colour, "blue", "colour is blue, but must be RED or GREEN.");
  }

  @Test
  void layersHaveSentencesOfTheirOwn() {
    assertThat(Hyperparameters.LAYERS.parse("784, 30,10")).isEqualTo(new Topology(784, 30, 10));
    assertThatThrownBy(() -> Hyperparameters.LAYERS.parse("784,ten"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("784,16,16,10");
  }
}
