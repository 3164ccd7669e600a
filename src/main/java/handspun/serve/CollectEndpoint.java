package handspun.serve;

import handspun.JsonSchema;
import java.util.Optional;

/** Stores a drawing, and what it is. */
record CollectEndpoint(Optional<CollectedDrawings> drawings) implements PixelsEndpoint {
  static final Description DESCRIPTION =
      Description.of(
              "Stores a drawing, and what it is",
              JsonSchema.object().with("count", JsonSchema.whole()).named("Collected"))
          .takes(PixelsJson.LABELLED_BYTES)
          .refuses(404, "This server collects no drawings.")
          .refuses(507, "There is no room for more drawings.");

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
