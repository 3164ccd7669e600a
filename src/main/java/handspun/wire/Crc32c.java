package handspun.wire;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Notices what the network damages (TCP's own checksum has 16 bits), not what somebody changes: the
 * CRC-32C of the header's numbers and the payload is the last word of the header.
 */
final class Crc32c implements FrameProtection {
  private final CRC32C crc = new CRC32C();

  @Override
  public int trailer() {
    return 0;
  }

  @Override
  public void seal(ByteBuffer frame, int end) {
    frame.putInt(NUMBERS, checksum(frame, end));
  }

  @Override
  public String open(ByteBuffer frame, int end) {
    return frame.getInt(NUMBERS) == checksum(frame, end)
        ? null
        : "a frame that was damaged on its way (its checksum is wrong)";
  }

  private int checksum(ByteBuffer frame, int end) {
    crc.reset();
    frame.limit(NUMBERS).position(0);
    crc.update(frame);
    frame.limit(end).position(Frame.HEADER);
    crc.update(frame);
    return (int) crc.getValue();
  }
}
