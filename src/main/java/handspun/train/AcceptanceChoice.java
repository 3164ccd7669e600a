package handspun.train;

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
   * told as one of two; more, and whoever writes well is often told two digits. At 2 %, a quarter
   * to a third of the mistakes are told as unsure.
   */
  private static final int MOST_UNSURE_PERCENT = 2;

  private final float[] scores;

  /** NaN where the answer is not correct. */
  private final float[] margins;

  private int count;

  /**
   * @param most how many answers there will be
   */
  public AcceptanceChoice(int most) {
    scores = new float[most];
    margins = new float[most];
  }

  /**
   * Takes notice of answers.
   *
   * @param digits how the network does on digits
   */
  public void add(Evaluation digits) {
    for (int i = 0; i < digits.total(); i++) {
      add(digits.outputs(i), digits.isCorrect(i));
    }
  }

  void add(float[] outputs, boolean isCorrect) {
    float score = Acceptance.score(outputs);
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
  public Optional<Acceptance> choose() {
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
