package handspun.drawings;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.image.Strokes;
import handspun.image.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The letters and shapes of the measure are others than the signs and digits of training. */
class OwnFiguresTest {
  /** Parts of the size: how far a point of one figure may be from the other one at most. */
  private static final double SAME = 0.02;

  private static List<Strokes> evenly(Templates templates) {
    return templates.all().stream().map(one -> TremblingHand.evenly(one.ofUnitSize())).toList();
  }

  /** The Hausdorff distance. */
  private static double distance(Strokes one, Strokes other) {
    return Math.max(farthest(one, other), farthest(other, one));
  }

  private static double farthest(Strokes from, Strokes to) {
    double farthest = 0;
    for (int p = 0; p < from.points(); p++) {
      double nearest = Double.MAX_VALUE;
      for (int q = 0; q < to.points(); q++) {
        double right = to.x()[q] - from.x()[p];
        double down = to.y()[q] - from.y()[p];
        nearest = Math.min(nearest, right * right + down * down);
      }
      farthest = Math.max(farthest, nearest);
    }
    return Math.sqrt(farthest);
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
        if (learned.stream().anyMatch(sign -> distance(figure, sign) < SAME)) {
          same.add(own.names().get(f));
        }
      }
    }
    assertThat(same).containsExactly("square", "cross", "plus", "asterisk");
  }
}
