package handspun.train;

import handspun.image.Augmentation;
import handspun.image.Preprocessing;
import handspun.network.Activation;
import handspun.network.Cost;
import handspun.network.Initializer;
import handspun.network.LogLikelihood;
import handspun.network.QuadraticCost;
import handspun.network.Topology;
import java.util.List;
import java.util.Optional;

/**
 * All that the result of a run depends on, beside the data. Each is told here and nowhere else:
 * options of the command line and their help, configuration files, {@code plan.conf}, models,
 * checkpoints, JSON, what {@code train} prints, and the table in src/docs/training.md come from
 * this list.
 *
 * <p>To add one: a constant, its place in {@link #ALL}, and {@link Hyperparameter#before}, so that
 * older models, checkpoints and programs keep their meaning. Whoever computes with it asks {@link
 * Plan#get}.
 */
public final class Hyperparameters {
  /** What stands for a teacher where there is none. */
  static final String NO_TEACHER = "none";

  /** Sizes of the layers. */
  public static final Hyperparameter<Topology> LAYERS =
      new Hyperparameter<>(
          "layers",
          Kind.layers(),
          new Topology(784, 16, 16, 10),
          "layers",
          "Units of each layer, input first.");

  /** What is done to an image before the network sees it. */
  public static final Hyperparameter<Preprocessing> PREPROCESS =
      new Hyperparameter<>(
              "preprocess",
              Kind.oneOf(List.of(Preprocessing.values())),
              Preprocessing.STRAIGHTEN,
              "preprocessing",
              "What is done to every image before the network sees it, in training and after:"
                  + " none; straighten, which takes its slant away and places it as MNIST does.")
          .before(Preprocessing.NONE);

  /** How images are changed before training sees them. */
  public static final Hyperparameter<Augmentation> AUGMENT =
      new Hyperparameter<>(
              "augment",
              Kind.texts(
                  "none|NAME=X,...",
                  "none, or changes as NAME=X with commas between them",
                  Augmentation::parse,
                  String::valueOf),
              Augmentation.parse("redraw=0.6"),
              "augmentation",
              "How images are changed at random before training sees them, anew in every epoch:"
                  + " none; or with commas between them shift=X (pixels), rotate=X (degrees),"
                  + " scale=X, shear=X, elastic=X, elasticity=X, thickness=X (pixels), redraw=X (the part that is drawn anew),"
                  + " negatives=X (the part that becomes no digit).")
          .before(Augmentation.NONE);

  /** What units of hidden layers compute. */
  public static final Hyperparameter<Activation> ACTIVATION =
      new Hyperparameter<>(
              "activation",
              Kind.oneOf(List.of(Activation.values())),
              Activation.SIGMOID,
              "activation",
              "What units of hidden layers compute of their weighted input z: sigmoid; tanh; relu,"
                  + " max(0, z). The latter two with a tenth of the rate and scaled initial"
                  + " weights.")
          .before(Activation.SIGMOID);

  /** Passes over the training examples. */
  public static final Hyperparameter<Integer> EPOCHS =
      new Hyperparameter<>(
          "epochs", Kind.wholeFrom(1), 40, "epochs", "Passes over the training examples.");

  /** When training ends earlier: {@link StoppingRule}. */
  public static final Hyperparameter<Integer> PATIENCE =
      new Hyperparameter<>(
              "patience",
              Kind.wholeFrom(0),
              0,
              "patience",
              "Training ends when so many epochs were no better than the best one before, by"
                  + " validation images; the best one's network is saved. 0: all epochs, and the"
                  + " last one's.")
          .before(0);

  /** Examples per update. */
  public static final Hyperparameter<Integer> BATCH =
      new Hyperparameter<>(
          "batch", Kind.wholeFrom(1), 512, "mini-batch", "Examples in a mini-batch.");

  /** The learning rate, eta. */
  public static final Hyperparameter<Float> RATE =
      new Hyperparameter<>(
          "rate",
          Kind.realAbove(0),
          0.02f,
          "learning rate",
          "Learning rate: how far each mini-batch moves the weights.");

  /** How the learning rate goes. */
  public static final Hyperparameter<Schedule> SCHEDULE =
      new Hyperparameter<>(
              "schedule",
              Kind.oneOf(List.of(Schedule.values())),
              Schedule.COSINE,
              "schedule",
              "How the learning rate goes: constant; step, times the rate factor after every so"
                  + " many epochs; exponential, the same little by little; cosine, from the rate to"
                  + " 0 over all mini-batches; plateau, times the rate factor whenever so many"
                  + " epochs were no better, by validation images.")
          .before(Schedule.CONSTANT);

  /** What the learning rate is multiplied by. */
  public static final Hyperparameter<Float> RATE_FACTOR =
      new Hyperparameter<>(
              "rate-factor",
              Kind.realBetween(1e-6f, 1),
              0.5f,
              "rate factor",
              "What the schedules step, exponential and plateau multiply the learning rate by.")
          .before(0.5f);

  /** After how many epochs. */
  public static final Hyperparameter<Integer> RATE_EPOCHS =
      new Hyperparameter<>(
              "rate-epochs", Kind.wholeFrom(1), 10, "rate epochs", "After how many epochs they do.")
          .before(10);

  /** How long the learning rate rises at first. */
  public static final Hyperparameter<Float> WARM_UP =
      new Hyperparameter<>(
              "warm-up",
              Kind.realBetween(0, 1_000_000),
              0f,
              "warm-up",
              "Epochs, or a part of one, in which the learning rate rises from 0 at first.")
          .before(0f);

  /** What makes the steps. */
  public static final Hyperparameter<OptimizerChoice> OPTIMIZER =
      new Hyperparameter<>(
              "optimizer",
              Kind.oneOf(List.of(OptimizerChoice.values())),
              OptimizerChoice.ADAM,
              "optimizer",
              "How a mini-batch's gradient becomes a step: sgd, with the momentum; nesterov, the"
                  + " same looking ahead; adam, where each weight has a step of about the learning"
                  + " rate, such as 0.001, with momentum 0.9.")
          .before(OptimizerChoice.SGD);

  /** How much of a step the next one keeps, mu. */
  public static final Hyperparameter<Float> MOMENTUM =
      new Hyperparameter<>(
              "momentum",
              Kind.realBetween(0, 0.999f),
              0.9f,
              "momentum",
              "How much of a step the next one keeps; with 0.9 choose about a tenth of the rate."
                  + " Adam's beta 1.")
          .before(0f);

  /** Adam's beta 2. */
  public static final Hyperparameter<Float> SECOND_MOMENTUM =
      new Hyperparameter<>(
              "second-momentum",
              Kind.realBetween(0, 0.99999f),
              0.999f,
              "second momentum",
              "How much of the gradients' mean square the next step keeps. Adam's beta 2.")
          .before(0.999f);

  /** By how much weights shrink, lambda. */
  public static final Hyperparameter<Float> WEIGHT_DECAY =
      new Hyperparameter<>(
              "weight-decay",
              Kind.realBetween(0, 1),
              0.01f,
              "weight decay",
              "L2 regularisation: before each step every weight, but no bias, shrinks by this part"
                  + " times the learning rate, such as 0.0001.")
          .before(0f);

  /** How many hidden units are left out. */
  public static final Hyperparameter<Float> DROPOUT =
      new Hyperparameter<>(
              "dropout",
              Kind.realBetween(0, 0.99f),
              0f,
              "dropout",
              "Part of the hidden units that is left out, for each example others.")
          .before(0f);

  /** How much of the label's 1 all outputs get alike. */
  public static final Hyperparameter<Float> LABEL_SMOOTHING =
      new Hyperparameter<>(
              "label-smoothing",
              Kind.realBetween(0, 0.99f),
              0f,
              "label smoothing",
              "How much of the 1 that is wanted at the label is wanted of all outputs alike.")
          .before(0f);

  /** The models whose answers are learned beside the labels: {@link TeacherPlaces}. */
  public static final Hyperparameter<String> TEACHER =
      new Hyperparameter<>(
              "teacher",
              Kind.text("MODEL,..."),
              NO_TEACHER,
              "teacher",
              "A trained model, such as runs/T/model.handspun, from whose answers this one learns"
                  + " beside the labels; from the mean of several, with commas between them.")
          .before(NO_TEACHER);

  /** How much they count. */
  public static final Hyperparameter<Float> TEACHER_SHARE =
      new Hyperparameter<>(
              "teacher-share",
              Kind.realBetween(0, 1),
              0.5f,
              "teacher's share",
              "How much the teacher's answers count; the labels count the rest.")
          .before(0.5f);

  /** How much they are softened. */
  public static final Hyperparameter<Float> TEMPERATURE =
      new Hyperparameter<>(
              "temperature",
              Kind.realBetween(0.1f, 100),
              1f,
              "temperature",
              "How much the teacher's answers are softened: with more than 1, it is less sure.")
          .before(1f);

  /** Over how many epochs the weights are averaged. */
  public static final Hyperparameter<Float> AVERAGE =
      new Hyperparameter<>(
              "average",
              Kind.realBetween(0, 1_000_000),
              0f,
              "weight average",
              "Epochs, or a part of one, over about which the network is a moving average of the"
                  + " weights. 0: the last ones.")
          .before(0f);

  /** What is made small. */
  public static final Hyperparameter<Cost> COST =
      new Hyperparameter<Cost>(
              "cost",
              Kind.oneOf(Cost.all()),
              new LogLikelihood(),
              "cost function",
              "What training makes small: quadratic; cross-entropy, which learns faster where outputs"
                  + " are very wrong; log-likelihood, the same of softmax outputs. The latter two"
                  + " with a tenth of the rate.")
          .before(new QuadraticCost());

  /** How the initial weights are drawn. */
  public static final Hyperparameter<Initializer> INITIAL_WEIGHTS =
      new Hyperparameter<>(
              "initial-weights",
              Kind.oneOf(List.of(Initializer.values())),
              Initializer.XAVIER,
              "initial weights",
              "How they are drawn: normal, of variance 1; scaled, of variance 1 / inputs of the unit;"
                  + " xavier, of variance 2 / (inputs + units of the layer), with biases of 0.")
          .before(Initializer.NORMAL);

  /** Of the initial weights and of the order of the examples. */
  public static final Hyperparameter<Long> SEED =
      new Hyperparameter<>(
          "seed",
          Kind.wholeOf64Bits(),
          1L,
          "seed",
          "Seed of the random numbers: same seed, same bits.");

  /** Virtual workers that a mini-batch is summed by: {@link Lanes}. */
  public static final Hyperparameter<Integer> LANES =
      Hyperparameter.derived(
          "lanes",
          Kind.wholeFrom(1),
          "1 for small mini-batches (784-16-16-10: up to 66), else 8",
          "lanes",
          "Virtual workers that sum a mini-batch; part of the result.");

  /** Mini-batches that a lane learns from on its own: {@link LocalSteps}. */
  public static final Hyperparameter<Integer> LOCAL_STEPS =
      new Hyperparameter<>(
              "local-steps",
              Kind.wholeFrom(1).or("epoch", LocalSteps.EPOCH),
              1,
              "local steps",
              "Mini-batches that each lane learns from on its own before lanes are averaged; with 1"
                  + " every mini-batch is summed. Part of the result.")
          .before(1);

  /** All, in the order in which people are told. */
  public static final List<Hyperparameter<?>> ALL =
      List.of(
          LAYERS,
          PREPROCESS,
          AUGMENT,
          ACTIVATION,
          EPOCHS,
          PATIENCE,
          BATCH,
          RATE,
          SCHEDULE,
          RATE_FACTOR,
          RATE_EPOCHS,
          WARM_UP,
          OPTIMIZER,
          MOMENTUM,
          SECOND_MOMENTUM,
          COST,
          INITIAL_WEIGHTS,
          WEIGHT_DECAY,
          DROPOUT,
          LABEL_SMOOTHING,
          TEACHER,
          TEACHER_SHARE,
          TEMPERATURE,
          AVERAGE,
          SEED,
          LANES,
          LOCAL_STEPS);

  private Hyperparameters() {}

  /** How the parameters follow from the sum of a mini-batch: {@link Optimizer#of}. */
  static Optimizer optimizer(Plan plan, int inAnEpoch) {
    float momentum = plan.get(MOMENTUM);
    Optimizer optimizer =
        switch (plan.get(OPTIMIZER)) {
          case SGD -> momentum == 0 ? new GradientDescent() : new Momentum(momentum);
          case NESTEROV -> momentum == 0 ? new GradientDescent() : new Nesterov(momentum);
          case ADAM -> new Adam(momentum, plan.get(SECOND_MOMENTUM));
        };
    if (plan.get(WEIGHT_DECAY) > 0) {
      optimizer = new WeightDecay(optimizer, plan.get(WEIGHT_DECAY));
    }
    double averaged = Math.max(1.0, (double) plan.get(AVERAGE) * inAnEpoch);
    return plan.averages() ? new WeightAverage(optimizer, averaged) : optimizer;
  }

  /**
   * @param name perhaps of one
   * @return the hyperparameter of that name; empty if there is none
   */
  public static Optional<Hyperparameter<?>> find(String name) {
    return ALL.stream().filter(known -> known.name().equals(name)).findFirst();
  }
}
