package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.image.Mnist;
import handspun.math.Exp;
import handspun.math.Kernels;
import handspun.network.Activation;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.serve.Visitor.Digit;
import handspun.store.Model;
import handspun.store.Provenance;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** Adds up in Java what the page shows of a unit: what is shown adds up to what is shown. */
class PageUnitIT {
  @TempDir private static Path profile;

  private static Network network;
  private static Visitor visitor;

  @BeforeAll
  static void start() {
    visitor = Visitor.start(profile);
    network = Mnist.train(Mnist.data().training().slice(0, 10_000), 2, 1);
  }

  private static DigitServer serve(Network served, Optional<Plan> plan) {
    Provenance provenance = new Provenance("data/mnist", Map.of(), "", Map.of(), 2, 0.9, 0.9);
    Model model = new Model(served, plan, provenance);
    return DigitServer.start("model.handspun", model, Kernels.fastest(), "127.0.0.1", 0);
  }

  @AfterAll
  static void stop() {
    if (visitor != null) {
      visitor.close();
    }
  }

  @AfterEach
  void nothingWentWrongUnseen() {
    visitor.assertQuiet();
  }

  private static void open(DigitServer server) {
    visitor.open(server.address());
    visitor.draw(Digit.THREE);
    visitor.awaitProof();
  }

  /** Opens a unit and the table of its terms. */
  private static void openUnit(String selector, int unit) {
    visitor.all(selector).get(unit).click();
    visitor.await("document.querySelector('#unit details') !== null");
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
    try (DigitServer server = serve(network, Optional.empty())) {
      open(server);
      for (String selector : List.of("#layer-1 .unit", "#layer-2 .unit", ".output")) {
        openUnit(selector, 3);
        float z = sum();
        assertThat(last(formula(0))).isEqualTo(z);
        float a = 1f / (1f + Exp.exp(-z));
        assertThat(last(formula(1))).isEqualTo(a);
        assertThat(fromBits()).isEqualTo(a);
        assertThat(visitor.all("#unit .curve circle")).hasSize(1);
        assertThat(visitor.all("#unit .figures canvas")).hasSize(3);
        visitor.element("unit-close").click();
      }
      assertThat(visitor.element("unit").isDisplayed()).isFalse();
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
    try (DigitServer server = serve(plan.initialNetwork(), Optional.of(plan))) {
      open(server);
      visitor.element("layer-1").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ENTER);
      visitor.await("page.open?.layer === 1");
      visitor.run("document.querySelector('#unit details').open = true");
      visitor.await("document.querySelector('#unit .terms .term') !== null");
      assertThat(last(formula(1))).isEqualTo(Math.max(0, sum()));
      openUnit(".output", 7);
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
    try (DigitServer server = serve(network, Optional.empty())) {
      open(server);
      visitor.await("document.getElementById('wires').width > 300");
      String wires = "document.getElementById('wires').toDataURL()";
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
