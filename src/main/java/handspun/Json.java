package handspun;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes JSON objects. Streaming, since loading a data binder would double the start-up time. */
public final class Json {
  /** Its generators share their buffers. */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private static final int AT_A_TIME = 64;

  /** Of a byte, and the comma before it. */
  private static final int MOST_CHARACTERS = 4;

  private Json() {}

  /** Writes the fields of an object. */
  @FunctionalInterface
  public interface Fields {
    /**
     * @param json where to write
     * @throws IOException if writing fails
     */
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * @param fields what to put between the braces
   * @return the object on one line, UTF-8
   */
  public static byte[] object(Fields fields) {
    return bytes(
        json -> {
          json.writeStartObject();
          fields.write(json);
          json.writeEndObject();
        });
  }

  /**
   * @param elements what to put between the brackets
   * @return the array on one line, UTF-8
   */
  public static byte[] array(Fields elements) {
    return bytes(
        json -> {
          json.writeStartArray();
          elements.write(json);
          json.writeEndArray();
        });
  }

  private static byte[] bytes(Fields all) {
    Bytes bytes = new Bytes();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      all.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.all();
  }

  /** Most JSON comes in one piece, out of Jackson's buffer, and is not copied a second time. */
  private static final class Bytes extends ByteArrayOutputStream {
    Bytes() {
      super(0);
    }

    byte[] all() {
      return count == buf.length ? buf : toByteArray();
    }
  }

  /**
   * Writes an array of numbers from 0 to 255, some at a time: that is several times as fast as one
   * by one, and images are most of what is written.
   *
   * @param json where to write
   * @param bytes unsigned
   * @throws IOException if writing fails
   */
  public static void writeBytes(JsonGenerator json, byte[] bytes) throws IOException {
    json.writeStartArray();
    char[] text = new char[AT_A_TIME * MOST_CHARACTERS];
    int size = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (size > text.length - MOST_CHARACTERS) {
        json.writeRaw(text, 0, size);
        size = 0;
      }
      int value = bytes[i] & 0xff;
      if (i > 0) {
        text[size++] = ',';
      }
      if (value >= 100) {
        text[size++] = (char) ('0' + value / 100);
      }
      if (value >= 10) {
        text[size++] = (char) ('0' + value / 10 % 10);
      }
      text[size++] = (char) ('0' + value % 10);
    }
    json.writeRaw(text, 0, size);
    json.writeEndArray();
  }

  /**
   * Writes a field that is null where there is no finite number, as JSON has none for these.
   *
   * @param json where to write
   * @param name of the field
   * @param number any
   * @throws IOException if writing fails
   */
  public static void writeNumberOrNull(JsonGenerator json, String name, double number)
      throws IOException {
    if (Double.isFinite(number)) {
      json.writeNumberField(name, number);
    } else {
      json.writeNullField(name);
    }
  }
}
