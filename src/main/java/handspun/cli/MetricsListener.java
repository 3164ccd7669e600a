package handspun.cli;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.report.MetricsCsv;
import handspun.train.EpochSummary;
import handspun.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps a run's metrics.csv up to date. Where that is not possible it says so once, and training
 * goes on: the network is worth more than its history.
 */
final class MetricsListener implements TrainingListener {
  private final Location file;
  private final Consumer<String> warning;
  private final List<EpochSummary> epochs;
  private boolean warned;

  /**
   * @param file the table
   * @param before epochs of a run that is resumed; later ones that the table may have are computed
   *     again
   * @param warning is told, once, if the table cannot be written
   */
  MetricsListener(Location file, List<EpochSummary> before, Consumer<String> warning) {
    this.file = file;
    this.epochs = new ArrayList<>(before);
    this.warning = warning;
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
    try {
      MetricsCsv.write(file, epochs);
    } catch (HandspunException e) {
      if (!warned) {
        warning.accept(e.getMessage());
      }
      warned = true;
    }
  }
}
