package handspun.serve;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Tells Prometheus how the server does. */
record MetricsEndpoint(ServedModels models, RequestMetrics requests, InferenceStatistics inferences)
    implements Endpoint {
  private static final String TRITON = "triton";
  private static final Parameter NAMES =
      Parameter.text("names", "With " + TRITON + ", also all that dashboards for Triton ask for.");

  static final Description DESCRIPTION =
      Description.of("How the server does, for Prometheus").asks(NAMES).gives("text/plain");

  @Override
  public Reply answer(Request request) {
    PrometheusText text = new PrometheusText();
    ServedModel served = models.served();
    requests.write(text);
    writeModel(text, served);
    inferences.write(text, served, request.query().text(NAMES).filter(TRITON::equals).isPresent());
    JvmMetrics.write(text);
    return new Reply(200, Map.of("Content-Type", PrometheusText.CONTENT_TYPE), text.bytes());
  }

  private static void writeModel(PrometheusText text, ServedModel served) {
    text.family(
            "handspun_model_info", PrometheusText.Type.GAUGE, "The model that is served, always 1.")
        .sample(
            1,
            "model",
            ServedModel.shortName(served.file()),
            "sha256",
            served.sha256(),
            "topology",
            served.model().network().topology().toString());
    text.family(
        "handspun_model_age_seconds",
        PrometheusText.Type.GAUGE,
        "Since the model's file was written, as it says itself.");
    try {
      Instant created = Instant.parse(served.model().provenance().created());
      text.sample((double) Duration.between(created, Instant.now()).toSeconds());
    } catch (DateTimeException e) {
      // A model of another program, which does not say.
      return;
    }
  }
}
