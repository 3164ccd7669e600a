package handspun.serve;

import handspun.image.Picture;
import handspun.read.Reading;
import handspun.serve.InferenceStatistics.Inference;
import handspun.serve.InferenceStatistics.Stage;

/**
 * Reads the digit in a request's body.
 *
 * @param models any of which may be asked for
 * @param uploads shared by all that are sent pictures
 * @param statistics of what was read
 */
record PredictEndpoint(ServedModels models, PictureUploads uploads, InferenceStatistics statistics)
    implements PictureEndpoint {
  @Override
  public Reply answer(Request request) {
    ServedModel model = models.chosenEpoch(request);
    return statistics.begin(model).measure(inference -> answer(request, model, inference));
  }

  private Reply answer(Request request, ServedModel model, Inference inference) {
    if (PictureUploads.isJson(request)) {
      byte[] pixels = PixelsJson.brightness(request.body());
      inference.ended(Stage.COMPUTE_INPUT);
      return reply(model, model.reader().read(pixels), inference);
    }
    return uploads.answer(
        request, () -> inference.ended(Stage.QUEUE), picture -> read(model, picture, inference));
  }

  private static Reply read(ServedModel model, Picture picture, Inference inference) {
    inference.ended(Stage.COMPUTE_INPUT);
    return reply(model, model.reader().read(picture).orElseThrow(RefusedRequest::blank), inference);
  }

  private static Reply reply(ServedModel model, Reading reading, Inference inference) {
    inference.ended(Stage.COMPUTE_INFER);
    Reply reply = model.sign(Reply.json(json -> model.writeFields(json, reading)));
    inference.ended(Stage.COMPUTE_OUTPUT);
    return reply;
  }
}
