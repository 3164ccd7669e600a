package handspun.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.UsageException;
import handspun.data.DataSources;
import handspun.data.DatasetReader;
import handspun.data.Examples;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.math.FusedMultiplyAdd;
import handspun.math.Kernels;
import handspun.report.MistakeSheet;
import handspun.report.ReliabilityChart;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.train.Calibration;
import handspun.train.Evaluation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code handspun evaluate}: how a model does on the test images. */
@Command(
    name = "evaluate",
    description = "Shows how well a model, or a committee of several, reads the test images.")
final class EvaluateCommand implements Runnable {
  @Parameters(
      arity = "1..*",
      paramLabel = "MODEL",
      description = "Model file; several answer as a committee, by the mean of their outputs.")
  private List<String> names;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the test images are, as for train (default: that of conf/handspun.conf).")
  private String data;

  @Option(names = "--json", description = "Print nothing but one line of JSON on standard output.")
  private boolean json;

  @Option(
      names = "--mistakes",
      paramLabel = "FILE",
      description = "Where the worst mistakes are drawn, as PNG (default: beside the first model).")
  private String mistakes;

  @Option(
      names = "--reliability",
      paramLabel = "FILE",
      description =
          "Where it is drawn how often the model is correct when it is how sure, as SVG (default: beside the first model).")
  private String reliability;

  @Option(
      names = "--drawings",
      description =
          "Measure how well drawings are read instead: test images drawn anew with many pens, sizes and papers, and things that are no digit. Several models are compared.")
  private boolean drawings;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "With --drawings: new folder for all these pictures, as files for other programs.")
  private String out;

  @Spec private CommandSpec spec;

  private final Function<Location, Model> models;
  private final Function<DataSources, TrainingData> datasets;

  EvaluateCommand() {
    this(ModelFile::read, sources -> DatasetReader.open(sources, 0, false));
  }

  /** A command that reads models and data in its own way. */
  EvaluateCommand(Function<Location, Model> models, Function<DataSources, TrainingData> datasets) {
    this.models = models;
    this.datasets = datasets;
  }

  @Override
  public void run() {
    requireThatOptionsGoTogether();
    Map<String, Object> typed = data == null ? Map.of() : Map.of("data", data);
    DataSources sources = Settings.read(null, typed, Map::of).data();
    data = sources.toString();
    List<Location> files = names.stream().map(name -> Location.of(name, Map::of)).toList();
    List<Model> loaded = files.stream().map(models).toList();
    Examples test = datasets.apply(sources).test();
    Kernels kernels = Kernels.fastest();
    FusedMultiplyAdd.warning().ifPresent(this::warn);
    PrintWriter terminal = spec.commandLine().getOut();
    if (drawings) {
      DrawingsEvaluation evaluation = DrawingsEvaluation.of(files, loaded, test, data, kernels);
      if (out != null) {
        evaluation.writePictures(Location.of(out, Map::of));
      }
      evaluation.run(json, terminal, this::warn);
      return;
    }
    TestedModels tested =
        TestedModels.of(
            IntStream.range(0, files.size())
                .mapToObj(i -> TestedModel.of(files.get(i), loaded.get(i), test, data, kernels))
                .toList());
    Evaluation evaluation = tested.evaluation();
    Calibration calibration = Calibration.of(evaluation);
    Pictures pictures =
        new Pictures(
            drawn(
                place(reliability, tested, "-reliability.svg"),
                picture -> ReliabilityChart.write(picture, calibration)),
            drawn(
                place(mistakes, tested, "-mistakes.png"),
                picture -> MistakeSheet.write(picture, evaluation, test)));
    if (json) {
      terminal.println(EvaluationJson.line(tested, calibration, data, pictures::writeFields));
    } else {
      print(terminal, tested, calibration);
      pictures.print(terminal);
    }
    terminal.flush();
  }

  private void requireThatOptionsGoTogether() {
    if (drawings && (mistakes != null || reliability != null)) {
      throw new UsageException(
          "%s is a picture of the test images themselves, but --drawings measures drawings: leave one of them out."
              .formatted(mistakes != null ? "--mistakes" : "--reliability"));
    }
    if (!drawings && out != null) {
      throw new UsageException(
          "--out %s is for the pictures that --drawings measures: add --drawings, or leave --out out."
              .formatted(out));
    }
  }

  /** Where they are; empty where one could not be drawn. */
  private record Pictures(Optional<Location> reliability, Optional<Location> mistakes) {
    void print(PrintWriter out) {
      if (reliability.isPresent() || mistakes.isPresent()) {
        out.println();
      }
      reliability.ifPresent(file -> out.println("Reliability " + file));
      mistakes.ifPresent(file -> out.println("Mistakes    " + file));
    }

    void writeFields(JsonGenerator json) throws IOException {
      json.writeStringField("reliability", reliability.map(Location::toString).orElse(null));
      json.writeStringField("mistakes", mistakes.map(Location::toString).orElse(null));
    }
  }

  /** Draws a picture, or warns. */
  private Optional<Location> drawn(Location place, Function<Location, Optional<String>> write) {
    Optional<String> warning = write.apply(place);
    warning.ifPresent(this::warn);
    return warning.isEmpty() ? Optional.of(place) : Optional.empty();
  }

  private void warn(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("handspun: warning: " + text);
    err.flush();
  }

  private static Location place(String named, TestedModels tested, String ending) {
    if (named != null) {
      return Location.of(named, Map::of);
    }
    Location first = tested.members().get(0).file();
    return beside(first, tested.isCommittee() ? "-committee" + ending : ending);
  }

  /** A picture's default place: {@code model.handspun} has {@code model-mistakes.png} beside it. */
  static Location beside(Location model, String ending) {
    String name = model.fileName();
    int dot = name.lastIndexOf('.');
    return model.sibling((dot > 0 ? name.substring(0, dot) : name) + ending);
  }

  private void print(PrintWriter out, TestedModels tested, Calibration calibration) {
    Evaluation evaluation = tested.evaluation();
    for (TestedModel member : tested.members()) {
      out.println("Model       " + (tested.isCommittee() ? member.withAccuracy() : member.name()));
    }
    out.println("Data        " + data + ", " + evaluation.total() + " test images");
    out.println(
        (tested.isCommittee() ? "Committee   " : "Accuracy    ")
            + EvaluationTable.accuracy(evaluation));
    out.println("Confidence  " + EvaluationTable.confidence(calibration));
    out.println(String.format(Locale.ROOT, "Cost        %.5f", evaluation.cost()));
    for (TestedModel member : tested.members()) {
      out.println("Parameters  SHA-256 " + member.model().network().sha256());
    }
    out.println();
    out.println(EvaluationTable.classes(evaluation));
    out.print(EvaluationTable.confusion(evaluation));
  }
}
