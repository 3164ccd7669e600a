package handspun.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import handspun.image.DigitNormalizer;
import java.io.IOException;

/** Reads {@code {"pixels": [784 numbers 0..1]}}; other fields are passed over. */
final class PixelsJson {
  private static final String WANTED =
      ": send {\"pixels\": [...]} with " + DigitNormalizer.PIXELS + " numbers from 0 to 1.";

  private PixelsJson() {}

  /** {@return the pixels in a request's body as bytes, each the nearest to 255 times its number} */
  static byte[] parse(byte[] body) {
    try (JsonParser json = new JsonFactory().createParser(body)) {
      json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw refusal("The body is not a JSON object");
      }
      byte[] pixels = null;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = json.currentName().equals("pixels");
        JsonToken value = json.nextToken();
        if (wanted) {
          pixels = pixels(json, value);
        } else {
          json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw refusal("Something follows the JSON object");
      }
      if (pixels == null) {
        throw refusal("The JSON object has no \"pixels\"");
      }
      return pixels;
    } catch (JsonProcessingException e) {
      throw refusal("The body is not valid JSON (%s)".formatted(e.getOriginalMessage()));
    } catch (IOException e) {
      // Nothing is read but memory: text that is no UTF-8, as JSON has to be.
      throw refusal("The body is not valid JSON (%s)".formatted(e.getMessage()));
    }
  }

  private static byte[] pixels(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      throw refusal("\"pixels\" is not an array");
    }
    byte[] pixels = new byte[DigitNormalizer.PIXELS];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (!json.currentToken().isNumeric()) {
        throw refusal("Pixel %d is not a number".formatted(count));
      }
      double brightness = json.getDoubleValue();
      if (!(brightness >= 0 && brightness <= 1)) {
        throw refusal("Pixel %d is %s".formatted(count, brightness));
      }
      if (count < pixels.length) {
        pixels[count] = (byte) Math.round(255 * brightness);
      }
      count++;
    }
    if (count != pixels.length) {
      throw refusal("\"pixels\" has %d numbers".formatted(count));
    }
    return pixels;
  }

  private static RefusedRequest refusal(String problem) {
    return new RefusedRequest(400, problem + WANTED);
  }
}
