package handspun.image;

import handspun.HandspunException;
import handspun.files.FileKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * Reads PNG and JPEG files, turned as Exif says. Sets the system property {@code java.awt.headless}
 * to true if it is not set: nothing here needs a screen.
 *
 * <p>A few bytes can claim billions of pixels, or the same pixels over and over, so both are
 * counted in the file's headers and refused there, before memory and time are taken. Metadata
 * (which a PNG can compress as well) is skipped.
 *
 * <p>A thread that is interrupted while it decodes stops soon.
 */
public final class PictureDecoder {
  /**
   * How often a JPEG file may come back to each of the most pixels; cameras and programs do so up
   * to some 14 times.
   */
  private static final long MOST_SCANS = 16;

  private final int mostPixels;
  private final BooleanSupplier cancelled;

  /**
   * @param mostPixels width times height that a picture may have; decoding takes up to twelve bytes
   *     of memory for each
   */
  public PictureDecoder(int mostPixels) {
    this(mostPixels, () -> Thread.currentThread().isInterrupted());
  }

  /** Asks again and again whether it was cancelled while a file is decoded. */
  PictureDecoder(int mostPixels, BooleanSupplier cancelled) {
    this.mostPixels = mostPixels;
    this.cancelled = cancelled;
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  /**
   * @param file the bytes of a PNG or JPEG file
   * @return the picture
   * @throws PictureTooLargeException if the picture has too many pixels or scans
   * @throws HandspunException if the bytes are neither, the file is broken off or damaged, or the
   *     thread was interrupted (it still is, then)
   * @throws OutOfMemoryError if there is not enough memory at the moment
   */
  public Picture decode(byte[] file) {
    FileKind kind = FileKind.of(file);
    return switch (kind) {
      case PNG -> decodePng(file);
      case JPEG -> decodeJpeg(JpegFile.of(file));
      default ->
          throw new HandspunException(
              "The picture is %s: save it as PNG or JPEG and try again.".formatted(kind.what()));
    };
  }

  private Picture decodePng(byte[] file) {
    List<PngFile.Chunk> chunks = PngFile.chunks(file);
    Orientation orientation = PngFile.orientation(chunks);
    long pixels = PngFile.pixels(file);
    if (orientation.equals(Orientation.UPRIGHT) && pixels > 0 && pixels <= mostPixels) {
      Optional<Picture> plain = PlainPng.decode(chunks);
      if (plain.isPresent() && cancelled.getAsBoolean()) {
        throw stopped(null);
      }
      if (plain.isPresent()) {
        return plain.get();
      }
    }
    return read(
        "PNG", file, warning -> false, reader -> PictureBuilder.build(reader.read(0), orientation));
  }

  private Picture decodeJpeg(JpegFile file) {
    file.frame().ifPresent(frame -> requireAllowed(file, frame));
    if (!file.isWhole()) {
      throw broken("JPEG", "its end is missing", null);
    }
    JpegColours colours = file.colours();
    return read(
        "JPEG",
        file.reduced(),
        warning -> isDamage(warning, file.hasEnd()),
        reader ->
            colours.isCmyk()
                ? PictureBuilder.build(
                    reader.readRaster(0, null), PixelFormat.of(colours), file.orientation())
                : PictureBuilder.build(reader.read(0), file.orientation()));
  }

  private void requireAllowed(JpegFile file, JpegFrame frame) {
    requireAllowed(frame.width(), frame.height());
    frame
        .unsupported()
        .ifPresent(
            unsupported -> {
              throw new HandspunException(
                  "The JPEG file has %s: save it as PNG and try again.".formatted(unsupported));
            });
    if (file.samplesOfAllScans() > MOST_SCANS * mostPixels) {
      throw new PictureTooLargeException(
          "The JPEG file has %d scans of %d x %d pixels, which takes too long to decode: save it as PNG or as a baseline (not progressive) JPEG."
              .formatted(file.scans(), frame.width(), frame.height()));
    }
  }

  private void requireAllowed(int width, int height) {
    if ((long) width * height > mostPixels) {
      throw new PictureTooLargeException(
          "The picture has %d x %d pixels, but at most %d pixels are read: make it smaller, 28 x 28 are enough."
              .formatted(width, height, mostPixels));
    }
  }

  /** Bytes too many are none if nothing is missing behind them. */
  private static boolean isDamage(String warning, boolean hasEnd) {
    return warning.contains("Corrupt") && !(hasEnd && warning.contains("extraneous"));
  }

  private Picture read(
      String format, byte[] file, Predicate<String> isDamage, PictureReading reading) {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    // A reader goes on with half a picture when the other half is missing, and only warns.
    List<String> damage = new ArrayList<>();
    reader.addIIOReadWarningListener(
        (source, text) -> {
          if (isDamage.test(text)) {
            damage.add(text);
          }
        });
    CancellableInput input = new CancellableInput(file, cancelled);
    reader.addIIOReadProgressListener(input);
    try (input) {
      reader.setInput(input, true, true);
      requireAllowed(reader.getWidth(0), reader.getHeight(0));
      Picture picture = reading.read(reader);
      if (input.isCancelled()) {
        throw stopped(null);
      }
      if (!damage.isEmpty()) {
        throw broken(format, damage.get(0), null);
      }
      return picture;
    } catch (HandspunException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The readers meet damaged files with exceptions of many classes.
      requireMemory(e);
      throw input.isCancelled() ? stopped(e) : broken(format, e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }

  /** The readers hide it: the JPEG reader has memory of its own, outside Java's. */
  private static void requireMemory(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError error) {
        throw error;
      }
    }
    if (String.valueOf(e.getMessage()).contains("Insufficient memory")) {
      throw (OutOfMemoryError) new OutOfMemoryError(e.getMessage()).initCause(e);
    }
  }

  private static HandspunException stopped(Exception cause) {
    return new HandspunException(
        "The picture was not decoded to its end, since this was stopped: try again with a smaller one.",
        cause);
  }

  private static HandspunException broken(String format, String reason, Exception cause) {
    return new HandspunException(
        "The %s file is damaged, incomplete or of a kind that is not read (%s): save the picture again as PNG."
            .formatted(format, Optional.ofNullable(reason).orElse("no reason given")),
        cause);
  }

  /** What to do with a reader that has its file. */
  @FunctionalInterface
  private interface PictureReading {
    Picture read(ImageReader reader) throws IOException;
  }
}
