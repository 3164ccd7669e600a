package handspun.read;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.HandspunException;
import java.io.IOException;

/**
 * What a network says about one picture. The arrays are not copied and must not be changed.
 *
 * @param digit the output with the largest activation, the first of equals
 * @param outputs activations of the last layer, each in 0..1; they do not add up to 1
 * @param probabilities the outputs divided by their sum, so that these add up to 1; all equal if
 *     the outputs are all 0
 * @param input the 28 x 28 pixels that the network saw, one unsigned byte each
 */
public record Reading(int digit, float[] outputs, double[] probabilities, byte[] input) {

  /**
   * @throws HandspunException if an output is no finite number, as when weights are so large that
   *     their sums are beyond what numbers can say
   */
  static Reading of(float[] outputs, byte[] input) {
    int digit = 0;
    double sum = 0;
    for (int o = 0; o < outputs.length; o++) {
      if (!Float.isFinite(outputs[o])) {
        throw new HandspunException(
            ("The model cannot read this picture: its output for %d is %s, since its weights are too"
                    + " large to calculate with; use another model, or train it again at a lower"
                    + " --rate.")
                .formatted(o, outputs[o]));
      }
      sum += outputs[o];
      if (outputs[o] > outputs[digit]) {
        digit = o;
      }
    }
    double[] probabilities = new double[outputs.length];
    for (int o = 0; o < outputs.length; o++) {
      probabilities[o] = sum == 0 ? 1.0 / outputs.length : outputs[o] / sum;
    }
    return new Reading(digit, outputs, probabilities, input);
  }

  /**
   * @return the probability of the digit, 0..1
   */
  public double confidence() {
    return probabilities[digit];
  }

  /**
   * Writes the fields {@code digit}, {@code confidence}, {@code outputs}, {@code probabilities} and
   * {@code input} (pixels as 0 to 255) into an object that the caller has begun.
   *
   * @param json where to write
   * @throws IOException if writing fails
   */
  public void writeFields(JsonGenerator json) throws IOException {
    json.writeNumberField("digit", digit);
    json.writeNumberField("confidence", confidence());
    json.writeArrayFieldStart("outputs");
    for (float output : outputs) {
      json.writeNumber(output);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("probabilities");
    for (double probability : probabilities) {
      json.writeNumber(probability);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("input");
    for (byte pixel : input) {
      json.writeNumber(pixel & 0xff);
    }
    json.writeEndArray();
  }
}
