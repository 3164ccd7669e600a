package handspun.cli;

import handspun.train.EpochSummary;
import handspun.train.Progress;
import handspun.train.TrainingListener;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on the terminal, for epochs that take longer than a moment. */
final class EpochBar implements TrainingListener {
  private static final long PATIENCE_MILLIS = 1_000;
  private static final long UPDATE_MILLIS = 200;

  private final int miniBatches;
  private final Supplier<Progress> progress;
  private final ScheduledExecutorService timer;
  private ScheduledFuture<?> updates;
  private ProgressBar bar;

  /**
   * @param miniBatches in an epoch
   * @param progress how far training is, asked from another thread
   */
  EpochBar(int miniBatches, Supplier<Progress> progress) {
    this.miniBatches = miniBatches;
    this.progress = progress;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void epochStarted(int epoch) {
    updates =
        timer.scheduleAtFixedRate(
            () -> show(epoch), PATIENCE_MILLIS, UPDATE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void show(int epoch) {
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("Epoch " + epoch)
              .setInitialMax(miniBatches)
              .setUnit(" mini-batches", 1)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .clearDisplayOnFinish()
              .build();
    }
    // After its last mini-batch an epoch has none to show, while it is evaluated.
    Progress now = progress.get();
    bar.stepTo(Math.max(bar.getCurrent(), now.miniBatchesDone()));
    bar.setExtraMessage(now.slowest().map(executor -> " slowest: " + executor).orElse(""));
  }

  @Override
  public void epochEnded(EpochSummary summary) {
    updates.cancel(false);
    clear();
  }

  private synchronized void clear() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void ended() {
    timer.shutdownNow();
    clear();
  }
}
