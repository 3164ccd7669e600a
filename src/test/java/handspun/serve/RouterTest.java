package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class RouterTest {
  @Test
  void answersWhenAnEndpointThrowsAndGoesOn() throws Exception {
    Router router = new Router();
    router.get(
        "/exception",
        exchange -> {
          throw new IllegalStateException("secret");
        });
    router.get(
        "/error",
        exchange -> {
          throw new StackOverflowError("secret");
        });
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", router);
    server.start();
    try {
      for (String path : new String[] {"/exception", "/error", "/exception"}) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        HttpResponse<String> response =
            HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body()).contains("\"error\"", "log").doesNotContain("secret");
      }
    } finally {
      server.stop(0);
    }
  }
}
