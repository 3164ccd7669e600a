package handspun.serve;

import handspun.Json;
import handspun.image.Picture;
import handspun.read.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the digit in a request's body, or several.
 *
 * @param models any of which may be asked for
 * @param uploads shared by all that are sent pictures
 */
record PredictEndpoint(ServedModels models, PictureUploads uploads) implements PictureEndpoint {
  @Override
  public Reply answer(Request request) {
    ServedModel model = models.chosenEpoch(request);
    if (!PictureUploads.isJson(request)) {
      return uploads.answer(request, picture -> reply(model, read(model, picture)));
    }
    PredictJson asked = PredictJson.parse(request.body());
    if (asked.isBatch()) {
      return uploads.read(() -> replyToAll(model, asked.instances()));
    }
    return asked.instances().get(0) instanceof PredictJson.Pixels one
        ? reply(model, model.reader().read(one.pixels()))
        : uploads.read(() -> reply(model, read(model, asked.instances().get(0))));
  }

  private static Reading read(ServedModel model, Picture picture) {
    return model.reader().read(picture).orElseThrow(RefusedRequest::blank);
  }

  private static Reading read(ServedModel model, PredictJson.Instance instance) {
    return instance instanceof PredictJson.Drawing strokes
        ? read(model, strokes.drawing().picture())
        : model.reader().read(((PredictJson.Pixels) instance).pixels());
  }

  private static Reply reply(ServedModel model, Reading reading) {
    return model.sign(Reply.json(json -> model.writeFields(json, reading)));
  }

  private static Reply replyToAll(ServedModel model, List<PredictJson.Instance> instances) {
    List<Reading> readings = new ArrayList<>(instances.size());
    for (PredictJson.Instance instance : instances) {
      readings.add(read(model, instance));
    }
    Json.Fields fields =
        json -> {
          json.writeArrayFieldStart("predictions");
          for (Reading reading : readings) {
            json.writeStartObject();
            model.writeFields(json, reading);
            json.writeEndObject();
          }
          json.writeEndArray();
        };
    return model.sign(Reply.json(fields));
  }
}
