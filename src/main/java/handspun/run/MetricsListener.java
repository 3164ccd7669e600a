package handspun.run;

import handspun.files.Location;
import handspun.report.MetricsCsv;
import handspun.store.BackgroundWriter;
import handspun.train.EpochSummary;
import handspun.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps a run's metrics.csv up to date, in the background. Where that is not possible it says so
 * once, and training goes on: the network is worth more than its history.
 */
final class MetricsListener implements TrainingListener {
  private final Location file;
  private final List<EpochSummary> epochs;
  private final BackgroundWriter background;

  /**
   * @param file the table
   * @param before epochs of a run that is resumed; later ones that the table may have are computed
   *     again
   * @param warning is told, once, if the table cannot be written
   */
  MetricsListener(Location file, List<EpochSummary> before, Consumer<String> warning) {
    this.file = file;
    epochs = new ArrayList<>(before);
    background = new BackgroundWriter("metrics", warning);
    if (!before.isEmpty()) {
      write();
    }
  }

  @Override
  public void epochEnded(EpochSummary summary) {
    epochs.add(summary);
    write();
  }

  private void write() {
    List<EpochSummary> now = List.copyOf(epochs);
    background.submit(() -> MetricsCsv.write(file, now));
  }

  /** Waits until the table is complete. */
  @Override
  public void ended() {
    background.close();
  }
}
