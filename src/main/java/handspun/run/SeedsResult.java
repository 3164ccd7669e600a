package handspun.run;

import handspun.files.Location;
import handspun.store.Runs;
import handspun.train.MeanAndSpread;
import handspun.train.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What came of trainings of one plan that differ by their seed alone.
 *
 * @param plan with the first seed
 * @param folder that has a folder for each of them, and the table of their figures
 * @param figures of every seed, in order, at least one
 */
public record SeedsResult(Plan plan, Location folder, List<SeedFigures> figures) {
  /** Makes the list unchangeable. */
  public SeedsResult {
    figures = List.copyOf(figures);
  }

  /** {@return accuracy on the validation examples, 0..1; NaN if there are none} */
  public MeanAndSpread validation() {
    return spread(SeedFigures::validationAccuracy);
  }

  /** {@return accuracy on the test examples, 0..1} */
  public MeanAndSpread test() {
    return spread(SeedFigures::testAccuracy);
  }

  /** {@return seconds of all epochs of a training} */
  public MeanAndSpread seconds() {
    return spread(SeedFigures::seconds);
  }

  /** {@return the file of the network that was trained with that seed} */
  public Location model(SeedFigures seed) {
    return folder.resolve(Runs.SEED + seed.seed()).resolve(Runs.MODEL);
  }

  private MeanAndSpread spread(ToDoubleFunction<SeedFigures> figure) {
    return MeanAndSpread.of(figures.stream().mapToDouble(figure).boxed().toList());
  }

  /**
   * {@return the best by validation, the first of equals; test examples have no say in a choice}
   */
  public SeedFigures best() {
    return figures.stream()
        .max(
            Comparator.comparingDouble(SeedFigures::validationAccuracy)
                .thenComparing(Comparator.comparingLong(SeedFigures::seed).reversed()))
        .orElseThrow();
  }
}
