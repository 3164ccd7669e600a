package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
  @TempDir private Path folder;

  private Child.Ended sh(String script, Map<String, String> environment) {
    return Child.run(List.of("sh", "-c", script), environment, folder.resolve("child"));
  }

  private Child.Ended sh(String script) {
    return sh(script, Map.of());
  }

  @Test
  void givesWhatWasPrintedAndKeepsItInFiles() {
    assertThat(sh("echo one; echo two; echo aside >&2").lines()).containsExactly("one", "two");
    assertThat(folder.resolve("child.out")).hasContent("one\ntwo");
    assertThat(folder.resolve("child.err")).hasContent("aside");
  }

  @Test
  void addsToTheEnvironmentAndTakesAwayWhatIsEmpty() {
    assertThat(sh("echo \"$COLOR\" ${HOME-gone}", Map.of("COLOR", "blue", "HOME", "")).lines())
        .containsExactly("blue gone");
  }

  @Test
  void aChildThatReadsFindsNothing() {
    assertThat(sh("cat; echo done").lines()).containsExactly("done");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void watchesTheMemory() {
    assertThat(sh("sleep 0.3").peakKilobytes()).isBetween(100L, 1_000_000L);
  }

  @Test
  void aFailureIsToldWithItsLastWords() {
    assertThatThrownBy(() -> sh("echo first >&2; echo '  the disk is full ' >&2; echo >&2; exit 3"))
        .isInstanceOf(HandspunException.class)
        .hasMessage("it ended with exit status 3; its last words: the disk is full");
  }

  @Test
  void lastWordsMayBeOnStandardOutput() {
    assertThatThrownBy(() -> sh("echo so long; exit 1"))
        .hasMessage("it ended with exit status 1; its last words: so long");
  }

  @Test
  void aSilentFailureIsToldToo() {
    assertThatThrownBy(() -> sh("exit 1")).hasMessage("it ended with exit status 1 without a word");
  }

  @Test
  void aKilledChildIsToldWithItsLastWords() {
    assertThatThrownBy(() -> sh("echo epoch 3 is over; kill -9 $$"))
        .hasMessage("it was killed by signal 9; its last words: epoch 3 is over");
  }

  @Test
  void aMissingProgramIsNamed() {
    Path missing = folder.resolve("no-such-program");
    assertThatThrownBy(
            () -> Child.run(List.of(missing.toString()), Map.of(), folder.resolve("child")))
        .isInstanceOf(Child.CannotStartException.class)
        .hasMessage(missing + " cannot be started (No such file or directory)");
  }

  @Test
  void aFileThatIsNoProgramIsNamed() throws Exception {
    Path plain = Files.writeString(folder.resolve("plain.txt"), "text");
    assertThatThrownBy(
            () -> Child.run(List.of(plain.toString()), Map.of(), folder.resolve("child")))
        .hasMessageContaining("plain.txt cannot be started (Permission denied)");
  }

  @Test
  void anInterruptionEndsTheChild() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> sh("sleep 100")).hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
