package handspun.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.image.DroppedInk;
import handspun.image.InkLevels;
import handspun.image.PictureSteps;
import handspun.image.Png;
import java.io.IOException;
import java.util.Base64;

/** Tells how a picture became what a network reads; pictures are PNG in {@code data:} URIs. */
final class StepsJson {
  private StepsJson() {}

  /** Writes the field {@code steps} into an object that the caller has begun. */
  static void writeField(JsonGenerator json, PictureSteps steps) throws IOException {
    InkLevels levels = steps.levels();
    json.writeObjectFieldStart("steps");
    json.writeNumberField("width", steps.width());
    json.writeNumberField("height", steps.height());
    writePng(json, Png.grey(steps.width(), steps.grey()));
    json.writeObjectFieldStart("paper");
    json.writeNumberField("darkest", steps.darkestPaper());
    json.writeNumberField("brightest", steps.brightestPaper());
    writePng(json, Png.grey(steps.width(), steps.paper()));
    json.writeEndObject();
    json.writeObjectFieldStart("noise");
    writeTenths(json, "deviation", levels.noise());
    json.writeNumberField("square", levels.square());
    json.writeEndObject();
    json.writeObjectFieldStart("ink");
    json.writeStringField("pen", levels.darkPen() ? "dark" : "light");
    writeTenths(json, "threshold", levels.threshold());
    writeTenths(json, "peak", levels.peak());
    writeTenths(json, "full", levels.full());
    if (steps.box().isPresent()) {
      json.writeFieldName("box");
      writeBox(json, steps.box().get());
    } else {
      json.writeNullField("box");
    }
    json.writeNumberField("digits", steps.digit().map(digit -> digit.digits()).orElse(0));
    writePng(json, Png.mask(steps.width(), steps.ink()));
    json.writeEndObject();
    json.writeArrayFieldStart("dropped");
    for (DroppedInk dropped : steps.dropped()) {
      write(json, dropped, steps.width());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, DroppedInk dropped, int width) throws IOException {
    json.writeStartObject();
    json.writeStringField("why", dropped.why().toString());
    json.writeNumberField("parts", dropped.parts());
    json.writeArrayFieldStart("boxes");
    for (PictureSteps.Box box : dropped.boxes()) {
      writeBox(json, box);
    }
    json.writeEndArray();
    writePng(json, Png.mask(width, dropped.mask()));
    json.writeEndObject();
  }

  private static void writeBox(JsonGenerator json, PictureSteps.Box box) throws IOException {
    int[] sides = {box.left(), box.top(), box.right(), box.bottom()};
    json.writeArray(sides, 0, sides.length);
  }

  /** Differences are measured in sixteenths of a level. */
  private static void writeTenths(JsonGenerator json, String name, double value)
      throws IOException {
    json.writeNumberField(name, Math.round(10 * value) / 10.0);
  }

  private static void writePng(JsonGenerator json, byte[] png) throws IOException {
    json.writeStringField(
        "picture", "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
  }
}
