package handspun.inference;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.read.Readings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a model answers. */
public enum OutputTensor implements ResponseTensor {
  /** The activations of the last layer, a row an image. */
  OUTPUTS(Datatype.FP32) {
    @Override
    public int[] shape(int images, int classes) {
      return new int[] {images, classes};
    }

    @Override
    public void write(Readings readings, JsonGenerator to) throws IOException {
      for (float element : readings.outputs()) {
        to.writeNumber(element);
      }
    }

    @Override
    public void write(Readings readings, ByteBuffer to) {
      to.asFloatBuffer().put(readings.outputs());
    }
  },

  /** The largest output of each image. */
  DIGIT(Datatype.INT64) {
    @Override
    public void write(Readings readings, JsonGenerator to) throws IOException {
      for (int element : readings.digits()) {
        to.writeNumber(element);
      }
    }

    @Override
    public void write(Readings readings, ByteBuffer to) {
      for (int digit : readings.digits()) {
        to.putLong(digit);
      }
    }
  },

  /** How much each image looks like a digit to the network, 0 to 1. */
  SCORE(Datatype.FP32) {
    @Override
    public void write(Readings readings, JsonGenerator to) throws IOException {
      for (float element : readings.scores()) {
        to.writeNumber(element);
      }
    }

    @Override
    public void write(Readings readings, ByteBuffer to) {
      to.asFloatBuffer().put(readings.scores());
    }
  };

  /** All of them, in the order in which they are answered. */
  public static final List<OutputTensor> ALL = List.of(values());

  private final Datatype datatype;

  OutputTensor(Datatype datatype) {
    this.datatype = datatype;
  }

  /** {@return the one of a name; refuses a name that none has} */
  static OutputTensor named(String name) {
    return ALL.stream()
        .filter(output -> output.tensor().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new MalformedRequest(
                    "The model has no output \"%s\": ask for %s."
                        .formatted(
                            Words.shortened(name),
                            ALL.stream()
                                .map(output -> '"' + output.tensor() + '"')
                                .collect(Collectors.joining(", ")))));
  }

  @Override
  public String tensor() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Datatype datatype() {
    return datatype;
  }

  @Override
  public int[] shape(int images, int classes) {
    return new int[] {images};
  }

  @Override
  public int bytes(Readings readings) {
    return Arrays.stream(shape(readings.count(), readings.classes()))
        .reduce(datatype.bytes(), Math::multiplyExact);
  }
}
