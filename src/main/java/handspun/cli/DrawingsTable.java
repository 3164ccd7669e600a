package handspun.cli;

import handspun.drawings.DrawingsMeasure;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** How models do on drawings, as text for a terminal: a column for each of them. */
final class DrawingsTable {
  private final StringBuilder text = new StringBuilder();
  private final List<MeasuredModel> models;

  private DrawingsTable(List<MeasuredModel> models) {
    this.models = models;
  }

  /**
   * @param models at least one
   * @param data where the test images are
   * @param tests how many there are
   * @return the table
   */
  static String of(List<MeasuredModel> models, String data, int tests) {
    DrawingsTable table = new DrawingsTable(models);
    DrawingsMeasure any = models.get(0).measure();
    for (int m = 0; m < models.size(); m++) {
      MeasuredModel one = models.get(m);
      table.told("Model", m, "%s (%s)".formatted(one.file(), one.model().network().topology()));
    }
    table.line(
        "%-11s %s, %d of %d test images drawn in %d ways; %d drawings that are no digit",
        "Data", data, any.digits().get(0).count(), tests, any.digits().size(), any.othersCount());
    table.digits(any);
    table.others(any);
    table.ends();
    return table.text.toString();
  }

  private void digits(DrawingsMeasure any) {
    line("");
    if (models.size() > 1) {
      row("", model -> "%20s".formatted("model " + (models.indexOf(model) + 1)));
    }
    row("digits, per cent", model -> "%10s%10s".formatted("correct", "refused"));
    for (int c = 0; c < any.digits().size(); c++) {
      int cell = c;
      digits(
          any.digits().get(c).cell().title(),
          measure -> measure.digits().get(cell).accuracy(),
          measure -> measure.digits().get(cell).refusedPart());
    }
    digits("mean of all", DrawingsMeasure::meanAccuracy, DrawingsMeasure::digitsRefused);
    digits("best", measure -> measure.best().accuracy(), measure -> measure.best().refusedPart());
    digits(
        "worst", measure -> measure.worst().accuracy(), measure -> measure.worst().refusedPart());
  }

  private void others(DrawingsMeasure any) {
    line("");
    row("no digit, per cent", model -> "%20s".formatted("refused"));
    for (int k = 0; k < any.others().size(); k++) {
      int kind = k;
      DrawingsMeasure.OfKind of = any.others().get(k);
      others(
          "%d %s".formatted(of.count(), of.kind()),
          measure -> measure.others().get(kind).refusedPart());
    }
    others(
        "all %d".formatted(any.othersCount()),
        measure -> (double) measure.othersRefused() / measure.othersCount());
  }

  private void ends() {
    line("");
    for (int m = 0; m < models.size(); m++) {
      MeasuredModel one = models.get(m);
      told("Best", m, one.measure().best().cell().title());
      told("Worst", m, one.measure().worst().cell().title());
      if (one.sheet().isPresent()) {
        told("Drawings", m, one.sheet().get().toString());
      }
    }
  }

  private void digits(
      String name,
      ToDoubleFunction<DrawingsMeasure> correct,
      ToDoubleFunction<DrawingsMeasure> refused) {
    row(
        name,
        model ->
            String.format(
                Locale.ROOT,
                "%10.2f%10.2f",
                100 * correct.applyAsDouble(model.measure()),
                100 * refused.applyAsDouble(model.measure())));
  }

  private void others(String name, ToDoubleFunction<DrawingsMeasure> refused) {
    row(
        name,
        model ->
            String.format(Locale.ROOT, "%20.2f", 100 * refused.applyAsDouble(model.measure())));
  }

  private void row(String name, Function<MeasuredModel, String> figures) {
    StringBuilder row = new StringBuilder("%-33s".formatted(name));
    models.forEach(model -> row.append(figures.apply(model)));
    line("%s", row.toString().stripTrailing());
  }

  /** Something of one model, with its number where there are several. */
  private void told(String what, int model, String words) {
    line("%-11s %s", models.size() == 1 ? what : "%s %d".formatted(what, model + 1), words);
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
