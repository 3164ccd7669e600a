package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.Kernels;
import handspun.store.Runs;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Models that are chosen and compared, images like the drawn one, and links, in a real browser. */
class PageModelsIT {
  /** All numbers that the page has computed of the drawing, to the last bit. */
  private static final String BITS =
      "(({forward: {z, a}, normalized}) => JSON.stringify([[...z.slice(1), ...a].map(layer =>"
          + " [...new Uint32Array(Float32Array.from(layer).buffer)]), [...normalized.pixels]]))"
          + "(page.reading)";

  @RegisterExtension private static final Visitor visitor = new Visitor();

  @TempDir private Path folder;

  private RunFiles runs;
  private DigitServer server;

  /** Serves the run "first", beside an older one, and whatever is newer later. */
  @BeforeEach
  void serve() throws Exception {
    runs = new RunFiles(folder.resolve("runs"));
    runs.write("older", 2, 100);
    Path file = runs.write("first", 1, 200);
    ModelFiles models =
        new ModelFiles(
            file.toString(),
            RunFiles.model(1),
            () -> Runs.models(runs.runs()).stream().findFirst(),
            () -> Runs.models(runs.runs()));
    Content content = Content.of(models).collecting(Optional.of(folder.resolve("collected")));
    server = DigitServer.start(content, Kernels.fastest(), "127.0.0.1", 0);
    open(server.address().toString());
  }

  @AfterEach
  void close() {
    visitor.leave();
    server.close();
  }

  private static void open(String address) {
    // Else only what is behind the # changes.
    visitor.leave();
    visitor.open(URI.create(address));
    visitor.await("document.querySelectorAll('#compare-with option').length === 2");
  }

  private static void awaitText(String id, String part) {
    visitor.await(
        "document.getElementById('%s')?.textContent.includes('%s') === true".formatted(id, part));
  }

  private static String text(String id) {
    return visitor.text("document.getElementById('%s').textContent".formatted(id));
  }

  /** Draws a seven, and waits until the server has read the same. */
  private static void draw() {
    visitor.draw(Digit.SEVEN);
    visitor.awaitProof();
  }

  private static String bits() {
    return (String) visitor.js(BITS);
  }

  private static List<?> requestsTo(String path) {
    return (List<?>)
        visitor.js(
            "performance.getEntriesByType('resource').map(e => e.name).filter(n => n.includes('%s'))"
                .formatted(path));
  }

  @Test
  void aLinkOpensTheSameViewToTheLastBit() {
    draw();
    visitor.first("#layer-1 li:nth-child(3) button").click();
    visitor.await("location.hash.includes('open=1.2') && location.hash.includes('strokes=')");
    String bits = bits();
    String link = visitor.browser().getCurrentUrl();
    assertThat(link).hasSizeLessThan(600).contains(RunFiles.network(1).sha256());
    open(link);
    visitor.awaitProof();
    assertThat(bits()).isEqualTo(bits);
    assertThat(text("unit-title")).startsWith("Unit 2 of layer 1");
    open(link.substring(0, link.length() - 20));
    awaitText("notice", "This link is damaged");
    assertThat(text("prediction")).isEqualTo("Draw a digit");
  }

  @Test
  void aChosenModelReadsUntilItIsGone() throws Exception {
    draw();
    visitor.element("choose-model").sendKeys(Keys.ENTER);
    visitor.await("document.querySelectorAll('.choice').length === 3");
    visitor.await("document.activeElement.getAttribute('aria-current') === 'true'");
    new Actions(visitor.browser()).sendKeys(Keys.TAB, Keys.TAB, Keys.ENTER).perform();
    awaitText("models-title", "older");
    awaitText("models", RunFiles.network(2).sha256());
    visitor.awaitProof();
    runs.write("newest", 3, 300);
    awaitText("notice", "The server has a newer model now");
    assertThat(text("models-title")).endsWith("older");
    visitor.await("location.hash.includes('%s')".formatted(RunFiles.network(2).sha256()));
    Files.delete(folder.resolve("runs/older/model.handspun"));
    // The server looks once a second which models there are.
    visitor.await(
        """
        (() => { const request = new XMLHttpRequest(); request.open('GET', 'api/models', false); request.send();
          return !request.responseText.includes('%s'); })()"""
            .formatted(RunFiles.network(2).sha256()));
    visitor.draw(Digit.SEVEN);
    awaitText("models-title", "newest");
    awaitText("notice", "no longer there: newest");
    // The browser's console tells of what was not found.
    visitor.forget();
  }

  @Test
  void twoModelsReadTheSameDrawing() {
    draw();
    String one = outputs("#outputs .value");
    visitor.element("compare-with").sendKeys("older");
    awaitText("compared", "furthest apart");
    assertThat(outputs(".both td:first-child .value")).isEqualTo(one);
    String two = outputs(".both td:last-child .value");
    visitor.element("choose-model").click();
    visitor.await("document.querySelectorAll('.choice').length === 3");
    visitor.first("li:last-child > .choice").click();
    awaitText("models-title", "older");
    visitor.awaitProof();
    assertThat(outputs("#outputs .value")).isEqualTo(two).isNotEqualTo(one);
  }

  private static String outputs(String selector) {
    return (String)
        visitor.js(
            "[...document.querySelectorAll('%s')].map(e => e.textContent).join(' ')"
                .formatted(selector));
  }

  @Test
  void theNearestImagesAreAskedForOnceAndCanBePutOnThePaper() {
    draw();
    visitor.await("document.querySelectorAll('#similar li').length === 5");
    assertThat(requestsTo("api/nearest")).hasSize(1);
    String label = text("similar").substring("Nearest training images".length()).substring(0, 1);
    visitor.first("#similar button").click();
    visitor.awaitProof();
    // A training image is nearest to itself.
    visitor.await("document.querySelector('#similar button').title.includes('distance of 0:')");
    assertThat(visitor.first("#similar button span").getText()).isEqualTo(label);
    assertThat(visitor.element("collect").isDisplayed()).isFalse();
  }

  @Test
  void aDrawingIsKeptOnceWithItsLabel() throws Exception {
    draw();
    visitor.await("!document.getElementById('collect').hidden");
    visitor.element("collect-title").click();
    WebElement seven = visitor.first("#collect .digit:nth-child(8)");
    visitor.await("!document.querySelector('#collect .digit').disabled");
    seven.click();
    awaitText("collect", "Thank you: kept as 7. It is drawing number 1.");
    assertThat(seven.isEnabled()).isFalse();
    assertThat(requestsTo("api/collect")).hasSize(1);
    try (Stream<Path> files = Files.list(folder.resolve("collected"))) {
      assertThat(files).isNotEmpty();
    }
  }
}
