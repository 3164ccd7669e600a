package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.Exp;
import handspun.network.Activation;
import handspun.network.Topology;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** Adds up in Java what the page shows of a unit: what is shown adds up to what is shown. */
class PageUnitIT {
  @RegisterExtension private static final Visitor visitor = new Visitor();

  private static void open(DigitServer server) {
    visitor.open(server.address());
    visitor.draw(Digit.THREE);
    visitor.awaitProof();
  }

  /** Waits until a unit is open, and opens the table of its terms. */
  private static void openTerms(String unit) {
    visitor.await(
        "!document.getElementById('unit').hidden"
            + " && document.getElementById('unit-title').textContent.startsWith('"
            + unit
            + "')");
    visitor.run("document.querySelector('#unit details').open = true");
    visitor.await("document.querySelector('#unit .terms .term') !== null");
  }

  /** The texts of all rows of a kind, those of a row's cells separated by bars. */
  private static List<String[]> rows(String selector) {
    return visitor
        .text(
            "[...document.querySelectorAll('"
                + selector
                + "')].map(row => [...row.children].map(cell => cell.textContent).join('|')).join('\\n')")
        .lines()
        .map(line -> line.split("\\|", -1))
        .toList();
  }

  private static float number(String text) {
    return Float.parseFloat(text);
  }

  /** Adds up the terms that are shown, and compares each sum on the way; gives back z. */
  private static float sum() {
    List<Float> sums = new ArrayList<>();
    int parts = ((Long) visitor.js("document.querySelectorAll('#unit .part').length")).intValue();
    for (int part = 1; part <= parts; part++) {
      String body = "#unit .part:nth-of-type(" + part + ") ";
      float sum = number(rows(body + ".start").get(0)[3]);
      for (String[] row : rows(body + ".term")) {
        sum = Math.fma(number(row[1]), number(row[2]), sum);
        assertThat(number(row[3])).isEqualTo(sum);
      }
      sums.add(sum);
    }
    if (parts == 1) {
      return sums.get(0);
    }
    List<String[]> joins = rows("#unit .join");
    float[] joined = {
      sums.get(0) + sums.get(1),
      sums.get(2) + sums.get(3),
      (sums.get(0) + sums.get(1)) + (sums.get(2) + sums.get(3))
    };
    for (int j = 0; j < joined.length; j++) {
      assertThat(number(joins.get(j)[3])).isEqualTo(joined[j]);
      assertThat(number(joins.get(j)[1]) + number(joins.get(j)[2])).isEqualTo(joined[j]);
    }
    return joined[2];
  }

  private static float last(String formula) {
    return number(formula.substring(formula.lastIndexOf("= ") + 2));
  }

  private static String formula(int line) {
    return visitor.all("#unit .formula").get(line).getText();
  }

  private static float fromBits() {
    String bits =
        visitor.text(
            "[...document.querySelectorAll('#unit .bits code')].map(c => c.textContent).join('')");
    assertThat(bits).hasSize(32);
    return Float.intBitsToFloat(Integer.parseUnsignedInt(bits, 2));
  }

  @Test
  void unitsOfSigmoidsAddUpToTheLastBit() {
    try (DigitServer server = ServedNetwork.learned().serve()) {
      open(server);
      String[] units = {"Unit 3 of layer 1", "Unit 3 of layer 2", "Output 3"};
      String[] selectors = {"#layer-1 .unit", "#layer-2 .unit", ".output"};
      for (int u = 0; u < units.length; u++) {
        visitor.all(selectors[u]).get(3).click();
        openTerms(units[u]);
        float z = sum();
        assertThat(last(formula(0))).isEqualTo(z);
        float a = 1f / (1f + Exp.exp(-z));
        assertThat(last(formula(1))).isEqualTo(a);
        assertThat(fromBits()).isEqualTo(a);
        assertThat(visitor.all("#unit .curve circle")).hasSize(1);
        assertThat(visitor.all("#unit .figures .pixels")).hasSize(3);
        visitor.element("unit-close").click();
        visitor.await("document.getElementById('unit').hidden");
      }
      visitor.leave();
    }
  }

  @Test
  void unitsOfAWideNetworkWithRectifiedUnitsAndSoftmaxAddUpToo() {
    Plan plan =
        Plan.builder()
            .set(Hyperparameters.LAYERS, new Topology(784, 60, 10))
            .set(Hyperparameters.ACTIVATION, Activation.RELU)
            .build();
    try (DigitServer server = ServedNetwork.untrained(plan).serve()) {
      open(server);
      visitor.element("layer-1").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ENTER);
      openTerms("Unit 7 of layer 1");
      assertThat(last(formula(1))).isEqualTo(Math.max(0, sum()));
      visitor.all(".output").get(7).click();
      openTerms("Output 7");
      float z = sum();
      float sum = 0;
      float own = 0;
      List<String[]> rows = rows("#unit .softmax");
      float largest = (float) rows.stream().mapToDouble(row -> number(row[1])).max().orElseThrow();
      for (String[] row : rows) {
        float e = Exp.exp(number(row[1]) - largest);
        assertThat(number(row[2])).isEqualTo(e);
        sum += e;
        assertThat(number(row[3])).isEqualTo(sum);
        own = number(row[0]) == 7 ? e : own;
      }
      assertThat(number(rows.get(7)[1])).isEqualTo(z);
      assertThat(fromBits()).isEqualTo(own / sum);
      visitor.leave();
    }
  }

  @Test
  void pointingAtAUnitShowsItsWiresAndWhatEachPixelAdds() {
    try (DigitServer server = ServedNetwork.learned().serve()) {
      open(server);
      String wires = "document.getElementById('wires').innerHTML";
      visitor.await(wires + ".includes('d=\"M')");
      String input = "document.getElementById('input').toDataURL()";
      String before = visitor.text(wires);
      String pixels = visitor.text(input);
      new Actions(visitor.browser()).moveToElement(visitor.all("#layer-1 .unit").get(2)).perform();
      visitor.await("page.hovered?.unit === 2");
      visitor.await(input + " !== '" + pixels + "'");
      visitor.await(wires + " !== '" + before + "'");
      visitor.leave();
    }
  }
}
