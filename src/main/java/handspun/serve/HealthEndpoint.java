package handspun.serve;

import handspun.JsonSchema;

/** Tells that the server lives, and which model it serves. */
record HealthEndpoint(Site site) implements Endpoint {
  static final Description DESCRIPTION =
      Description.of(
          "That the server lives, and which model it serves",
          JsonSchema.object()
              .with("status", JsonSchema.text())
              .with("model", ServedModel.SHA256)
              .with("file", JsonSchema.text().orNull())
              .with("training", JsonSchema.flag())
              .named("Health"));

  @Override
  public Reply answer(Request request) {
    ServedModel served = site.models().served();
    return Reply.json(
        json -> {
          json.writeStringField("status", "ok");
          json.writeStringField("model", served.sha256());
          json.writeStringField("file", site.told().toAll(served.file()));
          json.writeBooleanField("training", site.isTraining());
        });
  }
}
