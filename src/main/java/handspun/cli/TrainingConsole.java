package handspun.cli;

import handspun.math.Kernels;
import handspun.run.Trained;
import handspun.run.TrainingObserver;
import handspun.run.TrainingRun;
import handspun.train.Acceptance;
import handspun.train.EpochSummary;
import handspun.train.Evaluation;
import handspun.train.PartitionWork;
import handspun.train.Plan;
import handspun.train.Progress;
import handspun.train.StoppingRule;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What a person reads while a network is trained. */
final class TrainingConsole implements TrainingObserver {
  private static final String EVERYTHING =
      "everything as a digit: there are no validation images to choose a threshold by";

  private final PrintWriter out;

  TrainingConsole(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void warned(String sentence) {
    say("Note: %s", sentence);
  }

  @Override
  public List<TrainingListener> began(TrainingRun run, Supplier<Progress> progress) {
    plan(run);
    return epochs(run, progress);
  }

  /** {@return those who show every epoch} */
  List<TrainingListener> epochs(TrainingRun run, Supplier<Progress> progress) {
    List<TrainingListener> listeners = new ArrayList<>();
    if (Boolean.getBoolean("handspun.terminal")) {
      listeners.add(new EpochBar(run.miniBatches().count(), progress));
    }
    listeners.add(epochs(run.plan()));
    return listeners;
  }

  void plan(TrainingRun run) {
    Plan plan = run.plan();
    say("network   %s: %,d weights and biases", plan.topology(), plan.topology().parameterCount());
    say(
        "examples  %,d training, %,d validation, %,d test, from %s",
        run.data().training().count(),
        run.data().validation().count(),
        run.data().test().count(),
        run.data().location());
    say(
        "plan      %s; %s an epoch",
        plan.words(), count(run.miniBatches().count(), "mini-batch", "mini-batches"));
    say(
        "engine    %s%s",
        run.engine().name(),
        run.engine().aggregation().map(how -> ", aggregate " + how).orElse(""));
    run.engine().page().ifPresent(page -> say("page      %s", page));
    say(
        "parallel  %s (%s)",
        count(run.partitions().partitions(), "partition", "partitions"), run.partitions().reason());
    say("kernels   %s", Kernels.fastest().description());
    say(
        "run       %s%s",
        run.folder(),
        run.resumedAfter().isPresent()
            ? ", resumed after epoch " + run.resumedAfter().getAsInt()
            : "");
    say("");
  }

  /** A line for every epoch. */
  private TrainingListener epochs(Plan plan) {
    return new TrainingListener() {
      @Override
      public void epochEnded(EpochSummary epoch) {
        epoch(epoch, plan.epochs());
      }
    };
  }

  private void epoch(EpochSummary epoch, int epochs) {
    String validation =
        epoch.validationTotal() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "   validation %5.2f %%  %d / %d",
                100 * epoch.validationAccuracy(),
                epoch.validationCorrect(),
                epoch.validationTotal());
    say(
        "Epoch %" + String.valueOf(epochs).length() + "d of %d   cost %.4f%s   %,.0f examples/s",
        epoch.epoch(),
        epochs,
        epoch.cost(),
        validation,
        epoch.examplesPerSecond());
  }

  void end(Trained trained) {
    TrainingRun run = trained.run();
    Trainer.Result result = trained.result();
    Evaluation test = trained.test();
    say("");
    say("Test      %s", EvaluationTable.accuracy(test));
    say("");
    say("%s", EvaluationTable.classes(test));
    say("trained   in %.1f s", trained.seconds());
    best(run.plan(), result);
    say("accepts   %s", trained.acceptance().map(TrainingConsole::words).orElse(EVERYTHING));
    work(PartitionWork.total(result.epochs()));
    say("sha256    %s (parameters)", result.network().sha256());
    say("figures   %s, %s, %s", run.metrics(), run.curve(), run.confusion());
    say("model     %s", run.model());
    if (result.failure().isEmpty()) {
      say("");
      say("Now draw digits for it:  bin/handspun serve --model %s", run.model());
    }
  }

  private static String words(Acceptance acceptance) {
    return String.format(
        Locale.ROOT,
        "a score of %.4f or more as a digit, as 97 %% of the validation images have; unsure if the two largest outputs are less than %.4f apart",
        acceptance.leastScore(),
        acceptance.leastMargin());
  }

  /** Which epoch's network is saved, where it is not simply the last one's. */
  private void best(Plan plan, Trainer.Result result) {
    StoppingRule rule = StoppingRule.of(plan);
    if (rule.keepsBest() && result.failure().isEmpty()) {
      int epochs = result.epochs().size();
      say(
          "best      epoch %d, whose network is saved%s",
          result.goodEpochs(),
          epochs == plan.epochs()
              ? ""
              : "; training ended after epoch %d (patience %d)".formatted(epochs, rule.patience()));
    }
  }

  /** Nobody waits for a partition that is alone. */
  private void work(List<PartitionWork> work) {
    if (work.size() < 2) {
      return;
    }
    int slowest = PartitionWork.slowest(work);
    double computing = 100 * work.get(slowest).computeShare();
    long exchanged = PartitionWork.bytesExchanged(work);
    say(
        "work      slowest partition %d: %.0f %% computing, %.0f %% waiting%s",
        slowest,
        computing,
        100 - computing,
        exchanged == 0
            ? ""
            : String.format(
                Locale.ROOT, "; %,.1f MB exchanged between executors", exchanged * 1e-6));
  }

  private static String count(int number, String one, String several) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : several);
  }

  void say(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }
}
