package handspun.inference;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.read.Readings;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A tensor of an answer: an output of the model, or the classes in the place of one. */
public sealed interface ResponseTensor permits OutputTensor, Classification {
  /** {@return its name} */
  String tensor();

  /** {@return the type of its elements} */
  Datatype datatype();

  /**
   * {@return its shape}
   *
   * @param images how many, or -1 for any number
   * @param classes of the model
   */
  int[] shape(int images, int classes);

  /** {@return how many bytes its binary data are} */
  int bytes(Readings readings);

  /** Writes all elements into an array that has begun, row by row. */
  void write(Readings readings, JsonGenerator to) throws IOException;

  /** Writes all elements where a buffer is, in its order of bytes; the buffer need not move on. */
  void write(Readings readings, ByteBuffer to);
}
