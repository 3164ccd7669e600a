package handspun.parallel;

import handspun.math.Kernels;
import handspun.network.Factors;
import handspun.network.Inputs;
import handspun.network.Layout;
import handspun.wire.Contribution;
import handspun.wire.Frame;
import java.util.Arrays;

/**
 * The sum where there is one lane and the examples are in several processes: each process computes
 * the factors of those that it has, which may be anywhere in the mini-batch; factors and images
 * travel.
 *
 * <p>In a frame: of every example, in the order of the mini-batch, its rows of activations and
 * errors; then of every example the length of its image (32 bits) and its bytes, as {@link Inputs}
 * holds them.
 */
final class ScatteredFactorSummation extends FactorSummation implements Contribution {
  private final Layout layout;
  private final Positions positions;
  private final Factors own;

  /** The images of other processes' examples, by process and {@link Positions#index}. */
  private final ReceivedImages[] received;

  ScatteredFactorSummation(
      Team team, Factors factors, ReceivedImages[] received, int partition, Kernels kernels) {
    super(team, factors, partition, kernels);
    this.received = received;
    layout = team.layout();
    positions = new Positions(team.partitioning(), team.placement());
    own = new Factors(layout, team.plan().miniBatch());
  }

  /** Makes room for what others send; what is here already needs none. */
  static ReceivedImages[] roomForImages(Team team) {
    ReceivedImages[] room = new ReceivedImages[team.placement().executors()];
    Arrays.setAll(
        room,
        e ->
            new ReceivedImages(
                team.layout().topology().inputs(),
                e == team.placement().executor() ? 0 : mostExamples(team, e, e + 1)));
    return room;
  }

  /** Of a mini-batch. */
  private static int mostExamples(Team team, int from, int to) {
    return Math.min(team.plan().miniBatch(), team.ownedBy(from, to));
  }

  @Override
  public void compute(int from, int to) {
    positions.find(from, to, examples.order());
    int mine = share.from(positions.ownCount());
    int others = share.to(positions.ownCount());
    worker.clear();
    for (int k = mine; k < others; k++) {
      int place = from + positions.ownPosition(k);
      examples.take(worker, place, place + 1);
    }
    worker.compute(team.parameters(), team.epoch(), team.stepFactor(from, to - from), own, 0);
    for (int k = mine; k < others; k++) {
      factors.copy(own, k - mine, positions.ownPosition(k), layout);
    }
  }

  @Override
  void takeAll() {
    worker.clear();
    for (int j = 0; j < positions.size(); j++) {
      if (positions.isOwn(j)) {
        int place = positions.first() + j;
        examples.take(worker, place, place + 1, share);
      } else {
        worker.take(received[positions.executor(j)].inputs(), positions.index(j), share);
      }
    }
  }

  @Override
  public Contribution contribution() {
    return this;
  }

  @Override
  public int mostBytes(int from, int to) {
    long rows = 0;
    for (int l = 1; l < layout.topology().layers(); l++) {
      rows += 2L * layout.stride(l) * Float.BYTES;
    }
    long image = (long) Integer.BYTES + Inputs.mostBytes(layout.topology().inputs());
    return Math.toIntExact(mostExamples(team, from, to) * (rows + image));
  }

  private boolean isOf(int position, int from, int to) {
    int of = positions.executor(position);
    return of >= from && of < to;
  }

  @Override
  public void write(int from, int to, Frame frame) {
    for (int j = 0; j < positions.size(); j++) {
      if (isOf(j, from, to)) {
        for (int l = 1; l < layout.topology().layers(); l++) {
          int stride = layout.stride(l);
          frame.put(factors.activations()[l], j * stride, stride);
          frame.put(factors.deltas()[l], j * stride, stride);
        }
      }
    }
    for (int j = 0; j < positions.size(); j++) {
      if (isOf(j, from, to)) {
        boolean isOwn = positions.isOwn(j);
        int place = positions.first() + j;
        Inputs inputs = isOwn ? examples.inputs(place) : received[positions.executor(j)].inputs();
        int image = isOwn ? examples.index(place) : positions.index(j);
        int length = inputs.end(image) - inputs.start(image);
        frame.put(length);
        frame.put(inputs.data(), inputs.start(image), length);
      }
    }
  }

  @Override
  public void read(int from, int to, Frame frame) {
    for (int j = 0; j < positions.size(); j++) {
      if (isOf(j, from, to)) {
        for (int l = 1; l < layout.topology().layers(); l++) {
          int stride = layout.stride(l);
          frame.take(factors.activations()[l], j * stride, stride);
          frame.take(factors.deltas()[l], j * stride, stride);
        }
      }
    }
    for (int j = 0; j < positions.size(); j++) {
      if (isOf(j, from, to)) {
        int length = frame.take();
        if (positions.isOwn(j)) {
          frame.skip(length);
        } else {
          received[positions.executor(j)].take(positions.index(j), length, frame);
        }
      }
    }
  }
}
