package handspun.inference;

import java.io.IOException;
import java.util.Optional;

/** A request of version 1 of the protocol: {@code {"instances": [image, ...]}}. */
public final class PredictRequest {
  private PredictRequest() {}

  /** {@return the images in a body, whose numbers are brightness from 0 to 1} */
  public static ImageTensor read(byte[] body) {
    Optional<ImageTensor> images = Optional.empty();
    try (JsonRequest json = new JsonRequest(body, body.length)) {
      while (json.nextField()) {
        if (json.field().equals("instances")) {
          json.beginArray();
          PixelsParser pixels = new PixelsParser(Datatype.FP32);
          pixels.images(json.parser());
          images = Optional.of(pixels.tensor());
        } else {
          json.skip();
        }
      }
      json.end();
    } catch (IOException e) {
      throw JsonRequest.invalid(e);
    }
    return images
        .filter(some -> some.count() > 0)
        .orElseThrow(
            () ->
                new MalformedRequest(
                    "The request has no \"instances\": send an array of images, each with 784 numbers from 0 to 1."));
  }
}
