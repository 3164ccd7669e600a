package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundsTest {
  private final List<String> told = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();

  @TempDir private Path out;
  private Rounds rounds;

  @BeforeEach
  void makeTheLogs() {
    rounds = new Rounds(out, progress::add);
  }

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
  void theTablesAreWrittenAnewAfterEveryWorkload() throws Exception {
    List<List<Measured>> all =
        List.of(
            List.of(new Measured(Fake.workload(), Fake.Played.of("a", told, Fake.epochs(1)))),
            List.of(new Measured(Fake.workload(), Fake.Played.of("b", told, Fake.epochs(2)))));
    List<Integer> written = new ArrayList<>();
    rounds.run(
        1,
        all,
        "table.csv",
        () -> {
          written.add(told.size());
          return "after " + told.size();
        });
    assertThat(written).containsExactly(1, 2);
    assertThat(out.resolve("table.csv")).content().isEqualTo("after 2");
    assertThat(Files.readAllLines(out.resolve("epochs.csv")))
        .containsExactly(
            "case,round,run,program,cores,epoch,seconds,evaluation_seconds,validation_accuracy",
            "tiny,1,a-1,a,1,1,1.00000,,0.800000",
            "tiny,1,b-1,b,1,1,2.00000,,0.800000");
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
