package handspun.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.HandspunException;
import handspun.data.Examples;
import handspun.files.Location;
import handspun.image.Augmentation;
import handspun.math.Kernels;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.train.Evaluation;
import handspun.train.ImagePreparation;
import java.io.IOException;
import java.util.List;

/**
 * A model, and what it makes of test images.
 *
 * @param file where it was read from
 */
record TestedModel(Location file, Model model, Evaluation evaluation) {

  /**
   * @param test images
   * @param data where they are, for people
   * @return the model, tested
   * @throws HandspunException if there are no images, or it is a model for others
   */
  static TestedModel of(Location file, Model model, Examples test, String data, Kernels kernels) {
    requireFits(file, model.network().topology(), test, data);
    Examples read = new ImagePreparation(model.preprocessing(), Augmentation.NONE).read(test);
    return new TestedModel(
        file, model, Evaluation.of(model.network(), model.cost(), read, kernels));
  }

  /** {@return file and layers} */
  String name() {
    return "%s (%s)".formatted(file, model.network().topology());
  }

  /** {@return the same, and how good it is} */
  String withAccuracy() {
    return "%s: %s".formatted(name(), EvaluationTable.accuracy(evaluation));
  }

  /** Writes a field {@code models}, with an object for each. */
  static void writeArray(JsonGenerator json, List<TestedModel> models) throws IOException {
    json.writeArrayFieldStart("models");
    for (TestedModel tested : models) {
      json.writeStartObject();
      json.writeStringField("model", tested.file.toString());
      json.writeStringField("parametersSha256", tested.model.network().sha256());
      json.writeNumberField("testAccuracy", tested.evaluation.accuracy());
      json.writeNumberField("testCorrect", tested.evaluation.correct());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * @throws HandspunException if there are no test images, or it is a model for others
   */
  static void requireFits(Location file, Topology topology, Examples test, String data) {
    if (test.count() == 0) {
      throw new HandspunException(
          "%s has 0 test images, but at least 1 is needed: name other data with --data."
              .formatted(data));
    }
    int pixels = test.inputs().width();
    if (topology.inputs() != pixels) {
      throw new HandspunException(
          "The model %s (%s) reads images of %d pixels, but the test images in %s have %d x %d = %d: name the data that it was trained for with --data."
              .formatted(
                  file, topology, topology.inputs(), data, test.rows(), test.columns(), pixels));
    }
    for (int i = 0; i < test.count(); i++) {
      if (test.label(i) >= topology.outputs()) {
        throw new HandspunException(
            "The model %s (%s) knows the labels 0 to %d, but test image %d in %s has the label %d: name the data that it was trained for with --data."
                .formatted(file, topology, topology.outputs() - 1, i, data, test.label(i)));
      }
    }
  }
}
