package handspun.parallel;

import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.math.Share;
import handspun.network.Inputs;
import handspun.train.AugmentedImages;
import handspun.wire.Frame;

/**
 * A thread's examples where their images are augmented: each image is made when the thread takes it
 * to compute with, and kept until the mini-batch is over, so that other threads and processes learn
 * from the same one. For one thread, which may share the room for images with others.
 */
final class AugmentedExamples implements ExampleSource {
  private final Team team;
  private final LocalExamples examples;
  private final Kernels kernels;
  private final ImageRoom room;
  private final int positions;
  private final byte[] original;
  private final byte[] made;
  private final Inputs.Encoder encoder;

  /** Made with the first example, which tells how large images are. */
  private AugmentedImages images;

  /**
   * @param room with a position for each example of a mini-batch, or for one example at a time
   * @param positions how many these are
   */
  AugmentedExamples(Team team, ImageRoom room, int positions, Kernels kernels) {
    this.team = team;
    this.room = room;
    this.positions = positions;
    this.kernels = kernels;
    examples = team.examples();
    int pixels = team.plan().topology().inputs();
    original = new byte[pixels];
    made = new byte[pixels];
    encoder = new Inputs.Encoder(pixels);
  }

  @Override
  public void take(GradientWorker worker, int from, int to) {
    for (int place = from; place < to; place++) {
      Examples stored = examples.at(place);
      int example = examples.index(place);
      if (images == null) {
        images =
            new AugmentedImages(
                team.plan(), stored.rows(), stored.columns(), kernels, team.strokes());
      }
      stored.inputs().copyPixels(example, original);
      int number = examples.order()[place];
      boolean isOfItsClass =
          images.make(original, stored.label(example), team.epoch(), number, made, 0);
      room.put(place % positions, made, encoder);
      int image = room.image(place % positions);
      if (isOfItsClass) {
        worker.take(stored, example, number, room.inputs(), image);
      } else {
        worker.takeNone(number, room.inputs(), image);
      }
    }
  }

  @Override
  public void take(GradientWorker worker, int from, int to, Share share) {
    for (int place = from; place < to; place++) {
      worker.take(room.inputs(), room.image(place % positions), share);
    }
  }

  @Override
  public void touch(GradientWorker worker, int from, int to) {
    examples.touch(worker, from, to);
  }

  @Override
  public void write(int place, Frame frame) {
    room.write(place % positions, frame);
  }
}
