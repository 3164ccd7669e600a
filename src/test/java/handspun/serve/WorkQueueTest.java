package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import handspun.HandspunException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private WorkQueue queue = queue(Duration.ofMinutes(10));

  private static WorkQueue queue(Duration most) {
    return new WorkQueue(
        "test", 1, 1, most, new WorkQueue.Words("Too many pictures.", "Not read in %d s."));
  }

  @AfterEach
  void close() {
    queue.close();
  }

  private static void assertBusy(ThrowingCallable work, String words) {
    assertThatThrownBy(work)
        .hasMessageContaining(words)
        .asInstanceOf(type(RefusedRequest.class))
        .satisfies(
            refusal -> {
              assertThat(refusal.status()).isEqualTo(503);
              assertThat(refusal.headers()).containsKey("Retry-After");
            });
  }

  @Test
  void saysSoWhenNoPlaceIsLeft() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(
            () ->
                queue.run(
                    () -> {
                      started.countDown();
                      go.await();
                      return 1;
                    }));
    started.await();
    CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> queue.run(() -> 2));
    while (queue.waiting() == 0) {
      Thread.onSpinWait();
    }
    assertBusy(() -> queue.run(() -> 3), "Too many pictures.");
    go.countDown();
    assertThat(first.get()).isEqualTo(1);
    assertThat(second.get()).isEqualTo(2);
  }

  @Test
  void interruptsWorkThatTakesTooLongAndGoesOn() throws Exception {
    queue.close();
    queue = queue(Duration.ofMillis(50));
    CountDownLatch interrupted = new CountDownLatch(1);
    assertBusy(
        () ->
            queue.run(
                () -> {
                  try {
                    new CountDownLatch(1).await();
                    return 1;
                  } finally {
                    interrupted.countDown();
                  }
                }),
        "Not read in 0 s.");
    interrupted.await();
    CompletableFuture<Boolean> isClean = new CompletableFuture<>();
    assertBusy(
        () ->
            queue.run(
                () -> {
                  isClean.complete(!Thread.currentThread().isInterrupted());
                  new CountDownLatch(1).await();
                  return 1;
                }),
        "Not read in 0 s.");
    assertThat(isClean.get()).isTrue();
  }

  @Test
  void saysThatMemoryIsShortAndGoesOn() {
    assertBusy(
        () ->
            queue.run(
                () -> {
                  throw new OutOfMemoryError("Java heap space");
                }),
        "not have enough memory");
    assertThat(queue.run(() -> 2)).isEqualTo(2);
  }

  @Test
  void doesNotBlameThePictureWhenItIsClosed() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<Integer> work =
        CompletableFuture.supplyAsync(
            () ->
                queue.run(
                    () -> {
                      started.countDown();
                      new CountDownLatch(1).await();
                      return 1;
                    }));
    started.await();
    queue.close();
    assertBusy(
        () -> {
          try {
            work.get();
          } catch (ExecutionException e) {
            throw e.getCause();
          }
        },
        "being stopped");
  }

  @Test
  void passesOnWhatTheWorkThrows() {
    HandspunException thrown = new HandspunException("x");
    assertThatThrownBy(
            () ->
                queue.run(
                    () -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
  }
}
