package handspun.serve;

import handspun.image.Picture;
import handspun.image.PictureSteps;
import handspun.read.Reading;
import java.util.Optional;

/**
 * Reads the digit in a picture as {@link PredictEndpoint} does, and also tells how the picture
 * became what the network saw; if it is blank, why.
 *
 * @param models any of which may be asked for
 * @param uploads shared by all that are sent pictures
 */
record StepsEndpoint(ServedModels models, PictureUploads uploads) implements PictureEndpoint {
  static final Description DESCRIPTION =
      Description.of(
              "What the network reads in a picture, and how that became what the network saw",
              ServedModel.READING.with("steps", StepsJson.SCHEMA).named("ReadingWithSteps"))
          .asks(ServedModels.MODEL, ServedModels.EPOCH)
          .takes(PictureUploads.TYPES)
          .refuses(415, "The body is not a picture that is read.")
          .refuses(
              422,
              "There is nothing to read.",
              Description.ERROR.with("steps", StepsJson.SCHEMA).named("ErrorWithSteps"));

  @Override
  public Reply answer(Request request) {
    if (PictureUploads.isJson(request)) {
      throw new RefusedRequest(
          415,
          "The body is JSON, but there are steps of pictures only: send a PNG or JPEG, or pixels to /api/predict.");
    }
    ServedModel model = models.chosenEpoch(request);
    return uploads.answer(request, () -> {}, picture -> model.sign(read(model, picture)));
  }

  private static Reply read(ServedModel model, Picture picture) {
    PictureSteps steps = PictureSteps.of(picture);
    Optional<Reading> reading = steps.digit().map(model.reader()::read);
    return reading.isPresent()
        ? Reply.json(
            json -> {
              model.writeFields(json, reading.get());
              StepsJson.writeField(json, steps);
            })
        : Reply.of(RefusedRequest.blank(), json -> StepsJson.writeField(json, steps));
  }
}
