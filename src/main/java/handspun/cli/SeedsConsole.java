package handspun.cli;

import handspun.run.SeedFigures;
import handspun.run.SeedsFolder;
import handspun.run.SeedsObserver;
import handspun.run.SeedsResult;
import handspun.run.TrainingRun;
import handspun.train.MeanAndSpread;
import handspun.train.Progress;
import handspun.train.TrainingListener;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What a person reads while networks are trained with several seeds. */
final class SeedsConsole implements SeedsObserver {
  private final TrainingConsole console;
  private boolean isPlanTold;
  private int number;
  private int seeds;

  SeedsConsole(TrainingConsole console) {
    this.console = console;
  }

  @Override
  public void warned(String sentence) {
    console.warned(sentence);
  }

  @Override
  public void began(SeedsFolder folder, int all, int done) {
    seeds = all;
    number = done;
    console.say(
        "seeds     %d, each with a run of its own in %s%s",
        all, folder.location(), done == 0 ? "" : "; %d of them are done".formatted(done));
  }

  @Override
  public List<TrainingListener> began(TrainingRun run, Supplier<Progress> progress) {
    number++;
    if (!isPlanTold) {
      isPlanTold = true;
      console.plan(run);
    }
    console.say("Seed %d (%d of %d)", run.plan().seed(), number, seeds);
    return console.epochs(run, progress);
  }

  @Override
  public void ended(SeedFigures figures) {
    console.say(
        "Seed %d is done: validation %s, test %s, in %.1f s",
        figures.seed(),
        percent(figures.validationAccuracy()).strip() + " %",
        percent(figures.testAccuracy()).strip() + " %",
        figures.seconds());
    console.say("");
  }

  void end(SeedsResult result) {
    console.say("%s", table(result));
    console.say("figures   %s/seeds.csv", result.folder());
    console.say("");
    console.say(
        "Now draw digits for the best by validation:  bin/handspun serve --model %s",
        result.model(result.best()));
  }

  /** {@return a line per seed, and for all: accuracies in per cent, a dash for none} */
  static String table(SeedsResult result) {
    StringBuilder table = new StringBuilder(" seed  validation     test  seconds\n");
    for (SeedFigures figures : result.figures()) {
      table.append(
          row(
              String.valueOf(figures.seed()),
              figures.validationAccuracy(),
              figures.testAccuracy(),
              figures.seconds()));
    }
    MeanAndSpread validation = result.validation();
    MeanAndSpread test = result.test();
    MeanAndSpread seconds = result.seconds();
    table.append(row("mean", validation.mean(), test.mean(), seconds.mean()));
    table.append(
        row(
            "sd",
            validation.standardDeviation(),
            test.standardDeviation(),
            seconds.standardDeviation()));
    table.append(row("min", validation.min(), test.min(), seconds.min()));
    table.append(row("max", validation.max(), test.max(), seconds.max()));
    return table.toString();
  }

  private static String row(String name, double validation, double test, double seconds) {
    return String.format(
        Locale.ROOT, "%5s  %10s  %7s  %7.1f\n", name, percent(validation), percent(test), seconds);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f", 100 * share);
  }
}
