package handspun.serve;

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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
