package handspun.read;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.HandspunException;
import java.io.IOException;

/**
 * What a network says about one picture. The arrays are not copied and must not be changed.
 *
 * @param digit the output with the largest activation, the first of equals
 * @param outputs activations of the last layer, each in 0..1; they do not add up to 1
 * @param input the 28 x 28 pixels that the network saw, one unsigned byte each
 */
public record Reading(int digit, float[] outputs, byte[] input) {

  /** Refuses outputs that are no finite numbers. */
  public Reading {
    for (int o = 0; o < outputs.length; o++) {
      if (!Float.isFinite(outputs[o])) {
        throw new HandspunException(
            "The model cannot read this picture: its output for %d is %s, since its weights are too large to calculate with; use another model, or train it again at a lower --rate."
                .formatted(o, outputs[o]));
      }
    }
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

  /**
   * Writes the fields {@code digit}, {@code confidence} (the digit's probability), {@code outputs},
   * {@code probabilities} and {@code input} (pixels as 0 to 255) into an object that the caller has
   * begun.
   *
   * @param json where to write
   * @throws IOException if writing fails
   */
  public void writeFields(JsonGenerator json) throws IOException {
    double[] probabilities = probabilities();
    json.writeNumberField("digit", digit);
    json.writeNumberField("confidence", probabilities[digit]);
    json.writeArrayFieldStart("outputs");
    for (float output : outputs) {
      json.writeNumber(output);
    }
    json.writeEndArray();
    json.writeFieldName("probabilities");
    json.writeArray(probabilities, 0, probabilities.length);
    json.writeArrayFieldStart("input");
    for (byte pixel : input) {
      json.writeNumber(pixel & 0xff);
    }
    json.writeEndArray();
  }
}
