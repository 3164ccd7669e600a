package handspun.cli;

import handspun.HandspunException;
import handspun.data.Examples;
import handspun.drawings.DigitDrawings;
import handspun.drawings.DrawingsFiles;
import handspun.drawings.DrawingsMeasure;
import handspun.drawings.NoDigitDrawings;
import handspun.files.Location;
import handspun.files.NewFolder;
import handspun.image.DigitNormalizer;
import handspun.math.Kernels;
import handspun.read.DigitReader;
import handspun.report.DrawingsSheet;
import handspun.store.Model;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What {@code evaluate --drawings} does: measures models by drawings, and compares them. */
final class DrawingsEvaluation {
  /** A model that can be asked. */
  private record Asked(Location file, Model model, DigitReader reader) {}

  private final List<Asked> models;
  private final DigitDrawings digits;
  private final NoDigitDrawings others;
  private final String data;
  private final int tests;

  private DrawingsEvaluation(
      List<Asked> models, DigitDrawings digits, NoDigitDrawings others, String data, int tests) {
    this.models = models;
    this.digits = digits;
    this.others = others;
    this.data = data;
    this.tests = tests;
  }

  /**
   * @param files where the models were read from
   * @param models as many
   * @param test images of which drawings are made
   * @param data where they are, for people
   * @throws HandspunException if they are no digits of 28 x 28 pixels, or a model is for others
   */
  static DrawingsEvaluation of(
      List<Location> files, List<Model> models, Examples test, String data, Kernels kernels) {
    requireSize(test, data);
    List<Asked> asked = new ArrayList<>();
    for (int m = 0; m < files.size(); m++) {
      Model model = models.get(m);
      TestedModel.requireFits(files.get(m), model.network().topology(), test, data);
      asked.add(new Asked(files.get(m), model, DigitReader.of(model, kernels)));
    }
    DigitDrawings digits = new DigitDrawings(test);
    requireDigits(test, digits, data);
    return new DrawingsEvaluation(asked, digits, new NoDigitDrawings(digits), data, test.count());
  }

  private static void requireSize(Examples test, String data) {
    int size = DigitNormalizer.SIZE;
    if (test.rows() != size || test.columns() != size) {
      throw new HandspunException(
          "The test images in %s have %d x %d pixels, but --drawings draws digits of %d x %d: name MNIST, or a set like it, with --data."
              .formatted(data, test.rows(), test.columns(), size, size));
    }
  }

  private static void requireDigits(Examples test, DigitDrawings digits, String data) {
    int most = test.labelCounts().most();
    if (most >= DigitDrawings.DIGITS) {
      throw new HandspunException(
          "The test images in %s have labels up to %d, but --drawings draws digits, 0 to 9: name MNIST, or a set like it, with --data."
              .formatted(data, most));
    }
    if (!digits.missing().isEmpty()) {
      throw new HandspunException(
          "None of the test images in %s shows a %d, but --drawings needs all ten digits: name MNIST, or a set like it, with --data."
              .formatted(data, digits.missing().get(0)));
    }
  }

  /** Writes all pictures into a new folder. */
  void writePictures(Location folder) {
    NewFolder.make(folder);
    new DrawingsFiles(folder, digits, others).write();
  }

  /**
   * Measures the models, draws their sheets, and prints the figures.
   *
   * @param json whether for machines
   */
  void run(boolean json, PrintWriter out, Consumer<String> warn) {
    DrawingsSheet sheet = new DrawingsSheet(digits, others);
    List<DrawingsMeasure> measures =
        DrawingsMeasure.of(digits, others, models.stream().map(Asked::reader).toList());
    List<MeasuredModel> measured = new ArrayList<>();
    for (int m = 0; m < measures.size(); m++) {
      Asked one = models.get(m);
      DrawingsMeasure measure = measures.get(m);
      Location place = EvaluateCommand.beside(one.file, "-drawings.png");
      Optional<String> warning = sheet.write(place, one.file.toString(), one.reader, measure);
      warning.ifPresent(warn);
      measured.add(
          new MeasuredModel(
              one.file,
              one.model,
              measure,
              warning.isEmpty() ? Optional.of(place) : Optional.empty()));
    }
    if (json) {
      out.println(DrawingsJson.line(measured, data));
    } else {
      out.print(DrawingsTable.of(measured, data, tests));
    }
    out.flush();
  }
}
