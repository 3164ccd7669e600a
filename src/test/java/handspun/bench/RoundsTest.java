package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private final List<String> told = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();
  private final Rounds rounds = new Rounds(Path.of("logs"), progress::add);

  @Test
  void programsTakeTurnsAndEveryRoundHasItsSeed() {
    List<Measured> all =
        Rounds.nothingYet(
            Fake.workload(),
            List.of(
                Fake.Played.of("a", told, Fake.epochs(1), Fake.epochs(2)),
                Fake.Played.of("b", told, Fake.epochs(3), Fake.epochs(4))));
    rounds.run(1, all);
    rounds.run(2, all);
    assertThat(told)
        .containsExactly(
            "tiny-1-a-1 seed 7", "tiny-1-b-1 seed 7", "tiny-2-a-1 seed 8", "tiny-2-b-1 seed 8");
    assertThat(progress).startsWith("tiny-1-a-1: 1.00 s an epoch");
    assertThat(all.get(1).rounds()).containsOnlyKeys(1, 2);
  }

  @Test
  void aProgramThatFailsAtOnceIsNotAskedAgainAndTheOthersGoOn() {
    List<Measured> all =
        Rounds.nothingYet(
            Fake.workload(),
            List.of(
                Fake.Played.of("a", told, (Measurement) null),
                Fake.Played.of("b", told, Fake.epochs(3), null, Fake.epochs(4))));
    for (int round = 1; round <= 3; round++) {
      rounds.run(round, all);
    }
    assertThat(told).filteredOn(label -> label.contains("-a-")).hasSize(1);
    assertThat(all.get(0).hopeless()).isTrue();
    assertThat(all.get(1).rounds()).containsOnlyKeys(1, 3);
    assertThat(all.get(1).failure()).contains("it fell over");
    assertThat(progress).contains("tiny-1-a-1: it fell over");
  }
}
