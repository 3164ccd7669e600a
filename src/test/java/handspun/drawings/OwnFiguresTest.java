package handspun.drawings;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.image.Strokes;
import handspun.image.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The letters and shapes of the measure are others than the signs and digits of training. */
class OwnFiguresTest {
  /** Parts of the size: how far a point of one figure may be from the other one at most. */
  private static final double SAME = 0.02;

  private static List<Strokes> evenly(Templates templates) {
    return templates.all().stream().map(one -> TremblingHand.evenly(one.ofUnitSize())).toList();
  }

  /** Whether their Hausdorff distance is small. */
  private static boolean areSame(Strokes one, Strokes other) {
    return isWithin(one, other) && isWithin(other, one);
  }

  private static boolean isWithin(Strokes one, Strokes other) {
    return IntStream.range(0, one.points()).allMatch(point -> isNear(one, point, other));
  }

  private static boolean isNear(Strokes one, int point, Strokes other) {
    return IntStream.range(0, other.points())
        .anyMatch(
            p -> Math.hypot(other.x()[p] - one.x()[point], other.y()[p] - one.y()[point]) < SAME);
  }

  @Test
  void onlyWhatCanHardlyBeDrawnOtherwiseIsAlsoASignOfTraining() {
    List<Strokes> learned =
        Stream.of("signs.txt", "allographs.txt")
            .flatMap(file -> evenly(Templates.read(Templates.class, file, 1)).stream())
            .toList();
    List<String> same = new ArrayList<>();
    for (String file : List.of("letters.txt", "shapes.txt")) {
      Templates own = NoDigitDrawings.templates(file);
      List<Strokes> figures = evenly(own);
      for (int f = 0; f < figures.size(); f++) {
        Strokes figure = figures.get(f);
        if (learned.stream().anyMatch(sign -> areSame(figure, sign))) {
          same.add(own.names().get(f));
        }
      }
    }
    assertThat(same).containsExactly("square", "cross", "plus", "asterisk");
  }
}
