package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import handspun.bench.WireBench.Wire;
import handspun.wire.Protection;
import handspun.wire.Route.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeBenchTest {
  @TempDir private Path folder;

  private final List<String> progress = new ArrayList<>();

  private ExchangeBench bench(Project project, List<Integer> executors) {
    return new ExchangeBench(
        project,
        new Machine("A Processor", 2, "Linux", "17", Machine.Vectors.NARROWER),
        1,
        executors,
        progress::add);
  }

  @Test
  void comparesMiniBatchesOnOneExecutorAndOnTwoWhateverTheirNumberInAnEpoch() throws Exception {
    Path out = Files.createDirectory(folder.resolve("out"));
    String text = bench(MadeUpProject.in(folder), List.of()).run(out);
    assertThat(
            text.lines()
                .filter(line -> line.startsWith("784-16-16-10 "))
                .map(line -> line.replaceAll(" +", " ")))
        .startsWith(
            "784-16-16-10 10 1 executor 200 200 to 200 1.00",
            "784-16-16-10 10 2 executors, exchange 100 100 to 100 0.500",
            "784-16-16-10 10 2 executors, jobs 10000 10000 to 10000 50.0")
        .hasSize(9);
    assertThat(Files.readAllLines(out.resolve("exchange.csv")))
        .hasSize(1 + 18)
        .contains(
            "mini-batch,,784-100-10,100,2,exchange,"
                + "0.00100000,0.00100000,0.00100000,0.500000,0.500000,0.500000,");
    assertThat(out.resolve("epochs.csv")).isNotEmptyFile();
    assertThat(progress).hasSize(3 + 18);
  }

  @Test
  void timesEveryExchange() {
    for (Shape shape : Shape.values()) {
      assertThat(WireBench.run(shape, 2, 100, Wire.POLLING, Protection.CHECKSUM))
          .hasSize(1500)
          .allMatch(s -> s > 0);
      assertThat(WireBench.run(shape, 3, 100, Wire.FAR, Protection.AES_GCM))
          .hasSize(100)
          .allMatch(s -> s > 0.001);
    }
  }

  @Test
  void showsAnExchangeOfEverySizeShapeAndWayOfWaiting() throws Exception {
    Path out = Files.createDirectory(folder.resolve("out"));
    String text = bench(MadeUpProject.in(folder), List.of(2)).run(out);
    assertThat(
            text.lines()
                .filter(line -> line.matches("[0-9,]+ +2 +(polling|blocking|1 ms away) .*")))
        .hasSize(9)
        .allMatch(line -> line.trim().split("  +").length == 6);
    assertThat(text).contains("4,000", "52,008", "318,040");
    assertThat(Files.readAllLines(out.resolve("exchange.csv")))
        .hasSize(1 + 27 + 18)
        .anyMatch(line -> line.startsWith("exchange,52008,,,2,doubling blocking,"));
  }

  @Test
  void refusesOneExecutorAlone() {
    assertThatThrownBy(() -> bench(new Project(folder), List.of(2, 1)))
        .isInstanceOf(UsageException.class)
        .hasMessage("executors has 1 in it, but must be 2 or more each.");
  }
}
