package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import handspun.math.Kernels;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** That the description is a valid one, and of all that is answered. */
class OpenApiEndpointTest {
  private static final Content CONTENT = Content.of("small.handspun", RunFiles.model(1));
  private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)}");

  private static OpenApiDocument document;
  private static SortedMap<String, Routes.Route> routes;

  @BeforeAll
  static void ask() throws Exception {
    try (DigitServer server = DigitServer.start(CONTENT, Kernels.fastest(), "127.0.0.1", 0)) {
      document = OpenApiDocument.of(server.address());
    }
    try (Site site = Site.of(CONTENT, Kernels.fastest(), Told.by(Access.DEFAULT))) {
      routes = site.routes(Duration.ofSeconds(1)).described();
    }
  }

  @Test
  void isValidByTheSchemaOfOpenApi() {
    assertThat(document.root().get("openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.problems()).isEmpty();
  }

  @Test
  void theSchemaOfOpenApiFindsWhatIsWrong() {
    ObjectNode broken = document.root().deepCopy();
    ((ObjectNode) broken.at("/paths/~1api~1model/get/responses/200")).remove("description");
    assertThat(new OpenApiDocument(broken).problems()).isNotEmpty();
    ObjectNode odd = document.root().deepCopy();
    ((ObjectNode) odd.at("/components/schemas/Error")).put("type", "text");
    assertThat(new OpenApiDocument(odd).problems()).isNotEmpty();
  }

  @Test
  void everyRouteIsDescribedWithItsMethodsAndItsLargestBody() {
    assertThat(document.paths()).isEqualTo(routes.keySet());
    assertThat(document.paths())
        .contains("/api/predict", "/v2/models/{model}/infer", "/openapi.json", "/metrics");
    routes.forEach(
        (path, route) -> {
          JsonNode described = document.root().get("paths").get(path);
          assertThat(described.fieldNames())
              .toIterable()
              .containsExactlyElementsOf(
                  route.endpoint().methods().stream()
                      .map(method -> method.toLowerCase(Locale.ROOT))
                      .toList());
          JsonNode post = described.path("post");
          if (post.has("requestBody")) {
            assertThat(post.at("/responses/413/description").asText())
                .isEqualTo("The body has more than %d bytes.", route.endpoint().mostBytes());
          }
        });
  }

  @Test
  void filesOfThePageAreNotDescribed() throws Exception {
    assertThat(document.paths())
        .doesNotContain("/")
        .doesNotContainAnyElementsOf(PageFiles.names().stream().map(name -> "/" + name).toList());
  }

  @Test
  void partsOfAPathAreParametersThatMustBeThere() {
    for (String path : document.paths()) {
      List<String> named = PARAMETER.matcher(path).results().map(match -> match.group(1)).toList();
      for (JsonNode operation : document.root().get("paths").get(path)) {
        List<String> required = new ArrayList<>();
        for (JsonNode parameter : operation.get("parameters")) {
          if (parameter.get("required").asBoolean()) {
            assertThat(parameter.get("in").asText()).isEqualTo("path");
            required.add(parameter.get("name").asText());
          }
        }
        assertThat(required).as(path).isEqualTo(named);
      }
    }
  }

  @Test
  void everyOperationHasANameOfItsOwn() {
    List<String> names = document.root().findValuesAsText("operationId");
    assertThat(names).hasSizeGreaterThan(40).doesNotHaveDuplicates();
    assertThat(names)
        .contains("getApiTestImages", "headApiModel", "postV1ModelsModelPredict", "getV2Slash");
  }

  @Test
  void everySchemaThatIsReferredToIsThereAndEveryOneIsUsed() {
    TreeSet<String> used = new TreeSet<>(document.root().findValuesAsText("$ref"));
    TreeSet<String> there = new TreeSet<>();
    document
        .root()
        .at("/components/schemas")
        .fieldNames()
        .forEachRemaining(name -> there.add("#/components/schemas/" + name));
    assertThat(used).isEqualTo(there);
  }

  @Test
  void itsServerIsWhereItWasReadAlsoBehindAPath() {
    String server = document.root().at("/servers/0/url").asText();
    assertThat(URI.create("https://example.org/digits/openapi.json").resolve(server))
        .hasToString("https://example.org/digits/");
  }

  @Test
  void withoutATokenNoneIsDescribed() {
    assertThat(document.root().has("security")).isFalse();
    assertThat(document.root().get("components").has("securitySchemes")).isFalse();
    assertThat(document.operation("GET", "/api/model").get("responses").has("401")).isFalse();
  }

  @Test
  void aTokenIsDescribedWhereItIsAskedFor() throws Exception {
    Access access = Access.DEFAULT.withToken(Token.of("0123456789abcdef", "a test"));
    try (DigitServer server =
        DigitServer.start(CONTENT, Kernels.fastest(), access, "127.0.0.1", 0)) {
      OpenApiDocument secret =
          OpenApiDocument.of(server.address(), "Authorization", "Bearer 0123456789abcdef");
      assertThat(secret.problems()).isEmpty();
      assertThat(secret.root().at("/components/securitySchemes/token/scheme").asText())
          .isEqualTo("bearer");
      assertThat(secret.root().at("/security/0/token").isArray()).isTrue();
      assertThat(secret.operation("GET", "/api/model").get("responses").has("401")).isTrue();
      for (String path : List.of("/healthz", "/readyz", "/v2/health/live", "/v2/health/ready")) {
        assertThat(secret.operation("GET", path).get("security")).isEmpty();
        assertThat(secret.operation("GET", path).get("responses").has("401")).isFalse();
      }
    }
  }
}
