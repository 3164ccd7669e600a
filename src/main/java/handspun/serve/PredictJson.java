package handspun.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import handspun.JsonSchema;
import handspun.image.PaperDrawing;
import handspun.inference.PixelStreamParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What JSON asks to have read: pixels, strokes, or several of these.
 *
 * @param instances at least one
 * @param isBatch whether they came as {@code "instances"}, so that the answer is a list
 */
record PredictJson(List<Instance> instances, boolean isBatch) {
  /** Most instances of a request: a second's work for a large network. */
  static final int MOST_INSTANCES = 1000;

  /** Most points of all strokes of an instance: a drawing on the page has some hundred. */
  static final int MOST_POINTS = 10_000;

  private static final double MOST_PEN = 4;

  /** What is read; other fields are passed over. */
  static final JsonSchema SCHEMA = schema();

  private static final String WANTED =
      "send {\"pixels\": [...]} with 784 numbers from 0 to 1, {\"strokes\": [[[x, y], ...], ...]} with numbers from 0 to 1, or {\"instances\": [...]} of at most %d of these"
          .formatted(MOST_INSTANCES);

  /** One that is to be read. */
  sealed interface Instance {}

  /** 784 pixels, a byte each. */
  record Pixels(byte[] pixels) implements Instance {}

  /** Strokes of a pen. */
  record Drawing(PaperDrawing drawing) implements Instance {}

  private static JsonSchema schema() {
    JsonSchema place = JsonSchema.number().from(0, 1);
    JsonSchema pixels = PixelsJson.BRIGHTNESS.named("Pixels");
    JsonSchema strokes =
        JsonSchema.object()
            .with(
                "strokes",
                JsonSchema.arrayOf(JsonSchema.arrayOf(JsonSchema.arrayOf(place, 2)))
                    .said("Points of a pen, in parts of the paper's width."))
            .perhaps("pen", JsonSchema.number().from(0, MOST_PEN).said("Its width; 1 is usual."))
            .named("Strokes");
    JsonSchema instances =
        JsonSchema.arrayOf(JsonSchema.anyOf(pixels, strokes)).sized(1, MOST_INSTANCES);
    return JsonSchema.anyOf(
        pixels, strokes, JsonSchema.object().with("instances", instances).named("Instances"));
  }

  /** {@return what a body asks for; refused if it is anything else} */
  static PredictJson parse(byte[] body) {
    try (PixelStreamParser json = PixelStreamParser.of(body, 0, body.length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw refusal("The body is not a JSON object");
      }
      PredictJson parsed = object(json, true);
      if (json.nextToken() != null) {
        throw refusal("Something follows the JSON object");
      }
      return parsed;
    } catch (JsonProcessingException e) {
      throw refusal("The body is not valid JSON (%s)".formatted(e.getOriginalMessage()));
    } catch (IOException e) {
      // Nothing is read but memory: text that is no UTF-8, as JSON has to be.
      throw refusal("The body is not valid JSON (%s)".formatted(e.getMessage()));
    }
  }

  private static RefusedRequest refusal(String problem) {
    return new RefusedRequest(400, "%s: %s.".formatted(problem, WANTED));
  }

  /** Other fields are passed over. */
  private static PredictJson object(PixelStreamParser json, boolean mayBeBatch) throws IOException {
    byte[] pixels = null;
    double[][] strokes = null;
    List<Instance> instances = null;
    double pen = 1;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "pixels" -> pixels = PixelsJson.brightness(json);
        case "strokes" -> strokes = strokes(json);
        case "pen" -> pen = pen(json, value);
        case "instances" -> {
          if (!mayBeBatch) {
            throw refusal("An instance has instances of its own");
          }
          instances = instances(json);
        }
        default -> json.skipChildren();
      }
    }
    requireOne(pixels, strokes, instances);
    if (instances != null) {
      return new PredictJson(instances, true);
    }
    Instance instance =
        pixels != null ? new Pixels(pixels) : new Drawing(new PaperDrawing(strokes, pen));
    return new PredictJson(List.of(instance), false);
  }

  private static void requireOne(Object... found) {
    long count = Arrays.stream(found).filter(each -> each != null).count();
    if (count != 1) {
      throw refusal(
          "The JSON object has %s of \"pixels\", \"strokes\" and \"instances\""
              .formatted(count == 0 ? "none" : "more than one"));
    }
  }

  private static List<Instance> instances(PixelStreamParser json) throws IOException {
    requireArray(json, "\"instances\"");
    List<Instance> instances = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw refusal("Instance %d is not a JSON object".formatted(instances.size()));
      }
      if (instances.size() == MOST_INSTANCES) {
        throw refusal("\"instances\" has more than %d".formatted(MOST_INSTANCES));
      }
      instances.addAll(object(json, false).instances);
    }
    if (instances.isEmpty()) {
      throw refusal("\"instances\" is empty");
    }
    return instances;
  }

  private static double[][] strokes(JsonParser json) throws IOException {
    requireArray(json, "\"strokes\"");
    List<double[]> strokes = new ArrayList<>();
    int points = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      requireArray(json, "Stroke %d".formatted(strokes.size()));
      double[] stroke = stroke(json, strokes.size(), MOST_POINTS - points);
      points += stroke.length / 2;
      strokes.add(stroke);
    }
    if (points == 0) {
      throw refusal("\"strokes\" has no points");
    }
    return strokes.toArray(double[][]::new);
  }

  private static double[] stroke(JsonParser json, int number, int most) throws IOException {
    double[] places = new double[32];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String name = "Point %d of stroke %d".formatted(count / 2, number);
      requireArray(json, name);
      if (count / 2 == most) {
        throw refusal("\"strokes\" has more than %d points".formatted(MOST_POINTS));
      }
      if (count == places.length) {
        places = Arrays.copyOf(places, 2 * count);
      }
      places[count++] = place(json, name);
      places[count++] = place(json, name);
      if (json.nextToken() != JsonToken.END_ARRAY) {
        throw refusal("%s has more than two numbers".formatted(name));
      }
    }
    return Arrays.copyOf(places, count);
  }

  private static double place(JsonParser json, String point) throws IOException {
    JsonToken token = json.nextToken();
    if (!token.isNumeric()) {
      throw refusal("%s is not two numbers".formatted(point));
    }
    double place = json.getDoubleValue();
    if (!(place >= 0 && place <= 1)) {
      throw refusal("%s has %s, but parts of the paper's width are 0 to 1".formatted(point, place));
    }
    return place;
  }

  private static double pen(JsonParser json, JsonToken value) throws IOException {
    double pen = value.isNumeric() ? json.getDoubleValue() : Double.NaN;
    if (!(pen > 0 && pen <= MOST_PEN)) {
      throw refusal(
          "\"pen\" is %s, but must be a number above 0, at most %s; a usual pen is 1"
              .formatted(value.isNumeric() ? pen : "not a number", MOST_PEN));
    }
    return pen;
  }

  private static void requireArray(JsonParser json, String name) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw refusal("%s is not an array".formatted(name));
    }
  }
}
