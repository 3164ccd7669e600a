package handspun.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.JsonSchema;
import handspun.image.Dropped;
import handspun.image.DroppedInk;
import handspun.image.InkLevels;
import handspun.image.PictureSteps;
import handspun.image.Png;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Tells how a picture became what a network reads; pictures are PNG in {@code data:} URIs. */
final class StepsJson {
  /** What {@link #writeField} writes. */
  static final JsonSchema SCHEMA = schema();

  private StepsJson() {}

  private static JsonSchema schema() {
    JsonSchema whole = JsonSchema.whole();
    JsonSchema tenths = JsonSchema.number();
    JsonSchema png = JsonSchema.text().said("A PNG, as a data: URI.");
    JsonSchema box = JsonSchema.arrayOf(whole, 4).said("Left, top, right, bottom.");
    return JsonSchema.object()
        .with("width", whole)
        .with("height", whole)
        .with("picture", png)
        .with(
            "paper",
            JsonSchema.object()
                .with("darkest", whole)
                .with("brightest", whole)
                .with("picture", png))
        .with("noise", JsonSchema.object().with("deviation", tenths).with("square", whole))
        .with(
            "ink",
            JsonSchema.object()
                .with("pen", JsonSchema.text(List.of("dark", "light")))
                .with("threshold", tenths)
                .with("peak", tenths)
                .with("full", tenths)
                .with("box", box.orNull())
                .with("digits", whole)
                .with("picture", png))
        .with(
            "dropped",
            JsonSchema.arrayOf(
                JsonSchema.object()
                    .with(
                        "why",
                        JsonSchema.text(
                            Stream.of(Dropped.values()).map(Dropped::toString).toList()))
                    .with("parts", whole)
                    .with("boxes", JsonSchema.arrayOf(box))
                    .with("picture", png)))
        .named("Steps");
  }

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
