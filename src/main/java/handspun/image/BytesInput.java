package handspun.image;

import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;
import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes in memory, for an image reader; no more come once it is cancelled. */
final class BytesInput extends ImageInputStreamImpl {
  private final byte[] bytes;
  private final BooleanSupplier cancelled;

  /** Asks before each piece whether it was cancelled; does not copy the bytes. */
  BytesInput(byte[] bytes, BooleanSupplier cancelled) {
    this.bytes = bytes;
    this.cancelled = cancelled;
  }

  @Override
  public int read() throws InterruptedIOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws InterruptedIOException {
    if (cancelled.getAsBoolean()) {
      throw new InterruptedIOException();
    }
    bitOffset = 0;
    int count = (int) Math.min(length, bytes.length - streamPos);
    if (count <= 0) {
      return length == 0 ? 0 : -1;
    }
    System.arraycopy(bytes, (int) streamPos, target, from, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
