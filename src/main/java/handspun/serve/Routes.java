package handspun.serve;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What answers at which address: at a whole path, or at all paths of a template such as {@code
 * /v2/models/{model}/infer}, where a parameter stands for one segment, or for the begin of one
 * ({@code {model}:predict}); the first one for two, where nothing else is at the address. A whole
 * path comes before a template.
 */
final class Routes {
  private static final Description FILE = Description.of("A file of the page");

  private static final Pattern PARAMETER = Pattern.compile("\\{[a-z]+}");

  private final Map<String, Route> paths = new TreeMap<>();
  private final List<Template> templates = new ArrayList<>();
  private final SortedMap<String, Route> described = new TreeMap<>();

  /**
   * What an address leads to.
   *
   * @param description of all addresses of the template
   * @param template that the path is of; the path itself if it is a whole one
   * @param parameters of the template, percent-decoded
   */
  record Route(
      Endpoint endpoint, Description description, String template, Map<String, String> parameters) {
    /** {@return the answer to what is not looked up, and is not described} */
    static Route undescribed(Endpoint endpoint, String template) {
      return new Route(endpoint, FILE, template, Map.of());
    }
  }

  private record Template(Route route, List<String> segments) {
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
      return Optional.of(
          new Route(route.endpoint(), route.description(), route.template(), parameters));
    }

    /** Clients of Triton do not encode the slash that a model's name may have. */
    Optional<Route> matchLonger(List<String> path) {
      int first = 0;
      while (!segments.get(first).startsWith("{")) {
        first++;
      }
      if (path.size() != segments.size() + 1
          || path.get(first).isEmpty()
          || path.get(first + 1).isEmpty()) {
        return Optional.empty();
      }
      List<String> shorter = new ArrayList<>(path);
      shorter.set(first, path.get(first) + "%2F" + shorter.remove(first + 1));
      return match(shorter);
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

  /** Has an endpoint answer at a path, or at those of a template, as it is described. */
  void put(String template, Description description, Endpoint endpoint) {
    List<String> said =
        description.parameters().stream()
            .filter(Parameter::isPath)
            .map(one -> '{' + one.name() + '}')
            .toList();
    List<String> named = PARAMETER.matcher(template).results().map(MatchResult::group).toList();
    if (!said.equals(named)) {
      throw new IllegalArgumentException(
          "The path %s has %s, but %s are described.".formatted(template, named, said));
    }
    Route route = new Route(endpoint, description, template, Map.of());
    described.put(template, route);
    if (named.isEmpty()) {
      paths.put(template, route);
    } else {
      templates.add(new Template(route, segments(template)));
    }
  }

  /** Has a file of the page at a path. Only these are not described: a browser finds them. */
  void putFile(String path, Endpoint file) {
    paths.put(path, Route.undescribed(file, path));
  }

  /** {@return all that is described, by template} */
  SortedMap<String, Route> described() {
    return Collections.unmodifiableSortedMap(described);
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
    Route whole = paths.get(path);
    if (whole != null) {
      return Optional.of(whole);
    }
    // A slash within a parameter is percent-encoded, so segments are told apart before decoding.
    List<String> segments = segments(Optional.ofNullable(address.getRawPath()).orElse(""));
    return Stream.concat(
            templates.stream().flatMap(template -> template.match(segments).stream()),
            templates.stream().flatMap(template -> template.matchLonger(segments).stream()))
        .findFirst();
  }

  private Set<String> templates() {
    Set<String> all = new TreeSet<>(paths.keySet());
    templates.forEach(template -> all.add(template.route().template()));
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
