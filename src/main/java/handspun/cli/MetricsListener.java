package handspun.cli;

import handspun.report.MetricsCsv;
import handspun.train.EpochSummary;
import handspun.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps a run's metrics.csv up to date. */
final class MetricsListener implements TrainingListener {
  private final Path file;
  private final List<EpochSummary> epochs = new ArrayList<>();

  MetricsListener(Path file) {
    this.file = file;
  }

  @Override
  public void epochEnded(EpochSummary summary) {
    epochs.add(summary);
    MetricsCsv.write(file, epochs);
  }
}
