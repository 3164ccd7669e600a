package handspun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T16:03:29.9Z"), ZoneId.of("Europe/Berlin"));

  @TempDir Path folder;

  @Test
  void namesARunByTheTimeOfItsStart() {
    Path run = Runs.newRun(folder.resolve("deep/runs"), CLOCK);

    assertThat(run).isEmptyDirectory().isEqualTo(folder.resolve("deep/runs/2026-11-22T17-03-29"));
  }

  @Test
  void twoRunsOfOneSecondHaveFoldersOfTheirOwn() {
    Runs.newRun(folder, CLOCK);

    assertThat(Runs.newRun(folder, CLOCK)).hasFileName("2026-11-22T17-03-29-2");
    assertThat(Runs.newRun(folder, CLOCK)).hasFileName("2026-11-22T17-03-29-3").isEmptyDirectory();
  }

  @Test
  void saysThatARunHasNoPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("runs"), "a file");

    assertThatThrownBy(() -> Runs.newRun(file, CLOCK))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("Could not make a folder", file.toString());
  }

  private static Optional<Path> newest(Path folder) {
    return Runs.models(folder).stream().findFirst().map(Runs.Written::model);
  }

  @Test
  void listsThemByTheTimeOfWritingAndTellsTheirSize() throws IOException {
    model("2026-01-01T00-00-00", 100);
    model("2026-01-02T00-00-00", 300);
    model("2026-01-03T00-00-00", 200);

    assertThat(Runs.models(folder))
        .extracting(written -> written.model().getParent().getFileName().toString())
        .containsExactly("2026-01-02T00-00-00", "2026-01-03T00-00-00", "2026-01-01T00-00-00");
    Runs.Written last = Runs.models(folder).get(0);
    assertThat(last.size()).isEqualTo("a model".length());
    assertThat(Runs.written(last.model())).contains(last);
    assertThat(Runs.written(folder)).isEmpty();
    assertThat(Runs.written(folder.resolve("none"))).isEmpty();
  }

  @Test
  void findsTheModelThatWasWrittenLast() throws IOException {
    model("2026-01-01T00-00-00", 300);
    model("2026-01-02T00-00-00", 200);
    model("mine", 100);
    Files.createDirectory(folder.resolve("2026-12-31T00-00-00"));
    Files.createDirectories(folder.resolve("2027-01-01T00-00-00").resolve(Runs.MODEL));
    Files.writeString(folder.resolve("notes"), "no run");

    assertThat(newest(folder)).contains(folder.resolve("2026-01-01T00-00-00/model.handspun"));
  }

  @Test
  void findsTheModelsOfSeveralSeedsToo() throws IOException {
    model("2026-01-01T00-00-00", 100);
    Files.createDirectory(folder.resolve("2026-01-02T00-00-00"));
    model("2026-01-02T00-00-00/seed-1", 200);
    model("2026-01-02T00-00-00/other", 300);

    assertThat(newest(folder))
        .contains(folder.resolve("2026-01-02T00-00-00/seed-1/model.handspun"));
  }

  @Test
  void ofModelsOfOneTimeTheLastNameWins() throws IOException {
    model("2026-01-01T00-00-00", 100);
    model("2026-01-01T00-00-00-2", 100);

    assertThat(newest(folder)).contains(folder.resolve("2026-01-01T00-00-00-2/model.handspun"));
  }

  @Test
  void thereMayBeNoModel() {
    assertThat(newest(folder)).isEmpty();
    assertThat(newest(folder.resolve("none"))).isEmpty();
  }

  private void model(String run, long seconds) throws IOException {
    Path model = Files.createDirectory(folder.resolve(run)).resolve(Runs.MODEL);
    Files.writeString(model, "a model");
    Files.setLastModifiedTime(model, FileTime.from(Instant.ofEpochSecond(seconds)));
  }
}
