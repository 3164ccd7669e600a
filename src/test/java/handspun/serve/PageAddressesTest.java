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
  private static final Pattern ADDRESS =
      Pattern.compile("(?:href=|src=|fetch\\w*\\(|url\\()[\"']?([^\"')\\s>]+)[\"')]");
  private static final Set<String> POSTED = Set.of("api/predict", "api/steps");
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
      Set<String> addresses = new TreeSet<>();
      for (String file : new String[] {"", "page.js", "open.js", "steps.js", "style.css"}) {
        ADDRESS
            .matcher(get(proxy.address().resolve(file)).body())
            .results()
            .forEach(match -> addresses.add(match.group(1)));
      }
      assertThat(addresses)
          .contains(
              "style.css",
              "page.js",
              "open.js",
              "steps.js",
              "icon.svg",
              "api/predict",
              "api/steps",
              "api/model");
      for (String address : addresses) {
        int status = get(proxy.address().resolve(address)).statusCode();
        assertThat(status).as(address).isEqualTo(POSTED.contains(address) ? 405 : 200);
      }
    }
  }

  private static HttpResponse<String> get(URI address) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }
}
