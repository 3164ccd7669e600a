package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExecutorSignsTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  private final ExecutorSigns signs = new ExecutorSigns();

  @Test
  void anExecutorIsThereUntilItsLastTaskHasLeft() {
    signs.arrived("1");
    signs.arrived("1");
    signs.arrived("2");
    assertThat(signs.present()).containsExactly("1", "2");
    signs.left("1");
    assertThat(signs.present()).containsExactly("1", "2");
    signs.left("1");
    assertThat(signs.present()).containsExactly("2");
  }

  @Test
  void anExecutorThatHasGivenASignMustGiveMore() throws Exception {
    signs.arrived("1");
    signs.arrived("2");
    signs.heard("2");
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (signs.silentFor(SHORT).isEmpty() && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    assertThat(signs.silentFor(SHORT)).containsExactly("2");
    signs.heard("2");
    assertThat(signs.silentFor(SHORT)).isEmpty();
  }

  @Test
  void nothingIsExpectedOfAnExecutorWithoutTasks() throws Exception {
    signs.heard("1");
    signs.arrived("2");
    signs.heard("2");
    signs.left("2");
    assertThat(signs.silentAfterTasks(SHORT)).isEmpty();
    for (int i = 0; i < 40; i++) {
      Thread.sleep(10);
      assertThat(signs.silentFor(SHORT)).isEmpty();
    }
  }

  @Test
  void anExecutorSaysThatItLivesUntilSparkKnowsThatItsTasksHaveEnded() throws Exception {
    for (String executor : List.of("1", "2")) {
      signs.arrived(executor);
      signs.heard(executor);
      signs.left(executor);
    }
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    Set<String> silent = Set.of();
    while (silent.isEmpty() && System.nanoTime() < end) {
      signs.heard("2");
      Thread.sleep(10);
      silent = signs.silentAfterTasks(SHORT);
    }
    assertThat(silent).containsExactly("1");
    assertThat(signs.silentFor(SHORT)).isEmpty();
  }

  @Test
  void whoeverIsLateInLookingBlamesNobody() throws Exception {
    signs.arrived("1");
    signs.heard("1");
    Thread.sleep(2 * SHORT.toMillis());
    assertThat(signs.silentFor(SHORT)).isEmpty();
  }
}
