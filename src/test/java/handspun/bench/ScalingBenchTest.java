package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalingBenchTest {
  @TempDir private Path folder;
  private Path out;
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void makeTheFolder() throws Exception {
    out = Files.createDirectory(folder.resolve("out"));
  }

  private ScalingBench bench(Project project, Integer... cores) {
    return new ScalingBench(
        project,
        new Machine("A Processor", 2, "Linux", "17", Machine.Vectors.NARROWER),
        1,
        List.of(cores),
        progress::add);
  }

  private static List<Workload> narrow(Integer... miniBatches) {
    return ScalingBench.workloads(List.of("narrow"), List.of(miniBatches), OptionalInt.of(2));
  }

  @Test
  void comparesEveryStrategyAndNumberOfPartitionsWithOneCore() throws Exception {
    ScalingBench.Outcome outcome = bench(MadeUpProject.in(folder), 1, 2).run(narrow(10, 1000), out);
    assertThat(
            outcome
                .text()
                .lines()
                .filter(line -> line.startsWith("784-"))
                .map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "784-16-16-10 10 exchange 1 1.00 1.00 to 1.00 1.00 -",
            "784-16-16-10 10 exchange 2 0.500 0.500 to 0.500 2.00 -",
            "784-16-16-10 10 exchange default: 2 0.500 0.500 to 0.500 2.00 1.00",
            "784-16-16-10 1000 exchange 1 1.00 1.00 to 1.00 1.00 -",
            "784-16-16-10 1000 exchange 2 0.500 0.500 to 0.500 2.00 -",
            "784-16-16-10 1000 exchange default: 2 0.500 0.500 to 0.500 2.00 1.00",
            "784-16-16-10 1000 jobs 1 1.00 1.00 to 1.00 1.00 -",
            "784-16-16-10 1000 jobs 2 0.500 0.500 to 0.500 2.00 -",
            "784-16-16-10 1000 jobs default: 2 0.500 0.500 to 0.500 2.00 1.00");
    assertThat(Files.readAllLines(out.resolve("scaling.csv")))
        .hasSize(10)
        .contains(
            "784-16-16-10,10,1,exchange,2,2,false,1,0.500000,0.500000,0.500000,2.00000,2.00000,"
                + "2.00000,,,,");
    assertThat(Files.readAllLines(out.resolve("epochs.csv"))).hasSize(19);
    assertThat(outcome.warning()).isEmpty();
    assertThat(out.resolve("scaling.svg")).content().contains("<svg");
  }

  @Test
  void drawsALineForEverythingButTheBase() {
    Contender base = handspun(1, "exchange", OptionalInt.of(1));
    Contender two = handspun(2, "exchange", OptionalInt.of(2));
    Contender chosen = handspun(2, "exchange", OptionalInt.empty());
    Contender jobs = handspun(1, "jobs", OptionalInt.of(1));
    Measured never = new Measured(Fake.workload(), handspun(2, "jobs", OptionalInt.of(2)));
    never.fail("it fell over");
    List<Measured> all =
        List.of(
            Fake.measured(base, Fake.epochs(9, 4)),
            Fake.measured(two, Fake.epochs(9, 2)),
            Fake.measured(chosen, Fake.epochs(9, 1)),
            Fake.measured(jobs, Fake.epochs(9, 8)),
            never);
    assertThat(ScalingTable.lines(List.of(all, all)))
        .containsExactly(
            line("exchange", "2 partitions", 2.0),
            line("exchange", "default", 4.0),
            line("jobs", "1 partition", 0.5));
  }

  private static Contender handspun(int cores, String aggregate, OptionalInt partitions) {
    return HandspunTraining.local(Path.of("h"), Path.of("d"), cores, aggregate, partitions);
  }

  private static SpeedUpChart.Line line(String strategy, String partitions, double speedUp) {
    return new SpeedUpChart.Line(
        "784-16-10", strategy, partitions, List.of(10, 10), List.of(speedUp, speedUp));
  }

  @Test
  void asksForNoMorePartitionsThanAMiniBatchCanKeepBusy() throws Exception {
    bench(MadeUpProject.in(folder), 1, 2, 16).run(narrow(10), out);
    assertThat(progress)
        .extracting(line -> line.replaceAll(":.*", ""))
        .containsExactly(
            "narrow-10-1-handspun-exchange-1-1",
            "narrow-10-1-handspun-exchange-2-2",
            "narrow-10-1-handspun-exchange-16");
  }

  @Test
  void onOneCoreThereIsNothingToDraw() throws Exception {
    ScalingBench.Outcome outcome = bench(MadeUpProject.in(folder), 1).run(narrow(10), out);
    assertThat(outcome.warning().orElseThrow()).contains("nothing to compare one core with");
    assertThat(out.resolve("scaling.svg")).doesNotExist();
  }

  @Test
  void aRunThatFailsLeavesTheOthersAlone() throws Exception {
    Project project =
        MadeUpProject.in(
            folder,
            """
            case $* in *'local[2]'*) echo 'handspun: No memory.' >&2; exit 1 ;; esac
            while [ "$1" != --run ]; do shift; done
            mkdir "$2"
            printf 'epoch,validation_accuracy\\n1,0.9\\n' >"$2/metrics.csv"
            echo '{"epochSeconds":[2],"partitions":1}'
            """);
    assertThat(bench(project, 1, 2).run(narrow(10), out).text())
        .containsPattern("10 +exchange +1 +2.00 ")
        .contains(
            "not measured: it ended with exit status 1; its last words: handspun: No memory.");
  }

  @Test
  void whereNothingCanBeMeasuredItSaysSoAndWhy() throws Exception {
    Project project = MadeUpProject.in(folder, "echo 'handspun: No memory.' >&2; exit 1");
    assertThatThrownBy(() -> bench(project, 1, 2).run(narrow(10), out))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("Nothing could be measured")
        .hasMessageContaining("handspun: No memory.");
  }

  @Test
  void refusesUnknownNetworksAndImpossibleMiniBatches() {
    assertThatThrownBy(
            () -> ScalingBench.workloads(List.of("deep"), List.of(10), OptionalInt.empty()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no network deep", "narrow, wide, or all");
    assertThatThrownBy(() -> narrow(0))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mini-batch is 0", "1 to 50000");
    assertThatThrownBy(() -> narrow(50_001)).hasMessageContaining("50001");
    assertThat(ScalingBench.workloads(List.of("all"), List.of(10, 32), OptionalInt.empty()))
        .extracting(Workload::name)
        .containsExactly("narrow-10", "narrow-32", "wide-10", "wide-32");
  }
}
