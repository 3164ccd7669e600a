package handspun.parallel;

import handspun.data.Examples;
import handspun.math.Share;
import handspun.network.Inputs;
import handspun.wire.Frame;
import java.util.stream.IntStream;

/**
 * The training examples that this process has, by their place in the order of an epoch. All of its
 * threads read them; one sets the order while the others wait.
 */
final class LocalExamples implements ExampleSource {
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

  @Override
  public void take(GradientWorker worker, int from, int to) {
    for (int place = from; place < to; place++) {
      int owner = owner(place);
      worker.take(blocks[owner], order[place] - firstExamples[owner], order[place]);
    }
  }

  @Override
  public void take(GradientWorker worker, int from, int to, Share share) {
    for (int place = from; place < to; place++) {
      int owner = owner(place);
      worker.take(blocks[owner].inputs(), order[place] - firstExamples[owner], share);
    }
  }

  @Override
  public void touch(GradientWorker worker, int from, int to) {
    for (int place = from; place < Math.min(to, order.length); place++) {
      int owner = owner(place);
      worker.touch(blocks[owner], order[place] - firstExamples[owner]);
    }
  }

  @Override
  public void write(int place, Frame frame) {
    Inputs inputs = at(place).inputs();
    int image = index(place);
    int length = inputs.end(image) - inputs.start(image);
    frame.put(length);
    frame.put(inputs.data(), inputs.start(image), length);
  }

  /** Those that hold the example at a place. */
  Examples at(int place) {
    return blocks[owner(place)];
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
