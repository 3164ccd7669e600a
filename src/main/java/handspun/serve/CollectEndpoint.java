package handspun.serve;

import java.util.Optional;

/** Stores a drawing, and what it is. */
record CollectEndpoint(Optional<CollectedDrawings> drawings) implements PixelsEndpoint {
  @Override
  public Reply answer(Request request) {
    CollectedDrawings collected =
        drawings.orElseThrow(
            () ->
                new RefusedRequest(
                    404, "This server collects no drawings: start it with serve --collect DIR."));
    PixelsJson drawing = PixelsJson.labelledBytes(request.body());
    int count = collected.add(drawing.pixels(), drawing.label().orElseThrow());
    return Reply.json(json -> json.writeNumberField("count", count));
  }
}
