package handspun.parallel;

import handspun.HandspunException;
import handspun.parallel.PartialTraining.Outcome;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Computes several trainings side by side. What comes of each depends on nobody else; only the
 * order in which they end does.
 *
 * @param atATime how many are computed at a time, at least 1
 * @param computing has one computed, here or elsewhere, and waits for it; called by several threads
 */
public record TrainingPool(int atATime, Function<PartialTraining, Outcome> computing) {

  private record Ended(PartialTraining training, Outcome outcome) {}

  /**
   * Computes trainings, beginning with the first ones.
   *
   * @param ended is told of each as soon as it has ended, in the caller's thread
   * @throws HandspunException if one could not be computed; then the others are given up
   */
  public void run(List<PartialTraining> trainings, BiConsumer<PartialTraining, Outcome> ended) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            atATime,
            task -> {
              Thread thread = new Thread(task, "trial");
              thread.setDaemon(true);
              return thread;
            });
    try {
      ExecutorCompletionService<Ended> results = new ExecutorCompletionService<>(threads);
      for (PartialTraining training : trainings) {
        results.submit(() -> new Ended(training, computing.apply(training)));
      }
      for (int left = trainings.size(); left > 0; left--) {
        Ended next = results.take().get();
        ended.accept(next.training(), next.outcome());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandspunException("Interrupted while trials were computed.", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
