package handspun.parallel;

import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.math.Share;
import handspun.network.Backpropagation;
import handspun.network.DecodedImages;
import handspun.network.Dropout;
import handspun.network.Factors;
import handspun.network.HiddenUnits;
import handspun.network.Inputs;
import handspun.network.Layout;
import handspun.network.Targets;
import handspun.train.Hyperparameters;
import handspun.train.Plan;

/**
 * One thread's computing of gradients, with its scratch memory.
 *
 * <p>Examples are first {@linkplain #take taken}, then their {@linkplain #compute factors
 * computed}, and these {@linkplain #addGradient added} to the parameters (one lane) or to the
 * gradient of a lane (several). The factor -eta / m is in the errors from the output layer on, so
 * that a gradient is a step of gradient descent which is only to be added.
 *
 * <p>Not for several threads at once. Allocates nothing once it has seen its largest mini-batch.
 */
public final class GradientWorker {
  private static final int CACHE_LINE = 64;

  /** What an image of MNIST fills; of a larger one the processor foresees the rest. */
  private static final int LINES = 4;

  private final Layout layout;
  private final Backpropagation pass;
  private final DecodedImages images;
  private final int outputs;
  private final Targets targets;
  private final float teacherShare;
  private final HiddenUnits hidden;

  /** Their numbers in the training set. */
  private final int[] numbers;

  private long cost;
  private int examplesSeen;
  private int touched;

  /**
   * @param most how many examples can be taken at a time
   */
  public GradientWorker(Plan plan, Layout layout, Kernels kernels, int most) {
    this.layout = layout;
    hidden = hiddenUnits(plan, layout, kernels, most);
    pass = new Backpropagation(layout, hidden, plan.get(Hyperparameters.COST), kernels);
    images = new DecodedImages(layout, kernels, most);
    outputs = plan.topology().outputs();
    targets =
        new Targets(
            plan.get(Hyperparameters.COST).outputs(),
            outputs,
            plan.get(Hyperparameters.LABEL_SMOOTHING),
            most);
    teacherShare = plan.get(Hyperparameters.TEACHER_SHARE);
    numbers = new int[most];
  }

  private static HiddenUnits hiddenUnits(Plan plan, Layout layout, Kernels kernels, int most) {
    HiddenUnits.AsTheyAre all = new HiddenUnits.AsTheyAre(plan.units().hidden(), kernels);
    float dropout = plan.get(Hyperparameters.DROPOUT);
    return dropout == 0 ? all : new Dropout(layout, all, dropout, plan.seed(), most);
  }

  /** Forgets the examples that were taken. */
  public void clear() {
    images.clear();
    targets.clear();
  }

  /**
   * Takes one example more.
   *
   * @param example of these
   * @param number its number in the training set
   */
  public void take(Examples examples, int example, int number) {
    take(examples, example, number, examples.inputs(), example);
  }

  /**
   * Takes one example more, with another image than the one that is stored.
   *
   * @param example of these
   * @param number its number in the training set
   * @param inputs images
   * @param image the one of them to learn from
   */
  void take(Examples examples, int example, int number, Inputs inputs, int image) {
    numbers[images.count()] = number;
    int label = examples.label(example);
    if (examples.isTaught()) {
      targets.add(label, examples.answers(), example * outputs, teacherShare);
    } else {
      targets.add(label);
    }
    images.add(inputs, image);
  }

  /**
   * Takes one image more, of which no output is wanted.
   *
   * @param number of the example in the training set that it was made of
   */
  void takeNone(int number, Inputs inputs, int image) {
    numbers[images.count()] = number;
    targets.addNone();
    images.add(inputs, image);
  }

  /** Takes of one example more what {@link #addGradient} needs for a share of the vector. */
  public void take(Inputs inputs, int image, Share share) {
    images.add(inputs, image, layout.firstInput(share), layout.lastInput(share));
  }

  /**
   * Reads one byte of each of the first lines of the cache that an example fills. Examples lie
   * scattered in memory, and a processor that waits for several lines at once waits once: so it
   * pays to touch the next mini-batch's examples before they are needed. (Not as many lines as the
   * example has: that number comes from the same slow memory, a processor guesses it, and when the
   * guess is wrong it waits after all.)
   */
  public void touch(Examples examples, int example) {
    byte[] data = examples.inputs().data();
    int last = data.length - 1;
    int start = examples.inputs().start(example);
    int sum = 0;
    for (int line = 0; line < LINES; line++) {
      sum += data[Math.min(start + line * CACHE_LINE, last)];
    }
    // Kept, or the compiler would leave the reading out.
    touched += sum;
  }

  /**
   * Computes the factors of the examples that were taken.
   *
   * @param w the parameters, a working vector
   * @param epoch from 1
   * @param scale factor of all errors, -eta / m
   * @param factors receives their activations and scaled errors
   * @param at position of the first of them
   */
  public void compute(float[] w, int epoch, float scale, Factors factors, int at) {
    hidden.begin(epoch, numbers);
    cost += pass.backpropagate(w, images, targets, scale, factors, at);
    examplesSeen += images.count();
  }

  /**
   * Adds the scaled gradients of the examples that were taken, in order.
   *
   * @param factors theirs, from position 0
   * @param target a working vector, whose transposed copies are to be refreshed then, or a gradient
   */
  public void addGradient(Factors factors, float[] target, Share share) {
    pass.addGradient(images, factors, target, share);
  }

  /**
   * {@code sum += addend}, over a share of the vectors.
   *
   * @param addend a gradient
   * @param sum a gradient or a working vector, changed in place
   */
  public void add(float[] addend, float[] sum, Share share) {
    pass.add(addend, sum, share);
  }

  /**
   * Brings the transposed copies of weights that have changed up to date.
   *
   * @param working a working vector, changed in place
   * @param share whose weights have changed
   */
  public void refreshTransposed(float[] working, Share share) {
    pass.refreshTransposed(working, share);
  }

  /**
   * {@return the summed cost of the examples seen since the last call, each as it was before its
   * update, in units of {@link handspun.network.Cost#UNIT}: a whole number, so that the order of
   * the additions does not matter}
   */
  public long takeCost() {
    long taken = cost;
    cost = 0;
    return taken;
  }

  /** {@return how many examples this worker has computed since the last call} */
  public int takeExamplesSeen() {
    int taken = examplesSeen;
    examplesSeen = 0;
    return taken;
  }

  /** {@return a number without a meaning} */
  int touched() {
    return touched;
  }
}
