package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's shell, as a user starts it. */
class ShellCommandIT {
  private static final Path TOUR = Path.of("src", "docs", "explore.jsh").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void theTourTrainsInThreadsAndOnSparkToTheSameBitsAndReadsAnImage() throws Exception {
    Path tour = folder.resolve("tour.jsh");
    // Into a folder of its own, and out of the shell in the end.
    String runs = "home.resolve(\"runs\")";
    assertThat(TOUR).content().contains(runs);
    String here = Files.readString(TOUR).replace(runs, "Path.of(\"runs\")");
    Files.writeString(tour, here + "/exit 3\n");

    Result result = new Trainings(folder).handspun("shell", tour.toString());

    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(3);
    assertThat(result.out())
        .contains("The first training image, a 5:")
        .containsPattern("%, parameters (\\w{64})\n(.*\n)*On Spark: parameters \\1\n")
        .contains("The first test image is a 7, read as a 7: [")
        .doesNotContain("Error", "Exception");
    assertThat(folder.resolve("curve.svg")).content().contains("<svg");
    try (var made = Files.list(folder.resolve("runs"))) {
      assertThat(made).hasSize(2);
    }
  }
}
