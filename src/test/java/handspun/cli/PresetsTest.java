package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import handspun.files.Location;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.train.Hyperparameter;
import handspun.train.Hyperparameters;
import handspun.train.PinnedPlan;
import handspun.train.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
  /** Which follow from others. */
  private static final List<Hyperparameter<?>> DERIVED = List.of(Hyperparameters.LANES);

  static Stream<String> presets() {
    return ConfigFile.presets().stream();
  }

  private static Plan plan(String preset) {
    return Settings.read(preset, null, Map.of(), Map::of).plan();
  }

  @Test
  void areThose() {
    assertThat(ConfigFile.presets()).contains("seed", "small", "fast", "best", "drawn");
  }

  /** So that no default of the user's own changes what a preset means. */
  @ParameterizedTest
  @MethodSource("presets")
  void nameEveryHyperparameterAndNothingElse(String name) {
    Config preset = ConfigFile.preset(name);
    assertThat(preset.root().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Hyperparameters.ALL.stream()
                .filter(one -> !DERIVED.contains(one))
                .map(Hyperparameter::name)
                .toList());
    assertThat(plan(name).epochs()).isPositive();
  }

  @Test
  void smallIsWhatTrainDoesByItselfWithItsPinnedBits() {
    assertThat(plan("small").epochs()).isEqualTo(40);
    assertThat(plan("small").withEpochs(2)).isEqualTo(PinnedPlan.SMALL.plan());
  }

  @Test
  void seedIsThePlanOfTheBookWithTheBitsThatItAlwaysGave() {
    assertThat(plan("seed")).isEqualTo(PinnedPlan.DEFAULT_TO_THE_END.plan());
  }

  @Test
  void drawnIsThePlanOfTheModelThatComesWithHandspun() {
    Model model = ModelFile.read(Location.of(Path.of("data/models/drawn.handspun")));
    assertThat(model.plan()).contains(plan("drawn"));
  }
}
