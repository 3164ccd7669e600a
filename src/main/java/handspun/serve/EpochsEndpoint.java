package handspun.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.Json;
import handspun.JsonSchema;
import java.io.IOException;
import java.util.List;

/**
 * Tells after which epochs a model's parameters are kept, and how far each had come.
 *
 * @param models any of which may be asked for
 */
record EpochsEndpoint(ServedModels models) implements Endpoint {
  /** What {@link #writeEpochs} writes. */
  static final JsonSchema EPOCHS =
      JsonSchema.arrayOf(JsonSchema.whole()).said("After which the parameters are kept.");

  static final Description DESCRIPTION =
      Description.of(
              "After which epochs a model's parameters are kept, and how far each had come",
              JsonSchema.object()
                  .with("epochs", EPOCHS)
                  .with(
                      "metrics",
                      JsonSchema.arrayOf(
                          JsonSchema.object()
                              .with("epoch", JsonSchema.whole())
                              .with("cost", JsonSchema.number().orNull())
                              .with("validationAccuracy", JsonSchema.number().orNull())))
                  .named("Epochs"))
          .asks(ServedModels.MODEL);

  @Override
  public Reply answer(Request request) {
    ServedModel model = models.chosen(request);
    List<EpochMetrics> metrics = EpochModels.run(model).map(EpochMetrics::of).orElse(List.of());
    return model.sign(
        Reply.json(
            json -> {
              writeEpochs(json, model);
              json.writeArrayFieldStart("metrics");
              for (EpochMetrics epoch : metrics) {
                json.writeStartObject();
                json.writeNumberField("epoch", epoch.epoch());
                Json.writeNumberOrNull(json, "cost", epoch.cost());
                Json.writeNumberOrNull(json, "validationAccuracy", epoch.validationAccuracy());
                json.writeEndObject();
              }
              json.writeEndArray();
            }));
  }

  /** Writes the field {@code epochs}: those that are kept. */
  static void writeEpochs(JsonGenerator json, ServedModel model) throws IOException {
    json.writeArrayFieldStart("epochs");
    for (int epoch : EpochModels.epochs(model)) {
      json.writeNumber(epoch);
    }
    json.writeEndArray();
  }
}
