package handspun;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Writes JSON objects. Streaming, since loading a data binder would double the start-up time. */
public final class Json {
  /** Its generators share their buffers. */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

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
    Pieces pieces = new Pieces();
    try (JsonGenerator json = FACTORY.createGenerator(pieces)) {
      all.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pieces.all();
  }

  /** Most JSON comes in one piece, out of Jackson's buffer, and is not copied a second time. */
  private static final class Pieces extends ByteArrayOutputStream {
    Pieces() {
      super(0);
    }

    byte[] all() {
      return count == buf.length ? buf : toByteArray();
    }
  }

  /**
   * Writes an array of numbers from 0 to 255.
   *
   * @param json where to write, of this class's making
   * @param bytes unsigned
   * @throws IOException if writing fails
   */
  public static void writeBytes(JsonGenerator json, byte[] bytes) throws IOException {
    json.writeRawValue(new Bytes(bytes));
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

  /**
   * The text of an array of bytes. It goes where Jackson writes, without steps between: images are
   * most of what is written, and so take a fifth of the time that they take number by number.
   */
  private static final class Bytes extends SerializedString {
    private static final long serialVersionUID = 1;

    /** Of a byte, and the comma before it. */
    private static final int MOST_CHARACTERS = 4;

    private static final int BRACKETS = 2;

    private final byte[] bytes;

    Bytes(byte[] bytes) {
      super("");
      this.bytes = bytes;
    }

    private int mostCharacters() {
      return MOST_CHARACTERS * bytes.length + BRACKETS;
    }

    /** {@return how many bytes were written; -1 if there is no room for them} */
    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
      if (buffer.length - offset >= mostCharacters()) {
        return write(buffer, offset) - offset;
      }
      // Jackson asks for the text then.
      byte[] text = new byte[mostCharacters()];
      _unquotedUTF8Ref = Arrays.copyOf(text, write(text, 0));
      return -1;
    }

    /** {@return one past the last byte written} */
    private int write(byte[] to, int from) {
      int at = from;
      to[at++] = '[';
      for (int i = 0; i < bytes.length; i++) {
        if (i > 0) {
          to[at++] = ',';
        }
        int value = bytes[i] & 0xff;
        if (value >= 100) {
          to[at++] = (byte) ('0' + value / 100);
        }
        if (value >= 10) {
          to[at++] = (byte) ('0' + value / 10 % 10);
        }
        to[at++] = (byte) ('0' + value % 10);
      }
      to[at++] = ']';
      return at;
    }
  }
}
