package handspun.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.JsonSchema;
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

  private static final Parameter ACTUAL = Parameter.number("actual", "Their label.");
  private static final Parameter PREDICTED =
      Parameter.number("predicted", "What they are taken for.");
  private static final Parameter FROM =
      Parameter.number("from", "How many to pass over; %d at a time.".formatted(AT_A_TIME));
  private static final Parameter MISTAKES =
      Parameter.text("mistakes", "If it is there, only those that are read wrongly.");

  /** What is told of any example. */
  static final JsonSchema IMAGE =
      JsonSchema.object()
          .with("index", JsonSchema.whole())
          .with("label", JsonSchema.whole())
          .with("pixels", JsonSchema.text().said("784 bytes as base64."));

  static final Description DESCRIPTION =
      Description.of(
              "Test images of one label, or taken for one, or read wrongly",
              JsonSchema.object()
                  .with("count", JsonSchema.whole().said("How many there are in all."))
                  .with("images", JsonSchema.arrayOf(IMAGE.with("prediction", JsonSchema.whole())))
                  .named("TestImages"))
          .asks(ServedModels.MODEL, ACTUAL, PREDICTED, FROM, MISTAKES);

  @Override
  public Reply answer(Request request) {
    Query query = request.query();
    ServedModel model = models.chosen(request);
    int classes = model.model().network().topology().outputs();
    OptionalInt actual = label(query, ACTUAL, classes);
    OptionalInt predicted = label(query, PREDICTED, classes);
    int from = query.number(FROM).orElse(0);
    TestImages images = examples.test(model);
    List<Integer> selected = images.select(actual, predicted, query.has(MISTAKES));
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

  private static OptionalInt label(Query query, Parameter asked, int classes) {
    OptionalInt label = query.number(asked);
    if (label.isPresent() && label.getAsInt() >= classes) {
      throw new RefusedRequest(
          400,
          "The address says \"%s\" is %d, but this model knows the labels 0 to %d."
              .formatted(asked.name(), label.getAsInt(), classes - 1));
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
