package handspun.read;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.HandspunException;
import handspun.Json;
import handspun.JsonSchema;
import handspun.image.DigitNormalizer;
import handspun.network.Feedforward;
import handspun.network.Outputs;
import handspun.train.Acceptance;
import handspun.train.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a network says about one picture. The arrays are not copied and must not be changed.
 *
 * @param verdict whether it is a digit at all
 * @param digit the output with the largest activation, the first of equals, whatever the verdict is
 * @param score how much it looks like a digit to the network, 0..1: {@link Outputs#evidence}
 * @param outputs activations of the last layer, each in 0..1; those of sigmoids do not add up to 1
 * @param input the 28 x 28 pixels that the network saw, one unsigned byte each
 * @param acceptance what has decided; empty if the model has none, so that every answer is a digit
 */
public record Reading(
    Verdict verdict,
    int digit,
    float score,
    float[] outputs,
    byte[] input,
    Optional<Acceptance> acceptance) {

  /** Refuses outputs that are no finite numbers. */
  public Reading {
    requireFinite(outputs);
  }

  static void requireFinite(float[] outputs) {
    for (int o = 0; o < outputs.length; o++) {
      if (!Float.isFinite(outputs[o])) {
        throw new HandspunException(
            "The model cannot read this picture: its output for %d is %s, since its weights are too large to calculate with; use another model, or train it again at a lower --rate."
                .formatted(o, outputs[o]));
      }
    }
  }

  /**
   * @param outputs activations of the last layer
   * @param kind what these are
   * @param input what the network saw
   * @param digits how many digits the picture shows, at least 1
   * @param acceptance of the model
   * @return the reading
   * @throws HandspunException if an output is no finite number
   */
  static Reading of(
      float[] outputs, Outputs kind, byte[] input, int digits, Optional<Acceptance> acceptance) {
    float score = kind.evidence(outputs);
    return new Reading(
        digits > 1 ? Verdict.SEVERAL : verdict(score, outputs, acceptance),
        Feedforward.prediction(outputs, 0, outputs.length),
        score,
        outputs,
        input,
        acceptance);
  }

  private static Verdict verdict(float score, float[] outputs, Optional<Acceptance> acceptance) {
    return acceptance.isPresent() ? acceptance.get().verdict(score, outputs) : Verdict.DIGIT;
  }

  /**
   * {@return the digits that it may be: one, two if unsure, the likelier first; none if there is no
   * digit or more than one}
   */
  public List<Integer> candidates() {
    return switch (verdict) {
      case DIGIT -> List.of(digit);
      case UNSURE -> List.of(digit, second());
      case NONE, SEVERAL -> List.of();
    };
  }

  private int second() {
    int second = digit == 0 ? 1 : 0;
    for (int o = second + 1; o < outputs.length; o++) {
      if (o != digit && outputs[o] > outputs[second]) {
        second = o;
      }
    }
    return second;
  }

  /**
   * {@return the outputs divided by their sum, so that these add up to 1; all equal if the outputs
   * are all 0}
   */
  public double[] probabilities() {
    double sum = 0;
    for (float output : outputs) {
      sum += output;
    }
    double[] probabilities = new double[outputs.length];
    for (int o = 0; o < outputs.length; o++) {
      probabilities[o] = sum == 0 ? 1.0 / outputs.length : outputs[o] / sum;
    }
    return probabilities;
  }

  /** {@return what {@link #writeFields} writes; made anew, since most who read need none} */
  public static JsonSchema schema() {
    JsonSchema part = JsonSchema.number().from(0, 1);
    return JsonSchema.object()
        .with(
            "reading",
            JsonSchema.text(Stream.of(Verdict.values()).map(Verdict::toString).toList())
                .said("A digit, one of two, no digit, or more than one."))
        .with(
            "candidates",
            JsonSchema.arrayOf(JsonSchema.whole())
                .sized(0, 2)
                .said("What it may be, the likelier first."))
        .with("score", part.said("How much it looks like a digit to the network."))
        .with("threshold", part.orNull().said("A smaller score is no digit."))
        .with("digit", JsonSchema.whole().said("The largest output, also of what is no digit."))
        .with("confidence", part.said("The probability of that."))
        .with("outputs", JsonSchema.arrayOf(part).said("Activations of the last layer."))
        .with("probabilities", JsonSchema.arrayOf(part).said("The outputs, divided by their sum."))
        .with(
            "input",
            JsonSchema.arrayOf(JsonSchema.whole().from(0, 255), DigitNormalizer.PIXELS)
                .said("What the network saw."));
  }

  /**
   * Writes the fields {@code reading} (the verdict), {@code candidates}, {@code score}, {@code
   * threshold} (the least score of a digit; null if there is none), {@code digit}, {@code
   * confidence} (the digit's probability), {@code outputs}, {@code probabilities} and {@code input}
   * (pixels as 0 to 255) into an object that the caller has begun.
   *
   * @param json where to write
   * @throws IOException if writing fails
   */
  public void writeFields(JsonGenerator json) throws IOException {
    double[] probabilities = probabilities();
    json.writeStringField("reading", verdict.toString());
    json.writeArrayFieldStart("candidates");
    for (int candidate : candidates()) {
      json.writeNumber(candidate);
    }
    json.writeEndArray();
    json.writeNumberField("score", score);
    if (acceptance.isPresent()) {
      json.writeNumberField("threshold", acceptance.get().leastScore());
    } else {
      json.writeNullField("threshold");
    }
    json.writeNumberField("digit", digit);
    json.writeNumberField("confidence", probabilities[digit]);
    json.writeArrayFieldStart("outputs");
    for (float output : outputs) {
      json.writeNumber(output);
    }
    json.writeEndArray();
    json.writeFieldName("probabilities");
    json.writeArray(probabilities, 0, probabilities.length);
    json.writeFieldName("input");
    Json.writeBytes(json, input);
  }
}
