package handspun.data;

import handspun.HandspunException;
import handspun.files.FileKind;
import handspun.files.Location;
import handspun.network.Inputs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads a table of images: a row per image, its label and its pixels, each a whole number from 0 to
 * 255; with a header or without. Kaggle's {@code train.csv} and the MNIST as CSV that is around are
 * such tables. The file is read as a stream: in memory are a few thousand rows and what has become
 * of the others.
 */
final class CsvReader {
  private static final int ROWS_AT_A_TIME = 4096;
  private static final int PIXELS_AT_A_TIME = 4 << 20;

  /** A table's images and labels, unless it has no labels, and SHA-256 of the unpacked file. */
  record Table(Optional<Examples> examples, String sha256) {}

  private final Location path;
  private final CsvLines lines;
  private final CsvColumns columns;
  private final List<Inputs> images = new ArrayList<>();
  private final ByteArrayOutputStream labels = new ByteArrayOutputStream();
  private final byte[] pixels;
  private int rows;

  private CsvReader(Location path, CsvLines lines, CsvColumns columns) {
    this.path = path;
    this.lines = lines;
    this.columns = columns;
    int atATime = Math.max(1, Math.min(ROWS_AT_A_TIME, PIXELS_AT_A_TIME / columns.pixels()));
    pixels = new byte[atATime * columns.pixels()];
  }

  /**
   * {@return the rows of a table, perhaps with images column by column; without labels it is not
   * read further than its first line}
   */
  static Table read(Location path, boolean byColumns) {
    PackedFile file = new PackedFile(path);
    byte[] start = file.start();
    FileKind kind = FileKind.of(start);
    if (kind != FileKind.CSV && kind != FileKind.TEXT) {
      throw UnexpectedFile.refusal(path, start, "a table of images in CSV");
    }
    MessageDigest digest = Checksum.sha256();
    try (InputStream in = new DigestInputStream(file.open(), digest)) {
      CsvLines lines = new CsvLines(path, in);
      lines.next();
      CsvColumns columns = CsvColumns.of(path, lines.text());
      if (!columns.hasLabel()) {
        return new Table(Optional.empty(), "");
      }
      Examples examples = new CsvReader(path, lines, columns).examples(byColumns);
      return new Table(Optional.of(examples), HexFormat.of().formatHex(digest.digest()));
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  private Examples examples(boolean byColumns) throws IOException {
    if (columns.header().isPresent()) {
      lines.next();
    }
    for (; !lines.isAtEnd(); lines.next()) {
      if (!lines.isBlank()) {
        takeRow();
        if ((rows + 1) * columns.pixels() > pixels.length) {
          takeImages(byColumns);
        }
      }
    }
    takeImages(byColumns);
    if (labels.size() == 0) {
      throw new HandspunException(
          "%s has no rows below its header: copy or download it again.".formatted(path));
    }
    int side = columns.side();
    return new Examples(side, side, Inputs.joined(images), labels.toByteArray());
  }

  private void takeImages(boolean byColumns) {
    int side = columns.side();
    if (rows > 0) {
      images.add(
          Inputs.ofPixels(
              columns.pixels(), byColumns ? IdxFile.upright(pixels, side, side) : pixels, 0, rows));
      rows = 0;
    }
  }

  private void takeRow() {
    byte[] line = lines.bytes();
    int length = lines.length();
    int first = rows * columns.pixels();
    int column = 0;
    int at = 0;
    while (at <= length) {
      if (column == columns.roles().length) {
        throw wrongCount(count(line, length));
      }
      int role = columns.roles()[column];
      int value = 0;
      int digits = 0;
      int start = at;
      at = skipBlanks(line, at, length);
      for (; at < length && line[at] >= '0' && line[at] <= '9' && value <= 255; at++) {
        value = 10 * value + line[at] - '0';
        digits++;
      }
      at = skipBlanks(line, skipZeroFraction(line, at, length, digits), length);
      boolean isEnd = at >= length || line[at] == columns.separator();
      if (!isEnd || digits == 0 || value > 255) {
        at = end(line, start, length);
        if (role != CsvColumns.OTHER) {
          throw wrongValue(column, line, start, at);
        }
      }
      if (role >= 0) {
        pixels[first + role] = (byte) value;
      } else if (role == CsvColumns.LABEL) {
        labels.write(value);
      }
      column++;
      at++;
    }
    if (column != columns.roles().length) {
      throw wrongCount(column);
    }
    rows++;
  }

  private int skipBlanks(byte[] line, int from, int length) {
    int at = from;
    while (at < length && (line[at] == ' ' || line[at] == '"')) {
      at++;
    }
    return at;
  }

  /** A table that was computed with may say 5.0. */
  private static int skipZeroFraction(byte[] line, int from, int length, int digits) {
    int at = from;
    if (digits > 0 && at < length && line[at] == '.') {
      at++;
      while (at < length && line[at] == '0') {
        at++;
      }
    }
    return at;
  }

  private int end(byte[] line, int from, int length) {
    int at = from;
    while (at < length && line[at] != columns.separator()) {
      at++;
    }
    return at;
  }

  private int count(byte[] line, int length) {
    int separators = 0;
    for (int at = 0; at < length; at++) {
      separators += line[at] == columns.separator() ? 1 : 0;
    }
    return separators + 1;
  }

  private HandspunException wrongCount(int found) {
    return new HandspunException(
        "%s has %d values in line %d, but %s: correct the line, or download the file again."
            .formatted(path, found, lines.number(), columns.expected()));
  }

  private HandspunException wrongValue(int column, byte[] line, int from, int to) {
    String found =
        new String(Arrays.copyOfRange(line, from, Math.min(to, from + 20)), StandardCharsets.UTF_8)
            .strip();
    return new HandspunException(
        "%s has \"%s\" in line %d as value %d, %s, but a whole number from 0 to 255 is expected."
            .formatted(path, found, lines.number(), column + 1, columns.name(column)));
  }
}
