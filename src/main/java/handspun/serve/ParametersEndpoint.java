package handspun.serve;

import handspun.network.Network;
import java.util.Map;

/**
 * Tells a network's weights and biases, from which a client can compute what the server does:
 * singles of four bytes, the lowest first, in the order of {@link Network#parameters}. The entity
 * tag is their SHA-256.
 */
record ParametersEndpoint(ServedModels models) implements Endpoint {
  @Override
  public Reply answer(Request request) {
    ServedModel model = models.chosenEpoch(request);
    Map<String, String> headers =
        Map.of("Content-Type", "application/octet-stream", "ETag", '"' + model.sha256() + '"');
    return model.sign(new Reply(200, headers, model.parameters()));
  }
}
