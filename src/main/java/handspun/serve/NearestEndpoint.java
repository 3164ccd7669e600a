package handspun.serve;

import handspun.JsonSchema;
import handspun.image.DigitNormalizer;
import java.util.List;

/**
 * Tells the training images nearest to an image.
 *
 * @param models any of which may be asked for
 */
record NearestEndpoint(ServedModels models, ExampleImages examples) implements PixelsEndpoint {
  private static final int MOST = 5;
  private static final String BYTES = "application/octet-stream";

  static final Description DESCRIPTION =
      Description.of(
              "The training images nearest to one",
              JsonSchema.object()
                  .with(
                      "images",
                      JsonSchema.arrayOf(
                              TestImagesEndpoint.IMAGE.with("distance", JsonSchema.number()))
                          .sized(0, MOST))
                  .named("Neighbours"))
          .asks(ServedModels.MODEL)
          .takes(PixelsJson.BYTES)
          .takes(BYTES);

  @Override
  public Reply answer(Request request) {
    ServedModel model = models.chosen(request);
    byte[] pixels = pixels(request);
    List<ExampleImages.Neighbour> nearest = examples.nearest(model, pixels, MOST);
    return model.sign(
        Reply.json(
            json -> {
              json.writeArrayFieldStart("images");
              for (ExampleImages.Neighbour one : nearest) {
                json.writeStartObject();
                json.writeNumberField("index", one.index());
                json.writeNumberField("label", one.label());
                json.writeNumberField("distance", one.distance());
                TestImagesEndpoint.writePixels(json, one.pixels());
                json.writeEndObject();
              }
              json.writeEndArray();
            }));
  }

  /** As JSON, or, which is a third of it, as they are. */
  private static byte[] pixels(Request request) {
    if (!request.media().equals(BYTES)) {
      return PixelsJson.bytes(request.body());
    }
    if (request.body().length != DigitNormalizer.PIXELS) {
      throw new RefusedRequest(
          400,
          "The body has %d bytes: send %d, one of each pixel."
              .formatted(request.body().length, DigitNormalizer.PIXELS));
    }
    return request.body();
  }
}
