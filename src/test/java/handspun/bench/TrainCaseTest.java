package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainCaseTest {
  private static TrainCase narrow() {
    return TrainCase.named(List.of("narrow")).get(0);
  }

  @Test
  void allAreTheFourNamedOnesOnceEach() {
    assertThat(TrainCase.named(List.of("deep", "all")))
        .extracting(c -> c.workload().name())
        .containsExactly("deep", "narrow", "hundred", "wide800");
  }

  @Test
  void theNarrowCaseIsTheDefaultTrainingAndMeasuresEverything() {
    assertThat(narrow().workload())
        .hasToString("narrow: 784-16-16-10, mini-batch 10, learning rate 3.0, 30 epochs");
    assertThat(narrow().programs()).containsExactly(Program.values());
  }

  @Test
  void anUnknownCaseOrProgramIsRefusedWithTheNamesThereAre() {
    assertThatThrownBy(() -> TrainCase.named(List.of("thin")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no case thin", "narrow, hundred, deep, wide800, or all");
    assertThatThrownBy(() -> Program.named(List.of("numpy", "fortran")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no program fortran", "handspun, numpy, pytorch, mllib, oracle");
  }

  @Test
  void aCaseCanBeChanged() {
    TrainCase changed =
        narrow()
            .withLayers("784,30,10")
            .withMiniBatch(128)
            .withRate(1.5f)
            .withEpochs(2)
            .withPrograms(Program.named(List.of("oracle", "numpy")));
    assertThat(changed.workload())
        .hasToString("own: 784-30-10, mini-batch 128, learning rate 1.5, 2 epochs");
    assertThat(changed.workload().plan().lanes()).isEqualTo(8);
    assertThat(changed.programs()).containsExactly(Program.ORACLE, Program.NUMPY);
  }

  @Test
  void impossibleChangesAreRefused() {
    assertThatThrownBy(() -> narrow().withLayers("100,10"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("layers is 100,10", "begin with 784 and end with 10");
    assertThatThrownBy(() -> narrow().withMiniBatch(0))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("batch is 0");
    assertThatThrownBy(() -> narrow().withEpochs(0))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("epochs is 0");
    assertThatThrownBy(() -> narrow().withRate(-1))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("rate is -1.0");
  }
}
