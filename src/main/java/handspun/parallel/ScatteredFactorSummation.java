package handspun.spark;

import handspun.network.Factors;
import handspun.network.Inputs;
import handspun.network.Layout;
import handspun.wire.Cargo;
import handspun.wire.Frame;

/**
 * The factors of a mini-batch and its images, as executors exchange them where there is one lane.
 *
 * <p>In a frame: of every example, in the order of the mini-batch, its rows of activations and
 * errors; then of every example the length of its image (32 bits) and its bytes, as {@link Inputs}
 * holds them.
 */
final class FactorCargo implements Cargo {

  /** Where the images of this executor's own examples are. */
  interface Images {
    /** The images that hold the example at a place of the epoch's order. */
    Inputs inputs(int place);

    /** Its index there. */
    int index(int place);
  }

  private final Layout layout;
  private final Factors factors;
  private final int miniBatch;
  private final int executor;
  private final Images own;
  private final int[][] starts;
  private final Inputs[] received;
  private Positions positions;

  /**
   * @param layout of the network
   * @param factors of the mini-batch, by position
   * @param miniBatch most examples in a mini-batch
   * @param placement of the partitions
   * @param own images
   */
  FactorCargo(Layout layout, Factors factors, int miniBatch, Placement placement, Images own) {
    this.layout = layout;
    this.factors = factors;
    this.miniBatch = miniBatch;
    this.own = own;
    executor = placement.executor();
    starts = new int[placement.executors()][miniBatch + 1];
    received = new Inputs[placement.executors()];
    for (int e = 0; e < received.length; e++) {
      if (e != executor) {
        received[e] = Inputs.room(layout.topology().inputs(), starts[e]);
      }
    }
  }

  /** Says which mini-batch it is. */
  void begin(Positions of) {
    positions = of;
  }

  /** The images of another executor's examples, by their {@link Positions#index}. */
  Inputs received(int from) {
    return received[from];
  }

  @Override
  public int mostBytes(int from, int to) {
    long rows = 0;
    for (int l = 1; l < layout.topology().layers(); l++) {
      rows += 2L * layout.stride(l) * Float.BYTES;
    }
    long image = (long) Integer.BYTES + Inputs.mostBytes(layout.topology().inputs());
    return Math.toIntExact(miniBatch * (rows + image));
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
        Inputs inputs = isOwn ? own.inputs(place) : received[positions.executor(j)];
        int image = isOwn ? own.index(place) : positions.index(j);
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
          takeImage(positions.executor(j), positions.index(j), length, frame);
        }
      }
    }
  }

  private void takeImage(int of, int index, int length, Frame frame) {
    if (length < 0 || length > Inputs.mostBytes(layout.topology().inputs())) {
      throw new IllegalStateException("an image of " + length + " bytes");
    }
    int start = starts[of][index];
    frame.take(received[of].data(), start, length);
    starts[of][index + 1] = start + length;
  }
}
