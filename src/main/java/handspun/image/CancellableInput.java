package handspun.image;

import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Bytes in memory for an image reader, whose work ends soon after it is cancelled. The reader asks
 * when it wants more bytes and when it has made more pixels: either can go on for long without the
 * other.
 */
final class CancellableInput extends ImageInputStreamImpl implements IIOReadProgressListener {
  private final byte[] bytes;
  private final BooleanSupplier cancelled;
  private boolean ended;

  /** Does not copy the bytes. */
  CancellableInput(byte[] bytes, BooleanSupplier cancelled) {
    this.bytes = bytes;
    this.cancelled = cancelled;
  }

  /** {@return whether the reader was ended before its time} */
  boolean isCancelled() {
    return ended;
  }

  @Override
  public int read() throws InterruptedIOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws InterruptedIOException {
    ended |= cancelled.getAsBoolean();
    if (ended) {
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

  @Override
  public void imageProgress(ImageReader source, float percentageDone) {
    ended |= cancelled.getAsBoolean();
    if (ended) {
      source.abort();
    }
  }

  @Override
  public void sequenceStarted(ImageReader source, int minIndex) {}

  @Override
  public void sequenceComplete(ImageReader source) {}

  @Override
  public void imageStarted(ImageReader source, int imageIndex) {}

  @Override
  public void imageComplete(ImageReader source) {}

  @Override
  public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

  @Override
  public void thumbnailProgress(ImageReader source, float percentageDone) {}

  @Override
  public void thumbnailComplete(ImageReader source) {}

  @Override
  public void readAborted(ImageReader source) {}
}
