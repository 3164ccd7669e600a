package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableTest {
  private record Run(String name, Spread seconds, double accuracy, String failure) {}

  private final Table<Run> table =
      new Table<Run>()
          .written("id", run -> run.name().toLowerCase(Locale.ROOT))
          .word("program", "name", Run::name)
          .range("ms", "seconds", 1000, Run::seconds)
          .figure("% right", "accuracy", 100, Run::accuracy)
          .shown("from", run -> "here")
          .written("failure", Run::failure);

  private final List<Run> runs =
      List.of(
          new Run("A, the first", new Spread(0.02, 0.01, 0.5), 0.9, ""),
          new Run("B", Spread.NONE, Double.NaN, "fell over"));

  @Test
  void peopleSeeWordsThenScaledFiguresAndWhyThereAreNone() {
    assertThat(table.text(runs, run -> Optional.of(run.failure()).filter(why -> !why.isEmpty())))
        .isEqualTo(
            """
            program       from    ms  least to most  % right
            A, the first  here  20.0    10.0 to 500     90.0
            B             here  fell over
            """);
  }

  @Test
  void otherProgramsReadUnscaledFiguresInTheOrderOfTheColumns() {
    assertThat(table.csv(runs))
        .isEqualTo(
            """
            id,name,seconds,seconds_min,seconds_max,accuracy,failure
            "a, the first","A, the first",0.0200000,0.0100000,0.500000,0.900000,
            b,B,,,,,fell over
            """);
  }
}
