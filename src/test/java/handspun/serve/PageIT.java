package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.image.Mnist;
import handspun.image.Pictures;
import handspun.math.Kernels;
import handspun.network.Network;
import handspun.store.Model;
import handspun.store.Provenance;
import handspun.train.Acceptance;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Draws digits in a real browser. */
class PageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private static Path profile;

  private static Network network;
  private static DigitServer server;
  private static ChromeDriver browser;

  /** Digits as pen strokes: x and y in hundredths of the paper. */
  enum Digit {
    ZERO("0", "52,18 38,22 30,38 29,55 33,72 43,82 55,82 65,72 70,55 69,38 62,23 52,18"),
    ONE("1", "53,15 52,30 51,50 50,70 49,85"),
    THREE("3", "30,22 40,15 55,15 66,22 66,34 58,44 45,48 60,52 70,62 68,76 56,85 40,84 29,77"),
    SEVEN("7", "28,22 40,21 55,20 70,20 62,40 54,60 46,85");

    private final String name;
    private final String points;

    Digit(String name, String points) {
      this.name = name;
      this.points = points;
    }

    int[] stroke() {
      return Stream.of(points.split("[ ,]")).mapToInt(Integer::parseInt).toArray();
    }
  }

  @BeforeAll
  static void start() {
    browser = Chromium.start(profile);
    network = Mnist.train(Mnist.data().training(), 8, 1);
    server = serve(Optional.empty());
  }

  private static DigitServer serve(Optional<Acceptance> acceptance) {
    Provenance provenance = new Provenance("data/mnist", Map.of(), "", Map.of(), 8, 0.93, 0.9283);
    Model model = new Model(network, Optional.empty(), provenance, acceptance);
    return DigitServer.start("model.handspun", model, Kernels.fastest(), "127.0.0.1", 0);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open() {
    browser.manage().window().setSize(new Dimension(1100, 900));
    emulate("prefers-color-scheme", "light");
    browser.get(server.address().toString());
    await("document.querySelectorAll('#outputs li').length === 10");
  }

  @AfterEach
  void nothingWentWrongUnseen() {
    browser.resetInputState();
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .noneMatch(entry -> entry.getLevel().equals(Level.SEVERE));
  }

  private static void emulate(String feature, String value) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  private static Object js(String expression) {
    return browser.executeScript("return " + expression);
  }

  private static void await(String condition) {
    new WebDriverWait(browser, PATIENCE).until(b -> (Boolean) js(condition));
  }

  private static WebElement element(String id) {
    return browser.findElement(By.id(id));
  }

  private static String prediction() {
    return element("prediction").getText();
  }

  private static void awaitPrediction(String text) {
    await("document.getElementById('prediction').textContent === '" + text + "'");
  }

  private static void draw(PointerInput.Kind kind, int... stroke) {
    PointerInput pointer = new PointerInput(kind, kind.name());
    browser.perform(List.of(down(pointer, stroke).addAction(pointer.createPointerUp(0))));
  }

  /** Draws, but does not lift the pen. */
  private static Sequence down(PointerInput pointer, int... stroke) {
    return down(pointer, Arrays.stream(stroke).asDoubleStream().toArray());
  }

  private static Sequence down(PointerInput pointer, double[] stroke) {
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

  private static long inked(String canvas) {
    return (Long)
        js(
            "(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
                + ".filter((v, i) => i % 4 === 3 && v > 0).length)(document.getElementById('"
                + canvas
                + "'))");
  }

  private static long requests() {
    return (Long)
        js(
            "performance.getEntriesByType('resource').filter(e => e.name.includes('predict')).length");
  }

  @Test
  void asksForADigitAndPredictsNothingWhileThePaperIsEmpty() {
    assertThat(prediction()).isEqualTo("Draw a digit");
    assertThat(element("clear").isEnabled()).isTrue();
    element("clear").click();
    assertThat(prediction()).isEqualTo("Draw a digit");
    assertThat(requests()).isZero();
    assertThat(element("model").getText()).contains("784-16-16-10", "13,002", "92.8 %", "Model ");
  }

  @ParameterizedTest
  @EnumSource
  void readsADigitDrawnWithTheMouse(Digit digit) {
    draw(PointerInput.Kind.MOUSE, digit.stroke());
    awaitPrediction(digit.name);
    await("document.querySelector('#outputs .best .label').textContent === '" + digit.name + "'");
    String value = browser.findElement(By.cssSelector("#outputs .best .value")).getText();
    assertThat(Double.parseDouble(value)).isBetween(0.3, 1.0);
    assertThat(inked("input")).isBetween(20L, 400L);
  }

  @ParameterizedTest
  @EnumSource
  void readsADigitDrawnSmallInACornerAsItReadsALargeOne(Digit digit) {
    int[] large = pixelsOf(digit, 1, 0, 0);
    assertNearlySame(pixelsOf(digit, 0.5, 50, 0), large);
    assertThat(prediction()).isEqualTo(digit.name);
    assertNearlySame(pixelsOf(digit, 0.15, 0, 85), large);
    assertThat(prediction()).isEqualTo(digit.name);
    assertNearlySame(pixelsOf(digit, 0.15, 85, 0), large);
    assertThat(prediction()).isEqualTo(digit.name);
  }

  /**
   * Compares pixels of 0 to 255, of which a digit's have a mean of about 25. A mouse moves by whole
   * pixels of the screen, which can move a small digit's centre, a whole number too, by one.
   */
  private static void assertNearlySame(int[] pixels, int[] expected) {
    double least = Double.MAX_VALUE;
    for (int shift : new int[] {0, 1, -1, 28, -28, 29, -29, 27, -27}) {
      double difference = 0;
      for (int p = 29; p < pixels.length - 29; p++) {
        difference += Math.abs(pixels[p + shift] - expected[p]);
      }
      least = Math.min(least, difference / pixels.length);
    }
    assertThat(least).isLessThan(7);
  }

  /**
   * What the network sees of a digit at a scale, so many hundredths of the paper right and down.
   */
  @SuppressWarnings("unchecked")
  private static int[] pixelsOf(Digit digit, double scale, int right, int down) {
    element("clear").click();
    double[] stroke = Arrays.stream(digit.stroke()).mapToDouble(c -> scale * c).toArray();
    for (int i = 0; i < stroke.length; i++) {
      stroke[i] += i % 2 == 0 ? right : down;
    }
    PointerInput mouse = new PointerInput(PointerInput.Kind.MOUSE, "MOUSE");
    browser.perform(List.of(down(mouse, stroke).addAction(mouse.createPointerUp(0))));
    await("!reading && shown !== null");
    return ((List<Long>) js("shown.input")).stream().mapToInt(Long::intValue).toArray();
  }

  @Test
  void sendsEveryDrawingInOneSizeWithAPenInProportion() {
    String box =
        "(f => [f.penWidth, ...['x', 'y'].flatMap(axis => f.strokes.flat().map(p => p[axis])"
            + ".reduce(([least, most], v) => [Math.min(least, v), Math.max(most, v)], [9, -9]))]"
            + ".map(v => Math.round(v * 2800)))(fitted(%s))";
    List<Long> wide = List.of(180L, 490L, 2310L, 1309L, 1491L);
    assertThat(js(box.formatted("[[{x: 0, y: 0.4}, {x: 0.5, y: 0.5}], [{x: 1, y: 0.5}]]")))
        .isEqualTo(wide);
    assertThat(js(box.formatted("[[{x: 0.9, y: 0.01}, {x: 0.95, y: 0.02}], [{x: 1, y: 0.02}]]")))
        .isEqualTo(wide);
    // A dot stays one, and its pen is the paper's.
    List<Long> dot = List.of(266L, 1400L, 1400L, 1400L, 1400L);
    assertThat(js(box.formatted("[[{x: 0.1, y: 0.9}]]"))).isEqualTo(dot);
    assertThat(js(box.formatted("[[{x: 0.1, y: 0.9}, {x: 0.11, y: 0.915}]]"))).isEqualTo(dot);
  }

  private static void assertSays(String large, String words, int best) {
    assertThat(element("prediction").getDomProperty("textContent")).matches(large + words);
    assertThat(element("prediction").getDomAttribute("role")).isEqualTo("status");
    assertThat(js("document.querySelector('#prediction strong').textContent")).isEqualTo(large);
    assertThat(browser.findElements(By.cssSelector("#outputs .best"))).hasSize(best);
    assertThat(js("[...document.querySelectorAll('.value')].every(v => v.textContent !== '')"))
        .isEqualTo(true);
  }

  /** Nothing has an output of 1, and nothing is so clear that the others are all 0. */
  @ParameterizedTest
  @CsvSource({"1, 0, '', This is no digit that I know, 0", "0, 1, 3, ' or \\d\\?', 2"})
  void saysInWordsWhatIsNoDigitOrOneOfTwo(
      float leastScore, float leastMargin, String large, String words, int best) {
    try (DigitServer judging = serve(Optional.of(new Acceptance(leastScore, leastMargin)))) {
      browser.get(judging.address().toString());
      draw(PointerInput.Kind.MOUSE, Digit.THREE.stroke());
      await("shown !== null && !reading && !stale");
      assertSays(large, words, best);
    }
  }

  @Test
  void asksForOneDigitWhereThereAreSeveral() {
    browser.executeScript(
        "const real = window.fetch; window.fetch = async (...asked) => {"
            + " const answer = await (await real(...asked)).json();"
            + " return new Response(JSON.stringify({...answer, reading: 'several',"
            + " candidates: []})); }");
    draw(PointerInput.Kind.MOUSE, Digit.THREE.stroke());
    await("shown !== null && !reading && !stale");
    assertSays("", "More than one digit: draw one", 0);
    assertThat(inked("input")).isPositive();
  }

  @Test
  void showsTheStepsOfAPictureThatIsOpenedAndOfADrawingOnDemand(@TempDir Path folder)
      throws Exception {
    BufferedImage image =
        Pictures.seven(BufferedImage.TYPE_INT_RGB, 280, 210, Color.GRAY, Color.WHITE);
    image.createGraphics().drawRect(20, 20, 240, 170);
    Path file = Files.write(folder.resolve("7.png"), Pictures.file("png", image));
    element("file").sendKeys(file.toString());
    awaitPrediction("7");
    await("stepsShown.dropped !== undefined");
    assertThat(element("steps-list").isDisplayed()).isTrue();
    assertThat(element("step-paper-text").getText()).isEqualTo("brightness 128 of 255, no noise");
    assertThat(element("step-ink-text").getText()).startsWith("brighter than the paper by 13 ");
    assertThat(element("steps-legend").getText()).isEqualTo("frame around the digit");
    assertThat(js("document.getElementById('step-ink').getAttribute('aria-label')"))
        .isEqualTo("The digit's ink in its box; dropped: frame around the digit");
    assertThat(inked("drawing")).isPositive();
    String corner = "[...document.getElementById('step-ink').getContext('2d')";
    String frame = corner + ".getImageData(40, 100, 4, 8).data].slice(0, 128)";
    assertThat(js("new Set(%s.filter((v, i) => i %% 4 === 2)).size > 1".formatted(frame)))
        .isEqualTo(true);
    // Who draws on it begins anew, with the steps folded away until they are asked for.
    draw(PointerInput.Kind.MOUSE, Digit.ONE.stroke());
    awaitPrediction("1");
    await("!reading && !stepsFold.open");
    browser.findElement(By.tagName("summary")).sendKeys(Keys.ENTER);
    await("stepsShown?.dropped !== undefined");
    assertThat(element("step-dropped-text").getText()).isEqualTo("Nothing was dropped.");
    assertThat(inked("step-seen")).isPositive();
    element("drawing").sendKeys(Keys.ESCAPE);
    assertThat(element("steps-list").isDisplayed()).isFalse();
  }

  @Test
  void saysWhatCannotBeOpened(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("7.png"), "hello");
    element("file").sendKeys(file.toString());
    await("!document.getElementById('problem').hidden");
    assertThat(element("problem").getText()).contains("cannot be opened", "PNG or JPEG");
    assertThat(requests()).isZero();
  }

  @Test
  void keepsADrawingThatWasBegunWhileAPictureWasOpened(@TempDir Path folder) throws Exception {
    browser.executeScript(
        "const open = createImageBitmap; window.createImageBitmap = async (file) => {"
            + " await new Promise((resolve) => { window.goOn = resolve; });"
            + " const bitmap = await open(file); window.opened = true; return bitmap; }");
    Path file = Files.write(folder.resolve("7.png"), Pictures.sevenPng());
    element("file").sendKeys(file.toString());
    await("window.goOn !== undefined");
    draw(PointerInput.Kind.MOUSE, Digit.ONE.stroke());
    awaitPrediction("1");
    browser.executeScript("goOn()");
    await("window.opened && !reading && !stale");
    assertThat(js("photo")).isNull();
    assertThat(prediction()).isEqualTo("1");
  }

  @Test
  void worksBehindAPathOfAnotherServer() throws Exception {
    try (PathProxy proxy = PathProxy.start("/digits/", server.address())) {
      browser.get(proxy.address().toString());
      await("document.querySelectorAll('#outputs li').length === 10");
      await("document.getElementById('model').textContent.includes('784-16-16-10')");
      draw(PointerInput.Kind.MOUSE, Digit.SEVEN.stroke());
      awaitPrediction("7");
      assertThat(js("getComputedStyle(document.body).backgroundColor"))
          .isEqualTo("rgb(244, 242, 238)");
      assertThat(proxy.statuses())
          .containsKeys("/digits/", "/digits/style.css", "/digits/page.js", "/digits/api/predict")
          .allSatisfy((path, status) -> assertThat(status).as(path).isEqualTo(200));
      // The page asks once more after the pen was lifted, and the proxy is to be there still.
      await("!reading && !stale");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PointerInput.Kind.class,
      names = {"PEN", "TOUCH"})
  void readsADigitDrawnWithPenAndFinger(PointerInput.Kind kind) {
    draw(kind, Digit.THREE.stroke());
    awaitPrediction("3");
    assertThat(js("pen")).isNull();
  }

  @Test
  void readsWhileThePenIsStillOnThePaper() {
    PointerInput mouse = new PointerInput(PointerInput.Kind.MOUSE, "MOUSE");
    browser.perform(List.of(down(mouse, Digit.SEVEN.stroke())));
    awaitPrediction("7");
    assertThat(js("pen")).isNotNull();
  }

  @Test
  void clearsByButtonAndByKey() {
    for (CharSequence key : new CharSequence[] {"", Keys.ESCAPE, Keys.DELETE}) {
      draw(PointerInput.Kind.MOUSE, Digit.ONE.stroke());
      awaitPrediction("1");
      assertThat(inked("drawing")).isPositive();
      if (key.length() == 0) {
        element("clear").click();
      } else {
        element("drawing").sendKeys(key);
      }
      awaitPrediction("Draw a digit");
      assertThat(inked("drawing")).isZero();
      assertThat(inked("input")).isZero();
      assertThat(browser.findElements(By.cssSelector("#outputs .best"))).isEmpty();
    }
    draw(PointerInput.Kind.MOUSE, Digit.THREE.stroke());
    awaitPrediction("3");
  }

  @Test
  void sendsFewRequestsAtATimeAndNoneWhenNothingIsDrawn() throws Exception {
    draw(PointerInput.Kind.MOUSE, Digit.THREE.stroke());
    awaitPrediction("3");
    await("!reading");
    long sent = requests();
    assertThat(sent).isBetween(1L, (long) Digit.THREE.stroke().length);
    browser.executeAsyncScript("setTimeout(arguments[0], 300)");
    assertThat(requests()).isEqualTo(sent);
  }

  @Test
  void readsASingleDotToo() {
    draw(PointerInput.Kind.MOUSE, 50, 50);
    await("document.querySelector('#outputs .best') !== null");
    assertThat(element("problem").isDisplayed()).isFalse();
  }

  @Test
  void fitsNarrowScreensAndKeepsTheDrawing() {
    draw(PointerInput.Kind.MOUSE, Digit.THREE.stroke());
    awaitPrediction("3");
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 320, "height", 700, "deviceScaleFactor", 2, "mobile", true));
    try {
      await("document.documentElement.clientWidth === 320");
      await("drawing.width === Math.round(drawing.clientWidth * 2)");
      assertThat((Long) js("document.documentElement.scrollWidth")).isLessThanOrEqualTo(320);
      assertThat(prediction()).isEqualTo("3");
      await(
          "drawing.getContext('2d').getImageData(0, 0, drawing.width, drawing.height)"
              + ".data.some(v => v > 0)");
      draw(PointerInput.Kind.TOUCH, 20, 20, 25, 20);
      await("strokes.length === 2");
    } finally {
      browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }
  }

  @Test
  void followsTheColourScheme() {
    draw(PointerInput.Kind.MOUSE, Digit.THREE.stroke());
    awaitPrediction("3");
    String ground = "getComputedStyle(document.body).backgroundColor";
    String ink =
        "drawing.getContext('2d').getImageData(drawing.width * 0.55, drawing.width * 0.15, 1, 1)"
            + ".data[0]";
    assertThat(js(ground)).isEqualTo("rgb(244, 242, 238)");
    assertThat((Long) js(ink)).isLessThan(60);
    emulate("prefers-color-scheme", "dark");
    await(ground + " === 'rgb(21, 23, 26)'");
    await(ink + " > 200");
  }

  @Test
  void showsTheServersErrorsInWords() {
    browser.executeScript(
        "window.fetch = async () => new Response('{\"error\": \"Use another pen.\"}',"
            + " {status: 400})");
    draw(PointerInput.Kind.MOUSE, Digit.ONE.stroke());
    await("!document.getElementById('problem').hidden");
    assertThat(element("problem").getText()).isEqualTo("Use another pen.");
    browser.executeScript("window.fetch = async () => { throw new TypeError('offline'); }");
    draw(PointerInput.Kind.MOUSE, Digit.ONE.stroke());
    await("document.getElementById('problem').textContent.includes('does not answer')");
    element("clear").click();
    assertThat(element("problem").isDisplayed()).isFalse();
    assertThat(prediction()).isEqualTo("Draw a digit");
  }
}
