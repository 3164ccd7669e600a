package handspun.tune;

import handspun.files.Location;
import handspun.report.Axis;
import handspun.report.ParallelCoordinates;
import handspun.report.PlanFile;
import handspun.store.AtomicFile;
import handspun.train.Hyperparameter;
import handspun.train.Hyperparameters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a search leaves in its folder. */
final class SearchFiles {
  private SearchFiles() {}

  /** {@return a warning if the picture could not be drawn} */
  static Optional<String> write(Searched searched, String command) {
    SearchRun run = searched.run();
    write(run.table(), table(searched));
    write(run.times(), times(searched));
    searched.best().ifPresent(best -> writePreset(searched, best, command));
    return draw(searched);
  }

  /** By RFC 4180; nothing in it depends on the machine. */
  private static List<List<String>> table(Searched searched) {
    SearchRun run = searched.run();
    List<Hyperparameter<?>> varying = List.copyOf(run.plan().space().varying().keySet());
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("rank", "trial"));
    varying.forEach(hyperparameter -> header.add(hyperparameter.name()));
    header.addAll(
        List.of(
            "epochs_done",
            "validation_correct",
            "validation_total",
            "validation_accuracy",
            "training_cost",
            "status"));
    rows.add(header);
    for (Standing standing : searched.trials()) {
      boolean failed = standing.hasFailed();
      List<String> row = new ArrayList<>();
      row.add(String.valueOf(rows.size()));
      row.add(String.valueOf(standing.trial().number()));
      varying.forEach(hyperparameter -> row.add(standing.trial().plan().text(hyperparameter)));
      row.add(String.valueOf(standing.epochs()));
      row.add(failed ? "" : String.valueOf(standing.correct()));
      row.add(String.valueOf(run.data().validation().count()));
      row.add(failed ? "" : String.valueOf(searched.accuracy(standing)));
      row.add(Double.isNaN(standing.cost()) ? "" : String.valueOf(standing.cost()));
      row.add(standing.status());
      rows.add(row);
    }
    return rows;
  }

  private static List<List<String>> times(Searched searched) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("trial", "epochs_done", "seconds"));
    for (Standing standing : searched.trials()) {
      rows.add(
          List.of(
              String.valueOf(standing.trial().number()),
              String.valueOf(standing.epochs()),
              String.format(Locale.ROOT, "%.3f", standing.seconds())));
    }
    return rows;
  }

  private static void write(Location file, List<List<String>> rows) {
    String csv =
        rows.stream()
            .map(row -> row.stream().map(SearchFiles::cell).collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n", "", "\n"));
    AtomicFile.replace(file, csv.getBytes(StandardCharsets.UTF_8));
  }

  private static String cell(String text) {
    return text.matches("[^,\"\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  private static void writePreset(Searched searched, Standing best, String command) {
    SearchRun run = searched.run();
    List<String> comment = new ArrayList<>();
    comment.add(
        String.format(
            Locale.ROOT,
            "The best of %d trials: %.2f %% of %,d validation images correct after %d epochs (trial %d).",
            run.plan().trials(),
            100 * searched.accuracy(best),
            run.data().validation().count(),
            best.epochs(),
            best.trial().number()));
    comment.add("The search: %s".formatted(command));
    run.plan()
        .space()
        .varying()
        .forEach(
            (hyperparameter, domain) ->
                comment.add("  %s: %s".formatted(hyperparameter.name(), domain.words())));
    List<Hyperparameter<?>> told =
        Hyperparameters.ALL.stream().filter(run.plan().space()::tells).toList();
    PlanFile.preset(run.preset(), comment, best.trial().plan(), told);
  }

  private static Optional<String> draw(Searched searched) {
    SearchRun run = searched.run();
    Map<Hyperparameter<?>, Domain> varying = run.plan().space().varying();
    List<Axis> axes = new ArrayList<>();
    varying.forEach((hyperparameter, domain) -> axes.add(axis(hyperparameter.name(), domain)));
    List<ParallelCoordinates.Line> lines = new ArrayList<>();
    for (Standing standing : searched.trials()) {
      lines.add(
          new ParallelCoordinates.Line(
              "Trial %d".formatted(standing.trial().number()),
              varying.keySet().stream()
                  .map(hyperparameter -> standing.trial().plan().text(hyperparameter))
                  .toList(),
              standing.hasFailed() ? Double.NaN : searched.accuracy(standing),
              standing.status()));
    }
    return ParallelCoordinates.write(
        run.picture(), "Search: %d trials".formatted(lines.size()), axes, lines);
  }

  private static Axis axis(String name, Domain domain) {
    if (domain instanceof Range range) {
      return new Axis.Numbers(
          name, range.from().doubleValue(), range.to().doubleValue(), range.scale() == Scale.LOG);
    }
    return new Axis.Names(name, ((Choices) domain).values());
  }
}
