package handspun.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;

/**
 * Tells test images of one class, or taken for one, or wrongly: some at a time, in their order.
 *
 * @param models any of which may be asked for
 */
record TestImagesEndpoint(ServedModels models, ExampleImages examples) implements Endpoint {
  private static final int AT_A_TIME = 48;

  @Override
  public Reply answer(Request request) {
    Query query = request.query();
    ServedModel model = models.chosen(request);
    int classes = model.model().network().topology().outputs();
    OptionalInt actual = label(query, "actual", classes);
    OptionalInt predicted = label(query, "predicted", classes);
    int from = query.number("from").orElse(0);
    TestImages images = examples.test(model);
    List<Integer> selected = images.select(actual, predicted, query.has("mistakes"));
    return model.sign(
        Reply.json(
            json -> {
              json.writeNumberField("count", selected.size());
              json.writeArrayFieldStart("images");
              int end = (int) Math.min(selected.size(), (long) from + AT_A_TIME);
              for (int i = from; i < end; i++) {
                write(json, images, selected.get(i));
              }
              json.writeEndArray();
            }));
  }

  private static OptionalInt label(Query query, String name, int classes) {
    OptionalInt label = query.number(name);
    if (label.isPresent() && label.getAsInt() >= classes) {
      throw new RefusedRequest(
          400,
          "The address says \"%s\" is %d, but this model knows the labels 0 to %d."
              .formatted(name, label.getAsInt(), classes - 1));
    }
    return label;
  }

  private static void write(JsonGenerator json, TestImages images, int index) throws IOException {
    json.writeStartObject();
    json.writeNumberField("index", index);
    json.writeNumberField("label", images.images().label(index));
    json.writeNumberField("prediction", images.predictions()[index]);
    writePixels(json, images.images().inputs().pixels(index));
    json.writeEndObject();
  }

  /** Writes the field {@code pixels}: base64 of 784 bytes. */
  static void writePixels(JsonGenerator json, byte[] pixels) throws IOException {
    json.writeStringField("pixels", Base64.getEncoder().encodeToString(pixels));
  }
}
