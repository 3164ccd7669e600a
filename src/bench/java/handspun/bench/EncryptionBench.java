package handspun.bench;

import handspun.bench.WireBench.Wire;
import handspun.wire.Protection;
import handspun.wire.Route.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What it costs that an exchange is encrypted: {@code bench encryption}. Two executors send each
 * other a vector, plain and encrypted in turn, so that whatever slows the machine down slows both.
 */
final class EncryptionBench {
  /** Factors of a small mini-batch, gradients of two networks, and of larger ones. */
  static final List<Integer> FLOATS = List.of(1_000, 13_002, 79_510, 1 << 18, 3 << 18);

  private static final double MICROSECONDS = 1e6;
  private static final double MEGABYTES = 1e-6;
  private static final String LEGEND =
      """
      plain, encrypted   microseconds until two executors, threads of one process that are connected
                 over the loopback device, have sent each other so many bytes, taken them in and
                 added them up: medians of the rounds' medians.
      MB/s       the same, as what each of the two sends and gets.
      ratio      encrypted / plain: median of the rounds' ratios.
      """;

  /** What one vector took, round by round. */
  private record Row(int floats, List<Double> plain, List<Double> encrypted) {
    Row(int floats) {
      this(floats, new ArrayList<>(), new ArrayList<>());
    }

    int bytes() {
      return floats * Float.BYTES;
    }

    double megabytesPerSecond(List<Double> seconds) {
      return bytes() * MEGABYTES / Spread.of(seconds).median();
    }

    Spread ratio() {
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < plain.size(); round++) {
        ratios.add(encrypted.get(round) / plain.get(round));
      }
      return Spread.of(ratios);
    }
  }

  private final Machine machine;
  private final int rounds;
  private final List<Integer> floats;
  private final Consumer<String> progress;

  private final Table<Row> table =
      new Table<Row>()
          .word("bytes", "bytes", row -> String.valueOf(row.bytes()))
          .spread("plain us", "plain_seconds", MICROSECONDS, row -> Spread.of(row.plain()))
          .spread(
              "encrypted us", "encrypted_seconds", MICROSECONDS, row -> Spread.of(row.encrypted()))
          .figure("plain MB/s", "plain_mb_s", 1, row -> row.megabytesPerSecond(row.plain()))
          .figure(
              "encrypted MB/s", "encrypted_mb_s", 1, row -> row.megabytesPerSecond(row.encrypted()))
          .range("ratio", "ratio", 1, Row::ratio);

  /**
   * @param machine that it runs on
   * @param rounds how often everything is run, at least 1
   * @param floats lengths of the vectors
   * @param progress is told a line for every round
   */
  EncryptionBench(Machine machine, int rounds, List<Integer> floats, Consumer<String> progress) {
    this.machine = machine;
    this.rounds = rounds;
    this.floats = List.copyOf(floats);
    this.progress = progress;
  }

  /**
   * Measures. The table, encryption.csv, is written anew after every round.
   *
   * @param out an existing folder
   * @return the table, for people
   * @throws handspun.HandspunException if it cannot be measured, or a file not be written
   */
  String run(Path out) {
    Map<Integer, Row> rows = new TreeMap<>();
    floats.forEach(length -> rows.put(length, new Row(length)));
    for (Row row : rows.values()) {
      // For nothing: Java has not compiled the cipher yet.
      seconds(row, Protection.CHECKSUM);
      seconds(row, Protection.AES_GCM);
    }
    for (int round = 1; round <= rounds; round++) {
      for (Row row : rows.values()) {
        // Who comes first may find the processor cooler.
        if (round % 2 == 0) {
          row.encrypted().add(seconds(row, Protection.AES_GCM));
          row.plain().add(seconds(row, Protection.CHECKSUM));
        } else {
          row.plain().add(seconds(row, Protection.CHECKSUM));
          row.encrypted().add(seconds(row, Protection.AES_GCM));
        }
      }
      new OutFolder(out).write("encryption.csv", table.csv(List.copyOf(rows.values())));
      progress.accept("round " + round + " of " + rounds);
    }
    return "machine    "
        + machine
        + "\n\n"
        + table.text(List.copyOf(rows.values()), row -> Optional.empty())
        + "\n"
        + LEGEND;
  }

  private static double seconds(Row row, Protection protection) {
    return Spread.of(WireBench.run(Shape.DOUBLING, 2, row.floats(), Wire.POLLING, protection))
        .median();
  }
}
