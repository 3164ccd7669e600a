package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.bench.Measurement.Step;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainTableTest {
  private static final Machine MACHINE =
      new Machine("A Processor", 2, "Linux 6", "17", Machine.Vectors.NARROWER);

  private final TrainTable table = new TrainTable(MACHINE, List.of(90.0, 94.5));

  private static List<Measured> example() {
    Measured failed = new Measured(Fake.workload(), Fake.program("mllib", 2));
    failed.fail("it fell over");
    return List.of(
        Fake.measured(Fake.program("handspun", 1), Fake.epochs(1, 0.5, 0.5), Fake.epochs(2, 1, 1)),
        Fake.measured(Fake.program("handspun", 2), Fake.epochs(1, 0.25), Fake.epochs(1, 0.25)),
        Fake.measured(Fake.program("numpy", 1), Fake.epochs(20, 50), Fake.epochs(20, 100)),
        Fake.measured(Fake.program("pytorch", 1), Fake.epochs(4, 5), Fake.epochs(4, 10)),
        Fake.measured(Fake.program("pytorch", 2), Fake.epochs(4, 9), Fake.epochs(4, 9)),
        Fake.measured(Fake.program("pytorch-skylakex", 2), Fake.epochs(4, 2), Fake.epochs(4, 2)),
        failed);
  }

  private String[] lines() {
    return table.text(List.of(example())).lines().map(String::stripTrailing).toArray(String[]::new);
  }

  @Test
  void showsEveryFigureOfTheExampleAsReckonedByHand() {
    assertThat(Arrays.asList(lines()).subList(0, 12))
        .containsExactly(
            "machine    A Processor, 2 cores, Linux 6, Java 17",
            "",
            "tiny: 784-16-10, mini-batch 10, learning rate 3.0, 3 epochs",
            "",
            "program           cores  epoch s   least to most  x NumPy  x PyTorch  all s  x NumPy  x PyTorch  to 90 %  to 94.5 %   MB",
            "HANDSPUN              1    0.750   0.500 to 1.00      100       10.0   3.00     32.5       4.00     2.25      never  100",
            "HANDSPUN              2    0.250  0.250 to 0.250      300       8.00   1.25     76.0       4.80     1.25      never  100",
            "NUMPY                 1     75.0     50.0 to 100     1.00      0.100   95.0     1.00      0.123     95.0      never  100",
            "PYTORCH               1     7.50    5.00 to 10.0     10.0       1.00   11.5     8.17       1.00     11.5      never  100",
            "PYTORCH               2     9.00    9.00 to 9.00     8.33      0.222   13.0     7.31      0.462     13.0      never  100",
            "PYTORCH-SKYLAKEX      2     2.00    2.00 to 2.00     37.5       1.00   6.00     15.8       1.00     6.00      never  100",
            "MLLIB                 2  not measured: it fell over.");
  }

  @Test
  void theCsvHasTheSameFiguresWithTheirSpread() {
    List<String> csv = table.csv(List.of(example())).lines().toList();
    assertThat(csv).hasSize(8);
    Map<String, String> row = row(csv, 1);
    assertThat(row)
        .containsEntry("case", "tiny")
        .containsEntry("layers", "784-16-10")
        .containsEntry("program", "handspun")
        .containsEntry("cores", "1")
        .containsEntry("rounds", "2")
        .containsEntry("epoch_seconds", "0.750000")
        .containsEntry("epoch_seconds_min", "0.500000")
        .containsEntry("epoch_seconds_max", "1.00000")
        .containsEntry("epoch_times_numpy", "100.000")
        .containsEntry("all_seconds_max", "4.00000")
        .containsEntry("all_times_numpy_min", "30.0000")
        .containsEntry("all_times_numpy_max", "35.0000")
        .containsEntry("seconds_to_90", "2.25000")
        .containsEntry("seconds_to_94.5", "")
        .containsEntry("peak_megabytes", "100.000")
        .containsEntry("failure", "");
    assertThat(row(csv, 7))
        .containsEntry("program", "mllib")
        .containsEntry("rounds", "0")
        .containsEntry("epoch_seconds", "")
        .containsEntry("failure", "it fell over");
  }

  private static Map<String, String> row(List<String> csv, int number) {
    String[] names = csv.get(0).split(",", -1);
    String[] fields = csv.get(number).split(",", -1);
    assertThat(fields).hasSameSizeAs(names);
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      row.put(names[i], fields[i]);
    }
    return row;
  }

  @Test
  void wholeFitsHaveNoEpochsAndNoRatios() {
    Measurement fits =
        new Measurement(
            List.of(new Step(100, 24, Double.NaN, 0.95), new Step(50, 13, Double.NaN, 0.91)),
            true,
            Double.NaN,
            "Spark 4",
            "",
            0);
    List<Measured> all =
        List.of(
            Fake.measured(Fake.program("mllib", 2), fits),
            Fake.measured(Fake.program("numpy", 1), Fake.epochs(20, 50)));
    assertThat(table.text(List.of(all)).lines().filter(line -> line.startsWith("MLLIB  ")))
        .singleElement()
        .asString()
        .matches("MLLIB +2 +- +- +- +- +24.0 +- +- +13.0 +24.0 +-");
  }

  @Test
  void saysWhetherTheBitsAreTheSame() {
    Measured one = Fake.measured(Fake.program("handspun", 1), Fake.withBits(Fake.epochs(1), "aa"));
    Measured two = Fake.measured(Fake.program("oracle", 1), Fake.withBits(Fake.epochs(1), "aa"));
    assertThat(table.text(List.of(List.of(one, two))))
        .contains("Same bits in every round: HANDSPUN (1), ORACLE (1)");
    one.add(2, Fake.withBits(Fake.epochs(1), "bb"));
    two.add(2, Fake.withBits(Fake.epochs(1), "cc"));
    assertThat(table.text(List.of(List.of(one, two))))
        .contains("NOT the same bits in round 2: HANDSPUN (1), ORACLE (1): [bb, cc]");
    assertThat(table.text(List.of(List.of(one)))).doesNotContain("same bits", "Same bits");
  }

  @Test
  void tellsARoundThatFailedAmongOthers() {
    Measured measured = Fake.measured(Fake.program("numpy", 1), Fake.epochs(1));
    measured.fail("it was killed by signal 9");
    assertThat(table.text(List.of(List.of(measured))))
        .contains("NUMPY, 1 core: only 1 round; another failed: it was killed by signal 9.")
        .doesNotContain("not measured");
  }
}
