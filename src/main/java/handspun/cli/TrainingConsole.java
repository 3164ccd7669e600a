package handspun.cli;

import handspun.data.Dataset;
import handspun.math.Kernels;
import handspun.spark.Aggregation;
import handspun.train.EpochSummary;
import handspun.train.Evaluation;
import handspun.train.MiniBatches;
import handspun.train.Plan;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** What a person reads while a network is trained. */
final class TrainingConsole {
  private final PrintWriter out;

  TrainingConsole(PrintWriter out) {
    this.out = out;
  }

  void plan(
      Plan plan,
      Dataset data,
      String sparkVersion,
      String master,
      int partitions,
      Aggregation aggregation,
      Path folder) {
    MiniBatches miniBatches = new MiniBatches(data.training().count(), plan);
    say(
        "network   %s: %,d weights and biases, seed %d",
        plan.topology(), plan.topology().parameterCount(), plan.seed());
    say(
        "examples  %,d training, %,d validation, %,d test, from %s",
        data.training().count(), data.validation().count(), data.test().count(), data.location());
    say(
        "plan      %s of %s of %,d, learning rate %s, %s",
        count(plan.epochs(), "epoch", "epochs"),
        count(miniBatches.count(), "mini-batch", "mini-batches"),
        plan.miniBatch(),
        plan.learningRate(),
        count(plan.lanes(), "lane", "lanes"));
    say(
        "Spark     %s, %s, %s, aggregate %s",
        sparkVersion, master, count(partitions, "partition", "partitions"), aggregation);
    say("kernels   %s", Kernels.fastest().description());
    say("run       %s", folder);
    say("");
  }

  TrainingListener epochs(Plan plan) {
    return new TrainingListener() {
      @Override
      public void epochEnded(EpochSummary epoch) {
        int width = String.valueOf(plan.epochs()).length();
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
            "Epoch %" + width + "d of %d   cost %.4f%s   %,.0f examples/s",
            epoch.epoch(),
            plan.epochs(),
            epoch.cost(),
            validation,
            epoch.examplesPerSecond());
      }
    };
  }

  void warn(String sentence) {
    say("Note: %s", sentence);
  }

  void end(Trainer.Result result, Evaluation test, Path model, Path folder) {
    say("");
    say("Test      %s", EvaluationTable.accuracy(test));
    say("");
    say("%s", EvaluationTable.classes(test));
    say("trained   in %.1f s", seconds(result));
    say("sha256    %s (parameters)", result.network().sha256());
    say("figures   %s", folder.resolve("metrics.csv, curve.svg, confusion.svg"));
    say("model     %s", model);
    if (result.failure().isEmpty()) {
      say("");
      say("Now draw digits for it:  bin/handspun serve --model %s", model);
    }
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
