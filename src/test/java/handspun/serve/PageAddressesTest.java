package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.Kernels;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.Provenance;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageAddressesTest {
  /** Of another file, from where the file itself is. */
  private static final Pattern FILE =
      Pattern.compile("(?:href=|src=|from |import\\(|url\\()\\s*[\"']([^\"':#]+)[\"']");

  /** Of the API, from where the page is. */
  private static final Pattern API = Pattern.compile("[\"'`](api/[a-z-]+|healthz)");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Test
  void everyAddressOfThePageLeadsSomewhereBehindAPathToo() throws Exception {
    Model model =
        new Model(
            Network.random(new Topology(784, 10), Initializer.NORMAL, 1),
            Optional.empty(),
            new Provenance("data/mnist", Map.of(), "", Map.of(), 1, 0.9, 0.9));
    try (DigitServer server =
            DigitServer.start("model.handspun", model, Kernels.fastest(), "127.0.0.1", 0);
        PathProxy proxy = PathProxy.start("/digits/", server.address())) {
      Set<URI> files = new TreeSet<>();
      Set<URI> api = new TreeSet<>();
      for (String name : PageFiles.names()) {
        URI file = proxy.address().resolve(name.equals("index.html") ? "" : name);
        String text = get(file).body();
        FILE.matcher(text).results().forEach(match -> files.add(file.resolve(match.group(1))));
        API.matcher(text)
            .results()
            .forEach(match -> api.add(proxy.address().resolve(match.group(1))));
      }
      assertThat(files)
          .contains(
              proxy.address().resolve("style.css"),
              proxy.address().resolve("main.js"),
              proxy.address().resolve("exact/single.js"));
      assertThat(api)
          .contains(proxy.address().resolve("api/predict"), proxy.address().resolve("healthz"));
      for (URI file : files) {
        assertThat(get(file).statusCode()).as(file.toString()).isEqualTo(200);
      }
      for (URI address : api) {
        // Some want a body, and some a training: but it is theirs to say so.
        assertThat(get(address).body())
            .as(address.toString())
            .doesNotContain("nothing at this address");
      }
    }
  }

  private static HttpResponse<String> get(URI address) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }
}
