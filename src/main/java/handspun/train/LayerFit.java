package handspun.train;

import handspun.UsageException;
import handspun.data.ExampleSet;
import handspun.data.LabelCounts;
import handspun.data.TrainingData;
import handspun.network.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether there is an input for each pixel, and an output for each label. */
final class LayerFit {
  private LayerFit() {}

  /**
   * @param topology layer sizes
   * @param data what is to be learned
   * @throws UsageException if they do not fit; says all that is wrong at once
   */
  static void require(Topology topology, TrainingData data) {
    Map<String, ExampleSet> sets = new LinkedHashMap<>();
    sets.put("training", data.training());
    sets.put("validation", data.validation());
    sets.put("test", data.test());
    int least = LabelCounts.LABELS;
    int most = -1;
    List<String> faults = new ArrayList<>();
    int[] sizes = topology.sizes();
    for (Map.Entry<String, ExampleSet> named : sets.entrySet()) {
      ExampleSet set = named.getValue();
      int pixels = set.rows() * set.columns();
      if (faults.isEmpty() && topology.inputs() != pixels) {
        sizes[0] = pixels;
        faults.add(
            "begin with %d units, but the %s images have %d x %d = %d pixels"
                .formatted(topology.inputs(), named.getKey(), set.rows(), set.columns(), pixels));
      }
      if (set.count() > 0) {
        least = Math.min(least, set.labelCounts().least());
        most = Math.max(most, set.labelCounts().most());
      }
    }
    if (topology.outputs() <= most) {
      sizes[sizes.length - 1] = most + 1;
      faults.add(
          "end with %d units, but the labels go from %d to %d, which takes %d units"
              .formatted(topology.outputs(), least, most, most + 1));
    }
    if (!faults.isEmpty()) {
      throw new UsageException(
          "The layers %s %s: choose --layers %s."
              .formatted(
                  topology,
                  String.join("; they ", faults),
                  Hyperparameters.LAYERS.kind().format().apply(new Topology(sizes))));
    }
  }
}
