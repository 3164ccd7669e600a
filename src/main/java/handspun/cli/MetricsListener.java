package handspun.cli;

import handspun.HandspunException;
import handspun.report.MetricsCsv;
import handspun.train.EpochSummary;
import handspun.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps a run's metrics.csv up to date. Where that is not possible it says so once, and training
 * goes on: the network is worth more than its history.
 */
final class MetricsListener implements TrainingListener {
  private final Path file;
  private final Consumer<String> warning;
  private final List<EpochSummary> epochs = new ArrayList<>();
  private boolean warned;

  MetricsListener(Path file, Consumer<String> warning) {
    this.file = file;
    this.warning = warning;
  }

  @Override
  public void epochEnded(EpochSummary summary) {
    epochs.add(summary);
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
