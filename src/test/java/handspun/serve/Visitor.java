package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Somebody at the page, with a real browser, for all tests of a class. */
final class Visitor implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private Path profile;
  private ChromeDriver browser;

  /** Starts a browser; skips the tests, aloud, where there is none. */
  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    profile = Files.createTempDirectory("visitor");
    browser = Chromium.start(profile);
    browser.manage().timeouts().scriptTimeout(PATIENCE);
  }

  /** Asserts that nothing went wrong that only the browser's console has seen. */
  @Override
  public void afterEach(ExtensionContext context) {
    browser.resetInputState();
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .noneMatch(entry -> entry.getLevel().equals(Level.SEVERE));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (browser != null) {
      browser.quit();
    }
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  ChromeDriver browser() {
    return browser;
  }

  /** Opens the page on a usual screen, and waits for the network. */
  void open(URI address) {
    screen(1366, 900, 1);
    emulate("light", "none");
    visit(address);
  }

  /** Opens the page on the same screen as before, and waits for the network. */
  void visit(URI address) {
    browser.get(address.toString());
    know();
  }

  /** Leaves the page, as before its server ends: it would ask in vain whether that lives. */
  void leave() {
    browser.get("about:blank");
  }

  /** Makes the page's state known to {@link #js} as {@code page}. */
  void know() {
    browser.executeAsyncScript(
        "const done = arguments[0];"
            + " import(new URL('state.js', document.baseURI).href)"
            + ".then(module => { window.page = module.state; done(); });");
    await("page.network !== null && document.querySelectorAll('#outputs li').length === 10");
  }

  /** Sets the screen's size in pixels of CSS, and how many pixels of the screen each has. */
  void screen(int width, int height, int scale) {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", width, "height", height, "deviceScaleFactor", scale, "mobile", width < 600));
  }

  /** Sets what the visitor prefers: light or dark, and colours of one's own (active or none). */
  void emulate(String scheme, String forced) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "forced-colors", "value", forced))));
    // The page hears of it before one of its next frames.
    browser.executeAsyncScript(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));");
  }

  Object js(String expression) {
    return browser.executeScript("return " + expression);
  }

  String text(String expression) {
    return String.valueOf(js(expression));
  }

  void run(String script) {
    browser.executeScript(script);
  }

  void await(String condition) {
    new WebDriverWait(browser, PATIENCE, PAUSE).until(b -> (Boolean) js(condition));
  }

  WebElement element(String id) {
    return browser.findElement(By.id(id));
  }

  WebElement first(String selector) {
    return browser.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return browser.findElements(By.cssSelector(selector));
  }

  String prediction() {
    return text("document.getElementById('prediction').textContent");
  }

  /** Waits until a digit is read, and the server has read the same. */
  void awaitRead(String digit) {
    await("document.querySelector('#prediction strong').textContent === '" + digit + "'");
    awaitProof();
  }

  void awaitProof() {
    await("page.proof.state !== 'none' && page.proof.state !== 'waiting'");
    assertThat(text("JSON.stringify([page.proof.state, page.proof.what, page.proof.message])"))
        .isEqualTo("[\"same\",null,null]");
  }

  void draw(Digit digit) {
    draw(PointerInput.Kind.MOUSE, digit.stroke());
  }

  void draw(PointerInput.Kind kind, int... stroke) {
    draw(kind, Arrays.stream(stroke).asDoubleStream().toArray());
  }

  void draw(PointerInput.Kind kind, double[] stroke) {
    PointerInput pointer = new PointerInput(kind, kind.name());
    browser.perform(List.of(down(pointer, stroke).addAction(pointer.createPointerUp(0))));
  }

  /** Draws, but does not lift the pen. */
  void beginToDraw(Digit digit) {
    PointerInput mouse = new PointerInput(PointerInput.Kind.MOUSE, "MOUSE");
    double[] stroke = Arrays.stream(digit.stroke()).asDoubleStream().toArray();
    browser.perform(List.of(down(mouse, stroke)));
  }

  private Sequence down(PointerInput pointer, double[] stroke) {
    WebElement paper = element("drawing");
    int size = paper.getSize().getWidth();
    Sequence moves = new Sequence(pointer, 0);
    for (int i = 0; i < stroke.length; i += 2) {
      moves.addAction(
          pointer.createPointerMove(
              Duration.ofMillis(i == 0 ? 0 : 20),
              PointerInput.Origin.fromElement(paper),
              (int) Math.round((stroke[i] - 50) * size / 100),
              (int) Math.round((stroke[i + 1] - 50) * size / 100)));
      if (i == 0) {
        moves.addAction(pointer.createPointerDown(0));
      }
    }
    return moves;
  }

  /** {@return how many pixels of a canvas are not transparent} */
  long inked(String canvas) {
    return (Long)
        js(
            "(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
                + ".filter((v, i) => i % 4 === 3 && v > 0).length)(document.getElementById('"
                + canvas
                + "'))");
  }

  /** Keeps what is seen as a picture, for people to look at. */
  void see(String name) {
    try {
      Files.createDirectories(SCREENSHOTS);
      Files.write(SCREENSHOTS.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asserts that nothing keeps anyone from using the page. */
  void assertAccessible(Axe axe) {
    // While something is computed anew, what was there before it is pale.
    await("document.querySelector('[aria-busy=\"true\"], .stale') === null");
    assertThat(axe.violations(browser)).isEmpty();
  }

  /** Forgets what only the browser's console has seen, as of a server that was not there. */
  void forget() {
    browser.manage().logs().get(LogType.BROWSER).getAll();
  }
}
