package handspun.serve;

import handspun.Json;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer to a request.
 *
 * @param status HTTP status
 * @param headers beyond those that every answer has, {@code Content-Type} among them
 * @param body what to send; not copied
 */
record Reply(int status, Map<String, String> headers, byte[] body) implements Answer {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  /** {@return status 200 with an object of these fields} */
  static Reply json(Json.Fields fields) {
    return new Reply(200, JSON, Json.object(fields));
  }

  /** {@return status 200 with an array of these elements} */
  static Reply jsonArray(Json.Fields elements) {
    return new Reply(200, JSON, Json.array(elements));
  }

  /** {@return the refusal's status and headers with {@code {"error": message}}} */
  static Reply of(RefusedRequest refusal) {
    return of(refusal, json -> {});
  }

  /** {@return the same with more fields} */
  static Reply of(RefusedRequest refusal, Json.Fields more) {
    Map<String, String> headers = new HashMap<>(refusal.headers());
    headers.putAll(JSON);
    return new Reply(
        refusal.status(),
        headers,
        Json.object(
            json -> {
              json.writeStringField("error", refusal.getMessage());
              more.write(json);
            }));
  }

  /** {@return the same with one more header} */
  Reply with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body);
  }

  /** {@return an endpoint that always answers this} */
  Endpoint always() {
    return request -> this;
  }
}
