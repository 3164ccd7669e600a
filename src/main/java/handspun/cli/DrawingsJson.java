package handspun.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.Json;
import handspun.drawings.DigitDrawings;
import handspun.drawings.DrawingsMeasure;
import handspun.files.Location;
import handspun.math.Kernels;
import handspun.train.Acceptance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a machine reads of how models do on drawings. */
final class DrawingsJson {
  private DrawingsJson() {}

  /**
   * @param data where the test images are
   */
  static String line(List<MeasuredModel> models, String data) {
    byte[] line =
        Json.object(
            json -> {
              json.writeStringField("measure", "drawings");
              json.writeNumberField("seed", DigitDrawings.SEED);
              json.writeStringField("data", data);
              json.writeStringField("kernels", Kernels.fastest().description());
              json.writeArrayFieldStart("models");
              for (MeasuredModel model : models) {
                json.writeStartObject();
                writeModel(json, model);
                json.writeEndObject();
              }
              json.writeEndArray();
            });
    return new String(line, StandardCharsets.UTF_8);
  }

  private static void writeModel(JsonGenerator json, MeasuredModel model) throws IOException {
    DrawingsMeasure measure = model.measure();
    json.writeStringField("model", model.file().toString());
    json.writeStringField("parametersSha256", model.model().network().sha256());
    Acceptance.writeField(json, model.model().acceptance());
    json.writeNumberField("meanAccuracy", measure.meanAccuracy());
    json.writeNumberField("digitsRefused", measure.digitsRefused());
    json.writeNumberField(
        "noDigitRefused", (double) measure.othersRefused() / measure.othersCount());
    writeCell(json, "best", measure.best());
    writeCell(json, "worst", measure.worst());
    json.writeArrayFieldStart("cells");
    for (DrawingsMeasure.OfCell of : measure.digits()) {
      json.writeStartObject();
      writeFields(json, of);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("noDigit");
    for (DrawingsMeasure.OfKind of : measure.others()) {
      json.writeStartObject();
      json.writeStringField("kind", of.kind().toString());
      json.writeNumberField("count", of.count());
      json.writeNumberField("refused", of.refused());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("drawings", model.sheet().map(Location::toString).orElse(null));
  }

  private static void writeCell(JsonGenerator json, String name, DrawingsMeasure.OfCell of)
      throws IOException {
    json.writeObjectFieldStart(name);
    writeFields(json, of);
    json.writeEndObject();
  }

  private static void writeFields(JsonGenerator json, DrawingsMeasure.OfCell of)
      throws IOException {
    json.writeStringField("cell", of.cell().title());
    json.writeNumberField("count", of.count());
    json.writeNumberField("correct", of.correct());
    json.writeNumberField("refused", of.refused());
  }
}
