package handspun.train;

import handspun.data.ExampleSet;
import handspun.data.Examples;
import handspun.image.Redrawer;
import handspun.math.Kernels;
import handspun.math.RandomStream;
import handspun.math.RandomUse;
import handspun.network.Feedforward;
import handspun.network.Inputs;
import handspun.network.Network;
import handspun.network.Outputs;
import java.util.Arrays;
import java.util.Optional;

/**
 * Chooses the {@link Acceptance} of a network by its answers to digits that it has not learned
 * from: the strictest one that refuses few of them, and is unsure of few of the others.
 */
public final class AcceptanceChoice {
  /** What refuses more of what is no digit refuses more digits, too: 97 % of them are kept. */
  private static final int MOST_REFUSED_PERCENT = 3;

  /**
   * Of what is accepted and correct. Fewer, and mistakes are told as digits that could have been
   * told as one of two; more, and whoever writes well is often told two digits. At 2 %, some 30 %
   * of the mistakes are told as unsure.
   */
  private static final int MOST_UNSURE_PERCENT = 2;

  /** At a time. */
  private static final int MOST_PIXELS = 1 << 26;

  private final Outputs kind;
  private final float[] scores;

  /** NaN where the answer is not correct. */
  private final float[] margins;

  private int count;

  AcceptanceChoice(Outputs kind, int answers) {
    this.kind = kind;
    scores = new float[answers];
    margins = new float[answers];
  }

  /**
   * @param plan that the network was trained by
   * @param validation digits that it has not learned from, where they are; those that are not in
   *     memory are read a part at a time
   * @param kernels arithmetic to use; the result does not depend on it
   * @return as {@link #choose}
   * @throws handspun.HandspunException if they cannot be read
   */
  public static Optional<Acceptance> by(
      Plan plan, Network network, ExampleSet validation, Kernels kernels) {
    return by(plan, network, validation, kernels, MOST_PIXELS);
  }

  /** The same with another number of pixels at a time. */
  static Optional<Acceptance> by(
      Plan plan, Network network, ExampleSet validation, Kernels kernels, int mostPixels) {
    int count = validation.count();
    int most = Math.max(1, mostPixels / network.topology().inputs());
    AcceptanceChoice choice = new AcceptanceChoice(network.units().outputs(), count);
    for (int from = 0; from < count; from += most) {
      Examples digits = digits(plan, validation, from, from + Math.min(most, count - from));
      choice.add(Feedforward.outputs(network, kernels, digits.inputs()), digits.labels());
    }
    return choice.choose();
  }

  /**
   * What the acceptance is chosen by: of all digits those {@code from..to}, as they are read. A
   * network that has learned from images that were drawn anew is to read drawings, so these are
   * drawn anew, too: not as differently as training saw them, but as people draw on the page.
   */
  private static Examples digits(Plan plan, ExampleSet validation, int from, int to) {
    Examples digits = validation.slice(from, to);
    boolean draws = plan.get(Hyperparameters.AUGMENT).redraw() > 0;
    return ImagePreparation.of(plan).read(draws ? drawn(plan.seed(), digits, from) : digits);
  }

  private static Examples drawn(long seed, Examples digits, int first) {
    int pixels = digits.rows() * digits.columns();
    Inputs.Builder drawn = new Inputs.Builder(pixels, digits.count());
    Redrawer redrawer = Redrawer.ofUsualHand();
    byte[] made = new byte[pixels];
    for (int i = 0; i < digits.count(); i++) {
      RandomStream random = new RandomStream(RandomUse.VALIDATION_DRAWINGS, seed, first + i);
      byte[] image = digits.inputs().pixels(i);
      redrawer.draw(image, digits.label(i), first + i, random, made, 0);
      drawn.add(made, 0, 1);
    }
    return digits.with(drawn.build());
  }

  private void add(float[] outputs, byte[] labels) {
    int classes = outputs.length / labels.length;
    for (int i = 0; i < labels.length; i++) {
      float[] answer = Arrays.copyOfRange(outputs, i * classes, (i + 1) * classes);
      add(answer, Feedforward.prediction(answer, 0, classes) == (labels[i] & 0xff));
    }
  }

  void add(float[] outputs, boolean isCorrect) {
    float score = kind.evidence(outputs);
    // What cannot be read is refused, whatever the least score is.
    scores[count] = Float.isNaN(score) ? Float.NEGATIVE_INFINITY : score;
    margins[count] = isCorrect ? Acceptance.margin(outputs) : Float.NaN;
    count++;
  }

  /**
   * {@return the largest least score below which at most 3 % of the answers are, and the largest
   * least margin below which at most 2 % of those are that are correct and not refused; empty if
   * there were no answers, or too many of them were NaN}
   */
  Optional<Acceptance> choose() {
    if (count == 0) {
      return Optional.empty();
    }
    float leastScore = least(Arrays.copyOf(scores, count), MOST_REFUSED_PERCENT);
    if (!Acceptance.isPossible(leastScore)) {
      return Optional.empty();
    }
    float[] accepted = new float[count];
    int correct = 0;
    for (int i = 0; i < count; i++) {
      if (scores[i] >= leastScore && !Float.isNaN(margins[i])) {
        accepted[correct++] = margins[i];
      }
    }
    float leastMargin =
        correct == 0 ? 0 : least(Arrays.copyOf(accepted, correct), MOST_UNSURE_PERCENT);
    return Optional.of(new Acceptance(leastScore, leastMargin));
  }

  /** {@return the largest number below which at most so many of the values are} They are sorted. */
  private static float least(float[] values, int percent) {
    Arrays.sort(values);
    return values[(int) ((long) values.length * percent / 100)];
  }
}
