package handspun.serve;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that has wholly arrived.
 *
 * @param path that it was sent to, which is an endpoint's
 * @param parameters of its route's template
 * @param query what is said behind the path
 * @param contentType what the sender says the body is; empty if it does not say
 * @param host what the sender calls this server, for a sentence; never to be trusted
 * @param jsonLength how many bytes of the body are JSON, as the sender says; empty if all are
 */
record Request(
    String path,
    Map<String, String> parameters,
    Query query,
    String contentType,
    String host,
    Optional<String> jsonLength,
    byte[] body) {
  /** The header of a body, also of an answer's, in which other bytes follow JSON. */
  static final String JSON_LENGTH = "Inference-Header-Content-Length";

  private static final String DEFAULT_HOST = "127.0.0.1:8501";

  /** {@return the content type in small letters, without parameters} */
  String media() {
    return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** {@return a line that sends a picture of that name to the same path, to copy into a shell} */
  String curlLine(String picture) {
    // What would be odd in a shell is not handed back.
    String safe = host.matches("[A-Za-z0-9.:\\[\\]-]{1,100}") ? host : DEFAULT_HOST;
    return "curl --data-binary @%s http://%s%s".formatted(picture, safe, path);
  }
}
