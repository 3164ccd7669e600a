package handspun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  @TempDir Path folder;

  @Test
  void aRunIsLockedUntilItIsClosed() throws IOException {
    Files.writeString(folder.resolve("plan.conf"), "");
    try (RunLock lock = RunLock.take(Location.of(folder))) {
      assertThat(lock.folder()).isEqualTo(Location.of(folder));
      assertThatThrownBy(() -> RunLock.take(Location.of(folder)))
          .isExactlyInstanceOf(HandspunException.class)
          .hasMessageContainingAll("The run " + folder, "trained by another process");
    }
    RunLock.take(Location.of(folder)).close();
    assertThat(folder.resolve("plan.conf")).exists();
  }

  @Test
  void aFolderThatNothingWasWrittenToIsTakenAway() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    RunLock.take(Location.of(run)).close();
    assertThat(run).doesNotExist();
  }

  @Test
  void aFolderThatHoldsNothingButALockIsAsGoodAsNew() throws IOException {
    Files.writeString(folder.resolve(RunLock.NAME), "");
    assertThat(Runs.newRunAt(Location.of(folder))).isEqualTo(Location.of(folder));
  }

  @Test
  void whatKilledProcessesHaveHalfWrittenIsRemoved() throws IOException {
    Path half = Files.writeString(folder.resolve(".checkpoint.handspun.1234.tmp"), "half");
    Path whole = Files.writeString(folder.resolve("checkpoint.handspun"), "whole");
    Path epochs = Files.createDirectory(folder.resolve("epochs"));
    Path halfEpoch = Files.writeString(epochs.resolve(".epoch-0001.handspun.1234.tmp"), "half");
    RunLock.take(Location.of(folder)).close();
    assertThat(half).doesNotExist();
    assertThat(halfEpoch).doesNotExist();
    assertThat(whole).hasContent("whole");
  }

  @Test
  void saysWhyAFolderCannotBeLocked() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> RunLock.take(Location.of(file)))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("Could not lock", file.toString());
  }
}
