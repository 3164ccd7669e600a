package handspun.train;

import static handspun.train.Hyperparameters.ACTIVATION;
import static handspun.train.Hyperparameters.AUGMENT;
import static handspun.train.Hyperparameters.COST;
import static handspun.train.Hyperparameters.INITIAL_WEIGHTS;
import static handspun.train.Hyperparameters.MOMENTUM;
import static handspun.train.Hyperparameters.OPTIMIZER;
import static handspun.train.Hyperparameters.PREPROCESS;
import static handspun.train.Hyperparameters.SCHEDULE;
import static handspun.train.Hyperparameters.WEIGHT_DECAY;

import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.image.Augmentation;
import handspun.image.Preprocessing;
import handspun.network.Activation;
import handspun.network.CrossEntropy;
import handspun.network.Initializer;
import handspun.network.LogLikelihood;
import handspun.network.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans whose result on the bundled MNIST is known for good. Whatever is built, they end with these
 * bits: a change of them is an event, of which the commit that makes it says why.
 */
@SuppressWarnings("ImmutableEnumChecker") // A plan cannot change, though Error Prone cannot see it.
public enum PinnedPlan {
  DEFAULT(
      "8088e698d4972be33b8c9e87de98c17676f7ad930d90826fc27767f5044f3bc5",
      10_000,
      new Plan(new Topology(784, 16, 16, 10), 2, 10, 3f, 1, 1)),
  DEFAULT_TO_THE_END(
      "ab9f0a3a9591fd07e227833d069f213bcaf34460ec85f696d6e6ecc1d243156e",
      10_000,
      new Plan(new Topology(784, 16, 16, 10), 30, 10, 3f, 1, 1)),
  /** A hundred mini-batches: short enough for a job each. */
  FEW_EXAMPLES(
      "586f973b670e3e9e393a41debffc21aedca571cbf86248fcdb73a16decdaccb4",
      59_000,
      new Plan(new Topology(784, 16, 16, 10), 1, 10, 3f, 1, 1)),
  HUNDRED_UNITS(
      "1486e678774ea6e22cf7feef905f8e2a754280dd6061f4ff3b7fc526550eb6ca",
      10_000,
      new Plan(new Topology(784, 100, 10), 1, 10, 0.5f, 1, 1)),
  SEVERAL_LANES(
      "b042e261b7084a7f2d7c02bf517bfacb2a74d017ebc199a1d32f2ca53e955c1c",
      10_000,
      new Plan(new Topology(784, 16, 16, 10), 1, 100, 3f, 1, 8)),
  LARGE_MINI_BATCHES(
      "1f57bc9698c049831286713dc08ff05049599e3a277daa573077f70aa431bb21",
      50_000,
      new Plan(new Topology(784, 16, 16, 10), 1, 1000, 3f, 1, 8)),
  LOCAL_STEPS(
      "58f2ba98e00d0cd5062f1d75e92201c24d1bf94272e7c4e95f96b2a51e030691",
      10_000,
      new Plan(new Topology(784, 16, 16, 10), 1, 64, 3f, 1, 5, 5)),
  ONE_AVERAGE_AN_EPOCH(
      "6fa2c9d1d2d2fc152d1a1f7ee1cb4f5aefca55a893dcb68ba4e1b125911473a6",
      56_000,
      new Plan(new Topology(784, 16, 16, 10), 2, 100, 1.5f, 77, 3, LocalSteps.EPOCH)),
  CROSS_ENTROPY(
      "b92b09a14168a849b55597c0aa5b4fd18467e4a42f8541b9afaf597fe81c2ad9",
      50_000,
      new Plan(new Topology(784, 16, 16, 10), 1, 10, 0.3f, 1, 1).with(COST, new CrossEntropy())),
  MOMENTUM_OF_LANES(
      "7331ab9b62b15e15083a39be4a29db306f87f3ce216e8c9f313c6e9884d01349",
      50_000,
      new Plan(new Topology(784, 16, 16, 10), 1, 50, 0.3f, 1, 5).with(MOMENTUM, 0.9f)),
  SCALED_WEIGHTS(
      "bd10826634234fb1d5d8d6e9e91660846d2fd390cf721efd9172d52650e89c2c",
      50_000,
      new Plan(new Topology(784, 16, 16, 10), 1, 10, 3f, 1, 1)
          .with(INITIAL_WEIGHTS, Initializer.SCALED)),
  RELU(
      "6636e4331f518643f2f9d31e9105596064154acf4902a992f106f133177919b2",
      50_000,
      new Plan(new Topology(784, 16, 16, 10), 1, 10, 0.3f, 1, 1)
          .with(ACTIVATION, Activation.RELU)
          .with(INITIAL_WEIGHTS, Initializer.SCALED)),
  COSINE(
      "7169fada671b5e37d89d5a3cb493af2590f84ef2db7ec0c2499be51b345bc6f9",
      50_000,
      new Plan(new Topology(784, 16, 16, 10), 2, 10, 3f, 1, 1).with(SCHEDULE, Schedule.COSINE)),
  /** What {@code train} does by itself, but for its epochs. */
  SMALL(
      "4206fe8574bcd4475da82de53ba1412a24b3b9a4fe855a0250bc2a0b66f55313",
      10_000,
      new Plan(new Topology(784, 16, 16, 10), 2, 512, 0.02f, 1, 8)
          .with(PREPROCESS, Preprocessing.STRAIGHTEN)
          .with(AUGMENT, Augmentation.parse("redraw=0.6"))
          .with(SCHEDULE, Schedule.COSINE)
          .with(OPTIMIZER, OptimizerChoice.ADAM)
          .with(MOMENTUM, 0.9f)
          .with(WEIGHT_DECAY, 0.01f)
          .with(COST, new LogLikelihood())
          .with(INITIAL_WEIGHTS, Initializer.XAVIER)),
  STRAIGHTENED(
      "f7b44f0be77f83d9855a8bc280f2d6126ad416cb8e41801b99f0cc7401c2369f",
      50_000,
      new Plan(new Topology(784, 16, 16, 10), 1, 10, 3f, 1, 1)
          .with(PREPROCESS, Preprocessing.STRAIGHTEN)),
  AUGMENTED(
      "055ff08a8039646dee514e984c5fc93b0b10578efef38dbe00d5bd127c4a8307",
      50_000,
      new Plan(new Topology(784, 16, 16, 10), 2, 10, 3f, 1, 1)
          .with(
              AUGMENT,
              Augmentation.parse(
                  "shift=1,rotate=10,scale=0.1,shear=0.1,elastic=34,thickness=0.5"))),
  AUGMENTED_LANES(
      "ad01b981cc755fd71bdad8c43d4200cc10c3f78abb295956e359930be3f62c7d",
      50_000,
      new Plan(new Topology(784, 16, 16, 10), 1, 50, 3f, 1, 5)
          .with(AUGMENT, Augmentation.parse("rotate=15,elastic=20,elasticity=5"))
          .with(PREPROCESS, Preprocessing.STRAIGHTEN)),
  REDRAWN(
      "bc168f0c8d383f4cc5119865989bfb43d59f3d6c53d88d0d655420c304c80060",
      50_000,
      new Plan(new Topology(784, 16, 16, 10), 2, 10, 1f, 1, 1)
          .with(AUGMENT, Augmentation.parse("elastic=20,redraw=0.8,negatives=0.3"))
          .with(PREPROCESS, Preprocessing.STRAIGHTEN));

  private final String sha256;
  private final int validation;
  private final Plan plan;

  PinnedPlan(String sha256, int validation, Plan plan) {
    this.sha256 = sha256;
    this.validation = validation;
    this.plan = plan;
  }

  /** {@return SHA-256 of the parameters that it ends with, in hexadecimal} */
  public String sha256() {
    return sha256;
  }

  /** {@return the hyperparameters} */
  public Plan plan() {
    return plan;
  }

  /** {@return the bundled MNIST, with as many validation examples as belong to these bits} */
  public Dataset data() {
    return DatasetReader.read(Path.of("data", "mnist"), validation);
  }

  /**
   * @param more options that do not change the result
   * @return the options of {@code handspun train} that ask for it
   */
  public String[] options(String... more) {
    List<String> all = new ArrayList<>(List.of("--validation", String.valueOf(validation)));
    all.addAll(List.of(more));
    return PlanOptions.of(plan, all.toArray(String[]::new));
  }
}
