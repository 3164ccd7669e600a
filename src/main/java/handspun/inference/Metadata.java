package handspun.inference;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.image.DigitNormalizer;
import java.io.IOException;
import java.util.List;

/** What the protocol tells of a server and of its models. */
public final class Metadata {
  /** Of every model: which parameters that is at a time, their SHA-256 says. */
  public static final String VERSION = "1";

  private static final String PLATFORM = "handspun_mlp";
  private static final List<String> EXTENSIONS =
      List.of(
          "binary_tensor_data",
          "classification",
          "model_configuration",
          "model_repository",
          "statistics");

  private Metadata() {}

  /** Writes what is told of a server into an object that was begun. */
  public static void writeServer(JsonGenerator json, String version) throws IOException {
    json.writeStringField("name", "handspun");
    json.writeStringField("version", version);
    json.writeArrayFieldStart("extensions");
    for (String extension : EXTENSIONS) {
      json.writeString(extension);
    }
    json.writeEndArray();
  }

  /** Writes what is told of a model with so many outputs into an object that was begun. */
  public static void writeModel(JsonGenerator json, String name, int classes) throws IOException {
    json.writeStringField("name", name);
    json.writeArrayFieldStart("versions");
    json.writeString(VERSION);
    json.writeEndArray();
    json.writeStringField("platform", PLATFORM);
    json.writeArrayFieldStart("inputs");
    write(
        json,
        ImageTensor.NAME,
        "datatype",
        Datatype.FP32.name(),
        "shape",
        -1,
        DigitNormalizer.PIXELS);
    json.writeEndArray();
    json.writeArrayFieldStart("outputs");
    for (OutputTensor output : OutputTensor.ALL) {
      write(
          json,
          output.tensor(),
          "datatype",
          output.datatype().name(),
          "shape",
          output.shape(-1, classes));
    }
    json.writeEndArray();
  }

  /** Writes the same as a configuration in the terms of Triton, of one image of a batch. */
  public static void writeConfiguration(JsonGenerator json, String name, int classes)
      throws IOException {
    json.writeStringField("name", name);
    json.writeStringField("platform", PLATFORM);
    json.writeStringField("backend", "handspun");
    json.writeNumberField("max_batch_size", PixelsParser.MOST_IMAGES);
    json.writeArrayFieldStart("input");
    write(json, ImageTensor.NAME, "data_type", "TYPE_FP32", "dims", DigitNormalizer.PIXELS);
    json.writeEndArray();
    json.writeArrayFieldStart("output");
    for (OutputTensor output : OutputTensor.ALL) {
      int[] shape = output.shape(-1, classes);
      // One number an image is one dimension of one.
      int size = shape.length == 1 ? 1 : shape[1];
      write(json, output.tensor(), "data_type", "TYPE_" + output.datatype(), "dims", size);
    }
    json.writeEndArray();
  }

  private static void write(
      JsonGenerator json, String name, String type, String typeName, String sizes, int... shape)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField(type, typeName);
    json.writeFieldName(sizes);
    json.writeArray(shape, 0, shape.length);
    json.writeEndObject();
  }
}
