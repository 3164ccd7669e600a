package handspun.serve;

import handspun.JsonSchema;
import handspun.inference.Schemas;
import java.util.List;

/**
 * Where the Open Inference Protocol is answered.
 *
 * @param answers at these addresses
 */
record InferenceAddresses(InferenceEndpoints answers) {
  private static final String MODEL = "/v2/models/{model}";
  private static final String OLD_MODEL = "/v1/models/{model}";
  private static final JsonSchema TEXT = JsonSchema.text();
  private static final JsonSchema FLAG = JsonSchema.flag();
  private static final String READY = "ready";

  private static final Parameter NAME =
      Parameter.path("model", "A model's short name, its file, or its parameters' SHA-256.");

  private static final Parameter VERSION =
      Parameter.path("version", "1, or the SHA-256 of the model's parameters.");

  private static final Parameter JSON_LENGTH =
      Parameter.header(
          Request.JSON_LENGTH,
          JsonSchema.whole(),
          "How many bytes of the body are JSON, if binary data follow.");

  private static final JsonSchema MODEL_READY =
      JsonSchema.object().with("name", TEXT).with(READY, FLAG).named("ModelReadiness");

  private static final Description STATISTICS =
      Description.of(
          "How much models were asked, and how long it took",
          JsonSchema.object()
              .with("model_stats", JsonSchema.arrayOf(Schemas.STATISTICS))
              .named("Statistics"));

  /** Has all of them answered. */
  void addTo(Routes routes) {
    addServer(routes);
    addModel(routes, MODEL, NAME);
    addModel(routes, MODEL + "/versions/{version}", NAME, VERSION);
    addRepository(routes);
    addOldModel(routes);
  }

  private void addServer(Routes routes) {
    for (String path : List.of("/v2", "/v2/")) {
      routes.put(path, Description.of("What this server is", Schemas.SERVER), answers.server());
    }
    JsonSchema live = JsonSchema.object().with("live", FLAG);
    routes.put(
        "/v2/health/live",
        Description.of("That the server lives", live.named("ServerLiveness")),
        answers.serverLive());
    routes.put(
        "/v2/health/ready",
        Description.of(
                "Whether requests should be sent here",
                live.with(READY, FLAG).named("ServerReadiness"))
            .refuses(503, Readiness.OVER),
        answers.serverReady());
    routes.put("/v2/models/stats", STATISTICS, answers.allStatistics());
  }

  private void addModel(Routes routes, String model, Parameter... named) {
    routes.put(
        model,
        Description.of("A model's inputs and outputs", Schemas.MODEL).asks(named),
        answers.metadata());
    routes.put(
        model + "/config",
        Description.of("The same in the terms of Triton", Schemas.CONFIGURATION).asks(named),
        answers.configuration());
    routes.put(
        model + "/ready",
        Description.of("Whether a model can be asked", MODEL_READY).asks(named),
        answers.modelReady());
    routes.put(model + "/stats", STATISTICS.asks(named), answers.modelStatistics());
    routes.put(
        model + "/infer",
        Description.of("What a model reads in images", Schemas.RESPONSE)
            .asks(named)
            .asks(JSON_LENGTH)
            .takes(Schemas.REQUEST)
            .takes(InferenceEndpoints.BINARY)
            .gives(InferenceEndpoints.BINARY, JSON_LENGTH),
        answers.inference());
  }

  private void addRepository(Routes routes) {
    routes.put(
        "/v2/repository/index",
        Description.of(
            "Which models can be asked",
            JsonSchema.arrayOf(
                JsonSchema.object()
                    .with("name", TEXT)
                    .with("version", TEXT)
                    .with("state", TEXT)
                    .with("reason", TEXT)
                    .named("IndexedModel"))),
        answers.index());
    for (String action : List.of("load", "unload")) {
      routes.put(
          "/v2/repository/models/{model}/" + action,
          Description.of("Is refused: models are loaded when they are asked for")
              .asks(NAME)
              .refuses(503, "Always."),
          answers.control());
    }
  }

  private void addOldModel(Routes routes) {
    routes.put(
        "/v1/models",
        Description.of(
            "The names of all models",
            JsonSchema.object().with("models", JsonSchema.arrayOf(TEXT)).named("ModelNames")),
        answers.names());
    routes.put(
        OLD_MODEL + ":predict",
        Description.of(
                "What a model reads in images, by version 1 of the protocol",
                JsonSchema.object()
                    .with(
                        "predictions", JsonSchema.arrayOf(JsonSchema.arrayOf(JsonSchema.number())))
                    .named("Predictions"))
            .asks(NAME)
            .takes(Schemas.INSTANCES),
        answers.prediction());
    routes.put(
        OLD_MODEL,
        Description.of("Whether a model can be asked", MODEL_READY).asks(NAME),
        answers.modelReady());
  }
}
