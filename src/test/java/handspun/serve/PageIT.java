package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.image.Pictures;
import handspun.network.Network;
import handspun.train.Acceptance;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** Draws digits in a real browser, and looks at what the page says of them. */
class PageIT {
  @RegisterExtension private static final Visitor visitor = new Visitor();

  @RegisterExtension private static final ServedPage page = new ServedPage();

  @BeforeEach
  void open() {
    visitor.open(page.address());
  }

  private static long sent() {
    return (Long)
        visitor.js(
            "performance.getEntriesByType('resource').filter(e => e.name.includes('predict')).length");
  }

  @Test
  void asksForADigitAndReadsNothingWhileThePaperIsEmpty() {
    assertThat(visitor.prediction()).isEqualTo("Draw a digit");
    visitor.element("clear").click();
    assertThat(visitor.prediction()).isEqualTo("Draw a digit");
    assertThat(sent()).isZero();
    assertThat(visitor.element("headline").getText())
        .contains("784-16-16-10", "13,002", "91.2 %", "harder");
  }

  @ParameterizedTest
  @EnumSource
  void readsADigitDrawnWithTheMouseAsTheServerDoes(Digit digit) {
    visitor.draw(digit);
    visitor.awaitRead(digit.text());
    assertThat(visitor.prediction()).isEqualTo(digit.text() + ", most likely");
    assertThat(visitor.element("badge").getText())
        .isEqualTo("Computed here, same bits as the server");
    visitor.await(
        "document.querySelector('#outputs .best .label').textContent === '" + digit.text() + "'");
    visitor.await("Number(document.querySelector('#outputs .best .value').textContent) > 0.3");
    assertThat(visitor.inked("input")).isBetween(20L, 400L);
  }

  @ParameterizedTest
  @EnumSource
  void readsADigitDrawnSmallInACornerAsItReadsALargeOne(Digit digit) {
    int[] large = pixelsOf(digit, 1, 0, 0);
    assertNearlySame(pixelsOf(digit, 0.5, 50, 0), large);
    assertNearlySame(pixelsOf(digit, 0.15, 0, 85), large);
    assertNearlySame(pixelsOf(digit, 0.15, 85, 0), large);
  }

  /**
   * Compares pixels of 0 to 255: those of two of these digits differ by 19 and more. A mouse moves
   * by whole pixels of the screen, of which a small digit has few, and its centre, a whole number
   * too, can be moved by one.
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
    assertThat(least).isLessThan(12);
  }

  /**
   * What the network sees of a digit at a scale, so many hundredths of the paper right and down.
   */
  private static int[] pixelsOf(Digit digit, double scale, int right, int down) {
    visitor.element("clear").click();
    double[] stroke = Arrays.stream(digit.stroke()).mapToDouble(c -> scale * c).toArray();
    for (int i = 0; i < stroke.length; i++) {
      stroke[i] += i % 2 == 0 ? right : down;
    }
    visitor.draw(Kind.MOUSE, stroke);
    visitor.awaitRead(digit.text());
    return ((List<?>) visitor.js("[...page.reading.prepared.pixels]"))
        .stream().mapToInt(pixel -> ((Long) pixel).intValue()).toArray();
  }

  /** Nothing has an output of 1, and nothing is so clear that the others are all 0. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, Nothing that I was taught, 0",
    "0, 1, '3, or perhaps \\d', 2",
    "0, 0, '3, surely', 1"
  })
  void saysTheVerdictInWords(float leastScore, float leastMargin, String words, int best) {
    try (DigitServer judging =
        ServedNetwork.learned().with(new Acceptance(leastScore, leastMargin)).serve()) {
      visitor.open(judging.address());
      visitor.draw(Digit.THREE);
      visitor.awaitProof();
      visitor.await("document.querySelectorAll('#outputs .best').length === " + best);
      assertThat(visitor.prediction()).matches(words);
      visitor.leave();
    }
  }

  @Test
  void asksForOneDigitWhereThereAreSeveral() {
    visitor.draw(Kind.MOUSE, 20, 20, 20, 50, 20, 80);
    visitor.draw(Kind.MOUSE, 75, 20, 75, 50, 75, 80);
    visitor.awaitProof();
    assertThat(visitor.prediction()).isEqualTo("More than one digit: draw one");
  }

  @Test
  void countsTheDigitsOfAPhotographAsTheServerDoes(@TempDir Path folder) throws Exception {
    BufferedImage image = new BufferedImage(280, 210, BufferedImage.TYPE_BYTE_GRAY);
    image.createGraphics().fillRect(60, 40, 20, 130);
    image.createGraphics().fillRect(200, 40, 20, 130);
    Path file = Files.write(folder.resolve("11.png"), Pictures.file("png", image));
    visitor.element("file").sendKeys(file.toString());
    visitor.await("page.source.kind === 'photo'");
    visitor.awaitProof();
    visitor.await(
        "document.getElementById('prediction').textContent === 'More than one digit: draw one'");
  }

  @Test
  void showsHowADrawingBecameWhatTheNetworkSees() {
    visitor.draw(Digit.SEVEN);
    visitor.awaitRead("7");
    visitor.await(
        "/^The ink: \\d+ × 200$/.test(document.getElementById('made-box').textContent)"
            + " && !document.getElementById('made-placed').hidden");
    assertThat(visitor.element("made-fitted").getText()).matches("Fitted .*: \\d+ × 20");
    assertThat(visitor.inked("input")).isPositive();
    assertThat(visitor.element("made-straight").isDisplayed()).isFalse();
  }

  @Test
  void tellsAPixelsValueByMouseAndByKeys() {
    visitor.draw(Digit.ONE);
    visitor.awaitRead("1");
    visitor.element("input").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_UP);
    assertThat(visitor.element("pixel").getText()).startsWith("Column 15, row 13: ");
    long pixel = (Long) visitor.js("page.reading.prepared.pixels[13 * 28 + 15]");
    assertThat(visitor.element("pixel").getText())
        .isEqualTo("Column 15, row 13: %d of 255 = %s".formatted(pixel, plain(pixel / 255f)));
  }

  private static String plain(float value) {
    return value == (int) value ? String.valueOf((int) value) : String.valueOf(value);
  }

  @Test
  void goesBackAndForthAndRubsOut() {
    visitor.draw(Digit.ONE);
    visitor.draw(Kind.MOUSE, 20, 20, 80, 20);
    String strokes = "(page.source.strokes?.length ?? 0)";
    visitor.await(strokes + " === 2");
    visitor.element("undo").click();
    assertThat(visitor.js(strokes)).isEqualTo(1L);
    visitor.awaitRead("1");
    visitor.element("redo").click();
    assertThat(visitor.js(strokes)).isEqualTo(2L);
    visitor.element("eraser").click();
    visitor.draw(Kind.MOUSE, 20, 20, 80, 20);
    assertThat(visitor.js(strokes)).isEqualTo(1L);
    // What is rubbed out in the middle leaves two.
    visitor.draw(Kind.MOUSE, 40, 50, 60, 50);
    assertThat(visitor.js(strokes)).isEqualTo(2L);
    visitor.element("eraser").click();
    visitor.element("clear").click();
    assertThat(visitor.prediction()).isEqualTo("Draw a digit");
    new Actions(visitor.browser())
        .keyDown(Keys.CONTROL)
        .sendKeys("z")
        .keyUp(Keys.CONTROL)
        .perform();
    assertThat(visitor.js(strokes)).isEqualTo(2L);
    visitor.element("pen").click();
    visitor.await("page.source.pen === 1.5");
    visitor.awaitProof();
  }

  @Test
  void rubsOutPixelsOfATestImageButNothingOfAnEmptyPaper() {
    visitor.element("eraser").click();
    visitor.draw(Kind.MOUSE, 30, 50, 70, 50);
    assertThat(visitor.js("page.source.kind")).isEqualTo("nothing");
    assertThat(visitor.element("undo").isEnabled()).isFalse();
    visitor.first("#load .digit").click();
    visitor.await("page.source.kind === 'image'");
    visitor.awaitProof();
    String inked = "page.source.pixels.filter(pixel => pixel > 0).length";
    long before = (Long) visitor.js(inked);
    visitor.draw(Kind.MOUSE, 20, 50, 80, 50);
    visitor.awaitProof();
    assertThat(visitor.js("page.source.kind")).isEqualTo("image");
    assertThat((Long) visitor.js(inked)).isBetween(1L, before - 1);
    visitor.element("undo").click();
    assertThat(visitor.js(inked)).isEqualTo(before);
    visitor.awaitProof();
  }

  @Test
  void drawsWithTheArrowKeys() {
    visitor.element("drawing").sendKeys(Keys.ARROW_UP);
    for (int i = 0; i < 2; i++) {
      visitor.element("drawing").sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_UP));
    }
    visitor.element("drawing").sendKeys(Keys.SPACE);
    for (int i = 0; i < 24; i++) {
      visitor.element("drawing").sendKeys(Keys.ARROW_DOWN);
    }
    assertThat(sent()).isZero();
    visitor.element("drawing").sendKeys(Keys.SPACE);
    visitor.awaitRead("1");
  }

  @Test
  void putsTestImagesOnThePaper() {
    visitor.element("headline").click();
    new Actions(visitor.browser()).sendKeys("4").perform();
    visitor.await("page.source.kind === 'image' && page.source.label === 4");
    visitor.awaitProof();
    long first = (Long) visitor.js("page.source.index");
    visitor.all("#load .digit").get(4).click();
    visitor.await("page.source.index > " + first);
    visitor.element("mistake").click();
    visitor.await("page.reading?.verdict.digit !== page.source.label");
    visitor.awaitProof();
    assertThat(visitor.inked("drawing")).isPositive();
    visitor.draw(Digit.ONE);
    visitor.awaitRead("1");
  }

  @Test
  void showsTheStepsOfAPictureThatIsOpened(@TempDir Path folder) throws Exception {
    BufferedImage image =
        Pictures.seven(BufferedImage.TYPE_INT_RGB, 280, 210, Color.GRAY, Color.WHITE);
    image.createGraphics().drawRect(20, 20, 240, 170);
    Path file = Files.write(folder.resolve("7.png"), Pictures.file("png", image));
    visitor.element("file").sendKeys(file.toString());
    visitor.awaitRead("7");
    visitor.await("document.getElementById('step-seen-text').textContent !== ''");
    assertThat(visitor.element("step-paper-text").getText())
        .isEqualTo("brightness 128 of 255, no noise");
    assertThat(visitor.element("step-ink-text").getText())
        .startsWith("brighter than the paper by 13 ");
    assertThat(visitor.element("steps-legend").getText()).isEqualTo("frame around the digit");
    assertThat(visitor.text("document.getElementById('step-ink').getAttribute('aria-label')"))
        .isEqualTo("The digit's ink in its box; dropped: frame around the digit");
    assertThat(visitor.inked("drawing")).isPositive();
    assertThat(visitor.inked("step-seen")).isPositive();
    // Who draws on it begins anew.
    visitor.draw(Digit.ONE);
    visitor.awaitRead("1");
    assertThat(visitor.element("steps-card").isDisplayed()).isFalse();
  }

  @Test
  void saysWhatCannotBeOpened(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("7.png"), "hello");
    visitor.element("file").sendKeys(file.toString());
    visitor.await("!document.getElementById('problem').hidden");
    assertThat(visitor.element("problem").getText()).contains("cannot be opened", "PNG or JPEG");
    assertThat(sent()).isZero();
  }

  @Test
  void keepsADrawingThatWasBegunWhileAPictureWasOpened(@TempDir Path folder) throws Exception {
    visitor.run(
        "const open = createImageBitmap; window.createImageBitmap = async (file) => {"
            + " await new Promise((resolve) => { window.goOn = resolve; });"
            + " const bitmap = await open(file); window.opened = true; return bitmap; }");
    Path file = Files.write(folder.resolve("7.png"), Pictures.sevenPng());
    visitor.element("file").sendKeys(file.toString());
    visitor.await("window.goOn !== undefined");
    visitor.draw(Digit.ONE);
    visitor.awaitRead("1");
    visitor.run("goOn()");
    visitor.await("window.opened");
    assertThat(visitor.js("page.source.kind")).isEqualTo("strokes");
  }

  @Test
  void worksBehindAPathOfAnotherServer() throws Exception {
    try (PathProxy proxy = PathProxy.start("/digits/", page.address())) {
      visitor.open(proxy.address());
      visitor.draw(Digit.SEVEN);
      visitor.awaitRead("7");
      assertThat(visitor.js("getComputedStyle(document.body).backgroundColor"))
          .isEqualTo("rgb(244, 242, 238)");
      assertThat(proxy.statuses())
          .containsKeys("/digits/", "/digits/exact/worker.js", "/digits/api/predict")
          .allSatisfy((path, status) -> assertThat(status).as(path).isEqualTo(200));
      visitor.leave();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"PEN", "TOUCH"})
  void readsADigitDrawnWithPenAndFinger(Kind kind) {
    visitor.draw(kind, Digit.THREE.stroke());
    visitor.awaitRead("3");
  }

  @Test
  void readsWhileThePenIsStillOnThePaperAndSendsNothingUntilItIsLifted() {
    visitor.beginToDraw(Digit.SEVEN);
    visitor.await("document.querySelector('#prediction strong').textContent === '7'");
    assertThat(sent()).isZero();
    assertThat(visitor.element("badge").isDisplayed()).isFalse();
    visitor.browser().resetInputState();
    visitor.awaitRead("7");
    assertThat(sent()).isEqualTo(1);
  }

  @Test
  void clearsByButtonAndByKey() {
    for (CharSequence key : new CharSequence[] {"", Keys.ESCAPE, Keys.DELETE}) {
      visitor.draw(Digit.ONE);
      visitor.awaitRead("1");
      assertThat(visitor.inked("drawing")).isPositive();
      if (key.length() == 0) {
        visitor.element("clear").click();
      } else {
        visitor.element("drawing").sendKeys(key);
      }
      visitor.await("document.getElementById('prediction').textContent === 'Draw a digit'");
      visitor.await(
          "document.getElementById('drawing').getContext('2d').getImageData(0, 0,"
              + " drawing.width, drawing.height).data.every(v => v === 0)");
      assertThat(visitor.inked("input")).isZero();
      assertThat(visitor.all("#outputs .best")).isEmpty();
    }
  }

  @Test
  void readsASingleDotToo() {
    visitor.draw(Kind.MOUSE, 50, 50);
    visitor.awaitProof();
    assertThat(visitor.all("#outputs .best")).isNotEmpty();
  }

  @Test
  void saysOneSentenceToThoseWhoHearThePageWhenThePenIsUp() {
    visitor.beginToDraw(Digit.SEVEN);
    visitor.await("document.querySelector('#prediction strong').textContent === '7'");
    assertThat(visitor.text("document.getElementById('spoken').textContent")).isEmpty();
    visitor.browser().resetInputState();
    visitor.await("document.getElementById('spoken').textContent !== ''");
    assertThat(visitor.text("document.getElementById('spoken').textContent"))
        .isEqualTo("The network reads: 7, most likely.");
  }

  @Test
  void followsTheColourScheme() {
    visitor.draw(Digit.THREE);
    visitor.awaitRead("3");
    String ground = "getComputedStyle(document.body).backgroundColor";
    String ink =
        "drawing.getContext('2d').getImageData(drawing.width * 0.55, drawing.width * 0.15, 1, 1)"
            + ".data[0]";
    assertThat(visitor.js(ground)).isEqualTo("rgb(244, 242, 238)");
    assertThat((Long) visitor.js(ink)).isLessThan(60);
    visitor.emulate("dark", "none");
    visitor.await(ground + " === 'rgb(21, 23, 26)'");
    visitor.await(ink + " > 200");
  }

  @Test
  void showsTheServersErrorsInWordsAndReadsOn() {
    visitor.run(
        "const real = window.fetch; window.fetch = async (path, ...rest) => `${path}`.includes('predict')"
            + " ? new Response('{\"error\": \"Use another pen.\"}', {status: 400}) : real(path, ...rest)");
    visitor.draw(Digit.ONE);
    visitor.await("!document.getElementById('problem').hidden");
    assertThat(visitor.element("problem").getText()).isEqualTo("Use another pen.");
    assertThat(visitor.prediction()).startsWith("1");
    assertThat(visitor.element("badge").isDisplayed()).isFalse();
    visitor.element("clear").click();
    visitor.await("document.getElementById('problem').hidden");
  }

  @Test
  void turnsTheBadgeRedIfTheServerHasAnotherBit() {
    visitor.run(
        "const real = window.fetch; window.fetch = async (path, ...rest) => {"
            + " const answer = await real(path, ...rest);"
            + " if (!`${path}`.includes('predict')) { return answer; }"
            + " const said = await answer.json(); said.outputs[3] *= 1.0000002;"
            + " return new Response(JSON.stringify(said)); }");
    visitor.draw(Digit.THREE);
    visitor.await("page.proof.state === 'differs'");
    assertThat(visitor.element("badge").getDomAttribute("class")).isEqualTo("differs");
    assertThat(visitor.element("badge").getText())
        .matches("Differs from the server in output 3: 0\\.\\d+ here, 0\\.\\d+ there");
  }

  @Test
  void noticesThatTheServerIsGoneAndBackAndHasAnotherModel() {
    DigitServer first = ServedNetwork.learned().serve();
    int port = first.address().getPort();
    visitor.open(first.address());
    visitor.draw(Digit.THREE);
    visitor.awaitRead("3");
    first.close();
    visitor.await(
        "document.getElementById('notice').textContent.startsWith('The server does not')");
    // Drawn on meanwhile, it is read by the page alone.
    visitor.element("clear").click();
    visitor.draw(Digit.ONE);
    visitor.await("document.querySelector('#prediction strong').textContent === '1'");
    assertThat(visitor.element("badge").isDisplayed()).isFalse();
    try (DigitServer same = ServedNetwork.learned().serve(port)) {
      assertThat(same.address()).isEqualTo(first.address());
      visitor.await("document.getElementById('notice').textContent === 'The server is back.'");
      visitor.awaitRead("1");
    }
    Network other = RunFiles.network(2);
    try (DigitServer another = ServedNetwork.of(other, 1).serve(port)) {
      assertThat(another.address()).isEqualTo(first.address());
      visitor.await("page.model.sha256 === '" + other.sha256() + "'");
      visitor.await("document.getElementById('notice').textContent.includes('another model')");
      visitor.awaitProof();
      visitor.leave();
    }
    visitor.forget();
  }
}
