package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionBenchTest {
  @TempDir private Path folder;

  @Test
  void comparesThePlainExchangeWithTheEncryptedOneRoundByRound() throws Exception {
    List<String> progress = new ArrayList<>();
    Machine machine = new Machine("A Processor", 2, "Linux", "17", Machine.Vectors.NARROWER);
    String text =
        new EncryptionBench(machine, 2, List.of(1_000, 400_000), progress::add).run(folder);
    assertThat(text).contains("A Processor", "encrypted / plain");
    assertThat(text.lines().filter(line -> line.matches("(4000|1600000) .*")))
        .hasSize(2)
        .allMatch(line -> line.split("  +").length == 7);
    List<String> csv = Files.readAllLines(folder.resolve("encryption.csv"));
    assertThat(csv).hasSize(3);
    assertThat(csv.get(0))
        .startsWith("bytes,plain_seconds,")
        .contains("encrypted_seconds,", "plain_mb_s,", "encrypted_mb_s,", "ratio,ratio_min");
    assertThat(progress).containsExactly("round 1 of 2", "round 2 of 2");
  }
}
