package handspun.train;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.network.Outputs;
import java.io.IOException;
import java.util.Optional;

/**
 * What decides whether an answer of a network is a digit, one of two, or none. It belongs to the
 * network, whose validation images have chosen it ({@link AcceptanceChoice}).
 *
 * <p>The score of an answer is how far it is from that to an image of no class: {@link
 * Outputs#evidence}.
 *
 * @param leastScore answers of a lower score are no digit, 0..1
 * @param leastMargin among the others, those of a lower {@linkplain #margin margin} are unsure,
 *     0..1
 */
public record Acceptance(float leastScore, float leastMargin) {
  /**
   * @throws IllegalArgumentException if one of them is not in 0..1
   */
  public Acceptance {
    if (!isPossible(leastScore) || !isPossible(leastMargin)) {
      throw new IllegalArgumentException(
          "The least score is %s and the least margin %s, but each must be in 0..1."
              .formatted(leastScore, leastMargin));
    }
  }

  /** {@return whether it can be the least score or the least margin} */
  public static boolean isPossible(float least) {
    return least >= 0 && least <= 1;
  }

  /**
   * How clearly an answer decides for one digit: its largest output less the second largest. (Of
   * sigmoid and of softmax outputs alike, it finds as many mistakes among as many unsure answers as
   * their quotient or the difference of their weighted inputs does.)
   *
   * @param outputs activations of the last layer, none of which is NaN
   * @return 0..1; 1 where there is but one output, and nothing to decide
   */
  public static float margin(float[] outputs) {
    if (outputs.length == 1) {
      return 1;
    }
    float largest = Float.NEGATIVE_INFINITY;
    float second = Float.NEGATIVE_INFINITY;
    for (float output : outputs) {
      if (output > largest) {
        second = largest;
        largest = output;
      } else if (output > second) {
        second = output;
      }
    }
    return largest - second;
  }

  /**
   * @param score of the answer
   * @param outputs activations of the last layer
   * @return {@link Verdict#DIGIT}, {@link Verdict#UNSURE} or {@link Verdict#NONE}; the last if the
   *     score is NaN
   */
  public Verdict verdict(float score, float[] outputs) {
    if (!(score >= leastScore)) {
      return Verdict.NONE;
    }
    return margin(outputs) < leastMargin ? Verdict.UNSURE : Verdict.DIGIT;
  }

  /**
   * Writes the field {@code acceptance}: an object with {@code leastScore} and {@code leastMargin},
   * or null.
   *
   * @param json where to write
   * @param acceptance of a model
   * @throws IOException if writing fails
   */
  public static void writeField(JsonGenerator json, Optional<Acceptance> acceptance)
      throws IOException {
    if (acceptance.isEmpty()) {
      json.writeNullField("acceptance");
      return;
    }
    json.writeObjectFieldStart("acceptance");
    json.writeNumberField("leastScore", acceptance.get().leastScore);
    json.writeNumberField("leastMargin", acceptance.get().leastMargin);
    json.writeEndObject();
  }
}
