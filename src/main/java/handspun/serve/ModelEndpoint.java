package handspun.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.Json;
import handspun.JsonSchema;
import handspun.network.Units;
import handspun.store.Model;
import handspun.store.Provenance;
import handspun.train.Acceptance;
import handspun.train.Hyperparameter;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Tells what is known about a model. What is not known is null. */
record ModelEndpoint(Site site) implements Endpoint {
  static final Description DESCRIPTION =
      Description.of("What is known about a model", schema()).asks(ServedModels.MODEL);

  private static JsonSchema schema() {
    JsonSchema text = JsonSchema.text();
    JsonSchema plan = JsonSchema.object();
    for (Hyperparameter<?> hyperparameter : Hyperparameters.ALL) {
      plan = plan.with(hyperparameter.jsonName(), JsonSchema.any().said(hyperparameter.words()));
    }
    return JsonSchema.object()
        .with("file", text.orNull())
        .with("name", text)
        .with("topology", JsonSchema.arrayOf(JsonSchema.whole()))
        .with("hidden", text)
        .with("outputs", text)
        .with("preprocessing", text)
        .with("parameters", JsonSchema.whole().said("How many there are."))
        .with("sha256", ServedModel.SHA256)
        .with("plan", plan.orNull())
        .with(
            "acceptance",
            JsonSchema.object()
                .with("leastScore", JsonSchema.number())
                .with("leastMargin", JsonSchema.number())
                .orNull())
        .with(
            "provenance",
            JsonSchema.object()
                .with("data", text.orNull())
                .with("dataSha256", JsonSchema.mapOf(text))
                .with("created", text)
                .with("versions", JsonSchema.mapOf(text))
                .with("epochs", JsonSchema.whole())
                .with("validationAccuracy", JsonSchema.number().orNull())
                .with("testAccuracy", JsonSchema.number().orNull()))
        .with("epochs", EpochsEndpoint.EPOCHS)
        .with("collect", JsonSchema.flag())
        .with("training", JsonSchema.flag())
        .named("Model");
  }

  @Override
  public Reply answer(Request request) {
    ServedModel chosen = site.models().chosen(request);
    return chosen.sign(
        Reply.json(
            json -> {
              write(json, chosen);
              writeState(json, chosen);
            }));
  }

  private void write(JsonGenerator json, ServedModel chosen) throws IOException {
    Model model = chosen.model();
    json.writeStringField("file", site.told().of(chosen.file()));
    json.writeStringField("name", ServedModel.shortName(chosen.file()));
    json.writeArrayFieldStart("topology");
    for (int size : model.network().topology().sizes()) {
      json.writeNumber(size);
    }
    json.writeEndArray();
    Units units = model.network().units();
    json.writeStringField("hidden", units.hidden().toString());
    json.writeStringField("outputs", units.outputs().toString());
    json.writeStringField("preprocessing", model.preprocessing().toString());
    json.writeNumberField("parameters", model.network().topology().parameterCount());
    json.writeStringField("sha256", chosen.sha256());
    json.writeFieldName("plan");
    if (model.plan().isPresent()) {
      writePlan(json, model.plan().get());
    } else {
      json.writeNull();
    }
    Acceptance.writeField(json, model.acceptance());
    writeProvenance(json, model.provenance());
  }

  /** What the page may ask for beside it. */
  private void writeState(JsonGenerator json, ServedModel chosen) throws IOException {
    EpochsEndpoint.writeEpochs(json, chosen);
    json.writeBooleanField("collect", site.drawings().isPresent());
    json.writeBooleanField("training", site.isTraining());
  }

  private static void writePlan(JsonGenerator json, Plan plan) throws IOException {
    json.writeStartObject();
    for (Hyperparameter<?> hyperparameter : Hyperparameters.ALL) {
      json.writeObjectField(hyperparameter.jsonName(), plan.json(hyperparameter));
    }
    json.writeEndObject();
  }

  private void writeProvenance(JsonGenerator json, Provenance provenance) throws IOException {
    json.writeObjectFieldStart("provenance");
    json.writeStringField("data", site.told().of(provenance.data()));
    writeMap(json, "dataSha256", provenance.dataSha256());
    json.writeStringField("created", provenance.created());
    writeMap(json, "versions", site.told().of(provenance.versions()));
    json.writeNumberField("epochs", provenance.epochs());
    Json.writeNumberOrNull(json, "validationAccuracy", provenance.validationAccuracy());
    Json.writeNumberOrNull(json, "testAccuracy", provenance.testAccuracy());
    json.writeEndObject();
  }

  private static void writeMap(JsonGenerator json, String name, Map<String, String> map)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }
}
