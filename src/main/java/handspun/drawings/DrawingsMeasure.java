package handspun.drawings;

import handspun.image.Picture;
import handspun.read.DigitReader;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How a model does on drawings.
 *
 * @param digits a figure for each of {@link Cell#ALL}
 * @param others one for each kind of {@link NoDigit}
 */
public record DrawingsMeasure(List<OfCell> digits, List<OfKind> others) {
  /**
   * What became of the digits of a cell.
   *
   * @param cell how they were drawn
   * @param count how many
   * @param correct those read as what they are
   * @param refused those said to be no digit
   */
  public record OfCell(Cell cell, int count, int correct, int refused) {
    /** {@return correct / count} */
    public double accuracy() {
      return (double) correct / count;
    }

    /** {@return refused / count} */
    public double refusedPart() {
      return (double) refused / count;
    }
  }

  /**
   * What became of drawings that are no digit.
   *
   * @param kind what they show
   * @param count how many
   * @param refused those said to be no digit
   */
  public record OfKind(NoDigit kind, int count, int refused) {
    /** {@return refused / count} */
    public double refusedPart() {
      return (double) refused / count;
    }
  }

  /** {@return the mean accuracy of the cells} */
  public double meanAccuracy() {
    return digits.stream().mapToDouble(OfCell::accuracy).average().orElseThrow();
  }

  /** {@return the cell with the highest accuracy, the first of equals} */
  public OfCell best() {
    return digits.stream()
        .reduce((one, next) -> next.correct > one.correct ? next : one)
        .orElseThrow();
  }

  /** {@return the cell with the lowest accuracy, the first of equals} */
  public OfCell worst() {
    return digits.stream()
        .reduce((one, next) -> next.correct < one.correct ? next : one)
        .orElseThrow();
  }

  /** {@return of all digits, the part that is refused} */
  public double digitsRefused() {
    return digits.stream().mapToDouble(OfCell::refusedPart).average().orElseThrow();
  }

  /** {@return how many of the drawings that are no digit are refused} */
  public int othersRefused() {
    return others.stream().mapToInt(OfKind::refused).sum();
  }

  /** {@return how many drawings are no digit} */
  public int othersCount() {
    return others.stream().mapToInt(OfKind::count).sum();
  }

  /**
   * Reads all drawings, on all cores. Each is drawn and normalised once for all models.
   *
   * @param digits that are drawn in each cell
   * @param others that are no digit
   * @param readers each with a model
   * @return how each model does
   */
  public static List<DrawingsMeasure> of(
      DigitDrawings digits, NoDigitDrawings others, List<DigitReader> readers) {
    List<Answers> ofCells =
        Cell.ALL.stream()
            .map(cell -> Answers.of(digits.count(), i -> digits.picture(cell, i), readers))
            .toList();
    List<NoDigit> kinds = List.of(NoDigit.values());
    List<Answers> ofKinds =
        kinds.stream()
            .map(kind -> Answers.of(others.count(kind), i -> others.picture(kind, i), readers))
            .toList();
    return IntStream.range(0, readers.size())
        .mapToObj(
            reader ->
                new DrawingsMeasure(
                    IntStream.range(0, Cell.ALL.size())
                        .mapToObj(c -> ofCell(Cell.ALL.get(c), ofCells.get(c), reader, digits))
                        .toList(),
                    IntStream.range(0, kinds.size())
                        .mapToObj(k -> ofKind(kinds.get(k), ofKinds.get(k), reader))
                        .toList()))
        .toList();
  }

  private static OfCell ofCell(Cell cell, Answers answers, int reader, DigitDrawings digits) {
    return new OfCell(
        cell,
        digits.count(),
        answers.count(i -> answers.get(i, reader).is(digits.label(i))),
        answers.count(i -> answers.get(i, reader).isRefused()));
  }

  private static OfKind ofKind(NoDigit kind, Answers answers, int reader) {
    return new OfKind(
        kind, answers.byDrawing.size(), answers.count(i -> answers.get(i, reader).isRefused()));
  }

  /** Of each drawing what each model says. */
  private record Answers(List<List<Answer>> byDrawing) {
    static Answers of(int count, IntFunction<Picture> pictures, List<DigitReader> readers) {
      return new Answers(
          IntStream.range(0, count)
              .parallel()
              .mapToObj(pictures)
              .map(picture -> Answer.of(readers, picture))
              .toList());
    }

    Answer get(int drawing, int reader) {
      return byDrawing.get(drawing).get(reader);
    }

    int count(IntPredicate counts) {
      return (int) IntStream.range(0, byDrawing.size()).filter(counts).count();
    }
  }
}
