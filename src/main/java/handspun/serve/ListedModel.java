package handspun.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.Json;
import handspun.JsonSchema;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.train.Hyperparameters;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * What is told of a model in a list.
 *
 * @param sha256 of its parameters
 * @param testAccuracy 0..1; NaN if not known
 * @param created when, as its file says
 * @param seed of its plan, if it has one
 */
record ListedModel(
    String file,
    String sha256,
    Topology topology,
    double testAccuracy,
    String created,
    OptionalLong seed) {
  /** What {@link #write} writes. */
  static final JsonSchema SCHEMA =
      JsonSchema.object()
          .with("name", JsonSchema.text())
          .with("file", JsonSchema.text().orNull())
          .with("sha256", ServedModel.SHA256)
          .with("topology", JsonSchema.arrayOf(JsonSchema.whole()))
          .with("testAccuracy", JsonSchema.number().orNull())
          .with("created", JsonSchema.text())
          .with("seed", JsonSchema.whole().orNull())
          .named("ListedModel");

  static ListedModel of(String file, Model model, String sha256) {
    return new ListedModel(
        file,
        sha256,
        model.network().topology(),
        model.provenance().testAccuracy(),
        model.provenance().created(),
        model.plan().stream().mapToLong(plan -> plan.get(Hyperparameters.SEED)).findFirst());
  }

  /** {@return its short name} */
  String name() {
    return ServedModel.shortName(file);
  }

  void write(JsonGenerator json, Told told) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name());
    json.writeStringField("file", told.of(file));
    json.writeStringField("sha256", sha256);
    json.writeFieldName("topology");
    int[] sizes = topology.sizes();
    json.writeArray(sizes, 0, sizes.length);
    Json.writeNumberOrNull(json, "testAccuracy", testAccuracy);
    json.writeStringField("created", created);
    if (seed.isPresent()) {
      json.writeNumberField("seed", seed.getAsLong());
    } else {
      json.writeNullField("seed");
    }
    json.writeEndObject();
  }
}
