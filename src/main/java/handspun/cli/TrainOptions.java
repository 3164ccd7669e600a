package handspun.cli;

import handspun.run.Training;
import handspun.spark.Aggregation;
import handspun.train.Hyperparameters;
import handspun.train.Kind;
import handspun.train.Setting;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What training can be told by options, and in a configuration file under the same names: the
 * hyperparameters, what it learns from, and where and how it computes.
 */
final class TrainOptions implements IModelTransformer {
  static final Setting<Integer> SEEDS =
      new Setting<>(
          "seeds",
          Kind.wholeFrom(1),
          1,
          "Networks to train, one after the other, with seed, seed + 1 and so on: how good a plan is, their mean and spread tell.");

  static final Setting<Integer> PARTITIONS =
      Setting.optional(
          "partitions",
          Kind.wholeFrom(1),
          "the fastest, found by trying",
          "Spark tasks that share a mini-batch; not part of the result.");

  static final Setting<Aggregation> AGGREGATE =
      new Setting<>(
          "aggregate",
          Kind.oneOf(List.of(Aggregation.values())),
          Aggregation.EXCHANGE,
          "exchange: one Spark job, whose tasks exchange gradients in memory; jobs: one Spark job a mini-batch. Same result.");

  static final Setting<String> MASTER =
      Setting.optional("master", Kind.text("M"), "local[*]", "Spark's master, such as local[2].");

  static final Setting<String> DATA =
      new Setting<>(
          "data",
          Kind.text("PLACE"),
          "data/mnist",
          "Training and test images: a folder of four IDX files like MNIST's, or a table (CSV), .npz or pickle; several with commas between them.");

  static final Setting<Integer> VALIDATION =
      new Setting<>(
          "validation",
          Kind.wholeFrom(0),
          10_000,
          "How many of the last training examples are kept for validation.");

  static final Setting<String> RUN =
      Setting.optional(
          "run",
          Kind.text("DIR"),
          "one in runs/, named by the time",
          "New folder for the model and the figures.");

  static final Setting<Integer> CHECKPOINT_EVERY =
      new Setting<>(
          "checkpoint-every",
          Kind.wholeFrom(0),
          1,
          "Epochs from one checkpoint to the next; 0 for none.");

  static final Setting<Integer> KEEP_EPOCHS =
      new Setting<>(
          "keep-epochs",
          Kind.wholeFrom(0),
          Training.Options.KEEP_EPOCHS,
          "Megabytes that the networks of all epochs may take in the run's folder, from which one sees how it learned; 0 to keep none.");

  static final Setting<String> EVENT_LOG =
      Setting.optional(
          "event-log",
          Kind.text("DIR"),
          "none",
          "Folder for Spark's event log, which its history server shows afterwards.");

  /** All, in the order in which people are told. */
  static final List<Setting<?>> ALL =
      Stream.<Setting<?>>concat(
              Hyperparameters.ALL.stream(),
              Stream.of(
                  SEEDS,
                  PARTITIONS,
                  AGGREGATE,
                  MASTER,
                  DATA,
                  VALIDATION,
                  RUN,
                  CHECKPOINT_EVERY,
                  KEEP_EPOCHS,
                  EVENT_LOG))
          .toList();

  @Override
  public CommandSpec transform(CommandSpec train) {
    return add(ALL, train);
  }

  /** Gives a command the options of some settings. */
  static CommandSpec add(List<Setting<?>> settings, CommandSpec command) {
    for (Setting<?> setting : settings) {
      command.addOption(
          OptionSpec.builder(option(setting))
              .type(String.class)
              .paramLabel(setting.kind().label())
              .description(setting.description().replace("%", "%%"))
              .build());
    }
    return command;
  }

  private static String option(Setting<?> setting) {
    return "--" + setting.name();
  }

  /** {@return what was typed, by name, once the options have been read} */
  static Map<String, String> typed(CommandSpec train) {
    return typed(ALL, train);
  }

  /** {@return what was typed of some settings, by name} */
  static Map<String, String> typed(List<Setting<?>> settings, CommandSpec command) {
    Map<String, String> typed = new LinkedHashMap<>();
    for (Setting<?> setting : settings) {
      String text = command.findOption(option(setting)).getValue();
      if (text != null) {
        typed.put(setting.name(), text);
      }
    }
    return typed;
  }

  static boolean isKnown(String name) {
    return ALL.stream().anyMatch(setting -> setting.name().equals(name));
  }

  /** {@return the option that was probably meant by one of {@code train} that is not known} */
  static Optional<String> meant(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()
        ? nearest(unmatched.getUnmatched().get(0).split("=", 2)[0])
            .map(name -> "--" + name)
            .filter(name -> e.getCommandLine().getCommandSpec().findOption(name) != null)
        : Optional.empty();
  }

  /** {@return the known name that was probably meant; empty if none is near} */
  static Optional<String> nearest(String unknown) {
    return nearest(unknown, ALL);
  }

  /** {@return the name of one of some settings that was probably meant; empty if none is near} */
  static Optional<String> nearest(String unknown, List<? extends Setting<?>> settings) {
    return settings.stream()
        .min(Comparator.comparingInt(setting -> distance(unknown, setting)))
        .filter(setting -> 3 * distance(unknown, setting) <= letters(unknown).length())
        .map(Setting::name);
  }

  /** Letters that differ from the name or from the words, as in learning-rate and learningRate. */
  private static int distance(String unknown, Setting<?> setting) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String letters = letters(unknown);
    return Math.min(
        distance.apply(letters, letters(setting.name())),
        distance.apply(letters, letters(setting.words())));
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
