package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return BenchMain.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @Test
  void withoutABenchmarkSaysWhichThereAre() {
    assertThat(run("bench")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "bench needs a benchmark: one of train, scaling, exchange, encryption, kernels, serve, soak.")
        .doesNotContain("oracle");
  }

  @Test
  void withoutBenchmarksTheProgramSaysWhoBuildsThem() {
    String[] typed = {"bench", "train", "--case", "narrow"};
    assertThat(Main.run(List.of(), new PrintWriter(out), new PrintWriter(err), typed)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "handspun: There are no benchmarks in handspun.jar: run bin/handspun bench, which"
                + " builds them.\n");
  }

  @Test
  void showsWhereAnErrorComesFromIfAskedTo() {
    assertThat(run("bench", "train", "--case", "thin", "--debug")).isEqualTo(2);
    assertThat(err.toString()).contains("no case thin", "at handspun.bench.TrainCase.named");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train --case thin | no case thin",
        "train --only fortran | no program fortran",
        "train --rounds 0 | rounds is 0, but must be at least 1",
        "train --cores 0,2 | cores has 0 in it",
        "train --epochs 0 | epochs is 0",
        "train --layers 10,10 | layers is 10,10",
        "train --case all --batch 20 | 4 are named",
        "scaling --case deep | no network deep",
        "scaling --batches 0 | mini-batch is 0",
        "scaling --rounds -1 | rounds is -1",
        "serve --rounds 0 | rounds is 0",
        "serve --only bmp | no body bmp: name some of json, binary, png-28, png-280, batch",
        "soak --requests 999 | requests is 999, but must be at least 1000",
        "dance | dance"
      })
  void refusesWhatIsImpossible(String options, String words) {
    assertThat(run(("bench " + options).split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains("handspun: ", words);
  }

  @Test
  void neverWritesIntoAFolderThatHoldsSomething() throws Exception {
    Files.createFile(folder.resolve("train.csv"));
    assertThat(run("bench", "train", "--out", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(folder + " is not empty", "--out");
  }

  @Test
  void coresDoubleUpToAll() {
    assertThat(BenchScalingCommand.upTo(1)).containsExactly(1);
    assertThat(BenchScalingCommand.upTo(2)).containsExactly(1, 2);
    assertThat(BenchScalingCommand.upTo(6)).containsExactly(1, 2, 4, 6);
  }
}
