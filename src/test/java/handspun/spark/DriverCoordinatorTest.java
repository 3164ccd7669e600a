package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.parallel.EpochPart;
import handspun.train.EpochStart;
import handspun.train.ModelState;
import handspun.train.PartitionWork;
import handspun.train.Progress;
import handspun.wire.Peer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.spark.TaskKilledException;
import org.junit.jupiter.api.Test;

class DriverCoordinatorTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final Arrival HERE = new Arrival("10", "here", "scalar");

  private final DriverCoordinator coordinator = new DriverCoordinator(2, LIMIT);

  private static EpochPart part(int partition, int examples) {
    return new EpochPart(partition, examples, 0, 0, PartitionWork.NONE, ModelState.NONE);
  }

  private CompletableFuture<List<EpochPart>> driver(int epoch, float... start) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return coordinator.run(new EpochStart(epoch, new ModelState(start, List.of())));
          } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private Assignment next(int done) {
    return coordinator.next(done, 1, () -> false);
  }

  @Test
  void givesTheDriverEveryPartOfAnEpochByPartition() throws Exception {
    CompletableFuture<List<EpochPart>> parts = driver(5, 1, 2);
    Assignment assignment = next(0);
    assertThat(assignment.start().epoch()).isEqualTo(5);
    assertThat(assignment.start().model().parameters()).containsExactly(1, 2);
    coordinator.report(part(1, 11));
    assertThat(parts).isNotDone();
    coordinator.report(part(0, 10));
    assertThat(parts.get()).containsExactly(part(0, 10), part(1, 11));
  }

  @Test
  void doesNotGiveATaskTheSameEpochTwice() throws Exception {
    CompletableFuture<List<EpochPart>> first = driver(1);
    int number = next(0).number();
    coordinator.report(part(0, 1));
    CompletableFuture<Assignment> waiting = CompletableFuture.supplyAsync(() -> next(number));
    coordinator.report(part(1, 1));
    first.get();
    assertThat(waiting).isNotDone();
    CompletableFuture<List<EpochPart>> second = driver(2);
    assertThat(waiting.get().start().epoch()).isEqualTo(2);
    assertThat(second).isNotDone();
    coordinator.end();
  }

  @Test
  void tellsTheDriverThatTheJobHasFailed() throws Exception {
    CompletableFuture<List<EpochPart>> parts = driver(1);
    coordinator.fail(new IllegalStateException("lost"));
    assertThatThrownBy(parts::get).rootCause().hasMessage("lost");
    assertThatThrownBy(() -> coordinator.run(new EpochStart(2, ModelState.NONE)))
        .hasMessageContaining("lost");
    assertThatThrownBy(() -> coordinator.awaitTasks(LIMIT, () -> true))
        .hasMessageContaining("lost");
  }

  @Test
  void letsTheDriverWaitUntilAllTasksHaveComeAndRead() throws Exception {
    CompletableFuture<Void> driver =
        CompletableFuture.runAsync(
            () -> {
              try {
                coordinator.awaitTasks(LIMIT, () -> true);
              } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    coordinator.arrive(HERE);
    coordinator.arrive(HERE);
    CompletableFuture<Assignment> one = CompletableFuture.supplyAsync(() -> next(0));
    assertThat(driver).isNotDone();
    CompletableFuture<Assignment> other = CompletableFuture.supplyAsync(() -> next(0));
    driver.get();
    coordinator.end();
    assertThat(one.get()).isSameAs(Assignment.NONE);
    assertThat(other.get()).isSameAs(Assignment.NONE);
  }

  private static Heartbeat heartbeat(int executor, int epoch, int done, int computeNanos) {
    return new Heartbeat(executor, epoch, done, List.of(new PartitionWork(computeNanos, 7, 100)));
  }

  private void join(int executors) {
    for (int e = 0; e < executors; e++) {
      coordinator.join(new Peer(e, "1" + e, "here", 1), executors);
    }
  }

  @Test
  void givesExecutorsOneSecretOfTheJobWhenAllHaveCome() {
    Peer here = new Peer(0, "10", "here", 1);
    Peer there = new Peer(1, "11", "there", 2);
    assertThat(coordinator.join(here, 2)).isNull();
    Meeting meeting = coordinator.join(there, 2);
    assertThat(meeting.peers()).containsExactly(here, there);
    assertThat(coordinator.join(here, 2)).isEqualTo(meeting);
    DriverCoordinator other = new DriverCoordinator(2, LIMIT);
    assertThat(other.join(here, 1).secret()).isNotSameAs(meeting.secret());
  }

  private void finish(CompletableFuture<List<EpochPart>> epoch) throws Exception {
    coordinator.report(part(0, 1));
    coordinator.report(part(1, 1));
    assertThat(epoch.get()).hasSize(2);
  }

  @Test
  void knowsNoProgressBeforeAllExecutorsHaveTold() throws Exception {
    CompletableFuture<List<EpochPart>> parts = driver(1);
    next(0);
    join(2);
    assertThat(coordinator.progress()).isEqualTo(Progress.NONE);
    coordinator.heartbeat("10", heartbeat(0, 1, 5, 1));
    assertThat(coordinator.progress()).isEqualTo(Progress.NONE);
    finish(parts);
  }

  @Test
  void theSlowestExecutorSaysHowFarAnEpochIs() throws Exception {
    CompletableFuture<List<EpochPart>> parts = driver(3);
    next(0);
    join(2);
    coordinator.heartbeat("10", heartbeat(0, 3, 50, 30));
    coordinator.heartbeat("11", heartbeat(1, 3, 40, 20));
    Progress progress = coordinator.progress();
    assertThat(progress.miniBatchesDone()).isEqualTo(40);
    assertThat(progress.slowest()).hasValue("executor 11");
    assertThat(progress.work())
        .containsExactly(new PartitionWork(30, 7, 100), new PartitionWork(20, 7, 100));
    // Side by side, the others wait for whoever computes longest.
    coordinator.heartbeat("11", heartbeat(1, 3, 50, 29));
    assertThat(coordinator.progress().slowest()).hasValue("executor 10");
    // It has not begun this epoch, or not told yet.
    coordinator.heartbeat("10", heartbeat(0, 2, 60, 31));
    assertThat(coordinator.progress().miniBatchesDone()).isZero();
    finish(parts);
  }

  @Test
  void oneExecutorIsNotTheSlowest() throws Exception {
    CompletableFuture<List<EpochPart>> parts = driver(1);
    next(0);
    join(1);
    coordinator.heartbeat("10", heartbeat(0, 1, 5, 1));
    assertThat(coordinator.progress())
        .isEqualTo(new Progress(5, Optional.empty(), List.of(new PartitionWork(1, 7, 100))));
    finish(parts);
  }

  @Test
  void saysHowManyTasksHaveNotComeInTime() {
    coordinator.arrive(HERE);
    assertThatThrownBy(() -> coordinator.awaitTasks(Duration.ofMillis(50), () -> true))
        .isInstanceOf(ExecutionException.class)
        .hasMessage("only 1 of 2 tasks started within 0 s");
  }

  @Test
  void tellsTheDriverOfTheFirstFault() {
    coordinator.fault("one closed the connection", false);
    coordinator.fault("so did the other", true);
    assertThatThrownBy(() -> coordinator.run(new EpochStart(1, ModelState.NONE)))
        .isInstanceOf(ExecutionException.class)
        .hasMessage("one closed the connection");
  }

  @Test
  void doesNotTryAgainWhatSomebodyMustSeeTo() {
    coordinator.fault("There is no file.", true);
    assertThatThrownBy(() -> coordinator.awaitTasks(LIMIT, () -> true))
        .isInstanceOf(HandspunException.class)
        .hasMessage("There is no file.");
  }

  @Test
  void saysWhichExecutorIsSilent() {
    DriverCoordinator impatient = new DriverCoordinator(1, Duration.ofSeconds(1));
    impatient.arrive(new Arrival("7", "far", "scalar"));
    impatient.join(new Peer(0, "7", "far", 7100), 1);
    assertThatThrownBy(() -> impatient.run(new EpochStart(1, ModelState.NONE)))
        .hasMessage("executor 7 (far) has not been heard of for 1 s");
  }

  @Test
  void doesNotBlameExecutorsWhereTheDriverItselfWasHeldUp() throws Exception {
    DriverCoordinator impatient = new DriverCoordinator(1, Duration.ofSeconds(3));
    impatient.arrive(new Arrival("7", "far", "scalar"));
    impatient.join(new Peer(0, "7", "far", 7100), 1);
    Thread.sleep(3_100);
    CompletableFuture<Void> executor =
        CompletableFuture.runAsync(
            () -> {
              impatient.next(0, 1, () -> false);
              impatient.heartbeat("7", heartbeat(0, 1, 0, 0));
              impatient.report(part(0, 10));
            });
    assertThat(impatient.run(new EpochStart(1, ModelState.NONE))).containsExactly(part(0, 10));
    executor.get();
  }

  private static void silenceOne(DriverCoordinator job, long millis) throws Exception {
    for (String executor : List.of("frozen", "alive")) {
      job.arrive(new Arrival(executor, "far", "scalar"));
      job.heartbeat(executor, heartbeat(0, 1, 0, 0));
    }
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    while (System.nanoTime() < end) {
      job.heartbeat("alive", heartbeat(0, 1, 0, 0));
      job.awaitLeft(Duration.ZERO, Duration.ofSeconds(1), executor -> true);
      Thread.sleep(20);
    }
  }

  @Test
  void afterAFailureGivesUpOnlyTheSilentExecutorAndWaitsForTheOthers() throws Exception {
    silenceOne(coordinator, 1_200);
    CompletableFuture<Set<String>> stuck =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return coordinator.awaitLeft(LIMIT, Duration.ofSeconds(1), executor -> true);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    for (int i = 0; i < 20; i++) {
      coordinator.heartbeat("alive", heartbeat(0, 1, 0, 0));
      Thread.sleep(20);
      assertThat(stuck).isNotDone();
    }
    coordinator.leave("alive");
    assertThat(stuck.get()).containsExactly("frozen");
  }

  @Test
  void waitsForNoExecutorThatSparkKnowsToBeGone() throws Exception {
    silenceOne(coordinator, 0);
    assertThat(coordinator.awaitLeft(LIMIT, LIMIT, executor -> false)).isEmpty();
  }

  @Test
  void sendsTasksHomeAtTheEnd() {
    coordinator.end();
    assertThat(next(0)).isSameAs(Assignment.NONE);
  }

  @Test
  void letsATaskGoThatWasKilled() {
    assertThatThrownBy(() -> coordinator.next(0, 1, () -> true))
        .isInstanceOf(TaskKilledException.class);
  }

  @Test
  void letsATaskGoThatWasInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> next(0)).isInstanceOf(TaskKilledException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
