package handspun.serve;

import handspun.network.Network;
import java.util.Map;

/**
 * Tells a network's weights and biases, from which a client can compute what the server does:
 * singles of four bytes, the lowest first, in the order of {@link Network#parameters}. The entity
 * tag is their SHA-256.
 */
record ParametersEndpoint(ServedModels models) implements Endpoint {
  private static final String TYPE = "application/octet-stream";

  static final Description DESCRIPTION =
      Description.of("A network's weights and biases, singles of four bytes, the lowest first")
          .asks(ServedModels.MODEL, ServedModels.EPOCH)
          .gives(TYPE)
          .gives(304, "The ETag that If-None-Match names is still that of the parameters.");

  @Override
  public Reply answer(Request request) {
    ServedModel model = models.chosenEpoch(request);
    Map<String, String> headers = Map.of("Content-Type", TYPE, "ETag", '"' + model.sha256() + '"');
    return model.sign(new Reply(200, headers, model.parameters()));
  }
}
