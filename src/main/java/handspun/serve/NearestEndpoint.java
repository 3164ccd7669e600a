package handspun.serve;

import java.util.List;

/**
 * Tells the training images nearest to an image.
 *
 * @param models any of which may be asked for
 */
record NearestEndpoint(ServedModels models, ExampleImages examples) implements PixelsEndpoint {
  private static final int MOST = 5;

  @Override
  public Reply answer(Request request) {
    ServedModel model = models.chosen(request);
    byte[] pixels = PixelsJson.bytes(request.body());
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
}
