package handspun.inference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The JSON object that a request begins with, field by field, without a tree. */
final class JsonRequest implements Closeable {
  private final byte[] body;
  private final int length;
  private final PixelStreamParser json;

  /**
   * Parameters with the values that any has here: numbers, and whether something is so.
   *
   * @param values by name; others are left out
   */
  record Parameters(Map<String, Object> values) {
    Optional<Boolean> flag(String name) {
      return value(name, Boolean.class, "true or false");
    }

    OptionalLong number(String name) {
      return value(name, Long.class, "a whole number")
          .map(OptionalLong::of)
          .orElse(OptionalLong.empty());
    }

    private <T> Optional<T> value(String name, Class<T> type, String wanted) {
      Object value = values.get(name);
      if (value != null && !type.isInstance(value)) {
        throw new MalformedRequest(
            "The parameter \"%s\" is %s, but must be %s."
                .formatted(name, Words.shortened(value.toString()), wanted));
      }
      return Optional.ofNullable(value).map(type::cast);
    }
  }

  /** Begins with the object in the first {@code length} bytes of a body. */
  JsonRequest(byte[] body, int length) throws IOException {
    this.body = body;
    this.length = length;
    json = PixelStreamParser.of(body, 0, length);
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new MalformedRequest("The body is not a JSON object: send one.");
    }
  }

  static MalformedRequest invalid(IOException e) {
    // Nothing is read but memory, so others are of text that is no UTF-8.
    String problem =
        e instanceof JsonProcessingException broken ? broken.getOriginalMessage() : e.getMessage();
    return new MalformedRequest(
        "The body is not valid JSON (%s).".formatted(Words.shortened(problem)));
  }

  byte[] body() {
    return body;
  }

  /** {@return how many bytes are JSON} */
  int length() {
    return length;
  }

  PixelStreamParser parser() {
    return json;
  }

  /**
   * {@return whether the object has one more field, whose value comes next; null is none: clients
   * write it for what they leave out}
   */
  boolean nextField() throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        return true;
      }
    }
    return false;
  }

  String field() throws IOException {
    return json.currentName();
  }

  /** {@return whether the array has one more element} */
  boolean nextElement() throws IOException {
    return json.nextToken() != JsonToken.END_ARRAY;
  }

  void skip() throws IOException {
    json.skipChildren();
  }

  void beginArray() throws IOException {
    require(JsonToken.START_ARRAY, "an array");
  }

  String text() throws IOException {
    require(JsonToken.VALUE_STRING, "a text");
    return json.getText();
  }

  void require(JsonToken token, String wanted) throws IOException {
    if (json.currentToken() != token) {
      String name = json.currentName();
      throw new MalformedRequest(
          "%s begins with %s, but must be %s."
              .formatted(
                  name == null ? "An element" : '"' + Words.shortened(name) + '"',
                  Words.shortened(json.getText()),
                  wanted));
    }
  }

  Parameters parameters() throws IOException {
    require(JsonToken.START_OBJECT, "an object");
    Map<String, Object> values = new HashMap<>();
    while (nextField()) {
      switch (json.currentToken()) {
        case VALUE_TRUE, VALUE_FALSE -> values.put(field(), json.getBooleanValue());
        case VALUE_NUMBER_INT -> values.put(field(), whole());
        case VALUE_STRING, VALUE_NUMBER_FLOAT -> values.put(field(), json.getText());
        default -> skip();
      }
    }
    return new Parameters(values);
  }

  private Object whole() throws IOException {
    JsonParser.NumberType type = json.getNumberType();
    return type == JsonParser.NumberType.BIG_INTEGER ? json.getText() : json.getLongValue();
  }

  /** Nothing may follow. */
  void end() throws IOException {
    if (json.nextToken() != null) {
      throw new MalformedRequest(
          "Something follows the JSON object: say by Inference-Header-Content-Length where binary data begin.");
    }
  }

  /** {@return a parser that goes on at a value that was passed over} */
  static PixelStreamParser at(byte[] body, int from, int length) throws IOException {
    PixelStreamParser json = PixelStreamParser.of(body, from, length - from);
    json.nextToken();
    return json;
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
