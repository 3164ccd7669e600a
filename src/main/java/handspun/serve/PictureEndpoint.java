package handspun.serve;

import java.util.List;

/** What answers when a picture is posted. */
interface PictureEndpoint extends Endpoint {
  @Override
  default List<String> methods() {
    return List.of("POST");
  }

  @Override
  default int mostBytes() {
    return PictureUploads.MOST_BODY_BYTES;
  }
}
