package handspun.serve;

import handspun.JsonSchema;
import java.util.List;

/** Tells which models there are, and which is served. */
record ModelsEndpoint(ServedModels models, Told told) implements Endpoint {
  static final Description DESCRIPTION =
      Description.of(
          "Which models there are",
          JsonSchema.object()
              .with("served", ServedModel.SHA256)
              .with("models", JsonSchema.arrayOf(ListedModel.SCHEMA))
              .named("Models"));

  @Override
  public Reply answer(Request request) {
    ServedModel served = models.served();
    List<ListedModel> listed = models.list();
    return served.sign(
        Reply.json(
            json -> {
              json.writeStringField("served", served.sha256());
              json.writeArrayFieldStart("models");
              for (ListedModel one : listed) {
                one.write(json, told);
              }
              json.writeEndArray();
            }));
  }
}
