package handspun.parallel;

import handspun.data.Examples;
import handspun.math.Share;
import handspun.network.Inputs;
import java.util.stream.IntStream;

/**
 * The training examples that this process has, by their place in the order of an epoch. All of its
 * threads read them; one sets the order while the others wait.
 */
final class LocalExamples {
  private final Examples[] blocks;

  /** The first training example of every partition, and behind the last one the number of all. */
  private final int[] firstExamples;

  private int[] order = {};

  LocalExamples(Partitioning partitioning) {
    int partitions = partitioning.partitions();
    blocks = new Examples[partitions];
    firstExamples = IntStream.rangeClosed(0, partitions).map(partitioning::firstExample).toArray();
  }

  /** Takes in the examples that a partition owns. */
  void publish(int partition, Examples block) {
    blocks[partition] = block;
  }

  /** Says in which order examples are visited. */
  void setOrder(int[] examples) {
    order = examples;
  }

  /** The order in which examples are visited. */
  int[] order() {
    return order;
  }

  /** Has a worker take the examples at some places. */
  void take(GradientWorker worker, int from, int to) {
    for (int place = from; place < to; place++) {
      int owner = owner(place);
      worker.take(blocks[owner], order[place] - firstExamples[owner], order[place]);
    }
  }

  /** Has a worker take what a share of the parameters needs of these examples. */
  void take(GradientWorker worker, int from, int to, Share share) {
    for (int place = from; place < to; place++) {
      int owner = owner(place);
      worker.take(blocks[owner].inputs(), order[place] - firstExamples[owner], share);
    }
  }

  /** Has a worker touch the examples at some places, as far as there are any. */
  void touch(GradientWorker worker, int from, int to) {
    for (int place = from; place < Math.min(to, order.length); place++) {
      int owner = owner(place);
      worker.touch(blocks[owner], order[place] - firstExamples[owner]);
    }
  }

  /** The images that hold the example at a place. */
  Inputs inputs(int place) {
    return blocks[owner(place)].inputs();
  }

  /** Its index there. */
  int index(int place) {
    return order[place] - firstExamples[owner(place)];
  }

  private int owner(int place) {
    int example = order[place];
    int owner = 0;
    while (example >= firstExamples[owner + 1]) {
      owner++;
    }
    return owner;
  }
}
