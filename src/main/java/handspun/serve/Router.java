package handspun.serve;

import java.util.Map;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/**
 * Finds the endpoint for a request. Paths are compared whole; what an endpoint throws becomes an
 * answer too.
 */
final class Router {
  private final Map<String, Map<String, Endpoint>> endpoints = new TreeMap<>();

  /** Answers {@code GET}, and with it {@code HEAD}. */
  void get(String path, Endpoint endpoint) {
    endpoints.computeIfAbsent(path, p -> new TreeMap<>()).put("GET", endpoint);
    endpoints.get(path).put("HEAD", endpoint);
  }

  /** Answers {@code POST}. */
  void post(String path, Endpoint endpoint) {
    endpoints.computeIfAbsent(path, p -> new TreeMap<>()).put("POST", endpoint);
  }

  /**
   * @param method of the request
   * @param path without the query, decoded
   * @return what answers there
   * @throws RefusedRequest with status 404 or 405 if nothing does
   */
  Endpoint find(String method, String path) {
    Map<String, Endpoint> methods = endpoints.get(path);
    if (methods == null) {
      throw new RefusedRequest(
          404,
          "There is nothing at this address: this server has %s.".formatted(endpoints.keySet()));
    }
    Endpoint endpoint = methods.get(method);
    if (endpoint == null) {
      throw RefusedRequest.methodNotAllowed(String.join(", ", methods.keySet()));
    }
    return endpoint;
  }

  /**
   * @param endpoint that was found
   * @param request what was asked
   * @return the answer, be it an error's; never fails
   */
  static Reply answer(Endpoint endpoint, Request request) {
    try {
      return endpoint.answer(request);
    } catch (RefusedRequest refusal) {
      return Reply.of(refusal);
    } catch (RuntimeException | Error e) {
      // The logger is looked up here because it takes longer to load than all the rest.
      LoggerFactory.getLogger(Router.class).error("A request failed", e);
      return Reply.of(
          new RefusedRequest(
              500, "Something went wrong in the server that should not have: its log says what."));
    }
  }
}
