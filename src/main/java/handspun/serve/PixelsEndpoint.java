package handspun.serve;

import java.util.List;

/** What answers when pixels are posted as JSON. */
interface PixelsEndpoint extends Endpoint {
  @Override
  default List<String> methods() {
    return List.of("POST");
  }

  @Override
  default int mostBytes() {
    return PixelsJson.MOST_BYTES;
  }
}
