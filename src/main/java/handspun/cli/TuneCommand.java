package handspun.cli;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.DatasetReader;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.spark.Aggregation;
import handspun.spark.HadoopSettings;
import handspun.train.Hyperparameters;
import handspun.train.Setting;
import handspun.train.TeacherPlaces;
import handspun.tune.Search;
import handspun.tune.SearchFolder;
import handspun.tune.SearchPlan;
import handspun.tune.SearchSpace;
import handspun.tune.Searched;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code handspun tune}: searches for good hyperparameters on Spark. */
@Command(
    name = "tune",
    description =
        "Search for good hyperparameters: trials are drawn from a space and trained side by side, each a Spark task; the best by validation images go on to more epochs. The test images are not looked at.",
    footer = {
      "",
      "Options of spark-submit go after --spark, which must be last:",
      "  bin/handspun tune --space my.conf --trials 27 --spark --driver-memory 4g"
    },
    modelTransformer = TuneCommand.Options.class)
final class TuneCommand implements Callable<Integer> {
  /** As {@code train} has them. */
  private static final List<Setting<?>> SETTINGS =
      List.of(
          Hyperparameters.EPOCHS,
          TrainOptions.MASTER,
          TrainOptions.DATA,
          TrainOptions.VALIDATION,
          TrainOptions.RUN,
          TrainOptions.EVENT_LOG);

  /** What the result of a search depends on. */
  private static final List<String> DECIDING =
      List.of(
          "--space",
          "--trials",
          "--halving",
          "--seed",
          "--preset",
          "--config",
          "--epochs",
          "--data",
          "--validation");

  private static final int HALVING = 3;
  private static final long SEED = 1;

  /** Adds the settings that {@code train} has, too. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec tune) {
      return TrainOptions.add(SETTINGS, tune);
    }
  }

  @Option(
      names = "--space",
      paramLabel = "FILE",
      description =
          "What trials are drawn from, in HOCON: for each hyperparameter that varies a list of choices, or a range such as { from = 0.01, to = 1, scale = log }.")
  private String space;

  @Option(names = "--trials", paramLabel = "N", description = "How many are drawn.")
  private Integer trials;

  @Option(
      names = "--halving",
      paramLabel = "N",
      description =
          "Which part of the trials goes on from rung to rung, to N times as many epochs (successive halving): 2 for a half, 3 for a third (default); 0 to train all of them to the end (random search).")
  private Integer halving;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the random numbers that trials are drawn with (default: 1); the trials' own seed is a hyperparameter.")
  private Long seed;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "Values of hyperparameters that the space does not name: a file in conf/ without its ending, such as seed.")
  private String preset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A file with such values, which counts more than the preset.")
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
          "Go on with the search in this folder, to the same result; other options may be left out.")
  private String resume;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Map<String, String> typed = TrainOptions.typed(SETTINGS, spec);
    if (resume == null) {
      Settings settings = Settings.read(preset, config, typed, HadoopSettings.HERE);
      SearchPlan plan = plan(settings, typed);
      TrainingData data =
          DatasetReader.open(settings.data(), settings.validation(), settings.saysValidation());
      try (SearchFolder folder =
          settings
              .run()
              .map(SearchFolder::create)
              .orElseGet(() -> SearchFolder.createIn(Home.resolve("runs")))) {
        return search(settings, plan, data, folder);
      }
    }
    Location run = Location.of(resume, HadoopSettings.HERE);
    requireSameFolder(run, typed);
    try (SearchFolder folder = SearchFolder.reopen(run)) {
      SearchPlan plan = resumed(folder, typed);
      boolean saysValidation = typed.containsKey(TrainOptions.VALIDATION.name());
      folder.data().ifPresent(data -> typed.putIfAbsent(TrainOptions.DATA.name(), data));
      folder
          .validation()
          .ifPresent(
              count -> typed.putIfAbsent(TrainOptions.VALIDATION.name(), String.valueOf(count)));
      Settings settings = Settings.read(preset, config, typed, HadoopSettings.HERE);
      TrainingData data =
          DatasetReader.open(settings.data(), settings.validation(), saysValidation);
      return search(settings, plan, data, folder);
    }
  }

  private SearchPlan plan(Settings settings, Map<String, String> typed) {
    if (space == null || trials == null) {
      throw new UsageException(
          "%s is missing: a new search needs --space and --trials, such as: bin/handspun tune --space src/docs/spaces/small.conf --trials 27"
              .formatted(space == null ? "--space" : "--trials"));
    }
    return new SearchPlan(
        space(settings, typed),
        trials,
        halving == null ? HALVING : halving,
        seed == null ? SEED : seed);
  }

  private SearchSpace space(Settings settings, Map<String, String> typed) {
    Map<String, Object> told =
        new HashMap<>(ConfigFile.space(Location.of(space, HadoopSettings.HERE)));
    told.computeIfPresent(Hyperparameters.TEACHER.name(), (name, teachers) -> absolute(teachers));
    String epochs = Hyperparameters.EPOCHS.name();
    if (typed.containsKey(epochs) && told.containsKey(epochs)) {
      throw new UsageException(
          "epochs is %s, but the space %s has epochs, too: leave one of them out."
              .formatted(typed.get(epochs), space));
    }
    try {
      return SearchSpace.of(told, settings.hyperparameters());
    } catch (UsageException e) {
      throw new UsageException("In the space %s: %s".formatted(space, e.getMessage()));
    }
  }

  /** Teachers that a file names are relative to Handspun's folder, as in other files. */
  private static Object absolute(Object teachers) {
    if (teachers instanceof List<?> several) {
      return several.stream().map(TuneCommand::absolute).toList();
    }
    return TeacherPlaces.parse(
            String.valueOf(teachers),
            place ->
                Location.isUri(place)
                    ? Location.of(place, HadoopSettings.HERE)
                    : Location.of(Home.resolve(place)))
        .toString();
  }

  private void requireSameFolder(Location run, Map<String, String> typed) {
    String other = typed.remove(TrainOptions.RUN.name());
    if (other != null
        && !Location.of(other, HadoopSettings.HERE)
            .absolute()
            .toString()
            .equals(run.absolute().toString())) {
      throw new UsageException(
          "run is %s, but --resume goes on in the folder %s: leave it out.".formatted(other, run));
    }
  }

  /** What the search was asked for; whatever is said again must be the same. */
  private SearchPlan resumed(SearchFolder folder, Map<String, String> typed) {
    SearchPlan plan = folder.plan().orElseThrow();
    requireSame(folder, "trials", trials, plan.trials());
    requireSame(folder, "halving", halving, plan.halving());
    requireSame(folder, "seed", seed, plan.seed());
    if (space != null) {
      Settings settings = Settings.read(preset, config, typed, HadoopSettings.HERE);
      SearchSpace now = space(settings, typed);
      plan.space()
          .told()
          .forEach(
              (name, then) ->
                  requireSame(folder, name, now.told().getOrDefault(name, "nothing"), then));
      requireSame(folder, "space", now, plan.space());
    } else if (preset != null
        || config != null
        || typed.containsKey(Hyperparameters.EPOCHS.name())) {
      throw new UsageException(
          "Values of hyperparameters are given without --space, but the search %s has begun with its own: leave --epochs, --config and --preset out."
              .formatted(folder.location()));
    }
    return plan;
  }

  private static void requireSame(SearchFolder folder, String name, Object now, Object then) {
    if (now != null && !now.equals(then)) {
      throw new UsageException(
          "%s is %s, but the search %s has begun with %s, which must stay: leave it out, or begin a new search."
              .formatted(name, now, folder.location(), then));
    }
  }

  private int search(Settings settings, SearchPlan plan, TrainingData data, SearchFolder folder) {
    SearchConsole console =
        new SearchConsole(json ? spec.commandLine().getErr() : spec.commandLine().getOut());
    Search search =
        new Search(plan, command(), data, folder, settings.engine(Aggregation.JOBS), console);
    Searched searched = search(search);
    console.end(searched);
    if (json) {
      spec.commandLine().getOut().println(SearchJson.line(searched));
    }
    if (searched.best().isEmpty()) {
      throw new HandspunException(
          "None of the %d trials has learned; %s tells more: choose another space, as a rule with lower learning rates."
              .formatted(plan.trials(), searched.run().table()));
    }
    return 0;
  }

  private Searched search(Search search) {
    try (Interruption interruption = new Interruption(() -> say(search.stopped()))) {
      try {
        return search.run();
      } catch (RuntimeException e) {
        interruption.leaveTheLastWord();
        if (!(e instanceof HandspunException)) {
          // A defect keeps its own words.
          search.wayOn().ifPresent(this::say);
        }
        throw e;
      }
    }
  }

  /** As it can be typed again; without what the result does not depend on. */
  private String command() {
    return DECIDING.stream()
        .map(spec::findOption)
        .filter(option -> option.getValue() != null)
        .flatMap(TuneCommand::words)
        .collect(Collectors.joining(" ", "bin/handspun tune ", ""));
  }

  private static Stream<String> words(OptionSpec option) {
    String value = String.valueOf(option.<Object>getValue());
    String quoted =
        value.matches("[\\w./,:=@+-]+") ? value : "'%s'".formatted(value.replace("'", "'\\''"));
    return Stream.of(option.longestName(), quoted);
  }

  private void say(String sentence) {
    spec.commandLine().getErr().println("handspun: " + sentence);
  }
}
