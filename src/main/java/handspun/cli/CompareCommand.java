package handspun.cli;

import handspun.HandspunException;
import handspun.Json;
import handspun.UsageException;
import handspun.data.DataSources;
import handspun.data.DatasetReader;
import handspun.data.StoredDataset;
import handspun.data.Teacher;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.math.FusedMultiplyAdd;
import handspun.math.Kernels;
import handspun.run.SeedsFolder;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Runs;
import handspun.train.Comparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code handspun compare}: whether one of two networks is better, or it may be chance. */
@Command(
    name = "compare",
    description =
        "Tell whether one of two networks reads the test images better, or may have been lucky.")
final class CompareCommand implements Runnable {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "Folder of a run that has ended, or a model file.")
  private String first;

  @Parameters(index = "1", paramLabel = "RUN", description = "The other one.")
  private String second;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the test images are, as for train (default: the data of the runs).")
  private String data;

  @Option(names = "--json", description = "Print nothing but one line of JSON on standard output.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Function<Location, Model> models;
  private final Function<DataSources, TrainingData> datasets;

  CompareCommand() {
    this(ModelFile::read, sources -> DatasetReader.open(sources, 0, false));
  }

  /** A command that reads models and data in its own way. */
  CompareCommand(Function<Location, Model> models, Function<DataSources, TrainingData> datasets) {
    this.models = models;
    this.datasets = datasets;
  }

  @Override
  public void run() {
    Location fileA = modelFile(first);
    Location fileB = modelFile(second);
    Model modelA = models.apply(fileA);
    Model modelB = models.apply(fileB);
    TrainingData set = data == null ? common(modelA, modelB) : datasets.apply(typed(data));
    Kernels kernels = Kernels.fastest();
    FusedMultiplyAdd.warning().ifPresent(this::warn);
    TestedModel a = TestedModel.of(fileA, modelA, set.test(), set.location(), kernels);
    TestedModel b = TestedModel.of(fileB, modelB, set.test(), set.location(), kernels);
    Comparison comparison = Comparison.of(a.evaluation(), b.evaluation());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(a, b, comparison, set.location()));
    } else {
      out.print(ComparisonTable.of(a, b, comparison, set.location()));
    }
    out.flush();
  }

  private void warn(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("handspun: warning: " + text);
    err.flush();
  }

  private static Location modelFile(String named) {
    Location run = Location.of(named, Map::of);
    try {
      if (!run.isFolder()) {
        return run;
      }
      Location model = run.resolve(Runs.MODEL);
      if (!model.exists()) {
        throw new HandspunException(
            "The folder %s has no %s: name that of %s."
                .formatted(
                    run,
                    Runs.MODEL,
                    SeedsFolder.isOne(run)
                        ? "one of its seeds, which is within"
                        : "a run that has ended, or a model file"));
      }
      return model;
    } catch (IOException e) {
      throw HandspunException.couldNot("look into " + run, e);
    }
  }

  private static DataSources typed(String place) {
    return Settings.read(null, Map.of("data", place), Map::of).data();
  }

  /** The data that both have learned from, as far as that is known. */
  private TrainingData common(Model a, Model b) {
    Map<String, String> sumsA = files(a);
    Map<String, String> sumsB = files(b);
    if (!sumsA.isEmpty() && !sumsB.isEmpty() && !sumsA.equals(sumsB)) {
      throw new UsageException(
          "%s has learned from %s, and %s from %s, which are not the same data: name the test images that both are to read with --data."
              .formatted(first, a.provenance().data(), second, b.provenance().data()));
    }
    Optional<String> place =
        Stream.of(a, b)
            .map(model -> model.provenance().data())
            .filter(known -> !known.isEmpty())
            .findFirst();
    TrainingData set = read(place);
    Map<String, String> then = sumsA.isEmpty() ? sumsB : sumsA;
    if (!then.isEmpty() && !then.equals(sums(set))) {
      throw new UsageException(
          "The data in %s are not those that %s has learned from: they have changed since, or are others; name the test images with --data."
              .formatted(set.location(), sumsA.isEmpty() ? second : first));
    }
    return set;
  }

  /** Without a teacher: whoever learned from one is tested like others. */
  private static Map<String, String> files(Model model) {
    Map<String, String> sums = new HashMap<>(model.provenance().dataSha256());
    sums.remove(Teacher.NAME);
    return sums;
  }

  private TrainingData read(Optional<String> place) {
    try {
      return datasets.apply(
          place
              .map(CompareCommand::typed)
              .orElseGet(() -> Settings.read(null, Map.of(), Map::of).data()));
    } catch (HandspunException e) {
      throw new HandspunException(
          "%s If the data are elsewhere now, name them with --data.".formatted(e.getMessage()), e);
    }
  }

  private static Map<String, String> sums(TrainingData set) {
    return (set instanceof StoredDataset stored ? stored.withSums() : set).sha256();
  }

  private static String json(TestedModel a, TestedModel b, Comparison comparison, String data) {
    byte[] line =
        Json.object(
            json -> {
              TestedModel.writeArray(json, List.of(a, b));
              json.writeStringField("data", data);
              json.writeNumberField("testTotal", comparison.total());
              json.writeNumberField("bothCorrect", comparison.both());
              json.writeNumberField("onlyFirstCorrect", comparison.onlyFirst());
              json.writeNumberField("onlySecondCorrect", comparison.onlySecond());
              json.writeNumberField("neitherCorrect", comparison.neither());
              json.writeNumberField("difference", comparison.difference());
              json.writeStringField("test", comparison.isExact() ? "exact" : "chi-squared");
              json.writeNumberField("pValue", comparison.pValue());
              json.writeBooleanField("significant", comparison.isSignificant());
            });
    return new String(line, StandardCharsets.UTF_8);
  }
}
