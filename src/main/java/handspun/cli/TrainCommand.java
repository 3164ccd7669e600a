package handspun.cli;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.DatasetReader;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.run.Interruptible;
import handspun.run.Resumption;
import handspun.run.RunFolder;
import handspun.run.SeedsFolder;
import handspun.run.SeedsResult;
import handspun.run.SeedsTraining;
import handspun.run.Trained;
import handspun.run.Training;
import handspun.spark.HadoopSettings;
import handspun.train.Plan;
import handspun.train.TrainingListener;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code handspun train}: trains a network on Spark and saves it. */
@Command(
    name = "train",
    description =
        "Train a network on Spark and save it. What is not given comes from conf/handspun.conf.",
    footer = {
      "",
      "Options of spark-submit go after --spark, which must be last:",
      "  bin/handspun train --epochs 5 --spark --driver-memory 4g"
    },
    modelTransformer = TrainOptions.class)
final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "Options that go together: a file in conf/ without its ending, such as seed; others count more.")
  private String preset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "File with these options; those on the command line count more.")
  private String config;

  @Option(
      names = "--json",
      description =
          "End with one line of JSON on standard output; the rest goes to standard error.")
  private boolean json;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Go on with the run in this folder, from its last checkpoint, to the same result; only its number of epochs may be changed, and with a cosine schedule nothing.")
  private String resume;

  @Option(
      names = "--watch",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "8501",
      description =
          "Serve the page at this port (default: 8501) meanwhile, and then until Ctrl-C: it reads with the network as it is after each epoch.")
  private Integer watch;

  @ArgGroup(validate = false, heading = "%nWho may talk to the page of --watch, as of serve:%n")
  private AccessOptions who;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Settings settings =
        Settings.read(preset, config, TrainOptions.typed(spec), HadoopSettings.HERE);
    if (watch != null && settings.seeds() > 1) {
      throw new UsageException(
          "--watch shows one training, but --seeds is %d: leave one of them out."
              .formatted(settings.seeds()));
    }
    if (watch == null && who != null) {
      throw new UsageException(
          "Options that say who may talk to the page, such as --host, need a page: add --watch, or leave them out.");
    }
    if (resume == null) {
      Plan plan = settings.plan();
      TrainingData data = prepare(settings, plan);
      if (settings.seeds() > 1) {
        try (SeedsFolder folder = newSeedsFolder(settings)) {
          return trainSeeds(settings, plan, data, folder);
        }
      }
      try (RunFolder folder = newFolder(settings)) {
        return train(settings, plan, data, folder);
      }
    }
    Location run = Location.of(resume, HadoopSettings.HERE);
    if (SeedsFolder.isOne(run)) {
      try (SeedsFolder folder = SeedsFolder.reopen(run)) {
        Settings resuming = settings.resuming(folder);
        Plan plan = resuming.plan();
        return trainSeeds(resuming, plan, prepare(resuming, plan), folder);
      }
    }
    try (RunFolder folder = RunFolder.reopen(run)) {
      Resumption before = folder.resumption().orElseThrow();
      Settings resuming = settings.resuming(folder.location(), before.settings());
      Plan plan = before.plan(resuming.plan().epochs());
      return train(resuming, plan, prepare(resuming, plan), folder);
    }
  }

  /** Checks all that can be checked before Spark starts, and reads the data. */
  private static TrainingData prepare(Settings settings, Plan plan) {
    settings.checkpointEvery();
    settings.keepEpochs();
    settings.engine().check(plan, settings.partitions());
    TrainingData data =
        DatasetReader.open(settings.data(), settings.validation(), settings.saysValidation());
    plan.requireFits(data);
    return data;
  }

  private static RunFolder newFolder(Settings settings) {
    return settings
        .run()
        .map(RunFolder::create)
        .orElseGet(() -> RunFolder.createIn(Home.resolve("runs")));
  }

  private static SeedsFolder newSeedsFolder(Settings settings) {
    return settings
        .run()
        .map(SeedsFolder::create)
        .orElseGet(() -> SeedsFolder.createIn(Home.resolve("runs")));
  }

  private TrainingConsole console() {
    return new TrainingConsole(json ? spec.commandLine().getErr() : spec.commandLine().getOut());
  }

  private static Training.Options options(Settings settings) {
    return new Training.Options(
        settings.partitions(), settings.checkpointEvery(), settings.keepEpochs());
  }

  private int trainSeeds(Settings settings, Plan plan, TrainingData data, SeedsFolder folder) {
    SeedsConsole console = new SeedsConsole(console());
    SeedsResult result =
        train(
            new SeedsTraining(
                plan,
                settings.seeds(),
                data,
                folder,
                settings.engine(),
                options(settings),
                console));
    console.end(result);
    if (json) {
      spec.commandLine().getOut().println(SeedsJson.line(result, settings.aggregation()));
    }
    return 0;
  }

  private int train(Settings settings, Plan plan, TrainingData data, RunFolder folder) {
    TrainingConsole console = console();
    Training training =
        new Training(plan, data, folder, settings.engine(), options(settings), console);
    if (watch != null) {
      return trainWatched(settings, plan, folder, training, console);
    }
    return end(train(training), settings, console);
  }

  private int trainWatched(
      Settings settings, Plan plan, RunFolder folder, Training training, TrainingConsole console) {
    try (TrainingPage page =
        TrainingPage.open(
            settings,
            plan,
            folder.location(),
            watch,
            who == null ? new AccessOptions() : who,
            line -> console.say("%s", line))) {
      int code = end(train(training, page.listener()), settings, console);
      page.stay();
      return code;
    }
  }

  private int end(Trained trained, Settings settings, TrainingConsole console) {
    console.end(trained);
    if (json) {
      spec.commandLine().getOut().println(TrainingJson.line(trained, settings.aggregation()));
    }
    trained
        .failure()
        .ifPresent(
            failure -> {
              throw new HandspunException(failure);
            });
    return 0;
  }

  private <T> T train(Interruptible<T> training, TrainingListener... watchers) {
    try (Interruption interruption = new Interruption(() -> say(training.stopped()))) {
      try {
        return training.train(
            Stream.concat(Stream.of(interruption), Stream.of(watchers))
                .toArray(TrainingListener[]::new));
      } catch (RuntimeException e) {
        interruption.leaveTheLastWord();
        if (!(e instanceof HandspunException)) {
          // A defect keeps its own words.
          training.wayOn().ifPresent(this::say);
        }
        throw e;
      }
    }
  }

  private void say(String sentence) {
    spec.commandLine().getErr().println("handspun: " + sentence);
  }
}
