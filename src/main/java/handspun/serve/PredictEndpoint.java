package handspun.serve;

import handspun.Json;
import handspun.JsonSchema;
import handspun.image.Picture;
import handspun.read.Reading;
import handspun.serve.InferenceStatistics.Inference;
import handspun.serve.InferenceStatistics.Stage;
import java.util.List;

/**
 * Reads the digit in a request's body, or several.
 *
 * @param models any of which may be asked for
 * @param uploads shared by all that are sent pictures
 * @param statistics of what was read
 */
record PredictEndpoint(ServedModels models, PictureUploads uploads, InferenceStatistics statistics)
    implements PictureEndpoint {
  static final Description DESCRIPTION =
      Description.of(
              "What the network reads in a picture, in pixels, in strokes, or in several of these",
              JsonSchema.anyOf(
                  ServedModel.READING,
                  JsonSchema.object()
                      .with("predictions", JsonSchema.arrayOf(ServedModel.READING))
                      .named("Readings")))
          .asks(ServedModels.MODEL, ServedModels.EPOCH)
          .takes(PictureUploads.TYPES)
          .takes(PredictJson.SCHEMA)
          .refuses(415, "The body is neither a picture that is read nor JSON.")
          .refuses(422, "There is nothing to read.");

  @Override
  public Reply answer(Request request) {
    ServedModel model = models.chosenEpoch(request);
    return statistics.begin(model).measure(inference -> answer(request, model, inference));
  }

  private Reply answer(Request request, ServedModel model, Inference inference) {
    if (!PictureUploads.isJson(request)) {
      return uploads.answer(
          request,
          () -> inference.ended(Stage.QUEUE),
          picture -> {
            inference.ended(Stage.COMPUTE_INPUT);
            return reply(model, read(model, picture), inference);
          });
    }
    PredictJson asked = PredictJson.parse(request.body());
    inference.ended(Stage.COMPUTE_INPUT);
    if (!asked.isBatch() && asked.instances().get(0) instanceof PredictJson.Pixels one) {
      return reply(model, model.reader().read(one.pixels()), inference);
    }
    inference.reads(asked.instances().size());
    return uploads.read(
        () -> {
          inference.ended(Stage.QUEUE);
          List<Reading> readings =
              asked.instances().stream().map(instance -> read(model, instance)).toList();
          return asked.isBatch()
              ? replyToAll(model, readings, inference)
              : reply(model, readings.get(0), inference);
        });
  }

  private static Reading read(ServedModel model, Picture picture) {
    return model.reader().read(picture).orElseThrow(RefusedRequest::blank);
  }

  private static Reading read(ServedModel model, PredictJson.Instance instance) {
    return instance instanceof PredictJson.Drawing strokes
        ? read(model, strokes.drawing().picture())
        : model.reader().read(((PredictJson.Pixels) instance).pixels());
  }

  private static Reply reply(ServedModel model, Reading reading, Inference inference) {
    return reply(model, json -> model.writeFields(json, reading), inference);
  }

  private static Reply replyToAll(ServedModel model, List<Reading> readings, Inference inference) {
    Json.Fields predictions =
        json -> {
          json.writeArrayFieldStart("predictions");
          for (Reading reading : readings) {
            json.writeStartObject();
            model.writeFields(json, reading);
            json.writeEndObject();
          }
          json.writeEndArray();
        };
    return reply(model, predictions, inference);
  }

  private static Reply reply(ServedModel model, Json.Fields fields, Inference inference) {
    inference.ended(Stage.COMPUTE_INFER);
    Reply reply = model.sign(Reply.json(fields));
    inference.ended(Stage.COMPUTE_OUTPUT);
    return reply;
  }
}
