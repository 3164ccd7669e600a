package handspun.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.Json;
import handspun.data.DataSources;
import handspun.data.DatasetReader;
import handspun.data.Examples;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.math.FusedMultiplyAdd;
import handspun.math.Kernels;
import handspun.network.Network;
import handspun.report.MistakeSheet;
import handspun.report.ReliabilityChart;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.train.Calibration;
import handspun.train.Evaluation;
import handspun.train.Hyperparameter;
import handspun.train.Hyperparameters;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code handspun evaluate}: how a model does on the test images. */
@Command(name = "evaluate", description = "Shows how well a model reads the test images.")
final class EvaluateCommand implements Runnable {
  @Parameters(paramLabel = "MODEL", description = "A model file.")
  private String model;

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
      description = "Where the worst mistakes are drawn, as PNG (default: beside the model).")
  private String mistakes;

  @Option(
      names = "--reliability",
      paramLabel = "FILE",
      description =
          "Where it is drawn how often the model is correct when it is how sure, as SVG (default: beside the model).")
  private String reliability;

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
    Map<String, Object> typed = data == null ? Map.of() : Map.of("data", data);
    DataSources sources = Settings.read(null, typed, Map::of).data();
    data = sources.toString();
    Location file = Location.of(model, Map::of);
    Model loaded = models.apply(file);
    Network network = loaded.network();
    Examples test = datasets.apply(sources).test();
    Kernels kernels = Kernels.fastest();
    FusedMultiplyAdd.warning().ifPresent(this::warn);
    Evaluation evaluation = TestedModel.of(file, loaded, test, data, kernels).evaluation();
    Calibration calibration = Calibration.of(evaluation);
    Pictures pictures =
        new Pictures(
            drawn(
                place(reliability, file, "-reliability.svg"),
                picture -> ReliabilityChart.write(picture, calibration)),
            drawn(
                place(mistakes, file, "-mistakes.png"),
                picture -> MistakeSheet.write(picture, evaluation, test)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(file, loaded, evaluation, calibration, kernels, pictures));
    } else {
      print(out, network, evaluation, calibration);
      pictures.print(out);
    }
    out.flush();
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

  private static Location place(String named, Location model, String ending) {
    return named == null ? beside(model, ending) : Location.of(named, Map::of);
  }

  /** A picture's default place: {@code model.handspun} has {@code model-mistakes.png} beside it. */
  static Location beside(Location model, String ending) {
    String name = model.fileName();
    int dot = name.lastIndexOf('.');
    return model.sibling((dot > 0 ? name.substring(0, dot) : name) + ending);
  }

  private void print(
      PrintWriter out, Network network, Evaluation evaluation, Calibration calibration) {
    out.println("Model       " + model + " (" + network.topology() + ")");
    out.println("Data        " + data + ", " + evaluation.total() + " test images");
    out.println("Accuracy    " + EvaluationTable.accuracy(evaluation));
    out.println("Confidence  " + EvaluationTable.confidence(calibration));
    out.println(String.format(Locale.ROOT, "Cost        %.5f", evaluation.cost()));
    out.println("Parameters  SHA-256 " + network.sha256());
    out.println();
    out.println(EvaluationTable.classes(evaluation));
    out.print(EvaluationTable.confusion(evaluation));
  }

  /** The fields of {@code train --json}, with null for what only training knows. */
  private String json(
      Location file,
      Model loaded,
      Evaluation evaluation,
      Calibration calibration,
      Kernels kernels,
      Pictures pictures) {
    byte[] line =
        Json.object(
            json -> {
              json.writeNumberField("testAccuracy", evaluation.accuracy());
              json.writeNumberField("testCorrect", evaluation.correct());
              json.writeNumberField("testTotal", evaluation.total());
              Json.writeNumberOrNull(json, "cost", evaluation.cost());
              json.writeStringField("parametersSha256", loaded.network().sha256());
              json.writeStringField("model", model);
              json.writeStringField("run", file.parent().toString());
              json.writeNullField("trainSeconds");
              json.writeNullField("epochSeconds");
              json.writeNullField("partitions");
              for (Hyperparameter<?> hyperparameter : Hyperparameters.ALL) {
                json.writeObjectField(
                    hyperparameter.jsonName(),
                    loaded.plan().map(plan -> plan.json(hyperparameter)).orElse(null));
              }
              json.writeNullField("strategy");
              json.writeStringField("data", data);
              json.writeStringField("kernels", kernels.description());
              pictures.writeFields(json);
              calibration(json, calibration);
            });
    return new String(line, StandardCharsets.UTF_8);
  }

  private static void calibration(JsonGenerator json, Calibration calibration) throws IOException {
    Json.writeNumberOrNull(json, "expectedCalibrationError", calibration.expectedError());
    Json.writeNumberOrNull(json, "meanConfidence", calibration.confidence());
    json.writeArrayFieldStart("calibrationBins");
    for (Calibration.Bin bin : calibration.bins()) {
      json.writeStartObject();
      json.writeNumberField("from", bin.from());
      json.writeNumberField("to", bin.to());
      json.writeNumberField("count", bin.count());
      Json.writeNumberOrNull(json, "accuracy", bin.accuracy());
      Json.writeNumberOrNull(json, "confidence", bin.confidence());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
