package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.wire.Peer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskKilledException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DriverRendezvousTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final DriverRendezvous rendezvous = new DriverRendezvous(2, Duration.ofSeconds(30));

  private static EpochPart part(int partition, int examples) {
    return new EpochPart(partition, examples, 0, 0, null);
  }

  private CompletableFuture<List<EpochPart>> driver(int epoch, float... start) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return rendezvous.run(epoch, start);
          } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private Assignment next(int done) {
    return rendezvous.next(done, 1, () -> false);
  }

  @Test
  void givesTheDriverEveryPartOfAnEpochByPartition() throws Exception {
    CompletableFuture<List<EpochPart>> parts = driver(5, 1, 2);
    Assignment assignment = next(0);
    assertThat(assignment.epoch()).isEqualTo(5);
    assertThat(assignment.start()).containsExactly(1, 2);
    rendezvous.report(part(1, 11));
    assertThat(parts).isNotDone();
    rendezvous.report(part(0, 10));
    assertThat(parts.get()).containsExactly(part(0, 10), part(1, 11));
  }

  @Test
  void doesNotGiveATaskTheSameEpochTwice() throws Exception {
    CompletableFuture<List<EpochPart>> first = driver(1);
    int number = next(0).number();
    rendezvous.report(part(0, 1));
    CompletableFuture<Assignment> waiting = CompletableFuture.supplyAsync(() -> next(number));
    rendezvous.report(part(1, 1));
    first.get();
    assertThat(waiting).isNotDone();
    CompletableFuture<List<EpochPart>> second = driver(2);
    assertThat(waiting.get().epoch()).isEqualTo(2);
    assertThat(second).isNotDone();
    rendezvous.end();
  }

  @Test
  void tellsTheDriverThatTheJobHasFailed() throws Exception {
    CompletableFuture<List<EpochPart>> parts = driver(1);
    rendezvous.fail(new IllegalStateException("lost"));
    assertThatThrownBy(parts::get).rootCause().hasMessage("lost");
    assertThatThrownBy(() -> rendezvous.run(2, new float[0])).hasMessageContaining("lost");
    assertThatThrownBy(() -> rendezvous.awaitTasks(LIMIT)).hasMessageContaining("lost");
  }

  @Test
  void letsTheDriverWaitUntilAllTasksHaveCome() throws Exception {
    CompletableFuture<Void> driver =
        CompletableFuture.runAsync(
            () -> {
              try {
                rendezvous.awaitTasks(LIMIT);
              } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    CompletableFuture<Assignment> one = CompletableFuture.supplyAsync(() -> next(0));
    assertThat(driver).isNotDone();
    CompletableFuture<Assignment> other = CompletableFuture.supplyAsync(() -> next(0));
    driver.get(30, TimeUnit.SECONDS);
    rendezvous.end();
    assertThat(one.get()).isSameAs(Assignment.NONE);
    assertThat(other.get()).isSameAs(Assignment.NONE);
  }

  @Test
  void saysWhichExecutorIsSilent() {
    DriverRendezvous impatient = new DriverRendezvous(1, Duration.ofSeconds(1));
    impatient.join(new Peer(0, "7", "far", 7100), 1);
    assertThatThrownBy(() -> impatient.run(1, new float[0]))
        .hasMessage("executor 7 (far:7100) has not been heard of for 1 s");
  }

  @Test
  void doesNotBlameExecutorsWhereTheDriverItselfWasHeldUp() throws Exception {
    DriverRendezvous impatient = new DriverRendezvous(1, Duration.ofSeconds(1));
    impatient.join(new Peer(0, "7", "far", 7100), 1);
    Thread.sleep(1_200);
    CompletableFuture<Void> executor =
        CompletableFuture.runAsync(
            () -> {
              impatient.next(0, 1, () -> false);
              impatient.pulse(new Pulse(0, 1, 0, 0));
              impatient.report(part(0, 10));
            });
    assertThat(impatient.run(1, new float[0])).containsExactly(part(0, 10));
    executor.get();
  }

  @Test
  void sendsTasksHomeAtTheEnd() {
    rendezvous.end();
    assertThat(next(0)).isSameAs(Assignment.NONE);
  }

  @Test
  void letsATaskGoThatWasKilled() {
    assertThatThrownBy(() -> rendezvous.next(0, 1, () -> true))
        .isInstanceOf(TaskKilledException.class);
  }

  @Test
  void letsATaskGoThatWasInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> next(0)).isInstanceOf(TaskKilledException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
