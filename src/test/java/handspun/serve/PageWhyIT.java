package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** Asks the page, in a real browser, why it reads one digit and not another. */
class PageWhyIT {
  /** A three of two strokes: x and y in hundredths of the paper. */
  private static final int[] UPPER = {30, 22, 40, 15, 55, 15, 66, 22, 66, 34, 58, 44, 45, 48};

  private static final int[] LOWER = {45, 48, 60, 52, 70, 62, 68, 76, 56, 85, 40, 84, 29, 77};

  @RegisterExtension private static final Visitor visitor = new Visitor();

  @RegisterExtension private static final ServedPage page = new ServedPage();

  @BeforeEach
  void drawAThree() {
    visitor.open(page.address());
    visitor.draw(Kind.MOUSE, UPPER);
    visitor.draw(Kind.MOUSE, LOWER);
    visitor.await("document.getElementById('why-title').textContent.startsWith('Why 3 and not ')");
  }

  private static void press(String selector) {
    visitor.run("document.querySelector('%s').click()".formatted(selector));
  }

  /** Numbers of a list of pulls, its own and not those of lists within. */
  private static double sumOfPulls(String list) {
    return number(
        """
        [...document.querySelectorAll('%s > li')].map(li => li.querySelector('.value')?.textContent ?? '0')
            .reduce((sum, value) => sum + Number(value.replace('−', '-')), 0)"""
            .formatted(list));
  }

  private static double number(String expression) {
    return ((Number) visitor.js("Number(%s)".formatted(expression))).doubleValue();
  }

  private static double numberIn(String selector, String pattern) {
    return number(
        "document.querySelector('%s').textContent.match(/%s/)[1].replace('−', '-')"
            .formatted(selector, pattern));
  }

  @Test
  void pullsAddUpToWhatTheDigitIsAheadByDownToPixels() {
    press("#why-digits button:nth-child(9)");
    visitor.await("document.getElementById('why-title').textContent === 'Why 3 and not 8?'");
    double ahead = numberIn(".war p", "by (−?[0-9.]+):");
    double ofOne = numberIn(".war p", "are (−?[0-9.]+) and");
    double ofOther = numberIn(".war p", "and (−?[0-9.]+)\\.");

    assertThat(ahead).isPositive().isCloseTo(ofOne - ofOther, within(0.011));
    assertThat(sumOfPulls(".war > .tug")).isCloseTo(ahead, within(1e-9));
    long few = (long) visitor.js("document.querySelectorAll('.war > .tug > li').length");
    press(".war > .tug > li:last-child button");
    assertThat((long) visitor.js("document.querySelectorAll('.war > .tug > li').length"))
        .isGreaterThan(few);
    assertThat(sumOfPulls(".war > .tug")).isCloseTo(ahead, within(1e-9));

    visitor.run("document.querySelector('.war > .tug details').open = true");
    visitor.await("document.querySelector('.war .inside') !== null");
    while ((boolean) visitor.js("document.querySelector('.war .terms-picture') === null")) {
      String deepest = ".war .inside .tug";
      assertThat(sumOfPulls(deepest))
          .isCloseTo(numberIn(".war .inside", "z = (−?[0-9.]+)"), within(1e-9));
      visitor.run("document.querySelector('.war .inside .tug details').open = true");
      visitor.await("document.querySelector('.war .inside .inside') !== null");
    }
    String pixels = ".war .terms-picture p";
    assertThat(
            numberIn(pixels, "pixel: ([^ ]+) ")
                + numberIn(pixels, "some, ([^ ]+) ")
                + numberIn(pixels, "and ([^ ]+) of"))
        .isCloseTo(numberIn(pixels, "make (−?[0-9.]+)\\."), within(1e-9));
  }

  @Test
  void aStrokeIsSwitchedOffUntilOneDrawsOn() {
    visitor.await(
        "[...document.querySelectorAll('.strokes strong')].filter(s => s.textContent !== '').length === 2");
    String inkOfGhost =
        """
        (() => { const ghost = document.getElementById('ghost');
          return ghost.getContext('2d').getImageData(0, 0, ghost.width, ghost.height).data.some(v => v > 0); })()""";

    press(".strokes button");
    visitor.await(inkOfGhost);
    assertThat(visitor.js("document.querySelector('.strokes button').getAttribute('aria-pressed')"))
        .isEqualTo("true");

    visitor.draw(Kind.MOUSE, 20, 20, 20, 25);
    visitor.await("!(%s)".formatted(inkOfGhost));
    visitor.await("document.querySelectorAll('.strokes button').length === 3");
  }

  @Test
  void theLeastInkThatMakesItAnEightIsReadAsAnEightWhenItIsPutOnThePaper() {
    press("#why-digits button:nth-child(9)");
    press("#make-it");
    visitor.await("document.getElementById('put-it') !== null");
    assertThat((String) visitor.js("document.getElementById('made-it').textContent"))
        .matches("(Adding|Rubbing) .* %.* makes it an 8\\.");
    String then =
        (String) visitor.js("document.querySelectorAll('.change figcaption')[1].textContent");
    assertThat(then).startsWith("Then: 8");

    press("#put-it");
    visitor.await("document.getElementById('badge').className === 'same'");
    assertThat(visitor.js("'Then: ' + document.getElementById('prediction').textContent"))
        .isEqualTo(then);
    assertThat(visitor.js("document.getElementById('made-it').textContent")).isEqualTo("");
  }
}
