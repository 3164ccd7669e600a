package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.files.Location;
import handspun.network.Topology;
import handspun.run.SeedFigures;
import handspun.run.SeedsResult;
import handspun.train.Plan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedsConsoleTest {
  private static SeedsResult result(SeedFigures... figures) {
    Plan plan = new Plan(new Topology(30, 5), 3, 10, 3f, 9, 1);
    return new SeedsResult(plan, Location.of(Path.of("run")), List.of(figures));
  }

  @Test
  void hasALineForEverySeedAndForAll() {
    assertThat(
            SeedsConsole.table(
                result(
                    new SeedFigures(9, 30, 0.9376, 9339, 10000, 4.71, "a"),
                    new SeedFigures(10, 30, 0.94, 9365, 10000, 4.29, "b"))))
        .isEqualTo(
            """
             seed  validation     test  seconds
                9       93.76    93.39      4.7
               10       94.00    93.65      4.3
             mean       93.88    93.52      4.5
               sd        0.17     0.18      0.3
              min       93.76    93.39      4.3
              max       94.00    93.65      4.7
            """);
  }

  @Test
  void hasADashWhereNothingValidates() {
    assertThat(SeedsConsole.table(result(new SeedFigures(9, 3, Double.NaN, 5, 10, 1, "a"))))
        .contains("    9           -    50.00      1.0\n", " mean           -    50.00      1.0\n");
  }
}
