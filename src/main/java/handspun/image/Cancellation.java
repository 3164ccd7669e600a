package handspun.image;

import java.util.function.BooleanSupplier;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/**
 * Ends an image reader's work soon after it is cancelled. The reader asks when it wants more bytes
 * and when it has made more pixels: either can go on for long without the other.
 */
final class Cancellation implements IIOReadProgressListener, BooleanSupplier {
  private final BooleanSupplier cancelled;
  private boolean happened;

  Cancellation(BooleanSupplier cancelled) {
    this.cancelled = cancelled;
  }

  /** {@return whether the reader was or is to be stopped} */
  @Override
  public boolean getAsBoolean() {
    happened |= cancelled.getAsBoolean();
    return happened;
  }

  /** {@return whether the reader was stopped} */
  boolean happened() {
    return happened;
  }

  @Override
  public void imageProgress(ImageReader source, float percentageDone) {
    if (getAsBoolean()) {
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
