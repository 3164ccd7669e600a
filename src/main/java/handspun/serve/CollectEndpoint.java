package handspun.serve;

import java.net.URI;
import java.util.Optional;

/**
 * Stores a drawing, and what it is. Pages of other sites may not: a browser says where a page comes
 * from, and a page cannot change that.
 */
record CollectEndpoint(Optional<CollectedDrawings> drawings) implements PixelsEndpoint {
  @Override
  public Reply answer(Request request) {
    CollectedDrawings collected =
        drawings.orElseThrow(
            () ->
                new RefusedRequest(
                    404, "This server collects no drawings: start it with serve --collect DIR."));
    request.origin().ifPresent(origin -> requireOwn(origin, request.host()));
    PixelsJson drawing = PixelsJson.labelledBytes(request.body());
    int count = collected.add(drawing.pixels(), drawing.label().orElseThrow());
    return Reply.json(json -> json.writeNumberField("count", count));
  }

  private static void requireOwn(String origin, String host) {
    if (!host.equalsIgnoreCase(authority(origin))) {
      throw new RefusedRequest(
          403,
          "The page that sends this is of \"%s\", and drawings are taken only from this server's own, \"%s\"; a proxy before it must hand on the header Host."
              .formatted(Query.shortened(origin), Query.shortened(host)));
    }
  }

  private static String authority(String origin) {
    try {
      return Optional.ofNullable(URI.create(origin).getRawAuthority()).orElse("");
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
