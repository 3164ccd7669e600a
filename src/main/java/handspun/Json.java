package handspun;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes JSON objects. Streaming, since loading a data binder would double the start-up time. */
public final class Json {
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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      all.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
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
