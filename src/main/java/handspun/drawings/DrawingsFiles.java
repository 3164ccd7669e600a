package handspun.drawings;

import handspun.data.IdxWriter;
import handspun.files.Location;
import handspun.image.Picture;
import handspun.store.AtomicFile;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * All pictures as files for other programs: IDX like MNIST's own, packed, of 280 x 280 pixels, a
 * file for each cell and each kind, and one of labels beside it.
 */
public final class DrawingsFiles {
  /** The label of what is no digit. */
  public static final int NO_DIGIT = DigitDrawings.DIGITS;

  private final Location folder;
  private final DigitDrawings digits;
  private final NoDigitDrawings others;

  /**
   * @param folder for the files, which is there
   * @param digits to be written
   * @param others to be written, too
   */
  public DrawingsFiles(Location folder, DigitDrawings digits, NoDigitDrawings others) {
    this.folder = folder;
    this.digits = digits;
    this.others = others;
  }

  /**
   * Writes them, several at once.
   *
   * @throws handspun.HandspunException if that fails
   */
  public void write() {
    Stream.concat(
            Cell.ALL.stream().<Runnable>map(cell -> () -> write(cell)),
            Stream.of(NoDigit.values()).map(kind -> () -> write(kind)))
        .parallel()
        .forEach(Runnable::run);
  }

  private void write(Cell cell) {
    byte[] labels = new byte[digits.count()];
    IntStream.range(0, labels.length).forEach(i -> labels[i] = (byte) digits.label(i));
    write(cell.fileName(), labels, i -> digits.picture(cell, i));
  }

  private void write(NoDigit kind) {
    byte[] labels = new byte[others.count(kind)];
    IntStream.range(0, labels.length).forEach(i -> labels[i] = NO_DIGIT);
    write("no-digit-" + kind.fileName(), labels, i -> others.picture(kind, i));
  }

  private void write(String name, byte[] labels, IntFunction<Picture> pictures) {
    writePacked(
        name + "-images-idx3-ubyte.gz",
        out -> {
          IdxWriter images = new IdxWriter(out, labels.length, Canvas.SIDE, Canvas.SIDE);
          for (int i = 0; i < labels.length; i++) {
            images.write(pictures.apply(i).grey());
          }
        });
    writePacked(
        name + "-labels-idx1-ubyte.gz", out -> new IdxWriter(out, labels.length).write(labels));
  }

  private void writePacked(String name, AtomicFile.Content content) {
    AtomicFile.replace(
        folder.resolve(name),
        file -> {
          GZIPOutputStream packed = new GZIPOutputStream(file);
          content.writeTo(packed);
          packed.finish();
        });
  }
}
