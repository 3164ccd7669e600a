package handspun.cli;

import handspun.data.TrainingData;
import handspun.math.Kernels;
import handspun.train.Hyperparameter;
import handspun.train.Plan;
import handspun.tune.Halving;
import handspun.tune.SearchObserver;
import handspun.tune.SearchPlan;
import handspun.tune.SearchRun;
import handspun.tune.Searched;
import handspun.tune.Standing;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a person reads while hyperparameters are searched. */
final class SearchConsole implements SearchObserver {
  private static final int MOST_ROWS = 20;

  private final PrintWriter out;

  SearchConsole(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void warned(String sentence) {
    say("Note: %s", sentence);
  }

  @Override
  public void began(SearchRun run) {
    SearchPlan plan = run.plan();
    TrainingData data = run.data();
    String head = "space     ";
    for (Hyperparameter<?> varying : plan.space().varying().keySet()) {
      say("%s%s: %s", head, varying.name(), plan.space().varying().get(varying).words());
      head = "          ";
    }
    say("search    %s; seed %d", rungs(run), plan.seed());
    say(
        "examples  %,d training, %,d validation, from %s; the test images are not looked at",
        data.training().count(), data.validation().count(), data.location());
    say("engine    %s, %d at a time", run.engine().name(), run.atATime());
    run.engine().page().ifPresent(page -> say("page      %s", page));
    say("kernels   %s", Kernels.fastest().description());
    say(
        "run       %s%s",
        run.folder(),
        run.done() > 0 ? ", resumed; trainings that are done: %,d".formatted(run.done()) : "");
  }

  private static String rungs(SearchRun run) {
    Halving halving = run.halving();
    return IntStream.range(0, halving.rungs())
        .mapToObj(
            rung ->
                "%,d %sto epoch %d"
                    .formatted(
                        halving.trialsIn(rung),
                        rung == 0 ? "trials " : "",
                        halving.epochsIn(rung, run.epochs())))
        .collect(Collectors.joining(", "));
  }

  @Override
  public void rungBegan(SearchRun run, int rung, int trials) {
    say("");
    say(
        "Rung %d of %d: %s to epoch %d of %d",
        rung + 1,
        run.halving().rungs(),
        trials == 1 ? "1 trial" : "%,d trials".formatted(trials),
        run.halving().epochsIn(rung, run.epochs()),
        run.epochs());
  }

  @Override
  public void trialEnded(SearchRun run, Standing trial) {
    say(
        "Trial %3d   %s   %6.1f s   %s",
        trial.trial().number(),
        trial.hasFailed()
            ? "%-35s".formatted("%s in epoch %d".formatted(trial.status(), trial.epochs()))
            : String.format(
                Locale.ROOT, "validation %5.2f %%   cost %.4f", percent(run, trial), trial.cost()),
        trial.seconds(),
        values(run, trial.trial().plan()));
  }

  private static String values(SearchRun run, Plan plan) {
    return run.plan().space().varying().keySet().stream()
        .map(varying -> varying.name() + " " + plan.text(varying))
        .collect(Collectors.joining(", "));
  }

  private static double percent(SearchRun run, Standing trial) {
    return 100.0 * trial.correct() / run.data().validation().count();
  }

  void end(Searched searched) {
    SearchRun run = searched.run();
    say("");
    table(run, searched.trials());
    say("");
    say("trained   %.1f s in all, one trial after the other", searched.seconds());
    say("figures   %s, %s, %s", run.table(), run.picture(), run.times());
    searched
        .best()
        .ifPresent(
            best -> {
              say("best      %s, trial %d", run.preset(), best.trial().number());
              say("");
              say("Now train with it:  bin/handspun train --config %s", run.preset());
            });
  }

  /** Best first, each column as wide as it must be. */
  private void table(SearchRun run, List<Standing> trials) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("rank", "trial"));
    run.plan().space().varying().keySet().forEach(varying -> header.add(varying.name()));
    header.addAll(List.of("epochs done", "validation", "training cost", ""));
    rows.add(header);
    for (Standing trial : trials.subList(0, Math.min(MOST_ROWS, trials.size()))) {
      List<String> row = new ArrayList<>();
      row.add(String.valueOf(rows.size()));
      row.add(String.valueOf(trial.trial().number()));
      run.plan().space().varying().keySet().forEach(one -> row.add(trial.trial().plan().text(one)));
      row.add(String.valueOf(trial.epochs()));
      row.add(trial.hasFailed() ? "" : String.format(Locale.ROOT, "%.2f %%", percent(run, trial)));
      row.add(trial.hasFailed() ? "" : String.format(Locale.ROOT, "%.4f", trial.cost()));
      row.add(trial.status());
      rows.add(row);
    }
    int[] widths = new int[header.size()];
    rows.forEach(
        row ->
            IntStream.range(0, widths.length)
                .forEach(c -> widths[c] = Math.max(widths[c], row.get(c).length())));
    int last = widths.length - 1;
    for (List<String> row : rows) {
      String cells =
          IntStream.range(0, last)
              .mapToObj(c -> " ".repeat(widths[c] - row.get(c).length()) + row.get(c))
              .collect(Collectors.joining("  "));
      say("%s", "%s  %s".formatted(cells, row.get(last)).stripTrailing());
    }
    if (trials.size() > MOST_ROWS) {
      say("... and %,d more in %s", trials.size() - MOST_ROWS, run.table());
    }
  }

  private void say(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }
}
