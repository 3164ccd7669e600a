package handspun.inference;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.read.Readings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The classes with the largest outputs of each image, the largest first, of equals the smaller
 * number first; each as a text {@code value:class}. Triton's classification extension.
 *
 * @param most how many of each image; all if there are fewer
 */
public record Classification(int most) implements ResponseTensor {
  /** {@return so many classes in the place of an output; refuses an output that has none} */
  static Classification of(OutputTensor output, long most) {
    if (output != OutputTensor.OUTPUTS || most < 0) {
      throw new MalformedRequest(
          "\"classification\" is %d of the output \"%s\": ask for some classes of \"%s\"."
              .formatted(most, output.tensor(), OutputTensor.OUTPUTS.tensor()));
    }
    return new Classification((int) Math.min(most, Integer.MAX_VALUE));
  }

  @Override
  public String tensor() {
    return OutputTensor.OUTPUTS.tensor();
  }

  @Override
  public Datatype datatype() {
    return Datatype.BYTES;
  }

  @Override
  public int[] shape(int images, int classes) {
    return new int[] {images, Math.min(most, classes)};
  }

  @Override
  public int bytes(Readings readings) {
    return texts(readings).mapToInt(text -> Integer.BYTES + encoded(text).length).sum();
  }

  @Override
  public void write(Readings readings, JsonGenerator to) throws IOException {
    for (String text : texts(readings).toList()) {
      to.writeString(text);
    }
  }

  @Override
  public void write(Readings readings, ByteBuffer to) {
    texts(readings).map(Classification::encoded).forEach(text -> to.putInt(text.length).put(text));
  }

  private Stream<String> texts(Readings readings) {
    return IntStream.range(0, readings.count()).boxed().flatMap(image -> texts(readings, image));
  }

  private Stream<String> texts(Readings readings, int image) {
    int from = image * readings.classes();
    float[] outputs = readings.outputs();
    List<Integer> classes = IntStream.range(0, readings.classes()).boxed().toList();
    return classes.stream()
        .sorted(Comparator.comparing(one -> outputs[from + one], Comparator.reverseOrder()))
        .limit(most)
        .map(one -> plain(outputs[from + one]) + ":" + one);
  }

  /** All digits that tell a single from its neighbours, and never an exponent. */
  private static String plain(float value) {
    return new BigDecimal(Float.toString(value)).toPlainString();
  }

  private static byte[] encoded(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
