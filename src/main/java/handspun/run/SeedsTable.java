package handspun.run;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.store.AtomicFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The figures of several seeds as a table (RFC 4180): a header, and a row for every seed that is
 * done. A run that goes on finds there what it need not train again.
 */
final class SeedsTable {
  /** The file's name in the run's folder. */
  static final String NAME = "seeds.csv";

  private static final String HEADER =
      "seed,epochs,validation_accuracy,test_correct,test_total,test_accuracy,seconds,parameters_sha256";

  private SeedsTable() {}

  /** Writes the table anew; whoever reads it meanwhile sees the old one or the new one. */
  static void write(Location file, List<SeedFigures> done) {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (SeedFigures figures : done) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%d,%s,%d,%d,%s,%.3f,%s\n",
              figures.seed(),
              figures.epochs(),
              Double.isNaN(figures.validationAccuracy()) ? "" : figures.validationAccuracy(),
              figures.testCorrect(),
              figures.testTotal(),
              figures.testAccuracy(),
              figures.seconds(),
              figures.sha256()));
    }
    AtomicFile.replace(file, csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * {@return the rows of a table}
   *
   * @throws HandspunException if it cannot be read, or has something else in it
   */
  static List<SeedFigures> read(Location file) {
    List<String> lines;
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(file.open(), StandardCharsets.UTF_8))) {
      lines = reader.lines().toList();
    } catch (UncheckedIOException e) {
      throw HandspunException.couldNot("read the table " + file, e.getCause());
    } catch (IOException e) {
      throw HandspunException.couldNot("read the table " + file, e);
    }
    List<SeedFigures> done = new ArrayList<>();
    for (int line = 0; line < lines.size(); line++) {
      if (line == 0 ? !lines.get(0).equals(HEADER) : !add(done, lines.get(line).split(",", -1))) {
        throw new HandspunException(
            "Line %d of the table %s is \"%s\", which is not what Handspun has written: put back what was there, or train anew."
                .formatted(line + 1, file, lines.get(line)));
      }
    }
    return done;
  }

  private static boolean add(List<SeedFigures> done, String[] cells) {
    if (cells.length != HEADER.split(",").length) {
      return false;
    }
    try {
      return done.add(
          new SeedFigures(
              Long.parseLong(cells[0]),
              Integer.parseInt(cells[1]),
              cells[2].isEmpty() ? Double.NaN : Double.parseDouble(cells[2]),
              Integer.parseInt(cells[3]),
              Integer.parseInt(cells[4]),
              Double.parseDouble(cells[6]),
              cells[7]));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
