package handspun.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import handspun.JsonSchema;
import handspun.image.DigitNormalizer;
import handspun.inference.Datatype;
import handspun.inference.PixelStreamParser;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * Reads {@code {"pixels": [784 numbers]}}, some with a {@code "label"}; other fields are passed
 * over.
 *
 * @param pixels a byte each
 * @param label what the sender says that it is, 0 to 9; empty if it does not say, or is not asked
 */
record PixelsJson(byte[] pixels, OptionalInt label) {
  /** Largest body, in bytes: 784 numbers with all their digits need 20 KiB. */
  static final int MOST_BYTES = 256 << 10;

  private static final int MOST_LABEL = 9;

  /** Pixels that are brightness. */
  static final JsonSchema BRIGHTNESS = schema(JsonSchema.number().from(0, 1));

  /** Pixels that are bytes. */
  static final JsonSchema BYTES = schema(JsonSchema.whole().from(0, 255));

  /** The same, and what they show. */
  static final JsonSchema LABELLED_BYTES =
      BYTES.with("label", JsonSchema.whole().from(0, MOST_LABEL));

  private static JsonSchema schema(JsonSchema pixel) {
    return JsonSchema.object().with("pixels", JsonSchema.arrayOf(pixel, DigitNormalizer.PIXELS));
  }

  /** What a request must hold. */
  private enum Form {
    BRIGHTNESS(Datatype.FP32, "{\"pixels\": [...]} with %d numbers from 0 to 1"),
    BYTES(Datatype.UINT8, "{\"pixels\": [...]} with %d whole numbers from 0 to 255"),
    LABELLED_BYTES(
        Datatype.UINT8,
        "{\"pixels\": [...], \"label\": 3} with %d whole numbers from 0 to 255 and a label from 0 to 9");

    private final Datatype datatype;
    private final String wanted;

    Form(Datatype datatype, String wanted) {
      this.datatype = datatype;
      this.wanted = wanted.formatted(DigitNormalizer.PIXELS);
    }

    private RefusedRequest refusal(String problem) {
      return new RefusedRequest(400, "%s: send %s.".formatted(problem, wanted));
    }
  }

  /**
   * {@return the image in an array of numbers from 0 to 1, at whose begin the parser is, as bytes:
   * each the nearest to 255 times its number}
   */
  static byte[] brightness(PixelStreamParser json) throws IOException {
    return pixels(json, json.currentToken(), Form.BRIGHTNESS);
  }

  /** {@return the image in a body whose pixels are whole numbers from 0 to 255} */
  static byte[] bytes(byte[] body) {
    return parse(body, Form.BYTES).pixels;
  }

  /** {@return the image and its label in a body that must have both} */
  static PixelsJson labelledBytes(byte[] body) {
    return parse(body, Form.LABELLED_BYTES);
  }

  private static PixelsJson parse(byte[] body, Form form) {
    PictureUploads.requireAtMost(MOST_BYTES, body);
    try (PixelStreamParser json = PixelStreamParser.of(body, 0, body.length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw form.refusal("The body is not a JSON object");
      }
      byte[] pixels = null;
      OptionalInt label = OptionalInt.empty();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("pixels")) {
          pixels = pixels(json, value, form);
        } else if (name.equals("label") && form == Form.LABELLED_BYTES) {
          label = OptionalInt.of(label(json, value));
        } else {
          json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw form.refusal("Something follows the JSON object");
      }
      if (pixels == null) {
        throw form.refusal("The JSON object has no \"pixels\"");
      }
      if (label.isEmpty() && form == Form.LABELLED_BYTES) {
        throw form.refusal("The JSON object has no \"label\"");
      }
      return new PixelsJson(pixels, label);
    } catch (JsonProcessingException e) {
      throw form.refusal("The body is not valid JSON (%s)".formatted(e.getOriginalMessage()));
    } catch (IOException e) {
      // Nothing is read but memory: text that is no UTF-8, as JSON has to be.
      throw form.refusal("The body is not valid JSON (%s)".formatted(e.getMessage()));
    }
  }

  private static byte[] pixels(PixelStreamParser json, JsonToken value, Form form)
      throws IOException {
    if (value != JsonToken.START_ARRAY) {
      throw form.refusal("\"pixels\" is not an array");
    }
    byte[] pixels = new byte[DigitNormalizer.PIXELS];
    int count = Math.max(0, json.pixels(form.datatype, pixels, 0));
    while (json.currentToken() != JsonToken.END_ARRAY && json.nextToken() != JsonToken.END_ARRAY) {
      byte pixel = pixel(json, count, form);
      if (count < pixels.length) {
        pixels[count] = pixel;
      }
      count++;
    }
    if (count != pixels.length) {
      throw form.refusal("\"pixels\" has %d numbers".formatted(count));
    }
    return pixels;
  }

  private static byte pixel(JsonParser json, int at, Form form) throws IOException {
    if (!json.currentToken().isNumeric()) {
      throw form.refusal("Pixel %d is not a number".formatted(at));
    }
    double number = json.getDoubleValue();
    if (!form.datatype.isPixel(number)) {
      throw form.refusal("Pixel %d is %s".formatted(at, number));
    }
    return (byte) form.datatype.pixel(number);
  }

  private static int label(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_NUMBER_INT) {
      throw Form.LABELLED_BYTES.refusal("\"label\" is not a whole number");
    }
    double label = json.getDoubleValue();
    if (!(label >= 0 && label <= MOST_LABEL)) {
      throw Form.LABELLED_BYTES.refusal("\"label\" is %s".formatted(label));
    }
    return (int) label;
  }
}
