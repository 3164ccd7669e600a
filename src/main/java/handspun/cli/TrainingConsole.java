package handspun.cli;

import handspun.math.Kernels;
import handspun.train.EpochSummary;
import handspun.train.Evaluation;
import handspun.train.PartitionWork;
import handspun.train.Plan;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What a person reads while a network is trained. */
final class TrainingConsole implements TrainingListener {
  private final TrainingRun run;
  private final PrintWriter out;

  TrainingConsole(TrainingRun run, PrintWriter out) {
    this.run = run;
    this.out = out;
  }

  void plan() {
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
    say("Spark     %s, %s, aggregate %s", run.sparkVersion(), run.master(), run.aggregation());
    run.sparkPage().ifPresent(page -> say("page      %s", page));
    say(
        "share     %s (%s)",
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

  @Override
  public void epochEnded(EpochSummary epoch) {
    int epochs = run.plan().epochs();
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

  void warn(String sentence) {
    warn(out, sentence);
  }

  /** Says something by the way, also before there is a plan to tell of. */
  static void warn(PrintWriter out, String sentence) {
    out.println("Note: " + sentence);
    out.flush();
  }

  void end(Trainer.Result result, Evaluation test) {
    say("");
    say("Test      %s", EvaluationTable.accuracy(test));
    say("");
    say("%s", EvaluationTable.classes(test));
    say("trained   in %.1f s", seconds(result));
    work(PartitionWork.total(result.epochs()));
    say("sha256    %s (parameters)", result.network().sha256());
    say("figures   %s, %s, %s", run.metrics(), run.curve(), run.confusion());
    say("model     %s", run.model());
    if (result.failure().isEmpty()) {
      say("");
      say("Now draw digits for it:  bin/handspun serve --model %s", run.model());
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

  static double seconds(Trainer.Result result) {
    return result.epochs().stream().mapToDouble(EpochSummary::seconds).sum();
  }

  private static String count(int number, String one, String several) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : several);
  }

  private void say(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }
}
