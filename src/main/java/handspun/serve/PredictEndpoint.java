package handspun.serve;

import handspun.image.Picture;
import handspun.read.DigitReader;
import handspun.read.Reading;

/**
 * Reads the digit in a request's body.
 *
 * @param reader of digits
 * @param uploads shared by all that are sent pictures
 */
record PredictEndpoint(DigitReader reader, PictureUploads uploads) implements PictureEndpoint {
  /** Largest JSON, in bytes: 784 numbers with all their digits need 20 KiB. */
  static final int MOST_JSON_BYTES = 256 << 10;

  @Override
  public Reply answer(Request request) {
    if (PictureUploads.isJson(request)) {
      PictureUploads.requireAtMost(MOST_JSON_BYTES, request.body());
      return Reply.json(reader.read(PixelsJson.parse(request.body()))::writeFields);
    }
    return uploads.answer(request, this::read);
  }

  private Reply read(Picture picture) {
    Reading reading = reader.read(picture).orElseThrow(RefusedRequest::blank);
    return Reply.json(reading::writeFields);
  }
}
