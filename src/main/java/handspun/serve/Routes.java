package handspun.serve;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What answers at which address: at a whole path, or at all paths of a template such as {@code
 * /v2/models/{model}/infer}, where a parameter stands for one segment, or for the begin of one
 * ({@code {model}:predict}). A whole path comes before a template.
 */
final class Routes {
  private final Map<String, Endpoint> paths = new TreeMap<>();
  private final List<Template> templates = new ArrayList<>();

  /**
   * What an address leads to.
   *
   * @param template that the path is of; the path itself if it is a whole one
   * @param parameters of the template, percent-decoded
   */
  record Route(Endpoint endpoint, String template, Map<String, String> parameters) {}

  private record Template(String text, List<String> segments, Endpoint endpoint) {
    Optional<Route> match(List<String> path) {
      if (path.size() != segments.size()) {
        return Optional.empty();
      }
      Map<String, String> parameters = new HashMap<>();
      for (int s = 0; s < path.size(); s++) {
        if (!match(segments.get(s), path.get(s), parameters)) {
          return Optional.empty();
        }
      }
      return Optional.of(new Route(endpoint, text, parameters));
    }

    private static boolean match(String segment, String said, Map<String, String> parameters) {
      int end = segment.indexOf('}');
      if (end < 0) {
        return segment.equals(decode(said));
      }
      String value = decode(said);
      String ending = segment.substring(end + 1);
      if (!value.endsWith(ending) || value.length() == ending.length()) {
        return false;
      }
      parameters.put(
          segment.substring(1, end), value.substring(0, value.length() - ending.length()));
      return true;
    }
  }

  /** Has an endpoint answer at a path, or at those of a template. */
  void put(String template, Endpoint endpoint) {
    if (template.contains("{")) {
      templates.add(new Template(template, segments(template), endpoint));
    } else {
      paths.put(template, endpoint);
    }
  }

  /** {@return what an address leads to; refuses one without, and a method that is not answered} */
  Route find(String method, URI address) {
    Route route =
        route(address)
            .orElseThrow(
                () ->
                    new RefusedRequest(
                        404,
                        "There is nothing at this address: this server has %s."
                            .formatted(templates())));
    List<String> methods = route.endpoint().methods();
    if (!methods.contains(method)) {
      throw RefusedRequest.methodNotAllowed(String.join(", ", methods));
    }
    return route;
  }

  private Optional<Route> route(URI address) {
    String path = Optional.ofNullable(address.getPath()).orElse("");
    Endpoint endpoint = paths.get(path);
    if (endpoint != null) {
      return Optional.of(new Route(endpoint, path, Map.of()));
    }
    // A slash within a parameter is percent-encoded, so segments are told apart before decoding.
    List<String> segments = segments(Optional.ofNullable(address.getRawPath()).orElse(""));
    return templates.stream().flatMap(template -> template.match(segments).stream()).findFirst();
  }

  private Set<String> templates() {
    Set<String> all = new TreeSet<>(paths.keySet());
    templates.forEach(template -> all.add(template.text()));
    return all;
  }

  private static List<String> segments(String path) {
    return List.of(path.split("/", -1));
  }

  private static String decode(String segment) {
    // Only in a query does a plus sign stand for a space.
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
