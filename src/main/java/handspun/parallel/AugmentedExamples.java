package handspun.parallel;

import handspun.math.Kernels;
import handspun.math.Share;
import handspun.network.Inputs;
import handspun.train.AugmentedImages;
import handspun.wire.Frame;

/**
 * A thread's examples where their images are augmented: each is made when the thread takes it to
 * compute with, and kept until the mini-batch is over, so that other threads and processes learn
 * from the same image. For one thread, which shares the room for images with others.
 */
final class AugmentedExamples implements ExampleSource {
  private final Team team;
  private final LocalExamples examples;
  private final Kernels kernels;
  private final int pixels;

  /** Images, one after the other: for each position in the mini-batch, or for one image. */
  private final byte[] room;

  private final int positions;
  private final byte[] original;
  private final Inputs.Encoder encoder;
  private final byte[] encoded;

  /** Made with the first example, which tells how large images are. */
  private AugmentedImages images;

  AugmentedExamples(Team team, byte[] room, Kernels kernels) {
    this.team = team;
    this.room = room;
    this.kernels = kernels;
    examples = team.examples();
    pixels = team.plan().topology().inputs();
    positions = room.length / pixels;
    original = new byte[pixels];
    encoder = new Inputs.Encoder(pixels);
    encoded = new byte[Inputs.mostBytes(pixels)];
  }

  @Override
  public void take(GradientWorker worker, int from, int to) {
    for (int place = from; place < to; place++) {
      int at = at(place);
      make(place, at);
      worker.take(room, at, examples.label(place));
    }
  }

  private void make(int place, int at) {
    if (images == null) {
      images =
          new AugmentedImages(
              team.plan(), examples.at(place).rows(), examples.at(place).columns(), kernels);
    }
    examples.at(place).inputs().copyPixels(examples.index(place), original);
    images.make(original, team.epoch(), examples.order()[place], room, at);
  }

  @Override
  public void take(GradientWorker worker, int from, int to, Share share) {
    for (int place = from; place < to; place++) {
      worker.take(room, at(place), share);
    }
  }

  @Override
  public void touch(GradientWorker worker, int from, int to) {
    examples.touch(worker, from, to);
  }

  @Override
  public void write(int place, Frame frame) {
    int length = encoder.encode(room, at(place), encoded, 0);
    frame.put(length);
    frame.put(encoded, 0, length);
  }

  private int at(int place) {
    return place % positions * pixels;
  }
}
