package handspun.serve;

import handspun.image.Picture;
import handspun.read.Reading;

/**
 * Reads the digit in a request's body.
 *
 * @param models any of which may be asked for
 * @param uploads shared by all that are sent pictures
 */
record PredictEndpoint(ServedModels models, PictureUploads uploads) implements PictureEndpoint {
  @Override
  public Reply answer(Request request) {
    ServedModel model = models.chosenEpoch(request);
    if (PictureUploads.isJson(request)) {
      return reply(model, model.reader().read(PixelsJson.brightness(request.body())));
    }
    return uploads.answer(request, picture -> read(model, picture));
  }

  private static Reply read(ServedModel model, Picture picture) {
    return reply(model, model.reader().read(picture).orElseThrow(RefusedRequest::blank));
  }

  private static Reply reply(ServedModel model, Reading reading) {
    return model.sign(Reply.json(json -> model.writeFields(json, reading)));
  }
}
