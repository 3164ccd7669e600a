package handspun.serve;

/** Tells that the server lives, and which model it serves. */
record HealthEndpoint(Site site) implements Endpoint {
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
