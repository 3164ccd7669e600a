package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
  private static final Endpoint ENDPOINT = Reply.json(json -> {}).always();

  private final Routes routes = new Routes();

  @BeforeEach
  void put() {
    for (String template :
        List.of(
            "/",
            "/v2/models/stats",
            "/v2/models/{model}",
            "/v2/models/{model}/versions/{version}/ready",
            "/v1/models/{model}:predict")) {
      routes.put(template, described(template), ENDPOINT);
    }
  }

  private static Description described(String template) {
    Description description = Description.of("Something");
    for (String name : List.of("model", "version")) {
      if (template.contains("{" + name + "}")) {
        description = description.asks(Parameter.path(name, "A part."));
      }
    }
    return description;
  }

  private Routes.Route find(String address) {
    return routes.find("GET", URI.create(address));
  }

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/?a=b, /",
    "/v2/models/stats, /v2/models/stats",
    "/v2/models/small, /v2/models/{model}",
    "/v2/models/small/versions/1/ready, /v2/models/{model}/versions/{version}/ready",
    "/v1/models/small:predict, /v1/models/{model}:predict",
    "/v2/models/a/seed-1, /v2/models/{model}",
    "/v2/models/a/seed-1/versions/1/ready, /v2/models/{model}/versions/{version}/ready"
  })
  void anAddressLeadsToItsTemplate(String address, String template) {
    assertThat(find(address).template()).isEqualTo(template);
  }

  @Test
  void aWholePathHasNoParameters() {
    assertThat(find("/v2/models/stats").parameters()).isEmpty();
  }

  @Test
  void aTemplateTellsItsParameters() {
    assertThat(find("/v2/models/small/versions/1/ready").parameters())
        .isEqualTo(Map.of("model", "small", "version", "1"));
    assertThat(find("/v1/models/small:predict").parameters()).isEqualTo(Map.of("model", "small"));
  }

  @ParameterizedTest
  @CsvSource({
    "runs%2Fa%2Fseed-1, runs/a/seed-1",
    "a%20b, 'a b'",
    "a+b, a+b",
    "%7Bmodel%7D, {model}",
    "%C3%A9, é",
    "%2E%2E, .."
  })
  void parametersArePercentDecoded(String encoded, String model) {
    assertThat(find("/v2/models/" + encoded).parameters()).isEqualTo(Map.of("model", model));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2",
        "/v2/models",
        "/v2/models/",
        "/v2/models/a/",
        "/v2/models/a/b/c",
        "/v2/models//versions/1/ready",
        "/v1/models/:predict",
        "/v1/models/small",
        "/v1/models/small:predict/"
      })
  void anAddressOfNoTemplateIsRefused(String address) {
    assertThatThrownBy(() -> find(address))
        .isInstanceOfSatisfying(
            RefusedRequest.class, refusal -> assertThat(refusal.status()).isEqualTo(404))
        .hasMessage(
            "There is nothing at this address: this server has [/, /v1/models/{model}:predict, /v2/models/stats, /v2/models/{model}, /v2/models/{model}/versions/{version}/ready].");
  }

  @Test
  void aNameMayHaveASlashThatIsNotEncoded() {
    assertThat(find("/v2/models/a/seed-1").parameters()).isEqualTo(Map.of("model", "a/seed-1"));
    assertThat(find("/v1/models/a/seed-1:predict").parameters())
        .isEqualTo(Map.of("model", "a/seed-1"));
  }

  @Test
  void aTemplateWhosePartsAreNotDescribedIsRefused() {
    assertThatThrownBy(() -> routes.put("/v3/{model}", Description.of("Something"), ENDPOINT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The path /v3/{model} has [{model}], but [] are described.");
  }

  @Test
  void filesOfThePageAreFoundAndNotDescribed() {
    routes.putFile("/page.js", ENDPOINT);
    assertThat(find("/page.js").endpoint()).isSameAs(ENDPOINT);
    assertThat(routes.described())
        .containsOnlyKeys(
            "/",
            "/v1/models/{model}:predict",
            "/v2/models/stats",
            "/v2/models/{model}",
            "/v2/models/{model}/versions/{version}/ready");
  }

  @Test
  void aMethodThatIsNotAnsweredIsRefused() {
    assertThatThrownBy(() -> routes.find("POST", URI.create("/v2/models/small")))
        .isInstanceOfSatisfying(
            RefusedRequest.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(405);
              assertThat(refusal.headers()).containsEntry("Allow", "GET, HEAD");
            });
  }
}
