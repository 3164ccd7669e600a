package handspun.serve;

import java.util.Optional;

/** The model that is served, and those that a request may ask for in its place. */
final class ServedModels {
  /** The name in a request's query. */
  private static final String KEY = "model";

  private volatile ServedModel served;

  ServedModels(ServedModel served) {
    this.served = served;
  }

  /** {@return the model that answers who asks for no other} */
  ServedModel served() {
    return served;
  }

  /** {@return the model that a request asks for by its SHA-256, else the served one} */
  ServedModel chosen(Request request) {
    ServedModel now = served;
    Optional<String> sha256 = request.query().text(KEY);
    if (sha256.isEmpty() || sha256.get().equals(now.sha256())) {
      return now;
    }
    throw new RefusedRequest(
        404,
        "There is no model whose parameters have the SHA-256 \"%s\": ask /api/models which there are."
            .formatted(Query.shortened(sha256.get())));
  }
}
