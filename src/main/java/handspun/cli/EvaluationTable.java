package handspun.cli;

import handspun.train.Calibration;
import handspun.train.Evaluation;
import java.util.Locale;

/** An evaluation as text for a terminal. Lines end with a newline; numbers have a point. */
final class EvaluationTable {
  private EvaluationTable() {}

  /** {@return accuracy in per cent and as a fraction, such as {@code 93.51 % (9351 of 10000)}} */
  static String accuracy(Evaluation evaluation) {
    return String.format(
        Locale.ROOT,
        "%.2f %% (%d of %d)",
        100 * evaluation.accuracy(),
        evaluation.correct(),
        evaluation.total());
  }

  /**
   * {@return how sure the network is, such as {@code 91.20 % on average; expected calibration error
   * 2.31 %}}
   */
  static String confidence(Calibration calibration) {
    return String.format(
        Locale.ROOT,
        "%.2f %% on average; expected calibration error %.2f %%",
        100 * calibration.confidence(),
        100 * calibration.expectedError());
  }

  /**
   * {@return a line per class: precision, recall, F1 in per cent, number of examples; a dash for
   * what is not defined}
   */
  static String classes(Evaluation evaluation) {
    StringBuilder table = new StringBuilder("label  precision   recall       F1  examples\n");
    for (int label = 0; label < evaluation.classes(); label++) {
      table.append(
          String.format(
              Locale.ROOT,
              "%5d  %s  %s  %s  %8d\n",
              label,
              percent(9, evaluation.precision(label)),
              percent(7, evaluation.recall(label)),
              percent(7, evaluation.f1(label)),
              evaluation.support(label)));
    }
    return table.toString();
  }

  /** {@return a row per class, a column per answer; a dot for none} */
  static String confusion(Evaluation evaluation) {
    int classes = evaluation.classes();
    int width = String.valueOf(classes - 1).length();
    for (int label = 0; label < classes; label++) {
      for (int answer = 0; answer < classes; answer++) {
        width = Math.max(width, String.valueOf(evaluation.confusion(label, answer)).length());
      }
    }
    StringBuilder matrix = new StringBuilder("label");
    for (int answer = 0; answer < classes; answer++) {
      matrix.append(cell(width, String.valueOf(answer)));
    }
    matrix.append("  <- read as\n");
    for (int label = 0; label < classes; label++) {
      matrix.append(String.format(Locale.ROOT, "%5d", label));
      for (int answer = 0; answer < classes; answer++) {
        int count = evaluation.confusion(label, answer);
        matrix.append(cell(width, count == 0 ? "." : String.valueOf(count)));
      }
      matrix.append('\n');
    }
    return matrix.toString();
  }

  private static String cell(int width, String text) {
    return "  " + " ".repeat(width - text.length()) + text;
  }

  private static String percent(int width, double share) {
    String text = Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f", 100 * share);
    return " ".repeat(width - text.length()) + text;
  }
}
