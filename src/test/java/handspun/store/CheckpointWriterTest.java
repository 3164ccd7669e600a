package handspun.store;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.files.Location;
import handspun.network.Topology;
import handspun.train.EpochSummary;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointWriterTest {
  private static final Plan PLAN = new Plan(new Topology(30, 5), 500, 10, 3, 1, 1);

  @TempDir Path folder;

  private final Dataset data = MadeUpExamples.dataset(30, 6, 5, 6, 5, 1);
  private final List<String> warnings = new ArrayList<>();

  private CheckpointWriter writer(int every) {
    return new CheckpointWriter(Location.of(folder), PLAN, data, every, epochs(0), warnings::add);
  }

  private KeptEpochsWriter epochs(int megabytes) {
    return new KeptEpochsWriter(Location.of(folder), PLAN, megabytes, warnings::add);
  }

  private static TrainingState state(int done) {
    TrainingState initial = TrainingState.initial(PLAN);
    return new TrainingState(
        initial.model(),
        initial.network(),
        initial.best(),
        Math.min(1, done),
        IntStream.rangeClosed(1, done)
            .mapToObj(epoch -> new EpochSummary(epoch, 0.5, 3, 6, 1, List.of(30)))
            .toList());
  }

  private Path file() {
    return folder.resolve(CheckpointFile.NAME);
  }

  private int epochsInFile() {
    return CheckpointFile.read(Location.of(file())).state().epochsDone();
  }

  @Test
  void theLastOfManyStatesIsInTheFileWhenItIsClosed() throws IOException {
    CheckpointWriter writer = writer(1);
    try (writer) {
      for (int done = 0; done <= 300; done++) {
        writer.reached(state(done));
      }
    }
    assertThat(epochsInFile()).isEqualTo(300);
    assertThat(writer.saved().orElseThrow().epochsDone()).isEqualTo(300);
    Checkpoint checkpoint = CheckpointFile.read(Location.of(file()));
    assertThat(checkpoint.plan()).isEqualTo(PLAN);
    assertThat(checkpoint.data()).isEqualTo(Path.of(data.location()).toAbsolutePath().toString());
    assertThat(checkpoint.dataSha256()).isEqualTo(data.sha256());
    assertThat(checkpoint.validation()).isEqualTo(6);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void betweenTwoCheckpointsNothingIsWrittenButAtTheEndEverythingIs() throws Exception {
    try (CheckpointWriter writer = writer(10)) {
      writer.reached(state(0));
      awaitEpochs(writer, 0);
      for (int done = 1; done <= 10; done++) {
        writer.reached(state(done));
      }
      awaitEpochs(writer, 10);
      writer.reached(state(11));
      writer.reached(state(12));
      assertThat(epochsInFile()).isEqualTo(10);
    }
    assertThat(epochsInFile()).isEqualTo(12);
  }

  @Test
  void aResumedRunIsWrittenAtOnceBecauseItsPlanMayBeLonger() {
    try (CheckpointWriter writer = writer(10)) {
      writer.reached(state(7));
    }
    assertThat(epochsInFile()).isEqualTo(7);
  }

  private static void awaitEpochs(CheckpointWriter writer, int epochs) throws Exception {
    while (writer.saved().map(state -> state.epochsDone() != epochs).orElse(true)) {
      Thread.sleep(1);
    }
  }

  @Test
  void zeroMeansNever() {
    CheckpointWriter writer = writer(0);
    try (writer) {
      writer.reached(state(0));
      writer.reached(state(1));
    }
    assertThat(file()).doesNotExist();
    assertThat(writer.saved()).isEmpty();
  }

  @Test
  void whatCannotBeWrittenIsToldOnceAndTrainingGoesOn() throws IOException {
    Files.createDirectory(file());
    CheckpointWriter writer = writer(1);
    try (writer) {
      for (int done = 0; done < 5; done++) {
        writer.reached(state(done));
      }
    }
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("Could not write " + file(), "is a folder");
    assertThat(writer.saved()).isEmpty();
  }

  @Test
  void afterItsEndItWritesNothing() {
    CheckpointWriter writer = writer(1);
    writer.reached(state(1));
    writer.close();
    writer.reached(state(2));
    writer.close();
    assertThat(epochsInFile()).isEqualTo(1);
    assertThat(writer.saved().orElseThrow().epochsDone()).isEqualTo(1);
  }

  @Test
  void withoutAStateThereIsNothingToWrite() {
    writer(1).close();
    assertThat(file()).doesNotExist();
  }
}
